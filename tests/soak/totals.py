#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""SOAK_EXCHANGES requests in all dialects, some streams cut by upstream, some left by their reader: what the
history adds up is what upstream told. Somebody between the two notes that, from the bytes alone.

usage: totals.py JUMPSEAT SIMULATOR_PROGRAM
"""

import os
import re
import signal
import socket
import sqlite3
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..', 'program'))

from stage import CHAT, Stage, main, note, question, wait_until  # noqa: E402

EXCHANGES = int(os.environ.get('SOAK_EXCHANGES', '300'))
CLIENTS = 4
PRICE = re.compile(rb'"total_nano_aiu":(\d+)')
DETAIL = re.compile(rb'"token_type":"(\w+)","token_count":(\d+)')
SCENARIO = {
    'quota': {'allowance': 'usual', 'entitlement': 10000000, 'used': 0},
    'rules': [
        {'on': 'POST /chat/completions', 'model': 'gpt-4o', 'stream': {'cut_after_bytes': 400}},
        {'on': 'POST /v1/messages', 'model': 'claude-haiku-4.5', 'stream': {'cut_after_bytes': 500}},
        {'on': 'POST /responses', 'model': 'gpt-5.2', 'stream': {'cut_after_bytes': 600}},
        # Slow enough for a reader to leave long before the price comes.
        {'on': 'POST /chat/completions', 'model': 'gpt-4o-mini', 'stream': {'gap_ms': 2000}},
        {'on': 'POST /chat/completions', 'model': 'gpt-4', 'calls': 'every 2',
         'reply': {'status': 400, 'json': {'error': {'message': 'not so', 'code': 'invalid'}}}},
    ],
}


class Ledger:
    """Passes everything on between the service and the simulator, and adds up the prices on the way."""

    def __init__(self, port):
        self.upstream, self.lock = port, threading.Lock()
        self.n_prices = self.nano_aiu = 0
        self.tokens = {}
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _address = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(('127.0.0.1', self.upstream))
            for pair in ((client, server, None), (server, client, bytearray())):
                threading.Thread(target=self.pump, args=pair, daemon=True).start()

    def pump(self, source, target, seen):
        """@seen: what came back and may be the begin of a price; None: not looked at"""
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                target.sendall(data)
                if seen is not None:
                    seen += data
                    self.book(seen)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def book(self, seen):
        last = 0
        for match in PRICE.finditer(seen):
            if match.end() == len(seen):  # more digits may come
                break
            details = DETAIL.findall(seen, last, match.start())
            with self.lock:
                self.n_prices += 1
                self.nano_aiu += int(match.group(1))
                for name, count in details:
                    self.tokens[name.decode()] = self.tokens.get(name.decode(), 0) + int(count)
            last = match.end()
        del seen[:last]

    def close(self):
        self.listener.close()


def chat(model):
    return lambda text, stream: (CHAT, {**question(text, stream), 'model': model})


def messages(model):
    return lambda text, stream: ('/v1/messages', {
        'model': model, 'max_tokens': 300, 'stream': stream,
        'messages': [{'role': 'user', 'content': text}]})


def responses(model):
    return lambda text, stream: ('/v1/responses', {'model': model, 'input': text, 'stream': stream})


def ollama(model):
    return lambda text, stream: ('/api/chat', {
        'model': model, 'stream': stream, 'messages': [{'role': 'user', 'content': text}]})


def generate(model):
    return lambda text, stream: ('/api/generate', {'model': model, 'prompt': text, 'stream': stream})


def completions(model):
    return lambda text, stream: ('/v1/completions', {'model': model, 'prompt': text, 'stream': stream})


# Each API with models that speak each of them; then those that are cut or refused.
KINDS = [make(model) for make in (chat, messages, responses, ollama, generate, completions)
         for model in ('gpt-4.1', 'claude-sonnet-4.5', 'gpt-5.4')]
CUT = [chat('gpt-4o'), messages('gpt-4o'), messages('claude-haiku-4.5'), chat('claude-haiku-4.5'),
       responses('gpt-5.2'), ollama('gpt-5.2'), chat('gpt-4')]
LEFT = [chat('gpt-4o-mini'), messages('gpt-4o-mini'), ollama('gpt-4o-mini')]


def exchange(stage, number):
    """How it ended: whole, cut, left."""
    text = 'Question %d: %s' % (number, 'why is that so? ' * (number % 7))
    with stage.client() as client:
        if number % 10 == 9:
            path, body = LEFT[number // 10 % len(LEFT)](text, True)
            client.send(body, path=path).read_head()
            client.reset()
            return 'left'
        if number % 10 in (3, 6):
            path, body = CUT[number // 5 % len(CUT)](text, True)
            try:
                client.ask(body, path=path)
            except (AssertionError, OSError, ValueError):
                pass
            return 'cut'
        path, body = KINDS[number % len(KINDS)](text, number % 3 != 0)
        status, answer = client.ask(body, path=path)
        assert status == 200, (status, path, answer[:300])
        return 'whole'


def ask(stage, sql):
    path = os.path.join(stage.root, 'data', 'jumpseat', 'history.db')
    if not os.path.exists(path):
        return None
    try:
        with sqlite3.connect('file:%s?mode=ro' % path, uri=True, timeout=5) as database:
            return database.execute(sql).fetchone()
    except sqlite3.OperationalError:  # the tables are being made
        return None


def run_clients(stage):
    counts, errors, lock = {}, [], threading.Lock()

    def work(first):
        for number in range(first, EXCHANGES, CLIENTS):
            try:
                end = exchange(stage, number)
            except Exception as error:
                errors.append('%d: %r' % (number, error))
                return
            with lock:
                counts[end] = counts.get(end, 0) + 1
    workers = [threading.Thread(target=work, args=(first,)) for first in range(CLIENTS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not errors, errors
    return counts


def totals_are_what_upstream_told(programs):
    with Stage(programs) as stage:
        facts = stage.simulate(SCENARIO)
        ledger = Ledger(int(facts['url'].rsplit(':', 1)[1]))
        url = 'http://127.0.0.1:%d' % ledger.port
        for name in ('JUMPSEAT_GITHUB_URL', 'JUMPSEAT_GITHUB_API_URL', 'JUMPSEAT_COPILOT_URL'):
            stage.environment[name] = url
        stage.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
        service = stage.start('--log-level', 'error')
        counts = run_clients(stage)
        wait_until(lambda: ask(stage, 'SELECT count(*) FROM exchanges') == (EXCHANGES,), 'all on disk')
        note('%s; upstream told %d prices, %d nano-AIU, %s' % (
            counts, ledger.n_prices, ledger.nano_aiu, ledger.tokens))
        assert ledger.n_prices > EXCHANGES / 2
        for table in ('exchanges', 'sums', 'session_sums'):
            assert ask(stage, 'SELECT sum(nano_aiu) FROM ' + table) == (ledger.nano_aiu,), table
        priced = 'SELECT count(*), sum(input_tokens), sum(output_tokens) FROM exchanges' \
                 ' WHERE nano_aiu IS NOT NULL'
        told = ledger.tokens
        read = sum(told.get(name, 0) for name in ('input', 'cache_read', 'cache_write'))
        assert ask(stage, priced) == (ledger.n_prices, read, told['output']), ask(stage, priced)
        assert ask(stage, 'SELECT sum(n_requests) FROM sums') == (EXCHANGES,)
        service.signal(signal.SIGTERM)
        assert service.end().code == 0
        ledger.close()


if __name__ == '__main__':
    main([totals_are_what_upstream_told])
