// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The agents do their work with what the README says to write into their settings, and nothing more.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, orderFile, runClaudeCode, runCodex, runOpencode, withoutOpencode } from './agents.mjs';
import { Jumpseat } from './program.mjs';
import { Readme } from './readme.mjs';

const jumpseat = await Jumpseat.start();
const readme = new Readme(jumpseat);

async function createFile(work) {
  await atDesk(jumpseat, async (desk) => {
    const { code, output, errors } = await work(desk, orderFile(desk, 'first.txt', 'hello'));
    assert.equal(code, 0, output + errors);
    assert.equal(desk.read('first.txt')?.trimEnd(), 'hello', output + errors);
  });
}

test('Claude Code', () => createFile((desk, prompt) => {
  const [, variables] = readme.text.match(/ {4}export (ANTHROPIC_BASE_URL=.*)\n/);
  const [, args] = readme.text.match(/ {4}claude (--model \w+) /);
  return runClaudeCode(desk, ['-p', prompt, ...args.split(' '), '--dangerously-skip-permissions'],
                       Object.fromEntries(variables.split(' ').map((word) => word.split('='))));
}));

test('Codex', () => createFile((desk, prompt) => {
  desk.write('codex/config.toml', readme.block('toml'));
  return runCodex(desk, ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox',
                         prompt]);
}));

test('opencode', { skip: withoutOpencode }, () => createFile((desk, prompt) => {
  desk.write('project/opencode.json', readme.block('json'));
  return runOpencode(desk, ['run', '-m', 'jumpseat/claude-sonnet-4.6', prompt]);
}));

test('the program ends well', () => jumpseat.stop());
