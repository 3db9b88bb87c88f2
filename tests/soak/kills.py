#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""kill -9 at random, SOAK_KILLS times, in the middle of conversations, of new settings and new keys:
the next start finds settings, secrets and keys whole, the dead one's control file gone, the port free.

usage: kills.py JUMPSEAT SIMULATOR_PROGRAM
"""

import http.client
import json
import os
import random
import signal
import sys
import threading
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..', 'program'))

from stage import OPENER, Stage, is_sanitized, main, note, question  # noqa: E402

ROUNDS = int(os.environ.get('SOAK_KILLS', '15'))
LONGEST = 0.4
INTENTS = ('conversation-edits', 'conversation-panel')
# Keys are removed again above so many, so that the file is written whole, but stays readable.
KEYS = 20


class Traffic(threading.Thread):
    """Asks the control API for one change after the other until the service is gone, and remembers what
    was confirmed."""

    def __init__(self, stage, control, keys, number):
        super().__init__(daemon=True)
        self.stage, self.control, self.keys, self.number = stage, control, keys, number
        self.pending, self.intent, self.n_changes, self.surprise = set(), None, 0, None
        self.is_over = False

    def ask(self, method, path, body=None):
        request = urllib.request.Request(
            self.stage.url + path, None if body is None else json.dumps(body).encode(),
            {'Authorization': 'Bearer ' + self.control['key'], 'Content-Type': 'application/json'}, method=method)
        with OPENER.open(request, timeout=10) as reply:
            return json.load(reply) if reply.length else {}

    def change(self, count):
        self.intent = INTENTS[count % 2]
        self.ask('POST', '/api/settings', {'name': 'identity.intent', 'value': self.intent})
        if len(self.keys) > KEYS:
            name = self.keys.pop()
            self.pending.add(name)
            self.ask('DELETE', '/api/keys/' + name)
        name = 'key-%d-%d' % (self.number, count)
        self.pending.add(name)
        self.ask('POST', '/api/keys', {'name': name})
        self.keys.append(name)
        self.n_changes += 1

    def run(self):
        count = 0
        while not self.is_over:
            try:
                self.change(count)
            except urllib.error.HTTPError as error:
                self.surprise = '%s: %s' % (error, error.read())
                return
            except (OSError, ValueError, http.client.HTTPException):
                return
            count += 1


class Talk(threading.Thread):
    def __init__(self, stage):
        super().__init__(daemon=True)
        self.stage, self.n_answers = stage, 0

    def run(self):
        try:
            while True:
                status, _body = self.stage.ask(question('Hello', stream=self.n_answers % 2 == 0))
                assert status == 200, status
                self.n_answers += 1
        except (OSError, AssertionError, ValueError, KeyError):
            pass


def control_files(stage):
    folder = os.path.join(stage.root, 'run', 'jumpseat')
    found = {}
    for name in os.listdir(folder):
        if name.startswith('control-'):
            with open(os.path.join(folder, name), encoding='utf-8') as file:
                found[name] = json.load(file)
    return found


def check_whole(stage, service, keys, pending):
    """What a new start finds."""
    control = control_files(stage)
    assert len(control) == 1, 'control files: %s' % sorted(control)
    control, = control.values()
    assert control['pid'] == service.pid, 'the control file of the dead one'
    status = stage.run('status', '--json').json()
    assert status['authenticated'], status
    intent = stage.run('config', 'get', 'identity.intent')
    assert intent.code == 0 and intent.out.strip() in INTENTS, str(intent)
    with open(os.path.join(stage.root, 'data', 'jumpseat', 'keys.json'), encoding='utf-8') as file:
        json.load(file)
    listed = stage.run('keys', '--json')
    assert listed.code == 0, str(listed)
    names = {key['name'] for key in listed.json()['keys']}
    missing = [name for name in keys if name not in names and name not in pending]
    assert not missing, 'keys that were confirmed are gone: %s' % missing
    # What was being made or removed may be there or not.
    strange = names - set(keys) - pending
    assert not strange, 'nobody asked for the keys %s' % sorted(strange)
    keys[:] = [name for name in keys if name in names] + sorted(name for name in names if name not in keys)
    return control


def killed_at_random(programs):
    chance = random.Random(int(os.environ.get('SOAK_SEED', '1')))
    keys, pending, changes, answers, slowest = [], set(), 0, 0, 0
    with Stage(programs) as stage:
        token = stage.simulate({})['token']
        stage.write_settings('[identity]\nintent = %s\n[traffic]\nburst_requests = 0\n' % INTENTS[0])
        assert stage.run('login', '--with-token', stdin=token + '\n').code == 0
        longest = LONGEST * (4 if is_sanitized(stage.jumpseat) else 1)
        for number in range(ROUNDS):
            begin = time.monotonic()
            service = stage.start('--log-level', 'warning')
            slowest = max(slowest, time.monotonic() - begin)
            if number == 0:
                assert stage.run('keys', 'create', 'first').code == 0
                keys.append('first')
            control = check_whole(stage, service, keys, pending)
            traffic, talk = Traffic(stage, control, keys, number), Talk(stage)
            traffic.start()
            talk.start()
            time.sleep(chance.uniform(0, longest))
            service.signal(signal.SIGKILL)
            service.process.wait()
            traffic.is_over = True
            traffic.join()
            talk.join()
            assert traffic.surprise is None, traffic.surprise
            pending = traffic.pending
            changes += traffic.n_changes
            answers += talk.n_answers
            stage.processes.remove(service)
        service = stage.start('--log-level', 'warning')
        check_whole(stage, service, keys, pending)
        assert stage.ask(question())[0] == 200
        note('killed %d times: %d changes of settings and keys, %d answers, slowest start %.2f s' % (
            ROUNDS, changes, answers, slowest))
        assert changes > ROUNDS and answers > ROUNDS // 2


if __name__ == '__main__':
    main([killed_at_random])
