// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The official @anthropic-ai/sdk, with every kind of model.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import {
  CITY, PNG, TOWN, checkRoutes, countReasoning, failure, lastCall, readModels, testEach, watchRoutes,
} from './models.mjs';
import { Jumpseat, waitFor } from './program.mjs';

const jumpseat = await Jumpseat.start();
const models = await readModels(jumpseat);

function open(more = {}) {
  return new Anthropic({ apiKey: 'anything', baseURL: jumpseat.url, maxRetries: 0, ...more });
}
const client = open();

// Runs `work` with a client of its own, and checks which way its requests took.
async function through(model, work) {
  const { fetch, routes } = watchRoutes();
  await work(open({ fetch }).messages);
  checkRoutes(routes, model, 'messages');
}

const say = (content) => [{ role: 'user', content }];
const tool = (name, about) => ({ name, description: `Tells the ${about} of a city`, input_schema: CITY });
const WEATHER = tool('get_weather', 'weather');
const TIME = tool('get_time', 'time');
const blocksOf = (message, type) => message.content.filter((block) => block.type === type);
const textOf = (message) => blocksOf(message, 'text').map((block) => block.text).join('');
const result = (id, content, more) => ({ type: 'tool_result', tool_use_id: id, content, ...more });
const ask = (model, content, more) => ({ model: model.id, max_tokens: 2000, messages: say(content), ...more });

function checkMessage(message, model) {
  assert.equal(message.type, 'message');
  assert.equal(message.role, 'assistant');
  assert.match(message.id, /\S/);
  assert.equal(message.model, model.id);
  const { input_tokens: fresh, cache_read_input_tokens: cached, output_tokens: told } = message.usage;
  assert.ok(fresh + cached > 0 && told > 0, JSON.stringify(message.usage));
  assert.ok('stop_sequence' in message);
}

testEach('a text is answered', models.all, (model) => through(model, async (messages) => {
  const message = await messages.create(ask(model, 'Say hello to the harbour', { system: 'Be brief.' }));
  checkMessage(message, model);
  assert.equal(message.stop_reason, 'end_turn');
  assert.match(textOf(message), /Say hello to the harbour/);
}));

// Each block is started, filled and stopped before the next one.
function checkEvents(events) {
  assert.equal(events[0].type, 'message_start');
  assert.equal(events.at(-1).type, 'message_stop');
  assert.equal(events.at(-2).type, 'message_delta');
  const blocks = events.filter((event) => event.type.startsWith('content_block_'));
  let current = -1;
  let isOpen = false;
  for (const event of blocks) {
    if (event.type === 'content_block_start') {
      assert.ok(!isOpen, 'one block at a time');
      current += 1;
    }
    assert.equal(event.index, current, event.type);
    isOpen = event.type !== 'content_block_stop';
  }
  assert.ok(!isOpen);
}

testEach('a text is streamed', models.all, (model) => through(model, async (messages) => {
  const events = [];
  for await (const event of await messages.create(ask(model, 'Say hello', { stream: true }))) {
    events.push(event);
  }
  checkEvents(events);
  checkMessage({ ...events[0].message, usage: events.at(-2).usage }, model);
  assert.equal(events.at(-2).delta.stop_reason, 'end_turn');
  const deltas = events.filter((event) => event.delta?.type === 'text_delta');
  assert.ok(deltas.length >= 2, `${deltas.length} pieces`);
  assert.match(deltas.map((event) => event.delta.text).join(''), /Say hello/);
}));

testEach('the stream helper collects the message', models.all,
         (model) => through(model, async (messages) => {
           let text = '';
           const stream = messages.stream(ask(model, 'Say hello'));
           stream.on('text', (delta) => { text += delta; });
           const message = await stream.finalMessage();
           checkMessage(message, model);
           assert.equal(textOf(message), text);
           assert.match(text, /Say hello/);
         }));

testEach('a tool is called and its result understood', models.all,
         (model) => through(model, async (messages) => {
           const request = ask(model, 'Please call get_weather for Paris', { tools: [WEATHER] });
           const first = await messages.create(request);
           checkMessage(first, model);
           assert.equal(first.stop_reason, 'tool_use');
           const [call] = blocksOf(first, 'tool_use');
           assert.equal(call.name, 'get_weather');
           assert.deepEqual(call.input, { city: 'Paris' });
           request.messages.push({ role: 'assistant', content: first.content },
                                 { role: 'user', content: [result(call.id, '21 degrees')] });
           const second = await messages.create(request);
           assert.equal(second.stop_reason, 'end_turn');
           assert.match(textOf(second), /get_weather says: 21 degrees/);
         }));

testEach('two tools are called at once, streamed', models.all,
         (model) => through(model, async (messages) => {
           const request = ask(model, 'Please call get_weather and get_time for Paris',
                               { tools: [WEATHER, TIME] });
           const events = [];
           const stream = messages.stream(request);
           stream.on('streamEvent', (event) => events.push(event));
           const first = await stream.finalMessage();
           checkEvents(events);
           assert.equal(first.stop_reason, 'tool_use');
           const calls = blocksOf(first, 'tool_use');
           assert.deepEqual(calls.map((call) => call.name).sort(), ['get_time', 'get_weather']);
           assert.equal(new Set(calls.map((call) => call.id)).size, 2);
           for (const call of calls) assert.equal(typeof call.input.city, 'string');
           request.messages.push({ role: 'assistant', content: first.content }, {
             role: 'user',
             content: [result(calls[0].id, 'sunny'),
                       result(calls[1].id, [{ type: 'text', text: 'no clock' }], { is_error: true })],
           });
           const second = await messages.create(request);
           assert.match(textOf(second), /sunny/);
           assert.match(textOf(second), /no clock/);
         }));

testEach('the caller may choose the tool', models.all, (model) => through(model, async (messages) => {
  const message = await messages.create(ask(model, 'Say hello', {
    tools: [WEATHER, TIME], tool_choice: { type: 'tool', name: 'get_time' } }));
  assert.deepEqual(blocksOf(message, 'tool_use').map((call) => call.name), ['get_time']);
  const none = await messages.create(ask(model, 'Please call get_weather for Paris', {
    tools: [WEATHER], tool_choice: { type: 'none' } }));
  assert.equal(blocksOf(none, 'tool_use').length, 0);
}));

testEach('thinking goes back with the next turn', models.all.filter((model) => model.reasons),
         (model) => through(model, async (messages) => {
           const request = ask(model, 'Think, then call get_weather for Paris', {
             tools: [WEATHER], thinking: { type: 'enabled', budget_tokens: 1024 } });
           const first = await messages.stream(request).finalMessage();
           const [thought] = blocksOf(first, 'thinking');
           assert.ok(thought, JSON.stringify(first.content));
           assert.match(thought.thinking, /wants an answer/);
           assert.match(thought.signature, /\S/);
           assert.equal(first.content[0], thought, 'first comes the thought');
           assert.equal(await countReasoning(jumpseat, model), 0);
           request.messages.push({ role: 'assistant', content: first.content }, {
             role: 'user', content: [result(blocksOf(first, 'tool_use')[0].id, '21 degrees')] });
           const second = await messages.create(request);
           assert.match(textOf(second), /21 degrees/);
           assert.equal(await countReasoning(jumpseat, model), 1);
         }));

test('thinking of one model is no burden to another', async () => {
  const first = await client.messages.create(ask(models.responses, 'Think, then call get_weather for Paris', {
    tools: [WEATHER], thinking: { type: 'enabled', budget_tokens: 1024 } }));
  assert.equal(blocksOf(first, 'thinking').length, 1);
  const history = [...say('Think, then call get_weather for Paris'),
                   { role: 'assistant', content: first.content },
                   { role: 'user', content: [result(blocksOf(first, 'tool_use')[0].id, '21 degrees')] }];
  for (const model of [models.claude, models.gemini, models.both]) {
    const second = await client.messages.create({
      model: model.id, max_tokens: 2000, messages: history, tools: [WEATHER],
      thinking: { type: 'enabled', budget_tokens: 1024 } });
    assert.match(textOf(second), /21 degrees/, `${model}`);
    assert.equal(await countReasoning(jumpseat, model), 0);
  }
});

const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } };

testEach('images are seen, a tool\'s too', models.all, (model) => through(model, async (messages) => {
  const seen = await messages.create(ask(model, [{ type: 'text', text: 'What is this?' }, image]));
  assert.match(textOf(seen), /1 image.*1×1/i, 'the simulator measured it');
  const request = ask(model, 'Please call get_weather for Paris', { tools: [WEATHER] });
  const first = await messages.create(request);
  request.messages.push({ role: 'assistant', content: first.content }, {
    role: 'user',
    content: [result(blocksOf(first, 'tool_use')[0].id, [{ type: 'text', text: 'from the roof' }, image])],
  });
  assert.match(textOf(await messages.create(request)), /1×1/);
  assert.equal((await lastCall(jumpseat, model)).vision, 'true');
}));

testEach('a sub-agent\'s turns are marked', models.all, async (model) => {
  await client.messages.create(ask(model, 'Say hello'));
  const mine = await lastCall(jumpseat, model);
  assert.equal(mine.initiator, 'user');
  await client.messages.create(ask(model, 'Say hello'), { headers: { 'x-claude-code-agent-id': 'a1b2' } });
  const agents = await lastCall(jumpseat, model);
  assert.equal(agents.initiator, 'agent');
  assert.equal(agents.interaction_type, 'conversation-subagent');
});

testEach('a JSON schema is followed', models.all, (model) => through(model, async (messages) => {
  const message = await messages.create(ask(model, 'Name a city and how many people live there', {
    output_config: { format: { type: 'json_schema', schema: TOWN } } }));
  const town = JSON.parse(textOf(message));
  assert.deepEqual(Object.keys(town).sort(), ['name', 'people']);
  assert.ok(Number.isInteger(town.people));
}));

testEach('limits and stop texts are told', models.all, async (model) => {
  const short = await client.messages.create(ask(model, 'Tell me a long story', { max_tokens: 16 }));
  assert.equal(short.stop_reason, 'max_tokens');
  const { data, response } = await client.messages.create(
      ask(model, 'Say one two three', { stop_sequences: ['two'] })).withResponse();
  if (model.ways.includes('responses')) {
    // That API has no stop texts.
    assert.match(response.headers.get('x-jumpseat-changes'), /dropped:stop/);
    return;
  }
  assert.match(textOf(data), /one $/);
  assert.ok(['stop_sequence', 'end_turn'].includes(data.stop_reason), data.stop_reason);
});

testEach('tokens are counted', models.all, async (model) => {
  const count = async (content, more) => (await client.messages.countTokens(
      { model: model.id, messages: say(content), ...more })).input_tokens;
  const short = await count('Say hello');
  const tools = await count('Say hello', { tools: [WEATHER, TIME], system: 'Be brief.' });
  const long = await count('Say hello '.repeat(200));
  assert.ok(short >= 2 && tools > short && long > tools, `${short}, ${tools}, ${long}`);
});

test('models are listed in Anthropic\'s shape', async () => {
  const rows = [];
  for await (const row of client.models.list({ limit: 1000 })) rows.push(row);
  assert.equal(new Set(rows.map((row) => row.id)).size, rows.length, 'each once');
  for (const row of rows) {
    assert.equal(row.type, 'model');
    assert.match(row.display_name, /\S/);
    assert.ok(Date.parse(row.created_at) >= 0, row.created_at);
  }
  for (const model of models.all) {
    assert.ok(rows.some((row) => row.id === model.id), model.id);
    const row = await client.models.retrieve(model.id);
    assert.equal(row.id, model.id);
    assert.equal(row.type, 'model');
  }
  const page = await client.models.list({ limit: 3 });
  assert.ok(page.data.length >= 3);
  assert.equal(typeof page.has_more, 'boolean');
});

function checkError(error, kind, type) {
  assert.ok(error instanceof kind, `${error}`);
  assert.equal(error.error.type, 'error');
  assert.equal(error.error.error.type, type);
  assert.match(error.error.error.message, /\S/);
  assert.match(error.requestID, /\S/);
}

test('errors have their classes', async () => {
  const { NotFoundError, BadRequestError } = Anthropic;
  const unknown = { ...ask(models.claude, 'Hello'), model: 'no-such-model-at-all' };
  checkError(await failure(client.messages.create(unknown)), NotFoundError, 'not_found_error');
  checkError(await failure(client.models.retrieve('no-such-model-at-all')), NotFoundError, 'not_found_error');
  checkError(await failure(client.post('/v1/messages/nothing')), NotFoundError, 'not_found_error');
  for (const model of models.all) {
    for (const more of [{ messages: 'hello' }, { messages: [{ role: 'user', content: 7 }] }]) {
      checkError(await failure(client.messages.create({ ...ask(model, 'Hello'), ...more })),
                 BadRequestError, 'invalid_request_error');
    }
  }
});

testEach('too long a prompt is told in Anthropic\'s words', [models.claude, models.chat], async (model) => {
  for (const stream of [false, true]) {
    const error = await failure(client.messages.create(ask(model, model.overlong, { stream })));
    checkError(error, Anthropic.BadRequestError, 'invalid_request_error');
    const [, tokens, most] = /prompt is too long: (\d+) tokens > (\d+) maximum/
        .exec(error.error.error.message) ?? [];
    assert.ok(Number(tokens) > Number(most), error.message);
  }
});

testEach('an aborted stream ends everywhere', models.all, async (model) => {
  const stream = client.messages.stream(ask(model, 'Tell me a long story'));
  stream.on('text', () => stream.abort());
  assert.ok(await failure(stream.done()) instanceof Anthropic.APIUserAbortError);
});

test('nothing is left open', async () => {
  await waitFor('the exchanges to end', async () => (await jumpseat.status()).open_exchanges === 0);
});

test('the program ends well', () => jumpseat.stop());
