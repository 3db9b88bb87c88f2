#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The history on disk of the real program: who kills it loses no more than the exchanges of the last two
seconds, and what somebody said is there only where that is wanted."""

import os
import random
import signal
import sqlite3
import threading
import time
import zlib

from stage import CHAT, Stage, main, note, question, wait_until

# A record is on disk so many seconds after its end.
SOON = 2
WORD = 'periwinkle'


def messages(text, stream=False):
    return {'model': 'claude-sonnet-4.5', 'max_tokens': 100, 'stream': stream,
            'messages': [{'role': 'user', 'content': text}]}


def responses(text, stream=False):
    return {'model': 'gpt-5.1', 'input': text, 'stream': stream}


def ollama(text, stream=False):
    return {'model': 'gpt-4.1', 'stream': stream, 'messages': [{'role': 'user', 'content': text}]}


# (path, body) of every API that answers with text, across the APIs that models speak.
KINDS = ((CHAT, question), ('/v1/messages', messages), ('/v1/responses', responses),
         ('/api/chat', ollama))


def begin(stage, settings=''):
    stage.simulate({})
    facts_token = stage.secrets[-1]
    stage.environment['JUMPSEAT_GITHUB_TOKEN'] = facts_token
    if settings:
        stage.write_settings(settings)
    return stage.start('--log-level', 'warning')


def path_of(stage):
    return os.path.join(stage.root, 'data', 'jumpseat', 'history.db')


def read(stage, sql):
    """What another program sees in the file, while ours has it open."""
    if not os.path.exists(path_of(stage)):
        return []
    with sqlite3.connect('file:%s?mode=ro' % path_of(stage), uri=True, timeout=5) as database:
        return database.execute(sql).fetchall()


def ids(stage):
    try:
        return {row[0] for row in read(stage, 'SELECT id FROM exchanges')}
    except sqlite3.OperationalError:  # the tables are being made
        return set()


def ask(stage, number):
    """The id under which it is kept."""
    path, body = KINDS[number % len(KINDS)]
    with stage.client() as client:
        status, _body = client.ask(body('Hello %s %d' % (WORD, number), number % 3 == 0), path=path)
        assert status == 200, (status, path, _body)
        return client.headers['x-request-id']


def bytes_on_disk(stage):
    parts = []
    for folder, _folders, names in os.walk(os.path.join(stage.root, 'data')):
        for name in names:
            with open(os.path.join(folder, name), 'rb') as file:
                parts.append(file.read())
    return b''.join(parts)


def what_is_on_disk_survives(programs):
    with Stage(programs) as stage:
        service = begin(stage)
        expected = {ask(stage, number) for number in range(12)}
        end = time.monotonic()
        wait_until(lambda: ids(stage) >= expected, 'all on disk', SOON)
        note('on disk %.2f s after the last reply' % (time.monotonic() - end))
        assert os.stat(path_of(stage)).st_mode & 0o777 == 0o600
        assert WORD.encode() not in bytes_on_disk(stage), 'nobody wanted questions on disk'
        before = read(stage, 'SELECT sum(nano_aiu), sum(output_tokens) FROM exchanges')
        service.signal(signal.SIGKILL)
        service.process.wait()
        stage.processes.remove(service)
        stage.start('--log-level', 'warning')
        assert ids(stage) >= expected
        assert read(stage, 'SELECT sum(nano_aiu), sum(output_tokens) FROM exchanges') == before
        assert read(stage, 'SELECT sum(nano_aiu), sum(output_tokens) FROM sums') == before
        expected.add(ask(stage, 0))
        wait_until(lambda: ids(stage) >= expected, 'it goes on', SOON)
        assert read(stage, 'PRAGMA integrity_check') == [('ok',)]


def killed_in_the_middle(programs):
    with Stage(programs) as stage:
        service = begin(stage)
        ended, is_over = [], threading.Event()

        def talk():
            number = 0
            while not is_over.is_set():
                try:
                    ended.append((ask(stage, number), time.monotonic()))
                except (OSError, AssertionError):
                    return
                number += 1
        talkers = [threading.Thread(target=talk) for _i in range(2)]
        for talker in talkers:
            talker.start()
        time.sleep(SOON + 1 + random.random())
        service.signal(signal.SIGKILL)
        killed = time.monotonic()
        is_over.set()
        service.process.wait()
        for talker in talkers:
            talker.join()
        stage.processes.remove(service)
        stage.start('--log-level', 'warning')
        kept = ids(stage)
        lost = [end for name, end in ended if name not in kept]
        note('%d exchanges, %d lost, the oldest of them %.2f s before the end' % (
            len(ended), len(lost), killed - min(lost, default=killed)))
        assert len(ended) > 20
        assert all(end > killed - SOON for end in lost)
        assert read(stage, 'PRAGMA integrity_check') == [('ok',)]


def bodies_where_they_are_wanted(programs):
    with Stage(programs) as stage:
        begin(stage, '[history]\nbodies = true\n')
        name = ask(stage, 0)
        wait_until(lambda: ids(stage) >= {name}, 'on disk', SOON)
        request, reply = read(stage, 'SELECT request, reply FROM bodies')[0]
        assert WORD.encode() in zlib.decompress(request)
        assert WORD.encode() in zlib.decompress(reply)


if __name__ == '__main__':
    main([what_is_on_disk_survives, killed_in_the_middle, bodies_where_they_are_wanted])
