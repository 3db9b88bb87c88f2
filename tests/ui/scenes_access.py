# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of the keys of clients, and of a request that waits to be allowed."""

import threading

from scenes_settings import Settings
from screen_desk import settle
from studio import DEMO, Studio, ask


def keys(programs, folder, theme):
    with Settings(programs, folder, theme) as desk:
        desk.settings().search('Access')
        for name, models in (('Laptop of Ada', ''), ('Night build', 'gpt-5*, claude-haiku-4.5')):
            desk.tree.press('push button', 'Create a Key…')
            dialog = desk.tree.find('dialog', 'Create a Key')
            desk.type('Name', name)
            desk.type('Models', models)
            if models:
                desk.shoot('key-create', 1)
            desk.tree.press('push button', 'Create', inside=dialog)
            desk.tree.find('text', 'The new key')
            if models:
                desk.shoot('key-created', 1)
            desk.tree.press('push button', 'Done')
            desk.tree.gone('dialog')
        desk.shoot('settings-access', 1)
        desk.tree.do(desk.tree.find('push button', contains='Revoke the key “Night'))
        settle(1)
        desk.shoot('settings-access-revoked', 1)


def approval(programs, folder, theme):
    with Studio(programs, folder, theme, settings='[traffic]\napproval=true\n') as desk:
        desk.look('--demo')
        desk.page('requests', DEMO)
        asking = threading.Thread(target=ask, args=(
            desk.url, '/v1/chat/completions',
            {'model': 'gpt-4.1', 'messages': [{'role': 'user', 'content': 'Hello'}]},
            'codex_cli_rs/0.131.0'))
        asking.start()
        desk.tree.find('push button', 'Allow Once')
        desk.shoot('approval', 1)
        desk.tree.press('push button', 'Allow Once')
        desk.tree.gone('push button', 'Allow Once')
        asking.join(30)
        desk.shoot('approval-allowed', 1)


SCENES = [keys, approval]
