// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Embeddings and the old completions of the official openai package.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { checkRoutes, failure, readModels, testEach, watchRoutes } from './models.mjs';
import { Jumpseat } from './program.mjs';

const EMBEDDING = 'text-embedding-3-small';
const jumpseat = await Jumpseat.start();
const models = await readModels(jumpseat);
const open = (more) => new OpenAI({ apiKey: 'anything', baseURL: `${jumpseat.url}/v1`, maxRetries: 0, ...more });
const client = open();
const embed = async (input, more) => client.embeddings.create({ model: EMBEDDING, input, ...more });

async function countCalls() {
  return (await jumpseat.calls()).filter((call) => call.path === '/embeddings').length;
}

function checkVector(vector, length) {
  assert.equal(vector.length, length);
  const square = vector.reduce((sum, value) => sum + value * value, 0);
  assert.ok(Math.abs(square - 1) < 1e-3, `length ${square}`);
}

test('a text is embedded, as floats and as base64', async () => {
  // Without a word about it the package asks for base64, and decodes it.
  const usual = await embed('hello');
  assert.equal(usual.object, 'list');
  assert.equal(usual.model, EMBEDDING);
  assert.ok(usual.usage.prompt_tokens > 0 && usual.usage.total_tokens > 0);
  assert.equal(usual.data.length, 1);
  assert.equal(usual.data[0].object, 'embedding');
  assert.equal(usual.data[0].index, 0);
  checkVector(usual.data[0].embedding, 1536);

  const floats = (await embed('hello', { encoding_format: 'float' })).data[0].embedding;
  checkVector(floats, 1536);
  const base64 = (await embed('hello', { encoding_format: 'base64' })).data[0].embedding;
  assert.equal(typeof base64, 'string');
  const bytes = Buffer.from(base64, 'base64');
  assert.equal(bytes.length, 4 * 1536);
  for (const n of [0, 1, 1535]) {
    assert.equal(bytes.readFloatLE(4 * n), Math.fround(floats[n]));
    assert.equal(usual.data[0].embedding[n], Math.fround(floats[n]));
  }
});

test('a vector is as long as asked', async () => {
  checkVector((await embed('hello', { dimensions: 256 })).data[0].embedding, 256);
  checkVector((await embed('hello', { dimensions: 8, encoding_format: 'float' })).data[0].embedding, 8);
});

test('more texts than upstream takes at once', async () => {
  const texts = Array.from({ length: 1100 }, (_, n) => `text ${n}`);
  const before = await countCalls();
  const many = await embed(texts, { dimensions: 8 });
  assert.equal(await countCalls() - before, 3, 'upstream takes 512 at a time');
  assert.equal(many.data.length, texts.length);
  many.data.forEach((row, n) => assert.equal(row.index, n));
  for (const n of [0, 511, 512, 1023, 1024, 1099]) {
    const [one] = (await embed(texts[n], { dimensions: 8 })).data;
    assert.deepEqual(many.data[n].embedding, one.embedding, `text ${n}`);
  }
});

test('errors have their classes', async () => {
  const chat = await failure(client.embeddings.create({ model: models.chat.id, input: 'hello' }));
  assert.ok(chat instanceof OpenAI.APIError && chat.status >= 400 && chat.status < 500, `${chat}`);
  const unknown = await failure(client.embeddings.create({ model: 'no-such-model', input: 'hello' }));
  assert.ok(unknown instanceof OpenAI.NotFoundError, `${unknown}`);
  for (const [input, more] of [[[], {}], [{ text: 'hello' }, {}], ['hello', { dimensions: 100000 }]]) {
    const error = await failure(embed(input, more));
    assert.ok(error instanceof OpenAI.BadRequestError, `${error}`);
    assert.match(error.message, /input|dimensions/);
  }
});

testEach('a completion', models.all, async (model) => {
  const { fetch, routes } = watchRoutes();
  const { completions } = open({ fetch });
  const reply = await completions.create({ model: model.id, prompt: 'Say hello' });
  assert.equal(reply.object, 'text_completion');
  assert.equal(reply.model, model.id);
  assert.match(reply.choices[0].text, /Say hello/);
  assert.equal(reply.choices[0].finish_reason, 'stop');
  assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
  let text = '';
  const reasons = [];
  for await (const chunk of await completions.create({ model: model.id, prompt: 'Say hello', stream: true })) {
    assert.equal(chunk.object, 'text_completion');
    text += chunk.choices[0]?.text ?? '';
    if (chunk.choices[0]?.finish_reason) reasons.push(chunk.choices[0].finish_reason);
  }
  assert.equal(text, reply.choices[0].text);
  assert.deepEqual(reasons, ['stop']);
  const short = await completions.create({ model: model.id, prompt: 'Tell me a story', max_tokens: 16 });
  assert.equal(short.choices[0].finish_reason, 'length');
  checkRoutes(routes, model, 'completions');
});

test('the program ends well', () => jumpseat.stop());
