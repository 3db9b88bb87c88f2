// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What the README shows to copy works as it stands there, but for the port.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { Jumpseat } from './program.mjs';
import { Readme } from './readme.mjs';

const jumpseat = await Jumpseat.start();
const readme = new Readme(jumpseat);

function run(program, args) {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 60000 }, (error, output, errors) =>
      resolve({ code: error ? error.code ?? 1 : 0, output, errors }));
  });
}

const blocks = readme.blocks('js');

test('every library has an example', () => {
  assert.deepEqual(blocks.map(({ name }) => name),
                   ['OpenAI', 'Anthropic', 'ollama', 'AI SDK', 'LangChain']);
});

for (const { name, code } of blocks) {
  test(`the example for ${name}`, async () => {
    const { code: status, output, errors } =
        await run(process.execPath, ['--input-type=module', '-e', code]);
    assert.equal(status, 0, errors);
    assert.match(output, /\w+/);
    assert.doesNotMatch(output, /undefined|null/);
  });
}

test('the line to try', async () => {
  const [, line] = readme.text.match(/ {4}(curl -sN .*\\\n.*)\n/);
  const { code, output, errors } = await run('sh', ['-c', line]);
  assert.equal(code, 0, errors);
  assert.match(output, /^data: \{.*\n\ndata: \[DONE\]\n\n/s);
});

test('the program ends well', () => jumpseat.stop());
