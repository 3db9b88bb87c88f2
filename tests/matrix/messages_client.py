# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A client of Anthropic's Messages: what it asks, and what it may get (the API reference)."""

import re

from shape import Call, Failure, Reply, check, members, parse, parse_arguments, shorten
from wire import split_events

NAME = 'messages'
ROUTE = 'messages'
PATH = '/v1/messages'
STREAM_TYPE = 'text/event-stream'
HEADERS = (('anthropic-version', '2023-06-01'),)
CAN_SHOW_RESULTS = True

STOPS = {'end_turn': 'end', 'max_tokens': 'limit', 'tool_use': 'tools', 'refusal': 'refusal'}
USAGE = {'input_tokens': 'count', 'output_tokens': 'count'}
USAGE_MORE = {'cache_creation_input_tokens': 'count|null', 'cache_read_input_tokens': 'count|null',
              'cache_creation': 'dict|null', 'service_tier': 'str|null', 'server_tool_use': 'any',
              'output_tokens_details': 'dict', 'inference_geo': 'any'}
ERRORS = ('invalid_request_error', 'authentication_error', 'billing_error', 'permission_error',
          'not_found_error', 'request_too_large', 'rate_limit_error', 'timeout_error', 'api_error',
          'overloaded_error')
# What each kind of block begins with in a stream, and the deltas it takes.
EMPTY = {'text': ('text', ''), 'thinking': ('thinking', ''), 'tool_use': ('input', {})}
DELTAS = {'text_delta': ('text', 'text', 'text'),
          'thinking_delta': ('thinking', 'thinking', 'thinking'),
          'signature_delta': ('thinking', 'signature', 'signature'),
          'input_json_delta': ('tool_use', 'partial_json', 'json')}


def make_content(text, picture=None):
    if picture is None:
        return text
    return [{'type': 'text', 'text': text},
            {'type': 'image', 'source': {'type': 'base64', 'media_type': 'image/png',
                                         'data': picture}}]


def make_turn(turn):
    kind = turn[0]
    if kind == 'reply':
        return {'role': 'assistant', 'content': turn[1].turn}
    if kind == 'results':
        return {'role': 'user', 'content': [
            {'type': 'tool_result', 'tool_use_id': call.id, 'content': make_content(*result)}
            for call, *result in turn[1]]}
    return {'role': 'user', 'content': make_content(*turn[1:])}


def make_request(model, turns, stream, tools=(), think=False, schema=None, limit=None):
    body = {'model': model, 'stream': stream, 'max_tokens': limit or 4096,
            'messages': [make_turn(turn) for turn in turns]}
    if tools:
        body['tools'] = [{'name': tool['name'], 'description': tool['description'],
                          'input_schema': tool['schema']} for tool in tools]
    if think:
        body['thinking'] = {'type': 'enabled', 'budget_tokens': 2048}
    if schema:
        body['output_config'] = {'format': {'type': 'json_schema', 'schema': schema}}
    return body


def check_block(block, where, closed):
    kind = block.get('type')
    if kind == 'text':
        members(block, where, {'type': 'text', 'text': 'text'}, {'citations': 'list|null'}, closed)
    elif kind == 'thinking':
        members(block, where, {'type': 'text', 'thinking': 'str', 'signature': 'text'}, None, closed)
    elif kind == 'redacted_thinking':
        members(block, where, {'type': 'text', 'data': 'text'}, None, closed)
    else:
        check(kind == 'tool_use', '%s.type: %s', where, kind)
        members(block, where, {'type': 'text', 'id': 'text', 'name': 'text', 'input': 'dict'},
                {'caller': 'dict'}, closed)
        check(re.fullmatch('[a-zA-Z0-9_-]+', block['id']), '%s.id: %s', where, block['id'])


def take_usage(usage, reply, closed):
    members(usage, 'usage', USAGE, USAGE_MORE, closed)
    n_input = usage['input_tokens'] + (usage.get('cache_creation_input_tokens') or 0) + (
        usage.get('cache_read_input_tokens') or 0)
    check(n_input > 0 and usage['output_tokens'] > 0, 'usage: %s', usage)
    reply.n_input, reply.n_output = n_input, usage['output_tokens']


def take(reply, blocks, reason, sequence, closed):
    check(reason in STOPS, 'stop_reason: %s', reason)
    check(sequence is None, 'stop_sequence: %s', sequence)
    for number, block in enumerate(blocks):
        check_block(block, 'content[%d]' % number, closed)
        if block['type'] == 'text':
            reply.text += block['text']
        elif block['type'] == 'thinking':
            reply.reasoning += block['thinking']
            reply.states.append(block['signature'])
        elif block['type'] == 'redacted_thinking':
            reply.states.append(block['data'])
        elif block['type'] == 'tool_use':
            reply.calls.append(Call(block['id'], block['name'], block['input']))
    ids = [call.id for call in reply.calls]
    check(len(ids) == len(set(ids)), 'ids of calls come twice: %s', ids)
    check((reason == 'tool_use') == bool(ids), 'stop_reason %s with %d calls', reason, len(ids))
    reply.stop, reply.is_refusal = STOPS[reason], reason == 'refusal'
    reply.turn = blocks
    return reply


def read_reply(answer, model, closed):
    body = members(answer.json(), 'body', {
        'id': 'text', 'type': '=message', 'role': '=assistant', 'model': '=' + model,
        'content': 'list', 'stop_reason': 'text', 'stop_sequence': 'str|null', 'usage': 'dict'},
        {'stop_details': 'any', 'container': 'any', 'context_management': 'any'}, closed)
    reply = Reply(model=body['model'])
    take_usage(body['usage'], reply, closed)
    return take(reply, body['content'], body['stop_reason'], body['stop_sequence'], closed)


class MessageEvents:
    """Takes events one by one; raises at the first that should not come now."""

    def __init__(self, model, closed):
        self.model, self.closed = model, closed
        self.state = 'nothing'  # nothing, between, inside, ended, stopped
        self.blocks, self.json, self.is_signed = [], '', False
        self.reason, self.sequence = None, None
        self.reply = Reply(model=model)

    def add(self, name, event):
        check(name is not None, 'an event without a name: %s', shorten(event))
        check(event.get('type') == name, 'event %s has type %s', name, event.get('type'))
        handler = getattr(self, 'on_' + name, None)
        check(handler is not None, '%s is no event of this API', name)
        handler(event)

    def go(self, event, old, new):
        check(self.state == old, '%s comes when the stream is %s', event['type'], self.state)
        self.state = new

    def on_ping(self, event):
        check(self.state not in ('nothing', 'stopped'), 'a ping outside the message')
        members(event, 'ping', {'type': '=ping'})

    def on_message_start(self, event):
        self.go(event, 'nothing', 'between')
        members(event, 'message_start', {'type': 'text', 'message': 'dict'}, None, self.closed)
        message = members(event['message'], 'message', {
            'id': 'text', 'type': '=message', 'role': '=assistant', 'model': '=' + self.model,
            'content': 'list', 'stop_reason': 'null', 'stop_sequence': 'null', 'usage': 'dict'},
            {'stop_details': 'null', 'container': 'null', 'context_management': 'null'},
            self.closed)
        check(message['content'] == [], 'a message begins with content')
        members(message['usage'], 'usage', USAGE, USAGE_MORE, self.closed)

    def check_index(self, event, wanted):
        check(event['index'] == wanted, '%s: index %s, expected %d', event['type'], event['index'],
              wanted)

    def on_content_block_start(self, event):
        self.go(event, 'between', 'inside')
        members(event, 'content_block_start', {'type': 'text', 'index': 'count',
                                               'content_block': 'dict'}, None, self.closed)
        self.check_index(event, len(self.blocks))
        block = dict(event['content_block'])
        kind = block.get('type')
        check(kind in EMPTY or kind == 'redacted_thinking', 'content_block.type: %s', kind)
        if kind in EMPTY:
            member, empty = EMPTY[kind]
            check(block.get(member) == empty, 'a block begins with %s: %s', member,
                  shorten(block))
        if kind == 'thinking':
            check(isinstance(block.get('signature', ''), str), 'signature: %s', shorten(block))
            block.setdefault('signature', '')
        self.blocks.append(block)
        self.json, self.is_signed = '', False

    def on_content_block_delta(self, event):
        check(self.state == 'inside', 'a delta outside a block: %s', shorten(event))
        members(event, 'content_block_delta', {'type': 'text', 'index': 'count', 'delta': 'dict'},
                None, self.closed)
        self.check_index(event, len(self.blocks) - 1)
        delta, block = event['delta'], self.blocks[-1]
        check(delta.get('type') in DELTAS, 'delta.type: %s', delta.get('type'))
        check(not self.is_signed, 'a delta behind the signature: %s', shorten(delta))
        self.is_signed = delta['type'] == 'signature_delta'
        kind, member, place = DELTAS[delta['type']]
        members(delta, 'delta', {'type': 'text', member: 'str'}, None, self.closed)
        check(block['type'] == kind, '%s in a block of %s', delta['type'], block['type'])
        if place == 'json':
            self.json += delta[member]
        else:
            block[place] += delta[member]
        self.reply.n_pieces += 1

    def on_content_block_stop(self, event):
        self.go(event, 'inside', 'between')
        members(event, 'content_block_stop', {'type': 'text', 'index': 'count'}, None, self.closed)
        self.check_index(event, len(self.blocks) - 1)
        if self.blocks[-1]['type'] == 'tool_use':
            self.blocks[-1]['input'] = parse_arguments(self.json, 'input')

    def on_message_delta(self, event):
        self.go(event, 'between', 'ended')
        members(event, 'message_delta', {'type': 'text', 'delta': 'dict', 'usage': 'dict'},
                {'context_management': 'any'}, self.closed)
        delta = members(event['delta'], 'delta', {'stop_reason': 'text', 'stop_sequence': 'str|null'},
                        {'stop_details': 'any', 'container': 'any'}, self.closed)
        take_usage(event['usage'], self.reply, self.closed)
        self.reason, self.sequence = delta['stop_reason'], delta['stop_sequence']

    def on_message_stop(self, event):
        self.go(event, 'ended', 'stopped')
        members(event, 'message_stop', {'type': 'text'}, None, self.closed)


def read_stream(answer, model, closed):
    answer.has_type(STREAM_TYPE)
    events = MessageEvents(model, closed)
    for name, data in split_events(answer.text()):
        events.add(name, parse(data, name))
    check(events.state == 'stopped', 'the stream ends %s', events.state)
    return take(events.reply, events.blocks, events.reason, events.sequence, closed)


def read_error(body):
    members(body, 'body', {'type': '=error', 'error': 'dict'}, {'request_id': 'str|null'},
            closed=False)
    error = members(body['error'], 'error', {'type': 'text', 'message': 'text'}, None, closed=False)
    check(error['type'] in ERRORS, 'error.type: %s is no word of this API', error['type'])
    return Failure(error['type'], error['message'])


def read_broken_stream(answer, model, closed):
    answer.has_type(STREAM_TYPE)
    all_events = split_events(answer.text())
    events = MessageEvents(model, closed)
    for name, data in all_events[:-1]:
        events.add(name, parse(data, name))
    check(events.state in ('between', 'inside'), 'it failed when it was %s', events.state)
    name, data = all_events[-1]
    check(name == 'error', 'the last event is %s', name)
    failure = read_error(parse(data, 'error'))
    failure.text_before = ''.join(block.get('text', '') for block in events.blocks)
    return failure
