# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of what the window says when something is wrong, of its toast, and of its question."""

import socket
import subprocess

from studio import CHAT, DEMO, Studio, ask
from screen_desk import LIMIT

TOKEN = 'GET /copilot_internal/v2/token'
MODELS = 'POST /chat/completions'
ACCOUNT = {'account': {'kind': 'pro', 'login': 'octocat'}, 'models': 'default'}
HELLO = {'model': 'gpt-4.1', 'messages': [{'role': 'user', 'content': 'Hello'}]}


def rule(on, status, body, headers=None):
    return {**ACCOUNT, 'rules': [{'on': on, 'reply': {
        'status': status, 'json': body, 'headers': headers or {}}}]}


BLOCKED = rule(TOKEN, 403, {'can_signup_for_limited': False, 'error_details': {
    'url': 'https://github.com/settings/copilot?editor={EDITOR}',
    'message': 'Your organization has disabled Copilot for your account. Contact an administrator of '
               'acme.',
    'title': 'Copilot is disabled by your organization',
    'notification_id': 'feature_flag_blocked'}})

TROUBLES = (
    ('sign-in', {**ACCOUNT, 'account': {'kind': 'revoked', 'login': 'octocat'}}),
    ('no-subscription', {**ACCOUNT, 'account': {'kind': 'no_seat', 'login': 'newcomer'}}),
    ('blocked', BLOCKED),
    ('client-refused', rule(MODELS, 466, {'error': {'message': 'client not supported'}})),
    ('out-of-credits', rule(MODELS, 402, {'error': {
        'message': 'You have exceeded your monthly quota.', 'code': 'quota_exceeded'}})),
    ('rate-limited', rule(MODELS, 429, {'error': {
        'message': 'Sorry, you have exceeded your 5 hour session limits.',
        'code': 'user_global_rate_limited:pro'}}, {'Retry-After': '6311'})),
    ('upstream-down', rule(TOKEN, 503, {'message': 'unavailable'})),
    ('protocol', rule(TOKEN, 200, {'nonsense': True})),
)


def trouble(desk, scenario, name, page='overview'):
    facts = desk.simulate(scenario)
    desk.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
    desk.look()
    desk.page(page)
    ask(desk.url, CHAT, HELLO, 'curl/7.88.1')
    desk.tree.find('info bar', limit=10)
    desk.shoot('trouble-' + name, 1.5)


def new_trouble(row):
    name, scenario = row

    def scene(programs, folder, theme):
        with Studio(programs, folder, theme) as desk:
            trouble(desk, scenario, name)
    scene.__name__ = 'trouble_' + name.replace('-', '_')
    return scene


def trouble_not_listening(programs, folder, theme):
    with Studio(programs, folder, theme) as desk, socket.socket() as other:
        other.bind(('127.0.0.1', desk.port))
        other.listen()
        desk.simulate(ACCOUNT)
        desk.spawn()
        desk.tree_of_window()
        desk.tree.find('info bar')
        desk.shoot('trouble-not-listening', 1.5)


def trouble_narrow(programs, folder, theme):
    with Studio(programs, folder, theme, '800x600') as desk:
        trouble(desk, BLOCKED, 'narrow', 'requests')


def trouble_large_text(programs, folder, theme):
    with Studio(programs, folder, theme, GDK_DPI_SCALE='2') as desk:
        trouble(desk, BLOCKED, 'large-text')


def sidebar_of_icons(programs, folder, theme):
    with Studio(programs, folder, theme, '640x600') as desk:
        desk.look('--demo')
        desk.page('requests', DEMO)
        desk.shoot('window-narrow', 1)


def toast(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.look('--demo')
        desk.act('copy-address', "'openai'", DEMO)
        desk.shoot('toast', 0.8)


def close_question(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.look('--demo')
        window = subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--name', 'Overview'],
                                env=desk.environment, capture_output=True, text=True, timeout=LIMIT,
                                check=True).stdout.split()[-1]
        subprocess.run(['xdotool', 'windowfocus', window], env=desk.environment, check=True,
                       timeout=LIMIT)
        desk.type('ctrl+w')
        desk.tree.find('alert')
        desk.shoot('close-question', 1)


SCENES = [*map(new_trouble, TROUBLES), trouble_not_listening, trouble_narrow, trouble_large_text,
          sidebar_of_icons, toast, close_question]
