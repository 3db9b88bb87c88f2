// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Codex, headless, with every kind of model: it is told to create files, and they must be there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, codex, orderFile } from './agents.mjs';
import { listReasoning, readModels, testEach } from './models.mjs';
import { Jumpseat } from './program.mjs';

const jumpseat = await Jumpseat.start();
const models = await readModels(jumpseat);

async function create(watcher, desk, model, name, text, options) {
  const { code, output, errors } = await codex(watcher, desk, model.id, orderFile(desk, name, text), options);
  assert.equal(code, 0, output + errors);
  const events = output.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(events.at(-1).type, 'turn.completed', output);
  const { item } = events.findLast((event) => event.item?.type === 'agent_message');
  assert.match(item.text, /^Done: .* is written/);
  assert.equal(desk.read(name)?.trimEnd(), text);
}

testEach('two files in two turns', models.all, (model) => atDesk(jumpseat, async (desk, watcher) => {
  await create(watcher, desk, model, 'first.txt', 'hello from the desk');
  await create(watcher, desk, model, 'second.txt', 'here again', { goOn: true });
  watcher.checkRoutes(model, 'responses');
  // Each turn is two requests; every reply had its thoughts, and all went back each time.
  assert.deepEqual(await listReasoning(jumpseat, model), model.reasons ? [3, 2, 1, 0] : [0, 0, 0, 0]);
}));

testEach('a file by compressed requests', [models.responses, models.claude],
         (model) => atDesk(jumpseat, async (desk, watcher) => {
           await create(watcher, desk, model, 'packed.txt', 'hello', { zstd: true });
           watcher.checkRoutes(model, 'responses');
           const posts = watcher.exchanges.filter(({ method }) => method === 'POST');
           assert.deepEqual(posts.map(({ coding }) => coding), posts.map(() => 'zstd'));
         }));

test('the program ends well', () => jumpseat.stop());
