# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A desk for pictures: a window manager, a theme, and what a morning's work leaves behind."""

import json
import os
import subprocess

from screen_desk import LIMIT, ScreenDesk, fetch, settle
from tree import Tree

CHAT = '/v1/chat/completions'
# What has to be readable as well, by the name of its pictures.
SPECIAL = {
    'contrast': {'GTK_THEME': 'HighContrast'},
    'large-text': {'GDK_DPI_SCALE': '2'},
    # GTK has these languages, and with them the direction; our words stay English
    'right-to-left': {'LANGUAGE': 'ar'},
}


class Studio(ScreenDesk):
    """A desk with a window manager, so that dialogs stand where people see them."""

    def __init__(self, programs, folder, theme, size='1100x760', settings='', **extra):
        super().__init__(programs, size, **SPECIAL.get(theme, {}), **extra)
        self.folder_of_pictures, self.theme = folder, theme
        self.write_settings('[screen]\ntheme=%s\n%s' % (
            theme if theme in ('light', 'dark') else 'system', settings))
        data = os.path.join(self.root, 'data', 'jumpseat')
        os.makedirs(data, 0o700)
        with open(os.path.join(data, 'window.ini'), 'w', encoding='utf-8') as file:
            file.write('[window]\nmaximized=true\n')
        self.help_with(['openbox'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def look(self, *arguments):
        self.program = self.open(*arguments)
        return self.tree_of_window()

    def tree_of_window(self):
        self.tree = Tree(self)
        self.tree.find('frame')
        return self

    def shoot(self, name, seconds=0.7):
        settle(seconds)
        path = os.path.join(self.folder_of_pictures, '%s-%s.png' % (name, self.theme))
        self.screenshot(path)
        subprocess.run(['mogrify', '-strip', '-colors', '256', path], check=True, timeout=LIMIT,
                       env=self.environment)
        print(path, flush=True)

    def page(self, name, app_id='io.github.jumpseat.Jumpseat'):
        self.act('show-page', "'%s'" % name, app_id)


DEMO = 'io.github.jumpseat.Jumpseat.Demo'


def ask(url, path, body, agent):
    headers = {'Content-Type': 'application/json', 'User-Agent': agent}
    if path == '/v1/messages':
        headers['anthropic-version'] = '2023-06-01'
    return fetch(url + path, json.dumps(body), headers=headers)


def some_requests(url):
    """What a morning's work leaves in the list."""
    hello = [{'role': 'user', 'content': 'Write a haiku about a folding seat.'}]
    tools = [{'type': 'function', 'function': {'name': 'read_file', 'description': 'Reads a file',
              'parameters': {'type': 'object', 'properties': {'path': {'type': 'string'}}}}}]
    ask(url, CHAT, {'model': 'gpt-4.1', 'messages': hello}, 'OpenAI/Python 1.109.1')
    ask(url, '/v1/messages', {'model': 'claude-sonnet-4-6', 'max_tokens': 500, 'messages': hello},
        'claude-cli/2.1.87 (external, cli)')
    ask(url, '/v1/messages', {'model': 'claude-sonnet-4-6', 'max_tokens': 500, 'messages': [
        {'role': 'user', 'content': 'Now one about the aircraft.'}]},
        'claude-cli/2.1.87 (external, cli)')
    ask(url, '/v1/responses', {'model': 'gpt-5.5', 'input': 'Explain the jump seat in one sentence.'},
        'codex_cli_rs/0.131.0')
    ask(url, '/api/chat', {'model': 'gemini-2.5-pro', 'messages': hello, 'stream': False},
        'ollama-js/0.6.0')
    ask(url, CHAT, {'model': 'gpt-77', 'messages': hello}, 'curl/7.88.1')
    ask(url, '/v1/embeddings', {'model': 'text-embedding-3-small', 'input': 'jump seat'},
        'OpenAI/JS 6.1.0')
    ask(url, CHAT, {'model': 'gpt-4.1', 'messages': hello, 'tools': tools}, 'opencode/1.2.0')
    ask(url, CHAT, {'model': 'claude-opus-4.6', 'stream': True, 'messages': [
        {'role': 'system', 'content': 'You are terse.'}, *hello]}, 'OpenAI/JS 6.1.0')
