#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The window in the demo: requests appear and can be found, settings take effect, and everything can
be reached and named.

usage: tests/ui/walk_window.py JUMPSEAT SIMULATOR_PROGRAM [WORD]"""

import json
import os
import subprocess

from screen_desk import LIMIT, ScreenDesk, fetch, free_port, main, note, patience, wait_until
from tree import Tree

DEMO = 'io.github.jumpseat.Jumpseat.Demo'
PAGES = ('overview', 'requests', 'usage', 'models', 'settings')


def open_demo(desk, page):
    process = desk.open('--demo')
    tree = Tree(desk)
    tree.find('frame')
    desk.act('show-page', "'%s'" % page, DEMO)
    return process, tree


def ask(desk, model, text, agent):
    return fetch(desk.url + '/v1/chat/completions',
                 json.dumps({'model': model, 'messages': [{'role': 'user', 'content': text}]}),
                 headers={'Content-Type': 'application/json', 'User-Agent': agent})


def finish(desk, process):
    desk.act('quit', app_id=DEMO)
    result = desk.note(process.end())
    assert result.code == 0, result


def a_request_and_its_details(programs):
    with ScreenDesk(programs) as desk:
        process, tree = open_demo(desk, 'requests')
        assert ask(desk, 'gpt-4.1', 'A word about peregrines', 'curl/7.88.1')[0] == 200
        row = tree.find('table cell', contains='gpt-4.1')
        tree.find('table cell', contains='curl')
        assert ask(desk, 'gpt-77', 'Hello', 'OpenAI/Python 1.2')[0] == 404
        tree.find('table cell', contains='gpt-77')
        desk.act('show-page', "'requests'", DEMO)
        tree.Atspi.Component.grab_focus(row)
        tree.press('radio button', 'Conversation')
        tree.find(contains='peregrines')
        tree.press('radio button', 'Request')
        tree.find('text', contains='"content"')
        tree.press('push button', 'Copy as curl')
        finish(desk, process)


def filter_the_list(programs):
    with ScreenDesk(programs) as desk:
        process, tree = open_demo(desk, 'requests')
        for model in ('gpt-4.1', 'gpt-77'):
            ask(desk, model, 'Hello', 'curl/7.88.1')
        tree.find('table cell', contains='gpt-77')
        search = tree.find('text', contains='')
        tree.write(search, 'gpt-77')
        tree.wait(lambda: not tree.all('table cell', contains='gpt-4.1'), 'only what was looked for')
        tree.find('table cell', contains='gpt-77')
        tree.write(search, 'no such thing')
        tree.press('push button', 'Clear Filter')
        tree.find('table cell', contains='gpt-4.1')
        finish(desk, process)


def change_the_port(programs):
    with ScreenDesk(programs) as desk:
        # in the file, because what the environment says cannot be changed in the window
        desk.write_settings('[server]\nport=%s\n' % desk.environment.pop('JUMPSEAT_PORT'))
        process, tree = open_demo(desk, 'settings')
        port = free_port()
        field = tree.find('text', 'Port')
        tree.write(field, str(port))
        wait_until(lambda: reachable(port), 'the service at its new port')
        finish(desk, process)


def reachable(port):
    try:
        return fetch('http://127.0.0.1:%d/livez' % port)[0] == 200
    except OSError:
        return False


def change_the_language(programs):
    with ScreenDesk(programs) as desk:
        process, tree = open_demo(desk, 'settings')
        for language, word in (('de', 'Einstellungen'), ('fr', 'Paramètres'), ('en', 'Settings')):
            subprocess.run([desk.jumpseat, 'config', 'set', 'screen.language', language],
                           env=desk.environment, check=True, timeout=LIMIT,
                           stdout=subprocess.DEVNULL)
            tree.find(contains=word)
        finish(desk, process)


def every_control_has_a_name(programs):
    with ScreenDesk(programs) as desk:
        process, tree = open_demo(desk, 'overview')
        ask(desk, 'gpt-4.1', 'Hello', 'curl/7.88.1')
        bad = {}
        for page in PAGES:
            desk.act('show-page', "'%s'" % page, DEMO)
            tree.wait(lambda: desk_shows(tree, page), 'page %s' % page)
            names = tree.unnamed()
            if names:
                bad[page] = names
        assert not bad, json.dumps(bad, indent=1)
        finish(desk, process)


def desk_shows(tree, page):
    return len(tree.all(showing=True)) > 20


def tab_reaches_everything(programs):
    with ScreenDesk(programs) as desk:
        process, tree = open_demo(desk, 'overview')
        ask(desk, 'gpt-4.1', 'Hello', 'curl/7.88.1')
        window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'jumpseat'], env=desk.environment,
                                capture_output=True, text=True, timeout=LIMIT,
                                check=True).stdout.split()[-1]
        for page in PAGES:
            desk.act('show-page', "'%s'" % page, DEMO)
            tree.wait(lambda: desk_shows(tree, page), 'page %s' % page)
            subprocess.run(['xdotool', 'windowfocus', window], env=desk.environment, check=True,
                           timeout=LIMIT)
            order = tree.tab_through(desk, patience=patience(programs))
            assert tree.find('frame').get_name() == page.title(), 'Tab changed the page'
            reached = set(order)
            wanted = {tree.path(node) for node in tree.all()
                      if node.get_role_name() in ('push button', 'toggle button', 'check box', 'text',
                                                  'combo box', 'spin button', 'radio button')
                      and node.get_state_set().contains(tree.Atspi.StateType.FOCUSABLE)
                      and node.get_state_set().contains(tree.Atspi.StateType.SENSITIVE)}
            if wanted - reached:  # a slow program may have told of one too late
                reached |= set(tree.tab_through(desk, patience=patience(programs)))
            missed = sorted(wanted - reached)
            note('%s: Tab stops at %d places' % (page, len(order)))
            assert not missed, '%s: Tab does not reach\n%s' % (page, '\n'.join(missed))
        finish(desk, process)


def a_screen_that_is_smaller_than_the_window(programs):
    """Without a window manager that would make it smaller: the buttons at its end can be clicked."""
    with ScreenDesk(programs, '800x600') as desk:
        process, tree = open_demo(desk, 'overview')
        menu = tree.find('toggle button', 'Menu')
        box = tree.Atspi.Component.get_extents(menu, tree.Atspi.CoordType.SCREEN)
        assert box.x >= 0 and box.x + box.width <= 800, (box.x, box.width)
        finish(desk, process)


if __name__ == '__main__':
    main([a_request_and_its_details, filter_the_list, change_the_port, change_the_language,
          every_control_has_a_name, tab_reaches_everything, a_screen_that_is_smaller_than_the_window],
         limit=240)
