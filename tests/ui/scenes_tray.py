# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of the icon and its menu in a real panel."""

import os
import shutil
import subprocess
import sys
import threading

from screen_desk import LIMIT, open_stream, settle
from studio import CHAT, some_requests

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, 'tray'))

from tray_desk import TrayDesk  # noqa: E402

QUIET = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}
GTK_THEMES = {'light': 'Adwaita', 'dark': 'Adwaita:dark'}
DEMO = 'io.github.jumpseat.Jumpseat.Demo'


class Panel(TrayDesk):
    """A desktop of Xfce's window manager and panel."""

    def __init__(self, programs, folder, theme):
        super().__init__(programs, size='1000x700', GTK_THEME=GTK_THEMES.get(theme, theme))
        self.pictures, self.theme = folder, theme
        services = os.path.join(self.root, 'services')
        for name in os.listdir('/usr/share/dbus-1/services'):
            if 'xfce' in name.lower():
                os.symlink('/usr/share/dbus-1/services/' + name, os.path.join(services, name))
        self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                  'ReloadConfig')
        self.help_with(['xfwm4'], **QUIET)
        self.help_with(['xfce4-panel', '--disable-wm-check'], **QUIET)

    def shoot(self, name, crop=None):
        """@crop: of the screen, shown four times as large."""
        settle(1)
        path = os.path.join(self.pictures, '%s-%s.png' % (name, self.theme))
        self.screenshot(path)
        larger = ['-crop', crop, '+repage', '-filter', 'point', '-resize', '400%'] if crop else []
        subprocess.run(['mogrify', '-strip', *larger, path], check=True, timeout=LIMIT,
                       env=self.environment)
        print(path, flush=True)

    def where(self, window):
        """The place of an X window with some room around it, as ImageMagick wants it."""
        lines = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window],
                               env=self.environment, capture_output=True, text=True, timeout=LIMIT,
                               check=True).stdout.split()
        at = dict(line.split('=') for line in lines)
        return '200x32+%d+%d' % (max(0, int(at['X']) - 90), int(at['Y']))


def work(url):
    """One request after the other, for some seconds."""
    try:
        for _ in range(4):
            with open_stream(url + CHAT, {'model': 'gpt-4.1', 'stream': True, 'messages': [
                    {'role': 'user', 'content': 'Tell me about folding seats.'}]}) as reply:
                for _line in reply:
                    pass
    except OSError:
        pass  # the program has ended first


def tray_in_panel(programs, folder, theme):
    if not shutil.which('xfce4-panel') or not shutil.which('xfwm4'):
        print('no xfce4-panel here', flush=True)
        return
    with Panel(programs, folder, theme) as desk:
        desk.open('--demo')
        desk.wait(desk.windows, 'the window')
        some_requests(desk.url)
        tray = desk.wait(desk.panel_icons, 'the panel draws it')[0]
        place = desk.where(tray)
        desk.shoot('tray-ready', place)
        threading.Thread(target=work, args=(desk.url,), daemon=True).start()
        settle(0.5)
        desk.shoot('tray-working', place)
        desk.act('pause', None, DEMO)
        desk.shoot('tray-paused', place)
        desk.act('pause', None, DEMO)
        desk.act('sign-out', None, DEMO)
        desk.shoot('tray-signed-out', place)


def tray_attention(programs, folder, theme):
    if not shutil.which('xfce4-panel') or not shutil.which('xfwm4'):
        return
    with Panel(programs, folder, theme) as desk:
        facts = desk.simulate({'account': {'kind': 'no_seat', 'login': 'newcomer'}})
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
        desk.open()
        desk.wait(desk.windows, 'the window')
        tray = desk.wait(desk.panel_icons, 'the panel draws it')[0]
        some_requests(desk.url)
        desk.shoot('tray-attention', desk.where(tray))


def tray_menu(programs, folder, theme):
    if not shutil.which('xfce4-panel') or not shutil.which('xfwm4'):
        return
    with Panel(programs, folder, theme) as desk:
        desk.open('--demo')
        desk.wait(desk.windows, 'the window')
        some_requests(desk.url)
        tray = desk.wait(desk.panel_icons, 'the panel draws it')[0]
        settle(1)
        desk.click_at(tray)
        desk.wait(desk.menus, 'a menu')
        desk.shoot('tray-menu')
        desk.type('Down', 'Down', 'Right')
        desk.shoot('tray-menu-address')
        desk.type('Left', 'Down', 'Right')
        desk.shoot('tray-menu-account')
        desk.type('Left', 'Down', 'Down', 'Right')
        desk.shoot('tray-menu-recent')


SCENES = [tray_in_panel, tray_attention, tray_menu]
