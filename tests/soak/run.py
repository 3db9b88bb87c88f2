#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The real program between 50 restless clients and an upstream that has a bad day, for SOAK_SECONDS: no
crash, no leak, every exchange recorded once, every accepted request answered or cancelled.

usage: run.py JUMPSEAT SIMULATOR_PROGRAM
"""

import collections
import json
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.join(HERE, '..', 'program'), os.path.join(HERE, '..', 'hostile')]

from ground import count_fds  # noqa: E402
from stage import Stage, is_sanitized, main, memory_of, note, wait_until  # noqa: E402

SECONDS = float(os.environ.get('SOAK_SECONDS', '20'))
SEED = int(os.environ.get('SOAK_SEED', '1'))
CLIENTS = 50
WARM_UP = 0.4
FLAT = 0.10
SPARE_FDS = 2
MIB = 1 << 20
SETTINGS = '''[traffic]
concurrent = 16
waiting = 64
wait_seconds = 30
burst_requests = 0
[retries]
attempts = 2
[timeouts]
proxy_context = 3
circuit_breaker = 1
idle_conn_timeout = 2
[upstream]
copilot_url = %s
'''
NAME = re.compile(r'client=(soak-\d+-end)')
IDS = re.compile(r' id=([0-9a-f-]{36})')


def helper(name, *arguments):
    return subprocess.Popen([sys.executable, os.path.join(HERE, name), *map(str, arguments)],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def end_of(process):
    out, _err = process.communicate(timeout=120)
    assert process.returncode == 0, 'a helper has failed'
    return json.loads(out.splitlines()[-1])


def watch(service):
    """Memory once in a while, until the time is over."""
    samples, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        assert service.process.poll() is None, 'the service has ended:\n' + ''.join(service.err)[-3000:]
        samples.append(memory_of(service.pid))
        time.sleep(0.5)
    return samples


def check_memory(samples, sanitized):
    flat = samples[int(len(samples) * WARM_UP):]
    part = max(1, len(flat) // 4)
    first, last = sum(flat[:part]) / part, sum(flat[-part:]) / part
    note('memory: %.1f MiB at the start, %.1f MiB after warm-up, %.1f MiB at the end, %.1f MiB at most' % (
        samples[0] / MIB, first / MIB, last / MIB, max(samples) / MIB))
    # A short run ends before every buffer has had its largest guest.
    slack = 0 if SECONDS >= 300 else 2 * MIB
    assert sanitized or last < first * (1 + FLAT) + slack, 'memory grows'


def check_records(outcomes, log):
    """One line for each request, no id twice."""
    lines = [line for line in log if NAME.search(line)]
    seen = collections.Counter(NAME.search(line).group(1) for line in lines)
    ids = collections.Counter(IDS.search(line).group(1) for line in lines)
    left_early = [name for name in outcomes if outcomes[name] == 'left' and name not in seen]
    note('records: %d requests, %d lines, %d ids; %d left before they were read' % (
        len(outcomes), len(lines), len(ids), len(left_early)))
    assert max(seen.values()) == 1, [name for name in seen if seen[name] > 1][:5]
    assert max(ids.values()) == 1
    missing = [name for name in outcomes if name not in seen and outcomes[name] != 'left']
    assert not missing, 'answered, but not recorded: %s' % missing[:5]
    assert set(seen) <= set(outcomes), 'recorded, but never asked'
    assert len(left_early) <= len(outcomes) // 20, 'too many went by unrecorded'


def print_table(outcomes, faults):
    counts = collections.Counter(outcomes.values())
    total = sum(counts.values())
    note('%-24s %8s %7s' % ('what became of requests', '', '%'))
    for word, count in counts.most_common():
        note('%-24s %8d %6.1f%%' % (word, count, 100 * count / total))
    note('%-24s %8s' % ('what upstream did', ''))
    for word, count in sorted(faults.items(), key=lambda pair: -pair[1]):
        note('%-24s %8d' % (word.replace('_', ' '), count))


def bad_days_and_restless_clients(programs):
    with Stage(programs) as stage:
        facts = stage.simulate({'quota': {'entitlement': 10000000, 'used': 0}})
        stage.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
        faults = helper('faults.py', facts['url'], SEED)
        url = faults.stdout.readline().strip()
        port = int(url.rsplit(':', 1)[1])
        stage.write_settings(SETTINGS % url)
        service = stage.start('--log-level', 'info')
        sanitized = is_sanitized(stage.jumpseat)
        assert stage.ask(method='GET', path='/v1/models')[0] == 200
        fds = count_fds(service.pid, port)
        crowd = helper('crowd.py', stage.port, CLIENTS, SEED)
        try:
            samples = watch(service)
            report = end_of(crowd)
            wait_until(lambda: count_fds(service.pid, port) <= fds + SPARE_FDS,
                       'file descriptors: %d, at the start %d' % (count_fds(service.pid, port), fds))
            note('file descriptors: %d at the start, %d at the end' % (fds, count_fds(service.pid, port)))
            status = stage.run('status', '--json').json()
        finally:
            crowd.kill()
            day = end_of(faults)
        print_table(report['outcomes'], day)
        log = list(service.err)
        assert status['open_exchanges'] == 0, status['open_exchanges']
        for problem in report['problems'][:20]:
            note(problem)
        check_records(report['outcomes'], log)
        check_memory(samples, sanitized)
        assert not report['problems'], '%d replies were cut or never came' % len(report['problems'])
        said = [line for line in log if 'WARNING' in line or 'CRITICAL' in line]
        assert not said, said[:5]


if __name__ == '__main__':
    main([bad_days_and_restless_clients])
