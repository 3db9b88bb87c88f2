# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The icon in Windows' notification area, seen and clicked: wine shows it in an X11 tray."""

import os
import subprocess
import sys
import time

sys.dont_write_bytecode = True

from journey import CHECKOUT, LIMIT, Program, note

sys.path.append(os.path.join(CHECKOUT, 'tests', 'ui'))

from x_server import XServer  # noqa: E402

SOURCES = ['tests/windows/notification-area.c', 'ui/notification-area-windows.c', 'ui/notification-icon-windows.c',
           'ui/notification-menu-windows.c', 'ui/shell-icon-windows.c']
FLAGS = ['-D_UCRT', '-D_WIN32_WINNT=0x0A00', '-std=gnu11', '-Wall', '-Werror', '-static-libgcc']
# Lines of the menu, counted from its end; it opens above the icon.
QUIT, RESTART, NOTICE = 1, 2, 3
# In wine's own look, pixels from where the icon was clicked.
LEFT, FIRST, LINE = 60, 11, 16


def build(cases):
    program = os.path.join(cases.work, 'notification-area.exe')
    found = subprocess.run(['pkg-config', '--cflags', '--libs', 'glib-2.0'], check=True, capture_output=True,
                           text=True, env=os.environ | {'PKG_CONFIG_LIBDIR': cases.sysroot_dir + '/lib/pkgconfig'})
    done = subprocess.run(['x86_64-w64-mingw32-gcc', '-specs=' + cases.sysroot_dir + '/ucrt.specs', *FLAGS, '-I.',
                           *SOURCES, '-o', program, *found.stdout.split(), '-lgdi32', '-lshell32', '-lssp'],
                          cwd=CHECKOUT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return program


class Desk:
    """An X server with a tray in its corner."""

    def __init__(self, cases):
        self.environment = dict(cases.environment)
        self.shots = os.environ.get('JUMPSEAT_SHOTS')
        # a wine server that was started without a display knows no tray
        subprocess.run(['wineserver', '-k'], env=self.environment, check=False, capture_output=True)
        self.server = XServer('640x400x24')
        self.environment['DISPLAY'] = self.server.display
        self.tray = subprocess.Popen(['trayer', '--edge', 'bottom', '--align', 'right', '--widthtype', 'request',
                                      '--height', '24', '--SetDockType', 'false'], env=self.environment,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end(self):
        subprocess.run(['wineserver', '-k'], env=self.environment, check=False, capture_output=True)
        self.tray.terminate()
        self.tray.wait()
        self.server.end()

    def do(self, *arguments):
        return subprocess.run(['xdotool', *arguments], env=self.environment, check=True, capture_output=True,
                              text=True, timeout=30).stdout

    def find_tray(self):
        window = self.do('search', '--sync', '--onlyvisible', '--class', 'trayer').split()[-1]
        lines = self.do('getwindowgeometry', '--shell', window)
        facts = dict(line.split('=') for line in lines.split())
        return tuple(int(facts[name]) for name in ('X', 'Y', 'WIDTH', 'HEIGHT'))

    def shoot(self, name, where=None):
        """How many colours are seen there."""
        crop = ['-crop', '%dx%d+%d+%d' % (where[2], where[3], where[0], where[1])] if where else []
        if self.shots:
            subprocess.run(['import', '-window', 'root', os.path.join(self.shots, name + '.png')],
                           env=self.environment, check=True)
        seen = subprocess.run(['import', '-window', 'root', *crop, '-format', '%k', 'info:'], env=self.environment,
                              check=True, capture_output=True, text=True)
        return int(seen.stdout)

    def wait_for_colours(self, name, least, what, where=None):
        """A picture with so many colours; a busy machine takes its time to draw."""
        end = time.monotonic() + LIMIT
        while self.shoot(name, where() if where else None) < least:
            assert time.monotonic() < end, what
            self.server.check()
            time.sleep(0.2)

    def click(self, button, x, y):
        self.do('mousemove', str(x), str(y), 'sleep', '0.3', 'click', str(button))


def choose(desk, program, place, up, least=0):
    """The menu's line that stands @up from its end, by the mouse, once as many colours as @least are seen."""
    desk.click(3, *place)
    program.wait_for('^menu asked')
    desk.do('sleep', '0.7')
    desk.wait_for_colours('menu', least, 'no menu is seen')
    desk.click(1, place[0] - LEFT, place[1] - FIRST - (up - 1) * LINE)
    open_for = int(program.wait_for(r'^ticks while the menu was open (\d+)').group(1))
    assert open_for > 3, 'the main loop stood still while the menu was open'


def try_tray(cases):
    desk = Desk(cases)
    try:
        program = Program(['wine', build(cases)], desk.environment | {
            'WINEPATH': 'Z:' + os.path.join(cases.sysroot_dir, 'bin')})
        program.wait_for('^shown 1')
        desk.do('sleep', '1')
        desk.wait_for_colours('icon', 3, 'no picture in the tray', desk.find_tray)
        x, y, width, height = desk.find_tray()
        place = (x + width // 2, y + height // 2)
        desk.click(1, *place)
        program.wait_for('^activated')
        before = desk.shoot('before')
        choose(desk, program, place, NOTICE, before + 1)
        program.wait_for('^item chosen 6')
        desk.do('sleep', '1')
        desk.shoot('notice')
        choose(desk, program, place, RESTART)
        program.wait_for('^icon taken away 1')
        program.wait_for('^shown 1')  # Explorer's new taskbar has it again
        desk.do('sleep', '0.5')
        choose(desk, program, place, QUIT)
        program.wait_for('^ended')
        note('clicked: icon, menu, notice, a new taskbar, the end')
    finally:
        desk.end()
    return 'the notification area: picture, click, menu, Explorer restarted; the main loop runs on'
