# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""That the readers of the clients can say no: streams as the documentations show them are read,
and every one that lacks an event, a line or a member, has one twice or two in the wrong order is
refused or read as something else."""

import copy
import json

import chat_client
import messages_client
import ollama_client
import responses_client
from responses_shape import RESPONSE_MORE
from scenario import make_response
from shape import check
from wire import Answer

MODEL = 'model'
# May be missing, which the documentations say or the readers do not need.
OPTIONAL = {
    'chat': {'usage', 'content', 'arguments'},
    'responses': {'logprobs', 'encrypted_content', *RESPONSE_MORE} - {'text'},
    'messages': {'signature', 'input_tokens'},
    'ollama': {'index'},
}


def make_chat():
    head = {'id': 'chatcmpl-1', 'object': 'chat.completion.chunk', 'created': 1, 'model': MODEL}

    def chunk(delta, reason=None):
        return {**head, 'choices': [{'index': 0, 'delta': delta, 'finish_reason': reason}],
                'usage': None}

    def piece(index, arguments, **first):
        name = first.pop('name', None)
        function = {'name': name, 'arguments': arguments} if name else {'arguments': arguments}
        return {'index': index, **first, 'function': function}

    return [(None, event) for event in (
        chunk({'role': 'assistant', 'content': ''}), chunk({'content': 'Yes, '}),
        chunk({'content': 'I do.'}),
        chunk({'tool_calls': [piece(0, '', id='c1', type='function', name='f')]}),
        chunk({'tool_calls': [piece(0, '{"a":')]}), chunk({'tool_calls': [piece(0, '1}')]}),
        chunk({'tool_calls': [piece(1, '{}', id='c2', type='function', name='g')]}),
        chunk({}, 'tool_calls'),
        {**head, 'choices': [], 'usage': {'prompt_tokens': 3, 'completion_tokens': 4,
                                          'total_tokens': 7}},
        '[DONE]')]


def make_responses():
    events = []

    def add(kind, **members):
        events.append((kind, {'type': kind, 'sequence_number': len(events), **members}))

    thought = {'id': 'rs_1', 'type': 'reasoning', 'summary': [
        {'type': 'summary_text', 'text': 'Hm, so.'}], 'encrypted_content': 'sealed'}
    message = {'id': 'msg_1', 'type': 'message', 'status': 'completed', 'role': 'assistant',
               'content': [{'type': 'output_text', 'text': 'Yes, I do.', 'annotations': []}]}
    call = {'id': 'fc_1', 'type': 'function_call', 'call_id': 'call_1', 'name': 'f',
            'arguments': '{"a":1}', 'status': 'completed'}
    usage = {'input_tokens': 1, 'input_tokens_details': {'cached_tokens': 0}, 'output_tokens': 2,
             'output_tokens_details': {'reasoning_tokens': 0}, 'total_tokens': 3}
    start = make_response('in_progress', MODEL, id='resp_1')
    add('response.created', response=start)
    add('response.in_progress', response=start)
    place = {'item_id': 'rs_1', 'output_index': 0}
    part = {**place, 'summary_index': 0}
    add('response.output_item.added', output_index=0, item={**thought, 'summary': []})
    add('response.reasoning_summary_part.added', part={'type': 'summary_text', 'text': ''}, **part)
    add('response.reasoning_summary_text.delta', delta='Hm, ', **part)
    add('response.reasoning_summary_text.delta', delta='so.', **part)
    add('response.reasoning_summary_text.done', text='Hm, so.', **part)
    add('response.reasoning_summary_part.done', part=thought['summary'][0], **part)
    add('response.output_item.done', output_index=0, item=thought)
    place = {'item_id': 'msg_1', 'output_index': 1}
    part = {**place, 'content_index': 0}
    empty = {'type': 'output_text', 'text': '', 'annotations': []}
    add('response.output_item.added', output_index=1,
        item={**message, 'content': [], 'status': 'in_progress'})
    add('response.content_part.added', part=empty, **part)
    add('response.output_text.delta', delta='Yes, ', logprobs=[], **part)
    add('response.output_text.delta', delta='I do.', logprobs=[], **part)
    add('response.output_text.done', text='Yes, I do.', logprobs=[], **part)
    add('response.content_part.done', part=message['content'][0], **part)
    add('response.output_item.done', output_index=1, item=message)
    place = {'item_id': 'fc_1', 'output_index': 2}
    add('response.output_item.added', output_index=2,
        item={**call, 'arguments': '', 'status': 'in_progress'})
    add('response.function_call_arguments.delta', delta='{"a"', **place)
    add('response.function_call_arguments.delta', delta=':1}', **place)
    add('response.function_call_arguments.done', arguments='{"a":1}', **place)
    add('response.output_item.done', output_index=2, item=call)
    add('response.completed', response=make_response(
        'completed', MODEL, id='resp_1', output=[thought, message, call], usage=usage))
    return events


def make_messages():
    events = []

    def add(kind, **members):
        events.append((kind, {'type': kind, **members}))

    def block(index, first, *deltas):
        add('content_block_start', index=index, content_block=first)
        for kind, member, text in deltas:
            add('content_block_delta', index=index, delta={'type': kind, member: text})
        add('content_block_stop', index=index)

    add('message_start', message={
        'id': 'msg_1', 'type': 'message', 'role': 'assistant', 'model': MODEL, 'content': [],
        'stop_reason': None, 'stop_sequence': None,
        'usage': {'input_tokens': 3, 'output_tokens': 1}})
    block(0, {'type': 'thinking', 'thinking': '', 'signature': ''},
          ('thinking_delta', 'thinking', 'Hm, '), ('thinking_delta', 'thinking', 'so.'),
          ('signature_delta', 'signature', 'sealed'))
    block(1, {'type': 'text', 'text': ''}, ('text_delta', 'text', 'Yes, '),
          ('text_delta', 'text', 'I do.'))
    block(2, {'type': 'tool_use', 'id': 'toolu_1', 'name': 'f', 'input': {}},
          ('input_json_delta', 'partial_json', '{"a"'), ('input_json_delta', 'partial_json', ':1}'))
    add('message_delta', delta={'stop_reason': 'tool_use', 'stop_sequence': None},
        usage={'input_tokens': 3, 'output_tokens': 9})
    add('message_stop')
    return events


def make_ollama():
    def line(**message):
        return None, {'model': MODEL, 'created_at': '2026-01-01T00:00:00.5Z', 'done': False,
                      'message': {'role': 'assistant', 'content': '', **message}}

    call = {'id': 'c', 'function': {'index': 0, 'name': 'f', 'arguments': {'a': 1}}}
    end = line()[1]
    end.update({'done': True, 'done_reason': 'stop', 'total_duration': 9, 'load_duration': 0,
                'prompt_eval_count': 3, 'prompt_eval_duration': 4, 'eval_count': 5,
                'eval_duration': 5})
    return [line(thinking='Hm.'), line(content='Yes, '), line(content='I do.'),
            line(tool_calls=[call]), (None, end)]


def write(client, events):
    text = ''
    for name, event in events:
        data = event if isinstance(event, str) else json.dumps(event)
        if client is ollama_client:
            text += data + '\n'
        else:
            text += ('event: %s\n' % name if name else '') + 'data: %s\n\n' % data
    return Answer(200, {'content-type': client.STREAM_TYPE}, text.encode())


def read(client, events):
    reply = client.read_stream(write(client, events), MODEL, True)
    return (reply.text, reply.reasoning, reply.states, reply.calls, reply.stop, reply.n_input,
            reply.n_output)


def expect_noticed(client, whole, events, what):
    try:
        result = read(client, events)
    except (AssertionError, IndexError):
        return
    check(result != whole, '%s is not noticed', what)


def are_alike(client, first, second):
    """The order of text and calls cannot be told in these two, for each has a member of its own."""
    mixed = ('tool_calls' in str(first)) != ('tool_calls' in str(second))
    return first == second or (mixed and client in (chat_client, ollama_client) and
                               'done_reason' not in str(second))


def change_order(client, events):
    """Without each event, with each twice, with each two neighbours the other way round."""
    whole = read(client, events)
    for i, (name, event) in enumerate(events):
        label = '%s, event %d (%s)' % (client.NAME, i, name or event)
        expect_noticed(client, whole, events[:i] + events[i + 1:], 'without ' + label)
        expect_noticed(client, whole, events[:i + 1] + events[i:], 'twice ' + label)
        if i + 1 < len(events) and not are_alike(client, events[i][1], events[i + 1][1]):
            swapped = events[:i] + [events[i + 1], events[i]] + events[i + 2:]
            expect_noticed(client, whole, swapped, 'swapped ' + label)


def find_members(value, path=()):
    """The paths of all members inside @value."""
    pairs = value.items() if isinstance(value, dict) else (
        enumerate(value) if isinstance(value, list) else ())
    for name, inner in pairs:
        if isinstance(value, dict):
            yield path + (name,)
        yield from find_members(inner, path + (name,))


def change_members(client, events):
    """Without each member of each event, and with one more in each event."""
    whole = read(client, events)
    for i, (name, event) in enumerate(events):
        if isinstance(event, str):
            continue
        for path in find_members(event):
            if path[-1] in OPTIONAL[client.NAME] or 'arguments' in path[:-1]:
                continue
            changed = copy.deepcopy(event)
            place = changed
            for step in path[:-1]:
                place = place[step]
            del place[path[-1]]
            expect_noticed(client, whole, events[:i] + [(name, changed)] + events[i + 1:],
                           '%s, event %d without %s' % (client.NAME, i, path))
        expect_noticed(client, whole, events[:i] + [(name, {**event, 'odd': 1})] + events[i + 1:],
                       '%s, event %d with one member more' % (client.NAME, i))


def change_bytes(client, events):
    """Ends, lines and encodings that nobody else would stumble over."""
    whole = write(client, events).body
    for body in (whole[:-1], whole + b'\n', whole.replace(b'\n', b'\r\n'), whole + whole[:40],
                 whole.replace(b'Yes', b'\xff\xfe\xfd'), whole.replace(b': ', b':\n'), b''):
        try:
            client.read_stream(Answer(200, {'content-type': client.STREAM_TYPE}, body), MODEL, True)
        except (AssertionError, IndexError):
            continue
        check(False, 'not noticed: %r', body[-60:])
    try:
        client.read_stream(Answer(200, {'content-type': 'text/plain'}, whole), MODEL, True)
    except AssertionError:
        return
    check(False, 'the type of the content is not noticed')


STREAMS = ((chat_client, make_chat), (responses_client, make_responses),
           (messages_client, make_messages), (ollama_client, make_ollama))


def make_proof(change, client, make):
    return lambda: change(client, make())


PROOFS = [('%s %s' % (client.NAME, change.__name__.replace('_', ' ')),
           make_proof(change, client, make))
          for client, make in STREAMS for change in (change_order, change_members, change_bytes)]
