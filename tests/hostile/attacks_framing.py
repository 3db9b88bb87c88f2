# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Requests that two readers could understand in two ways, and what is no request at all. Behind each
stands a second request that must never be answered."""

import random

from attacker import read_all, send_what_goes, statuses_of

# Longer than the tests' settings let a request take, shorter than an idle connection lasts.
PATIENCE = 4
BODY = b'{"model":"gpt-4.1","messages":[{"role":"user","content":"smuggled"}]}'
HIDDEN = b'GET /v1/models/smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'

# What cannot be understood in one way only: refused, and nothing behind it is read.
TWO_LENGTHS = (
    ('CL+TE', 'Content-Length: 4\r\nTransfer-Encoding: chunked', b'0\r\n\r\n'),
    ('TE+CL', 'Transfer-Encoding: chunked\r\nContent-Length: 4', b'0\r\n\r\n'),
    ('CL.CL', 'Content-Length: 5\r\nContent-Length: 6', b'abcde'),
    ('CL.CL same', 'Content-Length: 5\r\nContent-Length: 5', b'abcde'),
    ('CL list', 'Content-Length: 5, 5', b'abcde'),
    ('CL sign', 'Content-Length: +5', b'abcde'),
    ('CL negative', 'Content-Length: -5', b'abcde'),
    ('CL hex', 'Content-Length: 0x5', b'abcde'),
    ('CL empty', 'Content-Length: ', b''),
    ('CL words', 'Content-Length: 5 5', b'abcde'),
    ('CL huge', 'Content-Length: 99999999999999999999999', b'abcde'),
    ('CL wraps', 'Content-Length: 18446744073709551621', b'abcde'),
    ('TE twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', b'0\r\n\r\n'),
    ('TE identity', 'Transfer-Encoding: identity', b''),
    ('TE list', 'Transfer-Encoding: gzip, chunked', b'0\r\n\r\n'),
    ('TE twice in a list', 'Transfer-Encoding: chunked, chunked', b'0\r\n\r\n'),
    ('TE misspelt', 'Transfer-Encoding: xchunked', b'0\r\n\r\n'),
    ('TE tab', 'Transfer-Encoding:\x0bchunked', b'0\r\n\r\n'),
    ('TE quoted', 'Transfer-Encoding: "chunked"', b'0\r\n\r\n'),
    ('TE parameter', 'Transfer-Encoding: chunked;q=1', b'0\r\n\r\n'),
    ('space before colon', 'Transfer-Encoding : chunked', b'0\r\n\r\n'),
    ('space before CL', 'Content-Length : 5', b'abcde'),
    ('folded', 'X-A: b\r\n Transfer-Encoding: chunked', b'0\r\n\r\n'),
    ('folded TE', 'Transfer-Encoding:\r\n chunked', b'0\r\n\r\n'),
    ('bare CR', 'X-A: b\rTransfer-Encoding: chunked', b'0\r\n\r\n'),
    ('line without colon', 'Transfer-Encoding chunked', b''),
    ('no name', ': chunked', b''),
    ('NUL in a value', 'X-A: a\x00b', b''),
    ('NUL in a name', 'X\x00A: b', b''),
    ('two hosts', 'Host: other.example', b''),
    ('control in a name', 'X\x01: b', b''),
)
# Whole heads: who is meant, and what the line may look like.
HEADS = (
    ('no host', b'GET /livez HTTP/1.1\r\n\r\n', {400, 421}),
    ('foreign host', b'GET /livez HTTP/1.1\r\nHost: evil.example\r\n\r\n', {400, 421}),
    ('foreign address', b'GET http://evil.example/livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', {400, 421}),
    ('address and foreign host', b'GET http://127.0.0.1/livez HTTP/1.1\r\nHost: evil.example\r\n\r\n', {400, 421}),
    ('user in the host', b'GET /livez HTTP/1.1\r\nHost: 127.0.0.1@evil.example\r\n\r\n', {400, 421}),
    ('two words in the host', b'GET /livez HTTP/1.1\r\nHost: 127.0.0.1 evil.example\r\n\r\n', {400, 421}),
    ('space in the path', b'GET /livez /models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', {400, 404}),
    ('NUL in the path', b'GET /livez\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', {400, 404}),
    ('NUL in the method', b'G\x00ET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', {400, 405, 501}),
    ('escaped NUL', b'GET /livez%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', {400, 404}),
    ('version 2', b'GET /livez HTTP/2.0\r\nHost: 127.0.0.1\r\n\r\n', {400, 505}),
    ('version 1.2', b'GET /livez HTTP/1.2\r\nHost: 127.0.0.1\r\n\r\n', {200, 400, 505}),
    ('version 0.9', b'GET /livez\r\n\r\n', {400, 505}),
    ('lower-case version', b'GET /livez http/1.1\r\nHost: 127.0.0.1\r\n\r\n', {400, 505}),
    ('CONNECT', b'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n', {400, 405, 421, 501}),
    ('TRACE', b'TRACE /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n\r\n', {400, 404, 405, 501}),
    ('star', b'OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', {400, 403, 404, 405}),
    ('1.0 with chunks', b'POST /v1/messages HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', {400, 421}),
    ('upgrade', b'GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, HTTP2-Settings\r\n'
     b'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n', {200, 400, 426}),
)
# No HTTP at all. No answer is fine, too.
STRANGE = (
    ('TLS', bytes.fromhex('16030100c8010000c40303') + bytes(range(189))),
    ('HTTP/2', b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + bytes(9)),
    ('SSH', b'SSH-2.0-OpenSSH_9.2\r\n'),
    ('SOCKS', b'\x05\x01\x00'),
    ('NULs', bytes(70000)),
    ('PROXY', b'PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\nGET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
    ('0xff', b'\xff' * 1000),
)
GARBAGE_CHUNKS = (
    b'zz\r\nab\r\n0\r\n\r\n', b'-1\r\na\r\n', b'+1\r\na\r\n0\r\n\r\n', b'0x1\r\na\r\n0\r\n\r\n',
    b'FFFFFFFFFFFFFFFF\r\na\r\n', b'10000000000000000\r\na', b'7fffffffffffffff\r\na', b'1 \x00\r\na\r\n0\r\n\r\n',
    b'5\r\nab\r\n0\r\n\r\n', b'1\r\nab\r\n0\r\n\r\n', b'1\r\na0\r\n\r\n', b'1\na\n0\n\n', b'1\r\r\na\r\n0\r\n\r\n',
    b'1;' + b'a' * (1 << 20) + b'\r\na\r\n0\r\n\r\n', b'\r\n1\r\na\r\n0\r\n\r\n', b' 1\r\na\r\n0\r\n\r\n',
    b'0\r\n' + b'A: b\r\n' * 100000 + b'\r\n', b'0\r\nA' + b'b' * (1 << 20) + b': c\r\n\r\n', b'\x00' * 64,
    b'1\r\na\r\n' * 3 + b'g\r\n', b'00000000000000000000000000000001\r\na\r\n0\r\n\r\n',
)


def refuse(place, what, data, expected, may_be_silent=False):
    """One reply at most, of a status of @expected, and the connection ends."""
    with place.connect() as sock:
        send_what_goes(sock, data)
        sock.settimeout(PATIENCE)
        answer = read_all(sock)
        if answer is None:
            place.expect(False, '%s: the connection stays open' % what)
            return
        seen = statuses_of(answer)
        place.expect(len(seen) == 1 or (may_be_silent and not seen), '%s: answers %s' % (what, seen))
        place.expect(set(seen) <= expected, '%s: answer %s, wanted %s: %r' % (
            what, seen, sorted(expected), answer[:150]))
        place.expect(b'smuggled' not in answer, '%s: the hidden request was answered' % what)
        place.note('refused' if seen else 'closed')


def smuggling(place):
    while place.goes_on():
        for what, lines, body in TWO_LENGTHS:
            head = place.head('POST', '/v1/chat/completions', ('Content-Type: application/json',)).rstrip()
            refuse(place, what, head + b'\r\n' + lines.encode('latin-1') + b'\r\n\r\n' + body + HIDDEN,
                   {400, 421, 501})
            place.pause()
        for what, head, expected in HEADS:
            # Whoever is not meant is told so, and may ask somebody else's question next.
            if expected & {200, 404, 405, 421}:
                answer_or_refuse(place, what, head, expected)
            else:
                refuse(place, what, head + HIDDEN, expected, may_be_silent=True)
            place.pause()


def answer_or_refuse(place, what, head, expected):
    """One answer; the connection may go on."""
    with place.connect() as sock:
        send_what_goes(sock, head)
        data = sock.recv(65536)
        seen = statuses_of(data)
        place.expect(len(seen) == 1 and set(seen) <= expected, '%s: answer %s, wanted %s' % (
            what, seen, sorted(expected)))
        place.note('answered')


def bare_lf(place):
    """Lines that end in LF alone are taken by some and not by others: fine either way, but once, and
    never with a body whose end is doubtful."""
    body = b'X' * 5 + HIDDEN
    while place.goes_on():
        data = place.request(BODY).replace(b'\r\n', b'\n')
        with place.connect() as sock:
            send_what_goes(sock, data)
            place.expect(statuses_of(sock.recv(65536)) in ([200], [400]), 'bare LF')
        refuse(place, 'bare LF and chunks', place.head('POST', lines=(
            'X-A: b\nTransfer-Encoding: chunked\nContent-Length: 5',)) + body, {400, 501})
        place.pause(0.01)


def garbage_chunks(place):
    chance = random.Random(1)
    head = place.head('POST', lines=('Content-Type: application/json', 'Transfer-Encoding: chunked'))
    while place.goes_on():
        for chunks in GARBAGE_CHUNKS:
            refuse(place, 'chunks %r' % chunks[:30], head + chunks + HIDDEN, {400, 408, 413, 431}, may_be_silent=True)
            place.pause()
            if place.is_over():
                break
        noise = chance.randbytes(chance.randrange(1, 2000))
        with place.connect() as sock:
            send_what_goes(sock, head + noise)
            sock.shutdown(1)
            answer = read_all(sock)
            place.expect(answer is not None and 200 not in statuses_of(answer), 'noise as chunks')
            place.note('noise')


def other_protocols(place):
    chance = random.Random(2)
    while place.goes_on():
        for what, data in STRANGE + (('noise', chance.randbytes(chance.randrange(1, 4000))),):
            with place.connect() as sock:
                send_what_goes(sock, data)
                sock.shutdown(1)
                answer = read_all(sock)
                place.expect(answer is not None, '%s: the connection stays open' % what)
                seen = statuses_of(answer or b'')
                place.expect(200 not in seen and len(seen) <= 1, '%s: answers %s' % (what, seen))
                place.note(what)
            place.pause()
