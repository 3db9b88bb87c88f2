#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Kept texts of sanitizers: what was found is never taken for a leak checker that gave up, and the other
way round; and whatever makes a case fail has its reason told."""

import contextlib
import io
import os
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')

from desk import Desk, run_cases  # noqa: E402
from reports import finding, true_code, without_giving_up  # noqa: E402

GAVE_UP = '''==29899==LeakSanitizer has encountered a fatal error.
==29899==HINT: For debugging, try setting environment variable LSAN_OPTIONS=verbosity=1:log_threads=1
==29899==HINT: LeakSanitizer does not work under ptrace (strace, gdb, etc)
'''
FELL_OVER = 'Tracer caught signal 11: addr=0x7f41a4dff910 pc=0x55d0c1b2 sp=0x7f41acffec90\n' + GAVE_UP
LEAKS = '''
=================================================================
==4711==ERROR: LeakSanitizer: detected memory leaks

Direct leak of 24 byte(s) in 1 object(s) allocated from:
    #0 0x55e7 in malloc (/build/app/jumpseat+0x1)
    #1 0x7f12 in g_malloc (/lib/libglib-2.0.so.0+0x5a)
    #2 0x55e8 in main app/main.c:12

SUMMARY: AddressSanitizer: 24 byte(s) leaked in 1 allocation(s).
'''
OVERFLOW = '''=================================================================
==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x1 bp 0x2 sp 0x3
READ of size 8 at 0x602000000010 thread T0
    #0 0x55e8 in main app/main.c:12
SUMMARY: AddressSanitizer: heap-use-after-free app/main.c:12 in main
'''
UNDEFINED = 'app/main.c:12:7: runtime error: signed integer overflow: 2147483647 + 1 cannot be represented\n'
OTHER = '==4711==LeakSanitizer has had a bad day.\n'
PLAIN = 'GLib-GIO-Message: Using the memory backend\n'

BAD_PROGRAM = '''#!/bin/sh
printf '%%s' '%s' >&2
exit %d
'''


def giving_up_is_no_finding(_programs):
    for text in (GAVE_UP, FELL_OVER, PLAIN + GAVE_UP + PLAIN):
        rest, gave_up = without_giving_up(text)
        assert gave_up and finding(text) is None, text
        assert 'Sanitizer' not in rest and 'Tracer' not in rest, rest
        assert rest == PLAIN * text.count(PLAIN), rest
    assert without_giving_up(PLAIN) == (PLAIN, False)


def findings_are_found(_programs):
    for text in (LEAKS, OVERFLOW, UNDEFINED, OTHER):
        for around in ('%s', PLAIN + '%s', GAVE_UP + '%s', '%s' + GAVE_UP, PLAIN + '%s' + FELL_OVER):
            report = finding(around % text)
            assert report is not None and 'fatal error' not in report, around % text
    assert 'SUMMARY' in finding(LEAKS.replace('    #2', '    #1 x\n' * 40 + '    #2'))


def only_a_code_of_giving_up_is_lost(_programs):
    assert true_code(99, '', True) == 0 and true_code(99, '', True) == 3
    assert not true_code(99, '', True) != 0
    for code, text, gave_up in ((99, '', False), (99, LEAKS, True), (99, UNDEFINED, True), (-11, '', True),
                                (3, '', True)):
        assert true_code(code, text, gave_up) != 0, (code, text, gave_up)
    assert true_code(0, '', True) == 0


def programs_on_a_desk(_programs):
    for text, code, passes in ((GAVE_UP, 99, True), (FELL_OVER, 99, True), (LEAKS, 99, False),
                               (GAVE_UP + OVERFLOW, 99, False), (GAVE_UP, 66, False), ('', 99, False)):
        with Desk(('', '')) as desk, contextlib.redirect_stdout(io.StringIO()) as told:
            desk.jumpseat = os.path.join(desk.root, 'program')
            with open(desk.jumpseat, 'w', encoding='utf-8') as file:
                file.write(BAD_PROGRAM % (text, code))
            os.chmod(desk.jumpseat, 0o700)
            process = desk.spawn()
            for result in (desk.run(), process.end()):
                assert (result.code == 0) is passes, (text, code, result.code)
                assert (finding(result.err) is None) is (text in (GAVE_UP, FELL_OVER, '')), result
            assert process.has_failed() is not passes
        assert told.getvalue().count('not looked at') == 2 * ('fatal' in text), told.getvalue()


def a_failure_tells_its_reason(_programs):
    def bare(_programs):
        assert sys is None

    def multiple(_programs):
        try:
            raise ValueError('one\ntwo')
        finally:
            bare(())

    for case, words in ((bare, ('# AssertionError: (says no more)', 'test_reports.py', 'assert sys is None')),
                        (multiple, ('#   two', '# after this', 'ValueError: one', 'assert sys is None'))):
        with contextlib.redirect_stdout(io.StringIO()) as told:
            assert run_cases([case], ()) == 1
        for word in words:
            assert word in told.getvalue(), (word, told.getvalue())


def logs_are_counted(_programs):
    subprocess.run([sys.executable, os.path.join(ROOT, 'scripts', 'count-tests'), '--self-test'], check=True,
                   stdout=subprocess.DEVNULL)


if __name__ == '__main__':
    sys.exit(1 if run_cases([giving_up_is_no_finding, findings_are_found, only_a_code_of_giving_up_is_lost,
                             programs_on_a_desk, a_failure_tells_its_reason, logs_are_counted], ()) else 0)
