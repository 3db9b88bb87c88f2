#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Nobody reads the answer any more: upstream's connection is closed, at once, so that no credit is
spent on the rest."""

import json
import socket
import subprocess
import sys
import time

from stage import CHAT, Stage, main, median, note, question, wait_until
from upstream import Upstream, piece

TIMES = 20
LIMIT_MS = 100


def silent(call):
    """Thinks, until the other side has left."""
    call.wait_gone()


def begun(call):
    call.start_stream()
    call.event(piece('once '))
    call.wait_gone()


def talking(call):
    """Goes on and on: the end shows as an error of a write."""
    call.start_stream()
    while True:
        call.event(piece('and on ' * 20))
        time.sleep(0.001)


def leave(client):
    client.socket.close()


def leave_half(client):
    client.socket.shutdown(socket.SHUT_WR)


def measure(programs, answer, stream, way, read_first):
    """@way: how the client leaves. Returns the delays in ms."""
    delays = []
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        service = stage.start()
        assert stage.ask(question())[0] == 200
        upstream.hooks['POST /chat/completions'] = answer
        for number in range(TIMES):
            client = stage.client().send(question(stream=stream))
            call = wait_until(lambda: len(upstream.chats()) == number + 2 and upstream.chats()[-1],
                              'upstream has the question', step=0.001)
            if read_first:
                assert client.read_head() == 200
                assert b'data: ' in client.read_chunk()
            begin = time.monotonic()
            way(client)
            assert call.gone.wait(10), 'upstream is still asked'
            delays.append((call.gone_at - begin) * 1000)
            client.socket.close()
        wait_until(lambda: ''.join(service.err).count('status=499') == TIMES, 'all are logged')
        del upstream.hooks['POST /chat/completions']
        assert stage.ask(question())[0] == 200
    return delays


def check(what, delays):
    note('%s: median %.2f ms, longest %.2f ms' % (what, median(delays), max(delays)))
    assert len(delays) == TIMES and median(delays) < LIMIT_MS, delays


def closed_in_the_middle(programs):
    check('closed in the middle', measure(programs, begun, True, leave, True))


def closed_while_upstream_talks(programs):
    check('closed while upstream talks', measure(programs, talking, True, leave, True))


def closed_before_the_first_byte(programs):
    for stream in (True, False):
        check('closed before the first byte, stream %s' % stream,
              measure(programs, silent, stream, leave, False))


def closed_half(programs):
    check('closed for sending only', measure(programs, begun, True, leave_half, True))
    check('closed for sending only, no byte yet',
          measure(programs, silent, False, leave_half, False))


def half_closed_but_answered(programs):
    """What is known without upstream is told to a client that only has no more questions."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.start()
        assert stage.ask(method='GET', path='/v1/models')[0] == 200
        for path in ('/livez', '/v1/models', '/nowhere'):
            with stage.client() as client:
                client.send(method='GET', path=path)
                client.socket.shutdown(socket.SHUT_WR)
                status, body = client.read_reply()
                assert status == (404 if path == '/nowhere' else 200) and body, (path, status)
                assert not client.fill(), 'the connection is closed behind it'


def reset(programs):
    check('reset in the middle',
          measure(programs, begun, True, lambda client: client.reset(), True))
    check('reset before the first byte',
          measure(programs, silent, True, lambda client: client.reset(), False))


def killed(programs):
    """A real program, which has no time for a goodbye."""
    delays = []
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.start()
        upstream.hooks['POST /chat/completions'] = begun
        for _time in range(TIMES):
            with subprocess.Popen(['curl', '-sN', '--noproxy', '*', '-d',
                                   json.dumps(question(stream=True)), stage.url + CHAT],
                                  stdout=subprocess.PIPE) as client:
                assert b'once' in client.stdout.readline()
                begin = time.monotonic()
                client.kill()
                call = upstream.chats()[-1]
                assert call.gone.wait(10), 'upstream is still asked'
                delays.append((call.gone_at - begin) * 1000)
    check('killed', delays)


def gone_before_it_was_sent(programs):
    """While the token is fetched: the question never leaves."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        upstream.exchange_seconds = 0.5
        service = stage.start()
        client = stage.client().send(question())
        wait_until(lambda: upstream.exchanging, 'the token is fetched')
        client.socket.close()
        wait_until(lambda: 'status=499' in ''.join(service.err), 'the client is missed')
        assert stage.ask(question('second'))[0] == 200
        call, = upstream.chats()
        assert call.json()['messages'][0]['content'] == 'second'
        assert upstream.n_exchanges == 1


if __name__ == '__main__':
    sys.setswitchinterval(0.0005)  # the delays measured are not to be those of our own threads
    main([closed_in_the_middle, closed_while_upstream_talks, closed_before_the_first_byte,
          closed_half, half_closed_but_answered, reset, killed, gone_before_it_was_sent])
