# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What the checks have in common: which files there are, C without its comments, reporting."""

import os
import re
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))


def all_files(root=ROOT):
    """Every file of the project, tracked or about to be, as paths from the root."""
    try:
        done = subprocess.run(['git', 'ls-files', '--cached', '--others', '--exclude-standard'],
                              cwd=root, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True)
        names = done.stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        # Not a git checkout, such as an unpacked archive.
        names = []
        for folder, folders, files in os.walk(root):
            folders[:] = [name for name in folders
                          if not name.startswith(('build', '.git', 'node_modules'))]
            names += [os.path.relpath(os.path.join(folder, name), root) for name in files]
    return sorted(name for name in set(names) if os.path.isfile(os.path.join(root, name)))


def c_files(*folders):
    """The .c and .h files below @folders, or all."""
    return [name for name in all_files() if name.endswith(('.c', '.h')) and
            (not folders or name.startswith(tuple(folder + '/' for folder in folders)))]


def read(name):
    with open(os.path.join(ROOT, name), encoding='utf-8') as file:
        return file.read()


TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def without_comments(text):
    """@text with comments and the insides of strings blanked, lines and columns kept."""
    def blank(match):
        word = match.group(0)
        if word[0] in '"\'':
            return word[0] + ' ' * (len(word) - 2) + word[0]
        return re.sub(r'[^\n]', ' ', word)
    return TOKEN.sub(blank, text)


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def main(title, check, self_test):
    """Runs a check as a program. @check returns (problems, how many things were looked at)."""
    if sys.argv[1:] == ['--self-test']:
        self_test()
        return 0
    problems, count = check()
    for problem in problems:
        print(problem)
    if problems:
        print('%s: %d problems' % (title, len(problems)))
        return 1
    print('%s: %s fine' % (title, count))
    return 0
