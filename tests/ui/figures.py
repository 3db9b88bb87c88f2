#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What tray and window cost: memory of their own, wake-ups when idle and hidden, time to the icon.
Printed; only what is many times too much fails, since machines are noisy.

usage: tests/ui/figures.py JUMPSEAT SIMULATOR_PROGRAM"""

import os
import re
import time

from screen_desk import ScreenDesk, is_sanitized, main, note, settle, wait_until
from tree import Tree

IDLE_SECONDS = 30
DEMO = 'io.github.jumpseat.Jumpseat.Demo'


def private_memory(pid):
    """Bytes that no other process shares (smaps_rollup)."""
    with open('/proc/%d/smaps_rollup' % pid, encoding='ascii') as file:
        text = file.read()
    return sum(int(number) * 1024 for number in re.findall(r'^Private_\w+:\s+(\d+) kB', text, re.M))


def resident_memory(pid):
    with open('/proc/%d/status' % pid, encoding='ascii') as file:
        return int(re.search(r'VmRSS:\s+(\d+)', file.read()).group(1)) * 1024


def wakeups(pid):
    """How often any of its threads began to run after waiting."""
    count = 0
    for thread in os.listdir('/proc/%d/task' % pid):
        with open('/proc/%d/task/%s/status' % (pid, thread), encoding='ascii') as file:
            count += int(re.search(r'^voluntary_ctxt_switches:\s+(\d+)', file.read(), re.M).group(1))
    return count


def memory_and_idling(programs):
    with ScreenDesk(programs) as desk:
        process = desk.open('--demo')
        tree = Tree(desk)
        tree.find('frame')
        settle(2)
        note('memory with window: %.1f MB of its own, %.1f MB resident' % (
            private_memory(process.pid) / 1e6, resident_memory(process.pid) / 1e6))
        own = private_memory(process.pid)
        desk.act('hide-window', app_id=DEMO)
        settle(3)
        before = wakeups(process.pid)
        settle(IDLE_SECONDS)
        after = wakeups(process.pid)
        note('wake-ups in %d s, hidden and idle: %d' % (IDLE_SECONDS, after - before))
        if not is_sanitized(desk.jumpseat):
            assert own < 2 * 60e6, own
        assert after - before < 4 * IDLE_SECONDS, after - before
        desk.finish(process)


if __name__ == '__main__':
    main([memory_and_idling])
