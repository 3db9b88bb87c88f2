# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A client of OpenAI's Responses: what it asks, and the objects it may get (the API reference)."""

from chat_client import read_error  # noqa: F401  OpenAI's errors look the same everywhere
from responses_shape import check_item, check_response, check_usage
from responses_stream import ResponseEvents
from shape import Call, Failure, Reply, check, members, parse, parse_arguments
from wire import split_events

NAME = 'responses'
ROUTE = 'responses'
PATH = '/v1/responses'
STREAM_TYPE = 'text/event-stream'
HEADERS = ()
CAN_SHOW_RESULTS = True

def make_content(text, picture=None):
    content = [{'type': 'input_text', 'text': text}]
    if picture:
        content.append({'type': 'input_image', 'detail': 'auto',
                        'image_url': 'data:image/png;base64,' + picture})
    return content


def make_turn(turn):
    kind = turn[0]
    if kind == 'reply':
        return turn[1].turn
    if kind == 'results':
        return [{'type': 'function_call_output', 'call_id': call.id,
                 'output': make_content(text, *picture) if picture else text}
                for call, text, *picture in turn[1]]
    return [{'type': 'message', 'role': 'user', 'content': make_content(*turn[1:])}]


def make_request(model, turns, stream, tools=(), think=False, schema=None, limit=None):
    body = {'model': model, 'stream': stream, 'store': False,
            'input': [item for turn in turns for item in make_turn(turn)]}
    if tools:
        body['tools'] = [{'type': 'function', 'name': tool['name'], 'strict': False,
                          'description': tool['description'], 'parameters': tool['schema']}
                         for tool in tools]
    if think:
        body['reasoning'] = {'effort': 'medium', 'summary': 'auto'}
        body['include'] = ['reasoning.encrypted_content']
    if schema:
        body['text'] = {'format': {'type': 'json_schema', 'name': 'place', 'strict': True,
                                   'schema': schema}}
    if limit:
        body['max_output_tokens'] = limit
    return body


def take_item(item, reply):
    if item['type'] == 'message':
        for part in item['content']:
            reply.text += part.get('text', part.get('refusal', ''))
            reply.is_refusal = reply.is_refusal or part['type'] == 'refusal'
    elif item['type'] == 'reasoning':
        reply.reasoning += ''.join(part['text'] for part in item['summary'])
        if item.get('encrypted_content'):
            reply.states.append(item['encrypted_content'])
    else:
        reply.calls.append(Call(item['call_id'], item['name'],
                                parse_arguments(item['arguments'], item['name'])))


def take_response(response, reply, closed):
    """A finished response."""
    status, details = response['status'], response['incomplete_details']
    check(status in ('completed', 'incomplete'), 'status: %s', status)
    check((details is not None) == (status == 'incomplete'), 'status %s, incomplete_details %s',
          status, details)
    check(response['error'] is None, 'error: %s', response['error'])
    for number, item in enumerate(response['output']):
        check_item(item, 'output[%d]' % number, closed)
        take_item(item, reply)
    ids = [item['id'] for item in response['output']] + [call.id for call in reply.calls]
    check(len(ids) == len(set(ids)), 'ids come twice: %s', ids)
    check_usage(response.get('usage'), reply, closed)
    reply.stop = 'tools' if reply.calls else 'end'
    if status == 'incomplete':
        reasons = {'max_output_tokens': 'limit', 'content_filter': 'refusal'}
        check(details.get('reason') in reasons, 'incomplete_details: %s', details)
        reply.stop = reasons[details['reason']]
        reply.is_refusal = reply.is_refusal or reply.stop == 'refusal'
    elif reply.is_refusal:
        reply.stop = 'refusal'
    reply.model = response['model']
    # Nothing is stored, so the whole output goes back, as it came.
    reply.turn = response['output']
    return reply


def read_reply(answer, model, closed):
    response = answer.json()
    check_response(response, 'body', model, closed)
    return take_response(response, Reply(), closed)


def read_stream(answer, model, closed):
    answer.has_type(STREAM_TYPE)
    events = ResponseEvents(model, closed)
    for name, data in split_events(answer.text()):
        events.add(name, parse(data, name))
    check(events.final is not None, 'the stream ends without an end: %s', events.last)
    return take_response(events.final, events.reply, closed)


def read_broken_stream(answer, model, closed):
    """An error event, which SDKs raise, and then response.failed, which Codex waits for."""
    answer.has_type(STREAM_TYPE)
    all_events = split_events(answer.text())
    check(len(all_events) > 2, 'only %d events', len(all_events))
    events = ResponseEvents(model, closed)
    for name, data in all_events[:-2]:
        events.add(name, parse(data, name))
    check(events.final is None, 'an end before the failure')
    error, failed = [parse(data, name) for name, data in all_events[-2:]]
    check([name for name, _data in all_events[-2:]] == ['error', 'response.failed'] ==
          [error.get('type'), failed.get('type')], 'the stream ends with %s', all_events[-2:])
    events.check_number(error)
    events.check_number(failed)
    members(error, 'error', {'type': '=error', 'message': 'text', 'code': 'str|null',
                             'sequence_number': 'count'}, {'param': 'str|null', 'error': 'dict'})
    members(failed, 'response.failed', {'type': 'text', 'sequence_number': 'count',
                                        'response': 'dict'}, None, closed)
    response = failed['response']
    check_response(response, 'response', model, closed)
    check(response['id'] == events.id, 'the response changes its id')
    check(response['status'] == 'failed', 'status: %s', response['status'])
    members(response['error'], 'error', {'code': 'text', 'message': 'text'})
    check(response['error'] == {name: error[name] for name in ('code', 'message')},
          'two errors: %s and %s', error, response['error'])
    return Failure('response.failed', error['message'], error['code'], ''.join(events.texts))
