#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Ends: asked for politely, asked for twice, and without any warning while files are written."""

import ctypes
import json
import os
import select
import signal
import socket
import stat
import struct
import subprocess
import threading
import time

from stage import Process, Stage, events_of, main, note, question, text_of, wait_until
from upstream import LIMIT, Upstream, completion, piece, random_word

DRAIN_SECONDS = 10
# inotify(7)
CREATED, CHANGED, WRITTEN, MOVED_IN, MODE = 0x100, 0x2, 0x8, 0x80, 0x4
LIBC = ctypes.CDLL(None, use_errno=True)


def is_refused(stage):
    try:
        stage.client().socket.close()
    except (ConnectionRefusedError, ConnectionResetError):
        return True
    return False


class SlowAnswers:
    """Streams and replies that end when the test says so."""

    def __init__(self, upstream):
        self.must_end = threading.Event()
        upstream.hooks['POST /chat/completions'] = self.answer

    def answer(self, call):
        if not call.json()['stream']:
            self.must_end.wait(LIMIT)
            call.reply(200, completion('in one piece'))
            return
        call.start_stream()
        call.event(piece('begun '))
        self.must_end.wait(LIMIT)
        for number in range(50):
            call.event(piece('%d ' % number))
        call.end_stream()


def streams_end_first(programs):
    for number in (signal.SIGTERM, signal.SIGINT):
        with Upstream() as upstream, Stage(programs) as stage:
            stage.point_to(upstream)
            service = stage.start()
            idle = stage.client()
            assert idle.ask(method='GET', path='/livez')[0] == 200
            answers = SlowAnswers(upstream)
            stream = stage.client().send(question(stream=True))
            assert stream.read_head() == 200
            whole = stage.client().send(question())
            wait_until(lambda: len(upstream.chats()) == 2, 'upstream has both')
            service.signal(number)
            wait_until(lambda: is_refused(stage), 'new connections are refused')
            assert not idle.fill(), 'an idle connection is closed at once'
            time.sleep(0.2)
            assert service.process.poll() is None, 'it waits for the streams'
            answers.must_end.set()
            expected = 'begun ' + ''.join('%d ' % piece for piece in range(50))
            assert text_of(events_of(stream.read_body())) == expected
            status, body = whole.read_reply()
            assert status == 200 and b'in one piece' in body, (status, body)
            begin = time.monotonic()
            assert service.end().code == 0
            note('signal %d: ended %.0f ms after the last answer' % (
                number, (time.monotonic() - begin) * 1000))
            assert not stream.fill() and not whole.fill()
            assert os.listdir(os.path.join(stage.root, 'run', 'jumpseat')) == []


def nothing_to_wait_for(programs):
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        for _run in range(3):
            service = stage.start()
            assert stage.ask(question())[0] == 200
            begin = time.monotonic()
            service.signal(signal.SIGTERM)
            assert service.end().code == 0
            assert time.monotonic() - begin < 3


def asked_twice(programs):
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        service = stage.start()
        SlowAnswers(upstream)
        client = stage.client().send(question(stream=True))
        assert client.read_head() == 200
        service.signal(signal.SIGTERM)
        wait_until(lambda: is_refused(stage), 'new connections are refused')
        begin = time.monotonic()
        service.signal(signal.SIGTERM)
        result = service.end()
        seconds = time.monotonic() - begin
        note('the second signal: ended after %.0f ms with status %d' % (
            seconds * 1000, result.code))
        assert result.code == 130 and seconds < 3
        assert os.listdir(os.path.join(stage.root, 'run', 'jumpseat')) == []
        begin = time.monotonic()
        stage.start()
        assert time.monotonic() - begin < 5, 'the port is free again'


def streams_that_never_end(programs):
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        service = stage.start()
        SlowAnswers(upstream)
        client = stage.client().send(question(stream=True))
        assert client.read_head() == 200
        call, = upstream.chats()
        begin = time.monotonic()
        service.signal(signal.SIGTERM)
        result = service.end()
        seconds = time.monotonic() - begin
        note('an endless stream was cut after %.2f s' % seconds)
        assert result.code == 0 and DRAIN_SECONDS - 1 < seconds < DRAIN_SECONDS + 3
        call.socket.settimeout(LIMIT)
        assert call.socket.recv(1) == b'', 'upstream is left alone'
        try:
            client.read_body()
            raise RuntimeError('a stream that was cut must not look whole')
        except (AssertionError, ConnectionResetError):
            pass


# At which event to kill: a file of its own is created, filled, closed, and moved into place.
EVENTS = (1, 1, 1, 2, 2, 3, 4, 5, 6)


class Watch:
    """The events of a folder, as the kernel counts them."""

    def __init__(self, folder):
        self.number = LIBC.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        mask = CREATED | CHANGED | WRITTEN | MOVED_IN | MODE
        assert LIBC.inotify_add_watch(self.number, folder.encode(), mask) >= 0

    def wait(self, writer, wanted):
        """Until so many events have come, or @writer has ended and no more come."""
        count = 0
        while count < wanted:
            if not select.select([self.number], [], [], 0.02)[0]:
                if writer.process.poll() is not None:
                    return
                continue
            data = os.read(self.number, 4096)
            while data:
                length, = struct.unpack('12xI', data[:16])
                data = data[16 + length:]
                count += 1

    def close(self):
        os.close(self.number)


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def check_private(folder):
    """Whatever was left behind: nobody else may read it."""
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    for name in os.listdir(folder):
        mode = stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode)
        assert mode == 0o600, (name, oct(mode))


def kill_at(folder, wanted, write, victim=None):
    """Kills @victim, or the writer itself, at the event with the number @wanted of what @write
    does. Returns whether it was in time."""
    watch = Watch(folder)
    writer = write()
    victim = victim or writer
    watch.wait(writer, wanted)
    if victim.process.poll() is None:
        os.kill(victim.pid, signal.SIGKILL)
    watch.close()
    is_killed = victim.end().code == -signal.SIGKILL
    writer.end()
    return is_killed


def settings_while_killed(programs):
    with Stage(programs) as stage:
        values = ('vscode/1.1.1', 'vscode/2.2.2')
        texts = []
        assert stage.run('config', '--generate').code == 0
        for value in values:
            assert stage.run('config', 'set', 'identity.editor_version', value).code == 0
            texts.append(read(stage.settings_file))
        assert texts[0] != texts[1] and len(texts[0]) > 2000
        outcomes = {'killed': 0, 'old': 0, 'new': 0}
        folder = os.path.dirname(stage.settings_file)
        for number in range(60):
            before = read(stage.settings_file)
            value = values[before == texts[0]]
            outcomes['killed'] += kill_at(
                folder, EVENTS[number % len(EVENTS)], lambda value=value: Process(stage, (
                    stage.jumpseat, 'config', 'set', 'identity.editor_version', value)))
            after = read(stage.settings_file)
            assert after in texts, 'the file is broken:\n' + after
            outcomes['old' if after == before else 'new'] += 1
            assert stage.run('config', 'get', 'identity.editor_version').out.strip() in values
        note('config set, 60 times: %s' % outcomes)
        assert outcomes['killed'] and outcomes['old'], outcomes


def settings_of_a_service_that_is_killed(programs):
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        assert stage.run('config', '--generate').code == 0
        texts = []
        values = ('conversation-edits', 'conversation-panel')
        for value in values:
            assert stage.run('config', 'set', 'identity.intent', value).code == 0
            texts.append(read(stage.settings_file))
        outcomes = {'old': 0, 'new': 0}
        for number in range(10):
            service = stage.start()
            before = read(stage.settings_file)
            value = values[before == texts[0]]
            assert kill_at(os.path.dirname(stage.settings_file), EVENTS[number % len(EVENTS)],
                           lambda value=value: Process(stage, (
                               stage.jumpseat, 'config', 'set', 'identity.intent', value)),
                           victim=service)
            after = read(stage.settings_file)
            assert after in texts, 'the file is broken'
            outcomes['old' if after == before else 'new'] += 1
        note('config set through a service, 10 times: %s' % outcomes)


def sign_in(stage, token):
    process = Process(stage, (stage.jumpseat, 'login', '--with-token'), stdin=subprocess.PIPE)
    process.process.stdin.write(token + '\n')
    process.process.stdin.close()
    return process


def sign_in_while_killed(programs):
    tokens = ['gho_' + random_word(36) for _token in range(2)]
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        del stage.environment['JUMPSEAT_GITHUB_TOKEN']
        stage.secrets += tokens
        upstream.hooks['GET /user'] = lambda call: call.reply(200, {'login': 'octocat', 'id': 1})
        upstream.hooks['GET /copilot_internal/v2/token'] = upstream.exchange
        assert stage.run('login', '--with-token', stdin=tokens[0] + '\n').code == 0
        folder = os.path.join(stage.root, 'data', 'jumpseat', 'secrets')
        name, = os.listdir(folder)
        path = os.path.join(folder, name)
        outcomes = {'killed': 0, 'old': 0, 'new': 0}
        for number in range(30):
            before = json.loads(read(path))['token']
            token = tokens[before == tokens[0]]
            outcomes['killed'] += kill_at(folder, EVENTS[number % len(EVENTS)],
                                          lambda token=token: sign_in(stage, token))
            after = json.loads(read(path))['token']
            assert after in tokens
            outcomes['old' if after == before else 'new'] += 1
            check_private(folder)
        note('login, 30 times: %s' % outcomes)
        assert outcomes['killed'] and outcomes['old'], outcomes
        facts = stage.run('status', '--json').json()
        assert facts['authenticated'] is True, facts
        assert stage.run('logout').code == 0
        left = ''.join(read(os.path.join(folder, name)) for name in os.listdir(folder))
        assert not any(token in left for token in tokens), 'a token outlived the sign-out'


if __name__ == '__main__':
    main([streams_end_first, nothing_to_wait_for, asked_twice, streams_that_never_end,
          settings_while_killed, settings_of_a_service_that_is_killed, sign_in_while_killed])
