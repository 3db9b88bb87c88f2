// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The official ollama package, with every kind of model, on both ports.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ollama } from 'ollama';
import { CITY, PNG, TOWN, checkRoutes, failure, readModels, testEach, watchRoutes } from './models.mjs';
import { Jumpseat, freePort, waitFor } from './program.mjs';

const secondPort = await freePort();
const jumpseat = await Jumpseat.start({ settings: `[server]\nollama_port = ${secondPort}\n` });
const models = await readModels(jumpseat);
const client = new Ollama({ host: jumpseat.url });

// Runs `work` with a client of its own, and checks which way its requests took.
async function through(model, dialect, work) {
  const { fetch, routes } = watchRoutes();
  await work(new Ollama({ host: jumpseat.url, fetch }));
  checkRoutes(routes, model, dialect);
}
const chatEach = (title, rows, work) => testEach(title, rows, (model) =>
  through(model, 'ollama-chat', (ollama) => work(model, ollama)));

const say = (content, more) => [{ role: 'user', content, ...more }];
const tool = (name, about) => ({ type: 'function', function: {
  name, description: `Tells the ${about} of a city`, parameters: CITY } });
const WEATHER = tool('get_weather', 'weather');
const TIME = tool('get_time', 'time');

function checkEnd(part, model) {
  assert.equal(part.model, model.id);
  assert.equal(part.done, true);
  assert.ok(Date.parse(part.created_at) > 1e12, part.created_at);
  for (const name of ['total_duration', 'load_duration', 'prompt_eval_duration', 'eval_duration']) {
    assert.ok(Number.isInteger(part[name]) && part[name] >= 0, name);
  }
  assert.ok(part.prompt_eval_count > 0 && part.eval_count > 0);
}

async function collect(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

chatEach('chat answers', models.all, async (model, ollama) => {
  const reply = await ollama.chat({
    model: model.id,
    messages: [{ role: 'system', content: 'Be brief.' }, ...say('Say hello to the harbour')],
    options: { temperature: 0.2, num_ctx: 4096 },
    keep_alive: '5m',
  });
  checkEnd(reply, model);
  assert.equal(reply.done_reason, 'stop');
  assert.equal(reply.message.role, 'assistant');
  assert.match(reply.message.content, /Say hello to the harbour/);
});

chatEach('chat streams', models.all, async (model, ollama) => {
  const parts = await collect(await ollama.chat({ model: model.id, messages: say('Say hello'), stream: true }));
  assert.ok(parts.length >= 3, `${parts.length} parts`);
  for (const part of parts.slice(0, -1)) assert.equal(part.done, false);
  checkEnd(parts.at(-1), model);
  assert.equal(parts.at(-1).done_reason, 'stop');
  assert.match(parts.map((part) => part.message.content).join(''), /Say hello/);
});

chatEach('a tool is called and its result understood', models.all, async (model, ollama) => {
  const messages = say('Please call get_weather for Paris');
  const first = await ollama.chat({ model: model.id, messages, tools: [WEATHER] });
  assert.deepEqual(first.message.tool_calls.map((call) => call.function.name), ['get_weather']);
  assert.deepEqual(first.message.tool_calls[0].function.arguments, { city: 'Paris' });
  messages.push(first.message, { role: 'tool', tool_name: 'get_weather', content: '21 degrees' });
  const second = await ollama.chat({ model: model.id, messages, tools: [WEATHER] });
  assert.match(second.message.content, /get_weather says: 21 degrees/);
});

chatEach('two tools are called at once, streamed', models.all, async (model, ollama) => {
  const messages = say('Please call get_weather and get_time for Paris');
  const tools = [WEATHER, TIME];
  const parts = await collect(await ollama.chat({ model: model.id, messages, tools, stream: true }));
  const calls = parts.flatMap((part) => part.message.tool_calls ?? []);
  assert.deepEqual(calls.map((call) => call.function.name).sort(), ['get_time', 'get_weather']);
  for (const call of calls) assert.equal(typeof call.function.arguments.city, 'string');
  messages.push({ role: 'assistant', content: '', tool_calls: calls },
                { role: 'tool', tool_name: 'get_time', content: 'noon' },
                { role: 'tool', tool_name: 'get_weather', content: 'sunny' });
  const reply = await ollama.chat({ model: model.id, messages, tools });
  assert.match(reply.message.content, /noon/);
  assert.match(reply.message.content, /sunny/);
});

chatEach('thinking is shown when wanted', models.all.filter((model) => model.reasons), async (model, ollama) => {
  const messages = say('Think about Paris');
  const loud = await ollama.chat({ model: model.id, messages, think: true });
  assert.match(loud.message.thinking, /wants an answer/);
  assert.match(loud.message.content, /Think about Paris/);
  const parts = await collect(await ollama.chat({ model: model.id, messages, think: 'high', stream: true }));
  assert.match(parts.map((part) => part.message.thinking ?? '').join(''), /wants an answer/);
  const quiet = await ollama.chat({ model: model.id, messages, think: false });
  assert.equal(quiet.message.thinking ?? '', '');
});

chatEach('a JSON schema is followed', models.all, async (model, ollama) => {
  const messages = say('Name a city and how many people live there');
  const reply = await ollama.chat({ model: model.id, messages, format: TOWN });
  const town = JSON.parse(reply.message.content);
  assert.deepEqual(Object.keys(town).sort(), ['name', 'people']);
  assert.ok(Number.isInteger(town.people));
  // Messages has no such format: there it becomes an instruction, which the simulator does not read.
  if (model.ways.includes('messages')) return;
  const loose = await ollama.chat({ model: model.id, messages: say('Answer in JSON please'), format: 'json' });
  assert.equal(typeof JSON.parse(loose.message.content), 'object');
});

chatEach('an image is seen', models.all, async (model, ollama) => {
  for (const image of [PNG, Buffer.from(PNG, 'base64')]) {
    const reply = await ollama.chat({ model: model.id, messages: say('What is this?', { images: [image] }) });
    assert.match(reply.message.content, /1 image.*1×1/i, 'the simulator measured it');
  }
});

testEach('generate answers and streams', models.all, (model) =>
  through(model, 'ollama-generate', async (ollama) => {
    const reply = await ollama.generate({ model: model.id, system: 'Be brief.', prompt: 'Say hello' });
    checkEnd(reply, model);
    assert.match(reply.response, /Say hello/);
    const parts = await collect(await ollama.generate({ model: model.id, prompt: 'Say hello', stream: true }));
    assert.ok(parts.length >= 3, `${parts.length} parts`);
    checkEnd(parts.at(-1), model);
    assert.match(parts.map((part) => part.response).join(''), /Say hello/);
    const seen = await ollama.generate({ model: model.id, prompt: 'What is this?', images: [PNG] });
    assert.match(seen.response, /1×1/);
    const json = await ollama.generate({ model: model.id, prompt: 'Name a city', format: TOWN });
    assert.deepEqual(Object.keys(JSON.parse(json.response)).sort(), ['name', 'people']);
  }));

testEach('limits are told', models.all, async (model) => {
  const reply = await client.chat({
    model: model.id, messages: say('Tell me a long story'), options: { num_predict: 16 } });
  assert.equal(reply.done_reason, 'length');
});

test('a model is loaded and sent away', async () => {
  const model = models.claude.id;
  assert.equal((await client.generate({ model, prompt: '', keep_alive: '5m' })).done_reason, 'load');
  assert.equal((await client.generate({ model, prompt: '', keep_alive: 0 })).done_reason, 'unload');
  assert.equal((await client.chat({ model, messages: [], keep_alive: 0 })).done_reason, 'unload');
});

test('models are listed and shown', async () => {
  const { models: rows } = await client.list();
  assert.equal(new Set(rows.map((row) => row.model)).size, rows.length, 'each once');
  for (const row of rows) {
    assert.match(row.name, /:latest$/);
    assert.ok(row.modified_at instanceof Date || Date.parse(row.modified_at) > 0);
    assert.match(row.digest, /^[0-9a-f]{64}$/);
  }
  for (const model of models.all) {
    assert.ok(rows.some((row) => row.model === `${model}:latest`), model.id);
    const card = await client.show({ model: `${model}:latest` });
    for (const what of ['completion', 'tools', 'vision']) assert.ok(card.capabilities.includes(what), what);
    assert.equal(card.capabilities.includes('thinking'), model.reasons);
    const family = card.model_info['general.architecture'];
    assert.ok(card.model_info[`${family}.context_length`] >= model.limit);
  }
  assert.deepEqual((await client.ps()).models, []);
  const [major, minor, patch] = (await client.version()).version.split('.').map(Number);
  assert.ok(major > 0 || minor > 6 || (minor === 6 && patch >= 4), 'VS Code wants 0.6.4');
});

test('a name may end with :latest', async () => {
  const reply = await client.chat({ model: `${models.gemini}:latest`, messages: say('Say hello') });
  assert.match(reply.message.content, /Say hello/);
  assert.equal(reply.model, `${models.gemini}:latest`, 'the client sees the name it asked for');
});

test('texts are embedded', async () => {
  const model = 'text-embedding-3-small';
  const reply = await client.embed({ model, input: ['one', 'two'] });
  assert.equal(reply.embeddings.length, 2);
  assert.equal(reply.embeddings[0].length, 1536);
  assert.ok(reply.prompt_eval_count > 0);
  const [one] = (await client.embed({ model, input: 'one' })).embeddings;
  assert.deepEqual(one, reply.embeddings[0]);
  assert.deepEqual((await client.embeddings({ model, prompt: 'one' })).embedding, one);
});

test('errors are texts', async () => {
  const unknown = await failure(client.chat({ model: 'no-such-model', messages: say('Hello') }));
  assert.equal(unknown.status_code, 404);
  assert.match(unknown.message, /no-such-model/);
  const show = await failure(client.show({ model: 'no-such-model' }));
  assert.equal(show.status_code, 404);
  assert.match(show.message, /not found/);
  const bad = await failure(client.chat({ model: models.chat.id, messages: [{ role: 'nobody', content: 'x' }] }));
  assert.equal(bad.status_code, 400);
});

test('the second port is the same service', async () => {
  const second = new Ollama({ host: `http://127.0.0.1:${secondPort}` });
  const { models: rows } = await second.list();
  assert.ok(rows.length > 0);
  const reply = await second.chat({ model: models.responses.id, messages: say('Say hello') });
  assert.match(reply.message.content, /Say hello/);
  const root = await fetch(`http://127.0.0.1:${secondPort}/`);
  assert.equal(await root.text(), 'Ollama is running');
});

testEach('an aborted stream ends everywhere', models.all, async (model) => {
  const ollama = new Ollama({ host: jumpseat.url });
  const stream = await ollama.chat({ model: model.id, messages: say('Tell me a long story'), stream: true });
  const error = await failure((async () => { for await (const _part of stream) stream.abort(); })());
  assert.equal(error.name, 'AbortError');
});

test('nothing is left open', async () => {
  await waitFor('the exchanges to end', async () => (await jumpseat.status()).open_exchanges === 0);
});

test('the program ends well', () => jumpseat.stop());
