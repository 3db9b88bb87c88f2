# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What sanitizers print: what they have found, and that the leak checker could not look.

At a program's end LeakSanitizer stops all threads, from a helper of its own. Where that does not work
(it could not attach to a thread, or fell over one that was ending) it says so and ends the program with
the exit code that findings have. Nothing was found then: leaks were not looked at, this once."""

import os
import re

FINDING = re.compile(r'.*(?:\w+Sanitizer(?::| has)|runtime error:).*')
GAVE_UP = 'LeakSanitizer has encountered a fatal error'
# Whole lines that belong to giving up, and to nothing else.
GIVING_UP = re.compile(
    r'(?:==\d+==)?(?:%s\.'
    r'|HINT: For debugging, try setting environment variable LSAN_OPTIONS=verbosity=1:log_threads=1'
    r'|HINT: LeakSanitizer does not work under ptrace \(strace, gdb, etc\)'
    r'|Tracer caught signal \d+: addr=\S+ pc=\S+ sp=\S+)\s*' % GAVE_UP)
NOT_LOOKED_AT = 'leaks were not looked at: the leak checker could not stop the threads'
LINES = 24  # enough for a sanitizer's first stack


class LostCode(int):
    """The exit code of a program whose end the leak checker has spoiled: it could have been any."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = int.__hash__

    def __repr__(self):
        return 'lost'

    __str__ = __repr__


def belongs_to_giving_up(line):
    return GIVING_UP.fullmatch(line) is not None


def without_giving_up(text):
    """(what else stands in @text, whether the leak checker gave up)"""
    if GAVE_UP not in text:
        return text, False
    rest = [line for line in text.splitlines(keepends=True)
            if not belongs_to_giving_up(line.rstrip('\n'))]
    return ''.join(rest), True


def finding(text):
    """The first thing that a sanitizer has found in @text, shortened, with its summary; None without one."""
    text, _gave_up = without_giving_up(text)
    start = FINDING.search(text)
    if start is None:
        return None
    lines = text[start.start():].splitlines()
    summary = [line for line in lines[LINES:] if line.startswith('SUMMARY: ')]
    return '\n'.join(lines[:LINES] + summary[:1])


def codes_of_giving_up():
    """The exit codes that a sanitizer's own end has."""
    return {1} | {int(code) for code in re.findall(r'\bexitcode=(\d+)', os.environ.get('ASAN_OPTIONS', 'exitcode=99'))}


def true_code(code, text, gave_up):
    """The exit code @code of a program that printed @text; lost when only the leak checker made it."""
    if gave_up and code in codes_of_giving_up() and finding(text) is None:
        return LostCode(code)
    return code
