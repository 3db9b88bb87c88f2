#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A Copilot on a bad day: stands in front of the simulator and lets some answers through as they are,
and others late, cut, stalled, garbled or not at all. Prints its address; when its input ends, how often
it did what, as JSON.

usage: faults.py SIMULATOR_URL SEED
"""

import asyncio
import collections
import json
import os
import random
import socket
import struct
import sys
import urllib.parse

STALL_SECONDS = 20
ERROR = b'{"error":{"message":"a bad day","code":"bad_day"}}'


def plain(status, words, body=ERROR, headers=b''):
    return b'HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s' % (
        status, words, len(body), headers, body)


class BadDay:
    def __init__(self, url, seed):
        address = urllib.parse.urlsplit(url)
        self.host, self.port = address.hostname, address.port
        self.chance = random.Random(seed)
        self.counts, self.tasks = collections.Counter(), set()
        faults = [name[len('fault_'):] for name in dir(self) if name.startswith('fault_')]
        # Two of three answers are as they should be.
        self.menu = faults + ['none'] * (2 * len(faults))

    async def read_request(self, reader):
        head = await reader.readuntil(b'\r\n\r\n')
        length = 0
        for line in head.lower().split(b'\r\n'):
            if line.startswith(b'content-length:'):
                length = int(line.split(b':')[1])
        return head + await reader.readexactly(length)

    async def fetch(self, request):
        """The simulator's whole reply."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        head, body = request.split(b'\r\n\r\n', 1)
        writer.write(head + b'\r\nConnection: close\r\n\r\n' + body)
        data = await reader.read(-1)
        writer.close()
        return data

    async def serve(self, reader, writer):
        # The loop itself keeps no more than a weak hold of a task.
        task = asyncio.current_task()
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        try:
            request = await self.read_request(reader)
            name = 'none' if request.startswith(b'GET') else self.chance.choice(self.menu)
            self.counts[name] += 1
            await getattr(self, 'fault_' + name, self.as_it_should)(request, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def as_it_should(self, request, writer):
        writer.write(await self.fetch(request))
        await writer.drain()

    async def fault_late(self, request, writer):
        await asyncio.sleep(self.chance.uniform(0.05, 1))
        await self.as_it_should(request, writer)

    async def fault_dribble(self, request, writer):
        """Pieces of a few bytes, in the middle of lines and characters."""
        data = await self.fetch(request)
        while data:
            size = self.chance.randrange(1, 200)
            writer.write(data[:size])
            await writer.drain()
            data = data[size:]
            await asyncio.sleep(0.001)

    async def fault_reset(self, request, writer):
        self.reset(writer)

    async def fault_hang_up(self, request, writer):
        pass

    async def fault_reset_in_the_middle(self, request, writer):
        data = await self.fetch(request)
        writer.write(data[:self.chance.randrange(1, len(data))])
        await writer.drain()
        await asyncio.sleep(0.01)
        self.reset(writer)

    async def fault_cut(self, request, writer):
        """Ends well as TCP sees it, in the middle of the reply."""
        data = await self.fetch(request)
        writer.write(data[:self.chance.randrange(1, len(data))])
        await writer.drain()

    async def fault_half_an_event(self, request, writer):
        data = await self.fetch(request)
        at = data.find(b'data: ', len(data) // 2)
        writer.write(data[:at + 12] if at > 0 else data[:-5])
        await writer.drain()

    async def fault_500(self, request, writer):
        writer.write(plain(500, b'Internal Server Error'))

    async def fault_502(self, request, writer):
        writer.write(plain(502, b'Bad Gateway', b'<html>bad gateway</html>'))

    async def fault_503(self, request, writer):
        writer.write(plain(503, b'Service Unavailable', headers=b'Retry-After: 1\r\n'))

    async def fault_408(self, request, writer):
        writer.write(plain(408, b'Request Timeout'))

    async def fault_400(self, request, writer):
        writer.write(plain(400, b'Bad Request'))

    async def fault_empty(self, request, writer):
        writer.write(plain(200, b'OK', b''))

    async def fault_no_json(self, request, writer):
        writer.write(plain(200, b'OK', b'<html>Welcome to the hotel</html>'))

    async def fault_half_json(self, request, writer):
        writer.write(plain(200, b'OK', b'{"id":"x","choices":[{"index":0,'))

    async def fault_too_long_a_length(self, request, writer):
        writer.write(plain(200, b'OK').replace(b'Content-Length: ', b'Content-Length: 9'))

    async def fault_too_short_a_length(self, request, writer):
        writer.write(plain(200, b'OK').replace(b'Content-Length: ', b'Content-Length: 1\r\nX-Length: '))

    async def fault_no_http(self, request, writer):
        writer.write(self.chance.randbytes(self.chance.randrange(1, 3000)))

    async def fault_garbage_chunks(self, request, writer):
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'
                     b'5\r\ndata:\r\nzz\r\n' + self.chance.randbytes(100))

    async def fault_garbage_events(self, request, writer):
        body = b'data: {"choices":[\n\ndata: \xff\xfe\n\nevent: \x00\ndata: [DONE]\n\n: x\n\n'
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n%s' % (
            len(body), body))

    async def fault_stall(self, request, writer):
        await asyncio.sleep(STALL_SECONDS)

    async def fault_stall_in_the_middle(self, request, writer):
        data = await self.fetch(request)
        writer.write(data[:len(data) // 2])
        await writer.drain()
        await asyncio.sleep(STALL_SECONDS)

    @staticmethod
    def reset(writer):
        if not writer.is_closing():
            writer.get_extra_info('socket').setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        writer.transport.abort()


async def main():
    day = BadDay(sys.argv[1], int(sys.argv[2]))
    server = await asyncio.start_server(day.serve, '127.0.0.1', 0, limit=1 << 24)
    print('http://127.0.0.1:%d' % server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    print(json.dumps(day.counts), flush=True)
    # What stalls would be told of its end at length.
    os._exit(0)


if __name__ == '__main__':
    asyncio.run(main())
