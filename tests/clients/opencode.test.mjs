// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// opencode, headless, with three of its providers, each speaking another API: it is told to create a
// file, and it must be there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, opencode, orderFile, withoutOpencode } from './agents.mjs';
import { readModels } from './models.mjs';
import { Jumpseat } from './program.mjs';

const jumpseat = await Jumpseat.start();
const models = await readModels(jumpseat);

for (const [provider, dialect, model] of [
  ['openai-compatible', 'chat', models.chat],
  ['openai-compatible', 'chat', models.claude],
  ['anthropic', 'messages', models.responses],
  ['openai', 'responses', models.gemini],
]) {
  test(`a file through ${provider}: ${model}`, { skip: withoutOpencode }, () =>
    atDesk(jumpseat, async (desk, watcher) => {
      const { code, output, errors } = await opencode(watcher, desk, provider, model.id,
                                                      orderFile(desk, 'first.txt', 'hello from the desk'));
      assert.equal(code, 0, output + errors);
      assert.equal(desk.read('first.txt')?.trimEnd(), 'hello from the desk', output + errors);
      watcher.checkRoutes(model, dialect);
    }));
}

test('the program ends well', () => jumpseat.stop());
