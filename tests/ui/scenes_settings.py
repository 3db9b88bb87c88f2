# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of the page of settings."""

from studio import DEMO, SPECIAL, Studio

GROUPS = ('Serving', 'Access', 'Requests', 'Limits', 'Account and GitHub', 'Identity Headers', 'Models', 'Model Names', 'Translation',
          'Network', 'Logging', 'Desktop')
VALUES = '''[server]
port=0
[models]
default=gpt-5.5
[log]
level=debug
[model_mapping]
gpt-4-turbo = gpt-4.1
claude-3-5-sonnet-20241022 = claude-sonnet-4.6
[model_prefix_mapping]
claude-3-5-haiku = claude-haiku-4.5
[model_aliases]
sonnet = claude-sonnet-*
best = claude-opus-4.6
'''


class Settings(Studio):
    """The page is open."""

    def settings(self, is_overridden=False):
        # what the environment says cannot be changed in the window
        for name in () if is_overridden else ('JUMPSEAT_PORT', 'JUMPSEAT_SECRETS'):
            self.environment.pop(name)
        self.look('--demo')
        self.page('settings', DEMO)
        self.tree.find('text', 'Find a setting')
        return self

    def search(self, words):
        self.tree.write(self.tree.find('text', 'Find a setting'), words)

    def type(self, title, text):
        def labelled():
            for node in self.tree.all('text'):
                for relation in node.get_relation_set():
                    if relation.get_relation_type() == self.tree.Atspi.RelationType.LABELLED_BY and \
                            relation.get_target(0).get_name() == title:
                        return node
            return None
        field = self.tree.wait(labelled, 'a field for %r' % title)
        self.tree.Atspi.Component.grab_focus(field)
        self.tree.write(field, text)


def settings_groups(programs, folder, theme):
    with Settings(programs, folder, theme, settings=VALUES) as desk:
        desk.settings()
        desk.shoot('settings')
        for group in GROUPS:
            desk.search(group)
            desk.shoot('settings-' + group.lower().replace(' ', '-'), 1)


def settings_states(programs, folder, theme):
    with Settings(programs, folder, theme, settings=VALUES) as desk:
        desk.settings()
        desk.search('default model')
        desk.type('Default model', '')
        desk.shoot('settings-invalid', 2)
        desk.search('no such setting')
        desk.shoot('settings-no-match', 1)
        desk.search('GitHub address')
        desk.type('GitHub address', 'https://acme.ghe.com')
        desk.tree.find(contains='when Jumpseat starts again')
        desk.shoot('settings-restart', 1)
        with open(desk.settings_file, encoding='utf-8') as file:
            text = file.read()
        desk.write_settings(text.replace('port=0', 'port=many'))
        desk.tree.find(contains='mistake in the settings file')
        desk.shoot('settings-file-mistake', 1)


def settings_overridden(programs, folder, theme):
    with Settings(programs, folder, theme) as desk:
        desk.settings(is_overridden=True)
        desk.shoot('settings-overridden', 1)


def settings_narrow(programs, folder, theme):
    with Settings(programs, folder, theme, '800x600', settings=VALUES) as desk:
        desk.settings()
        desk.shoot('settings-narrow')
        desk.search('Identity')
        desk.shoot('settings-narrow-identity', 1)
        desk.search('Model Names')
        desk.shoot('settings-narrow-mappings', 1)


def settings_special(programs, folder, theme):
    """In high contrast, with text twice as large, and from right to left."""
    with Settings(programs, folder, theme, settings=VALUES) as desk:
        desk.settings()
        desk.shoot('settings')
        desk.search('Model Names')
        desk.shoot('settings-model-names', 1)


settings_special.themes = tuple(SPECIAL)
SCENES = [settings_groups, settings_states, settings_overridden, settings_narrow, settings_special]
