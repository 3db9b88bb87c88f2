# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The cells that cannot be exact, because an API has no place for what another one says. They run
like all others and are checked for what they can promise."""

# (client, case): why. A client of None stands for all, an upstream that is named for that one alone.
REASONS = [
    {'client': 'ollama', 'case': 'reasoning',
     'reason': 'Ollama has no field for the state of reasoning: the text is shown, the state is '
               'not sent back'},
    {'client': 'ollama', 'case': 'refusal',
     'reason': 'Ollama has no word for a refusal: the text comes, and done_reason is a word that '
               'its documentation does not have'},
]


def find_reason(client, upstream, case):
    """Why the cell is inexact; None when it is exact."""
    for row in REASONS:
        if (row['case'] == case and row['client'] in (None, client) and
                row.get('upstream', upstream) == upstream):
            return row['reason']
    return None
