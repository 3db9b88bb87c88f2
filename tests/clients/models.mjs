// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The kinds of models, which differ in the APIs they answer, and what is the same for all clients.

import assert from 'node:assert/strict';
import { test } from 'node:test';

const WAYS = { '/chat/completions': 'chat', '/responses': 'responses', '/v1/messages': 'messages' };

export const CITY = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
export const TOWN = {
  type: 'object',
  properties: { name: { type: 'string' }, people: { type: 'integer' } },
  required: ['name', 'people'],
  additionalProperties: false,
};
// A red dot, one pixel.
export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJ' +
                   'RU5ErkJggg==';

class Model {
  constructor(row) {
    this.id = row.id;
    this.ways = (row.supported_endpoints ?? ['/chat/completions'])
        .map((path) => WAYS[path]).filter(Boolean);
    this.limit = row.capabilities.limits.max_prompt_tokens;
    const { reasoning_effort: efforts, max_thinking_budget: budget } = row.capabilities.supports;
    this.reasons = Boolean(efforts || budget);
  }

  // What X-Jumpseat-Route says to a client of this dialect.
  route(dialect) {
    const upstream = ['messages', 'responses', 'chat'].find((way) => this.ways.includes(way));
    const id = this.id.replaceAll('.', '\\.');
    return this.ways.includes(dialect) ?
        new RegExp(`^(verbatim|patched); ${dialect}; model=${id}$`) :
        new RegExp(`^translated; ${dialect}>${upstream}; model=${id}$`);
  }

  // A prompt that is too long for it; four letters are a token.
  get overlong() {
    return 'word '.repeat(this.limit);
  }

  toString() {
    return this.id;
  }
}

// Models by what they answer. The catalogue decides the names, so that the tests do not go stale.
export async function readModels(jumpseat) {
  const { data } = await (await fetch(`${jumpseat.url}/v1/models/full`)).json();
  const find = (pattern, ...ways) => {
    const row = data.find(({ id, capabilities, supported_endpoints: paths, policy }) =>
      pattern.test(id) && capabilities.type === 'chat' &&
      ways.join() === (paths ?? ['/chat/completions']).map((path) => WAYS[path]).filter(Boolean)
          .sort().join() &&
      (policy?.state ?? 'enabled') === 'enabled');
    assert.ok(row, `the catalogue has a model like ${pattern} with ${ways}`);
    return new Model(row);
  };
  const models = {
    claude: find(/^claude-sonnet-4\.6/, 'chat', 'messages'),
    gemini: find(/^gemini-3/, 'chat'),
    chat: find(/^gpt-4\.1/, 'chat'),
    responses: find(/^gpt-5\.5/, 'responses'),
    both: find(/^gpt-5\.4/, 'chat', 'responses'),
  };
  return { ...models, all: Object.values(models) };
}

// A fetch that remembers what each reply says about its way.
export function watchRoutes() {
  const routes = [];
  const watched = async (...args) => {
    const reply = await fetch(...args);
    routes.push(reply.headers.get('x-jumpseat-route'));
    return reply;
  };
  return { fetch: watched, routes };
}

export function checkRoutes(routes, model, dialect) {
  assert.ok(routes.length > 0);
  for (const route of routes) assert.match(`${route}`, model.route(dialect));
}

// What the simulator answered for this model, last first; some things are only tried out.
async function readCalls(jumpseat, model) {
  const calls = (await jumpseat.calls()).filter(({ model: name, method, status }) =>
    name === model.id && method === 'POST' && status === 200);
  assert.ok(calls.length > 0, `${model} was called`);
  return calls;
}

export async function lastCall(jumpseat, model) {
  return (await readCalls(jumpseat, model))[0];
}

// How much reasoning of earlier turns came along with each call, last first.
export async function listReasoning(jumpseat, model) {
  return (await readCalls(jumpseat, model)).map((call) => call.reasoning_states);
}

export async function countReasoning(jumpseat, model) {
  return (await lastCall(jumpseat, model)).reasoning_states;
}

// One test for each model; the work of all of them is done at the same time.
export function testEach(title, models, work) {
  let runs;
  for (const model of models) {
    test(`${title}: ${model}`, async () => {
      runs ??= new Map(models.map((one) => [one, work(one).then(() => null, (error) => error)]));
      const error = await runs.get(model);
      if (error) throw error;
    });
  }
}

export async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail('an error was expected');
}
