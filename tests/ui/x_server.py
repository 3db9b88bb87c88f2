# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""An X server without a screen, for the tests that draw."""

import select
import subprocess
import tempfile

LIMIT = 30


class XServer:
    """Xvfb on the first display that is free. @size: width, height and depth, as in 1280x900x24."""

    def __init__(self, size, environment=None):
        self.said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            ['Xvfb', '-displayfd', '1', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'], env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.said)
        self.display = ':' + self.read_number()
        if self.display == ':':
            raise AssertionError('Xvfb did not start: ' + self.words())

    def read_number(self):
        """The whole line: Xvfb writes the number and the end of the line one after the other, and ends with
        "Cannot write display number to fd" when the pipe is closed in between."""
        ready, _, _ = select.select([self.process.stdout], [], [], LIMIT)
        return self.process.stdout.readline().decode().strip() if ready else ''

    def words(self):
        """How it ended, where it has, and what it said."""
        self.said.seek(0)
        return '%s, "%s"' % (self.process.poll(), self.said.read().decode('utf-8', 'replace').strip()[-600:])

    def check(self):
        """Raises where it has ended."""
        assert self.process.poll() is None, 'the X server ended: ' + self.words()

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(LIMIT)
        self.process.stdout.close()
        self.said.close()
