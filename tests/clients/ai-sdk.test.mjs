// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The ai package with three of its providers, each speaking another API, with every kind of model.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embedMany, generateObject, generateText, isStepCount, jsonSchema, streamText, tool } from 'ai';
import { CITY, PNG, TOWN, checkRoutes, failure, readModels, testEach, watchRoutes } from './models.mjs';
import { Jumpseat, waitFor } from './program.mjs';

// What it would say of names it does not know.
globalThis.AI_SDK_LOG_WARNINGS = false;

const jumpseat = await Jumpseat.start();
const models = await readModels(jumpseat);
const options = { name: 'jumpseat', baseURL: `${jumpseat.url}/v1`, apiKey: 'anything' };
const PROVIDERS = [
  { name: 'openai-compatible', dialect: 'chat',
    open: (fetch, id) => createOpenAICompatible({ ...options, fetch, supportsStructuredOutputs: true })(id) },
  { name: 'openai', dialect: 'responses',
    open: (fetch, id) => createOpenAI({ ...options, fetch }).responses(id) },
  { name: 'anthropic', dialect: 'messages',
    open: (fetch, id) => createAnthropic({ ...options, fetch })(id) },
];

// Runs `work` with each model through each provider, and checks which way the requests took.
function each(title, work) {
  for (const { name, dialect, open } of PROVIDERS) {
    testEach(`${name}: ${title}`, models.all, async (model) => {
      const { fetch, routes } = watchRoutes();
      await work({ model: open(fetch, model.id), maxRetries: 0 });
      checkRoutes(routes, model, dialect);
    });
  }
}

const city = (about) => ({ description: `Tells the ${about} of a city`, inputSchema: jsonSchema(CITY) });
const TOOLS = {
  get_weather: tool({ ...city('weather'), execute: async ({ city: name }) => `21 degrees in ${name}` }),
  get_time: tool({ ...city('time'), execute: async () => 'noon' }),
};

each('generateText', async (base) => {
  const { text, finishReason, usage } = await generateText({ ...base, system: 'Be brief.', prompt: 'Say hello' });
  assert.match(text, /Say hello/);
  assert.equal(finishReason, 'stop');
  assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
});

each('streamText', async (base) => {
  const pieces = [];
  const stream = streamText({ ...base, prompt: 'Say hello', onError: () => {} });
  for await (const piece of stream.textStream) pieces.push(piece);
  assert.ok(pieces.length >= 2, `${pieces.length} pieces`);
  assert.match(pieces.join(''), /Say hello/);
  assert.equal(await stream.finishReason, 'stop');
});

each('tools in several steps', async (base) => {
  const { text, steps } = await generateText({
    ...base, prompt: 'Please call get_weather and get_time for Paris', tools: TOOLS, stopWhen: isStepCount(3) });
  assert.equal(steps.length, 2);
  assert.deepEqual(steps[0].toolCalls.map((call) => call.toolName).sort(), ['get_time', 'get_weather']);
  assert.match(text, /21 degrees in/);
  assert.match(text, /noon/);
});

each('tools in several steps, streamed', async (base) => {
  const stream = streamText({
    ...base, prompt: 'Please call get_weather for Paris', tools: TOOLS, stopWhen: isStepCount(3),
    onError: () => {} });
  const kinds = [];
  for await (const part of stream.fullStream) kinds.push(part.type);
  assert.ok(!kinds.includes('error'), kinds.join());
  assert.equal((await stream.steps).length, 2);
  assert.ok(kinds.includes('tool-call') && kinds.includes('tool-result'));
  assert.match(await stream.text, /21 degrees in Paris/);
});

each('generateObject', async (base) => {
  const { object } = await generateObject({
    ...base, prompt: 'Name a city and how many people live there', schema: jsonSchema(TOWN) });
  assert.deepEqual(Object.keys(object).sort(), ['name', 'people']);
  assert.ok(Number.isInteger(object.people));
});

each('an image', async (base) => {
  const content = [{ type: 'text', text: 'What is this?' },
                   { type: 'file', data: Buffer.from(PNG, 'base64'), mediaType: 'image/png' }];
  const { text } = await generateText({ ...base, messages: [{ role: 'user', content }] });
  assert.match(text, /1 image.*1×1/i, 'the simulator measured it');
});

test('errors are told', async () => {
  for (const { name, open } of PROVIDERS) {
    const error = await failure(generateText({
      model: open(fetch, 'no-such-model-at-all'), prompt: 'Hello', maxRetries: 0 }));
    assert.ok(APICallError.isInstance(error), `${name}: ${error}`);
    assert.equal(error.statusCode, 404);
    assert.match(error.message, /no-such-model-at-all/);
  }
});

test('texts are embedded', async () => {
  for (const provider of [createOpenAICompatible(options), createOpenAI(options)]) {
    const { embeddings } = await embedMany({
      model: provider.embeddingModel('text-embedding-3-small'), values: ['one', 'two'], maxRetries: 0 });
    assert.deepEqual(embeddings.map((vector) => vector.length), [1536, 1536]);
  }
});

test('nothing is left open', async () => {
  await waitFor('the exchanges to end', async () => (await jumpseat.status()).open_exchanges === 0);
});

test('the program ends well', () => jumpseat.stop());
