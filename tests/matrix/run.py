#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Every client × every kind of model × every case × streamed and whole, through the real program:
run.py JUMPSEAT SIMULATOR_PROGRAM [WORD…]

Prints TAP and the tables: a line for each cell of the matrix, of the other accounts one for each
client and model. The WORDs choose cells whose name holds them all."""

import sys
import time
import traceback

import chat_client
import messages_client
import ollama_client
import responses_client
from cases import CASES, FAILURE_CASES
from cell import Cell, Upstream
from inexact import REASONS
from proof import PROOFS
from scenario import make_catalogue, make_matrix, make_quirks
from stage import Stage, note

CLIENTS = (chat_client, responses_client, messages_client, ollama_client)
MODES = (False, True)
PIN_CASES = ('text', 'reasoning')


def attempt(function, *arguments):
    """What went wrong, "" for nothing."""
    try:
        function(*arguments)
    except AssertionError as error:
        return str(error) or 'failed'
    except Exception:  # whatever it is, the cell has failed
        return traceback.format_exc()
    return ''


class Tap:
    """One line for each test, and how many failed."""

    def __init__(self, count):
        self.number, self.n_failed = 0, 0
        print('1..%d' % count, flush=True)

    def tell(self, name, problem):
        self.number += 1
        self.n_failed += bool(problem)
        print('%s %d - %s' % ('not ok' if problem else 'ok', self.number, name), flush=True)
        for line in problem.splitlines():
            note(line)


def list_cells(account):
    cells = []
    for client in CLIENTS:
        for model in account.models:
            for case in CASES:
                if case in FAILURE_CASES and not account.has_failures:
                    continue
                if case == 'image' and not model.sees:
                    continue
                cells += [Cell(account, client, model, case, stream) for stream in MODES]
    models = {model.name: model for model in account.models}
    for client in CLIENTS:
        for name, pin in account.pins:
            cells += [Cell(account, client, models[name], case, stream, pin) for case in PIN_CASES
                      for stream in MODES]
    return cells


def group(account, cells):
    """{name of a test: its cells}"""
    groups = {}
    for cell in cells:
        name = cell.name if account.has_failures else '%s: %s × %s' % (
            account.name, cell.client.NAME, cell.asked)
        groups.setdefault(name, []).append(cell)
    return groups


def run_group(name, cells, results):
    problems = []
    for cell in cells:
        problem = attempt(CASES[cell.case], cell)
        results.setdefault((cell.client.NAME, cell.asked, cell.case), []).append(
            (cell.reason, not problem))
        if problem:
            problems += [cell.name] if cell.name != name else []
            problems.append(problem)
            cell.upstream.read()  # the next cell begins with nothing behind it
    return '\n'.join(problems)


def run_account(tap, account, groups):
    """{(client, model as asked for, case): [(reason, whether it went well)]}"""
    results = {}
    stage = Stage(sys.argv[1:3])
    try:
        facts = stage.simulate(account.scenario)
        stage.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
        # Each question goes up once, so that its answer is that of the one call.
        stage.write_settings('[retries]\nattempts=1\n')
        stage.start()
        upstream = Upstream(facts['url'])
        for name, cells in groups.items():
            for cell in cells:
                cell.stage, cell.upstream = stage, upstream
            tap.tell(name, run_group(name, cells, results))
    except BaseException:
        stage.__exit__(*sys.exc_info())
        raise
    # Leaks are told at the end.
    tap.tell(account.name + ': the programs end without an alarm',
             attempt(stage.__exit__, None, None, None))
    return results


def mark_of(cells):
    if not cells:
        return ''
    if not all(is_good for _reason, is_good in cells):
        return '✗'
    reasons = [row['reason'] for row in REASONS]
    return '~%d' % (reasons.index(cells[0][0]) + 1) if cells[0][0] else '✓'


def print_table(name, results):
    cases = [case for case in CASES if any(key[2] == case for key in results)]
    rows = {(client, model): None for client, model, _case in results}
    wide = max(len('%s × %s' % row) for row in rows) + 2
    note('')
    note(name.ljust(wide) + '  '.join(cases))
    for row in rows:
        marks = [mark_of(results.get((*row, case))).ljust(len(case)) for case in cases]
        note(('%s × %s' % row).ljust(wide) + '  '.join(marks).rstrip())


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    words = sys.argv[3:]
    start = time.monotonic()

    def is_wanted(name):
        return all(word in name for word in words)

    proofs = [proof for proof in PROOFS if is_wanted('the check itself: ' + proof[0])]
    accounts = []
    for account in (make_matrix(), make_quirks(), make_catalogue()):
        cells = [cell for cell in list_cells(account) if is_wanted(cell.name)]
        if cells:
            accounts.append((account, group(account, cells)))
    tap = Tap(len(proofs) + sum(len(groups) + 1 for _account, groups in accounts))
    for name, proof in proofs:
        tap.tell('the check itself: ' + name, attempt(proof))
    tables = [(account.name, run_account(tap, account, groups)) for account, groups in accounts]
    for name, results in tables:
        print_table(name, results)
    for number, row in enumerate(REASONS, 1):
        note('~%d  %s' % (number, row['reason']))
    note('%d tests in %.1f s, %d failed' % (tap.number, time.monotonic() - start, tap.n_failed))
    sys.exit(1 if tap.n_failed else 0)


if __name__ == '__main__':
    main()
