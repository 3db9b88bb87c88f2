#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Tokens of every kind go in wherever they can, everything is done with them at debug level, and
then every byte that came out is searched: what was printed, logged, answered, written to files,
passed to other programs."""

import base64
import json
import os
import secrets
import signal
import stat
import urllib.parse

from stage import CHAT, Stage, main, note, question, wait_until
from upstream import Upstream, completion, piece, random_word

WINDOW = 12  # so much of a token is a token
PATIENT = ('--log-level', 'debug')


class Search:
    """What must not be found."""

    def __init__(self):
        self.planted = {}  # name: (whole, [random parts])

    def plant(self, name, whole, *parts):
        self.planted[name] = (whole, parts or (whole,))
        return whole

    def plant_github(self, name, prefix='gho_'):
        core = random_word(36)
        return self.plant(name, prefix + core, core)

    def plant_copilot(self, name, token):
        text, mac = token.rsplit(':', 1)
        return self.plant(name, token, text.split(';')[0][len('tid='):], mac)

    def needles(self, name):
        whole, parts = self.planted[name]
        yield whole
        yield base64.b64encode(whole.encode()).decode().rstrip('=')
        yield urllib.parse.quote(whole)
        for part in parts:
            for start in range(len(part) - WINDOW + 1):
                yield part[start:start + WINDOW]

    def check(self, where, data, allowed=()):
        if isinstance(data, str):
            data = data.encode()
        for name in self.planted:
            if name not in allowed:
                for needle in self.needles(name):
                    at = data.find(needle.encode())
                    assert at < 0, '%s shows the %s: %r' % (
                        where, name, data[max(0, at - 200):at + 100])

    def check_files(self, root, allowed):
        """@allowed: paths from @root that may hold secrets. Returns how many files were read."""
        count = 0
        for folder, _folders, names in os.walk(root):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.relpath(path, root) in allowed:
                    continue
                count += 1
                self.check(path, path)
                with open(path, 'rb') as file:
                    self.check(path, file.read())
        return count


class Room(Stage):
    """A stage of which everything is kept and, at the end, searched."""

    def __init__(self, programs, search, **extra):
        super().__init__(programs, **extra)
        self.search, self.is_keeping = search, True
        self.allowed_files = set()

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.check_running()
        for process in self.processes:
            if process.process.poll() is None:
                process.signal(signal.SIGTERM)
            process.end()
        try:
            if kind is None:
                self.check_everything()
        finally:
            super().__exit__(kind, error, trace)

    def check_running(self):
        for process in self.processes:
            if process.process.poll() is None:
                for name in ('cmdline', 'environ'):
                    try:
                        with open('/proc/%d/%s' % (process.pid, name), 'rb') as file:
                            self.search.check(name, file.read())
                    except PermissionError:  # even better: of us, only root may look
                        assert name == 'environ' and os.getuid() != 0

    def check_everything(self):
        for text in self.printed:
            self.search.check('a command', text)
        for process in self.processes:
            self.search.check('standard output', ''.join(process.out))
            self.search.check('the log', ''.join(process.err))
        self.search.check('an answer', b''.join(self.received))
        n_files = self.search.check_files(self.root, self.allowed_files)
        note('searched for %d secrets: %d KiB printed, %d KiB logged, %d KiB answered, %d files' % (
            len(self.search.planted), sum(map(len, self.printed)) >> 10,
            sum(len(''.join(process.err)) for process in self.processes) >> 10,
            sum(map(len, self.received)) >> 10, n_files))

    def check_secret_files(self, *tokens):
        """The one place where they may lie."""
        folder = os.path.join(self.root, 'data', 'jumpseat', 'secrets')
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        text = ''
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            assert stat.S_IMODE(os.stat(path).st_mode) == 0o600, path
            with open(path, encoding='utf-8') as file:
                text += file.read()
        assert all(token in text for token in tokens), 'the search would find them'
        assert tokens or text == '', 'something was left'

    def allow(self, *parts):
        self.allowed_files.add(os.path.join(*parts))

    def control(self):
        """Path and contents of the control file, whose key is a secret too."""
        name = os.path.join('run', 'jumpseat', 'control-%d.json' % self.port)
        path = os.path.join(self.root, name)
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        self.allow(name)
        with open(path, encoding='utf-8') as file:
            return json.load(file)


def client_headers(search):
    return [('Authorization', 'Bearer ' + search.planted['client key'][0]),
            ('X-Api-Key', search.planted['client api key'][0]),
            ('Cookie', 'session=' + search.planted['client cookie'][0])]


def plant_client(search):
    for name, prefix in (('client key', 'sk-proj-'), ('client api key', 'sk-ant-api03-'),
                         ('client query', 'sk-')):
        core = random_word(40)
        search.plant(name, prefix + core, core)
    search.plant('client cookie', random_word(40))


def note_copilot_tokens(search, upstream):
    for number, token in enumerate(upstream.copilot_tokens):
        search.plant_copilot('Copilot token %d' % number, token)


def refuse_with(status, text):
    """An upstream that throws our own words back at us, as text, as JSON, in a header."""
    def answer(call):
        token = call.headers['authorization']
        said = text.replace('TOKEN', token)
        body = json.dumps({'error': {'message': said, 'code': 'bad', 'type': token}})
        call.reply(status, body if status % 2 else said,
                   'application/json' if status % 2 else 'text/plain',
                   [('X-Request-Echo', token), ('Retry-After', '1')])
    return answer


def refuse_in_stream(call):
    token = call.headers['authorization']
    call.start_stream()
    call.event(piece('so far '))
    call.event({'error': {'message': 'failed for ' + token, 'code': token}})
    call.end_stream()


def hang_up(call):
    call.close()


def chats(stage, upstream, headers):
    """Good ones and bad ones."""
    hook = 'POST /chat/completions'
    for stream in (False, True):
        status, _body = stage.ask(question(stream=stream), headers=headers)
        assert status == 200, status
    for answer in (refuse_with(400, 'invalid: TOKEN'), refuse_with(401, 'IDE token TOKEN expired'),
                   refuse_with(403, 'forbidden for TOKEN'), refuse_with(429, '"TOKEN" too often'),
                   refuse_with(466, 'TOKEN'), refuse_with(500, 'crash\nwith\nTOKEN\n'),
                   refuse_in_stream, hang_up):
        upstream.hooks[hook] = answer
        for stream in (False, True):
            stage.ask(question(stream=stream), headers=headers)
        del upstream.hooks[hook]
        # a limit that was told counts for its while, and what failed rests for one
        wait_until(lambda: stage.ask(question(), headers=headers)[0] == 200, 'a good answer')
    for body in ({'model': 'no-such-model', 'messages': []}, [], {'model': 1}):
        stage.ask(body, headers=headers)
    query = '?api_key=' + stage.search.planted['client query'][0]
    for path in ('/v1/models', '/nowhere', '/api/status', '/health', '/v1/models/gpt-4.1'):
        stage.ask(method='GET', path=path + query, headers=headers)
    stage.ask(question(), path=CHAT + query, headers=headers)


def commands(stage):
    for words in (['status'], ['status', '--json'], ['models'], ['models', '--long'],
                  ['models', '--json'], ['refresh'], ['refresh', '--json'], ['config'],
                  ['config', '--json'], ['config', 'path'], ['version', '--json'], ['help'],
                  ['login'], ['login', '--json'], ['nonsense']):
        stage.run(*words)
        stage.run(*words, '--log-level', 'debug')


def a_token_of_the_environment(programs):
    search = Search()
    plant_client(search)
    with Upstream() as upstream, Room(programs, search) as stage:
        stage.point_to(upstream)
        upstream.github_token = search.plant_github('GitHub token of the environment')
        stage.environment['JUMPSEAT_GITHUB_TOKEN'] = upstream.github_token
        service = stage.start(*PATIENT)
        search.plant('control key', stage.control()['key'])
        chats(stage, upstream, client_headers(search))
        commands(stage)
        stage.ask(method='GET', path='/api/status', headers=[
            ('Authorization', 'Bearer ' + stage.control()['key'])])
        stage.run('logout')
        note_copilot_tokens(search, upstream)
        assert len(upstream.copilot_tokens) >= 3
        assert 'DEBUG' in ''.join(service.err)


def a_token_that_is_adopted(programs):
    search = Search()
    plant_client(search)
    with Upstream() as upstream, Room(programs, search) as stage:
        stage.point_to(upstream)
        del stage.environment['JUMPSEAT_GITHUB_TOKEN']
        for number in range(2):
            upstream.github_token = search.plant_github('adopted token %d' % number, 'ghu_')
            if number == 1:
                stage.spawn('--no-gui', *PATIENT).wait_for('  Health ')
                search.plant('control key', stage.control()['key'])
            wrong = search.plant_github('wrong token %d' % number)
            assert stage.run('login', '--with-token', *PATIENT, stdin=wrong + '\n').code != 0
            result = stage.run('login', '--with-token', *PATIENT,
                               stdin=upstream.github_token + '\n')
            assert result.code == 0, result
            stage.check_secret_files(upstream.github_token)
            commands(stage)
            if number == 1:
                chats(stage, upstream, client_headers(search))
            assert stage.run('logout', *PATIENT).code == 0
            stage.check_secret_files()
        note_copilot_tokens(search, upstream)


def the_device_flow(programs):
    search = Search()
    with Upstream() as upstream, Room(programs, search) as stage:
        stage.point_to(upstream)
        del stage.environment['JUMPSEAT_GITHUB_TOKEN']
        search.plant('device code', upstream.device_code)
        for number in range(2):
            upstream.github_token = search.plant_github('token of the device flow %d' % number)
            if number == 1:
                stage.spawn('--no-gui', *PATIENT).wait_for('  Health ')
                search.plant('control key', stage.control()['key'])
            refused = []

            def refuse_once(call):
                refused.append(call)
                if len(refused) + number > 1:
                    upstream.answer_usual(call)
                    return
                call.reply(200, {'error': 'authorization_pending', 'interval': 1,
                                 'error_description': 'wait for ' + upstream.device_code})
            upstream.hooks['POST /login/oauth/access_token'] = refuse_once
            result = stage.run('login', '--json', *PATIENT)
            assert result.code == 0 and len(refused) == 2 - number, result
            stage.check_secret_files(upstream.github_token)
            stage.run('status', '--json')
            stage.run('models')
            assert stage.run('logout', *PATIENT).code == 0
            stage.check_secret_files()
        note_copilot_tokens(search, upstream)


def the_token_of_another_tool(programs):
    search = Search()
    with Upstream() as upstream, Room(programs, search) as stage:
        stage.point_to(upstream)
        del stage.environment['JUMPSEAT_GITHUB_TOKEN']
        upstream.github_token = search.plant_github('token of another tool')
        folder = os.path.join(stage.root, 'config', 'github-copilot')
        os.makedirs(folder)
        stage.allow('config', 'github-copilot', 'apps.json')
        with open(os.path.join(folder, 'apps.json'), 'w', encoding='utf-8') as file:
            json.dump({'github.com:Iv1.b507a08c87ecfe98': {
                'user': 'octocat', 'oauth_token': upstream.github_token,
                'githubAppId': 'Iv1.b507a08c87ecfe98'}}, file)
        for words in (['login', '--import'], ['login', '--import', '--json'],
                      ['login', '--import', 'github-copilot'], ['login', '--import', 'ghcsd']):
            stage.run(*words, *PATIENT)
        stage.check_secret_files(upstream.github_token)
        commands(stage)
        note_copilot_tokens(search, upstream)
        assert stage.run('logout', *PATIENT).code == 0
        stage.check_secret_files()


def a_static_copilot_token(programs):
    search = Search()
    plant_client(search)
    with Upstream() as upstream, Room(programs, search) as stage:
        stage.point_to(upstream)
        del stage.environment['JUMPSEAT_GITHUB_TOKEN']
        stage.environment['COPILOT_TOKEN'] = upstream.mint()
        stage.environment['JUMPSEAT_COPILOT_URL'] = upstream.copilot_url
        note_copilot_tokens(search, upstream)
        stage.start(*PATIENT)
        search.plant('control key', stage.control()['key'])
        chats(stage, upstream, client_headers(search))
        commands(stage)
        upstream.copilot_tokens.clear()
        stage.ask(question())
        commands(stage)


def an_exchange_that_repeats_what_it_was_told(programs):
    """GitHub's own words reach people; the token they may hold does not."""
    search = Search()

    def details(call):
        call.reply(403, {'error_details': {
            'title': 'No access for ' + call.headers['authorization'],
            'message': 'Logged in with ' + call.headers['authorization'],
            'url': 'https://github.com/settings?token=' + call.headers['authorization'][6:],
            'notification_id': 'no_copilot_access'}, 'message': call.headers['authorization']})

    def plain(status):
        return lambda call: call.reply(
            status, {'message': 'no: ' + call.headers['authorization'],
                     'token': call.headers['authorization'], 'endpoints': {}})
    with Upstream() as upstream, Room(programs, search) as stage:
        stage.point_to(upstream)
        upstream.github_token = search.plant_github('GitHub token of the environment')
        stage.environment['JUMPSEAT_GITHUB_TOKEN'] = upstream.github_token
        for answer in (details, plain(401), plain(403), plain(429), plain(402)):
            upstream.hooks['GET /copilot_internal/v2/token'] = answer
            for words in (['refresh'], ['models'], ['status', '--json'], ['login', '--json']):
                stage.run(*words, *PATIENT)
        upstream.hooks['GET /copilot_internal/v2/token'] = details
        stage.start(*PATIENT)
        for stream in (False, True):
            stage.ask(question(stream=stream))
        stage.ask(method='GET', path='/health', headers=[('Accept', 'application/json')])
        for words in (['refresh'], ['models'], ['status'], ['status', '--json'], ['login']):
            stage.run(*words, *PATIENT)
        secret = search.plant_github('rejected token')
        upstream.hooks['GET /user'] = plain(401)
        del stage.environment['JUMPSEAT_GITHUB_TOKEN']
        stage.run('login', '--with-token', *PATIENT, stdin=secret + '\n')


def the_words_of_a_prompt(programs):
    """What people ask and hear is nobody else's business either: no log, no file."""
    search = Search()
    with Upstream() as upstream, Room(programs, search) as stage:
        stage.point_to(upstream)
        stage.is_keeping = False  # the client may hear its own words
        question_word, answer_word = random_word(30), random_word(30)
        upstream.hooks['POST /chat/completions'] = lambda call: (
            call.stream(answer_word) if call.json()['stream'] else
            call.reply(200, completion(answer_word)))
        stage.start(*PATIENT)
        for stream in (False, True):
            status, body = stage.ask(question('this is ' + question_word, stream))
            assert status == 200 and answer_word.encode() in body
        stage.ask(question('unknown ' + question_word, model='no-such-model'))
        upstream.hooks['POST /chat/completions'] = lambda call: call.reply(400, call.body)
        stage.ask(question('thrown back ' + question_word))
        search.plant('question', question_word)
        search.plant('answer', answer_word)


BROWSER = '''#!/bin/sh
{ env; cat /proc/$PPID/cmdline; echo "address: $1"; } >"$HOME/saw"
mv "$HOME/saw" "$HOME/browser-saw"
'''
ENTRY = '''[Desktop Entry]
Type=Application
Name=Browser
Exec=%s %%u
MimeType=x-scheme-handler/http;
'''


def install_browser(stage):
    program = os.path.join(stage.root, 'browser')
    folder = os.path.join(stage.root, 'data', 'applications')
    os.mkdir(folder)
    for path, text in ((program, BROWSER),
                       (os.path.join(folder, 'browser.desktop'), ENTRY % program),
                       (os.path.join(stage.root, 'config', 'mimeapps.list'),
                        '[Default Applications]\nx-scheme-handler/http=browser.desktop\n')):
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
    os.chmod(program, 0o755)
    stage.environment['DISPLAY'] = ':99'
    return os.path.join(stage.root, 'home', 'browser-saw')


def what_a_browser_inherits(programs):
    """The program that opens GitHub's page gets none of our tokens, and a plain address."""
    search = Search()
    with Upstream() as upstream, Room(programs, search) as stage:
        stage.point_to(upstream)
        saw = install_browser(stage)
        for name in ('JUMPSEAT_GITHUB_TOKEN', 'COPILOT_TOKEN'):
            stage.environment[name] = search.plant_github(name)
        stage.environment['BROWSER_TEST'] = 'inherited'
        upstream.github_token = search.plant_github('token of the device flow')
        search.plant('device code', upstream.device_code)
        result = stage.run('login', '--force', *PATIENT)
        assert result.code == 0 and 'open in your browser' in result.out, result
        wait_until(lambda: os.path.exists(saw), 'the browser runs')
        with open(saw, encoding='utf-8') as file:
            text = file.read()
        assert 'BROWSER_TEST=inherited\n' in text and 'TOKEN=' not in text, text
        assert text.endswith('address: %s/login/device\n' % upstream.github_url), text
        stage.check_secret_files(upstream.github_token)
        assert stage.run('logout').code == 0
        stage.check_secret_files()


if __name__ == '__main__':
    main([a_token_of_the_environment, a_token_that_is_adopted, the_device_flow,
          the_token_of_another_tool, a_static_copilot_token,
          an_exchange_that_repeats_what_it_was_told, the_words_of_a_prompt,
          what_a_browser_inherits])
