// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The overview: figures that follow what happens, pausing, permissions, budgets, addresses.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { Site } from './site.mjs';

let site;
let page;
before(async () => {
  site = await Site.start({ settings: '[budgets]\nday=100 warn\nmonth=0.001 warn\n' });
  ({ page } = site);
  await site.go('#/overview');
});
after(() => site?.stop());
afterEach(() => site.checkQuiet());

const QUESTION = { model: 'gpt-4.1', messages: [{ role: 'user', content: 'Hello' }] };
const figure = (label) => page.locator('.figure-card', { hasText: label }).locator('.figure');
const card = (title) => page.locator('.card', { has: page.getByRole('heading', { name: title, exact: true }) });

test('figures follow what happens', async () => {
  await figure('Requests').getByText('0', { exact: true }).waitFor();
  const { status } = await site.ask('/v1/chat/completions', QUESTION);
  assert.equal(status, 200);
  await figure('Requests').getByText('1', { exact: true }).waitFor();
  const { model_stats: models } = await site.control('GET', '/api/stats');
  const tokens = models['gpt-4.1'].input_tokens + models['gpt-4.1'].cache_read_input_tokens + models['gpt-4.1'].output_tokens;
  await figure('Tokens').getByText(String(tokens), { exact: true }).waitFor();
  assert.match(await figure('Credits Today').innerText(), /^[0-9.]+$/);
  const recent = page.getByRole('region', { name: 'Recent requests' });
  await recent.getByRole('link', { name: 'gpt-4.1' }).first().waitFor();
  assert.equal(await page.getByRole('region', { name: 'Usage by model' }).getByRole('row').count(), 2);
  assert.equal(await page.getByRole('region', { name: 'Requests by endpoint' }).getByRole('row').count(), 2);
  await page.getByRole('region', { name: 'Counters' }).getByRole('row', { name: 'ping_sent 0' }).waitFor();
});

test('what GitHub says is left', async () => {
  const quota = card('What GitHub Says Is Left');
  await quota.getByRole('meter').waitFor();
  assert.match(await quota.innerText(), /credits left of 1,500[\s\S]*Renewed on/);
});

test('budgets stand there with what is used of them', async () => {
  const budgets = card('Budgets');
  const states = (await site.control('GET', '/api/budgets')).budgets;
  assert.equal(states.length, 2);
  await budgets.getByText('A month').waitFor();
  assert.equal(await budgets.getByRole('meter').count(), 2);
  assert.equal(await budgets.locator('.meter.bad').count(), 1, 'the one that is exceeded');
});

test('pause and resume', async () => {
  const service = card('Service');
  await service.getByRole('button', { name: 'Pause' }).click();
  await service.getByRole('button', { name: 'Resume' }).waitFor();
  assert.equal((await site.ask('/v1/chat/completions', QUESTION)).status, 503);
  await page.locator('.state-text', { hasText: 'Paused' }).waitFor();
  await service.getByRole('button', { name: 'Resume' }).click();
  await service.getByRole('button', { name: 'Pause' }).waitFor();
  assert.equal((await site.ask('/v1/chat/completions', QUESTION)).status, 200);
});

test('a request that waits for permission gets it here', async () => {
  await site.control('POST', '/api/settings', { name: 'traffic.approval', value: 'true' });
  for (const [button, status] of [['Allow', 200], ['Deny', 403]]) {
    const answer = site.ask('/v1/chat/completions', QUESTION, { 'user-agent': 'asker/1.0' });
    const approvals = page.getByRole('region', { name: 'Waiting for your permission' });
    await approvals.getByText('asker').waitFor();
    if (button === 'Allow') await site.checkLooks('approval');
    await approvals.getByRole('button', { name: button }).click();
    assert.equal((await answer).status, status);
    await approvals.waitFor({ state: 'detached' });
  }
  await site.control('POST', '/api/settings', { name: 'traffic.approval', value: 'false' });
});

test('addresses can be copied', async () => {
  await page.getByRole('button', { name: 'Copy the address for OpenAI' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${site.url}/v1`);
});

test('tables can be sorted with the keyboard', async () => {
  await site.ask('/v1/chat/completions', { ...QUESTION, model: 'gpt-4o' });
  const table = page.getByRole('region', { name: 'Usage by model' });
  await table.getByText('gpt-4o').waitFor();
  const names = () => table.locator('tbody tr td:first-child').allInnerTexts();
  await table.getByRole('button', { name: 'Model' }).press('Enter');
  assert.deepEqual((await names()).slice(0, 2), ['gpt-4.1', 'gpt-4o']);
  await table.getByRole('button', { name: 'Model' }).press('Enter');
  assert.deepEqual((await names()).slice(-2), ['gpt-4o', 'gpt-4.1']);
  await table.locator('[aria-sort="descending"]').waitFor();
});

test('looks', () => site.checkLooks('overview'));
