# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Pictures of the page of models, and of what can be opened from it."""

from studio import DEMO, Studio

PRO = {'kind': 'pro', 'login': 'octocat'}
ALIASES = '''[models]
default=gpt-5.5
[model_aliases]
sonnet = claude-sonnet-*
careful = claude-opus-4.6
slow-and-careful = claude-opus-4.6
'''


class Models(Studio):
    """The page is open."""

    def models(self, scenario=None):
        if scenario is None:
            self.look('--demo')
            self.page('models', DEMO)
        else:
            facts = self.simulate({'account': PRO, **scenario})
            self.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
            self.look()
            self.page('models')
        return self

    def choose(self, name):
        row = self.tree.wait(lambda: self.rows(name)[0], 'a model %r' % name)
        self.tree.Atspi.Component.grab_focus(row)
        self.tree.choose(row.get_parent(), row.get_index_in_parent())

    def rows(self, name):
        """Those further down as well."""
        return self.tree.all('list item', contains=name + ',', showing=False)


def models_details(programs, folder, theme):
    with Models(programs, folder, theme, settings=ALIASES) as desk:
        desk.models().choose('Claude Opus 4.6')
        desk.shoot('models-details', 1)
        desk.choose('Claude Sonnet 4.6')
        desk.shoot('models-alias-pattern')
        desk.choose('GPT-5.5')
        desk.shoot('models-default')
        desk.choose('Claude Opus 5')
        desk.shoot('models-needs-enabling')
        desk.tree.press('push button', 'Enable…')
        desk.shoot('models-terms')


def models_filter(programs, folder, theme):
    with Models(programs, folder, theme) as desk:
        desk.models()
        desk.tree.find('list item', contains='GPT-4.1,')
        desk.tree.press('toggle button', 'Filter')
        desk.shoot('models-filter')
        desk.type('Escape')
        desk.tree.write(desk.tree.find('text', 'Search models'), 'no such model')
        desk.shoot('models-no-match', 1)


def models_loading(programs, folder, theme):
    with Models(programs, folder, theme) as desk:
        desk.models({'rules': [{'on': 'GET /models', 'stall': True}]})
        desk.shoot('models-loading', 1)


def models_failed(programs, folder, theme):
    with Models(programs, folder, theme) as desk:
        desk.models({'rules': [{'on': 'GET /models', 'reply': {'status': 500, 'text': 'trouble'}}]})
        desk.tree.find('list item', contains='Claude Opus 4.6,')
        desk.shoot('models-builtin')
        desk.tree.press('push button', 'Refresh models')
        desk.shoot('models-failed', 3)


def models_signed_out(programs, folder, theme):
    with Models(programs, folder, theme) as desk:
        desk.simulate({})
        desk.look()
        desk.page('models')
        desk.shoot('models-signed-out', 1)


SCENES = [models_details, models_filter, models_loading, models_failed, models_signed_out]
