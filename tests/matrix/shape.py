# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What every client's reader is made of: checks that say where something is wrong, and what a reply
says once the API's own shape is taken off."""

import json
from dataclasses import dataclass, field


class Problem(AssertionError):
    """A reply that the API's documentation does not allow, or that says something else."""


def check(condition, text, *values):
    if not condition:
        raise Problem(text % values if values else text)


def shorten(value, limit=300):
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= limit else text[:limit] + '…'


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


KINDS = {
    'text': lambda value: isinstance(value, str) and value != '',
    'str': lambda value: isinstance(value, str),
    'count': lambda value: is_int(value) and value >= 0,
    'positive': lambda value: is_int(value) and value > 0,
    'number': lambda value: is_int(value) or isinstance(value, float),
    'bool': lambda value: isinstance(value, bool),
    'list': lambda value: isinstance(value, list),
    'dict': lambda value: isinstance(value, dict),
    'null': lambda value: value is None,
    'any': lambda value: True,
}


def fits(value, wanted):
    """@wanted: kinds joined by "|", or "=" and the only text allowed."""
    if wanted.startswith('='):
        return value == wanted[1:]
    return any(KINDS[kind](value) for kind in wanted.split('|'))


def members(value, where, needed, optional=None, closed=True):
    """@value is an object with all of @needed, and with nothing beyond @optional when @closed."""
    check(isinstance(value, dict), '%s: expected an object, got %s', where, shorten(value))
    optional = optional or {}
    for name, wanted in needed.items():
        check(name in value, '%s.%s is missing in %s', where, name, shorten(value))
        check(fits(value[name], wanted), '%s.%s: expected %s, got %s', where, name, wanted,
              shorten(value[name]))
    for name, found in value.items():
        if name in optional:
            check(fits(found, optional[name]), '%s.%s: expected %s, got %s', where, name,
                  optional[name], shorten(found))
        elif closed:
            check(name in needed, '%s.%s is no member of this API: %s', where, name, shorten(found))
    return value


def unique_pairs(pairs):
    names = [name for name, _value in pairs]
    check(len(names) == len(set(names)), 'a member stands there twice: %s', names)
    return dict(pairs)


def refuse_constant(word):
    raise Problem('%s is not JSON' % word)


def parse(text, where):
    """JSON as RFC 8259 has it: no member twice, no NaN."""
    try:
        return json.loads(text, object_pairs_hook=unique_pairs, parse_constant=refuse_constant)
    except ValueError as error:
        raise Problem('%s: no JSON: %s in %s' % (where, error, shorten(text))) from error


def parse_arguments(text, where):
    value = parse(text if text else '{}', where)
    check(isinstance(value, dict), '%s: expected an object, got %s', where, shorten(text))
    return value


@dataclass
class Call:
    id: str
    name: str
    arguments: dict


@dataclass
class Reply:
    """@stop: end, tools, limit or refusal. @turn: what a client of this API sends back of it."""
    model: str = ''
    text: str = ''
    reasoning: str = ''
    states: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    stop: str = ''
    is_refusal: bool = False
    n_input: int = 0
    n_output: int = 0
    n_pieces: int = 0
    turn: list = field(default_factory=list)


@dataclass
class Failure:
    """@kind: the API's own word. @code: (nullable): a second one, where it has that."""
    kind: str
    message: str
    code: object = None
    text_before: str = ''
