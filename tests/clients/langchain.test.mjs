// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// @langchain/openai, with chat completions and with Responses, with every kind of model.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { CITY, PNG, TOWN, checkRoutes, failure, readModels, testEach, watchRoutes } from './models.mjs';
import { Jumpseat, waitFor } from './program.mjs';

const jumpseat = await Jumpseat.start();
const models = await readModels(jumpseat);
const configuration = { baseURL: `${jumpseat.url}/v1` };

// Runs `work` with each model through each API, and checks which way the requests took.
function each(title, work) {
  for (const dialect of ['chat', 'responses']) {
    testEach(`${dialect}: ${title}`, models.all, async (model) => {
      const { fetch, routes } = watchRoutes();
      await work(new ChatOpenAI({
        model: model.id,
        apiKey: 'anything',
        maxTokens: 1000,
        maxRetries: 0,
        useResponsesApi: dialect === 'responses',
        configuration: { ...configuration, fetch },
      }));
      checkRoutes(routes, model, dialect);
    });
  }
}

const WEATHER = { type: 'function', function: {
  name: 'get_weather', description: 'Tells the weather of a city', parameters: CITY } };

each('invoke', async (chat) => {
  const message = await chat.invoke([new SystemMessage('Be brief.'), new HumanMessage('Say hello')]);
  assert.match(message.text, /Say hello/);
  assert.ok(message.usage_metadata.input_tokens > 0 && message.usage_metadata.output_tokens > 0);
});

each('stream', async (chat) => {
  let whole;
  let n = 0;
  for await (const chunk of await chat.stream('Say hello')) {
    whole = whole ? whole.concat(chunk) : chunk;
    n += 1;
  }
  assert.ok(n >= 2, `${n} pieces`);
  assert.match(whole.text, /Say hello/);
});

each('bindTools', async (chat) => {
  const bound = chat.bindTools([WEATHER]);
  const messages = [new HumanMessage('Please call get_weather for Paris')];
  const first = await bound.invoke(messages);
  const [call] = first.tool_calls;
  assert.equal(call.name, 'get_weather');
  assert.deepEqual(call.args, { city: 'Paris' });
  messages.push(first, new ToolMessage({ tool_call_id: call.id, content: '21 degrees' }));
  assert.match((await bound.invoke(messages)).text, /get_weather says: 21 degrees/);
});

each('structured output', async (chat) => {
  for (const method of ['jsonSchema', 'functionCalling']) {
    const town = await chat.withStructuredOutput(TOWN, { name: 'town', method })
        .invoke('Name a city and how many people live there');
    assert.deepEqual(Object.keys(town).sort(), ['name', 'people'], method);
    assert.ok(Number.isInteger(town.people), method);
  }
});

each('an image', async (chat) => {
  const message = await chat.invoke([new HumanMessage({ content: [
    { type: 'text', text: 'What is this?' },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
  ] })]);
  assert.match(message.text, /1 image.*1×1/i, 'the simulator measured it');
});

test('texts are embedded', async () => {
  const embeddings = new OpenAIEmbeddings({
    model: 'text-embedding-3-small', apiKey: 'anything', maxRetries: 0, configuration });
  const one = await embeddings.embedQuery('one');
  assert.equal(one.length, 1536);
  const all = await embeddings.embedDocuments(['one', 'two']);
  assert.equal(all.length, 2);
  assert.deepEqual(all[0], one);
});

test('an unknown model is told', async () => {
  const chat = new ChatOpenAI({ model: 'no-such-model', apiKey: 'anything', maxRetries: 0, configuration });
  const error = await failure(chat.invoke('Hello'));
  assert.match(error.message, /no-such-model/);
  assert.equal(error.lc_error_code, 'MODEL_NOT_FOUND');
});

test('nothing is left open', async () => {
  await waitFor('the exchanges to end', async () => (await jumpseat.status()).open_exchanges === 0);
});

test('the program ends well', () => jumpseat.stop());
