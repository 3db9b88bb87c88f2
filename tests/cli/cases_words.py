# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Words and settings: what needs neither a service nor an account."""

import os
import re

from desk import Desk

VERBS = ('run', 'login', 'logout', 'status', 'models', 'dashboard', 'config', 'refresh', 'doctor', 'quit', 'version',
         'help')


def expect(result, code, out='', err=''):
    assert result.code == code, result
    assert out in result.out, result
    assert err in result.err, result


def version(programs):
    with Desk(programs) as desk:
        for words in (['version'], ['--version'], ['-V'], ['status', '--version']):
            result = desk.run(*words)
            expect(result, 0)
            assert re.fullmatch(r'jumpseat \d+\.\d+\.\d+\S*\n', result.out), result
        facts = desk.run('version', '--json').json()
        assert facts['name'] == 'jumpseat' and facts['version'] in result.out, facts


def help_lists_every_command(programs):
    with Desk(programs) as desk:
        for words in (['help'], ['--help'], ['-h']):
            result = desk.run(*words)
            expect(result, 0, 'Usage: jumpseat')
            for verb in VERBS:
                assert re.search(r'^  %s ' % verb, result.out, re.M), verb
        for verb in VERBS:
            expect(desk.run('help', verb), 0, 'Usage: jumpseat %s' % verb)
            expect(desk.run(verb, '--help'), 0, 'Usage: jumpseat %s' % verb)
        expect(desk.run('help', 'login'), 0, '--import')
        expect(desk.run('help', 'start'), 0, 'Usage: jumpseat run')


def wrong_usage(programs):
    wrong = (['dance'], ['--dance'], ['status', '--dance'], ['status', 'now'], ['run', 'now'],
             ['help', 'dance'], ['config', 'get'], ['config', 'set', 'a'], ['config', 'path', 'x'],
             ['config', 'put', 'a', 'b'], ['config', 'get', 'server.port', '--all'],
             ['login', 'now'], ['login', '--import', 'a', 'b'],
             ['login', '--import', '--with-token'], ['models', '--short'], ['--port'],
             ['version', 'now'], ['refresh', '--force'])
    with Desk(programs) as desk:
        for words in wrong:
            result = desk.run(*words)
            expect(result, 2, err='Usage: jumpseat')
            assert result.out == '', (words, result)
            # what is wrong must not scroll away above all that would be right
            assert len(result.err.splitlines()) < 20, (words, result)


def mistyped_commands(programs):
    with Desk(programs) as desk:
        for typed, meant in (('statsu', 'status'), ('modles', 'models'), ('logn', 'login'),
                             ('key', 'keys'), ('helpp', 'help'), ('budgit', 'budget')):
            expect(desk.run(typed), 2, err='did you mean %s?' % meant)
            expect(desk.run('help', typed), 2, err='did you mean %s?' % meant)
        for typed in ('dance', 'update', 'x', ''):
            result = desk.run(typed)
            expect(result, 2, err='There is no command %s' % typed)
            assert 'mean' not in result.err and 'jumpseat help' in result.err, result
        expect(desk.run('stop'), 0, 'does not run')


def wrong_settings_name_key_value_and_range(programs):
    with Desk(programs) as desk:
        del desk.environment['JUMPSEAT_PORT']
        desk.write_settings('[server]\nport = 99999\n')
        for words in (['status'], ['--no-gui'], ['models'], ['--health-check'],
                      ['config', 'get', 'server.port']):
            result = desk.run(*words)
            expect(result, 1 if '--health-check' in words else 78)
            for part in ('port', '99999', '65535', desk.settings_file):
                assert part in result.err, (part, result)
        expect(desk.run('config', 'path'), 0, desk.settings_file)
        desk.write_settings('[server]\nprot = 8081\n')
        expect(desk.run('status'), 78, err='prot')


def wrong_settings_from_elsewhere(programs):
    with Desk(programs) as desk:
        expect(desk.run('--port', '70000'), 78, err='70000')
        expect(desk.run('status', '--port=x'), 78, err='--port')
        expect(desk.run('--address', '0.0.0.0'), 78, err='0.0.0.0')
        expect(desk.run('--log-level', 'loud'), 78, err='loud')
        desk.environment['JUMPSEAT_PORT'] = 'many'
        expect(desk.run('status'), 78, err='JUMPSEAT_PORT')


def named_settings_file(programs):
    with Desk(programs) as desk:
        path = os.path.join(desk.root, 'own.conf')
        expect(desk.run('--config', path, 'status'), 78, err='does not exist')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('[models]\ncache_seconds = 77\n')
        expect(desk.run('--config', path, 'config', 'get', 'models.cache_seconds'), 0, '77\n')
        expect(desk.run('config', 'get', 'models.cache_seconds', '-c', 'own.conf'), 0, '77\n')
        expect(desk.run('config', 'path', '-c', 'own.conf'), 0, path)
        expect(desk.run('config', 'get', 'models.cache_seconds'), 0, '600\n')


def settings_are_generated_once(programs):
    with Desk(programs) as desk:
        expect(desk.run('config', '--generate'), 0, desk.settings_file)
        with open(desk.settings_file, encoding='utf-8') as file:
            text = file.read()
        assert '[server]' in text and 'port' in text, text
        expect(desk.run('status'), 0)
        with open(desk.settings_file, 'a', encoding='utf-8') as file:
            file.write('# mine\n')
        expect(desk.run('config', '--generate'), 1, err='exist')
        with open(desk.settings_file, encoding='utf-8') as file:
            assert file.read() == text + '# mine\n'


def settings_are_read_and_changed(programs):
    with Desk(programs) as desk:
        del desk.environment['JUMPSEAT_PORT']
        desk.write_settings('# keep me\n[server]\nport = 9000 \n')
        expect(desk.run('config', 'get', 'server.port'), 0, '9000\n')
        expect(desk.run('config', 'set', 'server.port', '9001'), 0, 'server.port = 9001\n')
        expect(desk.run('config', 'get', 'server.port'), 0, '9001\n')
        assert desk.run('config', 'get', 'server.port', '--json').json() == {'server.port': '9001'}
        result = desk.run('config', 'set', 'server.port', '0x10')
        expect(result, 78, err='0x10')
        expect(desk.run('config', 'set', 'server.prot', '1'), 78, err='prot')
        expect(desk.run('config', 'get', 'server.prot'), 78, err='prot')
        expect(desk.run('config', 'set', 'model_aliases.mine', 'gpt-4.1'), 0)
        expect(desk.run('config', 'get', 'model_aliases.mine'), 0, 'gpt-4.1\n')
        facts = desk.run('config', 'set', 'log.level', 'error', '--json').json()
        assert facts == {'name': 'log.level', 'value': 'error', 'needs_restart': False}, facts
        with open(desk.settings_file, encoding='utf-8') as file:
            text = file.read()
        assert '# keep me' in text and '9001' in text and '9000' not in text, text
        result = desk.run('config', '--all')
        expect(result, 0, 'server.port = 9001 (file)\n')
        expect(desk.run('config', '--all', '--port', '1'), 0, 'server.port = 1 (--port)\n')


def config_shows_the_headers(programs):
    with Desk(programs) as desk:
        result = desk.run('config')
        expect(result, 0, 'Configuration file: %s\nPort: %d\n' % (desk.settings_file, desk.port))
        expect(result, 0, 'Has GitHub token: false\n')
        for name in ('User-Agent', 'Editor-Version', 'Editor-Plugin-Version',
                     'Copilot-Integration-Id', 'OpenAI-Intent', 'X-Initiator'):
            assert re.search(r'^  %s: \S' % name, result.out, re.M), (name, result)
        facts = desk.run('config', '--json').json()
        assert facts['port'] == desk.port and facts['has_github_token'] is False, facts
        assert facts['headers']['Editor-Version'].startswith('vscode/'), facts
        assert facts['settings']['server.port'] == {
            'value': str(desk.port), 'source': 'JUMPSEAT_PORT'}, facts


CASES = [
    version, help_lists_every_command, wrong_usage, mistyped_commands,
    wrong_settings_name_key_value_and_range,
    wrong_settings_from_elsewhere, named_settings_file, settings_are_generated_once,
    settings_are_read_and_changed, config_shows_the_headers,
]
