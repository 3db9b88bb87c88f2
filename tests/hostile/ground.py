# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Where the attacks happen: the real program on a simulator, a healthy client that is measured before,
during and after, and a look at what the program holds."""

import json
import os
import select
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..', 'program'))

from stage import LIMIT, OPENER, Stage, is_sanitized, memory_of, wait_until  # noqa: E402

REQUESTS = 300
# Requests in one go while an attack is on; seconds for what is left of it when it stands still.
SLICE, PAUSE = 60, 0.02
TRIES = 3
RATIO = 3
# Below so many milliseconds the slowest of a hundred is the scheduler's doing: attacker, client and service share
# the processors. A loop that an attack holds up shows far more than that, and in the median, too.
NOTICEABLE = 20
# Something may be on its way at any moment.
SPARE_FDS = 2
MIB = 1 << 20
# Two bodies at the limit, what the worker makes of them, and what malloc keeps back.
MEMORY = 160 * MIB
# The concurrency of one client's requests is another test's matter: there, waiting is right.
SETTINGS = '''[traffic]
concurrent = 0
burst_requests = 0
[limits]
head_seconds = 1
[timeouts]
server_read = 2
idle_conn_timeout = 2
'''


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


def is_noticed(quiet, during, floor):
    """Whether a client that does nothing wrong is worse off while an attack is on, by more than @floor milliseconds."""
    slowest = percentile(during, 0.99)
    return (percentile(during, 0.5) > RATIO * percentile(quiet, 0.5) or
            slowest > max(RATIO * percentile(quiet, 0.99), floor))


def count_fds(pid, upstream_port):
    """Open files without the connections to upstream, which rest there for the next request."""
    resting = set()
    with open('/proc/net/tcp', encoding='ascii') as file:
        for line in file.readlines()[1:]:
            words = line.split()
            if int(words[2].split(':')[1], 16) == upstream_port:
                resting.add('socket:[%s]' % words[9])
    count = 0
    folder = '/proc/%d/fd' % pid
    if not os.access(folder, os.R_OK):
        return 0  # the service shows its memory and files to nobody but root
    for name in os.listdir(folder):
        try:
            count += os.readlink(os.path.join(folder, name)) not in resting
        except FileNotFoundError:
            pass
    return count


class Helper:
    """A process that is talked to in lines."""

    def __init__(self, name, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, name), *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.said = b''

    def read(self):
        while b'\n' not in self.said:
            data = self.process.stdout.read(65536)
            assert data, 'a helper has ended'
            self.said += data
        line, self.said = self.said.split(b'\n', 1)
        return line.decode()

    def has_said_more(self):
        return bool(self.said or select.select([self.process.stdout], [], [], 0)[0])

    def say(self, text):
        self.process.stdin.write(text.encode() + b'\n')

    def end(self):
        """Its last line."""
        self.process.stdin.close()
        rest = self.said + self.process.stdout.readall()
        self.process.wait()
        return rest.decode().splitlines()[-1]


class Ground(Stage):
    def __init__(self, programs):
        super().__init__(programs)
        self.write_settings(SETTINGS)
        facts = self.simulate({})
        self.simulator_url = facts['url']
        self.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
        self.service = self.start('--log-level', 'warning')
        self.is_sanitized = is_sanitized(self.jumpseat)
        self.healthy = Helper('healthy.py', self.port)
        self.seconds = float(os.environ.get('HOSTILE_SECONDS', 0))
        # Long runs have enough of them to go by the ratio alone.
        self.floor = 0 if self.seconds else NOTICEABLE
        self.rows = []
        self.measure(REQUESTS)
        self.fds = self.count_fds()
        self.memory = memory_of(self.service.pid)

    def __exit__(self, kind, error, trace):
        self.healthy.process.kill()
        self.healthy.process.wait()
        super().__exit__(kind, error, trace)

    def measure(self, count=REQUESTS):
        self.healthy.say(str(count))
        times = json.loads(self.healthy.read())
        assert isinstance(times, list), 'the healthy client: %s' % times['problem']
        return times

    def count_fds(self):
        return count_fds(self.service.pid, int(self.simulator_url.rsplit(':', 1)[1]))

    def calls(self):
        """The questions that reached upstream, newest first."""
        with OPENER.open(self.simulator_url + '/_simulator/calls', timeout=10) as reply:
            return json.load(reply)

    def peak(self):
        with open('/proc/%d/status' % self.service.pid, encoding='utf-8') as file:
            for line in file:
                if line.startswith('VmHWM'):
                    return int(line.split()[1]) * 1024
        return 0

    def attacked(self, name):
        """Quiet, attacked and quiet in turn, quiet. Returns (quiet times, attacked times, what was told)."""
        before = self.measure()
        attacker = Helper('attacker.py', name, self.port)
        try:
            between, during, report = self.watch(attacker)
        finally:
            attacker.process.kill()
            attacker.process.wait()
        return before + between + self.measure(), during, report

    def check_calls(self):
        """Attacks that must not reach upstream ask for a model of their own."""
        strange = [call for call in self.calls() if call.get('model') == 'gpt-4o']
        assert not strange, 'this reached upstream: %s' % strange[:3]

    def watch(self, attacker):
        """Both kinds of slices until everything was tried once."""
        assert attacker.read() == 'ready', 'the attack did not begin'
        begin = time.monotonic()
        between, during = [], []
        while len(during) < REQUESTS or not attacker.has_said_more() or time.monotonic() - begin < self.seconds:
            during += self.measure(SLICE)
            # Whatever else this machine does, it does it to both kinds of slices.
            attacker.process.send_signal(signal.SIGSTOP)
            time.sleep(PAUSE)
            between += self.measure(SLICE // 3)
            attacker.process.send_signal(signal.SIGCONT)
            self.check_calls()
            assert time.monotonic() - begin < 2 * LIMIT + self.seconds, 'the attack does not get through one round'
        self.check_calls()
        return between, during, json.loads(attacker.end())

    def stand(self, name):
        """Whether the service stands an attack: nobody else notices, and nothing is left behind."""
        tries = []
        for _try in range(1 if self.is_sanitized else TRIES):
            quiet, during, report = self.attacked(name)
            assert not report['problems'], '\n'.join(report['problems'])
            tries.append((percentile(during, 0.99) / percentile(quiet, 0.99), quiet, during, report))
            if not is_noticed(quiet, during, self.floor):
                break
        # The last one is good, or none was.
        ratio, quiet, during, report = tries[-1]
        assert self.service.process.poll() is None, 'the service has ended'
        wait_until(lambda: self.count_fds() <= self.fds + SPARE_FDS,
                   'file descriptors: %d, at the start %d' % (self.count_fds(), self.fds))
        memory = memory_of(self.service.pid)
        self.rows.append((name, percentile(quiet, 0.5), percentile(quiet, 0.99), percentile(during, 0.5),
                          percentile(during, 0.99), ratio, len(tries), self.count_fds(), memory / MIB,
                          ', '.join('%s %d' % pair for pair in sorted(report['counts'].items()))[:90]))
        assert self.is_sanitized or not is_noticed(quiet, during, self.floor), 'p99 went from %.1f to %.1f ms' % (
            percentile(quiet, 0.99), percentile(during, 0.99))
        assert self.is_sanitized or memory < self.memory + MEMORY, '%d MiB resident' % (memory / MIB)
        said = ''.join(self.service.err)
        assert 'WARNING' not in said and 'CRITICAL' not in said, said[-2000:]
