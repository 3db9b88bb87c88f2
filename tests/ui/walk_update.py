#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A newer version: told in About and by a menu item, with what is new; nobody outside is asked.

usage: tests/ui/walk_update.py JUMPSEAT SIMULATOR_PROGRAM [WORD]"""

import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, 'tray'))

from screen_desk import ScreenDesk, main  # noqa: E402
from tray_desk import TrayDesk, Watcher  # noqa: E402
from tree import Tree  # noqa: E402

FEED = 'http://127.0.0.1:9/releases/latest'  # nobody is there, and it was asked today already
PAGE = 'https://github.com/jumpseat/jumpseat/releases/tag/v99.1.0'


def know(desk, version):
    """What a run before this one has heard."""
    folder = os.path.join(desk.root, 'data', 'jumpseat')
    os.makedirs(folder, 0o700, exist_ok=True)
    with open(os.path.join(folder, 'latest-release.json'), 'w', encoding='utf-8') as file:
        json.dump({'feed_url': FEED, 'asked_at': int(time.time()), 'etag': '"1"', 'release': {
            'tag_name': 'v' + version, 'html_url': PAGE, 'published_at': '2030-01-01T00:00:00Z',
            'body': '### Added\n- Wings, <b>both</b> of them.', 'prerelease': False}}, file)


def prepare(desk, version):
    desk.environment['JUMPSEAT_GITHUB_TOKEN'] = desk.simulate({'account': {'kind': 'pro'}})['token']
    desk.write_settings('[updates]\nfeed_url=%s\n' % FEED)
    know(desk, version)


def about_tells(programs):
    with ScreenDesk(programs) as desk:
        prepare(desk, '99.1.0')
        process = desk.open()
        tree = Tree(desk)
        tree.find('frame')
        desk.act('about')
        tree.find('label', 'Version 99.1.0 is available')
        tree.find('push button', 'Open Release Page')
        tree.press('toggle button', 'What Is New')
        # words, not markup
        tree.find('label', contains='- Wings, <b>both</b> of them.')
        unnamed = tree.unnamed()
        assert not unnamed, unnamed
        if os.environ.get('PICTURE'):
            desk.screenshot(os.environ['PICTURE'])
        assert 'Jumpseat 99.1.0 is available: ' + PAGE in ''.join(process.err), process.err
        desk.finish(process)


def about_is_silent(programs):
    """Neither of a version that is not newer, nor when nobody wants to know."""
    with ScreenDesk(programs) as desk:
        prepare(desk, '0.0.1')
        process = desk.open()
        tree = Tree(desk)
        tree.find('frame')
        desk.act('about')
        tree.find('push button', 'Copy Diagnostics')
        assert not tree.all('push button', 'Open Release Page')
        know(desk, '99.1.0')
        desk.finish(process)
        process = desk.open()
        tree = Tree(desk)
        tree.find('frame')
        assert desk.run('config', 'set', 'updates.check', 'false').code == 0
        desk.act('about')
        tree.find('push button', 'Copy Diagnostics')
        tree.gone('push button', 'Open Release Page')
        desk.finish(process)


def the_first_page_tells_of_it(programs):
    """As long as it is done."""
    with ScreenDesk(programs) as desk:
        desk.simulate({})
        desk.write_settings('[updates]\nfeed_url=%s\n' % FEED)
        process = desk.open()
        tree = Tree(desk)
        tree.find('label', contains='Once a day Jumpseat asks')
        if os.environ.get('PICTURE'):
            desk.screenshot(os.environ['PICTURE'])
        assert desk.run('config', 'set', 'updates.check', 'false').code == 0
        tree.gone('label', contains='Once a day Jumpseat asks')
        tree.find('label', contains='not a product of GitHub')
        desk.finish(process)


def menu_has_an_item(programs):
    with TrayDesk(programs) as desk:
        prepare(desk, '99.1.0')
        watcher = Watcher(desk)
        process = desk.open('--hidden')
        item = desk.item(watcher)
        desk.wait(lambda: item.find('Version 99.1.0 is available'), 'the item')
        item.click('Version 99.1.0 is available')
        desk.wait(lambda: desk.windows('About Jumpseat'), 'the dialog')
        assert desk.run('config', 'set', 'updates.check', 'false').code == 0
        desk.wait(lambda: item.find('Version 99.1.0 is available') is None, 'no item any more')
        item.click('Quit')
        assert desk.wait_end(process) == 0, process.err


if __name__ == '__main__':
    main([about_tells, about_is_silent, the_first_page_tells_of_it, menu_has_an_item], limit=120)
