#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What tray and window cost: memory of their own, wake-ups when idle and hidden, time to the icon.
Printed; only what is many times too much fails, since machines are noisy.

usage: tests/ui/figures.py JUMPSEAT SIMULATOR_PROGRAM"""

import os
import re
import time

from tray_desk import Notices, TrayDesk, Watcher
from screen_desk import is_sanitized, main, note, settle

IDLE_SECONDS = 30
N_STARTS = 5
MEGABYTE = 1e6


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
    with TrayDesk(programs) as desk:
        watcher, notices = Watcher(desk), Notices(desk)
        program = desk.open('--demo')
        item = desk.item(watcher)
        desk.wait(desk.windows, 'the window')
        settle(2)
        own = private_memory(program.pid)
        note('tray and window: %.1f MB of their own, %.1f MB resident' % (
            own / MEGABYTE, resident_memory(program.pid) / MEGABYTE))
        desk.close_window()
        desk.wait(lambda: notices.find('still running') and not desk.windows(), 'a hidden window')
        settle(3)
        before = wakeups(program.pid)
        settle(IDLE_SECONDS)
        count = wakeups(program.pid) - before
        note('hidden and idle: %d wake-ups in %d s (one look at the clock each 30 s belongs to the '
             'token)' % (count, IDLE_SECONDS))
        note('hidden: %.1f MB of its own' % (private_memory(program.pid) / MEGABYTE))
        item.click('Quit')
        assert desk.wait_end(program) == 0
        assert is_sanitized(programs[0]) or own < 2 * 60 * MEGABYTE, own
        assert count < 2 * IDLE_SECONDS, count


def time_to_the_icon(programs):
    times = []
    with TrayDesk(programs) as desk:
        watcher = Watcher(desk)
        for number in range(1, N_STARTS + 1):
            started = time.monotonic()
            program = desk.spawn('--demo', '--hidden')
            item = desk.item(watcher, number)
            times.append(time.monotonic() - started)
            item.click('Quit')
            assert desk.wait_end(program) == 0
    note('from start to icon: %s ms' % ', '.join('%d' % (1000 * t) for t in sorted(times)))


if __name__ == '__main__':
    main([memory_and_idling, time_to_the_icon])
