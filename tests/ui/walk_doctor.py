#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Check Connection: what is wrong, and what helps, in the window.

usage: tests/ui/walk_doctor.py JUMPSEAT SIMULATOR_PROGRAM [WORD]"""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, 'tray'))

from screen_desk import LIMIT, ScreenDesk, fetch, main  # noqa: E402
from tray_desk import READ_CLIPBOARD  # noqa: E402
from tree import Tree  # noqa: E402

GOOD = {'account': {'kind': 'pro', 'login': 'octocat'}, 'models': 'default'}
SMALL = '800x600'
TITLE = 'Check Connection'
CALLS = ('Chat completions', 'Responses', 'Messages', 'Ollama chat', 'Embeddings', 'Streaming')


class Walk:
    """The window, and its dialog once it is opened."""

    def __init__(self, desk, scenario, title=TITLE):
        self.desk, self.title, self.dialog = desk, title, None
        self.facts = desk.simulate(scenario)
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = self.facts['token']
        desk.help_with(['openbox'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process = desk.open()
        self.tree = Tree(desk)
        self.tree.find('frame')

    def open(self):
        self.desk.act('check-connection')
        return self.find_dialog()

    def find_dialog(self):
        self.dialog = self.tree.find('dialog', self.title)
        return self

    def close(self):
        self.desk.type('Escape')
        self.tree.gone('dialog', self.title)

    def windows(self):
        """The X windows of the dialog."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^%s$' % self.title],
                               env=self.desk.environment, capture_output=True, text=True, timeout=LIMIT, check=False)
        return found.stdout.split()

    def used(self):
        """Credits that the simulator's account has left, less than nothing: more after each call."""
        status, text = fetch(self.facts['url'] + '/copilot_internal/user',
                             headers={'Authorization': 'token ' + self.facts['token']})
        assert status == 200, text
        return -json.loads(text)['quota_snapshots']['premium_interactions']['quota_remaining']

    def wait_copied(self, start):
        copied = []

        def read():
            copied.append(subprocess.run([sys.executable, '-c', READ_CLIPBOARD], env=self.desk.environment,
                                         capture_output=True, text=True, timeout=LIMIT, check=True).stdout)
            return copied[-1].startswith(start)

        self.tree.wait(read, 'the report in the clipboard')
        return copied[-1]

    def fits(self, width, height):
        """All of the dialog is on the screen."""
        box = self.tree.Atspi.Component.get_extents(self.dialog, self.tree.Atspi.CoordType.SCREEN)
        assert 0 <= box.x and 0 <= box.y and box.x + box.width <= width and box.y + box.height <= height, \
            (box.x, box.y, box.width, box.height)

    def scroll_through(self, lines):
        """With the keyboard alone, down to the last line."""
        rows = self.tree.all('list item', inside=self.dialog, showing=False)
        last = rows[-1]
        assert len(rows) == len(lines) and not self.tree.is_showing(last)
        for _ in range(8):
            if self.tree.focused() is not None and self.tree.focused().get_role_name() == 'list item':
                break
            self.desk.type('Tab')
        self.desk.type('End')
        self.tree.wait(lambda: last.get_state_set().contains(self.tree.Atspi.StateType.FOCUSED) and
                       self.tree.is_showing(last), 'the last line')

    def lines(self):
        """{title: (state, all that stands there)} of the checks, as a screen reader tells them."""
        found = {}
        for row in self.tree.all('list item', inside=self.dialog, showing=False):
            signs = [node for _, node in self.tree.walk(row) if node.get_role_name() in ('image', 'icon')]
            texts = [self.tree.text(node) or node.get_name() for _, node in self.tree.walk(row)
                     if node.get_role_name() == 'label' and node.get_state_set().contains(
                         self.tree.Atspi.StateType.VISIBLE)]
            found[texts[0]] = (signs[0].get_name(), texts[1:], row.get_name())
        return found

    def wait_done(self, count=16):
        """The lines, once all of them stand there."""
        button = self.tree.find('push button', self.words('Copy'), inside=self.dialog)
        self.tree.wait(lambda: button.get_state_set().contains(self.tree.Atspi.StateType.SENSITIVE) and
                       len(self.lines()) >= count, 'the checks are done')
        return self.lines()

    def words(self, text):
        return {'Verbindung prüfen': {'Copy': 'Kopieren', 'Close': 'Schließen'}}.get(self.title, {}).get(text, text)

    def check_names(self):
        unnamed = self.tree.unnamed(self.dialog)
        assert not unnamed, unnamed
        for title, (state, texts, name) in self.lines().items():
            assert state and texts and title in name and state in name, (title, state, texts, name)

    def picture(self, name):
        folder = os.environ.get('PICTURES')
        if folder:
            self.desk.screenshot(os.path.join(folder, name + '.png'))


def a_good_day(programs):
    """From the menu of the window; nothing of it costs anything."""
    with ScreenDesk(programs) as desk:
        walk = Walk(desk, GOOD)
        before = walk.used()
        walk.tree.press('toggle button', 'Menu')
        menu = walk.tree.find('push button', 'About Jumpseat').get_parent()
        walk.tree.press('push button', 'Check Connection…', inside=menu)
        walk.find_dialog()
        lines = walk.wait_done()
        assert len(lines) == 22, list(lines)
        for title, (state, texts, _name) in lines.items():
            assert state == ('Not checked' if title in CALLS else 'Fine'), (title, state, texts)
        walk.tree.find('label', 'All is well.', inside=walk.dialog)
        walk.check_names()
        assert walk.used() == before, 'it called a model'
        walk.picture('good')
        walk.close()
        desk.finish(walk.process)


def no_seat_and_a_wrong_clock(programs):
    """Told first, with what helps; the rest can be scrolled to on a small screen."""
    with ScreenDesk(programs, size=SMALL) as desk:
        walk = Walk(desk, dict(GOOD, account={'kind': 'no_seat', 'login': 'newcomer'},
                               clock_skew_seconds=-1200)).open()
        lines = walk.wait_done()
        assert {'Clock', 'Copilot token'} <= set(list(lines)[:3]), list(lines)
        for title, found, remedy in (('Clock', '20 min ahead', 'clock'),
                                     ('Copilot token', 'No access to GitHub Copilot', 'https://github.com/')):
            state, texts, _name = lines[title]
            assert state == 'Failed' and found in texts[0] and remedy in texts[1], lines[title]
        assert lines['Models'][0] == 'Not checked', lines['Models']
        walk.tree.find('label', contains='checks have failed', inside=walk.dialog)
        walk.check_names()
        walk.fits(800, 600)
        walk.picture('bad-small')
        walk.scroll_through(lines)
        desk.finish(walk.process)


def the_apis_are_called(programs):
    rules = [{'on': 'POST /v1/messages', 'reply': {'status': 500, 'text': 'oops'}}]
    with ScreenDesk(programs) as desk:
        walk = Walk(desk, dict(GOOD, rules=rules)).open()
        walk.wait_done()
        before = walk.used()
        walk.tree.press('push button', 'Call the APIs, Too', inside=walk.dialog)
        walk.tree.wait(lambda: 'Failed' in [line[0] for line in walk.lines().values()], 'what the calls came to')
        lines = walk.wait_done()
        assert walk.used() > before, 'the simulator saw no call'
        for title in CALLS:
            assert lines[title][0] == ('Failed' if title == 'Messages' else 'Fine'), (title, lines[title])
        assert list(lines)[0] == 'Messages' and 'githubstatus' in lines['Messages'][1][1], lines['Messages']
        walk.tree.find('label', contains='1 check has failed', inside=walk.dialog)
        walk.picture('called')
        desk.finish(walk.process)


def the_report_is_copied(programs):
    with ScreenDesk(programs) as desk:
        walk = Walk(desk, dict(GOOD, account={'kind': 'no_seat', 'login': 'newcomer'})).open()
        walk.wait_done()
        walk.tree.press('push button', 'Copy', inside=walk.dialog)
        text = walk.wait_copied('Jumpseat ')
        assert 'failed   Copilot token: ' in text and 'ok       Host names: ' in text, text
        assert len(text.splitlines()) == 23, text
        for secret in ('gho_', 'ghu_', 'tid=', walk.facts['token'], desk.environment['HOME']):
            assert secret not in text, 'the report tells %r' % secret[:4]
        desk.finish(walk.process)


def closed_while_it_looks(programs):
    """Alone, and with the whole program; in between it can look anew."""
    rules = [{'on': 'GET /copilot_internal/*', 'calls': '3-', 'delay_ms': 3000}]
    with ScreenDesk(programs) as desk:
        walk = Walk(desk, dict(GOOD, rules=rules))
        walk.open()
        walk.tree.find('label', 'Looking…', inside=walk.dialog)
        walk.close()
        walk.open()
        lines = walk.wait_done()
        assert lines['Copilot token'][0] == 'Fine', lines
        walk.close()
        walk.open()
        walk.tree.find('label', 'Looking…', inside=walk.dialog)
        desk.finish(walk.process)


def opened_again_it_is_the_same(programs):
    with ScreenDesk(programs) as desk:
        walk = Walk(desk, GOOD).open()
        walk.wait_done()
        walk.tree.press('push button', 'Call the APIs, Too', inside=walk.dialog)
        walk.tree.wait(lambda: walk.lines()['Streaming'][0] == 'Fine', 'the calls')
        windows = walk.windows()
        assert len(windows) == 1, windows
        walk.open()
        desk.act('check-connection')
        walk.tree.find('dialog', TITLE)
        assert walk.windows() == windows, (walk.windows(), windows)
        assert walk.lines()['Streaming'][0] == 'Fine', 'what it had found is gone'
        desk.finish(walk.process)


def in_another_language(programs):
    with ScreenDesk(programs, size=SMALL) as desk:
        walk = Walk(desk, dict(GOOD, account={'kind': 'no_seat', 'login': 'newcomer'}), 'Verbindung prüfen')
        assert desk.run('config', 'set', 'screen.language', 'de').code == 0
        walk.tree.find('frame', 'Übersicht')
        walk.open()
        lines = walk.wait_done()
        assert lines['Copilot-Token'][0] == 'Fehlgeschlagen', lines
        walk.check_names()
        walk.fits(800, 600)
        walk.picture('german-small')
        desk.finish(walk.process)


if __name__ == '__main__':
    main([a_good_day, no_seat_and_a_wrong_clock, the_apis_are_called, the_report_is_copied, closed_while_it_looks,
          opened_again_it_is_the_same, in_another_language])
