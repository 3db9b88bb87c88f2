# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Desktop notifications, as a notification service of the desktop gets them."""

from menu import PATIENT, chat, open_demo, quit_by_menu
from tray_desk import Notices, TrayDesk, Watcher
from screen_desk import main

DEMO_ID = 'io.github.jumpseat.Jumpseat.Demo'


def sign_in_needed_and_done(programs):
    with TrayDesk(programs) as desk:
        facts = desk.simulate(PATIENT)
        notices, watcher = Notices(desk), Watcher(desk)
        program = desk.open('--hidden')
        item = desk.item(watcher)
        notice = desk.wait(lambda: notices.find('Sign in to GitHub'), 'a notification')
        notices.press(notice, 'Sign In')
        desk.wait_status(item, 'Signing in: enter ')
        desk.wait(lambda: not notices.find('Sign in to GitHub'), 'it taken back')
        desk.visit(facts, next(word for word in item.status().split() if '-' in word))
        notice = desk.wait(lambda: notices.find('Signed in as octo_cat'), 'a notification')
        notices.press(notice, None)
        desk.wait(desk.windows, 'the window')
        quit_by_menu(desk, program, item)
        assert not notices.find('Sign'), 'left behind: %s' % notices.shown


def paused_without_a_tray(programs):
    with TrayDesk(programs) as desk:
        desk.write_settings('[screen]\nclose = keep\n')
        notices = Notices(desk)
        program = desk.open('--demo')
        desk.close_window()
        desk.wait(lambda: not desk.windows(), 'a closed window')
        desk.act('pause', app_id=DEMO_ID)
        notice = desk.wait(lambda: notices.find('Serving is paused'), 'a notification')
        assert chat(desk)[0] == 503
        notices.press(notice, 'Resume Serving')
        desk.wait(lambda: not notices.find('Serving is paused'), 'it taken back')
        desk.wait(lambda: chat(desk)[0] == 200, 'serving again')
        desk.act('quit', app_id=DEMO_ID)
        assert desk.wait_end(program) == 0


def paused_with_a_tray(programs):
    """The icon tells it."""
    with TrayDesk(programs) as desk:
        notices = Notices(desk)
        program, item = open_demo(desk)
        item.click('Pause Serving')
        desk.wait(lambda: item.get('IconName') == 'io.github.jumpseat.Jumpseat-paused-symbolic', 'another icon')
        quit_by_menu(desk, program, item)
        assert not notices.told, notices.told


def silenced(programs):
    with TrayDesk(programs) as desk:
        desk.write_settings('[screen]\nnotifications = false\n')
        desk.simulate(PATIENT)
        notices, watcher = Notices(desk), Watcher(desk)
        program = desk.open()
        item = desk.item(watcher)
        desk.wait(lambda: item.get('IconName') == 'io.github.jumpseat.Jumpseat-signed-out-symbolic', 'signed out')
        desk.close_window()
        desk.wait(lambda: not desk.windows(), 'a closed window')
        quit_by_menu(desk, program, item)
        assert not notices.told, notices.told


def refused_token(programs):
    """What GitHub refuses makes the icon stand out and is told with the button that helps."""
    with TrayDesk(programs) as desk:
        desk.simulate({'account': {'kind': 'pro', 'login': 'octocat'}, 'models': 'default'})
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = 'ghu_' + 'x' * 36
        notices, watcher = Notices(desk), Watcher(desk)
        program = desk.open('--hidden')
        item = desk.item(watcher)
        chat(desk)  # asks for a token
        desk.wait(lambda: item.get('Status') == 'NeedsAttention', 'an icon that stands out')
        assert item.get('AttentionIconName') == 'io.github.jumpseat.Jumpseat-attention-symbolic'
        notice = desk.wait(lambda: notices.told and notices.told[0], 'a notification')
        assert 'app.sign-in' in notice.actions, notice
        quit_by_menu(desk, program, item)
        assert len(notices.told) == 1, notices.told


def budget_used_up(programs):
    """Told once, with the button that shows where it went."""
    with TrayDesk(programs) as desk:
        desk.write_settings('[budgets]\nday=0.001 warn\n')
        notices = Notices(desk)
        program, item = open_demo(desk)
        for _ in range(2):
            assert chat(desk)[0] == 200
        notice = desk.wait(lambda: notices.find('A budget is used up'), 'a notification')
        notices.press(notice, 'Show Usage')
        desk.wait(lambda: desk.windows('Usage'), 'the page')
        quit_by_menu(desk, program, item)
        assert len(notices.told) == 1, notices.told


if __name__ == '__main__':
    main([sign_in_needed_and_done, paused_without_a_tray, paused_with_a_tray, silenced,
          refused_token, budget_used_up])
