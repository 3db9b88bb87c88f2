#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Copilot tokens end, in their time or before it, and machines sleep: no client hears of it."""

import signal
import threading
import time
import urllib.error
import urllib.request

from stage import OPENER, Stage, events_of, main, note, question, text_of, wait_until
from upstream import LIMIT, Upstream

LIFE = 3
SECONDS = 10
CLIENTS = 8


class Gate(Upstream):
    """Stands before GitHub's API and counts; what it is asked it passes on."""

    def __init__(self, url):
        super().__init__()
        self.url = url

    def answer_usual(self, call):
        is_exchange = call.path == '/copilot_internal/v2/token'
        with self.lock:
            self.n_exchanges += is_exchange
            self.exchanging += is_exchange
            self.most_exchanging = max(self.most_exchanging, self.exchanging)
        time.sleep(self.exchange_seconds)
        headers = {name: call.headers[name] for name in ('authorization', 'user-agent')}
        try:
            with OPENER.open(urllib.request.Request(self.url + call.path, headers=headers),
                             timeout=LIMIT) as reply:
                status, body = reply.status, reply.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        with self.lock:
            self.exchanging -= is_exchange
        call.reply(status, body)


class Crowd:
    """Clients that ask without a pause, each on a connection that it keeps."""

    def __init__(self, stage, number, expected):
        self.stage, self.expected = stage, expected
        self.statuses, self.failures, self.longest = {}, [], 0
        self.must_end = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(i % 2 == 0,))
                        for i in range(number)]
        for thread in self.threads:
            thread.start()

    def ask(self, client, stream):
        begin = time.monotonic()
        status, body = client.ask(question('Hello', stream))
        self.longest = max(self.longest, time.monotonic() - begin)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        assert status == 200, (status, body)
        if stream:
            assert text_of(events_of(body)) == self.expected, body
        else:
            assert self.expected.encode() in body, body
        time.sleep(0.005)

    def run(self, stream):
        try:
            with self.stage.client() as client:
                while not self.must_end.is_set():
                    self.ask(client, stream)
        except Exception as error:
            self.failures.append(error)

    def finish(self):
        self.must_end.set()
        for thread in self.threads:
            thread.join(LIMIT)
        assert not self.failures, self.failures[0]
        assert set(self.statuses) == {200}, self.statuses
        return self.statuses[200]


def use_gate(stage, facts):
    gate = Gate(facts['url'])
    stage.environment['JUMPSEAT_GITHUB_API_URL'] = gate.github_url
    stage.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
    return gate


def renewals(service):
    return ''.join(service.err).count('renewing the token')


def over_several_lives(programs):
    with Stage(programs) as stage:
        facts = stage.simulate({'account': {'kind': 'pro'}, 'models': 'default', 'pace_ms': 5,
                                'token': {'ttl': LIFE, 'refresh_in': LIFE - 1}})
        with use_gate(stage, facts) as gate:
            gate.exchange_seconds = 0.15
            service = stage.start('--log-level', 'debug')
            begin = time.monotonic()
            crowd = Crowd(stage, CLIENTS, 'You said: Hello')
            time.sleep(SECONDS)
            count = crowd.finish()
            lives = (time.monotonic() - begin) / LIFE
            note('%d answers in %.1f lives of a token: %d exchanges, %d at a time; %d times a '
                 'token ended on its way; longest answer %.0f ms' % (
                     count, lives, gate.n_exchanges, gate.most_exchanging, renewals(service),
                     crowd.longest * 1000))
            # The clock that counts has whole seconds: a life may be one shorter than it says.
            assert int(lives) <= gate.n_exchanges <= lives * LIFE / (LIFE - 1) + 1, gate.n_exchanges
            assert gate.most_exchanging == 1
            assert count > CLIENTS * 10, 'they asked all the time'


def tokens_that_end_early(programs):
    """GitHub takes them back long before their time. Each time all clients meet a 401 at once."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        upstream.exchange_seconds = 0.15
        service = stage.start('--log-level', 'debug')
        crowd = Crowd(stage, 2 * CLIENTS, 'You are heard')
        for lives in range(1, 5):
            wait_until(lambda: upstream.n_exchanges == lives, 'the next token is fetched')
            time.sleep(0.7)
            for token in upstream.copilot_tokens:
                upstream.copilot_tokens[token] = 0
        wait_until(lambda: upstream.n_exchanges == 5, 'the last token is fetched')
        time.sleep(0.7)
        count = crowd.finish()
        note('%d answers, 4 tokens taken back: %d exchanges, %d at a time, %d repeated' % (
            count, upstream.n_exchanges, upstream.most_exchanging, renewals(service)))
        assert upstream.n_exchanges == 5 and upstream.most_exchanging == 1
        assert renewals(service) >= 4, 'clients were on their way'


def everybody_at_once(programs):
    """The first question of fifty clients: one exchange, one list of models."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        upstream.exchange_seconds = 0.5
        stage.start()
        clients = [stage.client().send(question()) for _client in range(50)]
        for client in clients:
            status, body = client.read_reply()
            assert status == 200, (status, body)
            client.socket.close()
        lists = [call for call in upstream.calls if call.key == 'GET /models']
        assert upstream.n_exchanges == 1 and len(lists) == 1, (upstream.n_exchanges, len(lists))
        assert len(upstream.chats()) == 50


def asleep(programs):
    """The whole program stands still while its token ends, a question on its way."""
    with Stage(programs) as stage:
        facts = stage.simulate({'account': {'kind': 'pro'}, 'models': 'default',
                                'token': {'ttl': 2, 'refresh_in': 1}})
        with use_gate(stage, facts) as gate:
            service = stage.start()
            with stage.client() as client:
                assert client.ask(question())[0] == 200
                n_before = gate.n_exchanges
                service.signal(signal.SIGSTOP)
                client.send(question('Still there?'))
                time.sleep(3)
                service.signal(signal.SIGCONT)
                status, body = client.read_reply()
                assert status == 200 and b'Still there?' in body, (status, body)
                assert client.ask(question())[0] == 200
            assert gate.n_exchanges == n_before + 1, gate.n_exchanges


if __name__ == '__main__':
    main([over_several_lives, tokens_that_end_early, everybody_at_once, asleep])
