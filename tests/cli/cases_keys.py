# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Client keys: made and revoked with and without a running service."""

import json
import os
import re
import stat

from cases_words import expect
from desk import TERMINATE, Desk, fetch


def keys_file(desk):
    return os.path.join(desk.root, 'data', 'jumpseat', 'keys.json')


def make(desk, *words):
    """The secret of a new key, which nothing else may ever print."""
    result = desk.run('keys', 'create', *words)
    desk.printed.remove(result.out)
    expect(result, 0, err='It is shown this once')
    secret = result.out.rstrip('\n')
    assert re.fullmatch(r'jmp_[A-Za-z0-9_-]{43}', secret), 'not like a key'
    desk.secrets.append(secret)
    return secret


def ask(desk, secret, header='Authorization'):
    """The status of a list of models asked for with a key."""
    value = 'Bearer %s' % secret if header == 'Authorization' else secret
    return fetch(desk.url + '/v1/models', headers={header: value} if secret else {})[0]


def keys_without_a_service(programs):
    with Desk(programs) as desk:
        expect(desk.run('keys'), 0, 'There are no client keys. To make one: '
                                    'jumpseat keys create NAME\n')
        assert desk.run('keys', 'list', '--json').json() == {'keys': [], 'problem': None}
        make(desk, 'my laptop', '--model', 'gpt-4.1', '--model', 'claude-*',
             '--requests-per-minute', '20', '--concurrent', '2', '--daily-credits', '1.5')
        path = keys_file(desk)
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        with open(path, encoding='utf-8') as file:
            desk.printed.append(file.read())
        expect(desk.run('keys'), 0,
               '20/minute, 2 at once, 1.5 credits a day, gpt-4.1 claude-*\n')
        key, = desk.run('keys', '--json').json()['keys']
        assert key['name'] == 'my laptop' and key['state'] == 'active', key
        assert key['models'] == ['gpt-4.1', 'claude-*'] and key['last_used'] == 0, key
        assert 'secret' not in key and 'sha256' not in key, key
        expect(desk.run('keys', 'create', 'My Laptop'), 1, err='there is a key "My Laptop" already')
        expect(desk.run('keys', 'create', 'a/b'), 1, err='name: expected')
        expect(desk.run('keys', 'create', 'b', '--concurrent', '-1'), 1, err='concurrent: expected')
        expect(desk.run('keys', 'revoke', 'nobody'), 1, err='there is no client key "nobody"')
        expect(desk.run('keys', 'revoke', 'my laptop'), 0, 'Revoked: my laptop\n')
        assert desk.run('keys', '--json').json()['keys'][0]['state'] == 'revoked'
        expect(desk.run('keys', 'approve', 'my laptop'), 0, 'Approved: my laptop\n')
        assert desk.run('keys', '--json').json()['keys'][0]['state'] == 'active'
        expect(desk.run('keys', 'remove', key['id']), 0, 'Removed: ')
        assert desk.run('keys', '--json').json()['keys'] == []
        for words in (['x'], ['create'], ['create', 'a', 'b'], ['--concurrent', '1'],
                      ['revoke', 'a', '--model', 'b'], ['create', 'a', '--concurrent', 'x']):
            expect(desk.run('keys', *words), 2)


def keys_with_a_service(programs):
    with Desk(programs, JUMPSEAT_REQUIRE_KEY='true') as desk:
        early = make(desk, 'early')
        service = desk.start('--demo')
        service.signal(TERMINATE)
        expect(service.end(), 0)
        service = desk.start()
        late = make(desk, 'late')
        assert ask(desk, None) == 401
        assert ask(desk, 'jmp_' + 43 * 'a') == 401
        for secret in (early, late):
            assert ask(desk, secret) != 401 and ask(desk, secret, 'x-api-key') != 401
        expect(desk.run('keys', 'revoke', 'late'), 0)
        assert ask(desk, late) == 403 and ask(desk, early) != 403
        expect(desk.run('keys', 'approve', 'late'), 0)
        assert ask(desk, late) != 403
        made = desk.run('keys', 'create', 'third', '--json')
        desk.printed.remove(made.out)
        answer = made.json()
        desk.secrets.append(answer['secret'])
        assert answer['name'] == 'third' and answer['running'] == 0, sorted(answer)
        assert ask(desk, answer['secret']) != 401
        expect(desk.run('keys', 'remove', 'third'), 0)
        assert ask(desk, answer['secret']) == 401
        service.signal(TERMINATE)
        expect(service.end(), 0)
        # what was used is on disk although it was seconds ago
        states = {key['name']: key for key in desk.run('keys', '--json').json()['keys']}
        assert sorted(states) == ['early', 'late'] and states['early']['last_used'] > 0, states


def broken_keys_are_left_alone(programs):
    with Desk(programs) as desk:
        os.makedirs(os.path.dirname(keys_file(desk)), 0o700)
        with open(keys_file(desk), 'w', encoding='utf-8') as file:
            file.write('{"version":1,"keys":[7]}')
        expect(desk.run('keys'), 1, err='keys.json: keys[0]: expected an object')
        expect(desk.run('keys', 'create', 'a'), 1, err='keys[0]: expected an object')
        desk.start()
        expect(desk.run('keys'), 1, err='keys[0]: expected an object')
        expect(desk.run('keys', 'create', 'a'), 1, err='keys[0]: expected an object')
        with open(keys_file(desk), encoding='utf-8') as file:
            assert json.load(file)['keys'] == [7]


def start_says_whether_a_key_is_needed(programs):
    for need in ('false', 'true'):
        with Desk(programs, JUMPSEAT_REQUIRE_KEY=need) as desk:
            service = desk.start('--demo')
            line = service.wait_for('curl ')
            text = ''.join(service.out)
            is_needed = need == 'true'
            assert ('Every program needs a client key' in text) == is_needed, text
            assert ('Any API key will do' in text) != is_needed, text
            assert ("'Authorization: Bearer KEY'" in line) == is_needed, line
            assert (ask(desk, None) == 401) == is_needed
            assert ask(desk, make(desk, 'laptop')) != 401


CASES = [keys_without_a_service, start_says_whether_a_key_is_needed, keys_with_a_service,
         broken_keys_are_left_alone]
