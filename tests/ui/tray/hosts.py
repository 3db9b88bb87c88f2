# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Panels that are missing, come late, die and return, or are of the old kind; and what closing the
window does with and without one."""

import json
import subprocess

from tray_desk import Notices, TrayDesk, Watcher
from screen_desk import LIMIT, fetch, main
from tree import Tree

DEMO_ID = 'io.github.jumpseat.Jumpseat.Demo'
QUESTION = 'Keep Serving\\?'


def is_serving(desk):
    return fetch(desk.url + '/health')[0] == 200


def close_setting(desk):
    return desk.run('config', 'get', 'screen.close').out.strip()


def open_without_host(desk, *arguments):
    """(program, notifications): the window opens although it was to stay closed"""
    notices = Notices(desk)
    program = desk.open('--demo', '--hidden', *arguments)
    desk.wait(desk.windows, 'the window')
    return program, notices


def ask_to_close(desk):
    desk.close_window()
    desk.wait(lambda: desk.windows(QUESTION), 'the question')
    return Tree(desk)


def no_host_asks_and_quits(programs):
    with TrayDesk(programs) as desk:
        Watcher(desk, has_host=False)
        program, _ = open_without_host(desk)
        tree = ask_to_close(desk)
        assert tree.find('check box', 'Don’t ask again')
        tree.press('push button', 'Cancel')
        desk.wait(lambda: not desk.windows(QUESTION), 'the question answered')
        assert desk.windows() and is_serving(desk)
        ask_to_close(desk).press('push button', 'Quit')
        assert desk.wait_end(program) == 0


def no_host_asks_and_keeps(programs):
    with TrayDesk(programs) as desk:
        program, _ = open_without_host(desk)
        ask_to_close(desk).press('push button', 'Keep Serving')
        desk.wait(lambda: not desk.windows(), 'a closed window')
        assert is_serving(desk)
        desk.act('show-window', app_id=DEMO_ID)
        desk.wait(desk.windows, 'the window')
        tree = ask_to_close(desk)
        tree.press('check box', 'Don’t ask again')
        tree.press('push button', 'Keep Serving')
        desk.wait(lambda: not desk.windows(), 'a closed window')
        assert close_setting(desk) == 'keep', close_setting(desk)
        desk.act('show-window', app_id=DEMO_ID)
        desk.close_window()
        desk.wait(lambda: not desk.windows() and not desk.windows(QUESTION), 'closed unasked')
        desk.act('quit', app_id=DEMO_ID)
        assert desk.wait_end(program) == 0


def no_host_quits_unasked(programs):
    with TrayDesk(programs) as desk:
        desk.write_settings('[screen]\nclose = quit\n')
        program, _ = open_without_host(desk)
        desk.close_window()
        assert desk.wait_end(program) == 0


def host_keeps_the_window_closed(programs):
    with TrayDesk(programs) as desk:
        watcher, notices = Watcher(desk), Notices(desk)
        program = desk.open('--demo')
        item = desk.item(watcher)
        desk.close_window()
        notice = desk.wait(lambda: notices.find('still running'), 'told once')
        assert not desk.windows() and is_serving(desk)
        notices.press(notice, 'Open')
        desk.wait(desk.windows, 'the window')
        desk.wait(lambda: not notices.shown, 'the notification taken back')
        desk.close_window()
        desk.wait(lambda: not desk.windows(), 'a closed window')
        item.click('Quit')
        assert desk.wait_end(program) == 0
        assert len(notices.told) == 1, notices.told


def watcher_dies_and_returns(programs):
    with TrayDesk(programs) as desk:
        watcher, notices = Watcher(desk), Notices(desk)
        program = desk.open('--demo', '--hidden')
        desk.item(watcher)
        watcher.die()
        notice = desk.wait(lambda: notices.find('still running'), 'a notification')
        assert not desk.windows()
        watcher = Watcher(desk)
        item = desk.item(watcher)
        desk.wait(lambda: not notices.shown, 'the notification taken back')
        item.click('Pause Serving')
        desk.wait(lambda: item.find('Resume Serving'), 'another label')
        watcher.set_host(False)
        notice = desk.wait(lambda: notices.find('still running'), 'a notification')
        notices.press(notice, None)
        desk.wait(desk.windows, 'the window')
        watcher.set_host(True)
        desk.item(watcher).click('Quit')
        assert desk.wait_end(program) == 0


def watcher_comes_back_soon(programs):
    """A panel that starts again is not worth a word."""
    with TrayDesk(programs) as desk:
        watcher, notices = Watcher(desk), Notices(desk)
        program = desk.open('--demo', '--hidden')
        desk.item(watcher)
        watcher.die()
        watcher = Watcher(desk)
        desk.item(watcher).click('Quit')
        assert desk.wait_end(program) == 0
        assert not notices.told, notices.told


def watcher_comes_late(programs):
    with TrayDesk(programs) as desk:
        program, notices = open_without_host(desk)
        watcher = Watcher(desk)
        item = desk.item(watcher)
        desk.wait(lambda: item.get('IconName') == 'io.github.jumpseat.Jumpseat-ready-symbolic', 'the icon')
        desk.close_window()
        desk.wait(lambda: notices.find('still running'), 'told where it is')
        assert not desk.windows(QUESTION)
        item.click('Quit')
        assert desk.wait_end(program) == 0


def old_tray(programs):
    """XEmbed: the icon is a window that has our title. GDK itself complains when its tray is ended."""
    with TrayDesk(programs, G_DEBUG='') as desk:
        notices = Notices(desk)
        trayer = desk.help_with(['trayer', '--edge', 'top'], stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)
        desk.wait(lambda: 'panel' in desk.window_tree(), 'the tray')
        program = desk.open('--demo')
        desk.wait(lambda: desk.windows('Demo on port %d.*' % desk.port), 'an icon')
        desk.close_window()
        desk.wait(lambda: notices.find('still running'), 'closed to the tray')
        assert not desk.windows() and not desk.windows(QUESTION)
        trayer.terminate()
        trayer.wait(LIMIT)
        desk.wait(lambda: len(notices.told) == 2, 'told that the icon went')
        desk.act('quit', app_id=DEMO_ID)
        assert desk.wait_end(program) == 0


def second_start_raises_the_window(programs):
    with TrayDesk(programs) as desk:
        watcher = Watcher(desk)
        program = desk.open('--demo', '--hidden')
        item = desk.item(watcher)
        assert not desk.windows()
        second = desk.run('--demo')
        assert second.code == 0, second
        desk.wait(desk.windows, 'the window')
        assert len(watcher.items) == 1, watcher.items
        item.click('Quit')
        assert desk.wait_end(program) == 0


def doctor_finds_the_panel(programs):
    """What the command says of each kind of desk, of which it knows no more than the bus does."""
    def ask_doctor(words):
        process = desk.help_with([desk.jumpseat, 'doctor', '--offline', '--json'],
                                 stdout=subprocess.PIPE, text=True)
        desk.wait(lambda: process.poll() is not None, 'a report')
        with process.stdout as pipe:
            checks = {check['name']: check for check in json.load(pipe)['checks']}
        assert words in checks['tray']['found'], checks['tray']
        return checks['tray']['state'], checks['tray']['remedy']

    with TrayDesk(programs) as desk:
        state, remedy = ask_doctor('no StatusNotifierWatcher')
        assert state == 'warning' and remedy.startswith('Nothing is to be done where you see the icon'), remedy
        watcher = Watcher(desk, has_host=False)
        state, remedy = ask_doctor('no panel shows its icons')
        assert state == 'warning' and 'AppIndicator' in remedy, remedy
        watcher.set_host(True)
        assert ask_doctor('with a panel that shows icons') == ('ok', None)


if __name__ == '__main__':
    main([no_host_asks_and_quits, no_host_asks_and_keeps, no_host_quits_unasked,
          host_keeps_the_window_closed, watcher_dies_and_returns, watcher_comes_back_soon,
          watcher_comes_late, old_tray, second_start_raises_the_window, doctor_finds_the_panel])
