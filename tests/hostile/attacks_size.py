# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Clients that send too much: of body, of depth, of headers, of address, of requests."""

import socket

from attacker import read_all, send_what_goes, statuses_of

MIB = 1 << 20
DEEP = 100000
PIECE = b' ' * MIB
ROUTES = ('/v1/chat/completions', '/v1/responses', '/v1/messages', '/api/chat', '/v1/completions',
          '/api/generate', '/v1/embeddings', '/v1/messages/count_tokens')


def exchange(place, data, expected, what):
    """Sends @data, wants one reply of a status of @expected, or the end where a reset overtakes it."""
    with place.connect() as sock:
        send_what_goes(sock, data)
        try:
            answer = sock.recv(65536)
        except ConnectionError:
            answer = b''
        seen = statuses_of(answer)
        place.expect(len(seen) <= 1 and set(seen) <= expected, '%s: %s, wanted %s: %r' % (
            what, seen, sorted(expected), answer[:200]))
        place.note('%s %s' % (what, seen[0] if seen else 'closed'))


def over_the_limit(place):
    """64 MiB where 32 are allowed: refused for what the head says, or on the way."""
    is_chunked = False
    while place.goes_on():
        is_chunked = not is_chunked
        with place.connect() as sock:
            if is_chunked:
                sock.sendall(place.head('POST', lines=('Transfer-Encoding: chunked',)))
                for _piece in range(64):
                    if not send_what_goes(sock, b'%x\r\n%s\r\n' % (MIB, PIECE)):
                        break
                    place.note('MiB sent')
                    place.pause()
            else:
                sock.sendall(place.head('POST', lines=('Content-Length: %d' % (64 * MIB),)))
                for _piece in range(64):
                    if not send_what_goes(sock, PIECE):
                        break
                    place.note('MiB sent')
                    place.pause()
            answer = read_all(sock)
            # A reset may overtake the reply when the client does not stop.
            seen = statuses_of(answer or b'')
            place.expect(set(seen) <= {413}, 'a body of 64 MiB got %r' % (answer or b'')[:100])
            place.note('got %s' % (seen[0] if seen else 'closed'))


def said_too_long(place):
    """Only the head says 64 MiB: the answer comes at once, before any of the body."""
    while place.goes_on():
        with place.connect() as sock:
            sock.settimeout(3)
            sock.sendall(place.head('POST', lines=('Content-Length: %d' % (64 * MIB),)))
            try:
                data = sock.recv(4096)
            except socket.timeout:
                data = b''
            place.expect(statuses_of(data) == [413], 'said 64 MiB and got %r' % data[:100])
            place.note('413')
        place.pause(0.01)


def under_the_limit(place):
    """31 MiB that are allowed, and are no JSON in the end."""
    size = 31 * MIB
    number = 0
    while place.goes_on():
        path = ROUTES[number % len(ROUTES)]
        number += 1
        with place.connect() as sock:
            sock.sendall(place.head('POST', path, ('Content-Type: application/json',
                                                   'Content-Length: %d' % size)))
            begin = b'{"model":"gpt-4o","messages":[{"role":"user","content":"'
            send_what_goes(sock, begin)
            left = size - len(begin) - 1
            while left > 0 and send_what_goes(sock, b'x' * min(left, MIB)):
                left -= min(left, MIB)
                place.pause()
            send_what_goes(sock, b'"')
            data = sock.recv(65536)
            place.expect(statuses_of(data) == [400], '%s: 31 MiB of no JSON got %r' % (path, data[:200]))
            place.note('400')


def nested_brackets(place):
    """Depth instead of size, on every API that reads JSON, in places that differ."""
    bodies = [b'[' * DEEP, b'{"a":' * DEEP, b'[' * DEEP + b']' * DEEP, b'{"a":' * DEEP + b'1' + b'}' * DEEP,
              b'{"model":"gpt-4o","messages":' + b'[' * DEEP + b']' * DEEP + b'}',
              b'{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function",'
              b'"function":{"name":"f","parameters":' + b'{"items":' * DEEP + b'{}' + b'}' * DEEP + b'}}]}']
    while place.goes_on():
        for path in ROUTES:
            for body in bodies:
                exchange(place, place.request(body, path), {400}, 'brackets')
                place.pause()
            if place.is_over():
                break


def header_flood(place):
    lines = ['X-%d: %s' % (number, 'v' * 20) for number in range(100000)]
    while place.goes_on():
        exchange(place, place.head('GET', '/livez', lines), {431}, 'lines')
        exchange(place, place.head('GET', '/livez', ('X-A: ' + 'v' * MIB,)), {431}, 'one line')
        exchange(place, place.head('GET', '/livez', lines[:1000]), {431}, 'a thousand lines')
        exchange(place, place.head('GET', '/livez', ['A: b'] * 101), {431}, 'too many lines')
        exchange(place, b'X' * MIB, {400, 431, 414}, 'no line')
        exchange(place, b'\r\n' * MIB, {400, 431, 408}, 'empty lines')
        place.pause()


def huge_addresses(place):
    while place.goes_on():
        for size in (70000, MIB):
            exchange(place, place.head('GET', '/' + 'a' * size), {414, 431, 400}, 'path')
            exchange(place, place.head('GET', '/livez?' + 'a=b&' * (size // 4)), {414, 431, 400}, 'query')
        exchange(place, place.head('GET', '/v1/models/' + '%41' * 20000), {404, 414, 431, 400}, 'escapes')
        exchange(place, place.head('GET', '/' + '/a' * 15000), {404, 414, 431, 400}, 'slashes')
        exchange(place, place.head('GET', '/../' * 5000 + 'etc/passwd'), {404, 414, 431, 400}, 'parents')
        place.pause()


def pipelining(place):
    """1000 requests in one go; every answer, in order."""
    ask = b''.join(place.head('GET', '/v1/models/number-%d' % number) for number in range(999))
    ask += place.head('GET', '/livez', ('Connection: close',))
    while place.goes_on():
        with place.connect() as sock:
            send_what_goes(sock, ask)
            data = read_all(sock, 16 * MIB)
            if data is None:
                place.expect(False, 'pipelining: the connection stays open')
                continue
            seen = statuses_of(data)
            place.expect(len(seen) == 1000 and seen[-1] == 200 and set(seen[:-1]) == {404},
                         'pipelining: %d answers, %s' % (len(seen), sorted(set(seen))))
            places = [data.find(b'number-%d"' % number) for number in (10, 500, 998)]
            place.expect(places == sorted(places), 'pipelining: answers out of order')
            place.note('answers', len(seen))
        place.pause(0.01)
