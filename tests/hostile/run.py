#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Hostile clients against the real program, one attack after the other, each while a healthy client is
measured. HOSTILE_SECONDS makes each attack last so long at least.

usage: run.py JUMPSEAT SIMULATOR_PROGRAM [WORD]
"""

import inspect
import sys
import traceback

import ground
from ground import Ground

import attacks_framing
import attacks_leaving
import attacks_size
import attacks_slow

HELPERS = {'readable', 'trickle', 'exchange', 'refuse', 'answer_or_refuse'}


def attacks():
    """The names of the public functions of the modules."""
    for module in (attacks_slow, attacks_size, attacks_framing, attacks_leaving):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and name not in HELPERS:
                yield name


def print_table(rows):
    print('# %-22s %9s %9s %9s %9s %6s %5s %5s %7s  %s' % (
        'attack', 'quiet p50', 'p99', 'under p50', 'p99', 'ratio', 'tries', 'fds', 'RSS MiB', 'seen'))
    for row in rows:
        print('# %-22s %9.2f %9.2f %9.2f %9.2f %6.2f %5d %5d %7.1f  %s' % row)


def main():
    words = sys.argv[3:]
    names = [name for name in attacks() if not words or any(word in name for word in words)]
    failed = 0
    print('1..%d' % len(names), flush=True)
    with Ground(sys.argv[1:3]) as place:
        for number, name in enumerate(names, 1):
            try:
                place.stand(name)
                print('ok %d - %s' % (number, name.replace('_', ' ')), flush=True)
            except Exception as error:
                failed += 1
                print('not ok %d - %s' % (number, name.replace('_', ' ')))
                for line in (str(error) + '\n' + traceback.format_exc()).splitlines():
                    print('# ' + line, flush=True)
                if place.service.process.poll() is not None:
                    print('# ' + ''.join(place.service.err)[-4000:].replace('\n', '\n# '))
                    break
        print_table(place.rows)
        print('# memory: %.1f MiB at the start, %.1f MiB at most' % (
            place.memory / ground.MIB, place.peak() / ground.MIB))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
