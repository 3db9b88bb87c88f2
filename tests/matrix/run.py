#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Every client × every kind of model × every case × streamed and whole, through the real program:
run.py JUMPSEAT SIMULATOR_PROGRAM [WORD…]

Prints TAP, a line for each cell, and the table. The WORDs choose cells whose name holds them all."""

import sys
import time
import traceback

import chat_client
import messages_client
import ollama_client
import responses_client
from cases import CASES, text
from cell import Cell, Upstream
from inexact import REASONS
from proof import PROOFS
from scenario import MODELS, make_scenario
from stage import Stage, note

CLIENTS = (chat_client, responses_client, messages_client, ollama_client)
PINS = ('chat', 'responses', 'messages')


class Tap:
    """One line for each test, and how many failed."""

    def __init__(self, count):
        self.number, self.n_failed = 0, 0
        print('1..%d' % count, flush=True)

    def run(self, name, function, *arguments):
        self.number += 1
        try:
            function(*arguments)
        except Exception as error:  # whatever it is, the cell has failed
            self.n_failed += 1
            print('not ok %d - %s' % (self.number, name))
            if not isinstance(error, AssertionError):
                for line in traceback.format_exc().splitlines():
                    note(line)
            for line in str(error).splitlines():
                note(line)
            return False
        print('ok %d - %s' % (self.number, name), flush=True)
        return True


def print_table(results):
    """@results: (client, model, case): [(reason or None, whether it went well)]"""
    width = max(len(case) for case in CASES)
    note(' ' * 26 + ' '.join(case.ljust(width) for case in CASES))
    for client in CLIENTS:
        for model in MODELS:
            marks = []
            for case in CASES:
                cells = results.get((client.NAME, model, case), [])
                mark = '✓'
                if not cells:
                    mark = ''
                elif not all(is_good for _reason, is_good in cells):
                    mark = '✗'
                elif cells[0][0]:
                    reasons = [row['reason'] for row in REASONS]
                    mark = '~%d' % (reasons.index(cells[0][0]) + 1)
                marks.append(mark.ljust(width))
            note(('%s × %s' % (client.NAME, model)).ljust(26) + ' '.join(marks).rstrip())
    for number, row in enumerate(REASONS, 1):
        note('~%d  %s' % (number, row['reason']))


def run_pin(cell, pin):
    """The model's name says which way it goes, and stays what the client called it."""
    cell.pin = cell.api = pin
    text(cell)


def list_tests(stage, upstream):
    """(name, cell or None, what to do with it)"""
    modes = (False, True)
    tests = [('the check itself: ' + name, None, proof) for name, proof in PROOFS]
    for client in CLIENTS:
        for model in MODELS:
            for case, function in CASES.items():
                for stream in modes:
                    cell = Cell(stage, upstream, client, model, case, stream)
                    tests.append((cell.name, cell, function))
    for client in CLIENTS:
        for pin in PINS:
            for stream in modes:
                cell = Cell(stage, upstream, client, 'sim-all', 'text', stream)
                tests.append((cell.name.replace('sim-all', 'sim-all@' + pin), cell,
                              lambda cell, pin=pin: run_pin(cell, pin)))
    return tests


def run_cells(tap, tests, upstream):
    """(client, model, case): [(reason, whether it went well)]"""
    results = {}
    for name, cell, function in tests:
        is_good = tap.run(name, function, *([cell] if cell else []))
        if cell and '@' not in name:
            results.setdefault((cell.client.NAME, cell.model, cell.case), []).append(
                (cell.reason, is_good))
        if cell and not is_good:
            upstream.read()  # the next cell begins with nothing behind it
    return results


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    words = sys.argv[3:]
    start = time.monotonic()
    stage = Stage(sys.argv[1:3])
    try:
        facts = stage.simulate(make_scenario())
        stage.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
        stage.start()
        upstream = Upstream(facts['url'])
        tests = [test for test in list_tests(stage, upstream)
                 if all(word in test[0] for word in words)]
        tap = Tap(len(tests) + 1)
        results = run_cells(tap, tests, upstream)
    except BaseException:
        stage.__exit__(*sys.exc_info())
        raise
    # Leaks are told at the end.
    tap.run('the programs end without an alarm', stage.__exit__, None, None, None)
    print_table(results)
    note('%d tests in %.1f s, %d failed' % (tap.number, time.monotonic() - start, tap.n_failed))
    sys.exit(1 if tap.n_failed else 0)


if __name__ == '__main__':
    main()
