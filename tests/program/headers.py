#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What upstream gets to see of us, and what it must not see of a client."""

import json
import re

from stage import Stage, main, question, wait_until
from upstream import Upstream

UUID = r'[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
# Protocol 5.1: every header of a chat request, and, with the optional ones, the only ones.
WANTED = {
    'host': r'127\.0\.0\.1:\d+',
    'authorization': r'Bearer tid=\S+',
    'content-type': r'application/json',
    'content-length': r'\d+',
    'accept': r'\*/\*',
    'editor-version': r'vscode/[\d.]+',
    'editor-plugin-version': r'copilot-chat/[\d.]+',
    'copilot-integration-id': r'vscode-chat',
    'user-agent': r'GitHubCopilotChat/[\d.]+',
    'x-github-api-version': r'\d{4}-\d\d-\d\d',
    'openai-intent': r'conversation-agent',
    'x-request-id': UUID,
    'x-initiator': r'user|agent',
    'vscode-sessionid': UUID + r'\d{13}',
    'vscode-machineid': r'[0-9a-f]{64}',
    'x-vscode-user-agent-library-version': r'electron-fetch',
}
OPTIONAL = {'x-agent-task-id', 'x-interaction-id', 'x-interaction-type', 'editor-device-id'}
PICTURE = {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,iVBORw0KGgo='}}
WEB_PICTURE = {'type': 'image_url', 'image_url': {'url': '%s/picture.png'}}


def check_names(call, **more):
    wanted = {**WANTED, **{name.replace('_', '-'): value for name, value in more.items()}}
    names = [line.split(':', 1)[0].lower() for line in call.lines]
    assert len(names) == len(set(names)), names
    assert set(names) - OPTIONAL == set(wanted), set(names) ^ set(wanted)
    for name, pattern in wanted.items():
        assert re.fullmatch(pattern, call.headers[name]), (name, call.headers[name])


def identity_and_nothing_else(programs):
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.start()
        for stream in (False, True):
            assert stage.ask(question(stream=stream))[0] == 200
            check_names(upstream.chats()[-1])
            assert upstream.chats()[-1].connection.side == 'copilot'
        exchange, = [call for call in upstream.calls if call.path == '/copilot_internal/v2/token']
        assert exchange.headers['authorization'] == 'token ' + upstream.github_token
        for name in ('user-agent', 'editor-version', 'editor-plugin-version',
                     'x-github-api-version'):
            assert exchange.headers[name] == upstream.chats()[0].headers[name], name


def nothing_of_the_client(programs):
    marks = {'Authorization': 'Bearer sk-client-0123456789abcdef', 'X-Api-Key': 'sk-key-0123456789',
             'Api-Key': 'azure-0123456789', 'Cookie': 'session=cookie0123456789',
             'User-Agent': 'spy/0123456789', 'X-Forwarded-For': '203.0.113.77',
             'Referer': 'http://localhost/spied', 'OpenAI-Organization': 'org-0123456789',
             'X-Stainless-OS': 'Spix0123456789', 'Accept-Encoding': 'gzip, br',
             'X-Initiator': 'agent', 'X-Request-Id': 'client-made-0123456789',
             'Editor-Version': 'spied/0123456789', 'Copilot-Integration-Id': 'spied-0123456789',
             'Proxy-Authorization': 'Basic proxy0123456789', 'X-Other': 'other0123456789'}
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.start()
        status, _body = stage.ask(question(), headers=marks.items())
        assert status == 200, status
        status, _body = stage.ask(method='GET', path='/v1/models', headers=marks.items())
        assert status == 200, status
        call = upstream.chats()[0]
        check_names(call)
        assert call.headers['x-initiator'] == 'user'
        for call in upstream.calls:
            for value in marks.values():
                if value != 'agent':
                    assert value not in '\n'.join(call.lines), (call.key, value)


def one_request_one_id(programs):
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        service = stage.start()
        told = []
        with stage.client() as client:
            for number in range(6):
                client.ask(question(stream=number % 2 == 0))
                told.append(client.headers['x-request-id'])
        sent = [call.headers['x-request-id'] for call in upstream.chats()]
        assert told == sent and len(set(told)) == 6, (told, sent)
        for request_id in told:
            wait_until(lambda: 'id=' + request_id in ''.join(service.err), 'the log names it')


def initiator_and_vision(programs):
    user, assistant = {'role': 'user', 'content': 'a'}, {'role': 'assistant', 'content': 'b'}
    calls = {'role': 'assistant', 'content': None, 'tool_calls': [
        {'id': 'c1', 'type': 'function', 'function': {'name': 'f', 'arguments': '{}'}}]}
    tool = {'role': 'tool', 'tool_call_id': 'c1', 'content': 'x'}
    looks = {'role': 'user', 'content': [{'type': 'text', 'text': 'see'}, PICTURE]}
    seen = {'role': 'tool', 'tool_call_id': 'c1', 'content': [PICTURE]}
    words = {'role': 'user', 'content': 'what is {"type":"image_url"} for?'}
    rows = [
        ([user], 'user', False),
        ([{'role': 'system', 'content': 's'}, user], 'user', False),
        ([user, assistant, user], 'user', False),  # what was before does not count
        ([user, calls, tool, assistant, user], 'user', False),
        ([user, calls, tool], 'agent', False),
        ([user, assistant], 'agent', False),
        ([looks], 'user', True),
        ([looks, assistant, user], 'user', True),
        ([user, calls, seen], 'agent', True),
        ([words], 'user', False),
    ]
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.start()
        with stage.client() as client:
            for messages, initiator, has_picture in rows:
                assert client.ask({'model': 'gpt-4.1', 'messages': messages})[0] == 200
                call = upstream.chats()[-1]
                more = {'copilot_vision_request': 'true'} if has_picture else {}
                check_names(call, **more)
                assert call.headers['x-initiator'] == initiator, (messages, initiator)


def machine_stays_session_goes(programs):
    runs = []
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        for _run in range(3):
            service = stage.start()
            for _again in range(2):
                stage.ask(question())
                runs.append(upstream.chats()[-1].headers)
            service.signal(15)
            assert service.end().code == 0
    assert len({headers['vscode-machineid'] for headers in runs}) == 1
    for number in range(0, 6, 2):
        assert runs[number]['vscode-sessionid'] == runs[number + 1]['vscode-sessionid']
    assert len({headers['vscode-sessionid'] for headers in runs}) == 3


def identity_changes_while_it_runs(programs):
    values = {'editor_version': ('editor-version', 'vscode/9.8.7'),
              'plugin_version': ('editor-plugin-version', 'copilot-chat/9.8.7'),
              'user_agent': ('user-agent', 'GitHubCopilotChat/9.8.7'),
              'integration_id': ('copilot-integration-id', 'some-chat'),
              'api_version': ('x-github-api-version', '2026-06-01'),
              'intent': ('openai-intent', 'conversation-panel')}
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.write_settings('[identity]\neditor_version=vscode/1.2.3\n')
        stage.start()
        stage.ask(question())
        assert upstream.chats()[0].headers['editor-version'] == 'vscode/1.2.3'
        stage.write_settings('[identity]\n' + ''.join(
            '%s=%s\n' % (key, value) for key, (_name, value) in values.items()))

        def is_new():
            stage.ask(question())
            return upstream.chats()[-1].headers['openai-intent'] == 'conversation-panel'
        wait_until(is_new, 'the new settings are used')
        for name, value in values.values():
            assert upstream.chats()[-1].headers[name] == value, name
        assert stage.run('config', 'set', 'identity.intent', 'conversation-edits').code == 0
        stage.ask(question())
        assert upstream.chats()[-1].headers['openai-intent'] == 'conversation-edits'
        assert stage.run('refresh').code == 0
        exchange = [call for call in upstream.calls if call.path.endswith('/token')][-1]
        assert exchange.headers['editor-version'] == 'vscode/9.8.7'


def nobody_else_gets_a_token(programs):
    """Redirections, proxies of the environment, pictures on the web, foreign endpoints."""
    with Upstream() as upstream, Upstream() as stranger, Stage(programs) as stage:
        stage.point_to(upstream)
        for name in ('http_proxy', 'https_proxy', 'all_proxy'):
            stage.environment[name] = stage.environment[name.upper()] = stranger.github_url
        there = [('Location', stranger.github_url + '/taken')]

        def move(call):
            call.reply(307, 'elsewhere', 'text/plain', there)
        stage.start()
        assert stage.ask(question())[0] == 200
        picture = json.loads(json.dumps(WEB_PICTURE) % stranger.github_url)
        messages = [{'role': 'user', 'content': [picture]}]
        # Refused here: upstream takes no addresses, and we fetch nothing from the web.
        status, answer = stage.ask({'model': 'gpt-4.1', 'messages': messages})[:2]
        assert status == 400, answer
        for key in ('POST /chat/completions', 'GET /models', 'GET /copilot_internal/v2/token'):
            upstream.hooks[key] = move
        assert stage.ask(question())[0] >= 400
        assert stage.ask(question(stream=True))[0] >= 400
        assert stage.run('refresh').code != 0
        stage.run('models')

        def name_a_stranger(call):
            call.reply(200, {'token': upstream.mint(), 'refresh_in': 1500,
                             'endpoints': {'api': 'https://api.copilot.example'}})
        upstream.hooks = {'GET /copilot_internal/v2/token': name_a_stranger}
        service = stage.processes[0]
        service.signal(15)
        assert service.end().code == 0
        stage.start()
        n_chats = len(upstream.chats())
        status, body = stage.ask(question())
        assert status == 502 and b'endpoints.api' in body, (status, body)
        assert len(upstream.chats()) == n_chats
        assert not stranger.connections, [call.lines for call in stranger.calls]


if __name__ == '__main__':
    main([identity_and_nothing_else, nothing_of_the_client, one_request_one_id,
          initiator_and_vision, machine_stays_session_goes, identity_changes_while_it_runs,
          nobody_else_gets_a_token])
