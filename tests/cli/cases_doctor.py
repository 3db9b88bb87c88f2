# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The doctor on good and bad days: what it finds, what it advises, and how it ends."""

import contextlib
import json
import os
import socket
import sqlite3
import ssl
import subprocess
import threading

import jsonschema

from cases_words import expect
from desk import Desk, free_port

GOOD = {'account': {'kind': 'pro', 'login': 'octocat'}, 'models': 'default'}
NAMES = ['settings', 'data_folder', 'history', 'keyring', 'port', 'open_files', 'libraries', 'proxy', 'dns',
         'tls', 'clock', 'github_token', 'subscription', 'copilot_token', 'copilot_host', 'models', 'chat',
         'responses', 'messages', 'ollama', 'embeddings', 'stream', 'instances', 'tray', 'autostart']
CALLS = ['chat', 'responses', 'messages', 'ollama', 'embeddings', 'stream']
STATES = ['ok', 'warning', 'failed', 'skipped']
TEXT = {'type': 'string', 'minLength': 1}
# What scripts may rely on.
SCHEMA = {
    'type': 'object', 'additionalProperties': False,
    'required': ['version', 'running', 'state', 'time_ms', 'checks'],
    'properties': {
        'version': TEXT, 'running': {'type': 'boolean'}, 'state': {'enum': STATES[:3]},
        'time_ms': {'type': 'integer', 'minimum': 0, 'maximum': 30000},
        'checks': {'type': 'array', 'items': {
            'type': 'object', 'additionalProperties': False,
            'required': ['name', 'group', 'title', 'state', 'found', 'remedy', 'time_ms'],
            'properties': {
                'name': {'type': 'string', 'pattern': '^[a-z_]+$'},
                'group': {'enum': ['computer', 'network', 'account', 'apis', 'desktop', 'tool']},
                'title': TEXT, 'state': {'enum': STATES}, 'found': TEXT,
                'remedy': {'type': ['string', 'null'], 'minLength': 10},
                'time_ms': {'type': 'integer', 'minimum': 0},
            },
        }},
    },
}


def examine(desk, code, *words):
    """The checks by their names, once they are held against what is promised of all of them."""
    result = desk.run('doctor', '--json', *words)
    expect(result, code)
    report = result.json()
    jsonschema.validate(report, SCHEMA)
    checks = {check['name']: check for check in report['checks']}
    assert list(checks)[:len(NAMES)] == NAMES, list(checks)
    states = [check['state'] for check in checks.values()]
    worst = 'failed' if 'failed' in states else 'warning' if 'warning' in states else 'ok'
    assert report['state'] == worst and (code == 1) == (worst == 'failed'), report
    for check in checks.values():
        needs_remedy = check['state'] in ('warning', 'failed')
        assert (check['remedy'] is not None) == needs_remedy, check
        assert desk.environment['HOME'] not in check['found'] + (check['remedy'] or ''), check
    return checks


def signed_in(desk, scenario):
    facts = desk.simulate(scenario)
    desk.environment['JUMPSEAT_GITHUB_TOKEN'] = facts['token']
    return facts


def want(checks, name, state, found='', remedy=''):
    check = checks[name]
    assert check['state'] == state, check
    assert found in check['found'], check
    assert remedy in (check['remedy'] or ''), check


def want_skipped(checks, names, why):
    for name in names:
        want(checks, name, 'skipped', why)


def doctor_finds_all_well(programs):
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        checks = examine(desk, 0)
        for name in NAMES:
            want(checks, name, 'skipped' if name == 'tray' else 'ok')
        for name in CALLS:
            assert any(word in checks[name]['found'] for word in ('credits', 'free')), checks[name]
        want(checks, 'github_token', 'ok', 'octocat')
        want(checks, 'stream', 'ok', 'passed on in')
        service = desk.start()
        checks = examine(desk, 0)
        want(checks, 'port', 'ok', 'answers')
        want(checks, 'instances', 'ok', str(service.pid))
        want(checks, 'stream', 'ok', 'passed on in')


def doctor_speaks_plainly(programs):
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        result = desk.run('doctor')
        expect(result, 0, '✓ Chat completions')
        assert '--no-calls' in result.out and 'credit' in result.out, result
        assert '\033' not in result.out and result.err == '', result
        assert max(len(line) for line in result.lines()) <= 80, result
        desk.simulate(GOOD)
        desk.environment['JUMPSEAT_GITHUB_TOKEN'] = 'none'
        result = desk.run('doctor')
        expect(result, 1, '✗ GitHub token')
        assert '→ Put a valid token' in result.out, result


def doctor_leaves_out(programs):
    with Desk(programs) as desk:
        facts = signed_in(desk, GOOD)
        checks = examine(desk, 0, '--no-calls')
        want_skipped(checks, CALLS, 'credits')
        want(checks, 'models', 'ok')
        desk.environment['JUMPSEAT_GITHUB_URL'] = 'http://127.0.0.1:9'
        for word in ('--offline', '--no-requests'):
            checks = examine(desk, 0, word)
            want_skipped(checks, CALLS + ['dns', 'tls', 'models', 'copilot_token'], 'left out')
            want(checks, 'github_token', 'ok', 'not asked')
        desk.environment['JUMPSEAT_GITHUB_URL'] = facts['url']
        expect(desk.run('doctor', '--client', 'emacs'), 2, err='claude-code')
        expect(desk.run('doctor', 'everything'), 2)


def doctor_finds_no_token(programs):
    with Desk(programs) as desk:
        desk.simulate(GOOD)
        checks = examine(desk, 1)
        want(checks, 'github_token', 'failed', 'nobody is signed in', 'jumpseat login')
        want_skipped(checks, ['subscription', 'copilot_token', 'models'] + CALLS, 'GitHub token')


def doctor_finds_a_revoked_token(programs):
    with Desk(programs) as desk:
        signed_in(desk, dict(GOOD, account={'kind': 'revoked'}))
        checks = examine(desk, 1)
        want(checks, 'github_token', 'failed', 'refuses', 'JUMPSEAT_GITHUB_TOKEN')


def doctor_finds_no_seat(programs):
    with Desk(programs) as desk:
        signed_in(desk, dict(GOOD, account={'kind': 'no_seat', 'login': 'newcomer'}))
        checks = examine(desk, 1)
        want(checks, 'subscription', 'failed', 'no Copilot plan or seat', 'https://github.com/')
        want(checks, 'copilot_token', 'failed', 'No access to GitHub Copilot', 'https://github.com/')
        want_skipped(checks, ['copilot_host', 'models'] + CALLS, 'Copilot token')


def doctor_finds_a_wrong_clock(programs):
    with Desk(programs) as desk:
        signed_in(desk, dict(GOOD, clock_skew_seconds=-1200))
        want(examine(desk, 1, '--no-calls'), 'clock', 'failed', '20 min ahead', 'clock')
        signed_in(desk, dict(GOOD, clock_skew_seconds=120))
        want(examine(desk, 0, '--no-calls'), 'clock', 'warning', 's behind', 'clock')


def doctor_finds_a_dead_proxy(programs):
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        desk.environment['JUMPSEAT_GITHUB_API_URL'] = 'https://github.example'
        desk.write_settings('[upstream]\nproxy=http://me:secret-word@127.0.0.1:%d\n' % free_port())
        checks = examine(desk, 1, '--no-calls')
        want(checks, 'proxy', 'failed', 'upstream.proxy', 'jumpseat config set upstream.proxy')
        assert 'secret-word' not in str(checks), checks['proxy']
        want_skipped(checks, ['dns', 'tls', 'models'], 'Proxy')
        # one that wants to know who asks
        with serve(lambda sock: (sock.recv(4096), sock.sendall(
                b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n'
                b'Content-Length: 0\r\nConnection: close\r\n\r\n'))) as port:
            desk.write_settings('')
            desk.environment['https_proxy'] = 'http://127.0.0.1:%d' % port
            checks = examine(desk, 1, '--no-calls')
            want(checks, 'proxy', 'failed', 'https_proxy', 'NAME:PASSWORD')


def doctor_finds_no_such_host(programs):
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        desk.environment['JUMPSEAT_GITHUB_API_URL'] = 'https://nobody.invalid'
        desk.environment['GIO_USE_PROXY_RESOLVER'] = 'dummy'
        checks = examine(desk, 1)
        want(checks, 'dns', 'failed', 'nobody.invalid', 'DNS')
        want_skipped(checks, ['tls', 'clock', 'models'] + CALLS, 'Host names')


@contextlib.contextmanager
def serve(greet):
    """A server for as long as a case needs one; @greet gets each connection."""
    listener = socket.create_server(('127.0.0.1', 0))

    def accept():
        while True:
            try:
                sock, _address = listener.accept()
                with sock, contextlib.suppress(OSError):
                    sock.settimeout(10)
                    greet(sock)
            except OSError:
                return

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def doctor_finds_a_strange_certificate(programs):
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        key, certificate = os.path.join(desk.root, 'key.pem'), os.path.join(desk.root, 'cert.pem')
        subprocess.run(('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
                        '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost',
                        '-addext', 'subjectAltName=DNS:localhost'), check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

        def greet(sock):
            with context.wrap_socket(sock, server_side=True) as secure:
                secure.recv(4096)
                secure.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}')

        with serve(greet) as port:
            desk.environment['JUMPSEAT_GITHUB_API_URL'] = 'https://localhost:%d' % port
            checks = examine(desk, 1)
            want(checks, 'tls', 'failed', 'self-signed', 'upstream.ca_file')
            want(checks, 'github_token', 'ok', 'not asked')
            want_skipped(checks, ['clock', 'subscription', 'models'] + CALLS, 'Connection')
            # what the remedy advises helps
            desk.write_settings('[upstream]\nca_file=%s\n' % certificate)
            want(examine(desk, 1, '--no-calls'), 'tls', 'ok', 'trusted')


def doctor_finds_a_busy_port(programs):
    with Desk(programs) as desk, socket.create_server(('127.0.0.1', desk.port)):
        signed_in(desk, GOOD)
        checks = examine(desk, 1)
        want(checks, 'port', 'failed', 'pid %d' % os.getpid(), 'jumpseat config set server.port')
        want(checks, 'chat', 'ok')


def doctor_finds_an_older_one(programs):
    """What ran before an upgrade still does."""
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        service = desk.start()
        path = os.path.join(desk.root, 'run', 'jumpseat', 'control-%d.json' % desk.port)
        with open(path, encoding='utf-8') as file:
            told = json.load(file)
        told['version'] = '0.0.9'
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(told, file)
        checks = examine(desk, 0, '--no-calls')
        want(checks, 'instances', 'warning', '0.0.9 at %s (pid %d), while this is' % (desk.url, service.pid),
             'jumpseat quit')


def doctor_finds_no_keyring(programs):
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        del desk.environment['JUMPSEAT_SECRETS']
        checks = examine(desk, 0, '--no-calls')
        want(checks, 'keyring', 'warning', 'secrets', 'secrets.backend file')
        desk.environment['JUMPSEAT_SECRETS'] = 'keyring'
        checks = examine(desk, 1, '--no-calls')
        want(checks, 'keyring', 'failed', 'no file instead', 'secrets.backend auto')


def doctor_finds_a_broken_api(programs):
    rules = [{'on': 'POST /v1/messages', 'reply': {'status': 500, 'text': 'oops'}},
             {'on': 'POST /embeddings', 'reply': {'status': 403, 'text': 'Forbidden'}}]
    with Desk(programs) as desk:
        signed_in(desk, dict(GOOD, rules=rules))
        checks = examine(desk, 1)
        want(checks, 'messages', 'failed', 'claude', 'githubstatus')
        want(checks, 'embeddings', 'failed', 'embedding', 'organisation')
        for name in ('chat', 'responses', 'ollama', 'stream'):
            want(checks, name, 'ok')


def doctor_finds_a_stream_held_back(programs):
    rules = [{'on': 'POST /chat/completions', 'calls': '2-', 'stream': {'hold': True, 'gap_ms': 40}}]
    with Desk(programs) as desk:
        signed_in(desk, dict(GOOD, rules=rules))
        checks = examine(desk, 0)
        want(checks, 'stream', 'warning', 'something on the way buffers', 'upstream.proxy')


def doctor_finds_a_wrong_setting(programs):
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        service = desk.start()
        desk.write_settings('[server]\nport=seventy\n')
        checks = examine(desk, 1)
        want(checks, 'settings', 'failed', 'port', 'jumpseat.conf')
        want_skipped(checks, ['port', 'proxy', 'tls', 'chat'], 'Settings')
        assert service.process.poll() is None


def doctor_finds_a_damaged_history(programs):
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        examine(desk, 0)
        path = os.path.join(desk.root, 'data', 'jumpseat', 'history.db')
        with contextlib.closing(sqlite3.connect(path)) as database:
            assert database.execute('SELECT count(*) FROM sqlite_master').fetchone()[0] > 0
        want(examine(desk, 0, '--offline'), 'history', 'ok', 'sound')
        with open(path, 'r+b') as file:
            file.write(b'This is no database. ' * 20)
        want(examine(desk, 1, '--offline'), 'history', 'failed', 'history.db', 'move')


def doctor_looks_at_tools(programs):
    with Desk(programs) as desk:
        signed_in(desk, GOOD)
        for tool in ('claude-code', 'codex', 'opencode', 'openai', 'anthropic', 'ollama'):
            check = examine(desk, 1, '--offline', '--client', tool)['client']
            assert check['state'] == 'failed' and str(desk.port) in check['remedy'], check
        desk.environment['ANTHROPIC_BASE_URL'] = desk.url
        want(examine(desk, 0, '--offline', '--client', 'claude-code'), 'client', 'ok', desk.url)
        desk.environment['ANTHROPIC_BASE_URL'] = 'https://api.anthropic.com'
        want(examine(desk, 1, '--offline', '--client', 'claude-code'), 'client', 'failed', 'elsewhere',
             'ANTHROPIC_BASE_URL')
        folder = os.path.join(desk.environment['HOME'], '.codex')
        os.mkdir(folder)
        with open(os.path.join(folder, 'config.toml'), 'w', encoding='utf-8') as file:
            file.write('model_provider = "jumpseat"\n[model_providers.jumpseat]\nbase_url = "%s/v1"\n' % desk.url)
        want(examine(desk, 0, '--offline', '--client', 'codex'), 'client', 'ok', '~/.codex/config.toml')


def doctor_finds_a_dead_autostart(programs):
    with Desk(programs) as desk:
        folder = os.path.join(desk.root, 'config', 'autostart')
        os.mkdir(folder)
        with open(os.path.join(folder, 'io.github.jumpseat.Jumpseat.desktop'), 'w', encoding='utf-8') as file:
            file.write('[Desktop Entry]\nType=Application\nName=Jumpseat\nExec=/nowhere/jumpseat --hidden\n')
        checks = examine(desk, 1, '--offline')
        want(checks, 'autostart', 'failed', '/nowhere/jumpseat', 'Start at Login')


CASES = [
    doctor_finds_all_well, doctor_speaks_plainly, doctor_leaves_out, doctor_finds_no_token,
    doctor_finds_a_revoked_token, doctor_finds_no_seat, doctor_finds_a_wrong_clock, doctor_finds_a_dead_proxy,
    doctor_finds_no_such_host, doctor_finds_a_strange_certificate, doctor_finds_a_busy_port,
    doctor_finds_an_older_one, doctor_finds_no_keyring, doctor_finds_a_broken_api, doctor_finds_a_stream_held_back,
    doctor_finds_a_wrong_setting, doctor_finds_a_damaged_history, doctor_looks_at_tools,
    doctor_finds_a_dead_autostart,
]
