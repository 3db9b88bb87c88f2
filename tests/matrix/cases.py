# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What is asked in the columns of the matrix, and what must come, whatever the APIs on both sides.

Turns are neutral: ('user', text), ('picture', text, base64), ('reply', Reply) for what the model
said and ('results', [(Call, text)]), or with a picture behind the text, for what its tools said;
each client writes them as its API does."""

import base64
import json
import re
import struct
import zlib

from scenario import RESET
from shape import check

# What the simulator thinks of a question.
THOUGHT = ('The user wants an answer to “%s”. I have a list of them. Picking the one whose number '
           'the hash gives.')
WEATHER = {'name': 'get_weather', 'description': 'Tells the weather of a city.', 'schema': {
    'type': 'object', 'properties': {'city': {'type': 'string'}}, 'required': ['city'],
    'additionalProperties': False}}
CLOCK = {'name': 'get_time', 'description': 'Tells the time of a city.', 'schema': {
    'type': 'object', 'properties': {'city': {'type': 'string'}}, 'required': ['city'],
    'additionalProperties': False}}
LOOK = {'name': 'look_at', 'description': 'Shows a city.', 'schema': WEATHER['schema']}
PLACE = {'type': 'object', 'properties': {
    'city': {'type': 'string'}, 'people': {'type': 'integer'}, 'is_capital': {'type': 'boolean'}},
    'required': ['city', 'people', 'is_capital'], 'additionalProperties': False}
LIMIT = 16  # tokens; what Responses takes at least
LONG = 'Please say this again: ' + 'abcdefgh ' * 40


def make_picture(width, height):
    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', crc)

    rows = (b'\0' + b'\x80' * width) * height
    png = b'\x89PNG\r\n\x1a\n' + chunk(
        b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0)) + chunk(
        b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')
    return base64.b64encode(png).decode()


PICTURE = make_picture(3, 2)


def check_stop(reply, wanted):
    check(reply.stop == wanted, 'stopped by %s, expected %s', reply.stop, wanted)
    check(reply.is_refusal == (wanted == 'refusal'), 'refused: %s', reply.is_refusal)


def check_said(reply, text):
    check(reply.text == text, 'text: expected %r, got %r', text, reply.text)


def text(cell):
    words = 'Grüße, “quotes” \\ and a tab?'
    reply = cell.converse([('user', words)])
    check_said(reply, 'You said: ' + words)
    check(reply.calls == [] and reply.reasoning == '', 'more than text: %s', reply)
    check_stop(reply, 'end')
    check(not cell.stream or reply.n_pieces > 3, 'streamed in %d pieces', reply.n_pieces)


def check_calls(cell, reply, names):
    # Claude says what it is about to do, and the text must come beside the call.
    said = 'Let me use %s for that.' % reply.calls[0].name if reply.calls else ''
    check_said(reply, said if cell.model.vendor == 'Anthropic' else '')
    check(sorted(call.name for call in reply.calls) == names, 'calls: expected %s, got %s', names,
          reply.calls)
    for call in reply.calls:
        check(list(call.arguments) == ['city'] and isinstance(call.arguments['city'], str) and
              call.arguments['city'], 'arguments: %s', call)
    check_stop(reply, 'tools')


def tool_call(cell):
    reply = cell.converse([('user', 'How is the weather in Oslo?')], tools=[CLOCK, WEATHER])
    check_calls(cell, reply, ['get_weather'])


def parallel_tools(cell):
    turns = [('user', 'Call both get_weather and get_time for Oslo.')]
    tools = [WEATHER, CLOCK]
    reply = cell.converse(turns, tools=tools)
    check_calls(cell, reply, ['get_time', 'get_weather'])
    # Both results belong to their own calls, told apart by nothing but ids or order.
    results = [(call, 'the answer of ' + call.name) for call in reply.calls]
    last = cell.converse(turns + [('reply', reply), ('results', results)], tools=tools,
                         initiator='agent')
    said = '; '.join(said for _call, said in results)
    check_said(last, '%s says: %s' % (reply.calls[0].name, said))
    check_stop(last, 'end')


def tool_result(cell):
    turns = [('user', 'How is the weather in Oslo?')]
    reply = cell.converse(turns, tools=[WEATHER])
    check_calls(cell, reply, ['get_weather'])
    results = [(reply.calls[0], 'Rain, 7 degrees, station 4711')]
    turns += [('reply', reply), ('results', results)]
    reply = cell.converse(turns, tools=[WEATHER], initiator='agent')
    check_said(reply, 'get_weather says: Rain, 7 degrees, station 4711')
    check_stop(reply, 'end')
    turns += [('reply', reply), ('user', 'Thank you, dear ghost')]
    reply = cell.converse(turns, tools=[WEATHER])
    check_said(reply, 'You said: Thank you, dear ghost')


def image(cell):
    turns = [('picture', 'How large is it?', PICTURE)]
    reply = cell.converse(turns, vision=True)
    check_said(reply, 'I see 1 image, the first 3×2 PNG.')
    check_stop(reply, 'end')
    # What was seen before is still in the request.
    turns += [('reply', reply), ('user', 'And now?')]
    check_said(cell.converse(turns, vision=True), 'You said: And now?')
    if cell.client.CAN_SHOW_RESULTS:
        image_of_a_tool(cell)


def image_of_a_tool(cell):
    turns = [('user', 'Take a look_at Oslo.')]
    reply = cell.converse(turns, tools=[LOOK])
    check_calls(cell, reply, ['look_at'])
    turns += [('reply', reply), ('results', [(reply.calls[0], 'Here it is', PICTURE)])]
    reply = cell.converse(turns, tools=[LOOK], initiator='agent', vision=True)
    # Upstream's chat takes no picture there: it stands in a turn of its own behind the result.
    said = '' if cell.api == 'chat' else 'look_at says: Here it is\n'
    check_said(reply, said + 'I see 1 image, the first 3×2 PNG.')


def check_thought(cell, reply, question):
    thought = THOUGHT % question if cell.model.thinks else ''
    if cell.account.hides_thinking and cell.api == 'messages':
        thought = ''
    check(reply.reasoning == thought, 'reasoning: expected %r, got %r', thought, reply.reasoning)
    check(len(reply.states) == (1 if cell.is_exact and cell.model.thinks else 0), 'states: %s',
          reply.states)


def reasoning(cell):
    """Each request tells how many states it sends, and the simulator how many of its own it got."""
    turns = [('user', 'Is 91 a prime number?')]
    reply = cell.converse(turns, think=True)
    check_thought(cell, reply, 'Is 91 a prime number?')
    check_said(reply, 'You said: Is 91 a prime number?')
    turns += [('reply', reply), ('user', 'And 97?')]
    reply = cell.converse(turns, think=True)
    check_thought(cell, reply, 'And 97?')
    check_said(reply, 'You said: And 97?')
    # Between a call and its result the state matters most.
    turns = [('user', 'How is the weather in Oslo?')]
    reply = cell.converse(turns, think=True, tools=[WEATHER])
    check_thought(cell, reply, 'How is the weather in Oslo?')
    check_calls(cell, reply, ['get_weather'])
    turns += [('reply', reply), ('results', [(reply.calls[0], 'Snow')])]
    reply = cell.converse(turns, think=True, tools=[WEATHER], initiator='agent')
    check_said(reply, 'get_weather says: Snow')


def json_schema(cell):
    reply = cell.converse([('user', 'Describe Oslo.')], schema=PLACE)
    check_stop(reply, 'end')
    # Who was only told in words need not obey; the simulator does, so the words have arrived.
    try:
        value = json.loads(reply.text)
    except ValueError:
        value = None
    check(isinstance(value, dict) and list(value) == ['city', 'people', 'is_capital'] and
          [type(item) for item in value.values()] == [str, int, bool],
          'does not fit the schema: %r', reply.text)


def limit(cell):
    reply = cell.converse([('user', LONG)], limit=LIMIT)
    check_said(reply, ('You said: ' + LONG)[:LIMIT * 4])
    check_stop(reply, 'limit')


def refusal(cell):
    reply = cell.converse([('user', 'please refuse')])
    check_said(reply, 'I cannot help with that.')
    check_stop(reply, 'refusal')


OPENAI_ERRORS = {
    'overflow': (('invalid_request_error',), ('context_length_exceeded',)),
    'limited': (('rate_limit_error',), ('user_model_rate_limited:pro', 'user_model_rate_limited',
                                        'rate_limit_exceeded')),
    'broke': (('insufficient_quota',), ('quota_exceeded', 'insufficient_quota')),
    'down': (('api_error', 'server_error'), ('upstream_provider_rate_limit', None)),
}
ERRORS = {
    'chat': OPENAI_ERRORS,
    'responses': OPENAI_ERRORS,
    'messages': {'overflow': (('invalid_request_error',), (None,)),
                 'limited': (('rate_limit_error',), (None,)),
                 'broke': (('billing_error',), (None,)),
                 'down': (('overloaded_error',), (None,))},
    'ollama': {},
}
WORDS = {'overflow': 'prompt|input', 'limited': 'rate limit', 'broke': 'quota',
         'down': 'overloaded'}
STATUS = {'overflow': 400, 'limited': 429, 'broke': 402, 'down': 503}
RETRY_AFTER = {'limited': '17', 'broke': RESET}


def error_before(cell):
    for failure, status in STATUS.items():
        answer = cell.send([('user', 'Hello')], failure=failure, status=status)
        told = cell.client.read_error(answer.json())
        kinds, codes = ERRORS[cell.client.NAME].get(failure, (('error',), (None,)))
        check(told.kind in kinds and told.code in codes, '%s: expected %s and %s, got %s\n%s',
              failure, kinds, codes, told, answer)
        check(re.search(WORDS[failure], told.message), '%s: the message is %r', failure,
              told.message)
        if failure == 'overflow' and cell.client.NAME == 'messages':
            check(re.match(r'prompt is too long: \d+ tokens > \d+ maximum$', told.message),
                  'Claude Code compacts on other words than %r', told.message)
        wanted = RETRY_AFTER.get(failure)
        check(answer.headers.get('retry-after') == wanted, '%s: Retry-After: expected %s, got %s',
              failure, wanted, answer.headers)


def error_in(cell):
    if not cell.stream:
        error_in_whole(cell)
        return
    answer = cell.send([('user', 'Hello')], failure='breaking')
    try:
        told = cell.client.read_broken_stream(answer, cell.model.name + '-breaking',
                                              cell.is_translated)
        check('verloaded' in told.message, 'message: %r', told.message)
        check(told.text_before == 'So far so good.', 'before it came %r', told.text_before)
        kinds = {'chat': ('api_error', 'server_error'), 'messages': ('overloaded_error',),
                 'responses': ('response.failed',), 'ollama': ('error',)}
        check(told.kind in kinds[cell.client.NAME], 'type: %s', told.kind)
    except AssertionError as error:
        raise AssertionError('%s\n%s' % (error, answer)) from error


def error_in_whole(cell):
    """Status 200, but what came is no answer; a gateway says so with 502, or as what came says."""
    answer = cell.send([('user', 'Hello')], failure='broken', status=(502, 503), sent_status=200)
    told = cell.client.read_error(answer.json())
    check('verloaded' in told.message, 'message: %r', told.message)


CASES = {
    'text': text, 'tool call': tool_call, 'parallel tools': parallel_tools,
    'tool result': tool_result, 'image': image, 'reasoning': reasoning, 'JSON schema': json_schema,
    'limit': limit, 'refusal': refusal, 'error before': error_before, 'error in': error_in,
}
# These need models that fail.
FAILURE_CASES = ('error before', 'error in')
