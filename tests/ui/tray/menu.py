# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Every item of the icon's menu, read and clicked through the bus as a panel does it."""

import json

from tray_desk import Notices, TrayDesk, Watcher
from screen_desk import fetch, main

PATIENT = {'account': {'kind': 'pro', 'login': 'octo_cat'},
           'device': {'pending': -1, 'interval': 1}, 'models': 'default'}
LABELS = '''Open Jumpseat
Copy Address
  OpenAI
  Anthropic
  Ollama
demo
%s
  Sign Out
Pause Serving
Recent Requests
  No requests yet (off)
Settings
Start at Login
Help
  Dashboard
  Logs Folder
  Report a Problem
  About Jumpseat
Quit'''


def chat(desk, model='gpt-4.1'):
    return fetch(desk.url + '/v1/chat/completions', json.dumps(
        {'model': model, 'messages': [{'role': 'user', 'content': 'Hello'}]}),
        headers={'Content-Type': 'application/json'})


def open_demo(desk):
    """(program, icon)"""
    watcher = Watcher(desk)
    program = desk.open('--demo', '--hidden')
    return program, desk.item(watcher)


def quit_by_menu(desk, program, item):
    item.click('Quit')
    assert desk.wait_end(program) == 0, program.err


def labels_and_icon(programs):
    with TrayDesk(programs) as desk:
        program, item = open_demo(desk)
        assert item.get('Id') == 'jumpseat-demo'
        assert item.get('Category') == 'ApplicationStatus'
        desk.wait(lambda: item.get('IconName') == 'io.github.jumpseat.Jumpseat-ready-symbolic', 'the icon of ready')
        assert item.get('Status') == 'Active'
        assert str(desk.port) in item.get('Title'), item.get('Title')
        desk.wait_status(item, 'Demo')
        assert str(desk.port) in item.status()
        lines = list(item.read().lines())
        assert lines[0].endswith(' (off)'), lines
        plan_and_credits = [line for line in lines if line.startswith('  Co') or
                            line.startswith('  Pl') or line.startswith('  Cr') or 'left' in line]
        assert len(plan_and_credits) == 2, lines
        expected = LABELS % '\n'.join(plan_and_credits)
        assert '\n'.join(lines[1:]) == expected, '\n'.join(lines)
        quit_by_menu(desk, program, item)


def plan_and_credits(programs):
    with TrayDesk(programs) as desk:
        program, item = open_demo(desk)
        entry = desk.wait(lambda: item.find('demo'), 'the account')
        # a panel that is about to show the submenu
        item.call_menu('AboutToShow', desk.variant('(i)', (entry.number,)))
        desk.wait(lambda: any('left' in line or 'redits' in line and 'unknown' not in line
                              for line in item.find('demo').lines()), 'credits')
        desk.wait(lambda: any(line.startswith('Copilot ') for line in item.find('demo').lines()),
                  'a plan')
        quit_by_menu(desk, program, item)


def pause_and_resume(programs):
    with TrayDesk(programs) as desk:
        program, item = open_demo(desk)
        item.click('Pause Serving')
        desk.wait(lambda: item.find('Resume Serving'), 'another label')
        desk.wait(lambda: item.get('IconName') == 'io.github.jumpseat.Jumpseat-paused-symbolic', 'another icon')
        desk.wait_status(item, 'ause')
        assert item.find('Pause Serving') is None
        assert chat(desk)[0] == 503
        item.click('Resume Serving')
        desk.wait(lambda: item.find('Pause Serving'), 'the label of before')
        desk.wait(lambda: item.get('IconName') == 'io.github.jumpseat.Jumpseat-ready-symbolic', 'the icon of before')
        assert chat(desk)[0] == 200
        quit_by_menu(desk, program, item)


def start_at_login(programs):
    with TrayDesk(programs) as desk:
        program, item = open_demo(desk)
        assert item.find('Start at Login').toggle == 0
        item.click('Start at Login')
        desk.wait(lambda: desk.autostart_files(), 'a file for the session')
        desk.wait(lambda: item.find('Start at Login').toggle == 1, 'a check mark')
        item.click('Start at Login')
        desk.wait(lambda: not desk.autostart_files(), 'no such file any more')
        desk.wait(lambda: item.find('Start at Login').toggle == 0, 'no check mark')
        quit_by_menu(desk, program, item)


def copy_address(programs):
    with TrayDesk(programs) as desk:
        program, item = open_demo(desk)
        for label, address in (('OpenAI', desk.url + '/v1'), ('Anthropic', desk.url),
                               ('Ollama', desk.url)):
            item.click('Copy Address/' + label)
            desk.wait(lambda: desk.read_clipboard() == address, '%s in the clipboard' % address)
        quit_by_menu(desk, program, item)


def recent_requests(programs):
    with TrayDesk(programs) as desk:
        program, item = open_demo(desk)
        assert chat(desk)[0] == 200
        desk.wait(lambda: any(line.startswith('gpt-4.1 · done')
                              for line in item.find('Recent Requests').lines()), 'the request')
        assert item.find('Recent Requests/No requests yet') is None
        assert chat(desk, 'no_such__model')[0] == 404
        desk.wait(lambda: any(line.startswith('no_such__model · failed (404)')
                              for line in item.find('Recent Requests').lines()), 'the failed one')
        for _ in range(5):
            assert chat(desk)[0] == 200
        desk.wait(lambda: not any('no_such' in line
                                  for line in item.find('Recent Requests').lines()), 'five only')
        lines = list(item.find('Recent Requests').lines())
        assert len(lines) == 5 and all(line.startswith('gpt-4.1 · done') for line in lines), lines
        quit_by_menu(desk, program, item)


def windows_from_the_menu(programs):
    with TrayDesk(programs) as desk:
        program, item = open_demo(desk)
        assert not desk.windows()
        item.click('Open Jumpseat')
        desk.wait(desk.windows, 'the window')
        desk.close_window()
        desk.wait(lambda: not desk.windows(), 'no window')
        item.click('Settings')
        desk.wait(desk.windows, 'the window with the settings')
        desk.close_window()
        desk.wait(lambda: not desk.windows(), 'no window')
        assert chat(desk)[0] == 200, 'it does not serve any more'
        desk.wait(lambda: any('done' in line for line in item.find('Recent Requests').lines()),
                  'the request')
        item.click('Recent Requests/' + list(item.find('Recent Requests').lines())[0])
        desk.wait(desk.windows, 'the window with the request')
        quit_by_menu(desk, program, item)


def sign_in_and_out(programs):
    with TrayDesk(programs) as desk:
        facts = desk.simulate(PATIENT)
        notices = Notices(desk)
        watcher = Watcher(desk)
        program = desk.open('--hidden')
        item = desk.item(watcher)
        assert item.get('Id') == 'jumpseat'
        desk.wait(lambda: item.get('IconName') == 'io.github.jumpseat.Jumpseat-signed-out-symbolic', 'signed out')
        assert item.find('octo_cat') is None
        item.click('Sign In…')
        desk.wait_status(item, 'Signing in: enter ')
        code = next(word for word in item.status().split() if '-' in word)
        desk.visit(facts, code)
        desk.wait(lambda: item.find('octo_cat'), 'the name of the account')
        assert item.find('Sign In…') is None
        desk.wait(lambda: notices.find('Signed in as octo_cat'), 'a notification')
        item.click('octo_cat/Sign Out')
        desk.wait(lambda: item.find('Sign In…'), 'signed out again')
        desk.wait(lambda: not notices.find('Signed in'), 'the notification taken back')
        assert not notices.find('Sign in to GitHub'), 'told what one has done oneself'
        quit_by_menu(desk, program, item)


def nothing_flickers(programs):
    """Labels change in place, and what did not change is not sent again."""
    with TrayDesk(programs) as desk:
        program, item = open_demo(desk)
        assert chat(desk)[0] == 200
        desk.wait(lambda: any('done' in line for line in item.find('Recent Requests').lines()),
                  'the request')
        layouts = desk.count_signals(item, 'LayoutUpdated')
        properties = desk.count_signals(item, 'ItemsPropertiesUpdated')
        for _ in range(40):
            assert chat(desk)[0] == 200
        item.click('Pause Serving')
        desk.wait(lambda: item.find('Resume Serving'), 'another label')
        desk.wait(lambda: properties.number, 'word of the other label')
        assert layouts.number <= 1, 'the menu was built again %d times' % layouts.number
        assert properties.number < 40, properties.number
        quit_by_menu(desk, program, item)


if __name__ == '__main__':
    main([labels_and_icon, plan_and_credits, pause_and_resume, start_at_login, copy_address,
          recent_requests, windows_from_the_menu, sign_in_and_out, nothing_flickers])
