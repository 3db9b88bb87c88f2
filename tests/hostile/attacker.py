#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A hostile client as a process of its own, so that its work is not the tests'. Says "ready" when
the attack is on, "round" when everything was tried once, goes on until its input ends, and tells as
JSON what it has seen.

usage: attacker.py NAME PORT
"""

import collections
import json
import os
import resource
import select
import socket
import struct
import sys
import time
import traceback

sys.dont_write_bytecode = True

WAIT = 15  # seconds for whatever has to come


class Place:
    """Where an attack happens, and what it notes."""

    def __init__(self, port):
        self.port = port
        self.counts = collections.Counter()
        self.problems = []
        self.said = set()

    def say(self, word):
        if word not in self.said:
            self.said.add(word)
            print(word, flush=True)

    def ready(self):
        self.say('ready')

    def goes_on(self):
        """Asked before each round."""
        if 'ready' in self.said:
            self.say('round')
        self.ready()
        return not self.is_over()

    def is_over(self):
        return bool(select.select([sys.stdin], [], [], 0)[0])

    def pause(self, seconds=0.002):
        """The attacker is not alone on the machine, but it is the service that is measured."""
        time.sleep(seconds)

    def note(self, word, count=1):
        self.counts[word] += count

    def expect(self, condition, text):
        if not condition and text not in self.problems and len(self.problems) < 20:
            self.problems.append(text)

    def connect(self, receive_buffer=None):
        sock = socket.socket()
        sock.settimeout(WAIT)
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.connect(('127.0.0.1', self.port))
        return sock

    def head(self, method='POST', path='/v1/chat/completions', lines=()):
        return '\r\n'.join(['%s %s HTTP/1.1' % (method, path), 'Host: 127.0.0.1:%d' % self.port,
                            *lines, '', '']).encode('latin-1')

    def request(self, body, path='/v1/chat/completions', lines=()):
        return self.head('POST', path, ('Content-Type: application/json',
                                        'Content-Length: %d' % len(body), *lines)) + body


def reset(sock):
    """Goes away without a goodbye."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    sock.close()


def read_all(sock, limit=1 << 20):
    """What comes until the other side has closed; None when it does not."""
    data = b''
    try:
        while len(data) < limit:
            piece = sock.recv(65536)
            if not piece:
                break
            data += piece
    except socket.timeout:
        return None
    except ConnectionError:
        pass
    return data


def send_what_goes(sock, data):
    """Whether all of it went before the other side hung up."""
    try:
        sock.sendall(data)
        return True
    except (ConnectionError, socket.timeout):
        return False


def statuses_of(data):
    """The status of every reply in @data."""
    return [int(part[:3]) for part in data.split(b'HTTP/1.1 ')[1:] if part[:3].isdigit()]


def main():
    import attacks_framing
    import attacks_leaving
    import attacks_size
    import attacks_slow
    name, port = sys.argv[1], int(sys.argv[2])
    os.nice(15)
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    place = Place(port)
    for module in (attacks_slow, attacks_size, attacks_framing, attacks_leaving):
        attack = getattr(module, name, None)
        if attack:
            break
    try:
        attack(place)
    except Exception as error:  # told, not lost
        place.problems.append('%s: %s\n%s' % (type(error).__name__, error, traceback.format_exc()))
    place.ready()
    place.say('round')
    print(json.dumps({'counts': place.counts, 'problems': place.problems}), flush=True)


if __name__ == '__main__':
    main()
