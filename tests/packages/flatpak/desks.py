# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Desks on which the installed Flatpak is started: without a screen for everybody's journey, and with a screen, a
bus and portals that the test plays."""

import os
import signal
import subprocess
import sys

from gi.repository import Gio, GLib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [os.path.join(HERE, '..'), os.path.join(HERE, '..', '..', 'ui', 'tray')]

from journey import LIMIT, Journey  # noqa: E402
from tray_desk import Service, TrayDesk  # noqa: E402
from desk import Process  # noqa: E402: in a folder that those add

from installation import APP_ID  # noqa: E402

PORTAL, PORTAL_PATH = 'org.freedesktop.portal.Desktop', '/org/freedesktop/portal/desktop'
PORTAL_XML = '''<node><interface name="org.freedesktop.portal.Background">
<method name="RequestBackground"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="o" direction="out"/></method></interface>
<interface name="org.freedesktop.portal.OpenURI">
<method name="OpenURI"><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method></interface>
<interface name="org.freedesktop.portal.Notification">
<method name="AddNotification"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/></method>
<method name="RemoveNotification"><arg type="s" direction="in"/></method></interface></node>'''
REQUEST = 'org.freedesktop.portal.Request'


def find_inside(outside):
    """The process ids of jumpseat in the sandbox that process @outside has started."""
    parents, names = {}, {}
    for word in os.listdir('/proc'):
        if not word.isdigit():
            continue
        try:
            with open('/proc/%s/stat' % word, encoding='utf-8', errors='replace') as file:
                text = file.read()
        except OSError:
            continue  # it has just ended
        names[int(word)] = text[text.index('(') + 1:text.rindex(')')]
        parents[int(word)] = int(text[text.rindex(')') + 2:].split()[1])
    below, grown = {outside}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in below} - below
        below |= more
        grown = bool(more)
    return [pid for pid in below if names.get(pid) == 'jumpseat']


def end_inside(outside, number=signal.SIGTERM):
    """As the end of a session does it. bwrap itself does not hand signals on."""
    for pid in find_inside(outside):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


class FlatpakJourney(Journey):
    """What everybody does with a package, from outside the sandbox."""

    def __init__(self, simulator, installation, home, options=()):
        environment = dict(installation.environment, HOME=home)
        super().__init__(simulator, ['flatpak', 'run', '--user', *options, APP_ID], environment)

    def stop(self):
        end_inside(self.service.process.pid)
        code = self.service.process.wait(LIMIT)
        assert code == 0, 'exit %s:\n%s' % (code, self.service.text())
        self.service = None

    def abandon(self):
        """Whatever has happened, nothing goes on running."""
        if self.service is not None:
            end_inside(self.service.process.pid, signal.SIGKILL)
            self.service.process.wait(LIMIT)


class Portal(Service):
    """What a desktop offers to sandboxes: says yes to everything, and knows what was asked."""

    def __init__(self, desk):
        self.asked = []  # (method, arguments)
        super().__init__(desk, PORTAL, PORTAL_PATH, PORTAL_XML)
        for interface in Gio.DBusNodeInfo.new_for_xml(PORTAL_XML).interfaces[1:]:
            self.bus.register_object(PORTAL_PATH, interface, self.on_call, self.on_get, None)

    def on_call(self, _bus, sender, _path, _interface, method, parameters, invocation):
        arguments = parameters.unpack()
        self.asked.append((method, arguments))
        if method not in ('RequestBackground', 'OpenURI'):
            invocation.return_value(None)
            return
        options = arguments[-1]
        path = '%s/request/%s/%s' % (PORTAL_PATH, sender[1:].replace('.', '_'), options['handle_token'])
        invocation.return_value(GLib.Variant('(o)', (path,)))
        self.bus.emit_signal(None, path, REQUEST, 'Response', GLib.Variant('(ua{sv})', (0, {
            'background': GLib.Variant('b', True),
            'autostart': GLib.Variant('b', options.get('autostart', False))})))

    def find(self, method):
        """The arguments of its last call."""
        return next((arguments for name, arguments in reversed(self.asked) if name == method), None)


class FlatpakDesk(TrayDesk):
    """A desk with a screen. @options: of flatpak run; @backend: where the sign-in goes"""

    def __init__(self, installation, simulator_program, options=(), backend='auto', **extra):
        super().__init__(('/usr/bin/flatpak', simulator_program), NO_AT_BRIDGE='1', **extra)
        self.command = ['flatpak', 'run', '--user', '--env=G_DEBUG=fatal-criticals', *options, APP_ID]
        for name in ('JUMPSEAT_BUILD_DIR', 'G_DEBUG', 'GSETTINGS_BACKEND', 'GTK_A11Y'):
            self.environment.pop(name, None)
        self.environment.update({'JUMPSEAT_SECRETS': backend, 'FLATPAK_USER_DIR': installation.user_dir,
                                 'XDG_DATA_DIRS': os.path.join(installation.user_dir, 'exports', 'share') +
                                 ':/usr/local/share:/usr/share'})

    @property
    def app_folder(self):
        return os.path.join(self.environment['HOME'], '.var', 'app', APP_ID)

    def spawn(self, *arguments, **options):
        process = Process(self, self.command + list(arguments), **options)
        self.processes.append(process)
        return process

    def run(self, *arguments, stdin=''):
        return subprocess.run(self.command + list(arguments), env=self.environment, cwd=self.root, input=stdin,
                              capture_output=True, text=True, timeout=LIMIT, check=False)

    def quit(self, process, app_id=APP_ID):
        self.act('quit', app_id=app_id)
        code = self.wait_end(process)
        assert code == 0, 'exit %s\n%s' % (code, self.errors())

    def __exit__(self, *error):
        for process in [*self.processes, *self.helpers]:  # the bus starts programs, too
            end_inside(process.pid, signal.SIGKILL)
        super().__exit__(*error)
