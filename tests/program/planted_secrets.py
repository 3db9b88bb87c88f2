#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""One run with everything switched on: a secret of its own in every place where one can enter, every
route asked in every way, upstream behind TLS and a proxy with a password, throwing back what it was
sent. Then every byte that left is searched for all of them."""

import json
import os
import re
import socket
import ssl
import threading

from networks import NOW, Authority, SecureUpstream
from redaction import (CHAT, PATIENT, Room, Search, chats, client_headers, commands,
                       note_copilot_tokens, plant_client)
from stage import HERE, main, note, question
from upstream import random_word

ROUTES = re.compile(r'\{ "([A-Z]+)",\s+"(/[^"]*)",\s+JUMP_ACCESS_([A-Z]+)')
# These end the run, or hand a secret to whom it belongs, and have their turn elsewhere.
ELSEWHERE = {('POST', '/api/stop'), ('GET', '/api/events'), ('POST', '/api/logout'), ('POST', '/api/keys'),
             ('POST', '/signup'), ('POST', '/api/session/link'), ('POST', '/api/login'),
             ('GET', '/open/{code}')}
BODIES = (None, {}, [], {'model': 'gpt-4.1', 'name': 'x', 'state': 'y', 'key': 1})
SETTINGS = '''[server]
key_in_query = true
sign_up = true
tls_port = %(tls_port)d
tls_address = loopback
tls_certificate = %(folder)s/server.pem
tls_key = %(folder)s/server.key

[upstream]
proxy = http://me:%(password)s@127.0.0.1:%(proxy_port)d
ca_file = %(folder)s/ca.pem
'''


class Proxy:
    """Lets everybody through to a port of this computer, and keeps what it was told."""

    def __init__(self):
        self.heads, self.refuses = [], False
        self.ports = {}  # host: port
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _address = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    @staticmethod
    def pump(source, target):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def serve(self, client):
        head = b''
        while not head.endswith(b'\r\n\r\n'):
            data = client.recv(1)
            if not data:
                return
            head += data
        head = head.decode('latin-1')
        self.heads.append(head)
        host = head.split(' ')[1].rsplit(':', 1)[0]
        if self.refuses:  # and tells everybody what it heard
            text = head.encode('latin-1')
            client.sendall(b'HTTP/1.1 407 %b\r\nX-Echo: %b\r\nContent-Length: %d\r\n\r\n%b' % (
                text.split(b'Proxy-Authorization: ')[1].split(b'\r\n')[0],
                text.split(b'Proxy-Authorization: ')[1].split(b'\r\n')[0], len(text), text))
            client.close()
            return
        server = socket.create_connection(('127.0.0.1', self.ports[host]))
        client.sendall(b'HTTP/1.1 200 Go on\r\n\r\n')
        threading.Thread(target=self.pump, args=(server, client), daemon=True).start()
        self.pump(client, server)


class FarUpstream(SecureUpstream):
    """On names that only the proxy knows."""

    def __init__(self, context, proxy):
        super().__init__(context)
        for side in ('github', 'copilot'):
            url = getattr(self, side + '_url')
            proxy.ports[side + '.test'] = int(url.rsplit(':', 1)[1])
            setattr(self, side + '_url', 'https://%s.test' % side)


def routes():
    path = os.path.join(HERE, '..', '..', 'service', 'http', 'route-table.c')
    with open(path, encoding='utf-8') as file:
        found = ROUTES.findall(file.read())
    assert len(found) > 60, found
    return found


def visit(stage, method, path, body=None, headers=()):
    """(status, headers, body) of one request; all of it is kept."""
    with stage.client() as client:
        client.send(body, method, path, headers)
        status = client.read_head()
        data = b''
        if method != 'HEAD' and (client.headers.get('transfer-encoding') == 'chunked' or
                                 'content-length' in client.headers):
            data = client.read_body()
        return status, client.headers, data


def in_private(stage, *arguments, **options):
    """The one reply that hands a secret out."""
    stage.is_keeping = False
    try:
        return visit(stage, *arguments, **options)
    finally:
        stage.is_keeping = True


def plant_file(search, name, path):
    """A key file: each line of it is random."""
    with open(path, encoding='utf-8') as file:
        lines = [line.strip() for line in file if not line.startswith('-----')]
    search.plant(name, ''.join(lines), *[line[-40:] for line in lines[1:]])


def plant_keys(stage, search, control):
    """Client keys of both kinds, and a browser's session."""
    status, _headers, body = in_private(stage, 'POST', '/api/keys', {'name': 'laptop'}, control)
    assert status == 201, body
    key = search.plant('created key', json.loads(body)['secret'])
    status, _headers, body = in_private(stage, 'POST', '/signup', {
        'user_id': 'ada', 'display_name': 'Ada'})
    assert status == 201, body
    search.plant('sign-up secret', json.loads(body)['token'])
    status, _headers, body = in_private(stage, 'POST', '/api/session/link', {}, control)
    assert status == 200, body
    path = '/open/' + json.loads(body)['url'].rsplit('/open/', 1)[1]
    search.plant('one-time code', path.rsplit('/', 1)[1])
    status, headers, body = in_private(stage, 'GET', path)
    assert status == 303, body
    cookie = headers['set-cookie'].split(';')[0]
    search.plant('session cookie', cookie.split('=', 1)[1])
    visit(stage, 'GET', path)  # used up
    return key, cookie


def every_route(stage, right, wrong):
    """@wrong: keys that do not open control routes; there each is answered slower than the last."""
    n_asked = 0
    for method, pattern, access in routes():
        if (method, pattern) in ELSEWHERE:
            continue
        path = pattern.replace('{id}', 'some-id')
        for headers in right if access == 'CONTROL' else right + wrong:
            for body in BODIES if method in ('POST', 'PATCH') else BODIES[:1]:
                visit(stage, method, path, body, headers)
                n_asked += 1
    for path in ('/', '/nowhere', '/health?api_key=' + random_word(20), '/open/', '/favicon.ico'):
        for method in ('GET', 'POST', 'OPTIONS', 'PUT', 'HEAD'):
            visit(stage, method, path)
            n_asked += 1
    for headers in wrong:
        assert visit(stage, 'GET', '/api/status', None, headers)[0] == 401
    return n_asked + len(wrong)


def throw_back(call):
    """All that was sent, as headers, cookies and in a body."""
    said = '\n'.join(call.lines)
    call.reply(400, json.dumps({'error': {'message': said, 'code': call.headers['authorization']}}),
               headers=[('Set-Cookie', 'logged_in=%s; path=/' % call.server_secret),
                        ('X-GitHub-Request-Id', call.headers['authorization']),
                        ('WWW-Authenticate', 'Bearer realm="%s"' % call.headers['authorization'])])


def a_secret_in_every_place(programs):
    search = Search()
    plant_client(search)
    proxy = Proxy()
    with Room(programs, search) as stage:
        authority = Authority(os.path.join(stage.root, 'company'))
        authority.names = 'DNS:localhost,DNS:github.test,DNS:copilot.test'
        context = authority.serve(*NOW)
        for name in os.listdir(authority.folder):
            stage.allow('company', name)
        plant_file(search, 'private key of TLS', authority.path('server.key'))
        with FarUpstream(context, proxy) as upstream:
            run_everything(stage, search, upstream, proxy, authority)


def run_everything(stage, search, upstream, proxy, authority):
    password = search.plant('proxy password', random_word(24))
    with socket.create_server(('127.0.0.1', 0)) as probe:
        tls_port = probe.getsockname()[1]
    stage.write_settings(SETTINGS % {'tls_port': tls_port, 'folder': authority.folder,
                                     'password': password, 'proxy_port': proxy.port})
    stage.allow('config', 'jumpseat', 'jumpseat.conf')
    stage.point_to(upstream)
    stage.environment['JUMPSEAT_COPILOT_URL'] = upstream.copilot_url
    upstream.github_token = search.plant_github('GitHub token')
    stage.environment['JUMPSEAT_GITHUB_TOKEN'] = upstream.github_token
    for name in ('GITHUB_TOKEN', 'GH_TOKEN', 'COPILOT_TOKEN'):
        stage.environment[name] = search.plant_github(name)
    search.plant('device code', upstream.device_code)
    cookie_of_upstream = search.plant('cookie of upstream', random_word(32))
    words = search.plant('words of a prompt', random_word(32))
    stage.is_keeping = True
    service = stage.start(*PATIENT)
    key = stage.control()['key']
    search.plant('control key', key)
    control = [('Authorization', 'Bearer ' + key)]
    client_key, cookie = plant_keys(stage, search, control)
    own = [('Authorization', 'Bearer ' + client_key)]

    def throw(call):
        call.server_secret = cookie_of_upstream
        throw_back(call)
    for headers in (own, [('X-Api-Key', client_key)], [('Cookie', cookie)]):
        status, _headers, body = visit(stage, 'POST', CHAT, question('Say ' + words), headers)
        assert status == 200, (headers, body)
        for path in (CHAT, '/v1/messages', '/v1/responses', '/api/chat', '/v1/embeddings'):
            upstream.hooks['POST ' + path.replace('/v1', '')] = throw
        for path in (CHAT, '/v1/messages', '/api/chat'):
            visit(stage, 'POST', path, question('Say ' + words, max_tokens=5), headers)
        upstream.hooks.clear()
    assert any('Proxy-Authorization' in head for head in proxy.heads), 'the proxy was not asked'
    visit(stage, 'POST', CHAT + '?api_key=' + client_key, question('Say ' + words))
    n_asked = every_route(stage, [[], control, [('Cookie', cookie)]],
                          [own, client_headers(search)])
    note('%d requests on all routes' % n_asked)
    commands(stage)
    for line in (['keys'], ['keys', '--json'], ['keys', 'revoke', 'laptop'], ['config', '--json']):
        stage.run(*line, *PATIENT)
    check_guard(service.pid)
    if listens(tls_port):
        greet_with_tls(authority, tls_port, client_key)
    proxy.refuses = True
    stage.run('refresh', *PATIENT)
    visit(stage, 'POST', CHAT, question('Say ' + words), own)
    visit(stage, 'GET', '/health', None, [('Accept', 'application/json')])
    visit(stage, 'POST', '/api/login', {}, control)
    visit(stage, 'POST', '/api/logout', {}, control)
    note_copilot_tokens(search, upstream)
    assert 'DEBUG' in ''.join(service.err)


def check_guard(pid):
    """No memory of ours in a dump; to root, who may read anything, the rest looks as ever."""
    with open('/proc/%d/limits' % pid, encoding='utf-8') as file:
        line = next(line for line in file if line.startswith('Max core file size'))
    assert line.split()[4] == '0', line
    if os.getuid() != 0 and os.path.exists('/proc/%d/mem' % pid):
        assert not os.access('/proc/%d/mem' % pid, os.R_OK)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(('127.0.0.1', port)) == 0


def greet_with_tls(authority, port, client_key):
    context = ssl.create_default_context(cafile=authority.path('ca.pem'))
    with socket.create_connection(('127.0.0.1', port), 10) as plain:
        with context.wrap_socket(plain, server_hostname='localhost') as secure:
            secure.sendall(('GET /v1/models HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n'
                            'X-Api-Key: %s\r\n\r\n' % (port, client_key)).encode())
            assert secure.recv(12).startswith(b'HTTP/1.1 ')


if __name__ == '__main__':
    main([a_secret_in_every_place])
