# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A desk whose panel is the test itself: a StatusNotifierWatcher and a notification service on the
desk's own bus, and the menu of the icon, read and clicked as a panel does it."""

import os
import subprocess
import sys
import time

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..'))

from screen_desk import LIMIT, ScreenDesk  # noqa: E402
from desk import visit  # noqa: E402: in the folder that screen_desk adds

WATCHER = 'org.kde.StatusNotifierWatcher'
WATCHER_PATH = '/StatusNotifierWatcher'
WATCHER_XML = '''<node><interface name="org.kde.StatusNotifierWatcher">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
<signal name="StatusNotifierHostRegistered"/>
<signal name="StatusNotifierHostUnregistered"/></interface></node>'''

NOTICES = 'org.freedesktop.Notifications'
NOTICES_PATH = '/org/freedesktop/Notifications'
NOTICES_XML = '''<node><interface name="org.freedesktop.Notifications">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>'''

# The title of the window is that of its page.
PAGES = '(Jumpseat|Overview|Requests|Usage|Models|Settings|Welcome.*)'

READ_CLIPBOARD = '''
import gi
gi.require_version('Gdk', '3.0')
gi.require_version('Gtk', '3.0')
from gi.repository import Gdk, Gtk
print(Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).wait_for_text() or '', end='')
'''


class Service:
    """An object under a well-known name, on a connection of its own."""

    def __init__(self, desk, name, path, xml):
        self.name, self.path = name, path
        self.bus = desk.connect()
        self.bus.register_object(path, Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0],
                                 self.on_call, self.on_get, None)
        answer = self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus',
                                    'org.freedesktop.DBus', 'RequestName',
                                    GLib.Variant('(su)', (name, 4)), None, 0, -1, None)
        assert answer.unpack() == (1,), 'somebody has the name %s' % name

    def on_get(self, _bus, _sender, _path, _interface, _name):
        return None

    def emit(self, signal, arguments=None):
        self.bus.emit_signal(None, self.path, self.name, signal, arguments)

    def die(self):
        self.bus.close_sync(None)


class Watcher(Service):
    """What a panel with a tray puts on the bus."""

    def __init__(self, desk, has_host=True):
        self.items, self.has_host = [], has_host
        super().__init__(desk, WATCHER, WATCHER_PATH, WATCHER_XML)

    def on_call(self, _bus, sender, _path, _interface, method, parameters, invocation):
        if method == 'RegisterStatusNotifierItem':
            word = parameters.unpack()[0]
            self.items.append(sender + word if word.startswith('/') else word)
            self.emit('StatusNotifierItemRegistered', GLib.Variant('(s)', (self.items[-1],)))
        invocation.return_value(None)

    def on_get(self, _bus, _sender, _path, _interface, name):
        return {'RegisteredStatusNotifierItems': GLib.Variant('as', self.items),
                'IsStatusNotifierHostRegistered': GLib.Variant('b', self.has_host),
                'ProtocolVersion': GLib.Variant('i', 0)}[name]

    def set_host(self, has_host):
        self.has_host = has_host
        self.emit('StatusNotifierHost' + ('Registered' if has_host else 'Unregistered'))


class Notice:
    def __init__(self, number, summary, body, actions):
        self.number, self.summary, self.body = number, summary, body
        self.actions = dict(zip(actions[::2], actions[1::2]))

    def __repr__(self):
        return '%d %r %r %r' % (self.number, self.summary, self.body, self.actions)


class Notices(Service):
    """The desktop's notifications: what is shown, and what was ever told."""

    def __init__(self, desk):
        self.shown, self.told = {}, []
        super().__init__(desk, NOTICES, NOTICES_PATH, NOTICES_XML)

    def on_call(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        answer = None
        if method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['actions', 'body'],))
        elif method == 'GetServerInformation':
            answer = GLib.Variant('(ssss)', ('test', 'test', '1', '1.2'))
        elif method == 'Notify':
            _, replaces, _, summary, body, actions, _, _ = parameters.unpack()
            number = replaces or len(self.told) + 1
            self.shown[number] = Notice(number, summary, body, actions)
            self.told.append(self.shown[number])
            answer = GLib.Variant('(u)', (number,))
        elif method == 'CloseNotification':
            number = parameters.unpack()[0]
            self.shown.pop(number, None)
            self.emit('NotificationClosed', GLib.Variant('(uu)', (number, 3)))
        invocation.return_value(answer)

    def find(self, words):
        return next((notice for notice in self.shown.values() if words in notice.summary), None)

    def press(self, notice, label):
        """Presses a button; None for the notification itself."""
        keys = [key for key, text in notice.actions.items()
                if (key == 'default' if label is None else text == label and key != 'default')]
        assert keys, '%s has no button %r' % (notice, label)
        self.emit('ActionInvoked', GLib.Variant('(us)', (notice.number, keys[0])))
        self.shown.pop(notice.number, None)
        self.emit('NotificationClosed', GLib.Variant('(uu)', (notice.number, 2)))


class Entry:
    """An item of the menu, as it was when it was read."""

    def __init__(self, number, properties, children):
        self.number, self.children = number, children
        self.label = properties.get('label', '').replace('__', '\0').replace('_', '').replace(
            '\0', '_')
        self.is_visible = properties.get('visible', True)
        self.is_enabled = properties.get('enabled', True)
        self.is_separator = properties.get('type') == 'separator'
        self.toggle = properties.get('toggle-state')

    def walk(self):
        for child in self.children:
            if child.is_visible and not child.is_separator:
                yield child
                yield from child.walk()

    def lines(self, depth=0):
        for child in self.children:
            if child.is_visible and not child.is_separator:
                yield '  ' * depth + child.label + ('' if child.is_enabled else ' (off)')
                yield from child.lines(depth + 1)


class Item:
    """The icon, by what the bus says of it."""

    def __init__(self, desk, address):
        self.desk = desk
        self.name, path = address.split('/', 1)
        self.path = '/' + path
        self.menu_path = self.get('Menu')

    def get(self, name):
        return self.desk.call(self.name, self.path, 'org.freedesktop.DBus.Properties', 'Get',
                              GLib.Variant('(ss)', ('org.kde.StatusNotifierItem', name)))[0]

    def call_menu(self, method, arguments):
        return self.desk.call(self.name, self.menu_path, 'com.canonical.dbusmenu', method, arguments)

    def read(self):
        def entry(node):
            return Entry(node[0], node[1], [entry(child) for child in node[2]])
        return entry(self.call_menu('GetLayout', GLib.Variant('(iias)', (0, -1, [])))[1])

    def find(self, label):
        """By label; "Help/About" of a submenu."""
        entry = self.read()
        for word in label.split('/'):
            entry = next((each for each in (entry.children if entry else ())
                          if each.is_visible and each.label == word), None)
        return entry

    def click(self, label):
        entry = self.desk.wait(lambda: self.find(label), 'an item %s' % label)
        assert entry.is_enabled, '%s cannot be clicked' % label
        self.call_menu('Event', GLib.Variant('(isvu)', (entry.number, 'clicked',
                                                        GLib.Variant('i', 0), 0)))

    def status(self):
        return self.read().children[0].label


class Counter:
    def __init__(self):
        self.number = 0

    def count(self, *_signal):
        self.number += 1


class TrayDesk(ScreenDesk):
    def __init__(self, programs, **extra):
        super().__init__(programs, **extra)
        self.bus = self.connect()

    def connect(self):
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
                 Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        bus = Gio.DBusConnection.new_for_address_sync(
            self.environment['DBUS_SESSION_BUS_ADDRESS'], flags, None, None)
        bus.set_exit_on_close(False)
        return bus

    def call(self, name, path, interface, method, arguments=None):
        answer = self.bus.call_sync(name, path, interface, method, arguments, None, 0, LIMIT * 1000,
                                    None)
        return answer.unpack()

    def wait(self, condition, what, limit=LIMIT):
        """The first true value of @condition; panel and notifications answer meanwhile."""
        context = GLib.MainContext.default()
        end = time.monotonic() + limit
        while True:
            while context.iteration(False):
                pass
            value = condition()
            if value:
                return value
            assert time.monotonic() < end, 'waited %g s in vain: %s\n%s' % (
                limit, what, self.errors())
            assert not self.has_crashed(), 'ended while waiting for %s\n%s' % (what, self.errors())
            time.sleep(0.005)

    def has_crashed(self):
        return any(process.has_failed() for process in self.processes)

    def errors(self):
        return ''.join(line for process in self.processes for line in process.err)

    def item(self, watcher, count=1):
        """The icon, once it is registered for the @count-th time."""
        self.wait(lambda: len(watcher.items) >= count, 'an icon that registers')
        return Item(self, watcher.items[-1])

    def wait_status(self, item, words):
        self.wait(lambda: words in item.status(), 'a status with %r' % words)

    def read_clipboard(self):
        return subprocess.run([sys.executable, '-c', READ_CLIPBOARD], env=self.environment,
                              capture_output=True, text=True, timeout=LIMIT, check=True).stdout

    def windows(self, title=PAGES):
        """The X windows of that title that can be seen."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^%s$' % title],
                               env=self.environment, capture_output=True, text=True,
                               timeout=LIMIT, check=False)
        return found.stdout.split()

    def window_tree(self):
        return subprocess.run(['xwininfo', '-root', '-tree'], env=self.environment,
                              capture_output=True, text=True, timeout=LIMIT, check=True).stdout

    def search(self, *words):
        return subprocess.run(['xdotool', 'search', '--onlyvisible', *words], env=self.environment,
                              capture_output=True, text=True, timeout=LIMIT,
                              check=False).stdout.split()

    def panel_icons(self):
        """The tray of xfce4-panel, a window of a wrapper process."""
        return self.search('--class', 'wrapper-2.0')

    def menus(self):
        """Windows of a panel's process other than its tray: the menu that it has opened."""
        return self.panel_icons()[1:]

    def click_at(self, window):
        subprocess.run(['xdotool', 'mousemove', '--window', window, '12', '12', 'click', '1'],
                       env=self.environment, check=True, timeout=LIMIT)

    def close_window(self):
        """As the close button of a window manager does it."""
        number = self.wait(self.windows, 'a window')[0]
        subprocess.run([sys.executable, os.path.join(HERE, 'close_window.py'), number],
                       env=self.environment, check=True, timeout=LIMIT)

    def autostart_files(self):
        folder = os.path.join(self.environment['XDG_CONFIG_HOME'], 'autostart')
        return os.listdir(folder) if os.path.isdir(folder) else []

    @staticmethod
    def visit(facts, code):
        """The person who enters the code."""
        visit(facts, code)

    @staticmethod
    def variant(kind, value):
        return GLib.Variant(kind, value)

    def count_signals(self, item, signal):
        counter = Counter()
        self.bus.signal_subscribe(item.name, 'com.canonical.dbusmenu', signal, item.menu_path, None,
                                  0, counter.count)
        return counter

    def wait_end(self, process):
        """Its exit code."""
        self.wait(lambda: process.process.poll() is not None, 'the end of the program')
        return self.note(process.end()).code
