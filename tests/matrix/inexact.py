# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The cells that cannot be exact, because an API has no place for what another one says. They run
like all others and are checked for what they can promise."""

# Why, for a client, a case, a model and an upstream's API; a member that is missing stands for all.
REASONS = [
    {'client': 'ollama', 'case': 'reasoning',
     'reason': 'Ollama has no field for the state of reasoning: the text is shown, the state is '
               'not sent back'},
    {'client': 'ollama', 'case': 'refusal',
     'reason': 'Ollama has no word for a refusal: the text comes, and done_reason is a word '
               'that its documentation does not have'},
    {'model': 'claude-sonnet-4.5', 'upstream': 'messages', 'case': 'JSON schema',
     'reason': 'Claude at Vertex refuses schemas: it is asked again with the schema in words, '
               'and need not obey'},
]

# Where upstream refuses what nobody can know that it will: the request is mended and sent again, once.
MENDS = [
    {'model': 'claude-sonnet-4.5', 'upstream': 'messages', 'case': 'JSON schema',
     'change': 'structured-outputs-dropped'},
    {'model': 'gpt-5.2', 'case': 'reasoning', 'change': 'effort-dropped'},
]


def find_row(rows, **cell):
    for row in rows:
        if all(row.get(name, value) == value for name, value in cell.items()):
            return row
    return {}


def find_reason(**cell):
    """Why the cell is inexact; None when it is exact."""
    return find_row(REASONS, **cell).get('reason')


def find_mend(**cell):
    """What is changed before it is asked again; None when upstream takes it as it is."""
    return find_row(MENDS, **cell).get('change')
