// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The official openai package against the real program: what people actually run.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { Jumpseat, waitFor } from './program.mjs';

const jumpseat = await Jumpseat.start();
const client = new OpenAI({ apiKey: 'anything', baseURL: `${jumpseat.url}/v1`, maxRetries: 0 });
const say = (text) => [{ role: 'user', content: text }];

// The catalogue decides which names are used below, so that the tests do not go stale with it.
const catalogue = (await client.models.list()).data;
const raw = (await (await fetch(`${jumpseat.url}/v1/models/full`)).json()).data;
function model(pattern, endpoint = '/chat/completions') {
  const found = raw.find((row) => pattern.test(row.id) && row.capabilities?.type === 'chat' &&
      (row.supported_endpoints ?? ['/chat/completions']).includes(endpoint) &&
      (row.policy?.state ?? 'enabled') === 'enabled');
  assert.ok(found, `the catalogue has a chat model like ${pattern}`);
  return found.id;
}
const CHAT = model(/^gpt-4\.1$|^gpt-4/);
const CLAUDE = model(/^claude/);
const REASONING = model(/^gpt-5/);

const WEATHER = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Tells the weather of a city',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
  },
};
const TIME = {
  type: 'function',
  function: {
    name: 'get_time',
    description: 'Tells the time of a city',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
  },
};
// A red dot, one pixel.
const PNG = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8' +
            'BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

function checkCompletion(reply) {
  assert.equal(reply.object, 'chat.completion');
  assert.match(reply.id, /\S/);
  assert.ok(Number.isInteger(reply.created) && reply.created > 1e9, 'created is a time');
  assert.equal(reply.choices.length, 1);
  assert.equal(reply.choices[0].index, 0);
  assert.equal(reply.choices[0].message.role, 'assistant');
  assert.ok(reply.usage.total_tokens > 0);
  assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
}

function checkChunk(chunk) {
  assert.equal(chunk.object, 'chat.completion.chunk');
  assert.match(chunk.id, /\S/);
  assert.ok(Number.isInteger(chunk.created) && chunk.created > 1e9, 'created is a time');
  assert.match(chunk.model, /\S/);
  assert.ok(Array.isArray(chunk.choices));
  for (const choice of chunk.choices) {
    assert.equal(choice.index, 0);
    assert.equal(typeof choice.delta, 'object');
  }
}

// Reads a stream to its end: all chunks, the text, and the tool calls put together.
async function readStream(stream) {
  const result = { chunks: [], text: '', calls: [], reasons: [], usages: [] };
  for await (const chunk of stream) {
    checkChunk(chunk);
    result.chunks.push(chunk);
    if (chunk.usage) result.usages.push(chunk);
    for (const choice of chunk.choices) {
      result.text += choice.delta.content ?? '';
      if (choice.finish_reason) result.reasons.push(choice.finish_reason);
      for (const part of choice.delta.tool_calls ?? []) {
        assert.ok(Number.isInteger(part.index), 'every fragment says which call it belongs to');
        result.calls[part.index] ??= { id: part.id, name: part.function.name, arguments: '' };
        result.calls[part.index].arguments += part.function?.arguments ?? '';
      }
    }
  }
  return result;
}

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail('an error was expected');
}

test('chat answers', async () => {
  const reply = await client.chat.completions.create({ model: CHAT, messages: say('Say hello') });
  checkCompletion(reply);
  assert.match(reply.choices[0].message.content, /\S/);
  assert.equal(reply.choices[0].finish_reason, 'stop');
  assert.equal(reply.model, CHAT);
});

test('a reply carries its request id', async () => {
  const { data, response, request_id: id } = await client.chat.completions
      .create({ model: CHAT, messages: say('Say hello') }).withResponse();
  checkCompletion(data);
  assert.match(id, /\S/);
  assert.equal(response.headers.get('x-request-id'), id);
});

test('a stream comes in pieces', async () => {
  const { chunks, text, reasons, usages } = await readStream(await client.chat.completions.create(
      { model: CHAT, messages: say('Tell me a short story about a proxy'), stream: true }));
  assert.ok(chunks.length >= 4, `${chunks.length} chunks`);
  assert.match(text, /\S/);
  assert.deepEqual(reasons, ['stop']);
  assert.equal(usages.length, 0, 'nobody asked for usage');
  assert.ok(chunks.every((chunk) => chunk.choices.length === 1), 'no chunk without a choice');
  assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1, 'one id for all chunks');
});

test('a stream is not held back', async () => {
  const reply = await fetch(`${jumpseat.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: CHAT, messages: say('Tell me a short story'), stream: true }),
  });
  assert.match(reply.headers.get('content-type'), /^text\/event-stream/);
  const pieces = [];
  for await (const piece of reply.body) pieces.push(Buffer.from(piece).toString());
  assert.ok(pieces.length >= 3, `${pieces.length} pieces`);
  assert.ok(!pieces[0].includes('[DONE]'), 'the first piece comes before the end is known');
  assert.match(pieces.join(''), /data: \[DONE\]\n\n: x-jumpseat-credits [\d.]+\n$/);
});

test('usage of a stream is told when asked for', async () => {
  const { chunks, usages } = await readStream(await client.chat.completions.create({
    model: CHAT, messages: say('Say hello'), stream: true, stream_options: { include_usage: true },
  }));
  assert.equal(usages.length, 1);
  assert.deepEqual(usages[0].choices, []);
  assert.equal(chunks.at(-1), usages[0], 'usage is last');
  assert.ok(usages[0].usage.total_tokens > 0);
});

test('a tool is called and its result understood', async () => {
  const messages = say('Please call get_weather for Paris');
  const first = await client.chat.completions.create({ model: CHAT, messages, tools: [WEATHER] });
  checkCompletion(first);
  assert.equal(first.choices[0].finish_reason, 'tool_calls');
  const [call] = first.choices[0].message.tool_calls;
  assert.equal(call.type, 'function');
  assert.equal(call.function.name, 'get_weather');
  assert.equal(typeof JSON.parse(call.function.arguments), 'object');
  messages.push(first.choices[0].message,
                { role: 'tool', tool_call_id: call.id, content: '{"temperature": 21}' });
  const second = await client.chat.completions.create({ model: CHAT, messages, tools: [WEATHER] });
  checkCompletion(second);
  assert.equal(second.choices[0].finish_reason, 'stop');
  assert.match(second.choices[0].message.content, /\S/);
});

test('two tools are called at once', async () => {
  const reply = await client.chat.completions.create({
    model: CHAT,
    messages: say('Please call get_weather and get_time for Paris'),
    tools: [WEATHER, TIME],
    parallel_tool_calls: true,
  });
  checkCompletion(reply);
  const calls = reply.choices[0].message.tool_calls;
  assert.deepEqual(calls.map((call) => call.function.name).sort(), ['get_time', 'get_weather']);
  assert.equal(new Set(calls.map((call) => call.id)).size, 2);
});

test('tool calls are streamed', async () => {
  const { calls, reasons } = await readStream(await client.chat.completions.create({
    model: CHAT,
    messages: say('Please call get_weather and get_time for Paris'),
    tools: [WEATHER, TIME],
    stream: true,
  }));
  assert.deepEqual(reasons, ['tool_calls']);
  assert.deepEqual(calls.map((call) => call.name).sort(), ['get_time', 'get_weather']);
  for (const call of calls) {
    assert.match(call.id, /\S/);
    assert.equal(typeof JSON.parse(call.arguments), 'object');
  }
});

test('the stream helper collects the message', async () => {
  const runner = client.chat.completions.stream({ model: CHAT, messages: say('Say hello') });
  let deltas = '';
  runner.on('content', (delta) => { deltas += delta; });
  const final = await runner.finalChatCompletion();
  assert.equal(final.choices[0].message.content, deltas);
  assert.match(deltas, /\S/);
});

test('the tool runner goes the whole way', async () => {
  const asked = [];
  const runner = client.chat.completions.runTools({
    model: CHAT,
    messages: say('Please call get_weather for Paris'),
    stream: true,
    tools: [{
      type: 'function',
      function: {
        ...WEATHER.function,
        parse: JSON.parse,
        function: (input) => { asked.push(input); return '{"temperature": 21}'; },
      },
    }],
  });
  assert.match(await runner.finalContent(), /\S/);
  assert.equal(asked.length, 1);
  assert.equal(typeof asked[0], 'object');
});

test('an image is accepted', async () => {
  const reply = await client.chat.completions.create({
    model: CHAT,
    messages: [{
      role: 'user',
      content: [
        { type: 'text', text: 'What is in this picture?' },
        { type: 'image_url', image_url: { url: PNG } },
      ],
    }],
  });
  checkCompletion(reply);
  assert.match(reply.choices[0].message.content, /1 image.*1×1/i, 'the simulator measured it');
});

test('a JSON schema is followed', async () => {
  const reply = await client.chat.completions.create({
    model: CHAT,
    messages: say('Name a city and how many people live there'),
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'city',
        strict: true,
        schema: {
          type: 'object',
          properties: { name: { type: 'string' }, people: { type: 'integer' } },
          required: ['name', 'people'],
          additionalProperties: false,
        },
      },
    },
  });
  checkCompletion(reply);
  const city = JSON.parse(reply.choices[0].message.content);
  assert.deepEqual(Object.keys(city).sort(), ['name', 'people']);
  assert.equal(typeof city.name, 'string');
  assert.ok(Number.isInteger(city.people));
});

test('models are listed', async () => {
  assert.ok(catalogue.length > 0);
  for (const row of catalogue) {
    assert.equal(row.object, 'model');
    assert.match(row.id, /\S/);
    assert.ok(Number.isInteger(row.created));
    assert.match(row.owned_by, /\S/);
  }
  assert.equal(new Set(catalogue.map((row) => row.id)).size, catalogue.length, 'each once');
});

test('one model is retrieved, dots in its name or not', async () => {
  const dotted = catalogue.find((row) => row.id.includes('.'));
  const plain = catalogue.find((row) => !row.id.includes('.'));
  assert.ok(dotted && plain);
  for (const { id } of [dotted, plain]) {
    const row = await client.models.retrieve(id);
    assert.equal(row.id, id);
    assert.equal(row.object, 'model');
  }
  const error = await failure(client.models.retrieve('no-such-model-at-all'));
  assert.ok(error instanceof OpenAI.NotFoundError);
  assert.equal(error.code, 'model_not_found');
});

test('another name of a model is understood', async () => {
  for (const name of ['sonnet', CLAUDE.replace('.', '-')]) {
    const reply = await client.chat.completions.create({ model: name, messages: say('Say hello') });
    checkCompletion(reply);
    assert.equal(reply.model, name, 'the client sees the name it asked for');
  }
});

test('an unknown model is a NotFoundError with names that are near', async () => {
  const error = await failure(client.chat.completions.create(
      { model: `${CHAT}-turbo-ultra`, messages: say('Say hello') }));
  assert.ok(error instanceof OpenAI.NotFoundError, `${error}`);
  assert.equal(error.status, 404);
  assert.equal(error.code, 'model_not_found');
  assert.ok(error.message.includes(CHAT), error.message);
});

test('a bad request is a BadRequestError', async () => {
  const noMessages = await failure(client.chat.completions.create({ model: CHAT }));
  assert.ok(noMessages instanceof OpenAI.BadRequestError, `${noMessages}`);
  assert.match(noMessages.message, /messages/);
  const wrongType = await failure(client.chat.completions.create({ model: CHAT, messages: 'hello' }));
  assert.ok(wrongType instanceof OpenAI.BadRequestError, `${wrongType}`);
});

test('a wrong path is a NotFoundError', async () => {
  const error = await failure(client.get('/no/such/path'));
  assert.ok(error instanceof OpenAI.NotFoundError, `${error}`);
  assert.match(error.message, /\S/);
});

test('an aborted stream ends everywhere', async () => {
  const stream = await client.chat.completions.create({
    model: CHAT, messages: say('Tell me a long story, as long as you can'), stream: true });
  for await (const _chunk of stream) stream.controller.abort();
  await waitFor('the exchange to end', async () => {
    return (await jumpseat.status()).open_exchanges === 0;
  });
});

test('Claude answers in one choice', async () => {
  const reply = await client.chat.completions.create({
    model: CLAUDE, messages: say('Please call get_weather for Paris'), tools: [WEATHER] });
  checkCompletion(reply);
  assert.equal(reply.choices[0].finish_reason, 'tool_calls');
  assert.equal(reply.choices[0].message.tool_calls[0].function.name, 'get_weather');
  assert.match(reply.choices[0].message.content, /\S/, 'upstream puts its words into another choice');
  const plain = await client.chat.completions.create({ model: CLAUDE, messages: say('Say hello') });
  checkCompletion(plain);
  assert.match(plain.choices[0].message.content, /\S/);
});

test('Claude streams in one choice', async () => {
  const { calls, reasons, text } = await readStream(await client.chat.completions.create({
    model: CLAUDE,
    messages: say('Please call get_weather for Paris'),
    tools: [WEATHER],
    stream: true,
  }));
  assert.deepEqual(reasons, ['tool_calls']);
  assert.match(text, /\S/);
  assert.equal(calls.length, 1);
  assert.equal(calls[0].name, 'get_weather');
  assert.equal(typeof JSON.parse(calls[0].arguments), 'object');
});

test('gpt-5 takes max_tokens and temperature', async () => {
  const reply = await client.chat.completions.create({
    model: REASONING, messages: say('Say hello'), max_tokens: 100, temperature: 0.2 });
  checkCompletion(reply);
  assert.match(reply.choices[0].message.content, /\S/);
  const { text } = await readStream(await client.chat.completions.create({
    model: REASONING, messages: say('Say hello'), max_tokens: 100, temperature: 0.2, stream: true }));
  assert.match(text, /\S/);
});

test('twenty at a time', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => client.chat.completions
      .create({ model: CHAT, messages: say(`Say hello number ${n}`), stream: n % 2 === 1 })
      .then((reply) => (n % 2 === 1 ? readStream(reply) : reply))));
  for (const reply of replies) assert.match(reply.text ?? reply.choices[0].message.content, /\S/);
});

test('the program ends well', () => jumpseat.stop());
