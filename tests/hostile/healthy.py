#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A client like any other, as a process of its own. Reads numbers: so many requests it makes, and
writes how long each took, in ms, as JSON. Every request has to succeed.

usage: healthy.py PORT
"""

import json
import os
import select
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'program'))

from stage import Client, question  # noqa: E402

RENEW = 25  # requests on one connection


class Here:
    """What a client of the stage wants to know."""

    def __init__(self, port):
        self.port = port

    def keep(self, data):
        pass


class Healthy:
    def __init__(self, port):
        self.here, self.client, self.number = Here(port), None, 0

    def connection(self):
        # A connection that rests may be closed at any time; every client looks before it asks.
        if self.client is None or self.number % RENEW == 0 or select.select([self.client.socket], [], [], 0)[0]:
            if self.client:
                self.client.socket.close()
            self.client = Client(self.here)
        return self.client

    def ask(self):
        """Three kinds in turn: is it alive, a list, a conversation."""
        self.number += 1
        begin = time.perf_counter()
        client = self.connection()
        if self.number % 3 == 0:
            status, body = client.ask(method='GET', path='/livez')
        elif self.number % 3 == 1:
            status, body = client.ask(question('Hello there'))
            assert b'Hello there' in body, body
        else:
            status, body = client.ask(question('Hello again', stream=True))
            assert b'data: [DONE]\n\n' in body[-100:], body[-200:]
        assert status == 200, (status, body)
        return (time.perf_counter() - begin) * 1000

    def measure(self, count):
        try:
            return [self.ask() for _request in range(count)]
        except Exception as error:  # told to the test
            self.client = None
            return {'problem': 'request %d: %s: %s' % (self.number, type(error).__name__, error)}


if __name__ == '__main__':
    healthy = Healthy(int(sys.argv[1]))
    for line in sys.stdin:
        print(json.dumps(healthy.measure(int(line))), flush=True)
