# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A client of OpenAI's chat completions: what it asks, and what it may get: the API reference, and
beyond it only Copilot's own members for reasoning and cost."""

from shape import Call, Failure, Reply, check, fits, members, parse, parse_arguments, shorten
from wire import split_events

NAME = 'chat'
ROUTE = 'chat'
PATH = '/v1/chat/completions'
STREAM_TYPE = 'text/event-stream'
HEADERS = ()
CAN_SHOW_RESULTS = False  # a tool's message is text

STOPS = {'stop': 'end', 'length': 'limit', 'tool_calls': 'tools', 'content_filter': 'refusal'}
REASONING = {'reasoning_content': 'str|null', 'reasoning_text': 'str|null',
             'reasoning_opaque': 'str|null'}
COST = {'copilot_usage': 'dict'}
USAGE = {'prompt_tokens': 'positive', 'completion_tokens': 'positive', 'total_tokens': 'positive'}
USAGE_DETAILS = {'prompt_tokens_details': 'dict|null', 'completion_tokens_details': 'dict|null'}


def make_tool(tool):
    return {'type': 'function', 'function': {
        'name': tool['name'], 'description': tool['description'], 'parameters': tool['schema']}}


def make_turn(turn):
    """The messages of one neutral turn: see cases.py."""
    kind = turn[0]
    if kind == 'reply':
        return turn[1].turn
    if kind == 'results':
        return [{'role': 'tool', 'tool_call_id': call.id, 'content': text}
                for call, text in turn[1]]
    if kind == 'picture':
        return [{'role': 'user', 'content': [
            {'type': 'text', 'text': turn[1]},
            {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,' + turn[2]}}]}]
    return [{'role': 'user', 'content': turn[1]}]


def make_request(model, turns, stream, tools=(), think=False, schema=None, limit=None):
    body = {'model': model, 'stream': stream,
            'messages': [message for turn in turns for message in make_turn(turn)]}
    if stream:
        body['stream_options'] = {'include_usage': True}
    if tools:
        body['tools'] = [make_tool(tool) for tool in tools]
    if think:
        body['reasoning_effort'] = 'medium'
    if schema:
        body['response_format'] = {'type': 'json_schema', 'json_schema': {
            'name': 'place', 'strict': True, 'schema': schema}}
    if limit:
        body['max_tokens'] = limit
    return body


def read_usage(usage, reply, closed):
    members(usage, 'usage', USAGE, USAGE_DETAILS, closed)
    check(usage['total_tokens'] == usage['prompt_tokens'] + usage['completion_tokens'],
          'usage does not add up: %s', usage)
    for name in USAGE_DETAILS:
        for key, value in (usage.get(name) or {}).items():
            check(isinstance(value, int), 'usage.%s.%s: expected a count, got %s', name, key, value)
    reply.n_input, reply.n_output = usage['prompt_tokens'], usage['completion_tokens']


def finish(reply, message, reason):
    check(reason in STOPS, 'finish_reason: %s is no word of this API', reason)
    refusal = message.get('refusal')
    # A refusal is a text of its own, and an ordinary stop; or a filter's.
    reply.is_refusal = reason == 'content_filter' or bool(refusal)
    reply.stop = 'refusal' if reply.is_refusal else STOPS[reason]
    reply.text = (message.get('content') or '') + (refusal or '')
    reply.reasoning = message.get('reasoning_content') or message.get('reasoning_text') or ''
    if message.get('reasoning_opaque'):
        reply.states = [message['reasoning_opaque']]
    calls = message.get('tool_calls') or []
    for number, call in enumerate(calls):
        where = 'tool_calls[%d]' % number
        members(call, where, {'id': 'text', 'type': '=function', 'function': 'dict'},
                {'index': 'count'})
        function = members(call['function'], where + '.function',
                           {'name': 'text', 'arguments': 'str'})
        reply.calls.append(Call(call['id'], function['name'],
                                parse_arguments(function['arguments'], where)))
    ids = [call.id for call in reply.calls]
    check(len(ids) == len(set(ids)), 'ids of calls come twice: %s', ids)
    check((reason == 'tool_calls') == bool(calls), 'finish_reason %s with %d calls', reason,
          len(calls))
    reply.turn = [{'role': 'assistant', **message}]
    return reply


def read_reply(answer, model, closed):
    body = members(answer.json(), 'body', {
        'id': 'text', 'object': '=chat.completion', 'created': 'positive', 'model': '=' + model,
        'choices': 'list', 'usage': 'dict'},
        {'service_tier': 'str|null', 'system_fingerprint': 'str|null', **COST}, closed)
    check(len(body['choices']) == 1, 'choices: expected one, got %s', shorten(body['choices']))
    choice = members(body['choices'][0], 'choices[0]', {
        'index': 'count', 'message': 'dict', 'finish_reason': 'text'},
        {'logprobs': 'null'}, closed)
    check(choice['index'] == 0, 'choices[0].index is %s', choice['index'])
    message = dict(members(choice['message'], 'message', {
        'role': '=assistant', 'content': 'str|null'},
        {'refusal': 'str|null', 'tool_calls': 'list', 'annotations': 'list', **REASONING}, closed))
    reply = Reply(model=body['model'])
    read_usage(body['usage'], reply, closed)
    message.pop('role')
    message.pop('padding', None)
    return finish(reply, message, choice['finish_reason'])


class Chunks:
    """Puts a message together again as the SDKs do."""

    def __init__(self, model, closed):
        self.model, self.closed = model, closed
        self.first, self.reason = None, None
        self.message = {'content': None}
        self.reply = Reply(model=model)
        self.has_usage = False
        self.n_deltas = 0

    def add_call(self, piece):
        calls = self.message.setdefault('tool_calls', [])
        members(piece, 'delta.tool_calls', {'index': 'count'},
                {'id': 'text', 'type': '=function', 'function': 'dict'}, self.closed)
        index = piece['index']
        if index == len(calls):
            members(piece, 'the first piece of a call',
                    {'index': 'count', 'id': 'text', 'type': '=function', 'function': 'dict'})
            members(piece['function'], 'function', {'name': 'text'}, {'arguments': 'str'})
            calls.append({'id': piece['id'], 'type': 'function', 'function': {
                'name': piece['function']['name'],
                'arguments': piece['function'].get('arguments', '')}})
            return
        check(index == len(calls) - 1, 'call %d after %d calls', index, len(calls))
        check(fits(piece.get('function'), 'dict'), 'a piece of nothing: %s', shorten(piece))
        members(piece['function'], 'function', {'arguments': 'str'})
        check(piece.get('id') in (None, calls[index]['id']), 'a call changes its id')
        calls[index]['function']['arguments'] += piece['function']['arguments']

    def add_delta(self, delta):
        members(delta, 'delta', {}, {
            'role': '=assistant', 'content': 'str|null', 'refusal': 'str|null',
            'tool_calls': 'list', **REASONING}, self.closed)
        if self.n_deltas == 0:
            check(delta.get('role') == 'assistant', 'the first delta has no role: %s', delta)
        else:
            check('role' not in delta or not self.closed, 'the role comes twice')
        self.n_deltas += 1
        said = {name: value for name, value in delta.items() if name != 'role' and value}
        check(not (said and self.reason), 'a delta behind finish_reason: %s', shorten(delta))
        for piece in delta.get('tool_calls') or []:
            self.add_call(piece)
        for name in ('content', 'refusal', *REASONING):
            if delta.get(name):
                self.message[name] = (self.message.get(name) or '') + delta[name]
                self.reply.n_pieces += 1

    def add(self, chunk):
        check(not self.has_usage, 'a chunk behind the usage: %s', shorten(chunk))
        members(chunk, 'chunk', {
            'id': 'text', 'object': '=chat.completion.chunk', 'created': 'positive',
            'model': '=' + self.model, 'choices': 'list'},
            {'usage': 'dict|null', 'system_fingerprint': 'str|null', 'service_tier': 'str|null',
             **COST},
            self.closed)
        head = (chunk['id'], chunk['created'])
        self.first = self.first or head
        check(head == self.first, 'id or created change: %s, then %s', self.first, head)
        check(len(chunk['choices']) <= 1, 'more than one choice: %s', shorten(chunk))
        for choice in chunk['choices']:
            members(choice, 'choice', {
                'index': 'count', 'delta': 'dict', 'finish_reason': 'text|null'},
                {'logprobs': 'null'}, self.closed)
            check(choice['index'] == 0, 'choice.index is %s', choice['index'])
            self.add_delta(choice['delta'])
            if choice['finish_reason']:
                check(self.reason is None, 'finish_reason comes twice')
                self.reason = choice['finish_reason']
        if chunk.get('usage'):
            check(chunk['choices'] == [] and self.reason, 'usage before the end: %s',
                  shorten(chunk))
            read_usage(chunk['usage'], self.reply, self.closed)
            self.has_usage = True
        else:
            check(chunk['choices'], 'a chunk without a choice: %s', shorten(chunk))


def read_stream(answer, model, closed):
    answer.has_type(STREAM_TYPE)
    events = split_events(answer.text())
    check(all(name is None for name, _data in events), 'chat has no names of events')
    check(events[-1][1] == '[DONE]', 'the stream ends with %s', shorten(events[-1][1]))
    chunks = Chunks(model, closed)
    for _name, data in events[:-1]:
        chunks.add(parse(data, 'chunk'))
    check(chunks.reason is not None, 'no finish_reason')
    check(chunks.has_usage, 'no usage, though it was asked for')
    return finish(chunks.reply, chunks.message, chunks.reason)


def read_error(body):
    """{"error": {message, type, param, code}}, as OpenAI has it for all of its APIs."""
    error = members(body, 'body', {'error': 'dict'})['error']
    members(error, 'error', {'message': 'text', 'type': 'text'},
            {'param': 'str|null', 'code': 'str|null'}, closed=False)
    return Failure(error['type'], error['message'], error.get('code'))


def read_broken_stream(answer, model, closed):
    answer.has_type(STREAM_TYPE)
    events = [data for _name, data in split_events(answer.text())]
    if events[-1] == '[DONE]':
        events.pop()
    chunks = Chunks(model, closed)
    for data in events[:-1]:
        chunks.add(parse(data, 'chunk'))
    check(chunks.reason is None, 'finish_reason %s, though it failed', chunks.reason)
    failure = read_error(parse(events[-1], 'the last event'))
    failure.text_before = chunks.message['content'] or ''
    return failure
