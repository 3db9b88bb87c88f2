#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Cases that take too long, or end in a bad way, say where and why."""

import contextlib
import io
import os
import signal
import sys
import time

sys.dont_write_bytecode = True

from screen_desk import run_screen_cases  # noqa: E402

NO_PROGRAMS = (os.devnull, os.devnull)


def wait_for_ever():
    while True:
        try:
            time.sleep(60)
        except Exception:  # noqa: BLE001: as Tree.wait does
            pass


def play(case):
    """What is printed of @case, which fails."""
    with contextlib.redirect_stdout(io.StringIO()) as told:
        assert run_screen_cases([case], NO_PROGRAMS, limit=1) == 1
    return told.getvalue()


def a_case_that_takes_too_long(_programs):
    def waits_for_ever(_programs):
        wait_for_ever()

    told = play(waits_for_ever)
    for words in ('not ok 1 - waits for ever', 'took longer than 1 s', 'time.sleep(60)', 'test_limits.py'):
        assert words in told, told


def a_case_that_says_nothing(_programs):
    def leaves(_programs):
        os._exit(3)

    def is_killed(_programs):
        os.kill(os.getpid(), signal.SIGKILL)

    assert 'ended with status 3 and said nothing' in play(leaves)
    assert 'ended by signal 9' in play(is_killed)


def what_is_left_behind_is_ended(_programs):
    reader, writer = os.pipe()

    def leaves_a_process(_programs):
        if os.fork() == 0:
            wait_for_ever()
        os._exit(3)

    play(leaves_a_process)
    os.close(writer)
    with os.fdopen(reader, 'rb') as pipe:
        assert pipe.read() == b''  # comes when nobody has the other end any more


if __name__ == '__main__':
    from screen_desk import run_cases
    sys.exit(1 if run_cases([a_case_that_takes_too_long, a_case_that_says_nothing,
                             what_is_left_behind_is_ended], ()) else 0)
