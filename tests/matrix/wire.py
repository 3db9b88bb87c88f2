# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Bytes: one exchange on a connection of its own, and streams taken apart without any mercy."""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..', 'program'))

from shape import check, parse, shorten  # noqa: E402
from stage import Client  # noqa: E402


class Answer:
    """A whole reply as it came."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __str__(self):
        return '%s %s\n%s' % (self.status, self.headers,
                              shorten(self.body.decode('utf-8', 'replace'), 6000))

    def has_type(self, wanted):
        found = self.headers.get('content-type', 'none')
        check(re.fullmatch(re.escape(wanted) + r'(; ?charset=utf-8)?', found, re.IGNORECASE),
              'Content-Type: expected %s, got %s', wanted, found)

    def text(self):
        try:
            return self.body.decode()
        except UnicodeDecodeError as error:
            check(False, 'the body is no UTF-8: %s', error)

    def json(self):
        self.has_type('application/json')
        return parse(self.text(), 'body')


def ask(stage, path, body, headers=()):
    with Client(stage) as client:
        client.send(body, path=path, headers=headers)
        status = client.read_head()
        answer = Answer(status, client.headers, client.read_body())
        # What stands behind the end would be taken for the next reply.
        check(client.buffer == b'', 'bytes behind the reply: %r', client.buffer[:100])
        return answer


def split_events(text):
    """[(name or None, data)]: one line of data each, as all three APIs send it. What it cost may stand
    behind the last of them, in a line of its own."""
    text = re.sub(r'(?<=\n\n): x-jumpseat-credits [0-9.]+\n\Z', '', text)
    check(text.endswith('\n\n'), 'the stream does not end with an empty line: %r', text[-80:])
    check('\r' not in text, 'a carriage return in the stream')
    events = []
    for block in text[:-2].split('\n\n'):
        lines = [line for line in block.split('\n') if not line.startswith(':')]
        if not lines:
            continue
        name = None
        if lines[0].startswith('event: '):
            name = lines.pop(0)[len('event: '):]
        check(len(lines) == 1 and lines[0].startswith('data: '),
              'expected one line of data, got %s', shorten(block))
        events.append((name, lines[0][len('data: '):]))
    return events


def split_lines(text):
    """The objects of an NDJSON stream."""
    check(text.endswith('\n'), 'the last line has no end: %r', text[-80:])
    check('\r' not in text, 'a carriage return in the stream')
    lines = text[:-1].split('\n')
    check('' not in lines, 'an empty line in the stream')
    return [parse(line, 'line %d' % number) for number, line in enumerate(lines, 1)]
