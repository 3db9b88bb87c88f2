# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What responses, items and usage of OpenAI's Responses are made of."""

from shape import check, members, parse_arguments

RESPONSE = {
    'id': 'text', 'object': '=response', 'created_at': 'number', 'status': 'text',
    'error': 'dict|null', 'incomplete_details': 'dict|null', 'instructions': 'str|list|null',
    'metadata': 'dict|null', 'model': 'text', 'output': 'list', 'parallel_tool_calls': 'bool',
    'temperature': 'number|null', 'tool_choice': 'str|dict', 'tools': 'list', 'top_p': 'number|null',
}
RESPONSE_MORE = {
    'usage': 'dict|null', 'background': 'bool|null', 'completed_at': 'number|null',
    'conversation': 'dict|null', 'max_output_tokens': 'count|null', 'max_tool_calls': 'count|null',
    'previous_response_id': 'text|null', 'prompt': 'dict|null', 'prompt_cache_key': 'str|null',
    'prompt_cache_retention': 'str|null', 'reasoning': 'dict|null',
    'safety_identifier': 'str|null', 'service_tier': 'str|null', 'store': 'bool|null',
    'text': 'dict', 'top_logprobs': 'count|null', 'truncation': 'str|null', 'user': 'str|null',
    'frequency_penalty': 'number|null', 'presence_penalty': 'number|null', 'moderation': 'any',
    'tool_usage': 'dict|null',
}
TEXT_PART = {'type': '=output_text', 'text': 'str', 'annotations': 'list'}
REFUSAL_PART = {'type': '=refusal', 'refusal': 'str'}


def check_part(part, where, closed):
    kind = part.get('type')
    check(kind in ('output_text', 'refusal'), '%s.type: %s', where, kind)
    if kind == 'refusal':
        members(part, where, REFUSAL_PART, None, closed)
    else:
        members(part, where, TEXT_PART, {'logprobs': 'list'}, closed)


def check_item(item, where, closed):
    """A finished item of an output."""
    kind = item.get('type')
    if kind == 'message':
        members(item, where, {'id': 'text', 'type': '=message', 'role': '=assistant',
                              'status': 'text', 'content': 'list'}, {'phase': 'str'}, closed)
        for number, part in enumerate(item['content']):
            check_part(part, '%s.content[%d]' % (where, number), closed)
    elif kind == 'function_call':
        members(item, where, {'id': 'text', 'type': '=function_call', 'call_id': 'text',
                              'name': 'text', 'arguments': 'text', 'status': '=completed'},
                {'namespace': 'str'}, closed)
        parse_arguments(item['arguments'], where)
    else:
        check(kind == 'reasoning', '%s.type: %s', where, kind)
        members(item, where, {'id': 'text', 'type': '=reasoning', 'summary': 'list'},
                {'content': 'list', 'encrypted_content': 'text|null', 'status': 'str|null'}, closed)
        for number, part in enumerate(item['summary']):
            members(part, '%s.summary[%d]' % (where, number),
                    {'type': '=summary_text', 'text': 'str'}, None, closed)


def check_usage(usage, reply, closed):
    members(usage, 'usage', {
        'input_tokens': 'positive', 'input_tokens_details': 'dict', 'output_tokens': 'positive',
        'output_tokens_details': 'dict', 'total_tokens': 'positive'}, None, closed)
    members(usage['input_tokens_details'], 'input_tokens_details', {'cached_tokens': 'count'},
            {'cache_write_tokens': 'count'}, closed)
    members(usage['output_tokens_details'], 'output_tokens_details',
            {'reasoning_tokens': 'count'}, None, closed)
    check(usage['total_tokens'] == usage['input_tokens'] + usage['output_tokens'],
          'usage does not add up: %s', usage)
    reply.n_input, reply.n_output = usage['input_tokens'], usage['output_tokens']


def check_response(response, where, model, closed):
    more = {**RESPONSE_MORE, **({} if closed else {'copilot_usage': 'dict'})}
    members(response, where, RESPONSE, more, closed)
    check(response['model'] == model, '%s.model: expected %s, got %s', where, model,
          response['model'])
