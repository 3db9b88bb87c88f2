# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What everybody does with a package that was just installed: sign in by the device flow, ask for a streamed
reply, start again, and find account and request still there. GitHub and Copilot are the simulator.

    with Simulator() as simulator:
        journey = Journey(simulator, ['/usr/bin/jumpseat'], environment)
        journey.travel()                 # prints "# ..." figures; raises AssertionError with what was seen

A package that is not started like a plain program overrides run(), start() and stop(); what the program must
be told is in Journey.variables (environment variables as a dict)."""

import json
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
CHECKOUT = os.path.dirname(os.path.dirname(HERE))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..', 'cli'))

from desk import free_port, visit  # noqa: E402

LIMIT = 60  # seconds any single wait may take
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
# The person decides; polls come every second.
SCENARIO = {'account': {'kind': 'pro', 'login': 'octocat'},
            'device': {'pending': -1, 'interval': 1}, 'models': 'default'}
QUESTION = {'model': 'gpt-4.1', 'stream': True, 'messages': [{'role': 'user', 'content': 'A word, please'}]}


def note(text):
    print('# ' + text, flush=True)


def plain_environment():
    """What a fresh session has, without the developer's own account, settings and proxies."""
    return {name: os.environ[name] for name in ('PATH', 'TMPDIR') if name in os.environ} | {'LANG': 'C.UTF-8'}


def simulator_program():
    """The simulator as a program of this machine; built when JUMPSEAT_SIMULATOR does not name one."""
    given = os.environ.get('JUMPSEAT_SIMULATOR')
    if given:
        return given
    build = os.path.join(CHECKOUT, 'build-packages')
    if not os.path.exists(os.path.join(build, 'build.ninja')):
        subprocess.run(['meson', 'setup', build, CHECKOUT, '-Dscreen=disabled'], check=True,
                       stdout=subprocess.DEVNULL)
    subprocess.run(['ninja', '--quiet', '-C', build, 'tests/integration/simulator-program'], check=True,
                   stdout=subprocess.DEVNULL)
    return os.path.join(build, 'tests', 'integration', 'simulator-program')


class Simulator:
    """GitHub and Copilot on a free port of this machine."""

    def __init__(self, scenario=None):
        self.scenario = scenario or SCENARIO

    def __enter__(self):
        with tempfile.NamedTemporaryFile('w', suffix='.json', delete=False, encoding='utf-8') as file:
            json.dump(self.scenario, file)
        try:
            self.process = subprocess.Popen([simulator_program(), file.name], stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, text=True, encoding='utf-8')
            self.facts = json.loads(self.process.stdout.readline())
        finally:
            os.unlink(file.name)
        self.url = self.facts['url']
        return self

    def __exit__(self, *_error):
        self.process.stdin.close()
        self.process.stdout.close()
        try:
            self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Program:
    """A started program; its lines can be waited for while it runs."""

    def __init__(self, arguments, environment, **options):
        self.lines, self.waiting = [], queue.Queue()
        self.process = subprocess.Popen(arguments, env=environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, encoding='utf-8', errors='replace', **options)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.append(line)
            self.waiting.put(line.rstrip('\r\n'))
        self.waiting.put(None)

    def wait_for(self, pattern):
        """The match of the next line in which @pattern is found."""
        end = time.monotonic() + LIMIT
        while True:
            try:
                line = self.waiting.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                line = None
            assert line is not None, 'no line with %r; exit %s:\n%s' % (
                pattern, self.process.poll(), self.text())
            found = re.search(pattern, line)
            if found:
                return found

    def text(self):
        return ''.join(self.lines)

    def end(self, number=signal.SIGTERM):
        """Asks for the end, waits for it, and returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError('did not end:\n' + self.text()) from None


class Journey:
    def __init__(self, simulator, command, environment=None, port=None):
        """@command: how the program is started, a list; @environment: a dict, HOME in it, or None for a plain
        one whose folders the caller has set some other way."""
        self.simulator, self.command = simulator, list(command)
        self.port = port or free_port()
        self.variables = {'JUMPSEAT_PORT': str(self.port), 'JUMPSEAT_GITHUB_URL': simulator.url,
                          'JUMPSEAT_GITHUB_API_URL': simulator.url}
        self.environment = dict(environment if environment is not None else plain_environment())
        self.environment.update(self.variables)
        self.service = None

    @property
    def url(self):
        return 'http://127.0.0.1:%d' % self.port

    def run(self, *arguments):
        """A command that ends by itself; its CompletedProcess."""
        return subprocess.run(self.command + list(arguments), env=self.environment, capture_output=True,
                              text=True, encoding='utf-8', errors='replace', stdin=subprocess.DEVNULL,
                              timeout=LIMIT, check=False)

    def start(self):
        self.service = Program(self.command + ['--no-gui'], self.environment)
        self.service.wait_for('^  Health ')

    def stop(self):
        code = self.service.end()
        assert code == 0, 'exit %s:\n%s' % (code, self.service.text())
        self.service = None

    def spawn_sign_in(self):
        """The command that prints a code and waits for the person, as a Program."""
        return Program(self.command + ['login'], self.environment)

    def sign_in(self):
        login = self.spawn_sign_in()
        try:
            code = login.wait_for('^Enter code: (.+)$').group(1).strip()
            visit(self.simulator.facts, code)
            login.wait_for(r'Signed in as octocat\.')
        finally:
            login.process.wait(LIMIT)
        note('signed in by the device flow')

    def is_up(self):
        try:
            with OPENER.open(self.url + '/health', timeout=LIMIT):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def wait_until(self, condition, what):
        end = time.monotonic() + LIMIT
        while not condition():
            assert time.monotonic() < end, 'waited %d s in vain: %s' % (LIMIT, what)
            time.sleep(0.05)

    def chat(self, headers=None):
        """One streamed request; returns its text. It must come in several events and end as a stream does."""
        request = urllib.request.Request(
            self.url + '/v1/chat/completions', json.dumps(QUESTION).encode(),
            {'Content-Type': 'application/json', **(headers or {})})
        events, text = [], ''
        with OPENER.open(request, timeout=LIMIT) as reply:
            assert reply.status == 200, reply.status
            assert reply.headers['Content-Type'].startswith('text/event-stream'), reply.headers
            for line in reply:
                if line.startswith(b'data: '):
                    events.append(line[6:].decode().strip())
        assert len(events) > 3 and events[-1] == '[DONE]', events[-3:]
        for event in events[:-1]:
            for choice in json.loads(event)['choices']:
                text += choice['delta'].get('content') or ''
        assert text, events
        note('a streamed reply of %d events' % len(events))
        return text

    def kept_requests(self):
        """What the history has of before; newest first."""
        result = self.run('requests', '--json')
        assert result.returncode == 0, (result.stdout, result.stderr)
        return json.loads(result.stdout)['items']

    def is_signed_in(self):
        result = self.run('status', '--json')
        assert result.returncode == 0, (result.stdout, result.stderr)
        return json.loads(result.stdout)['authenticated'] is True

    def travel(self):
        """Everything. The service runs before and after; stop() is left to the caller."""
        started = time.monotonic()
        self.start()
        note('up after %.1f s' % (time.monotonic() - started))
        self.sign_in()
        self.chat()
        self.wait_until(lambda: len(self.kept_requests()) == 1, 'the request in the history')
        self.stop()
        self.start()
        self.wait_until(self.is_signed_in, 'still signed in after a restart')
        kept = self.kept_requests()
        assert len(kept) == 1, kept
        self.chat()
        note('after a restart: still signed in, the request is kept')
