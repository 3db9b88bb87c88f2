#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Clients that ask for a stream and do not read it cost next to no memory, and lose nothing when
they read on."""

import json
import re
import threading
import time

from stage import Stage, is_sanitized, main, memory_of, note, question, wait_until
from upstream import LIMIT, Upstream, piece

CLIENTS = 40
ALLOWED = CLIENTS * 64 * 1024 + 1024 * 1024
EVENT = 2048
# What the kernel takes of a stream that nobody reads is not ours to judge, but has to be filled.
BUFFER = 65536
NUMBER = re.compile(rb'#(\d+)#')


class Fountain:
    """Answers with streams as fast as they are taken, each event numbered, until told to end."""

    def __init__(self):
        self.may_flow = threading.Event()
        self.must_end = threading.Event()
        self.sent = {}  # call: events so far

    def events(self, start, count):
        filling = 'x' * EVENT
        texts = ['data: %s\n\n' % json.dumps(piece('#%d#%s' % (number, filling)))
                 for number in range(start, start + count)]
        return ''.join(texts).encode()

    def answer(self, call):
        call.start_stream()
        call.send(self.events(0, 1))
        self.sent[call] = 1
        self.may_flow.wait(LIMIT)
        while not self.must_end.is_set():
            call.send(self.events(self.sent[call], 8))
            self.sent[call] += 8
        call.end_stream()

    def bytes(self):
        return sum(self.sent.values()) * EVENT

    def wait_stalled(self):
        """Until the last second brought nothing."""
        last, since = -1, time.monotonic()
        while time.monotonic() - since < 1:
            if self.bytes() != last:
                last, since = self.bytes(), time.monotonic()
            assert last < 2 << 30, 'nothing stops the streams'
            time.sleep(0.05)
        return last


def open_streams(stage):
    clients = []
    for _client in range(CLIENTS):
        client = stage.client(receive_buffer=BUFFER).send(question(stream=True))
        clients.append(client)
    for client in clients:
        assert client.read_head() == 200
        assert b'#0#' in client.read_chunk()
    return clients


def read_on(client, results):
    """Reads to the end; what came has to be gapless."""
    try:
        body = client.read_body()
        numbers = [int(number) for number in NUMBER.findall(body)]
        assert numbers == list(range(1, len(numbers) + 1)), 'events are missing or double'
        assert body.endswith(b'data: [DONE]\n\n'), body[-200:]
        assert body.count(b'"finish_reason":"stop"') == 1
        results[client] = len(numbers) + 1
    except Exception as error:
        results[client] = error


def clients_that_do_not_read(programs):
    fountain = Fountain()
    with Upstream(send_buffer=BUFFER) as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        # What is kept for people to look at has a limit of its own.
        stage.write_settings('[history]\nmemory = false\n')
        service = stage.start('--log-level', 'warning')
        assert stage.ask(question())[0] == 200
        upstream.hooks['POST /chat/completions'] = fountain.answer
        clients = open_streams(stage)
        calls = upstream.chats()[1:]
        idle = memory_of(service.pid)
        fountain.may_flow.set()
        stalled = fountain.wait_stalled()
        full = memory_of(service.pid)
        note('%d streams idle: %d KiB resident' % (CLIENTS, idle // 1024))
        note('upstream stalled after %.1f MiB, %.0f KiB for each' % (
            stalled / 2**20, stalled / 1024 / CLIENTS))
        note('nobody reads: %+d KiB, %+.1f KiB for each stream; allowed are %d KiB' % (
            (full - idle) // 1024, (full - idle) / 1024 / CLIENTS, ALLOWED // 1024))
        if is_sanitized(stage.jumpseat):
            note('a sanitizer keeps freed memory: not judged')
        else:
            assert full - idle <= ALLOWED
        assert stage.ask(method='GET', path='/livez')[0] == 200, 'the others are served'

        begin = time.monotonic()
        for client in clients[::2]:
            client.socket.close()
        read_the_others(fountain, clients[1::2])
        wait_until(lambda: sum(call.gone.is_set() for call in calls) == CLIENTS // 2,
                   'upstream sees that half of them have left')
        note('the last of %d that left was missed after %.1f ms' % (
            CLIENTS // 2, 1000 * (max(call.gone_at for call in calls if call.gone_at) - begin)))
        after = memory_of(service.pid)
        note('afterwards: %d KiB resident' % (after // 1024))


def read_the_others(fountain, clients):
    results = {}
    threads = [threading.Thread(target=read_on, args=(client, results)) for client in clients]
    for thread in threads:
        thread.start()
    fountain.must_end.set()
    for thread in threads:
        thread.join(LIMIT)
    for client in clients:
        assert isinstance(results.get(client), int), results.get(client)
        client.socket.close()
    counts = sorted(fountain.sent.values())
    assert all(count in counts for count in results.values()), (results.values(), counts)
    note('%d streams read to their end: %d to %d events each, gapless' % (
        len(clients), min(results.values()), max(results.values())))


def one_that_stalls_again_and_again(programs):
    """Stop and go: the brake is let go each time, and nothing is lost."""
    fountain = Fountain()
    with Upstream(send_buffer=BUFFER) as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.start('--log-level', 'warning')
        upstream.hooks['POST /chat/completions'] = fountain.answer
        fountain.may_flow.set()
        client = stage.client(receive_buffer=BUFFER).send(question(stream=True))
        assert client.read_head() == 200
        call, = wait_until(upstream.chats, 'upstream has the question')
        parts = []
        for _stop in range(8):
            before = -1
            while before != fountain.sent.get(call, 0):
                before = fountain.sent.get(call, 0)
                time.sleep(0.1)
            length = 0
            while length < 4 << 20:
                parts.append(client.read_chunk())
                length += len(parts[-1])
        fountain.must_end.set()
        body = b''.join(parts) + client.read_body()
        numbers = [int(number) for number in NUMBER.findall(body)]
        assert numbers == list(range(fountain.sent[call])), 'events are missing or double'
        assert body.endswith(b'data: [DONE]\n\n')
        note('8 stops, %d events, %.1f MiB' % (len(numbers), len(body) / 2**20))


def a_large_answer_that_nobody_reads(programs):
    """Not a stream: it has to be collected, but only once, and goes when the client goes."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        service = stage.start('--log-level', 'warning')
        assert stage.ask(question())[0] == 200
        before = memory_of(service.pid)
        size = 16 << 20

        def answer(call):
            reply = {'id': 'x', 'object': 'chat.completion', 'model': 'gpt-4.1', 'created': 1,
                     'choices': [{'index': 0, 'finish_reason': 'stop',
                                  'message': {'role': 'assistant', 'content': 'y' * size}}]}
            call.reply(200, reply)
        upstream.hooks['POST /chat/completions'] = answer
        client = stage.client(receive_buffer=BUFFER).send(question())
        assert client.read_head() == 200
        time.sleep(0.5)
        during = memory_of(service.pid)
        client.socket.close()
        note('%d MiB in one piece: %.1f times its size while it waits' % (
            size >> 20, (during - before) / size))
        if not is_sanitized(stage.jumpseat):
            assert during - before < 1.5 * size, 'it is kept once'
            wait_until(lambda: memory_of(service.pid) < before + (8 << 20), 'the memory is free')
        assert stage.ask(method='GET', path='/livez')[0] == 200


if __name__ == '__main__':
    main([clients_that_do_not_read, one_that_stalls_again_and_again,
          a_large_answer_that_nobody_reads])
