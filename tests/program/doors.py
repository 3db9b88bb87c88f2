#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The ways in: TLS, an address that other computers reach, clients that dawdle, and what a client hears of an
upstream that falls silent."""

import http.client
import json
import os
import re
import socket
import ssl
import time

from networks import NOW, Authority
from stage import CHAT, Stage, events_of, main, note, question, text_of, wait_until
from upstream import Upstream, piece

WORDS = ['one ', 'two ', 'three ', 'four']


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as probe:
        return probe.getsockname()[1]


def own_address():
    """Where other computers would find this one; None: nowhere. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(('192.0.2.1', 9))
        except OSError:
            return None
        address = probe.getsockname()[0]
    return None if address.startswith('127.') or address == '0.0.0.0' else address


def make_key(stage):
    result = stage.run('keys', 'create', 'friend')
    stage.printed.remove(result.out)
    secret = result.out.strip()
    assert result.code == 0 and re.fullmatch(r'jmp_[A-Za-z0-9_-]{43}', secret), result.err
    stage.secrets.append(secret)
    return secret


def post(connection, body, headers=()):
    connection.request('POST', CHAT, json.dumps(body),
                       {'Content-Type': 'application/json', **dict(headers)})
    return connection.getresponse()


def a_stream_over_tls(programs):
    """Pieces arrive as they are made, not at the end."""
    with Upstream() as upstream, Stage(programs) as stage:
        authority = Authority(os.path.join(stage.root, 'company'))
        authority.serve(*NOW)
        port = free_port()
        stage.point_to(upstream)
        stage.write_settings('[server]\ntls_port=%d\ntls_address=loopback\ntls_certificate=%s\n'
                             'tls_key=%s\n' % (port, authority.path('server.pem'),
                                               authority.path('server.key')))
        service = stage.start()
        if 'glib-networking' in ''.join(service.err):
            note('skipped: GLib has no TLS here')
            return
        arrived = []

        def one_by_one(call):
            call.start_stream()
            for number, word in enumerate(WORDS):
                wait_until(lambda n=number: len(arrived) >= n, 'the piece before it has arrived')
                call.event(piece(word))
            call.end_stream()
        upstream.hooks['POST /chat/completions'] = one_by_one
        context = ssl.create_default_context(cafile=authority.path('ca.pem'))
        connection = http.client.HTTPSConnection('localhost', port, timeout=20, context=context)
        for _turn in range(2):  # the second one on the same connection
            del arrived[:]
            reply = post(connection, question(stream=True))
            assert reply.status == 200 and reply.headers['Content-Type'] == 'text/event-stream'
            body = b''
            for line in reply:
                body += line
                if any(json.dumps(word).encode() in line for word in WORDS):
                    arrived.append(line)
            assert text_of(events_of(body)) == ''.join(WORDS), body
        connection.close()
        # who speaks no TLS at that door gets nothing, and the next one is served
        with socket.create_connection(('127.0.0.1', port), 20) as plain:
            plain.sendall(b'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n')
            try:
                assert b'200 OK' not in plain.recv(1000)
            except ConnectionResetError:
                pass
        connection = http.client.HTTPSConnection('localhost', port, timeout=20, context=context)
        connection.request('GET', '/livez')
        assert connection.getresponse().status == 200
        connection.close()


def another_computer(programs):
    address = own_address()
    if address is None:
        note('skipped: this machine has no address but loopback')
        return
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.write_settings('[server]\naddress=any\n')
        result = stage.run('--no-gui')
        assert result.code == 78, result
        assert 'server.address' in result.err and 'key' in result.err, result.err
        note(result.err.strip().splitlines()[-1])
        secret = make_key(stage)
        stage.start()

        def ask(headers=(), host=address):
            connection = http.client.HTTPConnection(host, stage.port, timeout=20)
            reply = post(connection, question(), headers)
            text = reply.read().decode()
            connection.close()
            return reply.status, text
        status, text = ask()
        assert status == 401 and 'missing_token' in text, (status, text)
        status, text = ask([('Authorization', 'Bearer jmp_wrong')])
        assert status == 401 and 'invalid_token' in text, (status, text)
        assert not upstream.chats()
        for headers in ([('Authorization', 'Bearer ' + secret)], [('x-api-key', secret)]):
            status, text = ask(headers)
            assert status == 200 and 'You are heard' in text, (status, text)
        assert ask(host='127.0.0.1')[0] == 200  # this computer needs none
        for host, sees in ((address, False), ('127.0.0.1', True)):
            connection = http.client.HTTPConnection(host, stage.port, timeout=20)
            connection.request('GET', '/health', headers={'Accept': 'application/json'})
            checks = json.loads(connection.getresponse().read())['checks']
            connection.close()
            # strangers may know whether it works, not whose it is
            assert all(bool(check['details']) == sees for check in checks
                       if check['name'] != 'disk'), checks
            assert sees or all(check['message'] == check['status'] for check in checks), checks


def slow_bodies(programs):
    """Whoever sends steadily may take long; whoever stops is told so, and cut off."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.write_settings('[timeouts]\nserver_read=1\n')
        stage.start()
        data = json.dumps(question('x' * 400000)).encode()
        head = ('POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n'
                'Content-Length: %d\r\n\r\n' % (CHAT, stage.port, len(data))).encode()
        with stage.client() as client:
            client.socket.sendall(head + data[:100])
            begin = time.monotonic()
            status, body = client.read_reply()
            assert status == 408, (status, body)
            assert 'timeouts.server_read' in json.loads(body)['error']['message'], body
            assert 0.5 < time.monotonic() - begin < 15, time.monotonic() - begin
            assert client.socket.recv(1) == b'', 'the connection is open'
        with stage.client() as client:
            client.socket.sendall(head)
            begin = time.monotonic()
            for start in range(0, len(data), 20000):
                client.socket.sendall(data[start:start + 20000])
                time.sleep(0.15)
            assert time.monotonic() - begin > 2.5
            assert client.read_reply()[0] == 200
        assert len(upstream.chats()) == 1


def a_silent_upstream(programs):
    """timeouts.proxy_context cuts it, and the client's stream ends as streams do."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.write_settings('[timeouts]\nproxy_context=1\n')
        stage.start()

        def falls_silent(call):
            call.start_stream()
            call.event(piece('So far so '))
            call.wait_gone()
            call.close()

        def never_begins(call):
            call.wait_gone()
            call.close()
        upstream.hooks['POST /chat/completions'] = falls_silent
        for path, mark in ((CHAT, '"error":'), ('/v1/messages', 'event: error'),
                           ('/v1/responses', 'response.failed'), ('/api/chat', '"error":')):
            n_before = len(upstream.chats())
            body = question(stream=True, max_tokens=100)
            if path == '/v1/responses':
                body = {'model': 'gpt-4.1', 'stream': True, 'input': 'Hello'}
            with stage.client() as client:
                begin = time.monotonic()
                status, text = client.ask(body, path=path)
                seconds = time.monotonic() - begin
            assert status == 200 and 0.5 < seconds < 15, (path, status, seconds)
            text = text.decode()
            assert 'So far so ' in text and mark in text, (path, text)
            assert 'did not answer in time' in text, (path, text)
            assert len(upstream.chats()) == n_before + 1, 'it was sent again'
            wait_until(lambda: upstream.chats()[-1].gone.is_set(), 'upstream was let go')
        upstream.hooks['POST /chat/completions'] = never_begins
        status, text = stage.ask(question(stream=True))
        assert status == 504, (status, text)
        assert len(upstream.chats()) == 5, 'it was sent again'


if __name__ == '__main__':
    main([a_stream_over_tls, another_computer, slow_bodies, a_silent_upstream])
