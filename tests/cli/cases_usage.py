# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What was used, which requests there were, and files of them."""

import json
import os

from cases_words import expect
from desk import INTERRUPT, TERMINATE, Desk, fetch

ASK = {'model': 'gpt-5-mini', 'messages': [{'role': 'user', 'content': 'the word is kingfisher'}]}
COMMANDS = (['usage'], ['requests'], ['requests', '--follow'], ['export', '-'], ['import', '-'])
WRONG = (['usage', 'x'], ['usage', '--range', 'century'], ['usage', '--by', 'weather'], ['requests', 'x'],
         ['requests', '--limit', '0'], ['requests', '--full', 'a', '--follow'], ['export'], ['export', 'a', 'b'],
         ['export', '-', '--from', 'yesterday'], ['import'], ['import', 'a', 'b'])


def ask(desk):
    status, text = fetch(desk.url + '/v1/chat/completions', json.dumps(ASK),
                         headers={'Content-Type': 'application/json', 'User-Agent': 'heron/1.0'})
    assert status == 200, text


def usage_without_a_service(programs):
    with Desk(programs) as desk:
        for words in WRONG:
            expect(desk.run(*words), 2)
        for words in COMMANDS:
            expect(desk.run(*words), 69, err='Jumpseat does not run; start it with: jumpseat run')


def check_usage(desk):
    rows = desk.run('usage', '--json').json()
    assert rows['range'] == 'today' and rows['by'] == 'model', rows
    assert [row['name'] for row in rows['rows']] == ['gpt-5-mini'], rows
    assert rows['totals']['requests'] == 2 and rows['totals']['credits'] > 0, rows
    days = desk.run('usage', '--by', 'day', '--range', 'week', '--json').json()
    assert days['bucket'] == 'day' and days['rows'][-1]['requests'] == 2, days
    expect(desk.run('usage', '--by', 'client'), 0, 'heron')
    table = desk.run('usage').lines()
    assert table[0].split()[:2] == ['MODEL', 'REQUESTS'] and table[-1].split()[:2] == ['total', '2'], table
    csv = desk.run('usage', '--by', 'api', '--csv')
    assert csv.code == 0 and csv.lines()[0].startswith('api,begins,requests,'), csv
    assert csv.lines()[-1].startswith('chat,,2,0,'), csv


def check_list(desk):
    answer = desk.run('requests', '--json').json()
    assert answer['total'] == 2 and answer['items'][0]['client'] == 'heron', answer
    assert len(desk.run('requests', '--limit', '1').lines()) == 2
    assert desk.run('requests', '--search', 'HERON', '--json').json()['total'] == 2
    assert desk.run('requests', '--full', 'kingfisher', '--json').json()['total'] == 2
    expect(desk.run('requests', '--search', 'pelican'), 0, 'There are no such requests.')


def check_files(desk):
    path = os.path.join(desk.root, 'all.jl')
    expect(desk.run('export', path, '--from', '2026-01-01'), 0, 'Exported 2 requests to ')
    assert os.stat(path).st_mode & 0o777 == 0o600
    lines = open(path, encoding='utf-8').read().splitlines()
    assert [json.loads(line)['original_request_body'] for line in lines] == [ASK, ASK], lines
    assert desk.run('export', '-').lines() == lines
    assert desk.run('export', '-', '--until', '2020-01-01').out == ''
    foreign = {'id': 'foreign-1', 'timestamp': 1786900000, 'model': 'pelican', 'endpoint': '/v1/messages',
               'status_code': 200, 'input_tokens': 7, 'state': 'completed'}
    expect(desk.run('import', '-', stdin=json.dumps(foreign) + '\n'), 0, 'Imported 1 request\n')
    wrong = desk.run('import', '-', stdin=json.dumps(foreign) + '\nnonsense\n')
    expect(wrong, 1, 'Imported 1 request\n', 'Line 2: ')
    assert desk.run('import', path, '--json').json()['total_errors'] == 0
    assert desk.run('requests', '--search', 'pelican', '--json').json()['total'] == 1
    assert desk.run('usage', '--range', 'all', '--json').json()['totals']['requests'] == 2
    expect(desk.run('import', os.path.join(desk.root, 'none.jl')), 1, err='cannot read ')
    expect(desk.run('export', '/nonexistent/all.jl'), 1)


def usage_of_a_service(programs):
    with Desk(programs) as desk:
        desk.write_settings('[history]\nbodies=true\n')
        service = desk.start('--demo')
        expect(desk.run('usage'), 0, 'Nothing was used in that time.')
        follow = desk.spawn('requests', '--follow', '--search', 'HERON')
        follow.wait_for('  TIME ')
        ask(desk)
        line = follow.wait_for('  20').split()
        assert line[2] == '200' and 'gpt-5-mini' in line and line[-1] == 'heron', line
        ask(desk)
        follow.wait_for('  20')
        follow.signal(INTERRUPT)
        expect(follow.end(), 130)
        check_usage(desk)
        check_list(desk)
        check_files(desk)
        service.signal(TERMINATE)
        expect(service.end(), 0)


def names_that_draw(programs):
    """A client's name, or a model's, does not write to the terminal of whoever looks at it later; for programs it stays
    what it is."""
    name = 'heron\x9b31m\x85'  # the one-byte forms of ESC [ and of a new line
    with Desk(programs) as desk:
        service = desk.start('--demo')
        follow = desk.spawn('requests', '--follow')
        follow.wait_for('  TIME ')
        status, text = fetch(desk.url + '/v1/chat/completions', json.dumps(ASK),
                             headers={'Content-Type': 'application/json',
                                      'User-Agent': name.encode().decode('latin-1')})
        assert status == 200, text
        line = follow.wait_for('  20')
        follow.signal(INTERRUPT)
        expect(follow.end(), 130)
        for shown in (line, desk.run('requests').out, desk.run('usage', '--by', 'client').out):
            assert 'heron\\u009b31m' in shown, shown
            assert not [letter for letter in shown if not letter.isprintable() and letter != '\n'], ascii(shown)
        assert desk.run('requests', '--json').json()['items'][0]['client'] == name
        service.signal(TERMINATE)
        expect(service.end(), 0)


CASES = [usage_without_a_service, usage_of_a_service, names_that_draw]
