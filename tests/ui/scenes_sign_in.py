# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of the sign-in dialog in each of its states."""

import json
import os

from screen_desk import HERE, visit
from sizes import in_all_sizes
from studio import Studio
from walk_sign_in import CODE, PATIENT


class SignIn(Studio):
    """The dialog stands in front of a window of a first run."""

    def __init__(self, programs, folder, theme, *size, **extra):
        super().__init__(programs, folder, theme, *size, settings='[server]\nopen_browser=false\n',
                         **extra)

    def ask(self, scenario):
        self.facts = self.simulate(scenario)
        self.look()
        self.act('sign-in')
        self.dialog = self.tree.find('dialog')
        return self

    def code(self):
        def shown():
            for node in self.tree.all('label', inside=self.dialog):
                found = CODE.search(self.tree.text(node) or '')
                if found:
                    return found.group(0)
            return None
        return self.tree.wait(shown, 'a code in the dialog')

    def says(self, words):
        self.tree.wait(lambda: words in self.tree.dump(self.dialog), 'the dialog says %r' % words)


def sign_in_starting(programs, folder, theme):
    with SignIn(programs, folder, theme) as desk:
        desk.ask({**PATIENT, 'rules': [{'on': 'POST /login/device/code', 'stall': True}]})
        desk.shoot('sign-in-starting')


def sign_in_pending(programs, folder, theme):
    with SignIn(programs, folder, theme) as desk:
        desk.ask(PATIENT).code()
        desk.shoot('sign-in', 1)
        expander = desk.tree.all('toggle button', contains='ghe.com', inside=desk.dialog)
        desk.tree.do(expander[0])
        desk.shoot('sign-in-tenant', 1)
        field = desk.tree.all('text', inside=desk.dialog)[-1]
        desk.tree.Atspi.Component.grab_focus(field)
        desk.tree.write(field, 'acme.example.com')
        desk.type('Return')
        desk.shoot('sign-in-tenant-wrong', 1)


def sign_in_done(programs, folder, theme):
    with SignIn(programs, folder, theme) as desk:
        desk.ask(PATIENT)
        visit(desk.facts, desk.code())
        desk.says('octocat')
        desk.shoot('sign-in-done', 1)


def sign_in_checking(programs, folder, theme):
    with SignIn(programs, folder, theme) as desk:
        desk.ask({**PATIENT, 'rules': [{'on': 'GET /copilot_internal/v2/token', 'stall': True}]})
        visit(desk.facts, desk.code())
        desk.says('Looking for your Copilot plan')
        desk.shoot('sign-in-checking', 1)


def sign_in_denied(programs, folder, theme):
    with SignIn(programs, folder, theme) as desk:
        desk.ask(PATIENT)
        visit(desk.facts, desk.code(), 'cancel')
        desk.says('Get a New Code')
        desk.shoot('sign-in-denied', 1)


def sign_in_expired(programs, folder, theme):
    with SignIn(programs, folder, theme) as desk:
        desk.ask({**PATIENT, 'device': {'pending': -1, 'interval': 1, 'expires_in': 3}})
        desk.says('Get a New Code')
        desk.shoot('sign-in-expired', 1)


def sign_in_without_copilot(programs, folder, theme):
    with SignIn(programs, folder, theme) as desk:
        desk.ask({**PATIENT, 'account': {'kind': 'no_seat', 'login': 'newcomer'}})
        visit(desk.facts, desk.code())
        desk.says('newcomer')
        desk.shoot('sign-in-no-subscription', 1)


def sign_in_blocked(programs, folder, theme):
    with open(os.path.join(HERE, '../../data/simulator/organisation-blocked.json'),
              encoding='utf-8') as file:
        scenario = json.load(file)
    with SignIn(programs, folder, theme) as desk:
        desk.ask({**scenario, 'device': PATIENT['device']})
        visit(desk.facts, desk.code())
        desk.says('Contact an administrator of acme.')
        desk.shoot('sign-in-blocked', 1)


def sign_in_network(programs, folder, theme):
    with SignIn(programs, folder, theme) as desk:
        desk.simulate(PATIENT)
        desk.environment['JUMPSEAT_GITHUB_URL'] = 'http://127.0.0.1:9'
        desk.look()
        desk.act('sign-in')
        desk.dialog = desk.tree.find('dialog')
        desk.says('Try Again')
        desk.shoot('sign-in-network', 1)


def shoot_code(programs, folder, kind, size):
    with SignIn(programs, folder, kind, size) as desk:
        desk.ask(PATIENT).code()
        desk.shoot('sign-in', 1)


SCENES = [sign_in_starting, sign_in_pending, sign_in_done, sign_in_checking, sign_in_denied,
          sign_in_expired, sign_in_without_copilot, sign_in_blocked, sign_in_network]
SCENES += in_all_sizes('sign_in', shoot_code)
