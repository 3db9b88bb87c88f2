# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Clients that go away at every point of a conversation."""

from attacker import reset

STEP = 64


def leave_at_every_byte(place):
    """A request, cut at each of its bytes by a reset; only whole ones may reach upstream."""
    body = (b'{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"cut short"}],'
            b'"temperature":0.5}')
    data = place.request(body, lines=('Authorization: Bearer whatever', 'Accept: text/event-stream'))
    while place.goes_on():
        for offset in range(len(data)):
            sock = place.connect()
            sock.sendall(data[:offset])
            reset(sock)
            place.note('cut requests')
            if offset % 16 == 0:
                place.pause()


def leave_in_the_reply(place):
    """A reply, left at every 64th byte."""
    body = b'{"model":"gpt-4.1","stream":true,"messages":[{"role":"user","content":"%s"}]}' % (b'word ' * 20)
    data = place.request(body, lines=('Connection: close',))
    with place.connect() as sock:
        sock.sendall(data)
        whole = 0
        while True:
            piece = sock.recv(65536)
            if not piece:
                break
            whole += len(piece)
    place.expect(whole > 1000, 'the reply has only %d bytes' % whole)
    place.note('bytes of the reply', whole)
    while place.goes_on():
        for offset in range(1, whole, STEP):
            sock = place.connect(receive_buffer=4096)
            sock.sendall(data)
            left = offset
            while left > 0:
                piece = sock.recv(left)
                if not piece:
                    break
                left -= len(piece)
            reset(sock)
            place.note('left')
            place.pause(0.004)


def connect_and_leave(place):
    """As many connections as go, none of which says a word."""
    while place.goes_on():
        for _client in range(20):
            reset(place.connect())
            place.note('connections')
        place.pause(0.004)
