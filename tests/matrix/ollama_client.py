# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A client of Ollama's /api/chat: what it asks, and what it may get (docs/api.md of Ollama)."""

import re

from shape import Call, Failure, Reply, check, members, shorten
from wire import split_lines

NAME = 'ollama'
ROUTE = 'ollama-chat'
PATH = '/api/chat'
STREAM_TYPE = 'application/x-ndjson'
HEADERS = ()
CAN_SHOW_RESULTS = True

# Ollama itself has the first two; clients show others as they come.
STOPS = {'stop': 'end', 'length': 'limit', 'refusal': 'refusal', 'content_filter': 'refusal'}
TIME = r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)'
LINE = {'model': 'text', 'created_at': 'text', 'message': 'dict', 'done': 'bool'}
END = {'done_reason': 'text', 'total_duration': 'positive', 'load_duration': 'count',
       'prompt_eval_count': 'positive', 'prompt_eval_duration': 'positive',
       'eval_count': 'positive', 'eval_duration': 'positive'}


def make_turn(turn):
    kind = turn[0]
    if kind == 'reply':
        return turn[1].turn
    if kind == 'results':
        return [{'role': 'tool', 'tool_name': call.name, 'content': text,
                 **({'images': picture} if picture else {})}
                for call, text, *picture in turn[1]]
    if kind == 'picture':
        return [{'role': 'user', 'content': turn[1], 'images': [turn[2]]}]
    return [{'role': 'user', 'content': turn[1]}]


def make_request(model, turns, stream, tools=(), think=False, schema=None, limit=None):
    body = {'model': model, 'messages': [message for turn in turns for message in make_turn(turn)]}
    if not stream:  # a stream is what comes when nothing is said
        body['stream'] = False
    if tools:
        body['tools'] = [{'type': 'function', 'function': {
            'name': tool['name'], 'description': tool['description'],
            'parameters': tool['schema']}} for tool in tools]
    if think:
        body['think'] = True
    if schema:
        body['format'] = schema
    if limit:
        body['options'] = {'num_predict': limit}
    return body


def check_call(call, where):
    members(call, where, {'function': 'dict'}, {'id': 'text'})
    members(call['function'], where, {'name': 'text', 'arguments': 'dict'}, {'index': 'count'})


def check_line(line, where, model):
    check(isinstance(line, dict) and isinstance(line.get('done'), bool), '%s: no done: %s', where,
          shorten(line))
    members(line, where, {**LINE, **(END if line['done'] else {})})
    check(line['model'] == model, '%s.model: expected %s, got %s', where, model, line['model'])
    check(re.fullmatch(TIME, line['created_at']), '%s.created_at: %s', where, line['created_at'])
    message = members(line['message'], where + '.message',
                      {'role': '=assistant', 'content': 'str'},
                      {'thinking': 'text', 'tool_calls': 'list'})
    for number, call in enumerate(message.get('tool_calls', [])):
        check_call(call, '%s.tool_calls[%d]' % (where, number))


def take(lines, reply):
    """@lines: all of them, the last one done."""
    turn = {'role': 'assistant', 'content': ''}
    for line in lines:
        message = line['message']
        if 'thinking' in message:
            check(turn['content'] == '', 'thinking behind the text')
            turn['thinking'] = turn.get('thinking', '') + message['thinking']
        turn['content'] += message['content']
        if 'tool_calls' in message:
            turn.setdefault('tool_calls', []).extend(message['tool_calls'])
    end = lines[-1]
    check(end['done_reason'] in STOPS, 'done_reason: %s is no word of this API', end['done_reason'])
    check(end['total_duration'] >= end['eval_duration'], 'durations: %s', end)
    reply.text, reply.reasoning = turn['content'], turn.get('thinking', '')
    reply.calls = [Call(call.get('id', ''), call['function']['name'],
                        call['function']['arguments']) for call in turn.get('tool_calls', [])]
    reply.stop = STOPS[end['done_reason']]
    reply.is_refusal = reply.stop == 'refusal'
    if reply.calls and reply.stop == 'end':
        reply.stop = 'tools'
    reply.n_input, reply.n_output = end['prompt_eval_count'], end['eval_count']
    reply.model, reply.turn = end['model'], [turn]
    return reply


def read_reply(answer, model, _closed):
    body = answer.json()
    check_line(body, 'body', model)
    check(body['done'], 'a whole reply is not done')
    return take([body], Reply())


def read_stream(answer, model, _closed):
    answer.has_type(STREAM_TYPE)
    lines = split_lines(answer.text())
    for number, line in enumerate(lines, 1):
        check_line(line, 'line %d' % number, model)
        check(line['done'] == (number == len(lines)), 'line %d of %d: done is %s', number,
              len(lines), line['done'])
    return take(lines, Reply(n_pieces=len(lines) - 1))


def read_error(body):
    return Failure('error', members(body, 'body', {'error': 'text'})['error'])


def read_broken_stream(answer, model, _closed):
    answer.has_type(STREAM_TYPE)
    lines = split_lines(answer.text())
    text = ''
    for number, line in enumerate(lines[:-1], 1):
        check_line(line, 'line %d' % number, model)
        check(not line['done'], 'line %d is the end, though it failed', number)
        text += line['message']['content']
    failure = read_error(lines[-1])
    failure.text_before = text
    return failure
