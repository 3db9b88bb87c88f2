#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Measures what keeping the history costs: processor time of each request with it and without.

usage: history-cost.py --build DIR --place DIR [--rounds N] [--requests N]

Two services stand in front of the same upstream and get the same small questions in turns; one of
them keeps a history. What counts is the ratio: a machine that does other things has no other truth.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

from programs import Workshop

# What is written later than its question was answered is measured, too: more than the flush.
SETTLE_SECONDS = 2.5


def cpu_seconds(program):
    """User and system time of all threads of a program."""
    total = 0
    folder = '/proc/%d/task' % program.process.pid
    for task in os.listdir(folder):
        with open('%s/%s/schedstat' % (folder, task)) as file:
            total += int(file.read().split()[0])
    return total / 1e9


def measure(shop, program, requests):
    """Microseconds of a request."""
    load = os.path.join(shop.build, 'tests', 'bench', 'bench-load')
    command = [load, '-p', str(program.port), '-u', program.path, '-t', '120', '-P',
               str(program.process.pid), '-c', '16', '-w', '0', '-n', str(requests)]
    begin = cpu_seconds(program)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    result = json.loads(done.stdout)
    if not result['complete'] or result['errors']:
        sys.exit('history-cost: %s: %s' % (program.name, done.stdout))
    time.sleep(SETTLE_SECONDS)
    return (cpu_seconds(program) - begin) * 1e6 / requests


def start(shop, upstream, name, kept):
    url = 'http://127.0.0.1:%d' % upstream.port
    program = shop.jumpseat(name, url, url)
    with open(shop.path(name, 'config', 'jumpseat.conf'), 'a') as file:
        file.write('[history]\nstore=%s\n' % ('true' if kept else 'false'))
    return program.start()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--build', required=True, help='where meson built the programs')
    parser.add_argument('--place', required=True, help='folder for what is made on the way')
    parser.add_argument('--rounds', type=int, default=5)
    parser.add_argument('--requests', type=int, default=4000, help='of a round')
    options = parser.parse_args()
    shop = Workshop(options.place, options.build)
    upstream = shop.upstream().start()
    kept = start(shop, upstream, 'history-kept', True)
    none = start(shop, upstream, 'history-none', False)
    for program in (kept, none):
        measure(shop, program, 500)
    ratios = []
    for _ in range(options.rounds):
        with_it = measure(shop, kept, options.requests)
        without = measure(shop, none, options.requests)
        ratios.append(with_it / without)
        print('  a request: %6.1f us with a history, %6.1f us without: %.2f'
              % (with_it, without, ratios[-1]), flush=True)
    print('recording       %8.2f of the processor time without it' % statistics.median(ratios))
    for program in (kept, none, upstream):
        program.stop()


if __name__ == '__main__':
    main()
