// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// opencode, headless, with three of its providers, each speaking another API: it is told to create a
// file, and it must be there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, opencode, orderFile, withoutOpencode } from './agents.mjs';
import { readModels, testEach } from './models.mjs';
import { Jumpseat } from './program.mjs';

const jumpseat = await Jumpseat.start();
const models = await readModels(jumpseat);

const ways = [
  { provider: 'openai-compatible', dialect: 'chat', model: models.chat },
  { provider: 'openai-compatible', dialect: 'chat', model: models.claude },
  { provider: 'anthropic', dialect: 'messages', model: models.responses },
  { provider: 'openai', dialect: 'responses', model: models.gemini },
].map((way) => ({ ...way, toString: () => `${way.model} through ${way.provider}` }));

async function createFile({ provider, dialect, model }) {
  await atDesk(jumpseat, async (desk, watcher) => {
    const { code, output, errors } = await opencode(watcher, desk, provider, model.id,
                                                    orderFile(desk, 'first.txt', 'hello from the desk'));
    assert.equal(code, 0, output + errors);
    assert.equal(desk.read('first.txt')?.trimEnd(), 'hello from the desk', output + errors);
    watcher.checkRoutes(model, dialect);
  });
}

if (withoutOpencode) test('a file', { skip: withoutOpencode });
else testEach('a file', ways, createFile);

test('the program ends well', () => jumpseat.stop());
