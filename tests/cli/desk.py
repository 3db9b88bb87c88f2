# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A desk of its own for every case: fresh folders, a plain environment, the programs started on it
(ended by their own process id), and everything they printed, so that it can be searched for tokens."""

import itertools
import json
import linecache
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from reports import GAVE_UP, NOT_LOOKED_AT, belongs_to_giving_up, true_code, without_giving_up  # noqa: E402

# Seconds any single wait may take; nothing here needs more than a few, but machines are busy, and a program with
# sanitizers and a screen may need most of a minute then.
LIMIT = 150 if 'ASAN_OPTIONS' in os.environ else 60

# Loopback goes nowhere near a proxy, whatever the machine has set.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Result:
    """How a command ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __str__(self):
        return 'exit %s\n--- out\n%s--- err\n%s' % (self.code, self.out, self.err)

    def json(self):
        return json.loads(self.out)

    def lines(self):
        return self.out.splitlines()


class Process:
    """A program that goes on running; its lines can be waited for."""

    def __init__(self, desk, arguments, **options):
        self.out, self.err = [], []
        self.gave_up, self.is_told = False, False  # the leak checker; whoever reads this
        self.desk = desk
        self.waiting = queue.Queue()
        self.process = subprocess.Popen(arguments, env=desk.environment, cwd=desk.root,
                                        stdout=options.get('stdout', subprocess.PIPE),
                                        stdin=options.get('stdin', subprocess.DEVNULL),
                                        stderr=subprocess.PIPE,
                                        text=True, encoding='utf-8')
        self.pid = self.process.pid
        self.readers = [threading.Thread(target=self.read, args=pair, daemon=True)
                        for pair in ((self.process.stdout, self.out),
                                     (self.process.stderr, self.err)) if pair[0]]
        for reader in self.readers:
            reader.start()

    def read(self, stream, lines):
        for line in stream:
            if lines is self.err and belongs_to_giving_up(line.rstrip('\n')):
                self.gave_up = self.gave_up or GAVE_UP in line
                continue
            lines.append(line)
            if lines is self.out:
                self.waiting.put(line.rstrip('\n'))
        if lines is self.out:
            self.waiting.put(None)

    def wait_for(self, start):
        """The next line of standard output that begins so."""
        end = time.monotonic() + LIMIT
        while True:
            try:
                line = self.waiting.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                line = None
            if line is None:
                raise AssertionError('no line %r; exit %s\n%s%s' % (
                    start, self.process.poll(), ''.join(self.out), ''.join(self.err)))
            if line.startswith(start):
                return line

    def signal(self, number):
        self.process.send_signal(number)

    def end(self):
        """Waits for the end by itself."""
        code = self.process.wait(LIMIT)
        for reader in self.readers:
            reader.join(LIMIT)
        err = ''.join(self.err)
        if self.gave_up and not self.is_told:
            self.is_told = True
            tell_gave_up('process %d' % self.pid)
        return Result(true_code(code, err, self.gave_up), ''.join(self.out), err)

    def has_failed(self):
        """Whether it has ended otherwise than well."""
        return self.process.poll() not in (None, 0) and self.end().code != 0

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        return self.end()


class Desk:
    """Folders, environment and programs of one case."""

    def __init__(self, programs, **extra):
        self.jumpseat, self.simulator_program = programs
        self.root = tempfile.mkdtemp(prefix='jumpseat-cli-')
        self.processes, self.printed, self.secrets = [], [], []
        self.environment = {
            'PATH': os.environ['PATH'], 'LANG': 'C', 'HOME': self.folder('home'),
            'XDG_CONFIG_HOME': self.folder('config'), 'XDG_DATA_HOME': self.folder('data'),
            'XDG_CACHE_HOME': self.folder('cache'), 'XDG_RUNTIME_DIR': self.folder('run'),
            'JUMPSEAT_SECRETS': 'file', 'GIO_USE_VFS': 'local',
            'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent',
            'G_DEBUG': 'fatal-criticals', 'JUMPSEAT_PORT': str(free_port()),
        }
        for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS'):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.environment.update(extra)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        for process in self.processes:
            self.note(process.kill())
        try:
            self.check_secrets()
        finally:
            shutil.rmtree(self.root)

    def folder(self, name):
        path = os.path.join(self.root, name)
        os.mkdir(path, 0o700)
        return path

    @property
    def port(self):
        return int(self.environment['JUMPSEAT_PORT'])

    @property
    def url(self):
        return 'http://127.0.0.1:%d' % self.port

    @property
    def settings_file(self):
        return os.path.join(self.root, 'config', 'jumpseat', 'jumpseat.conf')

    def write_settings(self, text):
        os.makedirs(os.path.dirname(self.settings_file), 0o700, exist_ok=True)
        with open(self.settings_file, 'w', encoding='utf-8') as file:
            file.write(text)

    def note(self, result):
        self.printed += [result.out, result.err]
        return result

    def run(self, *arguments, stdin=''):
        done = subprocess.run((self.jumpseat,) + arguments, env=self.environment, cwd=self.root,
                              input=stdin, capture_output=True, text=True, encoding='utf-8',
                              timeout=LIMIT, check=False)
        err, gave_up = without_giving_up(done.stderr)
        if gave_up:
            tell_gave_up(' '.join(arguments[:2]))
        return self.note(Result(true_code(done.returncode, err, gave_up), done.stdout, err))

    def spawn(self, *arguments, **options):
        process = Process(self, (self.jumpseat,) + arguments, **options)
        self.processes.append(process)
        return process

    def start(self, *arguments):
        """A service that listens."""
        process = self.spawn('--no-gui', *arguments)
        process.wait_for('  Health ')
        return process

    def simulate(self, scenario):
        """A GitHub of our own; the environment points to it."""
        path = os.path.join(self.root, 'scenario.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(scenario, file)
        process = Process(self, (self.simulator_program, path), stdin=subprocess.PIPE)
        self.processes.append(process)
        facts = json.loads(process.wait_for('{'))
        process.out.clear()
        self.secrets.append(facts['token'])
        self.environment['JUMPSEAT_GITHUB_URL'] = facts['url']
        self.environment['JUMPSEAT_GITHUB_API_URL'] = facts['url']
        return facts

    def check_secrets(self):
        text = ''.join(self.printed)
        for secret in self.secrets:
            assert secret not in text, 'a token was printed'
        assert 'gho_' not in text and 'ghu_' not in text, 'something like a token was printed'


def tell_gave_up(whose):
    print('# %s: %s' % (whose, NOT_LOOKED_AT), flush=True)


PORTS, PORTS_OF_A_PROCESS = range(20000, 26000), 20
port_count = itertools.count()


def free_port():
    """A port that nobody else takes until our program does: outside of those that the system gives away by itself
    (32768 and more), and each process has some of its own, because tests run side by side."""
    first = os.getpid() * PORTS_OF_A_PROCESS % len(PORTS)
    for _try in range(PORTS_OF_A_PROCESS):
        port = PORTS[first + next(port_count) % PORTS_OF_A_PROCESS]
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(('127.0.0.1', port))
            except OSError:
                continue
            return port
    raise AssertionError('no port from %d on is free' % PORTS[first])


def fetch(url, body=None, method=None, headers=None):
    """(status, text) of one request."""
    data = None if body is None else body.encode()
    request = urllib.request.Request(url, data, headers or {}, method=method)
    try:
        with OPENER.open(request, timeout=LIMIT) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def open_stream(url, body):
    """A reply that is read piece by piece."""
    request = urllib.request.Request(url, json.dumps(body).encode(),
                                     {'Content-Type': 'application/json'})
    return OPENER.open(request, timeout=LIMIT)


def visit(facts, code, action='authorize'):
    """The person who enters the code on GitHub's page."""
    status, _page = fetch(facts['url'] + '/login/device',
                          'user_code=%s&action=%s' % (code, action),
                          headers={'Content-Type': 'application/x-www-form-urlencoded'})
    assert status == 200, status


def run_cases(cases, programs):
    """Prints TAP; returns how many failed."""
    print('1..%d' % len(cases), flush=True)
    failed = 0
    for number, case in enumerate(cases, 1):
        name = case.__name__.replace('_', ' ')
        try:
            case(programs)
            print('ok %d - %s' % (number, name), flush=True)
        except Exception as error:  # whatever it is, the case has failed
            failed += 1
            print('not ok %d - %s' % (number, name))
            print('\n'.join('# ' + text for text in reason_of(error).splitlines()), flush=True)
    return failed


def reason_of(error):
    """What happened, where, and how it was come to: never empty."""
    if isinstance(error, CaseFailure):
        return str(error)
    frames, step = [], error.__traceback__
    while step is not None:
        frames.append((step.tb_frame.f_code.co_filename, step.tb_lineno))
        step = step.tb_next
    lines = ['%s: %s' % (type(error).__name__, str(error) or '(says no more)')]
    for path, number in reversed(frames):
        lines.append('  in %s:%d: %s' % (os.path.basename(path), number,
                                         linecache.getline(path, number).strip()))
    before = error.__cause__ or error.__context__
    if before is not None and not error.__suppress_context__:
        lines.append('after this:')
        lines += ['  ' + line for line in reason_of(before).splitlines()]
    return '\n'.join(lines)


class CaseFailure(AssertionError):
    """A failure whose reason was written where it happened."""


TERMINATE, INTERRUPT = signal.SIGTERM, signal.SIGINT
