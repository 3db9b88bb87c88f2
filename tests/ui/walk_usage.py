#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What was used, what may be spent and what was kept: the page of usage, a budget, and requests of the run before.

usage: tests/ui/walk_usage.py JUMPSEAT SIMULATOR_PROGRAM [WORD]"""

import json
import os

from screen_desk import ScreenDesk, fetch, main, wait_until
from tree import Tree

HELLO = {'model': 'gpt-4.1', 'messages': [{'role': 'user', 'content': 'A word about peregrines. ' * 100}]}
SETTINGS = '[history]\nbodies=true\n'


def ask(desk):
    return fetch(desk.url + '/v1/chat/completions', json.dumps(HELLO),
                 headers={'Content-Type': 'application/json', 'User-Agent': 'curl/7.88.1'})[0]


def open_page(desk, page, *arguments):
    process = desk.open(*arguments)
    tree = Tree(desk)
    tree.find('frame')
    desk.act('show-page', "'%s'" % page)
    return process, tree


def signed_in(programs):
    desk = ScreenDesk(programs)
    desk.write_settings(SETTINGS)
    return desk


def a_budget_that_stops(programs):
    """Figures come by themselves; a budget is set in a dialog, hit, said on two pages, and removed."""
    with signed_in(programs) as desk:
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = desk.simulate({'account': {'kind': 'pro'}})['token']
        process, tree = open_page(desk, 'usage')
        tree.find('chart', contains='Credits')
        assert ask(desk) == 200
        tree.find('table cell', contains='gpt-4.1')
        tree.find('table cell', contains='Total')
        tree.press('radio button', 'Today')
        tree.press('push button', 'Add a Budget…')
        dialog = tree.find('dialog')
        tree.write(tree.find('spin button', 'Credits', inside=dialog), '0.01')
        tree.choose(tree.find('combo box', 'Only tell me', inside=dialog), 3)
        tree.press('push button', 'Save', inside=dialog)
        tree.find('label', contains='requests are refused')
        assert ask(desk) == 429
        desk.act('show-page', "'overview'")
        tree.find('label', contains='A budget is used up')
        desk.act('show-page', "'usage'")
        tree.press('push button', 'Remove the budget “Each day”')
        tree.find('label', contains='There are no budgets')
        assert ask(desk) == 200
        desk.finish(process)


def what_the_run_before_left(programs):
    """After another start the list has the last requests, their contents are found, and can be deleted."""
    with signed_in(programs) as desk:
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = desk.simulate({'account': {'kind': 'pro'}})['token']
        process, tree = open_page(desk, 'requests')
        assert ask(desk) == 200
        tree.find('table cell', contains='gpt-4.1')
        desk.finish(process)
        process, tree = open_page(desk, 'requests')
        row = tree.find('table cell', contains='gpt-4.1')
        tree.Atspi.Component.grab_focus(row)
        tree.press('radio button', 'Conversation')
        tree.find(contains='peregrines')
        tree.write(tree.find('text', 'Search Requests'), 'peregrines')
        tree.gone('table cell', contains='gpt-4.1')
        tree.press('check box', 'In questions and answers, too')
        tree.find('table cell', contains='gpt-4.1')
        tree.write(tree.find('text', 'Search Requests'), '')
        tree.press('toggle button', 'History')
        tree.press('push button', 'Delete History…')
        tree.press('radio button', 'Everything; usage and credits of that time are gone, too')
        tree.press('push button', 'Delete')
        tree.find('label', contains='No Requests Yet')
        desk.finish(process)


def what_is_kept_goes_into_a_file(programs):
    """Requests go into a file with what was asked, and are deleted; where nothing is, a file can be taken in."""
    with signed_in(programs) as desk:
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = desk.simulate({'account': {'kind': 'pro'}})['token']
        process, tree = open_page(desk, 'requests')
        assert ask(desk) == 200
        tree.find('table cell', contains='gpt-4.1')
        kept = os.path.join(desk.root, 'kept.jl')
        tree.press('toggle button', 'History')
        tree.press('push button', 'Export Requests…')
        tree.press('check box', 'With questions and answers')
        dialog = tree.find('file chooser', 'Export Requests')
        tree.write(tree.find('text', inside=dialog), kept)
        tree.press('push button', 'Export', inside=dialog)
        wait_until(lambda: os.path.exists(kept), 'the file')  # it appears when it is whole
        assert [name for name in os.listdir(desk.root) if 'kept' in name] == ['kept.jl'], os.listdir(desk.root)
        with open(kept, encoding='utf-8') as file:
            lines = [json.loads(line) for line in file]
        assert len(lines) == 1 and 'peregrines' in json.dumps(lines), lines
        tree.press('toggle button', 'History')
        tree.press('push button', 'Delete History…')
        tree.press('radio button', 'Everything; usage and credits of that time are gone, too')
        tree.press('push button', 'Delete')
        tree.find('label', contains='No Requests Yet')
        tree.press('push button', 'Import Requests…')
        dialog = tree.find('file chooser', 'Import Requests')
        tree.press('push button', 'Cancel', inside=dialog)
        tree.gone('file chooser')
        desk.finish(process)


if __name__ == '__main__':
    main([a_budget_that_stops, what_the_run_before_left, what_is_kept_goes_into_a_file], limit=120)
