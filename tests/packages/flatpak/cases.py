# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What is seen of the Flatpak; each case returns a sentence that says so."""

import glob
import json
import os
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from installation import APP_ID, Installation, read_manifest  # noqa: E402
from desks import LIMIT, FlatpakDesk, FlatpakJourney, Portal, find_inside  # noqa: E402
from journey import Simulator, simulator_program  # noqa: E402
from tray_desk import Watcher  # noqa: E402

DEMO_ID = APP_ID + '.Demo'
STATES = ('ready', 'working', 'signed-out', 'attention', 'paused')
KEYRING = 'org.freedesktop.secrets'


def note(text):
    print('# ' + text, flush=True)


def megabytes(number):
    return '%.1f MB' % (number / 1e6)


def list_tree(folder):
    return sorted(os.path.relpath(os.path.join(path, name), folder)
                  for path, _, names in os.walk(folder) for name in names)


class Cases:
    def __init__(self, work, kept):
        self.work, self.kept = work, kept
        self.installation = Installation(work)
        self.app_folder = None  # of the journey, which the removal must leave, and then not leave

    def close(self):
        for process in subprocess.run(['flatpak', 'ps', '--columns=pid'], capture_output=True, text=True, check=False,
                                      env=self.installation.environment).stdout.split():
            assert not find_inside(int(process)), 'a program goes on running'

    def runtime(self):
        kept = os.path.join(self.kept, 'runtime') if self.kept else None
        if kept and os.path.isdir(kept):
            for name in ('repo', 'installation'):
                subprocess.run(['cp', '-al', os.path.join(kept, name), self.work], check=True)
            self.installation.call('flatpak', '--user', 'remote-modify', '--url=file://' +
                                   self.installation.repository, 'made-here')
            return 'a runtime of before'
        number = self.installation.make_runtime()
        if kept:
            os.makedirs(kept)
            for name in ('repo', 'installation'):
                subprocess.run(['cp', '-al', os.path.join(self.work, name), kept], check=True)
        return 'a runtime made of %d Debian packages' % number

    def build(self):
        self.installation.build()
        return 'flatpak-builder builds it inside the sandbox'

    def install(self):
        self.installation.install()
        note('installed: ' + megabytes(self.installation.installed_size()))
        shown = self.installation.call('flatpak', '--user', 'info', '--show-permissions', APP_ID)
        wanted = {argument.split('=', 1)[1] for argument in read_manifest()['finish-args']}
        found = set()
        for line in shown.splitlines():
            key, _, value = line.partition('=')
            found |= {key} if value == 'talk' else set(value.strip(';').split(';')) if value else set()
        # x11 stands beside fallback-x11 for old Flatpaks
        assert found - {'x11'} == wanted, (found, wanted)
        return 'installed, with the permissions of the manifest and no others'

    def exports(self):
        files = self.installation.exported()
        icons = {os.path.basename(name) for name in files if name.startswith('icons/')}
        for state in STATES:
            assert '%s-%s-symbolic.svg' % (APP_ID, state) in icons, (state, files)
            assert '%s-%s.png' % (APP_ID, state) in icons, (state, files)
        assert APP_ID + '.svg' in icons and APP_ID + '-symbolic.svg' in icons, files
        root = os.path.join(self.installation.user_dir, 'exports', 'share')
        for name in ('applications/%s.desktop', 'dbus-1/services/%s.service'):
            with open(os.path.join(root, name % APP_ID), encoding='utf-8') as file:
                text = file.read()
            assert 'flatpak run' in text and APP_ID in text, text
        strangers = [name for name in files if not os.path.basename(name).startswith(APP_ID) and
                     not name.endswith(('.cache', 'index.theme'))]  # those are Flatpak's own
        assert not strangers, strangers
        return 'the desktop sees menu entry, D-Bus service and every icon of the tray (%d files)' % len(files)

    def journey(self):
        home = self.installation.folder('home')
        with Simulator() as simulator:
            journey = FlatpakJourney(simulator, self.installation, home)
            try:
                journey.travel()
                health = subprocess.run(['curl', '-sS', '--noproxy', '*', journey.url + '/health'], check=True,
                                        capture_output=True, text=True, timeout=LIMIT).stdout
                assert health, 'curl got nothing'
                records = journey.kept_requests()
                # the clients are outside, where nobody can be seen
                strange = [record.get('process') for record in records if record.get('process')]
                assert not strange, strange
                journey.stop()
            finally:
                journey.abandon()
        self.app_folder = os.path.join(home, '.var', 'app', APP_ID)
        files = list_tree(self.app_folder)
        assert any(name.startswith('data/jumpseat/') and 'history' in name for name in files), files
        assert any(name.startswith('data/jumpseat/secrets/') for name in files), files
        strangers = [name for name in list_tree(home) if not name.startswith('.var/app/' + APP_ID)]
        assert not strangers, strangers
        return 'curl from outside is answered; sign-in, request and restart; all is kept in .var/app, in %d files' % (
            len(files))

    def instance(self):
        home = self.installation.folder('home')
        with Simulator() as simulator:
            journey = FlatpakJourney(simulator, self.installation, home)
            try:
                begun = time.monotonic()
                journey.start()
                note('answers %.1f s after flatpak run' % (time.monotonic() - begun))
                status = json.loads(journey.run('status', '--json').stdout)
                assert status['running'] and status['url'] == journey.url, status
                shown = journey.run('status').stdout
                assert journey.url in shown and 'pid' not in shown, shown
                again = journey.run('--no-gui')
                assert again.returncode == 0 and 'already running at ' + journey.url in again.stdout, again
                # a killed one leaves a file that nobody lives behind
                journey.abandon()
                journey.service = None
                journey.start()
                journey.stop()
            finally:
                journey.abandon()
        return 'a second start finds the first, commands from outside ask it, a killed one is not in the way'

    def desk(self, *options, **extra):
        return FlatpakDesk(self.installation, simulator_program(), options, **extra)

    def tray(self):
        with self.desk() as desk:
            watcher = Watcher(desk)
            begun = time.monotonic()
            program = desk.open('--demo', '--hidden')
            item = desk.item(watcher)
            note('the icon is there %.1f s after flatpak run' % (time.monotonic() - begun))
            name = APP_ID + '-ready-symbolic'
            desk.wait(lambda: item.get('IconName') == name, 'the icon by its name')
            # a folder inside the sandbox would be nothing to the panel
            assert not item.get('IconThemePath'), item.get('IconThemePath')
            assert not desk.windows(), 'a window although it was to stay closed'
            lines = list(item.read().lines())
            assert len(lines) > 5, lines
            item.click(lines_of(item, 'Open'))
            desk.wait(desk.windows, 'the window')
            shot = os.environ.get('JUMPSEAT_FLATPAK_SCREENSHOT')
            if shot:
                time.sleep(2)
                desk.screenshot(shot)
            desk.quit(program, DEMO_ID)
        return 'the icon registers with the panel outside, by a name that is exported; its menu works'

    def no_tray(self):
        with self.desk('--no-talk-name=org.kde.StatusNotifierWatcher') as desk:
            watcher = Watcher(desk)
            program = desk.open('--demo', '--hidden')
            desk.wait(desk.windows, 'the window')
            assert not watcher.items, watcher.items
            desk.quit(program, DEMO_ID)
        return 'without leave to talk to the panel the window opens'

    def activation(self):
        with self.desk() as desk:
            Watcher(desk)
            source = os.path.join(self.installation.user_dir, 'exports', 'share', 'dbus-1', 'services',
                                  APP_ID + '.service')
            with open(source, encoding='utf-8') as file:
                text = file.read()
            # the bus was started before there was an installation
            text = text.replace('Exec=', 'Exec=/usr/bin/env -u JUMPSEAT_BUILD_DIR -u G_DEBUG -u GSETTINGS_BACKEND '
                                'FLATPAK_USER_DIR=%s ' % self.installation.user_dir)
            with open(os.path.join(desk.root, 'services', APP_ID + '.service'), 'w', encoding='utf-8') as file:
                file.write(text)
            desk.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'ReloadConfig')
            desk.call(APP_ID, '/' + APP_ID.replace('.', '/'), 'org.freedesktop.Application', 'Activate',
                      desk.variant('(a{sv})', ({},)))
            desk.wait(desk.windows, 'the window')
            desk.act('quit')
            desk.wait(lambda: not desk.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner',
                                            desk.variant('(s)', (APP_ID,)))[0], 'the end')
        return 'D-Bus starts it, and its window opens'

    def portals(self):
        with self.desk() as desk, Simulator() as simulator:
            Watcher(desk)
            portal = Portal(desk)
            desk.environment.update({'JUMPSEAT_GITHUB_URL': simulator.url, 'JUMPSEAT_GITHUB_API_URL': simulator.url})
            program = desk.open('--hidden')
            notice = desk.wait(lambda: portal.find('AddNotification'), 'a notification')
            note('a notification by the portal: %s' % notice[1].get('title'))
            asked = []
            for state in ('true', 'false'):
                self.set_autostart(desk, state)
                asked.append(desk.wait(lambda: self.autostart_is(portal, state), 'the question for the start at login'))
                mark = os.path.join(desk.app_folder, 'data', 'jumpseat', 'starts-at-login')
                desk.wait(lambda: os.path.exists(mark) == (state == 'true'), 'the answer kept')
            assert asked[0]['commandline'] == ['jumpseat', '--hidden'], asked
            desk.act('open-uri', "'https://example.org/page'")
            desk.wait(lambda: portal.find('OpenURI'), 'a page')
            assert portal.find('OpenURI')[1] == 'https://example.org/page', portal.find('OpenURI')
            desk.quit(program)
            assert not desk.autostart_files(), desk.autostart_files()
        return 'start at login, notifications and pages of the browser go through portals'

    @staticmethod
    def autostart_is(portal, state):
        arguments = portal.find('RequestBackground')
        if arguments is None or arguments[1]['autostart'] != (state == 'true'):
            return None
        return arguments[1]

    @staticmethod
    def set_autostart(desk, state):
        subprocess.run(['gdbus', 'call', '--session', '-d', APP_ID, '-o', '/' + APP_ID.replace('.', '/'), '-m',
                        'org.gtk.Actions.SetState', 'start-at-login', '<%s>' % state, '{}'], check=True,
                       env=desk.environment, timeout=LIMIT, stdout=subprocess.DEVNULL)

    def keyring(self):
        with self.desk() as desk, Simulator() as simulator:
            self.unlock_keyring(desk)
            home = desk.environment['HOME']
            for options, in_file in (((), False), (('--no-talk-name=' + KEYRING,), True)):
                installation = Installation(self.work)
                installation.environment.update(
                    {name: desk.environment[name] for name in ('DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR')})
                journey = FlatpakJourney(simulator, installation, home, options)
                try:
                    journey.travel()
                    told = journey.service.text()
                    journey.stop()
                finally:
                    journey.abandon()
                kept = glob.glob(os.path.join(desk.app_folder, 'data', 'jumpseat', 'secrets', '*'))
                assert bool(kept) == in_file, (options, kept, told)
                shutil.rmtree(desk.app_folder)
        return 'the sign-in goes into the keyring, and into a file where there is none'

    @staticmethod
    def unlock_keyring(desk):
        """The daemon as the login starts it: with a keyring of its own that is open."""
        daemon = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                                  env=desk.environment, cwd=desk.root, stdin=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        desk.helpers.append(daemon)
        daemon.stdin.write(b'pw')
        daemon.stdin.close()
        desk.wait(lambda: desk.call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner',
                                    desk.variant('(s)', (KEYRING,)))[0], 'a keyring')
        desk.wait(lambda: any('login' in path for path in desk.call(
            KEYRING, '/org/freedesktop/secrets', 'org.freedesktop.DBus.Properties', 'Get',
            desk.variant('(ss)', ('org.freedesktop.Secret.Service', 'Collections')))[0]), 'an open keyring')

    def bundle(self):
        return 'a bundle of ' + megabytes(self.installation.bundle())

    def uninstall(self):
        home = self.installation.folder('home')
        self.app_folder = self.app_folder or self.installation.folder('home/.var/app/' + APP_ID)
        self.installation.uninstall(home=home)
        left = [name for name in self.installation.exported() if APP_ID in name]
        assert not left, left
        assert not os.path.exists(os.path.join(self.installation.user_dir, 'app', APP_ID))
        assert os.path.isdir(self.app_folder), 'the data went without being asked'
        self.installation.install()
        self.installation.uninstall('--delete-data', home=home)
        assert not os.path.exists(self.app_folder), list_tree(self.app_folder)
        assert not [name for name in list_tree(home) if 'umpseat' in name], list_tree(home)
        return 'removed: only the data stays, and with --delete-data nothing'


def lines_of(item, word):
    """The label of the first entry that begins so."""
    return next(entry.label for entry in item.read().walk() if entry.label.startswith(word))
