# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A real panel: the icon and its menu in xfce4-panel, with a picture kept in the build folder."""

import os
import shutil
import subprocess

from tray_desk import Item, TrayDesk, WATCHER, WATCHER_PATH
from screen_desk import main, note


def items_of(desk):
    """What the panel's watcher knows; empty while there is none."""
    try:
        return desk.call(WATCHER, WATCHER_PATH, 'org.freedesktop.DBus.Properties', 'Get',
                         desk.variant('(ss)', (WATCHER, 'RegisteredStatusNotifierItems')))[0]
    except Exception:  # noqa: BLE001: no panel yet
        return []


def icon_and_menu_in_xfce(programs):
    if not shutil.which('xfce4-panel') or not shutil.which('xfwm4'):
        note('SKIP: no xfce4-panel here')
        return
    with TrayDesk(programs, size='1000x700') as desk:
        quiet = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}
        services = os.path.join(desk.root, 'services')
        for name in os.listdir('/usr/share/dbus-1/services'):
            if 'xfce' in name.lower():
                os.symlink('/usr/share/dbus-1/services/' + name, os.path.join(services, name))
        desk.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                  'ReloadConfig')
        desk.help_with(['xfwm4'], **quiet)
        desk.help_with(['xfce4-panel', '--disable-wm-check'], **quiet)
        program = desk.open('--demo')
        address = desk.wait(lambda: items_of(desk), 'an icon in the panel')[0]
        item = Item(desk, address)
        desk.wait(desk.windows, 'the window')
        tray = desk.wait(lambda: desk.panel_icons(), 'the panel draws it')
        desk.click_at(tray[0])
        desk.wait(lambda: desk.menus(), 'a menu')
        folder = os.environ.get('JUMPSEAT_PICTURES') or os.path.join(
            desk.environment['JUMPSEAT_BUILD_DIR'], 'screenshots')
        os.makedirs(folder, exist_ok=True)
        desk.screenshot(os.path.join(folder, 'tray-xfce.png'))
        note('picture: %s' % os.path.join(folder, 'tray-xfce.png'))
        item.click('Quit')
        assert desk.wait_end(program) == 0


if __name__ == '__main__':
    main([icon_and_menu_in_xfce])
