# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of the page of requests."""

import json
import socket
import threading

from studio import CHAT, DEMO, SPECIAL, Studio, ask, some_requests
from screen_desk import fetch, open_stream

TABS = ('Overview', 'Conversation', 'Request', 'Response', 'Headers')
FILE = 'def seat(row):\n    """Folds the seat of @row."""\n    return rows[row].fold()\n'


def with_tools(url, is_stream=False):
    """An agent that has read a file and goes on."""
    tools = [{'name': 'Read', 'description': 'Reads a file from the disk.', 'input_schema': {
        'type': 'object', 'properties': {'file_path': {'type': 'string'}}, 'required': ['file_path']}}]
    ask(url, '/v1/messages', {
        'model': 'claude-sonnet-4-6', 'max_tokens': 2000, 'tools': tools, 'stream': is_stream,
        'system': 'You are a careful programmer. Answer briefly.',
        'messages': [
            {'role': 'user', 'content': 'What does seats.py do, and is there a mistake in it?'},
            {'role': 'assistant', 'content': [
                {'type': 'text', 'text': 'I will read the file first.'},
                {'type': 'tool_use', 'id': 'toolu_01A09q90qw90lq917835lq9', 'name': 'Read',
                 'input': {'file_path': '/home/ann/cabin/seats.py'}}]},
            {'role': 'user', 'content': [
                {'type': 'tool_result', 'tool_use_id': 'toolu_01A09q90qw90lq917835lq9',
                 'content': FILE}]}]},
        'claude-cli/2.1.87 (external, cli)')


def choose(desk, number):
    """Selects a row of the list."""
    cells = desk.tree.all('table cell', contains=number)
    desk.tree.Atspi.Component.grab_focus(cells[-1])


def show_tab(desk, name):
    desk.tree.press('radio button', name)


def write_search(desk, text):
    desk.tree.write(desk.tree.find('text', contains=''), text)


def requests_list(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.look('--demo')
        desk.page('requests', DEMO)
        desk.shoot('requests-empty')
        some_requests(desk.url)
        desk.shoot('requests-list', 1.2)
        write_search(desk, 'no such thing')
        desk.shoot('requests-no-match', 1.2)
        write_search(desk, 'gpt-4.1')
        desk.shoot('requests-filtered', 1.2)


def requests_details(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.look('--demo')
        some_requests(desk.url)
        with_tools(desk.url)
        desk.page('requests', DEMO)
        desk.tree.find('table cell', contains='claude-sonnet')
        choose(desk, 'claude-sonnet')
        for tab in TABS:
            show_tab(desk, tab)
            desk.shoot('requests-details-' + tab.lower(), 1)


def requests_running_and_failed(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        facts = desk.simulate({
            'account': {'kind': 'pro', 'login': 'octocat'}, 'models': 'default', 'wit': True,
            'rules': [{'on': 'POST /chat/completions', 'model': 'claude-*', 'stream': {'gap_ms': 900}},
                      {'on': 'POST /chat/completions', 'model': 'gemini-*', 'reply': {
                          'status': 400, 'json': {'error': {
                              'message': 'The request is too large for this model.',
                              'code': 'model_max_prompt_tokens_exceeded'}}}}]})
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
        desk.look()
        desk.page('requests')
        some_requests_of_two(desk.url)
        reader = threading.Thread(target=read_slowly, args=(desk.url,), daemon=True)
        reader.start()
        desk.tree.find('table cell', contains='claude-opus')
        choose(desk, 'claude-opus')
        desk.shoot('requests-running', 3)
        choose(desk, 'gemini')
        show_tab(desk, 'Overview')
        desk.shoot('requests-failed')
        show_tab(desk, 'Response')
        desk.shoot('requests-failed-response')
        desk.tree.press('toggle button', 'Pause')
        some_requests_of_two(desk.url)
        desk.shoot('requests-paused', 1.2)


def some_requests_of_two(url):
    hello = [{'role': 'user', 'content': 'Write a haiku about a folding seat.'}]
    ask(url, CHAT, {'model': 'gpt-4.1', 'messages': hello}, 'OpenAI/Python 1.109.1')
    ask(url, CHAT, {'model': 'gemini-2.5-pro', 'messages': hello}, 'opencode/1.2.0')


def read_slowly(url):
    try:
        with open_stream(url + CHAT, {'model': 'claude-opus-4.6', 'stream': True, 'messages': [
                {'role': 'user', 'content': 'Tell me at length about folding seats.'}]}) as reply:
            for _ in reply:
                pass
    except OSError:
        pass  # the program has ended first


def requests_large_and_gone(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.look('--demo')
        desk.page('requests', DEMO)
        ask(desk.url, CHAT, {'model': 'gpt-77', 'messages': [
            {'role': 'user', 'content': 'line of a log, repeated\n' * 60000}]}, 'curl/7.88.1')
        desk.tree.find('table cell', contains='gpt-77')
        choose(desk, 'gpt-77')
        show_tab(desk, 'Request')
        desk.shoot('requests-show-all', 2)
        show_tab(desk, 'Conversation')
        desk.shoot('requests-long-conversation', 2)
        for _ in range(5):
            fetch(desk.url + CHAT, json.dumps({'model': 'gpt-78', 'messages': [
                {'role': 'user', 'content': 'x' * 30000000}]}),
                headers={'Content-Type': 'application/json'})
        show_tab(desk, 'Request')
        desk.shoot('requests-gone', 2)


def requests_narrow(programs, folder, theme):
    with Studio(programs, folder, theme, '800x600') as desk:
        desk.look('--demo')
        some_requests(desk.url)
        with_tools(desk.url)
        desk.page('requests', DEMO)
        desk.tree.find('table cell', contains='claude-sonnet')
        desk.shoot('requests-narrow')
        choose(desk, 'claude-sonnet')
        for tab in ('Overview', 'Conversation'):
            show_tab(desk, tab)
            desk.shoot('requests-narrow-' + tab.lower())


def a_morning(url):
    """What several programs have asked, streams as they come from agents."""
    def stream(path, body, agent):
        ask(url, path, {**body, 'stream': True}, agent)

    code = 'claude-cli/2.1.87 (external, cli)'
    stream('/v1/responses', {'model': 'gpt-5.5', 'input': 'Explain what a jump seat is in a train.'},
           'codex_cli_rs/0.131.0')
    stream(CHAT, {'model': 'gpt-4.1', 'messages': [
        {'role': 'user', 'content': 'Write a haiku about a folding seat.'}]}, 'OpenAI/Python 1.109.1')
    ask(url, '/v1/embeddings', {'model': 'text-embedding-3-small', 'input': 'jump seat'},
        'OpenAI/JS 6.1.0')
    stream('/v1/messages', {'model': 'claude-haiku-4-5', 'max_tokens': 300, 'messages': [
        {'role': 'user', 'content': 'Name the three parts of a folding seat.'}]}, code)
    stream('/api/chat', {'model': 'gemini-2.5-pro', 'messages': [
        {'role': 'user', 'content': 'Which aircraft have jump seats?'}]}, 'ollama-js/0.6.0')
    ask(url, CHAT, {'model': 'gpt-77', 'messages': [{'role': 'user', 'content': 'Hello'}]},
        'curl/7.88.1')
    stream(CHAT, {'model': 'claude-opus-4.6', 'messages': [
        {'role': 'user', 'content': 'Review the plan of the cabin.'}]}, 'opencode/1.2.0')
    with_tools(url, is_stream=True)


def requests_for_readers(programs, folder, theme):
    """The picture of the README."""
    with Studio(programs, folder, theme, settings='[server]\nopen_browser=false\n') as desk:
        desk.simulate({'account': {'kind': 'pro', 'login': 'octocat'}, 'wit': True, 'pace_ms': 20,
                       'device': {'pending': 0, 'interval': 1}, 'models': 'default'})
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', 8081)) != 0:
                desk.environment['JUMPSEAT_PORT'] = '8081'  # what it is everywhere
        signed_in = desk.run('login')
        assert signed_in.code == 0, signed_in
        desk.look()
        a_morning(desk.url)
        desk.page('requests')
        desk.tree.find('table cell', contains='claude-haiku')
        choose(desk, 'claude-sonnet')
        show_tab(desk, 'Conversation')
        desk.shoot('readme-requests', 1.5)


def requests_special(programs, folder, theme):
    """In high contrast, with text twice as large, and from right to left."""
    with Studio(programs, folder, theme) as desk:
        desk.look('--demo')
        some_requests(desk.url)
        with_tools(desk.url)
        desk.page('requests', DEMO)
        desk.tree.find('table cell', contains='claude-sonnet')
        desk.shoot('requests')
        choose(desk, 'claude-sonnet')
        for tab in (0, 1):
            desk.tree.do(desk.tree.all('radio button')[tab])
            desk.shoot('requests-' + TABS[tab].lower())


requests_special.themes = tuple(SPECIAL)
SCENES = [requests_list, requests_details, requests_running_and_failed, requests_large_and_gone,
          requests_narrow, requests_for_readers, requests_special]
