// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What the pages read out of requests, replies and streams of every API. Without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readReply, readRequest } from '../pages/conversation.js';
import { joinEvents, splitStream, wholeReply } from '../pages/stream-events.js';

const PIXEL = 'iVBORw0KGgo=';

// Roles, and of each part what it is and says.
const tell = (conversation) => conversation.messages.map(({ role, parts }) =>
  [role, ...parts.map((part) => [part.kind, part.text ?? part.name ?? part.id ?? part.source])]);

const REQUESTS = {
  chat: {
    model: 'm',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Look' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } }] },
      { role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'read', arguments: '{"path":"a"}' } }] },
      { role: 'tool', tool_call_id: 'c1', content: 'text' },
    ],
    tools: [{ type: 'function', function: { name: 'read', description: 'Reads', parameters: { type: 'object' } } }],
  },
  messages: {
    model: 'm', max_tokens: 5, system: [{ type: 'text', text: 'Be brief.' }],
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Look' }, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PIXEL } }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'read', input: { path: 'a' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: 'text' }] }] },
    ],
    tools: [{ name: 'read', description: 'Reads', input_schema: { type: 'object' } }],
  },
  responses: {
    model: 'm', instructions: 'Be brief.',
    input: [
      { role: 'user', content: [{ type: 'input_text', text: 'Look' }, { type: 'input_image', image_url: `data:image/png;base64,${PIXEL}` }] },
      { type: 'function_call', call_id: 'c1', name: 'read', arguments: '{"path":"a"}' },
      { type: 'function_call_output', call_id: 'c1', output: 'text' },
    ],
    tools: [{ type: 'function', name: 'read', description: 'Reads', parameters: { type: 'object' } }],
  },
  ollama: {
    model: 'm',
    messages: [
      { role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Look', images: [PIXEL] },
      { role: 'assistant', content: '', tool_calls: [{ function: { name: 'read', arguments: { path: 'a' } } }] },
      { role: 'tool', tool_name: 'read', content: 'text' },
    ],
    tools: [{ type: 'function', function: { name: 'read', description: 'Reads', parameters: { type: 'object' } } }],
  },
};

for (const [api, body] of Object.entries(REQUESTS)) {
  test(`the same conversation, asked in ${api}`, () => {
    const conversation = readRequest(body);
    const [system, user, call, result] = conversation.messages;
    assert.deepEqual(tell({ messages: [system, user] }), [
      ['system', ['text', 'Be brief.']],
      ['user', ['text', 'Look'], ['image', `data:image/png;base64,${PIXEL}`]],
    ]);
    assert.equal(call.parts[0].kind, 'call');
    assert.equal(call.parts[0].name, 'read');
    assert.deepEqual(call.parts[0].input, { path: 'a' });
    assert.equal(result.parts[0].kind, 'result');
    assert.deepEqual(result.parts[0].parts, [{ kind: 'text', text: 'text' }]);
    assert.deepEqual(conversation.tools, [{ name: 'read', description: 'Reads', schema: { type: 'object' } }]);
  });
}

test('pictures from elsewhere are named, not fetched', () => {
  const { messages: [message] } = readRequest({ messages: [{ role: 'user', content: [
    { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    { type: 'image_url', image_url: { url: 'data:image/svg+xml;base64,AAAA' } },
  ] }] });
  assert.deepEqual(message.parts.map(({ source }) => source), [null, null]);
});

const lines = (...events) => events.map((event) => JSON.stringify(event));
const STREAMS = {
  chat: [...lines(
    { choices: [{ index: 0, delta: { role: 'assistant', reasoning_content: 'Hm' } }] },
    { choices: [{ index: 0, delta: { content: 'Hel' } }] }, { choices: [{ index: 0, delta: { content: 'lo' } }] },
    { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: 'c1', function: { name: 'read', arguments: '{"pa' } }] } }] },
    { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: 'th":"a"}' } }] }, finish_reason: 'tool_calls' }] },
    { choices: [], usage: { prompt_tokens: 3 } }), '[DONE]'],
  messages: lines(
    { type: 'message_start', message: { role: 'assistant', content: [], usage: { input_tokens: 3 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm' } },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Hello' } },
    { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 'c1', name: 'read', input: {} } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"path":"a"}' } },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 2 } }, { type: 'message_stop' }),
  responses: lines(
    { type: 'response.created', response: { id: 'r', status: 'in_progress', output: [] } },
    { type: 'response.output_item.done', output_index: 0, item: { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] } },
    { type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'Hel' },
    { type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'lo' },
    { type: 'response.output_item.done', output_index: 2, item: { type: 'function_call', call_id: 'c1', name: 'read', arguments: '{"path":"a"}' } },
    { type: 'response.completed', response: { status: 'completed', usage: { input_tokens: 3 } } }),
  ollama: lines(
    { message: { role: 'assistant', content: '', thinking: 'Hm' }, done: false },
    { message: { role: 'assistant', content: 'Hello' }, done: false },
    { message: { role: 'assistant', content: '', tool_calls: [{ function: { name: 'read', arguments: { path: 'a' } } }] }, done: false },
    { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }),
};

for (const [api, data] of Object.entries(STREAMS)) {
  test(`the same answer, streamed in ${api}`, () => {
    const { messages } = readReply(joinEvents(data));
    assert.equal(messages.length, 1);
    assert.equal(messages[0].role, 'assistant');
    assert.deepEqual(messages[0].parts.map(({ kind, text, name, input }) => [kind, text ?? name, input]), [
      ['thinking', 'Hm', undefined], ['text', 'Hello', undefined], ['call', 'read', { path: 'a' }],
    ]);
    assert.deepEqual(readReply(joinEvents(data.slice(0, 2))) === null, false, 'a stream that was cut');
  });
}

test('replies as they were kept', () => {
  assert.equal(wholeReply({}), null);
  assert.deepEqual(wholeReply({ response_body: { a: 1 } }), { a: 1 });
  assert.deepEqual(wholeReply({ response_body: '{"a":1}' }), { a: 1 });
  assert.equal(wholeReply({ response_body: 'no JSON' }), null);
  const text = STREAMS.chat.map((data) => `data: ${data}\n\n`).join('');
  assert.deepEqual(splitStream(text), STREAMS.chat);
  assert.deepEqual(wholeReply({ response_body: text }), wholeReply({ raw_events: STREAMS.chat }));
  const { messages: [message] } = readReply({ error: { message: 'too much' } });
  assert.deepEqual([message.role, message.parts[0].text], ['error', 'too much']);
});

test('what is no conversation is none', () => {
  for (const value of [null, 'text', 5, [], {}, { data: [] }]) {
    assert.equal(readRequest(value), null);
    assert.equal(readReply(value), null);
  }
});
