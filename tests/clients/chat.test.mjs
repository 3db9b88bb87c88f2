// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Chat completions of the official openai package, with every kind of model.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import {
  CITY, PNG, TOWN, checkRoutes, countReasoning, failure, readModels, testEach, watchRoutes,
} from './models.mjs';
import { Jumpseat, waitFor } from './program.mjs';

const jumpseat = await Jumpseat.start();
const models = await readModels(jumpseat);

function open(more = {}) {
  return new OpenAI({ apiKey: 'anything', baseURL: `${jumpseat.url}/v1`, maxRetries: 0, ...more });
}

// Runs `work` with each model and a client of its own, and checks which way its requests took.
function each(title, rows, work) {
  testEach(title, rows, async (model) => {
    const { fetch, routes } = watchRoutes();
    await work(model, open({ fetch }).chat.completions);
    checkRoutes(routes, model, 'chat');
  });
}

const say = (content) => [{ role: 'user', content }];
const tool = (name, about) => ({ type: 'function', function: {
  name, description: `Tells the ${about} of a city`, parameters: CITY, strict: true } });
const WEATHER = tool('get_weather', 'weather');
const TIME = tool('get_time', 'time');

each('a text is answered', models.all, async (model, completions) => {
  const reply = await completions.create({
    model: model.id,
    messages: [{ role: 'developer', content: 'Be brief.' }, ...say('Say hello to the harbour')],
    max_tokens: 1000,
    temperature: 0.2,
  });
  assert.equal(reply.object, 'chat.completion');
  assert.equal(reply.model, model.id);
  assert.equal(reply.choices.length, 1);
  assert.equal(reply.choices[0].finish_reason, 'stop');
  assert.match(reply.choices[0].message.content, /Say hello to the harbour/);
  assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
});

each('a text is streamed', models.all, async (model, completions) => {
  const stream = await completions.create({
    model: model.id, messages: say('Say hello'), stream: true, stream_options: { include_usage: true } });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1, 'one id for all chunks');
  for (const chunk of chunks) assert.equal(chunk.model, model.id);
  const pieces = chunks.map((chunk) => chunk.choices[0]?.delta.content).filter(Boolean);
  assert.ok(pieces.length >= 2, `${pieces.length} pieces`);
  assert.match(pieces.join(''), /Say hello/);
  assert.deepEqual(chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean), ['stop']);
  assert.deepEqual(chunks.at(-1).choices, []);
  assert.ok(chunks.at(-1).usage.total_tokens > 0);
});

each('the tool runner goes the whole way', models.all, async (model, completions) => {
  for (const stream of [false, true]) {
    const asked = [];
    const runner = completions.runTools({
      model: model.id,
      messages: say('Please call get_weather for Paris'),
      stream,
      tools: [{ type: 'function', function: {
        ...WEATHER.function,
        parse: JSON.parse,
        function: (input) => { asked.push(input); return '21 degrees'; },
      } }],
    });
    assert.match(await runner.finalContent(), /get_weather says: 21 degrees/);
    assert.deepEqual(asked, [{ city: 'Paris' }]);
  }
});

each('two tools are called at once, streamed', models.all, async (model, completions) => {
  const messages = say('Please call get_weather and get_time for Paris');
  const first = (await completions.stream({ model: model.id, messages, tools: [WEATHER, TIME] })
      .finalChatCompletion()).choices[0];
  assert.equal(first.finish_reason, 'tool_calls');
  const calls = first.message.tool_calls;
  assert.deepEqual(calls.map((call) => call.function.name).sort(), ['get_time', 'get_weather']);
  assert.equal(new Set(calls.map((call) => call.id)).size, 2);
  messages.push(first.message);
  for (const { id } of calls) messages.push({ role: 'tool', tool_call_id: id, content: `result of ${id}` });
  const second = await completions.create({ model: model.id, messages, tools: [WEATHER, TIME] });
  for (const { id } of calls) assert.ok(second.choices[0].message.content.includes(`result of ${id}`), id);
});

each('reasoning goes back with the next turn', models.all.filter((model) => model.reasons),
     async (model, completions) => {
       const request = {
         model: model.id,
         messages: say('Think, then call get_weather for Paris'),
         tools: [WEATHER],
         reasoning_effort: 'medium',
       };
       const [{ message }] = (await completions.create(request)).choices;
       assert.match(message.reasoning_content, /wants an answer/);
       assert.equal(await countReasoning(jumpseat, model), 0);
       request.messages.push(message, {
         role: 'tool', tool_call_id: message.tool_calls[0].id, content: '21 degrees' });
       const second = await completions.create(request);
       assert.match(second.choices[0].message.content, /21 degrees/);
       assert.equal(await countReasoning(jumpseat, model), 1);
     });

each('an image is seen', models.all, async (model, completions) => {
  const reply = await completions.create({ model: model.id, messages: say([
    { type: 'text', text: 'What is in this picture?' },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
  ]) });
  assert.match(reply.choices[0].message.content, /1 image.*1×1/i, 'the simulator measured it');
});

each('a JSON schema is followed', models.all, async (model, completions) => {
  const reply = await completions.parse({
    model: model.id,
    messages: say('Name a city and how many people live there'),
    response_format: { type: 'json_schema', json_schema: { name: 'town', strict: true, schema: TOWN } },
  });
  const town = JSON.parse(reply.choices[0].message.content);
  assert.deepEqual(Object.keys(town).sort(), ['name', 'people']);
  assert.ok(Number.isInteger(town.people));
});

each('a limit is told', models.all, async (model, completions) => {
  const reply = await completions.create({
    model: model.id, messages: say('Tell me a long story about a harbour'), max_tokens: 16 });
  assert.equal(reply.choices[0].finish_reason, 'length');
});

testEach('too long a prompt is told in OpenAI\'s words', [models.claude, models.chat], async (model) => {
  for (const stream of [false, true]) {
    const error = await failure(open().chat.completions.create(
        { model: model.id, messages: say(model.overlong), stream }));
    assert.ok(error instanceof OpenAI.BadRequestError, `${error}`);
    assert.equal(error.code, 'context_length_exceeded');
    assert.equal(error.type, 'invalid_request_error');
  }
});

testEach('the way can be chosen', [models.claude, models.both], async (model) => {
  for (const way of model.ways) {
    const { data, response } = await open().chat.completions.create(
        { model: `${model}@${way}`, messages: say('Say hello') }).withResponse();
    assert.match(data.choices[0].message.content, /Say hello/);
    const route = response.headers.get('x-jumpseat-route');
    assert.match(route, way === 'chat' ? /^(verbatim|patched); chat;/ : new RegExp(`^translated; chat>${way};`));
  }
});

testEach('an aborted stream ends everywhere', models.all, async (model) => {
  const stream = await open().chat.completions.create(
      { model: model.id, messages: say('Tell me a long story'), stream: true });
  for await (const _chunk of stream) stream.controller.abort();
});

test('nothing is left open', async () => {
  await waitFor('the exchanges to end', async () => (await jumpseat.status()).open_exchanges === 0);
});

test('the program ends well', () => jumpseat.stop());
