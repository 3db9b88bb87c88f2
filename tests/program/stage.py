# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The desk of the command line's tests with what tests of the whole program need beyond it: an
HTTP client that can misbehave, a look at the process, and an end that lets no sanitizer report
pass."""

import json
import os
import re
import socket
import struct
import sys
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..', 'cli'))

from desk import LIMIT, OPENER, TERMINATE, Desk, Process, run_cases  # noqa: E402

CHAT = '/v1/chat/completions'
# Whatever else goes wrong, nobody of ours may say one of these.
ALARMS = re.compile(r'AddressSanitizer|LeakSanitizer|runtime error:|CRITICAL|assertion .*failed')


def note(text):
    print('# ' + text, flush=True)


def wait_until(condition, what, limit=LIMIT, step=0.005):
    """The first true value of @condition."""
    end = time.monotonic() + limit
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError('waited %g s in vain: %s' % (limit, what))
        time.sleep(step)


def median(values):
    return sorted(values)[len(values) // 2]


def question(text='Hello', stream=False, **members):
    return {'model': 'gpt-4.1', 'stream': stream,
            'messages': [{'role': 'user', 'content': text}], **members}


def is_sanitized(program):
    if os.environ.get('JUMPSEAT_SANITIZED'):
        return True
    with open(program, 'rb') as file:
        return b'__asan_init' in file.read()


class Client:
    """One connection to the service. Everything that comes is kept by the stage."""

    def __init__(self, stage, receive_buffer=None):
        self.stage, self.buffer = stage, b''
        self.socket = socket.socket()
        self.socket.settimeout(LIMIT)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect(('127.0.0.1', stage.port))

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.socket.close()

    def send(self, body=None, method='POST', path=CHAT, headers=()):
        data = b'' if body is None else json.dumps(body).encode()
        lines = ['%s %s HTTP/1.1' % (method, path), 'Host: 127.0.0.1:%d' % self.stage.port]
        if body is not None:
            lines += ['Content-Type: application/json', 'Content-Length: %d' % len(data)]
        lines += ['%s: %s' % pair for pair in headers]
        self.socket.sendall('\r\n'.join(lines + ['', '']).encode() + data)
        return self

    def fill(self):
        data = self.socket.recv(65536)
        self.stage.keep(data)
        self.buffer += data
        return len(data) > 0

    def read_until(self, mark):
        while mark not in self.buffer:
            if not self.fill():
                raise AssertionError('the reply ended in the middle: %r' % self.buffer[-200:])
        part, self.buffer = self.buffer.split(mark, 1)
        return part

    def read_exactly(self, length):
        parts, missing = [], length
        while missing > len(self.buffer):
            parts.append(self.buffer)
            missing -= len(self.buffer)
            self.buffer = b''
            if not self.fill():
                raise AssertionError('the reply ended in the middle')
        parts.append(self.buffer[:missing])
        self.buffer = self.buffer[missing:]
        return b''.join(parts)

    def read_head(self):
        lines = self.read_until(b'\r\n\r\n').decode().split('\r\n')
        self.headers = {}
        for line in lines[1:]:
            name, value = line.split(': ', 1)
            self.headers[name.lower()] = value
        self.status = int(lines[0].split()[1])
        return self.status

    def read_chunk(self):
        """A piece of the body, empty at its end."""
        length = int(self.read_until(b'\r\n'), 16)
        data = self.read_exactly(length)
        assert self.read_exactly(2) == b'\r\n'
        return data

    def read_body(self):
        if 'content-length' in self.headers:
            return self.read_exactly(int(self.headers['content-length']))
        parts = []
        while not parts or parts[-1]:
            parts.append(self.read_chunk())
        return b''.join(parts)

    def read_reply(self):
        """(status, body)"""
        self.read_head()
        return self.status, self.read_body()

    def ask(self, *arguments, **options):
        return self.send(*arguments, **options).read_reply()

    def reset(self):
        """Goes away without a goodbye."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.socket.close()


def events_of(body):
    """The data of each event of a whole stream."""
    text = re.sub(r'(?<=\n\n): x-jumpseat-credits [0-9.]+\n\Z', '', body.decode())
    assert text.endswith('\n\n'), text[-100:]
    return [line[len('data: '):] for line in text.split('\n') if line.startswith('data: ')]


def text_of(events):
    """What the stream said, [DONE] demanded."""
    assert events[-1] == '[DONE]', events[-3:]
    parts = []
    for event in events[:-1]:
        for choice in json.loads(event)['choices']:
            parts.append(choice['delta'].get('content') or '')
    return ''.join(parts)


class Stage(Desk):
    def __init__(self, programs, **extra):
        super().__init__(programs, **extra)
        # Many at once, from one machine: what that is limited to is tested where it is the subject.
        self.environment.setdefault('JUMPSEAT_CONCURRENT', '0')
        self.received = []
        self.is_keeping = False

    def __exit__(self, kind, error, trace):
        for process in self.processes:
            if process.process.poll() is None and process.process.args[0] == self.jumpseat:
                process.signal(TERMINATE)
        for process in self.processes:
            if process.process.args[0] == self.jumpseat:
                process.end()
        texts = [''.join(process.err) for process in self.processes] + self.printed
        try:
            for text in texts if kind is None else ():
                alarm = ALARMS.search(text)
                assert alarm is None, text[max(0, alarm.start() - 200):alarm.start() + 4000]
        finally:
            super().__exit__(kind, error, trace)

    def keep(self, data):
        if self.is_keeping:
            self.received.append(data)

    def point_to(self, upstream):
        self.environment['JUMPSEAT_GITHUB_URL'] = upstream.github_url
        self.environment['JUMPSEAT_GITHUB_API_URL'] = upstream.github_url
        self.environment['JUMPSEAT_GITHUB_TOKEN'] = upstream.github_token

    def client(self, **options):
        return Client(self, **options)

    def ask(self, *arguments, **options):
        """(status, body) of a request on a connection of its own."""
        with self.client() as client:
            return client.ask(*arguments, **options)

    def start(self, *arguments):
        process = super().start(*arguments)
        # The first question waits for the account; tests that count want it behind them.
        wait_until(lambda: b'"authenticated":true' in self.control_status(), 'signed in')
        return process

    def control_status(self):
        result = self.run('status', '--json')
        return result.out.replace(' ', '').encode()


def memory_of(pid):
    """Resident bytes."""
    with open('/proc/%d/status' % pid, encoding='utf-8') as file:
        return int(re.search(r'VmRSS:\s+(\d+)', file.read()).group(1)) * 1024


def with_trace(case):
    def run(programs):
        try:
            case(programs)
        except Exception:
            for line in traceback.format_exc().splitlines():
                note(line)
            raise
    run.__name__ = case.__name__
    return run


def main(cases):
    """Runs @cases as a TAP program: PROGRAM JUMPSEAT SIMULATOR_PROGRAM [WORD]"""
    if len(sys.argv) < 3:
        sys.exit('usage: %s JUMPSEAT SIMULATOR_PROGRAM [WORD]' % sys.argv[0])
    if len(sys.argv) > 3:
        cases = [case for case in cases if sys.argv[3] in case.__name__]
    sys.exit(1 if run_cases([with_trace(case) for case in cases], sys.argv[1:3]) else 0)
