#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Where the sign-in goes, with every kind of keyring that a desktop may have or lack. Whatever the
keyring does, the window comes, and the service answers all the time.

usage: tests/ui/keyring/walk_keyring.py JUMPSEAT SIMULATOR_PROGRAM [WORD]"""

import os
import re
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..'))

from screen_desk import LIMIT, ScreenDesk, fetch, main, patience, visit, wait_until  # noqa: E402
from tree import Tree  # noqa: E402

SCENARIO = {'account': {'kind': 'pro', 'login': 'octocat'},
            'device': {'pending': -1, 'interval': 1}, 'models': 'default'}
CODE = re.compile(r'\b[A-Z0-9]{4}-[A-Z0-9]{4}\b')
SERVICES = '/usr/share/dbus-1/services'
KEYRING = 'org.freedesktop.secrets'
PROMPTERS = ('org.gnome.keyring.SystemPrompter', 'org.gnome.keyring.PrivatePrompter')
COLLECTION = '/org/freedesktop/secrets/collection/login'
PASSWORD = 'pw'
IN_KEYRING, IN_FILE = 'kept in your desktop’s keyring', 'kept in a file that only you can read'
START_LIMIT = 25   # seconds from the start to the window
STORE_LIMIT = 25   # seconds from GitHub's yes to "You Are Ready"
ANSWER_LIMIT = 2   # seconds for the slowest answer of /health


def busy_seconds(process, thread):
    """How long a thread has run, or waited for a processor to run on."""
    with open('/proc/%d/task/%d/schedstat' % (process, thread), encoding='ascii') as file:
        ran, waited = file.read().split()[:2]
    return (int(ran) + int(waited)) / 1e9


class Pulse(threading.Thread):
    """Asks /health all the time; knows the slowest answer. What a busy machine makes of it does not count, only the
    time in which the program's main loop had nothing to do but did not answer."""

    def __init__(self, url, pid):
        super().__init__(daemon=True)
        self.url, self.pid = url, pid
        self.done, self.slowest, self.asked = threading.Event(), 0, 0
        self.failures = []
        self.start()

    def run(self):
        while not self.done.wait(0.05):
            begin = time.monotonic() - self.busy()
            try:
                status, _ = fetch(self.url + '/health')
            except OSError as error:
                status = error
            if status != 200:
                self.failures.append(status)
            self.slowest = max(self.slowest, time.monotonic() - self.busy() - begin)
            self.asked += 1

    def busy(self):
        """Of the program's main loop and of who asks."""
        return busy_seconds(self.pid, self.pid) + busy_seconds(os.getpid(), threading.get_native_id())

    def check(self, factor):
        self.done.set()
        self.join(LIMIT)
        assert self.asked > 5 and not self.failures, (self.asked, self.failures)
        assert self.slowest < ANSWER_LIMIT * factor, 'an answer took %.1f s' % self.slowest


class KeyringDesk(ScreenDesk):
    """A desk with its choice of services on the bus. @backend: secrets.backend"""
    # Parts of D-Bus replies that libsecret 0.20 forgets: made by GIO's thread, so libsecret is not in
    # their stack. Our own code sees no such reply here.
    leaks_of_libraries = ('g_variant_builder_end', 'g_variant_new_object_path')

    def __init__(self, programs, services=(), backend='auto', **extra):
        super().__init__(programs, JUMPSEAT_SECRETS=backend, **extra)
        self.factor = patience(programs)
        for name in services:
            file = name + '.service'
            os.symlink(os.path.join(SERVICES, file), os.path.join(self.root, 'services', file))
        if services:
            self.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.ReloadConfig')
        self.facts = self.simulate(SCENARIO)
        self.write_settings('[server]\nopen_browser=false\n')

    def call(self, name, path, method, *arguments):
        return subprocess.run(['gdbus', 'call', '--session', '-d', name, '-o', path, '-m', method,
                               *arguments], env=self.environment, check=True, timeout=LIMIT,
                              stdout=subprocess.PIPE, text=True).stdout

    def unlock_keyring(self):
        """The daemon as the login starts it: with a keyring of its own that is open."""
        daemon = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock',
                                   '--components=secrets'], env=self.environment, cwd=self.root,
                                  stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        self.helpers.append(daemon)
        daemon.stdin.write(PASSWORD.encode())
        daemon.stdin.close()
        # Asked for itself before it is there, the bus would start another one, which stays locked.
        wait_until(lambda: 'true' in self.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner',
                                               KEYRING), 'the keyring is there', step=0.1)
        wait_until(lambda: 'login' in self.call(KEYRING, '/org/freedesktop/secrets',
                                                'org.freedesktop.DBus.Properties.Get',
                                                'org.freedesktop.Secret.Service', 'Collections'),
                   'the keyring is open', step=0.1)

    def lock_keyring(self):
        self.call(KEYRING, '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock',
                  "['%s']" % COLLECTION)

    def window_title(self):
        done = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^Jumpseat$'],
                              env=self.environment, stdout=subprocess.PIPE, timeout=LIMIT, check=False)
        return done.stdout.strip()

    def start_program(self):
        begin = time.monotonic()
        self.program = self.open()
        self.pulse = Pulse(self.url, self.program.pid)
        wait_until(self.window_title, 'the window', START_LIMIT * self.factor, step=0.05)
        assert time.monotonic() - begin < START_LIMIT * self.factor
        return self

    def sign_in(self):
        """As far as GitHub's yes."""
        self.tree = Tree(self)
        self.act('sign-in')
        self.dialog = self.tree.find('dialog')
        self.authorize(self.tree.wait(self.find_code, 'a code in the dialog'))

    def find_code(self):
        for label in self.tree.all('label', inside=self.dialog):
            found = CODE.search(self.tree.text(label) or label.get_name() or '')
            if found:
                return found.group(0)
        return None

    def authorize(self, code):
        visit(self.facts, code)

    def says(self, *words):
        def shown():
            text = self.tree.dump(self.dialog)
            return all(word in text for word in words)
        self.tree.wait(shown, 'the dialog says %r' % (words,), STORE_LIMIT * self.factor)

    def leave(self):
        self.pulse.check(self.factor)
        self.finish(self.program)

    def secret_files(self):
        folder = os.path.join(self.root, 'data', 'jumpseat', 'secrets')
        names = os.listdir(folder) if os.path.isdir(folder) else []
        for name in names:
            mode = os.stat(os.path.join(folder, name)).st_mode & 0o777
            assert mode == 0o600, (name, oct(mode))
        return names


def sign_in_into(desk, words, has_file):
    desk.start_program()
    desk.sign_in()
    desk.says('You Are Ready', 'octocat', words)
    assert bool(desk.secret_files()) == has_file, desk.secret_files()
    desk.leave()


def no_secret_service_on_the_bus(programs):
    with KeyringDesk(programs) as desk:
        sign_in_into(desk, IN_FILE, True)


def no_bus_at_all(programs):
    with KeyringDesk(programs) as desk:
        desk.environment['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent'
        desk.start_program()
        # Nothing of AT-SPI without a bus: the command line drives the same sign-in.
        login = desk.spawn('login')
        desk.authorize(login.wait_for('Enter code: ').split(': ', 1)[1])
        login.wait_for('Signed in as octocat.')
        assert login.end().code == 0
        assert 'Secret store: file\n' in desk.run('status').out
        assert desk.secret_files()
        desk.pulse.check(desk.factor)
        assert desk.run('logout').code == 0


def no_keyring_yet(programs):
    with KeyringDesk(programs, [KEYRING]) as desk:
        sign_in_into(desk, IN_FILE, True)


def locked_and_nobody_to_ask(programs):
    with KeyringDesk(programs, [KEYRING]) as desk:
        desk.unlock_keyring()
        desk.lock_keyring()
        sign_in_into(desk, IN_FILE, True)


def locked_until_somebody_types_the_password(programs):
    with KeyringDesk(programs, [KEYRING, *PROMPTERS]) as desk:
        desk.unlock_keyring()
        desk.lock_keyring()
        desk.start_program()
        desk.sign_in()
        desk.says('put into your keyring')
        wait_until(lambda: subprocess.run(
            ['xdotool', 'search', '--onlyvisible', '--class', 'gcr-prompter'],
            env=desk.environment, stdout=subprocess.DEVNULL, check=False).returncode == 0,
            'the window that asks for the password', step=0.1)
        # The program draws and answers while the keyring waits for its person.
        asked = desk.pulse.asked
        desk.act('show-page', "'settings'")
        desk.tree.find('text', 'Find a setting', limit=10 * desk.factor)
        wait_until(lambda: desk.pulse.asked > asked + 20, 'twenty answers', step=0.05)
        assert desk.tree.all('dialog'), 'the dialog is gone'
        desk.type(*PASSWORD, 'Return')
        desk.says('You Are Ready', 'octocat', IN_KEYRING)
        assert not desk.secret_files()
        desk.leave()


def the_file_because_it_was_asked_for(programs):
    with KeyringDesk(programs, [KEYRING], 'file') as desk:
        desk.unlock_keyring()
        sign_in_into(desk, IN_FILE, True)


def an_open_keyring(programs):
    with KeyringDesk(programs, [KEYRING]) as desk:
        desk.unlock_keyring()
        sign_in_into(desk, IN_KEYRING, False)


CASES = [no_secret_service_on_the_bus, no_bus_at_all, no_keyring_yet, locked_and_nobody_to_ask,
         locked_until_somebody_types_the_password, the_file_because_it_was_asked_for, an_open_keyring]

if __name__ == '__main__':
    main(CASES)
