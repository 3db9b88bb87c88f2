# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Completion in real shells: at a terminal of their own, somebody types words and presses the key."""

import os
import pty
import re
import select
import subprocess
import termios
import time

LIMIT = 60
PROMPT = 'ready> '


class Terminal:
    """A shell in which somebody types."""

    def __init__(self, arguments, environment, folder):
        self.screen = ''
        self.main, side = pty.openpty()
        attributes = termios.tcgetattr(side)
        termios.tcsetwinsize(side, (24, 200))
        termios.tcsetattr(side, termios.TCSANOW, attributes)
        self.process = subprocess.Popen(arguments, stdin=side, stdout=side, stderr=side, cwd=folder,
                                        env=environment | {'TERM': 'dumb'}, start_new_session=True)
        os.close(side)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.process.kill()
        self.process.wait()
        os.close(self.main)

    def read_until(self, pattern):
        """What is on the screen once @pattern is."""
        end = time.monotonic() + LIMIT
        while not re.search(pattern, self.screen):
            assert time.monotonic() < end, 'no %r on the screen:\n%s' % (pattern, self.screen)
            if select.select([self.main], [], [], 1)[0]:
                text = os.read(self.main, 65536).decode(errors='replace')
                self.screen += re.sub('\x1b\\[[0-9;?]*[a-zA-Z]|\x07|\r', '', text)
        return self.screen

    def type(self, text):
        self.screen = ''
        os.write(self.main, text.encode())

    def complete(self, typed, pattern):
        """Types a line, presses the key, and waits for @pattern. The line is thrown away afterwards."""
        self.type(typed)
        self.read_until(re.escape(typed[-8:]))
        self.type('\t')
        screen = self.read_until(pattern)
        self.type('\x15')
        self.type('\n')
        self.read_until(re.escape(PROMPT))
        return screen


def bash(environment, folder):
    start = os.path.join(folder, 'bashrc')
    with open(start, 'w', encoding='utf-8') as file:
        file.write('. /usr/share/bash-completion/bash_completion\nPS1="%s"\nbind "set enable-bracketed-paste off"\n'
                   'bind "set show-all-if-ambiguous on"\nbind "set page-completions off"\n' % PROMPT)
    return Terminal(['bash', '--rcfile', start, '-i'], environment, folder)


def zsh(environment, folder, functions):
    with open(os.path.join(folder, '.zshrc'), 'w', encoding='utf-8') as file:
        file.write('fpath=(%s $fpath)\nautoload -Uz compinit\ncompinit -u -d "$ZDOTDIR/dump"\nPS1="%s"\n'
                   'unsetopt zle_bracketed_paste prompt_sp 2>/dev/null\nunset zle_bracketed_paste\n'
                   'setopt list_ambiguous\nLISTMAX=500\n' % (functions, PROMPT))
    return Terminal(['zsh', '-i'], environment | {'ZDOTDIR': folder}, folder)


def fish(line, environment, folder):
    """What fish offers for @line, as its own command tells: {word: description}."""
    done = subprocess.run(['fish', '--no-config', '-c',
                           'set -p fish_complete_path $argv[1]; complete -C $argv[2]',
                           os.path.join(environment['XDG_DATA_DIRS'].split(':')[0], 'fish', 'vendor_completions.d'),
                           line],
                          env=environment, cwd=folder, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0 and done.stderr == '', done
    return dict((row + '\t').split('\t')[:2] for row in done.stdout.splitlines())
