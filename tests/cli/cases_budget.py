# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Budgets: set and removed with and without a running service."""

from cases_words import expect
from desk import TERMINATE, Desk


def budgets(programs):
    with Desk(programs) as desk:
        expect(desk.run('budget'), 0, 'There are no budgets. To set one: ')
        assert desk.run('budget', 'list', '--json').json() == {'budgets': []}
        expect(desk.run('budget', 'set', 'day', '500', 'refuse'), 0, 'Set: day\n')
        expect(desk.run('budget', 'set', 'month key:my laptop model:claude-opus-*', '20.5',
                        'cheaper', 'gpt-5-mini'), 0)
        day, month = desk.run('budget', '--json').json()['budgets']
        assert day['name'] == 'day' and day['credits'] == 500 and day['action'] == 'refuse', day
        assert day['used'] is None and day['key'] is None, day
        assert month['key'] == 'my laptop' and month['model'] == 'claude-opus-*', month
        assert month['cheaper_model'] == 'gpt-5-mini', month
        expect(desk.run('budget', 'set', 'week', '5', 'warn'), 78, err='expected a period')
        expect(desk.run('budget', 'set', 'day', 'many', 'warn'), 78, err='a number of credits')
        expect(desk.run('budget', 'remove', 'session'), 78, err='no row session in [budgets]')
        for words in (['x'], ['set'], ['set', 'day', '5'], ['remove'], ['list', 'day'],
                      ['set', 'day', '5', 'cheaper', 'a', 'b']):
            expect(desk.run('budget', *words), 2)
        service = desk.start('--demo')
        expect(desk.run('budget', 'set', 'session', '2', 'warn'), 0, 'Set: session\n')
        rows = desk.run('budget', '--json').json()['budgets']
        assert [row['name'] for row in rows] == [day['name'], month['name'], 'session'], rows
        assert rows[0]['used'] == 0 and rows[0]['until'] > rows[0]['since'], rows
        assert rows[2]['since'] is None, rows
        expect(desk.run('budget'), 0, 'month key:my laptop model:claude-opus-*')
        expect(desk.run('budget', 'remove', month['name']), 0, 'Removed: ')
        expect(desk.run('budget', 'remove', month['name']), 1, err='no row')
        rows = desk.run('budget', 'remove', 'day', '--json').json()['budgets']
        assert [row['name'] for row in rows] == ['session'], rows
        service.signal(TERMINATE)
        expect(service.end(), 0)


CASES = [budgets]
