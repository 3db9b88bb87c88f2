# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of the overview: what an account, its credits and the network can be like."""

import json
import os
import socket
import threading

from screen_desk import HERE
from studio import CHAT, DEMO, Studio, ask, some_requests
from scenes_requests import read_slowly
from sizes import in_all_sizes

HELLO = [{'role': 'user', 'content': 'Write a haiku about a folding seat.'}]


def named(name):
    """A scenario of data/simulator."""
    path = os.path.join(HERE, '../../data/simulator', name + '.json')
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def signed_in(desk, scenario):
    """The program, signed in to a GitHub that plays @scenario."""
    facts = desk.simulate(scenario)
    desk.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
    desk.look()
    return facts


def account_scene(name, asks=True):
    """One kind of account that works."""
    def scene(programs, folder, theme):
        with Studio(programs, folder, theme) as desk:
            signed_in(desk, named(name))
            desk.tree.find('label', contains='Ready')
            if asks:
                ask(desk.url, CHAT, {'model': 'gpt-4.1', 'messages': HELLO},
                    'OpenAI/Python 1.109.1')
            desk.shoot('overview-' + name, 1.5)
    scene.__name__ = 'overview_' + name.replace('-', '_')
    return scene


def trouble_scene(name):
    """One that calls for attention."""
    def scene(programs, folder, theme):
        with Studio(programs, folder, theme) as desk:
            signed_in(desk, named(name))
            ask(desk.url, CHAT, {'model': 'claude-opus-4.6', 'messages': HELLO},
                'OpenAI/Python 1.109.1')
            desk.tree.find('info bar')
            desk.shoot('overview-' + name, 1.5)
    scene.__name__ = 'overview_' + name.replace('-', '_')
    return scene


REFUSALS = {
    'terms': (400, {'error': {'message': 'The requested model is not supported.',
                              'code': 'model_not_supported'}}),
    'too-long': (400, {'error': {
        'message': 'prompt token count of 140021 exceeds the limit of 128000',
        'code': 'model_max_prompt_tokens_exceeded'}}),
    'trouble': (500, {'error': {'message': 'internal error'}}),
    'refused': (400, {'error': {'message': 'Invalid request.', 'code': 'invalid_request_body'}}),
}


def failed_scene(name):
    """A request that failed, with its own reason."""
    def scene(programs, folder, theme):
        status, body = REFUSALS[name]
        with Studio(programs, folder, theme) as desk:
            signed_in(desk, {'account': {'kind': 'pro', 'login': 'octocat'}, 'models': 'default',
                             'rules': [{'on': 'POST /v1/messages',
                                        'reply': {'status': status, 'json': body}}]})
            desk.tree.find('label', contains='Ready')
            ask(desk.url, '/v1/messages', {
                'model': 'claude-opus-5' if name == 'terms' else 'claude-opus-4.6',
                'max_tokens': 500, 'messages': HELLO}, 'claude-cli/2.1.87 (external, cli)')
            desk.shoot('overview-failed-' + name, 1.5)
    scene.__name__ = 'overview_failed_' + name.replace('-', '_')
    return scene


def overview_signed_out(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.simulate(named('test'))
        desk.look()
        desk.shoot('welcome')
        desk.page('overview')
        desk.shoot('overview-signed-out', 1.2)


def overview_loading(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        signed_in(desk, {'rules': [{'on': 'GET /copilot_internal/*', 'stall': True}]})
        desk.shoot('overview-loading', 1.2)


def overview_unreachable(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        facts = desk.simulate(named('test'))
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
        desk.environment['JUMPSEAT_GITHUB_URL'] = 'http://127.0.0.1:9'
        desk.environment['JUMPSEAT_GITHUB_API_URL'] = 'http://127.0.0.1:9'
        desk.look()
        ask(desk.url, CHAT, {'model': 'gpt-4.1', 'messages': HELLO}, 'OpenAI/Python 1.109.1')
        desk.shoot('overview-unreachable', 1.5)


def overview_port_taken(programs, folder, theme):
    with Studio(programs, folder, theme) as desk, socket.socket() as other:
        other.bind(('127.0.0.1', desk.port))
        other.listen()
        facts = desk.simulate(named('test'))
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
        desk.program = desk.spawn()
        desk.tree_of_window()
        desk.tree.find('label', contains='Cannot Reach')
        desk.shoot('overview-port-taken', 1.2)


def overview_paused_and_working(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        signed_in(desk, {'account': {'kind': 'pro', 'login': 'octocat'}, 'models': 'default',
                         'wit': True, 'rules': [{'on': 'POST /chat/completions',
                                                 'model': 'claude-*', 'stream': {'gap_ms': 900}}]})
        desk.tree.find('label', contains='Ready')
        reader = threading.Thread(target=read_slowly, args=(desk.url,), daemon=True)
        reader.start()
        desk.tree.find('label', contains='Working')
        desk.shoot('overview-working', 1.2)
        desk.act('pause')
        desk.shoot('overview-paused', 1.2)


def shoot_pages(programs, folder, kind, size):
    with Studio(programs, folder, kind, size) as desk:
        desk.look('--demo')
        some_requests(desk.url)
        for page in ('overview', 'models'):
            desk.page(page, DEMO)
            desk.shoot(page, 1.5)


SCENES = [account_scene(name) for name in (
    'free', 'free-legacy', 'business', 'managed', 'pooled', 'nearly-exhausted', 'overage',
    'by-request')]
SCENES += [account_scene('pooled-blocked', False)]
SCENES += [trouble_scene(name) for name in (
    'exhausted', 'no-seat', 'organisation-blocked', 'revoked')]
SCENES += [failed_scene(name) for name in REFUSALS]
SCENES += [overview_signed_out, overview_loading, overview_unreachable, overview_port_taken,
           overview_paused_and_working]
SCENES += in_all_sizes('pages', shoot_pages)
