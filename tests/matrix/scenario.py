# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The accounts that are played. The matrix's own has four kinds of models, alike but for the APIs
they answer, and of each kind some that fail in one way; what they fail with is what the real ones
were seen to send (protocol 5.5, 6.1, 6.3 and 7). The others have the same models with rarer habits,
and real models of the catalogue."""

import copy
import json
import os
from dataclasses import dataclass

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'simulator')

# What the catalogue calls the APIs, and where they are.
ENDPOINTS = {'chat': '/chat/completions', 'responses': '/responses', 'messages': '/v1/messages'}
KINDS = {'sim-chat': ('chat',), 'sim-responses': ('responses',), 'sim-messages': ('messages',),
         'sim-all': ('chat', 'responses', 'messages')}
# Vendors have habits of their own: OpenAI's tell phases, Claude announces its calls.
VENDORS = {'sim-chat': 'Google', 'sim-responses': 'OpenAI', 'sim-messages': 'Anthropic',
           'sim-all': 'Azure OpenAI'}
# Real ones, of each way to think and of each vendor's habits.
CATALOGUE = ('gpt-4.1', 'gpt-5-mini', 'gpt-5.2', 'gpt-5.5', 'claude-sonnet-4.5', 'claude-sonnet-4.6',
             'claude-sonnet-5', 'gemini-2.5-pro', 'gemini-3-flash-preview', 'grok-code-fast-1')
# Knows of Responses what is published, nothing of what only Codex says (protocol 6.1).
GROK = {'id': 'grok-4.5', 'name': 'Grok 4.5', 'version': 'grok-4.5',
        'supported_endpoints': ['/responses']}
QUIRKS = ('keepalive', 'redacted_thinking', 'done', 'no_type')
FAILURES = ('overflow', 'limited', 'broke', 'down', 'breaking', 'broken')
CLIENTS = ('chat', 'responses', 'messages', 'ollama')

RESET = 'Mon, 01 Feb 2027 00:00:00 GMT'
OVERFLOW = {
    'chat': {'error': {'message': 'prompt token count of 200001 exceeds the limit of 168000',
                       'code': 'model_max_prompt_tokens_exceeded'}},
    'responses': {'error': {
        'message': 'Your input exceeds the context window of this model. Please adjust your input '
                   'and try again.', 'type': 'invalid_request_error', 'param': 'input',
        'code': 'context_length_exceeded'}},
    'messages': {'type': 'error', 'error': {
        'type': 'invalid_request_error',
        'message': 'prompt is too long: 200001 tokens > 168000 maximum'},
        'request_id': 'req_vrtx_011'},
}


def make_reply(api, failure):
    """The upstream's answer before anything was said, as text/plain, which is what they call it."""
    def reply(status, body, **headers):
        return {'status': status, 'text': json.dumps(body),
                'headers': {name.replace('_', '-'): value for name, value in headers.items()}}

    if failure == 'overflow':
        return reply(400, OVERFLOW[api])
    if failure == 'limited':
        return reply(429, {'error': {
            'message': 'Sorry, you have hit a rate limit for this model.',
            'code': 'user_model_rate_limited:pro'}}, Retry_After='17')
    if failure == 'broke':
        return reply(402, {'error': {'message': 'You have exceeded your monthly quota.',
                                     'code': 'quota_exceeded'}}, Retry_After=RESET)
    return reply(503, {'error': {'message': 'The model provider is overloaded.',
                                 'code': 'upstream_provider_rate_limit'}})


def make_event(kind, **members):
    return 'event: %s\ndata: %s\n\n' % (kind, json.dumps({'type': kind, **members}))


def make_response(status, model, **members):
    """As the simulator's own, which shows all the real one has; ids differ from event to event."""
    response = {
        'object': 'response', 'created_at': 1800000000, 'status': status, 'background': False,
        'error': None, 'incomplete_details': None, 'instructions': None, 'metadata': {},
        'model': model, 'output': [], 'parallel_tool_calls': True, 'temperature': 1,
        'tool_choice': 'auto', 'tools': [], 'top_p': 0.98, 'usage': None}
    return {**response, **members}


def make_chat_break(model):
    head = {'created': 1800000000, 'id': 'chatcmpl-breaking', 'model': model}
    return [
        {'choices': [{'index': 0, 'delta': {'role': 'assistant', 'content': 'So far so '}}], **head},
        {'choices': [{'index': 0, 'delta': {'role': None, 'content': 'good.'}}], **head},
        {'choices': None, 'error': {'code': 503, 'message': 'Overloaded'}}]


def make_responses_break(model):
    """By either of the two events that upstream has for it."""
    item = {'id': 'opaque-2', 'type': 'message', 'status': 'in_progress', 'content': [],
            'role': 'assistant'}
    part = {'type': 'output_text', 'annotations': [], 'logprobs': [], 'text': ''}
    place = {'output_index': 0, 'content_index': 0}
    events = [
        make_event('response.created', sequence_number=0,
                   response=make_response('in_progress', model, id='opaque-0')),
        make_event('response.in_progress', sequence_number=1,
                   response=make_response('in_progress', model, id='opaque-1')),
        make_event('response.output_item.added', sequence_number=2, output_index=0, item=item),
        make_event('response.content_part.added', sequence_number=3, item_id='opaque-3', part=part,
                   **place),
        make_event('response.output_text.delta', sequence_number=4, item_id='opaque-4',
                   delta='So far so ', logprobs=[], **place),
        make_event('response.output_text.delta', sequence_number=5, item_id='opaque-5',
                   delta='good.', logprobs=[], **place)]
    if model == 'sim-responses':
        events.append(make_event('error', sequence_number=6, code='service_unavailable',
                                 message='Overloaded', param=None))
    else:
        error = {'code': 'server_is_overloaded', 'message': 'Overloaded'}
        events.append(make_event('response.failed', sequence_number=6, response=make_response(
            'failed', model, id='opaque-6', error=error)))
    return events


def make_messages_break(model):
    message = {'id': 'msg_bdrk_1', 'type': 'message', 'role': 'assistant', 'model': model,
               'content': [], 'stop_reason': None, 'stop_sequence': None,
               'usage': {'input_tokens': 9, 'output_tokens': 1}}
    return [
        make_event('message_start', message=message),
        make_event('content_block_start', index=0, content_block={'type': 'text', 'text': ''}),
        make_event('content_block_delta', index=0,
                   delta={'type': 'text_delta', 'text': 'So far so '}),
        make_event('content_block_delta', index=0, delta={'type': 'text_delta', 'text': 'good.'}),
        make_event('error', error={'type': 'overloaded_error', 'message': 'Overloaded'})]


BREAKS = {'chat': make_chat_break, 'responses': make_responses_break,
          'messages': make_messages_break}
# Status 200, and yet a failure: what has no stream to break sends this instead.
BODIES = {
    'chat': {'error': {'code': 503, 'message': 'Overloaded'}},
    'responses': make_response('failed', 'sim', id='opaque-9', error={
        'code': 'server_error', 'message': 'Overloaded'}),
    'messages': {'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'Overloaded'}},
}


def name_twin(model, failure, client, stream):
    """Which model @client asks for to see @failure. A limit holds for everybody until it is over, so each
    has one of its own."""
    words = [model, failure]
    if failure == 'limited':
        words += [client, 'streamed' if stream else 'whole']
    return '-'.join(words)


def make_rule(api, model, failure, twin):
    rule = {'on': 'POST ' + ENDPOINTS[api], 'model': twin}
    if failure == 'breaking':
        rule['stream'] = {'chunks': BREAKS[api](model), 'no_done': True}
    elif failure == 'broken':
        rule['reply'] = {'status': 200, 'json': BODIES[api]}
    else:
        rule['reply'] = make_reply(api, failure)
    return rule


@dataclass
class Model:
    name: str
    apis: tuple
    vendor: str
    thinks: bool
    sees: bool


@dataclass
class Account:
    """@pins: (model, API) for names that say which way. @has_failures: whether there are twins."""
    name: str
    scenario: dict
    models: list
    pins: list
    has_failures: bool = False
    hides_thinking: bool = False  # that of Messages


def load(name):
    with open(os.path.join(DATA, name), encoding='utf-8') as file:
        return json.load(file)


def read_model(entry):
    """An entry of the catalogue; those that name no endpoints answer chat alone."""
    offered = entry.get('supported_endpoints', [ENDPOINTS['chat']])
    supports = entry['capabilities']['supports']
    return Model(entry['id'], tuple(api for api in ENDPOINTS if ENDPOINTS[api] in offered),
                 entry['vendor'], 'reasoning_effort' in supports or 'max_thinking_budget' in supports,
                 'vision' in supports)


def make_base():
    """The scenario of the four kinds, and their entries."""
    scenario = load('matrix.json')
    entries = [entry for entry in scenario['models'] if isinstance(entry, dict) and
               entry['id'] in KINDS]
    for entry in entries:
        entry['vendor'] = VENDORS[entry['id']]
        assert entry['supported_endpoints'] == [ENDPOINTS[api] for api in KINDS[entry['id']]], entry
    assert len(entries) == len(KINDS), entries
    return scenario, entries


def list_twins(model):
    """(name, failure) of each"""
    return sorted({(name_twin(model, failure, client, stream), failure) for failure in FAILURES
                   for client in CLIENTS for stream in (False, True)})


def make_matrix():
    scenario, entries = make_base()
    scenario['rules'] = []
    for entry in entries:
        for name, failure in list_twins(entry['id']):
            twin = copy.deepcopy(entry)
            twin['id'] = twin['version'] = name
            twin['is_chat_default'] = False
            scenario['models'].append(twin)
            scenario['rules'] += [make_rule(api, entry['id'], failure, name)
                                  for api in KINDS[entry['id']]]
    return Account('matrix', scenario, [read_model(entry) for entry in entries],
                   [('sim-all', api) for api in ENDPOINTS], has_failures=True)


def make_quirks():
    scenario, entries = make_base()
    scenario['quirks'] = list(QUIRKS)
    # Pieces that end anywhere, in the middle of a letter too.
    scenario['rules'] = [{'on': 'POST ' + endpoint, 'stream': {'split_bytes': 7}}
                         for endpoint in ENDPOINTS.values()]
    return Account('quirks', scenario, [read_model(entry) for entry in entries], [],
                   hides_thinking=True)


def make_catalogue():
    entries = {entry['id']: entry for entry in load('models.json')}
    entries[GROK['id']] = {**entries['grok-code-fast-1'], **GROK}
    models = [read_model(entries[name]) for name in (*CATALOGUE, GROK['id'])]
    return Account('catalogue', {'account': {'kind': 'pro'}, 'models': list(entries.values())}, models,
                   [(model.name, api) for model in models for api in model.apis])
