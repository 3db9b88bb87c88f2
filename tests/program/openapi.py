#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The OpenAPI document of the control API, held against the table of routes and against real answers."""

import json
import os
import re

import jsonschema

from stage import CHAT, Stage, main, note, question
from upstream import Upstream

HERE = os.path.dirname(os.path.abspath(__file__))
ROUTES = re.compile(r'\{ "([A-Z]+)",\s+"(/[^"]*)",\s+JUMP_ACCESS_([A-Z]+)')
SECURITY = {
    'OPEN': [], 'LOCAL': [], 'PAGE': [{}, {'session': []}],
    'MODEL': [{}, {'clientKey': []}], 'METRICS': [{}, {'clientKey': []}],
    'CONTROL': [{'controlKey': []}, {'session': []}],
}
METHODS = ('get', 'put', 'post', 'patch', 'delete')
KEY = 'laptop'
# What is asked in this order: method, path, body, status. {id} is that of a request that went through.
CALLS = (
    ('GET', '/api/status', None, 200), ('GET', '/version', None, 200), ('GET', '/health', None, 200),
    ('GET', '/v1/health', None, 200), ('GET', '/livez', None, 200), ('GET', '/readyz', None, 200),
    ('GET', '/api/hello', None, 200), ('GET', '/', None, 200), ('GET', '/open/never-made', None, 403),
    ('GET', '/dashboard/nothing', None, 404), ('GET', '/metrics', None, 404),
    ('GET', '/debug', None, 404),
    ('POST', '/api/settings', {'metrics.enabled': True, 'metrics.debug': True}, 200),
    ('GET', '/metrics', None, 200), ('GET', '/debug/vars', None, 200),
    ('GET', '/api/settings', None, 200),
    ('PATCH', '/api/settings', {'traffic.waiting': 9, 'save': False}, 200),
    ('POST', '/api/settings', {'name': 'traffic.waiting', 'value': '8'}, 200),
    ('PATCH', '/api/settings', {'traffic.waiting': [], 'server.prot': 1}, 400),
    ('POST', '/api/settings', [], 400),
    ('DELETE', '/api/settings/traffic.waiting', None, 200),
    ('DELETE', '/api/settings/traffic.nothing', None, 404),
    ('GET', '/api/runtime-config', None, 200),
    ('POST', '/api/runtime-config', {'max_connection_retries': 1}, 200),
    ('POST', '/api/runtime-config', {'nothing': 1}, 400),
    ('POST', '/api/window', None, 200),
    ('POST', '/api/doctor', None, 200), ('POST', '/api/doctor', {'offline': True, 'calls': False}, 200),
    ('POST', '/api/doctor', {'offline': 1}, 400),
    ('POST', '/api/pause', None, 200), ('POST', '/api/resume', None, 200),
    ('GET', '/api/models', None, 200), ('POST', '/api/models/refresh', None, 200),
    ('POST', '/api/models/nothing/enable', {'accept_terms': True}, 404),
    ('POST', '/api/models/gpt-4.1/enable', None, 200),
    ('GET', '/api/models/aliases', None, 200),
    ('PUT', '/api/models/aliases/fast', {'target': 'gpt-4.1'}, 200),
    ('PUT', '/api/models/aliases/fast', {}, 400),
    ('DELETE', '/api/models/aliases/fast', None, 204),
    ('DELETE', '/api/models/aliases/fast', None, 404),
    ('GET', '/api/accounts', None, 200), ('GET', '/api/login', None, 200),
    ('POST', '/api/login', {'tenant': 7}, 400), ('DELETE', '/api/login', None, 200),
    ('POST', '/api/login/token', {'token': ''}, 400),
    ('POST', '/api/token/refresh', None, 200),
    ('GET', '/api/config-manager/token-status', None, 200),
    ('POST', '/api/keys', {'name': KEY}, 201), ('POST', '/api/keys', {}, 400),
    ('GET', '/api/keys', None, 200),
    ('PATCH', '/api/keys/' + KEY, {'models': ['gpt-*'], 'daily_credits': 1.5}, 200),
    ('GET', '/api/users', None, 200), ('GET', '/api/users-list', None, 200),
    ('POST', '/api/users/%s/revoke' % KEY, {}, 200),
    ('DELETE', '/api/users/' + KEY, None, 200), ('DELETE', '/api/keys/' + KEY, None, 404),
    ('POST', '/signup', {'user_id': 'ada', 'display_name': 'Ada'}, 404),
    ('POST', '/api/settings', {'server.sign_up': True}, 200),
    ('POST', '/signup', {'user_id': 'ada', 'display_name': 'Ada'}, 201),
    ('DELETE', '/api/keys/ada', None, 200),
    ('GET', '/api/approvals', None, 200),
    ('POST', '/api/approvals/nothing', {'answer': 'once'}, 404),
    ('GET', '/api/requests', None, 200), ('GET', '/api/requests?per_page=0', None, 400),
    ('GET', '/api/requests/search?q=hello', None, 200),
    ('GET', '/api/requests/export', None, 200),
    ('POST', '/api/requests/import', '{"timestamp":1}\nnothing\n', 200),
    ('GET', '/api/requests/{id}', None, 200), ('GET', '/api/request/{id}', None, 200),
    ('GET', '/api/requests/nothing', None, 404), ('GET', '/api/request/nothing', None, 404),
    ('GET', '/api/requests/{id}/curl', None, 200),
    ('GET', '/api/requests/{id}/request-body', None, 200),
    ('GET', '/api/requests/{id}/response-body', None, 200),
    ('GET', '/api/requests/nothing/request-body', None, 404),
    ('DELETE', '/api/requests/{id}', None, 404),
    ('GET', '/api/history', None, 200), ('DELETE', '/api/history?before=1', None, 200),
    ('DELETE', '/api/requests?before=1&only=bodies', None, 200),
    ('GET', '/api/stats', None, 200), ('GET', '/api/request-stats?metric=duration', None, 200),
    ('GET', '/api/request-stats?metric=nothing', None, 400),
    ('GET', '/api/usage?by=model&bucket=hour', None, 200),
    ('GET', '/api/usage?format=csv', None, 200), ('GET', '/api/usage?by=nothing', None, 400),
    ('GET', '/api/config-manager/token-usage?range=all', None, 200),
    ('GET', '/api/config-manager/token-usage?range=nothing', None, 400),
    ('GET', '/api/quota', None, 200), ('POST', '/api/quota/refresh', None, 200),
    ('PUT', '/api/budgets/day', {'credits': 100, 'action': 'cheaper', 'model': 'gpt-4.1'}, 200),
    ('PUT', '/api/budgets/century', {'credits': 100, 'action': 'warn'}, 400),
    ('GET', '/api/budgets', None, 200), ('DELETE', '/api/budgets/day', None, 200),
    ('POST', '/api/session/link', None, 200), ('DELETE', '/api/session', None, 204),
    ('POST', '/api/config-manager/github-device-login', None, 202),
    ('POST', '/api/login', None, 202), ('DELETE', '/api/login', None, 200),
    ('POST', '/api/logout', None, 200),
    ('GET', '/api/accounts', None, 200), ('GET', '/api/quota', None, 200),
    ('GET', '/api/config-manager/token-status', None, 200), ('GET', '/readyz', None, 503),
    ('GET', '/api/status', None, 200), ('POST', '/api/token/refresh', None, 401),
    ('POST', '/api/stop', None, 202),
)
# Not asked here: streams that do not end, and what has a secret or a person in it.
UNASKED = {('GET', '/api/events')}


def routes():
    path = os.path.join(HERE, '..', '..', 'service', 'http', 'route-table.c')
    with open(path, encoding='utf-8') as file:
        return {(method, path): access for method, path, access in ROUTES.findall(file.read())}


def operations(document):
    return {(method.upper(), path): item[method]
            for path, item in document['paths'].items() for method in METHODS if method in item}


def resolve(document, part):
    while '$ref' in part:
        node = document
        for name in part['$ref'][2:].split('/'):
            node = node[name]
        part = node
    return part


def check_table(document):
    """Every route there is, none more, and who may."""
    described, table = operations(document), routes()
    assert set(described) == set(table), sorted(set(described) ^ set(table))
    for route, operation in described.items():
        assert operation['security'] == SECURITY[table[route]], route
        named = [parameter['name'] for parameter in operation.get('parameters', ())
                 if parameter['in'] == 'path']
        assert named == re.findall(r'\{(\w+)\}', route[1]), (route, named)


def check_schemas(document, node=None):
    """Schemas are schemas, and every reference leads somewhere."""
    for schema in document['components']['schemas'].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    stack = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if '$ref' in node:
                resolve(document, node)
            if 'schema' in node:
                jsonschema.Draft202012Validator.check_schema(node['schema'])
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    used = set(re.findall(r'#/components/schemas/(\w+)', json.dumps(document)))
    assert used == set(document['components']['schemas']), \
        used ^ set(document['components']['schemas'])


def find_operation(document, method, path):
    """The route that answers: exact paths before patterns, as the router has it."""
    path = path.split('?')[0]
    described = operations(document)
    if (method, path) in described:
        return (method, path)
    for route in routes():
        pattern = re.sub(r'\\\{\w+\\\}', '.+', re.escape(route[1]))
        if route[0] == method and re.fullmatch(pattern, path):
            return route
    raise AssertionError('no route for %s %s' % (method, path))


def check_answer(document, route, status, headers, data):
    responses = operations(document)[route]['responses']
    response = responses.get(str(status)) or responses.get('default')
    assert response is not None, (route, status, data)
    response = resolve(document, response)
    if 'content' not in response:
        assert not data or status >= 300, (route, status, data)
        return
    kind = headers['content-type'].split(';')[0]
    assert kind in response['content'], (route, status, kind)
    if kind == 'application/json':
        schema = dict(response['content'][kind]['schema'], components=document['components'])
        errors = list(jsonschema.Draft202012Validator(schema).iter_errors(json.loads(data)))
        assert not errors, '%s %s: %s: %s' % (route, status, errors[0].json_path, errors[0].message)


def control_headers(stage):
    path = os.path.join(stage.root, 'run', 'jumpseat', 'control-%d.json' % stage.port)
    with open(path, encoding='utf-8') as file:
        return [('Authorization', 'Bearer ' + json.load(file)['key'])]


def ask(stage, method, path, body, headers):
    with stage.client() as client:
        client.send(body, method, path, headers)
        status = client.read_head()
        data = client.read_body() if status not in (204, 304) else b''
        return status, client.headers, data


def answers_as_described(programs):
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.start()
        control = control_headers(stage)
        document = json.loads(ask(stage, 'GET', '/api/openapi.json', None, control)[2])
        check_table(document)
        check_schemas(document)
        for body in (question(), question(stream=True), {'model': 'nothing'}):
            stage.ask(body)
        listed = json.loads(ask(stage, 'GET', '/api/requests', None, control)[2])
        asked = {('GET', '/api/openapi.json')}
        for method, path, body, status in CALLS:
            path = path.replace('{id}', listed['items'][-1]['id'])
            got, headers, data = ask(stage, method, path, body, control)
            assert got == status, (method, path, got, data)
            route = find_operation(document, method, path)
            check_answer(document, route, got, headers, data)
            asked.add(route)
        control_routes = {route for route, access in routes().items() if access != 'MODEL'}
        note('%d of %d routes were asked' % (len(asked), len(control_routes)))
        aliases = {(method, path.replace('/api/request/', '/api/requests/'))
                   for method, path in control_routes - asked - UNASKED}
        bodies = {route for route in aliases if route[1].endswith('-body')}
        assert not aliases - asked - bodies, aliases - asked - bodies


def strangers_are_refused_as_described(programs):
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.start()
        control = control_headers(stage)
        document = json.loads(ask(stage, 'GET', '/api/openapi.json', None, control)[2])
        for headers, status in (([], 401), (control + [('Origin', 'https://evil.example')], 403)):
            for method, path in sorted(routes()):
                if routes()[(method, path)] != 'CONTROL':
                    continue
                got, reply, data = ask(stage, method, re.sub(r'\{\w+\}', 'x', path), None, headers)
                assert got == status, (method, path, got)
                check_answer(document, (method, path), got, reply, data)


if __name__ == '__main__':
    main([answers_as_described, strangers_are_refused_as_described])
