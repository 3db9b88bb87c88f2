# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Signing in and out, with and without a running service, against a simulated GitHub."""

import json
import os
import pty
import re
import stat

from cases_words import expect
from desk import INTERRUPT, TERMINATE, Desk, fetch, visit

# The person decides; polls come after each second (and a margin of one).
PATIENT = {'account': {'kind': 'pro', 'login': 'octocat'},
           'device': {'pending': -1, 'interval': 1}, 'models': 'default'}


def signed_out(programs):
    with Desk(programs) as desk:
        result = desk.run('status')
        expect(result, 0, 'Configuration file: %s\nPort: %d\n' % (desk.settings_file, desk.port))
        expect(result, 0, 'Authentication: ✗ Not authenticated\n')
        expect(result, 0, 'jumpseat login')
        expect(result, 0, 'Has GitHub token: false\n')
        facts = desk.run('status', '--json').json()
        for key in ('config_file', 'port', 'authenticated', 'has_github_token', 'refresh_interval',
                    'token_expires_at', 'token_expires_in_seconds', 'status', 'source',
                    'secret_store', 'problem'):
            assert key in facts, (key, facts)
        assert facts['status'] == 'not_authenticated' and facts['authenticated'] is False, facts
        assert facts['running'] is False and facts['port'] == desk.port, facts
        for words in (['models'], ['refresh']):
            expect(desk.run(*words), 3, err='jumpseat login')
        expect(desk.run('logout'), 0)
        assert desk.run('logout', '--json').json()['signed_in'] is False
        desk.start()
        for words in (['models'], ['refresh']):
            expect(desk.run(*words), 3, err='jumpseat login')


def check_signed_in(desk):
    result = desk.run('status')
    expect(result, 0, 'Authentication: ✓ Authenticated\n')
    expect(result, 0, 'Signed in as: octocat')
    expect(result, 0, 'Secret store: file\n')
    expect(desk.run('models'), 0, 'Available models (')
    expect(desk.run('login'), 0, 'Already signed in as octocat')
    facts = desk.run('auth', '--json').json()
    assert facts['status'] == 'success' and facts['already_signed_in'] is True, facts


def login_without_a_service(programs):
    with Desk(programs) as desk:
        facts = desk.simulate(PATIENT)
        login = desk.spawn('login')
        uri = login.wait_for('To authenticate, visit: ').split(': ', 1)[1]
        code = login.wait_for('Enter code: ').split(': ', 1)[1]
        assert uri.startswith(facts['url']), uri
        visit(facts, code)
        login.wait_for('Signed in as octocat.')
        expect(login.end(), 0)
        check_signed_in(desk)
        expect(desk.run('refresh'), 0, 'New token expires in: ')
        secrets = os.path.join(desk.root, 'data', 'jumpseat', 'secrets')
        assert stat.S_IMODE(os.stat(secrets).st_mode) == 0o700
        for name in os.listdir(secrets):
            path = os.path.join(secrets, name)
            assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
            with open(path, encoding='utf-8') as file:
                desk.secrets.append(json.load(file)['token'])
        expect(desk.run('logout'), 0, 'Signed out.')
        assert os.listdir(secrets) == []
        expect(desk.run('status'), 0, '✗ Not authenticated')


def login_with_a_service(programs):
    with Desk(programs) as desk:
        facts = desk.simulate(PATIENT)
        service = desk.start()
        login = desk.spawn('login', '--json')
        pending = json.loads(login.wait_for('{"status":"pending"'))
        assert sorted(pending) == ['expires_in', 'interval', 'status', 'user_code',
                                   'verification_uri'], pending
        assert 0 < pending['expires_in'] <= 900 and pending['interval'] >= 1, pending
        visit(facts, pending['user_code'])
        result = login.end()
        expect(result, 0)
        last = json.loads(result.lines()[-1])
        assert last == {'status': 'success', 'login': 'octocat'}, result
        check_signed_in(desk)
        assert fetch(desk.url + '/v1/models')[0] == 200
        # --force signs in anew although somebody is signed in
        login = desk.spawn('login', '--json', '--force')
        visit(facts, json.loads(login.wait_for('{"status":"pending"'))['user_code'])
        expect(login.end(), 0, '"success"')
        expect(desk.run('logout'), 0, 'Signed out.')
        assert desk.run('status', '--json').json()['account_state'] == 'signed_out'
        service.signal(TERMINATE)
        expect(service.end(), 0)


def login_at_a_company(programs):
    """Another simulator plays the company's GitHub. (The next start asks the one that the settings name.)"""
    with Desk(programs) as desk:
        company = desk.simulate({**PATIENT, 'account': {'kind': 'pro', 'login': 'employee'}})
        desk.simulate(PATIENT)
        for service in (False, True):
            if service:
                desk.start()
            login = desk.spawn('login', '--host', company['url'])
            uri = login.wait_for('To authenticate, visit: ').split(': ', 1)[1]
            assert uri.startswith(company['url']), uri
            visit(company, login.wait_for('Enter code: ').split(': ', 1)[1])
            login.wait_for('Signed in as employee.')
            expect(login.end(), 0)
            if service:
                expect(desk.run('status'), 0, 'Signed in as: employee')
            for words in (['login', '--host', 'no such place'], ['login', '--host', 'acme']):
                assert desk.run(*words).code != 0, words
        expect(desk.run('login', '--host', 'acme', '--import'), 2, err='--host is for signing in with a code')


def login_is_cancelled(programs):
    with Desk(programs) as desk:
        desk.simulate(PATIENT)
        for is_running in (False, True):
            if is_running:
                desk.start()
            login = desk.spawn('login', '--json')
            login.wait_for('{"status":"pending"')
            login.signal(INTERRUPT)
            result = login.end()
            expect(result, 130)
            assert json.loads(result.lines()[-1])['status'] == 'cancelled', result


def login_on_a_terminal(programs):
    with Desk(programs) as desk:
        facts = desk.simulate(PATIENT)
        ours, theirs = pty.openpty()
        login = desk.spawn('login', stdout=theirs)
        os.close(theirs)
        text = ''
        while len(re.findall(r'expires in \d+m \d+s', text)) < 2:
            text += os.read(ours, 4096).decode(errors='replace')
        lines = text.splitlines()
        assert lines[0].startswith('┌') and lines[0].endswith('┐'), text
        assert len({len(line) for line in lines[:8] if line[:1] in '┌│└'}) == 1, text
        assert '\r\033[K' in text, text
        visit(facts, re.search(r'Enter code: (\S+)', text).group(1))
        expect(login.end(), 0)
        assert 'Signed in as octocat.' in os.read(ours, 4096).decode(), text
        os.close(ours)


def login_is_denied(programs):
    with Desk(programs) as desk:
        facts = desk.simulate(PATIENT)
        login = desk.spawn('login')
        visit(facts, login.wait_for('Enter code: ').split(': ', 1)[1], 'cancel')
        expect(login.end(), 1, err='denied')


def login_runs_out(programs):
    with Desk(programs) as desk:
        device = {'pending': -1, 'interval': 1, 'expires_in': 2}
        desk.simulate(dict(PATIENT, device=device))
        result = desk.spawn('login', '--json').end()
        expect(result, 1)
        assert json.loads(result.lines()[-1])['status'] == 'expired', result


def login_without_github(programs):
    with Desk(programs) as desk:
        desk.simulate(PATIENT)
        desk.processes[0].kill()
        expect(desk.run('login'), 69, err='could not connect')


def login_with_token(programs):
    with Desk(programs) as desk:
        facts = desk.simulate(PATIENT)
        expect(desk.run('login', '--with-token', stdin='\n'), 2, err='standard input')
        wrong = 'ghx_' + 'wrong' * 8
        desk.secrets.append(wrong)
        expect(desk.run('login', '--with-token', stdin=wrong + '\n'), 3)
        expect(desk.run('login', '--with-token', stdin=facts['token']), 0,
               'Signed in as octocat.')
        check_signed_in(desk)
        expect(desk.run('logout'), 0)
        desk.start()
        result = desk.run('login', '--with-token', '--json', stdin=facts['token'] + '\n')
        assert result.json() == {'status': 'success', 'login': 'octocat'}, result
        expect(desk.run('login', '--with-token', stdin=wrong), 3)


def login_with_import(programs):
    with Desk(programs) as desk:
        facts = desk.simulate(PATIENT)
        expect(desk.run('login', '--import'), 1, err='no other tool')
        folder = os.path.join(desk.root, 'config', 'ghcsd')
        os.mkdir(folder)
        with open(os.path.join(folder, '.copilot-auth-token'), 'w', encoding='utf-8') as file:
            file.write(facts['token'] + '\n')
        expect(desk.run('login', '--import', 'passenger-rs'), 1, err='passenger-rs')
        expect(desk.run('login', '--import'), 0, 'Signed in as octocat.')
        check_signed_in(desk)
        folder = os.path.join(desk.root, 'config', 'github-copilot')
        os.mkdir(folder)
        other = 'gho_' + 'other' * 8
        desk.secrets.append(other)
        with open(os.path.join(folder, 'apps.json'), 'w', encoding='utf-8') as file:
            json.dump({'github.com:Iv1.x': {'user': 'hubot', 'oauth_token': other}}, file)
        result = desk.run('login', '--import')
        expect(result, 1, 'github-copilot', 'choose one')
        assert 'ghcsd' in result.out and 'hubot' in result.out, result
        result = desk.run('login', '--import', 'ghcsd', '--json')
        lines = [json.loads(line) for line in result.lines()]
        assert {found['tool'] for found in lines[0]['found']} == {'ghcsd', 'github-copilot'}, lines
        assert lines[1] == {'status': 'success', 'login': 'octocat'}, lines


def tokens_from_the_environment(programs):
    with Desk(programs) as desk:
        facts = desk.simulate(PATIENT)
        for name in ('JUMPSEAT_GITHUB_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'):
            desk.environment[name] = facts['token']
            status = desk.run('status', '--json').json()
            assert status['authenticated'] is True and status['status'] == 'healthy', status
            assert status['has_github_token'] is True, status
            expect(desk.run('models'), 0, 'gpt-4.1')
            del desk.environment[name]
        desk.environment['COPILOT_TOKEN'] = 'tid=static;exp=0'
        desk.secrets.append('tid=static')
        status = desk.run('status', '--json').json()
        assert status['authenticated'] is True and status['has_github_token'] is False, status
        expect(desk.run('status'), 0, 'Token expires: never\n')


CASES = [
    signed_out, login_without_a_service, login_with_a_service, login_at_a_company, login_is_cancelled, login_on_a_terminal, login_is_denied,
    login_runs_out, login_without_github, login_with_token, login_with_import,
    tokens_from_the_environment,
]
