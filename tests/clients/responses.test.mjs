// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The Responses API of the official openai package, with every kind of model.

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
const client = open();

// Runs `work` with a client of its own, and checks which way its requests took.
async function through(model, work) {
  const { fetch, routes } = watchRoutes();
  await work(open({ fetch }).responses);
  checkRoutes(routes, model, 'responses');
}

const tool = (name, about) => ({ type: 'function', name, description: `Tells the ${about} of a city`,
                                 parameters: CITY, strict: true });
const WEATHER = tool('get_weather', 'weather');
const TIME = tool('get_time', 'time');
const callsOf = (response) => response.output.filter((item) => item.type === 'function_call');

function checkResponse(response, model) {
  assert.equal(response.object, 'response');
  assert.match(response.id, /^resp_/);
  assert.equal(response.status, 'completed');
  assert.equal(response.error, null);
  assert.equal(response.model, model.id);
  assert.ok(Number.isInteger(response.created_at) && response.created_at > 1e9, 'a time');
  const { usage } = response;
  assert.ok(usage.input_tokens > 0 && usage.output_tokens > 0);
  assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
  assert.equal(new Set(response.output.map((item) => item.id)).size, response.output.length);
}

testEach('a text is answered', models.all, (model) => through(model, async (responses) => {
  const response = await responses.create({
    model: model.id, instructions: 'Be brief.', input: 'Say hello to the harbour' });
  checkResponse(response, model);
  assert.match(response.output_text, /Say hello to the harbour/);
  assert.equal(response.output.at(-1).type, 'message');
  assert.equal(response.output.at(-1).role, 'assistant');
}));

// Every event is in its place, and an item has the same id and place from its first event to its last.
function checkEvents(events) {
  assert.equal(events[0].type, 'response.created');
  assert.equal(events.at(-1).type, 'response.completed');
  events.forEach((event, n) => assert.equal(event.sequence_number, n, event.type));
  const final = events.at(-1).response;
  assert.equal(events[0].response.id, final.id);
  assert.equal(events[0].response.status, 'in_progress');
  for (const [place, item] of final.output.entries()) {
    const mine = events.filter((event) => event.output_index === place);
    assert.equal(mine[0].type, 'response.output_item.added');
    assert.equal(mine.at(-1).type, 'response.output_item.done');
    for (const event of mine) assert.equal(event.item_id ?? event.item.id, item.id, event.type);
    assert.deepEqual(mine.at(-1).item, item);
  }
  return final;
}

testEach('a text is streamed', models.all, (model) => through(model, async (responses) => {
  const events = [];
  const stream = await responses.create({ model: model.id, input: 'Say hello', stream: true });
  for await (const event of stream) events.push(event);
  const final = checkEvents(events);
  checkResponse(final, model);
  const deltas = events.filter((event) => event.type === 'response.output_text.delta');
  assert.ok(deltas.length >= 2, `${deltas.length} pieces`);
  const text = deltas.map((event) => event.delta).join('');
  assert.match(text, /Say hello/);
  assert.equal(final.output.at(-1).content[0].text, text);
  assert.equal(events.find((event) => event.type === 'response.output_text.done').text, text);
}));

testEach('the stream helper collects the response', models.all,
         (model) => through(model, async (responses) => {
           let deltas = '';
           const stream = responses.stream({ model: model.id, input: 'Say hello' });
           stream.on('response.output_text.delta', ({ delta }) => { deltas += delta; });
           const final = await stream.finalResponse();
           assert.equal(final.output_text, deltas);
           assert.match(deltas, /Say hello/);
         }));

testEach('a tool is called and its result understood', models.all,
         (model) => through(model, async (responses) => {
           const input = [{ role: 'user', content: 'Please call get_weather for Paris' }];
           const first = await responses.create({ model: model.id, input, tools: [WEATHER], store: false });
           checkResponse(first, model);
           const [call] = callsOf(first);
           assert.equal(call.name, 'get_weather');
           assert.deepEqual(JSON.parse(call.arguments), { city: 'Paris' });
           input.push(...first.output,
                      { type: 'function_call_output', call_id: call.call_id, output: '21 degrees' });
           const second = await responses.create({ model: model.id, input, tools: [WEATHER], store: false });
           checkResponse(second, model);
           assert.match(second.output_text, /get_weather says: 21 degrees/);
         }));

testEach('two tools are called at once, streamed', models.all,
         (model) => through(model, async (responses) => {
           const events = [];
           const stream = await responses.create({
             model: model.id,
             input: 'Please call get_weather and get_time for Paris',
             tools: [WEATHER, TIME],
             parallel_tool_calls: true,
             stream: true,
           });
           for await (const event of stream) events.push(event);
           const final = checkEvents(events);
           const calls = callsOf(final);
           assert.deepEqual(calls.map((call) => call.name).sort(), ['get_time', 'get_weather']);
           assert.equal(new Set(calls.map((call) => call.call_id)).size, 2);
           for (const call of calls) {
             const deltas = events.filter((event) => event.item_id === call.id &&
                 event.type === 'response.function_call_arguments.delta');
             assert.equal(deltas.map((event) => event.delta).join(''), call.arguments);
             assert.equal(typeof JSON.parse(call.arguments).city, 'string');
           }
         }));

testEach('a turn goes on where another ended', models.all, (model) => through(model, async (responses) => {
  const first = await responses.create({
    model: model.id, input: 'Please call get_weather for Paris', tools: [WEATHER] });
  const [call] = callsOf(first);
  const second = await responses.create({
    model: model.id,
    previous_response_id: first.id,
    input: [{ type: 'function_call_output', call_id: call.call_id, output: '21 degrees' }],
    tools: [WEATHER],
  });
  assert.equal(second.previous_response_id, first.id);
  assert.match(second.output_text, /get_weather says: 21 degrees/, 'only what came before has the name');
  const stream = await responses.create({
    model: model.id, previous_response_id: second.id, input: 'Say thank you', tools: [WEATHER], stream: true });
  let third;
  for await (const event of stream) third = event.response ?? third;
  assert.equal(third.previous_response_id, second.id);
  assert.match(third.output.at(-1).content[0].text, /Say thank you/);
  assert.ok(third.usage.input_tokens > second.usage.input_tokens, 'all that was said before counts');
}));

test('a response is kept, shown and forgotten', async () => {
  for (const model of [models.claude, models.both]) {
    const made = await client.responses.create({ model: model.id, input: 'Say hello' });
    const kept = await client.responses.retrieve(made.id);
    assert.deepEqual(kept.output, made.output);
    assert.equal(kept.model, model.id);
    await client.responses.delete(made.id);
    assert.ok(await failure(client.responses.retrieve(made.id)) instanceof OpenAI.NotFoundError);
    assert.ok(await failure(client.responses.delete(made.id)) instanceof OpenAI.NotFoundError);
  }
  const passing = await client.responses.create({ model: models.both.id, input: 'Say hello', store: false });
  assert.ok(await failure(client.responses.retrieve(passing.id)) instanceof OpenAI.NotFoundError);
  const lost = await failure(client.responses.create(
      { model: models.both.id, input: 'And then?', previous_response_id: 'resp_unknown' }));
  assert.ok(lost instanceof OpenAI.APIError, `${lost}`);
  assert.equal(lost.code, 'previous_response_not_found');
});

testEach('tokens are counted', models.all, async (model) => {
  const count = async (input) => (await client.responses.inputTokens.count(
      { model: model.id, input })).input_tokens;
  const short = await count('Say hello');
  const long = await count('Say hello '.repeat(200));
  assert.ok(short >= 2, `${short}`);
  assert.ok(long > 100 * short / 5 && long > short, `${short}, then ${long}`);
});

testEach('an image is seen', models.all, (model) => through(model, async (responses) => {
  const response = await responses.create({
    model: model.id,
    input: [{
      role: 'user',
      content: [
        { type: 'input_text', text: 'What is in this picture?' },
        { type: 'input_image', detail: 'auto', image_url: `data:image/png;base64,${PNG}` },
      ],
    }],
  });
  assert.match(response.output_text, /1 image.*1×1/i, 'the simulator measured it');
}));

testEach('a tool\'s image is seen', models.all, (model) => through(model, async (responses) => {
  const first = await responses.create({
    model: model.id, input: 'Please call get_weather for Paris', tools: [WEATHER] });
  const second = await responses.create({
    model: model.id,
    previous_response_id: first.id,
    input: [{
      type: 'function_call_output',
      call_id: callsOf(first)[0].call_id,
      output: [
        { type: 'input_text', text: 'from the roof' },
        { type: 'input_image', detail: 'auto', image_url: `data:image/png;base64,${PNG}` },
      ],
    }],
    tools: [WEATHER],
  });
  assert.match(second.output_text, /1×1/);
}));

testEach('reasoning goes back with the next turn', models.all.filter((model) => model.reasons),
         (model) => through(model, async (responses) => {
           const request = {
             model: model.id,
             reasoning: { effort: 'medium', summary: 'auto' },
             include: ['reasoning.encrypted_content'],
             tools: [WEATHER],
             store: false,
           };
           const input = [{ role: 'user', content: 'Think, then call get_weather for Paris' }];
           const first = await responses.create({ ...request, input });
           const [thought] = first.output.filter((item) => item.type === 'reasoning');
           assert.ok(thought, JSON.stringify(first.output));
           assert.match(thought.summary[0].text, /wants an answer/);
           assert.match(thought.encrypted_content, /\S/);
           assert.ok(first.output.indexOf(thought) < first.output.indexOf(callsOf(first)[0]));
           assert.equal(await countReasoning(jumpseat, model), 0);
           input.push(...first.output, { type: 'function_call_output',
                                         call_id: callsOf(first)[0].call_id, output: '21 degrees' });
           const second = await responses.create({ ...request, input });
           assert.match(second.output_text, /21 degrees/);
           assert.equal(await countReasoning(jumpseat, model), 1);
         }));

testEach('a JSON schema is followed', models.all, (model) => through(model, async (responses) => {
  const response = await responses.parse({
    model: model.id,
    input: 'Name a city and how many people live there',
    text: { format: { type: 'json_schema', name: 'town', strict: true, schema: TOWN } },
  });
  const town = JSON.parse(response.output_text);
  assert.deepEqual(Object.keys(town).sort(), ['name', 'people']);
  assert.ok(Number.isInteger(town.people));
}));

testEach('a hosted tool is no reason to refuse', models.all, async (model) => {
  const { data, response } = await client.responses.create({
    model: model.id,
    input: 'Say hello',
    tools: [{ type: 'web_search' }, { type: 'image_generation' }, WEATHER],
  }).withResponse();
  assert.match(data.output_text, /Say hello/);
  assert.match(response.headers.get('x-jumpseat-changes'), /image_generation/);
});

testEach('a limit is told', models.all, async (model) => {
  const response = await client.responses.create({
    model: model.id, input: 'Tell me a long story about a harbour', max_output_tokens: 16 });
  assert.equal(response.status, 'incomplete');
  assert.equal(response.incomplete_details.reason, 'max_output_tokens');
  assert.match(response.output_text, /\S/);
});

test('errors have their classes', async () => {
  const { responses } = client;
  const unknown = await failure(responses.create({ model: 'no-such-model-at-all', input: 'Hello' }));
  assert.ok(unknown instanceof OpenAI.NotFoundError, `${unknown}`);
  assert.equal(unknown.code, 'model_not_found');
  const bad = await failure(responses.create({ model: models.both.id, input: 7 }));
  assert.ok(bad instanceof OpenAI.BadRequestError, `${bad}`);
  assert.match(bad.message, /input/);
  const role = [{ role: 'nobody', content: 'Hello' }];
  assert.ok(await failure(responses.create({ model: models.claude.id, input: role }))
      instanceof OpenAI.BadRequestError);
});

testEach('too long a prompt is told in OpenAI\'s words', [models.claude, models.chat], async (model) => {
  for (const stream of [false, true]) {
    const error = await failure(client.responses.create({ model: model.id, input: model.overlong, stream }));
    assert.ok(error instanceof OpenAI.BadRequestError, `${error}`);
    assert.equal(error.code, 'context_length_exceeded');
    assert.equal(error.type, 'invalid_request_error');
    assert.match(error.message, new RegExp(`${model.limit}`), 'the limit is told');
  }
});

testEach('an aborted stream ends everywhere', models.all, async (model) => {
  const stream = await client.responses.create({
    model: model.id, input: 'Tell me a long story', stream: true });
  for await (const _event of stream) stream.controller.abort();
});

test('nothing is left open', async () => {
  await waitFor('the exchanges to end', async () => (await jumpseat.status()).open_exchanges === 0);
});

test('the program ends well', () => jumpseat.stop());
