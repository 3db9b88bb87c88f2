#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A person who has never seen Jumpseat signs in by clicking, in every way that it can end.

usage: tests/ui/walk_sign_in.py JUMPSEAT SIMULATOR_PROGRAM [WORD]"""

import json
import os
import re

from screen_desk import HERE, ScreenDesk, fetch, main, visit
from tree import Tree

PATIENT = {'account': {'kind': 'pro', 'login': 'octocat'},
           'device': {'pending': -1, 'interval': 1}, 'models': 'default'}
CODE = re.compile(r'\b[A-Z0-9]{4}-[A-Z0-9]{4}\b')
CHAT = '/v1/chat/completions'


class SignIn:
    """The window of a first run, and its sign-in dialog with the code."""

    def __init__(self, desk, scenario):
        self.desk = desk
        self.facts = desk.simulate(scenario)
        desk.write_settings('[server]\nopen_browser=false\n')
        self.process = desk.open()
        self.tree = Tree(desk)
        self.tree.press('push button', 'Sign In to GitHub…')
        self.dialog = self.tree.find('dialog')

    def code(self):
        def shown():
            for role in ('label', 'text'):
                for node in self.tree.all(role, inside=self.dialog):
                    found = CODE.search(self.tree.text(node) or node.get_name() or '')
                    if found:
                        return found.group(0)
            return None
        return self.tree.wait(shown, 'a code in the dialog')

    def says(self, *words):
        def shown():
            text = self.tree.dump(self.dialog)
            return all(word in text for word in words)
        self.tree.wait(shown, 'the dialog says %r' % (words,))


def sign_in_by_clicking(programs):
    with ScreenDesk(programs) as desk:
        walk = SignIn(desk, PATIENT)
        code = walk.code()
        assert not walk.tree.unnamed(walk.dialog), walk.tree.unnamed(walk.dialog)
        visit(walk.facts, code)
        walk.says('octocat')
        walk.tree.press('push button', 'Close', walk.dialog)
        walk.tree.gone('dialog')
        walk.tree.find(contains='octocat')
        walk.tree.find('label', contains='Ready')
        status, text = fetch(desk.url + CHAT, json.dumps({
            'model': 'gpt-4.1', 'messages': [{'role': 'user', 'content': 'Hello'}]}),
            headers={'Content-Type': 'application/json'})
        assert status == 200, text
        desk.finish(walk.process)


def the_sign_in_goes_on_without_its_dialog(programs):
    with ScreenDesk(programs) as desk:
        walk = SignIn(desk, PATIENT)
        code = walk.code()
        walk.tree.press('push button', 'Close', walk.dialog)
        walk.tree.gone('dialog')
        desk.act('sign-in')
        walk.dialog = walk.tree.find('dialog')
        assert walk.code() == code, 'opened again it shows another code'
        walk.tree.press('push button', 'Close', walk.dialog)
        walk.tree.gone('dialog')
        visit(walk.facts, code)
        walk.tree.find(contains='octocat')
        desk.finish(walk.process)


def denied_then_a_new_code(programs):
    with ScreenDesk(programs) as desk:
        walk = SignIn(desk, PATIENT)
        first = walk.code()
        visit(walk.facts, first, 'cancel')
        walk.tree.press('push button', 'Get a New Code', walk.dialog)
        walk.tree.wait(lambda: walk.code() != first, 'another code')
        desk.finish(walk.process)


def expired(programs):
    with ScreenDesk(programs) as desk:
        walk = SignIn(desk, {**PATIENT, 'device': {'pending': -1, 'interval': 1, 'expires_in': 3}})
        walk.says('Get a New Code')
        desk.finish(walk.process)


def cancelled(programs):
    with ScreenDesk(programs) as desk:
        walk = SignIn(desk, PATIENT)
        walk.code()
        walk.tree.press('push button', 'Cancel Sign-In', walk.dialog)
        walk.tree.gone('dialog')
        status, text = fetch(desk.url + '/health')
        assert status in (200, 503), text
        desk.finish(walk.process)


def an_account_without_copilot(programs):
    with ScreenDesk(programs) as desk:
        walk = SignIn(desk, {**PATIENT, 'account': {'kind': 'no_seat', 'login': 'newcomer'}})
        visit(walk.facts, walk.code())
        walk.says('newcomer', 'Copilot')
        walk.tree.find(contains='subscription')
        desk.finish(walk.process)


def an_organisation_that_does_not_allow_it(programs):
    with open(os.path.join(HERE, '../../data/simulator/organisation-blocked.json'),
              encoding='utf-8') as file:
        scenario = json.load(file)
    with ScreenDesk(programs) as desk:
        walk = SignIn(desk, {**scenario, 'device': PATIENT['device']})
        visit(walk.facts, walk.code())
        walk.says('Copilot is disabled by your organization', 'Contact an administrator of acme.')
        desk.finish(walk.process)


if __name__ == '__main__':
    main([sign_in_by_clicking, the_sign_in_goes_on_without_its_dialog, denied_then_a_new_code,
          expired, cancelled, an_account_without_copilot, an_organisation_that_does_not_allow_it])
