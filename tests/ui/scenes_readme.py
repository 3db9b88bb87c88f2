# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The pictures of README and metainfo: a usual day, with the addresses that people see."""

import socket
import subprocess

from screen_desk import visit
from scenes_sign_in import SignIn
from studio import CHAT, ask
from walk_sign_in import PATIENT

PORT = 8081  # the usual one, unless another program has it
MODELS = '''[models]
default=gpt-5.4
[model_aliases]
big = gpt-5.4
reviewer = gpt-5.4
'''
CODE = {'on': 'POST /login/device/code', 'reply': {'status': 200, 'json': {
    'device_code': '3584d83530557fdd1f46af8289938c8ef79f9dc5', 'user_code': 'WDJB-MJHT',
    'verification_uri': 'https://github.com/login/device', 'expires_in': 899, 'interval': 5}}}
DAY = (
    ('/v1/messages', 'claude-sonnet-4-6', 'claude-cli/2.1.87 (external, cli)', 14),
    (CHAT, 'gpt-4.1', 'OpenAI/Python 1.109.1', 6),
    (CHAT, 'claude-opus-4.6', 'opencode/1.2.0', 5),
    ('/api/chat', 'gemini-2.5-pro', 'ollama-js/0.6.0', 3),
)


def usual_port():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(('127.0.0.1', PORT))
        except OSError:
            return {}
    return {'JUMPSEAT_PORT': str(PORT)}


def usual_day(url):
    text = 'Please review this function, and say what is wrong with it:\n' + 'x = fold(seat)\n' * 400
    for path, model, agent, times in DAY:
        for _ in range(times):
            ask(url, path, {'model': model, 'max_tokens': 500, 'stream': False,
                            'messages': [{'role': 'user', 'content': text}]}, agent)


def readme_pages(programs, folder, theme):
    with SignIn(programs, folder, theme, **usual_port()) as desk:
        with open(desk.settings_file, 'a', encoding='utf-8') as file:
            file.write(MODELS)
        desk.ask({**PATIENT, 'wit': True})
        visit(desk.facts, desk.code())
        desk.says('octocat')
        desk.tree.press('push button', 'Close', desk.dialog)
        usual_day(desk.url)
        desk.page('overview')
        desk.shoot('readme-overview', 2)
        desk.page('models')
        row = desk.tree.wait(lambda: desk.tree.all(
            'list item', contains='GPT-5.4,', showing=False)[0], 'the models')
        desk.tree.Atspi.Component.grab_focus(row)
        desk.tree.choose(row.get_parent(), row.get_index_in_parent())
        desk.shoot('readme-models', 1.5)


def readme_sign_in(programs, folder, theme):
    with SignIn(programs, folder, theme, **usual_port()) as desk:
        desk.ask({**PATIENT, 'rules': [CODE]})
        desk.tree.find('label', contains='WDJB-MJHT')
        # in the middle, as window managers put what belongs to a window
        subprocess.run(['xdotool', 'search', '--name', 'Sign In to GitHub', 'windowmove', '310',
                        '190'], env=desk.environment, check=True)
        desk.shoot('readme-sign-in', 1)


SCENES = [readme_pages, readme_sign_in]
