#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Settings as a person changes them: checked beside the field, saved at once, reset, followed when
the file is edited by hand, and the tables of model names.

usage: tests/ui/settings/walk_settings.py JUMPSEAT SIMULATOR_PROGRAM [WORD]"""

import configparser
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..'))

from screen_desk import APP_ID, ScreenDesk, main, wait_until  # noqa: E402
from tree import Tree  # noqa: E402

DEMO = APP_ID + '.Demo'


class Page:
    """The page of settings, searched for @words so that little is to be walked through."""

    def __init__(self, desk, words):
        self.desk = desk
        self.process = desk.open('--demo')
        self.tree = Tree(desk)
        self.tree.find('frame')
        desk.act('show-page', "'settings'", DEMO)
        self.look_for(words)

    def look_for(self, words):
        self.tree.write(self.tree.find('text', 'Find a setting'), words)
        self.tree.wait(lambda: words in self.tree.text(self.tree.find('text', 'Find a setting')),
                       'the words are typed')

    def field(self, role, title):
        """The control that the label @title names."""
        def labelled():
            for node in self.tree.all(role):
                for relation in node.get_relation_set():
                    if relation.get_relation_type() == self.tree.Atspi.RelationType.LABELLED_BY and \
                            relation.get_target(0).get_name() == title:
                        return node
            return None
        return self.tree.wait(labelled, 'a %s for %r' % (role, title))

    def type(self, title, text):
        self.tree.write(self.field('text', title), text)

    def in_file(self, group, key):
        parser = configparser.RawConfigParser(strict=False, delimiters=('=',))
        parser.optionxform = str
        parser.read(self.desk.settings_file, encoding='utf-8')
        return parser.get(group, key, fallback=None)

    def saved(self, group, key, value):
        wait_until(lambda: self.in_file(group, key) == value,
                   '%s.%s is %r' % (group, key, value), step=0.05)

    def leave(self):
        self.desk.act('quit', None, DEMO)
        result = self.process.end()
        assert result.code == 0 and 'CRITICAL' not in result.err, result


def checked_beside_the_field(programs):
    with ScreenDesk(programs) as desk:
        page = Page(desk, 'default')
        page.type('Default model', '')
        page.tree.find('label', 'A text of one line, not empty.')
        page.type('Default model', 'gpt-5.5')
        page.saved('models', 'default', 'gpt-5.5')
        page.tree.gone('label', 'A text of one line, not empty.')
        page.tree.press('push button', 'Reset “Default model” to its default')
        page.tree.wait(lambda: page.tree.text(page.field('text', 'Default model')) == 'gpt-4.1',
                       'the default is back')
        assert page.in_file('models', 'default') in (None, 'gpt-4.1')
        assert not page.tree.unnamed(), page.tree.unnamed()
        page.leave()


def edited_by_hand(programs):
    with ScreenDesk(programs) as desk:
        desk.write_settings('[models]\ndefault=one\n')
        page = Page(desk, 'default')
        desk.write_settings('[models]\ndefault=two\n')
        page.tree.wait(lambda: page.tree.text(page.field('text', 'Default model')) == 'two',
                       'the file is followed')
        desk.write_settings('[models]\nstrict=perhaps\n')
        page.tree.find('label', contains='There is a mistake in the settings file')
        page.tree.find('push button', 'Open the File')
        desk.write_settings('[models]\ndefault=three\n')
        page.tree.gone('label', contains='There is a mistake in the settings file')
        page.leave()


def held_by_the_environment(programs):
    with ScreenDesk(programs) as desk:
        page = Page(desk, 'server.')
        page.tree.find('label', 'Set by the environment variable JUMPSEAT_PORT.')
        port = page.field('text', 'Port')
        assert not port.get_state_set().contains(page.tree.Atspi.StateType.SENSITIVE)
        page.leave()


def names_of_models(programs):
    with ScreenDesk(programs) as desk:
        page = Page(desk, 'model names')
        page.tree.do(page.tree.find('push button', 'Add a Row'))
        name = page.tree.find('text', 'Name asked for')
        target = page.tree.find('text', 'Model to use')
        page.tree.write(name, 'fast')
        page.tree.do(name)
        page.tree.find('label', 'Type the model to use instead.')
        page.tree.write(target, 'gpt-4.1')
        page.tree.do(target)
        page.saved('model_mapping', 'fast', 'gpt-4.1')
        page.tree.do(page.tree.find('push button', 'Remove this row'))
        page.saved('model_mapping', 'fast', None)
        page.leave()


CASES = [checked_beside_the_field, edited_by_hand, held_by_the_environment, names_of_models]

if __name__ == '__main__':
    main(CASES)
