#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Measures Jumpseat beside nginx, Go's ReverseProxy and npm's copilot-api.

usage: bench.py --build DIR --place DIR [--quick] [--write] [--without NAME]

All programs stand in front of the same upstream and get the same work in turns; what is compared
is processor time, memory and delay within one run, because absolute times mean little on a machine
that does other things too.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

import report
from programs import Workshop, asks

# Work for bench-load: what it is called, its options, and how much of it in a full run, a quick
# run, and for copilot-api, whose requests take milliseconds (None: not at all).
COUNT = '{count}'
SMALL = [
    ('small-1', ['-c', '1', '-w', '100', '-n', COUNT], 4000, 1000, 200),
    ('small-16', ['-c', '16', '-w', '400', '-n', COUNT], 16000, 5000, 800),
    ('small-128', ['-c', '128', '-w', '400', '-n', COUNT], 16000, 5000, 800),
]
STREAMS = [
    ('streams-4', ['-s', '-c', '4', '-n', '4', '-d', '20', '-N', COUNT], 100, 50, 50),
    ('streams-200', ['-s', '-c', '200', '-n', '200', '-d', '20', '-N', COUNT], 75, 50, 50),
    ('streams-1000', ['-s', '-c', '1000', '-n', '1000', '-d', '100', '-N', COUNT], 25, 15, None),
]
AGENT = [
    ('agent-100k', ['-c', '4', '-w', '8', '-B', '100000', '-n', COUNT], 400, 100, 40),
    ('agent-1m', ['-c', '4', '-w', '4', '-B', '1000000', '-n', COUNT], 60, 24, 8),
    ('agent-5m', ['-c', '4', '-w', '4', '-B', '5000000', '-n', COUNT], 16, 8, None),
]
TLS = [('tls-16', ['-c', '16', '-w', '200', '-n', COUNT], 8000, 3000, None)]
REWRITTEN = ('rewritten-200', ['-s', '-c', '200', '-n', '200', '-d', '20', '-N', COUNT,
                               '-m', 'claude-sonnet-4.5'], 75, 50, None)


class Bench:
    def __init__(self, options):
        self.options = options
        self.quick = options.quick
        self.shop = Workshop(options.place, options.build)
        self.load = os.path.join(self.shop.build, 'tests', 'bench', 'bench-load')
        self.results = {}   # (work, program): [what bench-load printed, ...]
        self.facts = {}     # (fact, program): number
        self.trouble = []

    def measure(self, work, program, kind=None):
        name, words, full, quick, slow = work
        kind = kind or program.name
        count = slow if kind == 'copilot-api' else quick if self.quick else full
        if count is None:
            return
        words = [str(count) if word == COUNT else word for word in words]
        command = [self.load, '-p', str(program.port), '-u', program.path, '-t', '60',
                   '-P', str(program.process.pid), *words]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        try:
            result = json.loads(done.stdout)
        except ValueError:
            result = {'complete': False, 'errors': 1, 'cpu_us_per_unit': 0}
        if not result['complete'] or result['errors']:
            self.trouble.append('%s, %s: %d errors, complete: %s' % (
                name, kind, result['errors'], result['complete']))
        self.results.setdefault((name, kind), []).append(result)
        print('  %-14s %-12s %9.1f us' % (name, kind, result['cpu_us_per_unit']), flush=True)

    def value(self, work, program, field='cpu_us_per_unit'):
        """The median over the rounds, or None."""
        found = self.results.get((work, program))
        return statistics.median(result[field] for result in found) if found else None

    def start_and_idle(self, programs):
        """Start to first answer, then memory and wake-ups of programs that have nothing to do."""
        for _ in range(3 if self.quick else 7):
            for program in programs:
                program.stop()
                took = program.first_answer_ms()
                self.facts.setdefault(('start-all', program.name), []).append(took)
        for program in programs:
            self.facts['start', program.name] = statistics.median(
                self.facts.pop(('start-all', program.name)))
        # A while for what happens after the first answer, such as closing its connection.
        time.sleep(3)
        before = {program.name: program.wake_ups() for program in programs}
        time.sleep(10)
        for program in programs:
            self.facts['wakeups', program.name] = program.wake_ups() - before[program.name]
            self.facts['idle-kb', program.name] = program.rss_kb()

    def tls_memory(self, program):
        """Memory of a fresh instance that has spoken TLS once."""
        program.stop()
        program.start()
        time.sleep(1)
        self.facts['idle-tls-kb', program.name] = program.rss_kb()

    def translation(self):
        """What the lanes cost by themselves, without any network."""
        program = os.path.join(self.shop.build, 'tests', 'bench', 'bench-translation')
        done = subprocess.run([program, '5' if self.quick else '15'], stdout=subprocess.PIPE,
                              text=True, check=True)
        for name, value in json.loads(done.stdout).items():
            self.facts['translation', name] = value
            print('  %-28s %10.3f' % (name, value), flush=True)

    def run(self):
        shop = self.shop
        print('translation', flush=True)
        self.translation()
        shop.make_certificates()
        upstream = shop.upstream().start()
        url = 'http://127.0.0.1:%d' % upstream.port
        front = shop.tls_front(upstream.port).start(lambda: True)
        secure = 'https://localhost:%d' % front.port

        plain = [shop.jumpseat('jumpseat', url, url), shop.nginx('nginx', upstream.port),
                 shop.go('go', url)]
        tls = [('jumpseat', shop.jumpseat('jumpseat-tls', url, secure, shop.path('ca.pem'))),
               ('nginx', shop.nginx_to_tls(front.port)), ('go', shop.go('go-tls', secure))]
        plain = [program for program in plain if program.name not in self.options.without]
        tls = [(kind, program) for kind, program in tls if kind not in self.options.without]
        slow = [] if 'copilot-api' in self.options.without else [shop.copilot_api(url)]

        print('start, idle', flush=True)
        self.start_and_idle(plain + slow)
        for kind, program in tls:
            self.tls_memory(program)

        rounds = 2 if self.quick else 5
        for number in range(rounds):
            print('round %d of %d' % (number + 1, rounds), flush=True)
            # Memory is read while a thousand streams run; the first round meets fresh programs.
            for work in STREAMS[::-1] + SMALL + AGENT:
                for program in plain:
                    self.measure(work, program)
                if number < (1 if self.quick else 2):
                    for program in slow:
                        self.measure(work, program)
            for work in TLS:
                for kind, program in tls:
                    self.measure(work, program, kind)
            for program in plain:
                if program.name == 'jumpseat':
                    self.measure(REWRITTEN, program)
        for program in [upstream, front] + plain + slow + [program for _, program in tls]:
            if program.process.poll() is not None:
                self.trouble.append('%s ended by itself' % program.name)
            program.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--build', required=True, help='where meson built the programs')
    parser.add_argument('--place', required=True, help='folder for what is made on the way')
    parser.add_argument('--quick', action='store_true', help='less of everything')
    parser.add_argument('--write', action='store_true', help='write tests/bench/RESULTS.md')
    parser.add_argument('--without', action='append', default=[], metavar='NAME',
                        help='leave out jumpseat, nginx, go or copilot-api')
    options = parser.parse_args()
    bench = Bench(options)
    begin = time.monotonic()
    bench.run()
    text = report.table(bench)
    print()
    print(text)
    for line in bench.trouble:
        print('TROUBLE: ' + line)
    print('%.0f seconds' % (time.monotonic() - begin))
    if options.write:
        report.write(bench, text)
    return 1 if any('jumpseat' in line for line in bench.trouble) else 0


if __name__ == '__main__':
    sys.exit(main())
