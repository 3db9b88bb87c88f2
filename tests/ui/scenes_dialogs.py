# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of the first page and of the small dialogs."""

from sizes import in_all_sizes
from studio import DEMO, Studio


def welcome(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.simulate({})
        desk.look()
        desk.shoot('welcome')


def shoot_welcome(programs, folder, kind, size):
    with Studio(programs, folder, kind, size) as desk:
        desk.simulate({})
        desk.look()
        desk.shoot('welcome')


def small_dialogs(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.look('--demo')
        for action in ('about', 'report'):
            desk.act(action, None, DEMO)
            desk.tree.find('dialog')
            desk.shoot(action, 1)
            desk.type('Escape')
            desk.tree.gone('dialog')
        desk.act('check-connection', None, DEMO)
        desk.tree.find('label', 'All is well.')
        desk.shoot('check', 1)
        desk.type('Escape')
        desk.tree.gone('dialog')
        desk.type('ctrl+question')
        desk.shoot('shortcuts', 1)


SCENES = [welcome, small_dialogs] + in_all_sizes('welcome', shoot_welcome)
