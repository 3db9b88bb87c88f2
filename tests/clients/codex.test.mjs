// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Codex, headless, with every kind of model: it is told to create files, and they must be there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, codex, orderFile } from './agents.mjs';
import { listReasoning, readModels, testEach } from './models.mjs';
import { Jumpseat } from './program.mjs';

// To models of these names Codex speaks in another way: its tools stand in the input, in namespaces,
// and the one for commands takes JavaScript.
const LITE = { 'gpt-5.6-sol': 'responses', 'gpt-5.6-terra': 'chat', 'gpt-5.6-luna': 'claude' };
const jumpseat = await Jumpseat.start({
  settings: '[model_mapping]\ngpt-5.6-sol = gpt-5.5\ngpt-5.6-terra = gpt-4.1\n' +
            'gpt-5.6-luna = claude-sonnet-4.6\n',
});
const models = await readModels(jumpseat);

async function create(watcher, desk, model, name, text, options) {
  const { code, output, errors } = await codex(watcher, desk, `${model}`, orderFile(desk, name, text), options);
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

testEach('a file by JavaScript', Object.keys(LITE), (name) => atDesk(jumpseat, async (desk, watcher) => {
  await create(watcher, desk, name, 'scripted.txt', 'hello');
  watcher.checkRoutes(models[LITE[name]], 'responses');
}));

test('the program ends well', () => jumpseat.stop());
