# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of the first page and of the small dialogs."""

from studio import DEMO, Studio


def welcome(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.simulate({})
        desk.look()
        desk.shoot('welcome')


def welcome_sizes(programs, folder, theme):
    """Small, double text, right to left, high contrast."""
    if theme != 'light':
        return
    kinds = {'narrow': ('800x600', {}), 'big-text': ('1100x760', {'GDK_DPI_SCALE': '2'}),
             'rtl': ('1100x760', {'LANGUAGE': 'ar'}),
             'contrast': ('1100x760', {'GTK_THEME': 'HighContrast'})}
    for kind, (size, extra) in kinds.items():
        with Studio(programs, folder, kind, size, **extra) as desk:
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
        desk.type('ctrl+question')
        desk.shoot('shortcuts', 1)


SCENES = [welcome, welcome_sizes, small_dialogs]
