#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""50 clients of all APIs, some of which leave when they feel like it. Each request has a name of its
own, sent as User-Agent. Says what became of each when its input ends, as JSON.

usage: crowd.py PORT CLIENTS SEED
"""

import asyncio
import collections
import json
import random
import socket
import struct
import sys

LIMIT = 60  # seconds in which every request has to be answered
LEAVES = 0.15
TEXT = 'Tell me of the weather, of the sea and of the people who go to sea. ' * 4
MESSAGES = [{'role': 'user', 'content': TEXT}]


def bodies(stream):
    """{path: body} of one request for each API."""
    return {
        '/v1/chat/completions': {'model': 'gpt-4.1', 'stream': stream, 'messages': MESSAGES},
        '/v1/responses': {'model': 'gpt-5.1', 'stream': stream, 'input': TEXT},
        '/v1/messages': {'model': 'claude-sonnet-4.5', 'stream': stream, 'max_tokens': 100,
                         'messages': MESSAGES},
        '/api/chat': {'model': 'gpt-4.1', 'stream': stream, 'messages': MESSAGES},
        '/api/generate': {'model': 'gpt-4.1', 'stream': stream, 'prompt': TEXT},
    }


# What the end of a stream looks like, well or told as an error.
ENDS = {
    '/v1/chat/completions': (b'data: [DONE]', b'"error"'),
    '/v1/responses': (b'response.completed', b'response.failed', b'response.incomplete', b'event: error', b'"error"'),
    '/v1/messages': (b'message_stop', b'event: error'),
    '/api/chat': (b'"done":true', b'"error"'),
    '/api/generate': (b'"done":true', b'"error"'),
}


class Crowd:
    def __init__(self, port, seed):
        self.port, self.chance = port, random.Random(seed)
        self.number, self.is_over = 0, False
        self.outcomes, self.problems = {}, []
        self.counts = collections.Counter()

    def next_name(self):
        self.number += 1
        return 'soak-%d-end' % self.number

    def request(self, name, path, body):
        data = json.dumps(body).encode()
        return ('POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUser-Agent: %s\r\nConnection: close\r\n'
                'Content-Type: application/json\r\nContent-Length: %d\r\n\r\n' % (
                    path, self.port, name, len(data))).encode() + data

    async def ask(self):
        name = self.next_name()
        stream = self.chance.random() < 0.5
        path = self.chance.choice(sorted(ENDS))
        body = bodies(stream)[path]
        leave_at = self.chance.choice((0.001, 0.02, 0.1, 0.5)) if self.chance.random() < LEAVES else None
        reader, writer = await asyncio.open_connection('127.0.0.1', self.port, limit=1 << 24)
        writer.write(self.request(name, path, body))
        try:
            if leave_at is not None:
                try:
                    await asyncio.wait_for(reader.read(-1), leave_at)
                    self.outcomes[name] = 'read'
                except asyncio.TimeoutError:
                    self.leave(writer)
                    self.outcomes[name] = 'left'
                    return
            else:
                data = await asyncio.wait_for(reader.read(-1), LIMIT)
                self.outcomes[name] = self.judge(name, path, stream, data)
        except asyncio.TimeoutError:
            self.outcomes[name] = 'never'
            self.problems.append('%s %s: no end within %d s' % (name, path, LIMIT))
        except ConnectionError as error:
            self.outcomes[name] = 'reset'
            self.problems.append('%s %s: %s' % (name, path, error))
        finally:
            writer.close()

    def leave(self, writer):
        if self.chance.random() < 0.5 and not writer.is_closing():
            writer.get_extra_info('socket').setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        writer.transport.abort()

    def judge(self, name, path, stream, data):
        """How it ended; what is half a reply is a problem."""
        head, separator, body = data.partition(b'\r\n\r\n')
        if not separator or not head.startswith(b'HTTP/1.1 '):
            self.problems.append('%s %s: no reply: %r' % (name, path, data[:100]))
            return 'none'
        status = int(head[9:12])
        lower = head.lower()
        if b'transfer-encoding: chunked' in lower:
            is_whole = body.endswith(b'0\r\n\r\n')
        else:
            length = [line for line in lower.split(b'\r\n') if line.startswith(b'content-length:')]
            is_whole = len(length) == 1 and len(body) == int(length[0].split(b':')[1])
        if not is_whole:
            self.problems.append('%s %s stream=%s: %d, cut: %r' % (name, path, stream, status, data[-300:]))
            return 'cut'
        if status != 200:
            return 'status %d' % status
        if not stream:
            return 'whole'
        if not any(end in body for end in ENDS[path]):
            self.problems.append('%s %s: a stream without end: %r' % (name, path, body[-300:]))
            return 'endless'
        return 'stream' if ENDS[path][0] in body else 'stream with error'

    async def client(self):
        while not self.is_over:
            await self.ask()
            await asyncio.sleep(self.chance.uniform(0, 0.2))


async def main():
    port, n_clients, seed = map(int, sys.argv[1:4])
    crowd = Crowd(port, seed)
    clients = [asyncio.create_task(crowd.client()) for _client in range(n_clients)]
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    crowd.is_over = True
    await asyncio.gather(*clients)
    print(json.dumps({'outcomes': crowd.outcomes, 'problems': crowd.problems}), flush=True)


if __name__ == '__main__':
    asyncio.run(main())
