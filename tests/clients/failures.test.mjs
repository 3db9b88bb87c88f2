// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What each library makes of failures upstream, before and within the stream, with every kind of model.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { ChatOpenAI } from '@langchain/openai';
import Anthropic from '@anthropic-ai/sdk';
import { streamText } from 'ai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { failure, readModels } from './models.mjs';
import { Jumpseat, waitFor } from './program.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;

const messages = [{ role: 'user', content: 'Tell me a long story' }];
const PATHS = ['/chat/completions', '/responses', '/v1/messages'].map((path) => `POST ${path}`);

// Each reads a stream to its end and returns the text; failures are thrown.
const READERS = {
  async 'openai, chat'({ url }, model) {
    const client = new OpenAI({ apiKey: 'anything', baseURL: `${url}/v1`, maxRetries: 0 });
    let text = '';
    for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) {
      text += chunk.choices[0]?.delta.content ?? '';
    }
    return text;
  },
  async 'openai, responses'({ url }, model) {
    const client = new OpenAI({ apiKey: 'anything', baseURL: `${url}/v1`, maxRetries: 0 });
    const stream = client.responses.stream({ model, input: messages[0].content });
    const final = await stream.finalResponse();
    if (final.status === 'failed') throw new Error(final.error.message);
    return final.output_text;
  },
  async '@anthropic-ai/sdk'({ url }, model) {
    const client = new Anthropic({ apiKey: 'anything', baseURL: url, maxRetries: 0 });
    return client.messages.stream({ model, messages, max_tokens: 1000 }).finalText();
  },
  async 'ollama'({ url }, model) {
    let text = '';
    for await (const part of await new Ollama({ host: url }).chat({ model, messages, stream: true })) {
      text += part.message.content;
      if (part.done) return text;
    }
    throw new Error('the stream has no end');
  },
  async '@langchain/openai'({ url }, model) {
    const chat = new ChatOpenAI({ model, apiKey: 'anything', maxRetries: 0,
                                  configuration: { baseURL: `${url}/v1` } });
    let text = '';
    for await (const chunk of await chat.stream(messages[0].content)) text += chunk.text;
    return text;
  },
  'ai, openai-compatible': ({ url }, model) => readText(
      createOpenAICompatible({ name: 'jumpseat', baseURL: `${url}/v1`, apiKey: 'anything' })(model)),
  'ai, openai': ({ url }, model) => readText(
      createOpenAI({ baseURL: `${url}/v1`, apiKey: 'anything' }).responses(model)),
  'ai, anthropic': ({ url }, model) => readText(
      createAnthropic({ baseURL: `${url}/v1`, apiKey: 'anything' })(model)),
};

async function readText(model) {
  let text = '';
  const { fullStream } = streamText({ model, messages, maxRetries: 0, onError: () => {} });
  for await (const part of fullStream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'text-delta') text += part.text;
  }
  return text;
}

// One test for each library: none may take a failed stream for a whole answer. `check` looks at errors
// and is told how many ms ago the first request was made.
async function eachFails(title, scenario, check) {
  const jumpseat = await Jumpseat.start({ scenario });
  const models = await readModels(jumpseat);
  let begun = null;
  for (const [name, read] of Object.entries(READERS)) {
    test(`${title}: ${name}`, () => Promise.all(models.all.map(async (model) => {
      begun ??= Date.now();
      const error = await failure(read(jumpseat, model.id));
      check(error, `${name}, ${model}: ${error.stack}`, Date.now() - begun);
    })));
  }
  test(`${title}: the program ends well`, async () => {
    await waitFor('the exchanges to end', async () => (await jumpseat.status()).open_exchanges === 0);
    await jumpseat.stop();
  });
}

const LIMITED = "Sorry, you've exceeded your 5 hour session limits.";
const WAIT = 77;
await eachFails('a rate limit', {
  rules: PATHS.map((on) => ({ on, reply: {
    status: 429,
    headers: { 'Retry-After': `${WAIT}` },
    json: { error: { message: LIMITED, code: 'user_global_rate_limited:pro' } },
  } })),
}, (error, what, passed) => {
  const status = error.status ?? error.statusCode ?? error.status_code;
  assert.equal(status, 429, what);
  assert.ok(`${error.message}`.includes(LIMITED), what);
  const headers = error.headers ?? error.responseHeaders;
  // Who asks while the limit holds is told what is left of it.
  const wait = headers && Number(headers['retry-after'] ?? headers.get('retry-after'));
  if (headers) assert.ok(wait <= WAIT && wait >= WAIT - Math.ceil(passed / 1000), `${wait} s, ${what}`);
  for (const { RateLimitError, APIError } of [OpenAI, Anthropic]) {
    if (error instanceof APIError) assert.ok(error instanceof RateLimitError, what);
  }
  if (error instanceof Anthropic.APIError) assert.equal(error.error.error.type, 'rate_limit_error', what);
});

await eachFails('an error in the stream', 'overloaded-in-stream', (error, what) => {
  assert.match(error.message, /overloaded/i, what);
});

await eachFails('a stream that is cut', {
  // Behind the first words of each.
  rules: [[PATHS[0], 600], [PATHS[1], 5000], [PATHS[2], 900]].map(([on, bytes]) => (
    { on, stream: { cut_after_bytes: bytes } })),
}, (error, what) => {
  assert.match(error.message, /cut off/, what);
});
