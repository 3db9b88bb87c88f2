#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A short conversation of every API under valgrind's memcheck: nothing that is not there is read, and
nothing is lost. What libraries do by themselves stands in ../valgrind.supp.

usage: memcheck.py JUMPSEAT SIMULATOR_PROGRAM
"""

import os
import re
import stat
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..', 'program'))

import stage as theatre  # noqa: E402
from crowd import bodies  # noqa: E402
from stage import TERMINATE, Stage, main, note, wait_until  # noqa: E402

# Everything takes its time here.
theatre.LIMIT = sys.modules['desk'].LIMIT = 300

VALGRIND = ('#!/bin/sh\n[ "$1" = --no-gui ] || exec %(program)s "$@"\n'
            'exec valgrind --quiet --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite '
            '--num-callers=30 --suppressions=%(known)s --log-file=%(log)s %(program)s "$@"\n')


class Bench(Stage):
    """A stage whose service runs under valgrind; its other commands do not."""

    def __init__(self, programs):
        super().__init__(programs, G_SLICE='always-malloc', G_DEBUG='gc-friendly')
        self.log = os.path.join(self.root, 'valgrind.log')
        wrapper = os.path.join(self.root, 'wrapped')
        with open(wrapper, 'w', encoding='utf-8') as file:
            file.write(VALGRIND % {'program': self.jumpseat, 'log': self.log,
                                   'known': os.path.join(HERE, '..', 'valgrind.supp')})
        os.chmod(wrapper, stat.S_IRWXU)
        self.jumpseat = wrapper


def conversations(stage):
    for stream in (False, True):
        for path, body in bodies(stream).items():
            status, reply = stage.ask(body, path=path)
            assert status == 200, (path, status, reply)
    for path in ('/v1/models', '/health', '/api/tags', '/', '/no-such-route'):
        assert stage.ask(method='GET', path=path)[0] in (200, 404)
    embedding = {'model': 'text-embedding-3-small', 'input': 'Hello'}
    assert stage.ask(embedding, path='/v1/embeddings')[0] == 200
    for body in ([[]], {'model': 'gpt-4.1'}, {'model': 'nobody', 'messages': []}):
        assert stage.ask(body)[0] in (400, 404)
    with stage.client() as client:
        client.send(bodies(True)['/v1/messages'], path='/v1/messages')
        client.read_head()
        client.reset()


def every_api_under_memcheck(programs):
    with Bench(programs) as stage:
        stage.environment['JUMPSEAT_GITHUB_TOKEN'] = stage.simulate({})['token']
        service = stage.start('--log-level', 'info')
        conversations(stage)
        assert stage.run('keys', 'create', 'one').code == 0
        assert stage.run('config', 'set', 'traffic.concurrent', '2').code == 0
        wait_until(lambda: stage.run('status', '--json').json()['open_exchanges'] == 0, 'all is said')
        service.signal(TERMINATE)
        assert service.end().code == 0
        with open(stage.log, encoding='utf-8') as file:
            found = file.read()
        for line in found.splitlines()[:200]:
            note(line)
        n_found = len(re.findall(r'== (?:Invalid|Conditional|Use of|Syscall|Mismatched|Source and)', found)) + \
            len(re.findall(r'definitely lost', found))
        assert not found.strip(), 'memcheck found %d things' % n_found


if __name__ == '__main__':
    main([every_api_under_memcheck])
