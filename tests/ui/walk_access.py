#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Who may use the seat, on the screen: keys are made and revoked, requests are allowed and refused.

usage: tests/ui/walk_access.py JUMPSEAT SIMULATOR_PROGRAM [WORD]"""

import json
import threading

from screen_desk import ScreenDesk, fetch, main, wait_until
from tree import Tree
from walk_window import finish, open_demo

CHAT = json.dumps({'model': 'gpt-4.1', 'messages': [{'role': 'user', 'content': 'Hello'}]})


def ask(desk, **headers):
    return fetch(desk.url + '/v1/chat/completions', CHAT, headers={
        'Content-Type': 'application/json', 'User-Agent': 'codex_cli_rs/0.131.0', **headers})


class Asking(threading.Thread):
    """A program that waits for its answer."""

    def __init__(self, desk, **headers):
        super().__init__()
        self.desk, self.headers, self.status = desk, headers, None
        self.start()

    def run(self):
        self.status = ask(self.desk, **self.headers)[0]

    def end(self):
        self.join(60)
        return self.status


def labelled(tree, title):
    for node in tree.all('text') + tree.all('spin button'):
        for relation in node.get_relation_set():
            if relation.get_relation_type() == tree.Atspi.RelationType.LABELLED_BY and \
                    relation.get_target(0).get_name() == title:
                return node
    return None


def a_key_is_made_used_and_revoked(programs):
    with ScreenDesk(programs) as desk:
        desk.write_settings('[server]\nrequire_key=true\n')
        process, tree = open_demo(desk, 'settings')
        tree.write(tree.find('text', 'Find a setting'), 'Access')
        assert ask(desk)[0] == 401
        tree.press('push button', 'Create a Key…')
        dialog = tree.find('dialog', 'Create a Key')
        tree.write(tree.wait(lambda: labelled(tree, 'Name'), 'the field for a name'), 'Laptop')
        # nothing leaves the field: as when a key creates while the focus is in it
        tree.write(labelled(tree, 'Requests a minute'), '7')
        tree.press('push button', 'Create', inside=dialog)
        secret = tree.text(tree.find('text', 'The new key'))
        tree.press('push button', 'Done')
        tree.gone('dialog')
        tree.find(contains='7 requests a minute')
        assert ask(desk, Authorization='Bearer ' + secret)[0] == 200
        assert secret not in tree.dump(), 'a key is shown once'
        tree.press('push button', 'Revoke the key “Laptop”')
        tree.find('push button', 'Let the key “Laptop” in')
        assert ask(desk, Authorization='Bearer ' + secret)[0] == 403
        tree.press('push button', 'Remove the key “Laptop”')
        tree.find(contains='There are no keys yet')
        assert ask(desk, Authorization='Bearer ' + secret)[0] == 401
        finish(desk, process)


def a_name_that_is_taken(programs):
    with ScreenDesk(programs) as desk:
        process, tree = open_demo(desk, 'settings')
        tree.write(tree.find('text', 'Find a setting'), 'Access')
        for turn in range(2):
            tree.press('push button', 'Create a Key…')
            dialog = tree.find('dialog', 'Create a Key')
            tree.write(tree.wait(lambda: labelled(tree, 'Name'), 'the field for a name'), 'Laptop')
            tree.press('push button', 'Create', inside=dialog)
            if turn == 0:
                tree.press('push button', 'Done')
                tree.gone('dialog')
        tree.find(contains='Choose another name')
        tree.press('push button', 'Cancel')
        finish(desk, process)


def a_request_is_allowed_and_refused(programs):
    with ScreenDesk(programs) as desk:
        desk.write_settings('[traffic]\napproval=true\n')
        process, tree = open_demo(desk, 'requests')
        first = Asking(desk)
        tree.find(contains='Codex wants to use gpt-4.1')
        tree.press('push button', 'Refuse')
        assert first.end() == 403
        second = Asking(desk)
        tree.press('push button', 'Always Allow')
        assert second.end() == 200
        assert ask(desk)[0] == 200, 'always is always'
        wait_until(lambda: 'codex_cli_rs' in open(desk.settings_file, encoding='utf-8').read(),
                   'the name in the settings')
        finish(desk, process)


if __name__ == '__main__':
    main([a_key_is_made_used_and_revoked, a_name_that_is_taken, a_request_is_allowed_and_refused])
