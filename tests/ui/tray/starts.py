# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Starts on a busy machine: the icon has to come each time. (An indicator that is made before the
process is on the bus never shows one, about once in three starts.)"""

import subprocess
import sys

from tray_desk import TrayDesk, Watcher
from screen_desk import LIMIT, is_sanitized, main, note

BUSY = 'import time\nend = time.monotonic() + %d\nwhile time.monotonic() < end: pass\n'
N_BUSY = 4
MOST_SECONDS = 100  # the busy ones end by themselves, whatever becomes of the test


def every_start_registers(programs):
    n_starts = 5 if is_sanitized(programs[0]) else 20
    with TrayDesk(programs) as desk:
        watcher = Watcher(desk)
        load = [subprocess.Popen([sys.executable, '-c', BUSY % MOST_SECONDS])
                for _ in range(N_BUSY)]
        try:
            for number in range(1, n_starts + 1):
                program = desk.open('--demo', '--hidden')
                desk.item(watcher, number).click('Quit')
                assert desk.wait_end(program) == 0, program.err
        finally:
            for process in load:
                process.terminate()
                process.wait(LIMIT)
            note('%d/%d starts registered' % (len(watcher.items), n_starts))
        assert len(watcher.items) == n_starts


if __name__ == '__main__':
    main([every_start_registers])
