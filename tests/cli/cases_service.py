# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The service: starting, being found, being asked, ending. On the demo's simulated account."""

import glob
import json
import os
import re
import shlex
import shutil
import socket
import stat
import subprocess

from cases_words import expect
from desk import INTERRUPT, LIMIT, TERMINATE, Desk, fetch, open_stream

CHAT = {'model': 'gpt-4.1', 'stream': True,
        'messages': [{'role': 'user', 'content': 'Tell me something long about the sea'}]}
# A whole stream, and what it cost.
ENDS = re.compile(r'\n\ndata: \[DONE\]\n\n: x-jumpseat-credits [0-9.]+\s*\Z')


def control_files(desk):
    return glob.glob(os.path.join(desk.root, 'run', 'jumpseat', 'control-*.json'))


def starts_and_says_where(programs):
    with Desk(programs) as desk:
        service = desk.start('--demo')
        line = service.wait_for('curl ')
        text = ''.join(service.out)
        for part in ('OpenAI base URL', 'Anthropic base URL', 'Ollama address',
                     desk.url + '/v1\n', desk.url + '/v1/chat/completions',
                     desk.url + '/v1/models', desk.url + '/health', 'not a GitHub product',
                     'simulated'):
            assert part in text, (part, text)
        assert 'jumpseat login' not in text, text
        assert fetch(desk.url + '/livez')[0] == 200
        if shutil.which('curl'):
            answer = subprocess.run(shlex.split(line), capture_output=True, text=True,
                                    timeout=LIMIT, check=True, env={'PATH': os.environ['PATH']})
            assert ENDS.search(answer.stdout), answer.stdout
        files = control_files(desk)
        assert len(files) == 1 and str(desk.port) in files[0], files
        assert stat.S_IMODE(os.stat(files[0]).st_mode) == 0o600
        assert stat.S_IMODE(os.stat(os.path.dirname(files[0])).st_mode) == 0o700
        service.signal(TERMINATE)
        expect(service.end(), 0)
        assert control_files(desk) == []


def signed_out_start_says_how(programs):
    with Desk(programs) as desk:
        service = desk.start()
        service.wait_for('Nobody is signed in yet. Sign in with: jumpseat login')
        service.signal(INTERRUPT)
        expect(service.end(), 0)


def dashboard_lets_one_browser_in(programs):
    with Desk(programs) as desk:
        expect(desk.run('dashboard'), 69, err='does not run')
        service = desk.start('--demo')
        service.wait_for('curl ')
        link = desk.run('dashboard', '--print')
        expect(link, 0, desk.url + '/open/')
        assert desk.run('dashboard', '--json').json()['url'].startswith(desk.url + '/open/')
        assert link.out.count('\n') == 1, link
        assert fetch(link.out.strip())[0] == 200  # after the redirection
        assert fetch(link.out.strip())[0] == 403
        assert link.out.strip().rsplit('/', 1)[1] not in ''.join(service.out + service.err)
        service.signal(TERMINATE)
        expect(service.end(), 0)


def asked_about_while_running(programs):
    with Desk(programs) as desk:
        service = desk.start('--demo')
        desk.environment['JUMPSEAT_PORT'] = '8081'  # commands find it all the same
        assert fetch(service_url(service) + '/v1/models')[0] == 200
        result = desk.run('status')
        expect(result, 0, 'Authentication: ✓ Authenticated\n')
        expect(result, 0, 'Status: ✅ Token is healthy\n')
        expect(result, 0, 'Token expires: in ')
        expect(result, 0, 'Has GitHub token: true\n')
        expect(result, 0, 'Refresh interval: ')
        expect(result, 0, 'Running: at %s (pid %d' % (service_url(service), service.pid))
        facts = desk.run('--json', 'status').json()
        assert facts['status'] == 'healthy' and facts['authenticated'] is True, facts
        assert facts['pid'] == service.pid and facts['demo'] is True, facts
        assert facts['token_expires_in_seconds'] > 0 and facts['refresh_interval'] > 0, facts
        result = desk.run('models')
        count = len(desk.run('models', '--json').json()['data'])
        assert result.lines()[0] == 'Available models (%d total):' % count, result
        assert count > 3 and len(result.lines()) == count + 1, result
        assert any(line.startswith('  - gpt-4.1 (') for line in result.lines()), result
        result = desk.run('models', '--long')
        assert 'CONTEXT' in result.lines()[1] and len(result.lines()) == count + 2, result
        expect(desk.run('refresh'), 0, 'New token expires in: ')
        assert desk.run('refresh', '--json').json()['token_expires_in_seconds'] > 0
        expect(desk.run('status', '--port', str(desk.port)), 0, 'Running: no')


def service_url(service):
    line = next(line for line in service.out if line.startswith('Jumpseat '))
    return line.split()[-1]


def second_start_opens_the_dashboard(programs):
    """Whoever clicks on the icon while the service runs without a window has no terminal to read."""
    with Desk(programs) as desk:
        opened = os.path.join(desk.root, 'opened')
        browser = os.path.join(desk.root, 'browser')
        with open(browser, 'w', encoding='utf-8') as file:
            file.write('#!/bin/sh\necho "$1" >>%s\n' % opened)
        os.chmod(browser, 0o700)
        applications = os.path.join(desk.root, 'share', 'applications')
        os.makedirs(applications)
        with open(os.path.join(applications, 'browser.desktop'), 'w', encoding='utf-8') as file:
            file.write('[Desktop Entry]\nType=Application\nName=Browser\nExec=%s %%u\n'
                       'MimeType=x-scheme-handler/http;\n' % browser)
        with open(os.path.join(applications, 'mimeapps.list'), 'w', encoding='utf-8') as file:
            file.write('[Default Applications]\nx-scheme-handler/http=browser.desktop\n')
        service = desk.start('--demo')
        desk.environment.update(DISPLAY=':99', XDG_DATA_DIRS=os.path.join(desk.root, 'share'))
        for words in (['--no-gui'], ['--hidden']):
            expect(desk.run(*words), 0, 'already running at %s (pid %d)' % (desk.url, service.pid))
        assert not os.path.exists(opened)
        os.mkfifo(opened)
        reader = subprocess.Popen(['cat', opened], stdout=subprocess.PIPE, text=True)
        expect(desk.run(), 0, 'already running')
        link = reader.communicate(timeout=LIMIT)[0].strip()
        assert link.startswith(desk.url + '/') and '\n' not in link, link
        expect(desk.run('quit'), 0)


def second_start(programs):
    with Desk(programs) as desk:
        service = desk.start('--demo')
        for words in ([], ['run'], ['start', '--demo'], ['--no-gui']):
            expect(desk.run(*words), 0,
                   'Jumpseat is already running at %s (pid %d)' % (desk.url, service.pid))
        service.process.kill()
        service.end()
        assert len(control_files(desk)) == 1  # left behind, and not believed
        service = desk.start('--demo')
        service.signal(TERMINATE)
        expect(service.end(), 0)


def busy_port(programs):
    with Desk(programs) as desk, socket.socket() as holder:
        holder.bind(('127.0.0.1', desk.port))
        holder.listen()
        result = desk.run('--no-gui', '--demo')
        expect(result, 75, err=str(desk.port))
        # somebody who has not signed in yet reads about the port alone
        assert desk.run('--no-gui').out == ''
        assert 'Start with --port ' in result.err and 'server.port' in result.err, result
        assert result.out == '' and control_files(desk) == [], result
        offered = result.err.split('--port ')[1].split(',')[0]
        service = desk.start('--demo', '--port', offered)
        assert fetch('http://127.0.0.1:%s/livez' % offered)[0] == 200
        service.signal(TERMINATE)
        expect(service.end(), 0)


def any_free_port(programs):
    with Desk(programs) as desk:
        one = desk.start('--demo', '--port', '0')
        two = desk.start('--demo', '--port', '0')
        assert service_url(one) != service_url(two)
        for service in (one, two):
            assert fetch(service_url(service) + '/livez')[0] == 200
            port = service_url(service).split(':')[-1]
            assert desk.run('status', '--json', '-p', port).json()['pid'] == service.pid
            service.signal(TERMINATE)
            expect(service.end(), 0)


def health_check(programs):
    with Desk(programs) as desk:
        expect(desk.run('--health-check'), 1)
        service = desk.start('--demo')
        result = desk.run('--health-check')
        expect(result, 0)
        assert result.out == '' and result.err == '', result
        expect(desk.run('--health-check', '--port', '0'), 0)
        service.signal(TERMINATE)
        service.end()
        expect(desk.run('--health-check'), 1)


def settings_change_a_running_service(programs):
    with Desk(programs) as desk:
        desk.write_settings('# mine\n')
        desk.start('--demo')
        facts = desk.run('config', 'set', 'models.cache_seconds', '60', '--json').json()
        assert facts['needs_restart'] is False, facts
        expect(desk.run('config', 'set', 'server.body_limit', '2048'), 0)
        body = json.dumps(dict(CHAT, user='x' * 4096))
        assert fetch(desk.url + '/v1/chat/completions', body)[0] == 413
        result = desk.run('config', 'set', 'upstream.client_id', 'Iv1.31')
        expect(result, 0, 'when Jumpseat is started again')
        with open(desk.settings_file, encoding='utf-8') as file:
            text = file.read()
        assert '# mine' in text and '2048' in text and '31' in text, text


def streams_end_before_the_service(programs):
    with Desk(programs) as desk:
        service = desk.start('--demo')
        with open_stream(desk.url + '/v1/chat/completions', CHAT) as stream:
            first = stream.readline()
            service.signal(TERMINATE)
            rest = stream.read().decode()
        assert first.startswith(b'data: '), first
        assert ENDS.search(rest), rest
        expect(service.end(), 0)


def second_signal_ends_at_once(programs):
    with Desk(programs) as desk:
        service = desk.start('--demo')
        with open_stream(desk.url + '/v1/chat/completions', CHAT) as stream:
            stream.readline()
            service.signal(INTERRUPT)
            # it has stopped accepting: now it waits for the stream
            assert any(desk.run('--health-check').code == 1 for _try in range(100))
            service.signal(TERMINATE)
            expect(service.end(), 130)


def stop_by_control_route(programs):
    with Desk(programs) as desk:
        service = desk.start('--demo')
        with open(control_files(desk)[0], encoding='utf-8') as file:
            key = json.load(file)['key']
        desk.secrets.append(key)
        assert fetch(desk.url + '/api/stop', '', 'POST')[0] in (401, 403)
        status, _text = fetch(desk.url + '/api/stop', '', 'POST',
                              {'Authorization': 'Bearer ' + key})
        assert status == 202, status
        expect(service.end(), 0)


def more_clients_than_files(programs):
    """A login gives a process 1024 files, a service needs two for each stream."""
    with Desk(programs) as desk:
        starter = os.path.join(desk.root, 'starter')
        with open(starter, 'w', encoding='utf-8') as file:
            file.write('#!/bin/sh\nulimit -S -n 64\nexec %s "$@"\n' % shlex.quote(desk.jumpseat))
        os.chmod(starter, 0o700)
        desk.jumpseat = starter
        service = desk.start('--demo')
        clients = [socket.create_connection(('127.0.0.1', desk.port), LIMIT) for _ in range(100)]
        for client in clients:
            client.settimeout(LIMIT)
            client.sendall(b'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n')
        for client in clients:
            assert client.recv(100).startswith(b'HTTP/1.1 200 '), 'no answer'
        for client in clients:
            client.close()
        service.signal(TERMINATE)
        expect(service.end(), 0)


CASES = [
    starts_and_says_where, signed_out_start_says_how, asked_about_while_running, second_start,
    second_start_opens_the_dashboard,
    dashboard_lets_one_browser_in, busy_port, any_free_port, health_check,
    settings_change_a_running_service,
    streams_end_before_the_service, second_signal_ends_at_once, stop_by_control_route,
    more_clients_than_files,
]
