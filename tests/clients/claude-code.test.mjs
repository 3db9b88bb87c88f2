// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Claude Code, headless, with every kind of model: it is told to create files, and they must be there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, claudeCode, orderFile } from './agents.mjs';
import { listReasoning, readModels, testEach } from './models.mjs';
import { Jumpseat } from './program.mjs';

const jumpseat = await Jumpseat.start();
const models = await readModels(jumpseat);

testEach('two files in two turns', models.all, (model) => atDesk(jumpseat, async (desk, watcher) => {
  const files = [['first.txt', 'hello from the desk', false], ['second.txt', 'here again', true]];
  for (const [name, text, goOn] of files) {
    const { code, output, errors } =
        await claudeCode(watcher, desk, model.id, orderFile(desk, name, text), { goOn });
    assert.equal(code, 0, output + errors);
    const reply = JSON.parse(output);
    assert.equal(reply.is_error, false, output);
    assert.match(reply.result, /Write says: .*success/);
    assert.equal(desk.read(name)?.trimEnd(), text);
  }
  watcher.checkRoutes(model, 'messages');
  // Each turn is two requests; every reply had its thoughts, and all went back each time.
  assert.deepEqual(await listReasoning(jumpseat, model), model.reasons ? [3, 2, 1, 0] : [0, 0, 0, 0]);
}));

// With the first it puts a system message behind the prompt, the second has a date.
testEach('a file with a model as it is called elsewhere', ['claude-opus-4-8', 'claude-haiku-4-5-20251001'],
         (name) => atDesk(jumpseat, async (desk, watcher) => {
           const { code, output, errors } =
               await claudeCode(watcher, desk, name, orderFile(desk, 'named.txt', 'hello'));
           assert.equal(code, 0, output + errors);
           assert.equal(desk.read('named.txt')?.trimEnd(), 'hello', output);
           for (const { route } of watcher.exchanges) {
             assert.match(route, /^patched; messages; model=claude-(opus|haiku)-/);
           }
         }));

test('the program ends well', () => jumpseat.stop());
