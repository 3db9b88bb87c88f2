# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Clients that take their time: for the head, for the body, for the reply, for nothing at all."""

import select
import socket
import time

from attacker import WAIT, read_all, send_what_goes, statuses_of

CROWD = 400
IDLE = 2000
# The settings of the tests let a head and a request take so many seconds.
HEAD_SECONDS, READ_SECONDS, GRACE = 1, 2, 3


def readable(socks, seconds=0):
    """Those that have something to say; select() knows no more than 1024."""
    poll = select.poll()
    by_number = {sock.fileno(): sock for sock in socks}
    for number in by_number:
        poll.register(number, select.POLLIN)
    return [by_number[number] for number, _event in poll.poll(seconds * 1000)]


def trickle(place, begin, piece, seconds, statuses):
    """Many connections that send @begin and then a byte now and then. Each has to be cut."""
    while not place.is_over():
        crowd = {}
        for _client in range(CROWD):
            sock = place.connect()
            sock.sendall(begin)
            crowd[sock] = b''
        opened = time.monotonic()
        place.ready()
        left = dict(crowd)
        while left and time.monotonic() - opened < seconds + GRACE and not place.is_over():
            for sock in readable(left, 0.1):
                try:
                    data = sock.recv(65536)
                except ConnectionError:
                    data = b''
                left[sock] += data
                if not data:
                    crowd[sock] = left.pop(sock)
            for sock in list(left):
                send_what_goes(sock, piece)
        if not place.is_over():
            place.expect(not left, '%d of %d connections were still open after %d s' % (
                len(left), CROWD, seconds + GRACE))
        for sock, data in crowd.items():
            if sock not in left:
                seen = statuses_of(data)
                place.expect(set(seen) <= statuses, 'a slow client got %r' % data[:100])
                place.note('cut with %s' % (seen[0] if seen else 'no reply'))
            sock.close()
        place.say('round')


def slow_head(place):
    trickle(place, b'POST /v1/chat/completions HTTP/1.1\r\nX-A: ', b'a', HEAD_SECONDS, {408})


def slow_head_lines(place):
    """Each line is whole, there is always one more."""
    trickle(place, b'GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n', b'A: b\r\n', HEAD_SECONDS, {408, 431})


def slow_body(place):
    head = place.head('POST', lines=('Content-Type: application/json', 'Content-Length: 100000'))
    trickle(place, head + b'{"model": "', b'a', READ_SECONDS, {408})


def slow_chunks(place):
    head = place.head('POST', lines=('Content-Type: application/json', 'Transfer-Encoding: chunked'))
    trickle(place, head, b'1\r\n \r\n', READ_SECONDS, {408})


def idle_connections(place):
    """They are opened and say nothing; some have asked once. Newcomers have to get in."""
    crowd = []
    while not place.is_over():
        for number in range(IDLE - len(crowd)):
            sock = place.connect()
            if number % 10 == 0:
                send_what_goes(sock, place.head('GET', '/livez'))
            crowd.append(sock)
            if number % 50 == 0:
                place.pause(0.02)
        place.note('opened', len(crowd))
        place.ready()
        place.pause(1)
        place.say('round')
        while not place.is_over() and len(crowd) > IDLE // 2:
            place.pause(0.1)
            for sock in readable(crowd):
                try:
                    is_open = len(sock.recv(65536)) > 0
                except ConnectionError:
                    is_open = False
                if not is_open:
                    sock.close()
                    crowd.remove(sock)
                    place.note('closed by the service')
    for sock in crowd:
        sock.close()


def half_closed(place):
    """The client's half of the connection ends; the service's has to end too."""
    body = b'{"model":"gpt-4o","messages":[{"role":"user","content":"Hello"}]}'
    beginnings = (b'', b'GET', place.head('GET', '/livez'), place.request(body)[:-5],
                  place.head('POST', lines=('Transfer-Encoding: chunked',)) + b'5\r\nab')
    while place.goes_on():
        crowd = []
        for number in range(50):
            sock = place.connect()
            sock.sendall(beginnings[number % len(beginnings)])
            sock.shutdown(socket.SHUT_WR)
            crowd.append(sock)
        for sock in crowd:
            data = read_all(sock)
            place.expect(data is not None, 'a connection that was half closed stays open')
            place.note('closed')
            sock.close()
        place.pause(0.01)


def slow_reader(place):
    """Asks for long streams and takes a few bytes a second."""
    body = b'{"model":"gpt-4.1","stream":true,"messages":[{"role":"user","content":"%s"}]}' % (
        b'word ' * 8000)
    crowd = []
    for _client in range(30):
        sock = place.connect(receive_buffer=4096)
        sock.sendall(place.request(body))
        crowd.append(sock)
    for sock in crowd:
        data = sock.recv(100)
        place.expect(data.startswith(b'HTTP/1.1 200'), 'a stream began with %r' % data)
        place.note('streams')
    while place.goes_on():
        for sock in crowd:
            sock.recv(10)
        place.pause(0.5)
    for sock in crowd:
        sock.close()


def reads_nothing(place):
    """Asks and asks, and never takes an answer."""
    ask = place.head('GET', '/v1/models') * 200
    crowd = [place.connect(receive_buffer=4096) for _client in range(40)]
    for sock in crowd:
        sock.setblocking(False)
    place.ready()
    end = time.monotonic() + WAIT
    while not place.is_over() and time.monotonic() < end:
        for sock in crowd:
            try:
                place.note('bytes sent', sock.send(ask))
            except (BlockingIOError, ConnectionError):
                pass
        place.pause(0.05)
        if time.monotonic() > end - WAIT + 1:
            place.say('round')
    for sock in crowd:
        sock.close()
