// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The page of settings: change some, be told what is wrong, save or try; tables, keys, the history.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { Site } from './site.mjs';

let site;
let page;
before(async () => {
  site = await Site.start();
  ({ page } = site);
});
after(() => site?.stop());
afterEach(() => site.checkQuiet());

const setting = (name) => page.locator(`.setting[data-name="${name}"]`);
const control = (name) => setting(name).locator('input, select');
const file = () => readFileSync(join(site.program.env.XDG_CONFIG_HOME, 'jumpseat/jumpseat.conf'), 'utf8');
const current = async (name) => (await site.control('GET', '/api/settings')).settings.find((row) => row.name === name);

async function open(group) {
  await site.go(`#/settings/${group}`);
  await page.locator(`[data-group="${group}"]:not([hidden]) .card`).first().waitFor();
}

test('every setting of the service is there, with its words and its value', async () => {
  await open('traffic');
  const { settings } = await site.control('GET', '/api/settings');
  assert.ok(settings.length > 60, `${settings.length} settings`);
  const shown = await page.locator('.setting').evaluateAll((all) =>
    Object.fromEntries(
      all.map((one) => {
        const input = one.querySelector('input, select');
        return [
          one.dataset.name,
          { words: one.textContent, value: input.type === 'checkbox' ? `${input.checked}` : input.value },
        ];
      }),
    ),
  );
  for (const { name, doc, value } of settings) {
    assert.ok(shown[name].words.includes(doc), name);
    assert.equal(shown[name].value, `${value}`, name);
  }
});

test('changes are saved as one, to the file', async () => {
  await open('traffic');
  await control('traffic.waiting').fill('12');
  await control('traffic.spacing_action').selectOption('refuse');
  await control('traffic.approval').focus();
  assert.match(await page.locator('.settings-bar').innerText(), /2 changes/);
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await setting('traffic.waiting').getByText('settings file').waitFor();
  assert.equal((await current('traffic.waiting')).value, 12);
  assert.match(file(), /waiting\s*=\s*12/);
  assert.match(file(), /spacing_action\s*=\s*refuse/);
  assert.ok(await page.locator('.settings-bar').isHidden());
});

test('a wrong value stands beside its field, and nothing changes', async () => {
  await open('traffic');
  site.expect(/400 \(Bad Request\)/);
  const before = file();
  await control('traffic.wait_seconds').fill('9999');
  await control('traffic.burst_requests').fill('many');
  await control('traffic.concurrent').fill('5');
  await page.locator('.settings-bar').getByRole('button', { name: 'Save' }).click();
  await setting('traffic.wait_seconds').locator('.error:not([hidden])').waitFor();
  assert.match(await setting('traffic.wait_seconds').locator('.error').innerText(), /600/);
  assert.ok(await setting('traffic.burst_requests').locator('.error').isVisible());
  assert.ok(await setting('traffic.concurrent').locator('.error').isHidden());
  assert.equal(await control('traffic.wait_seconds').getAttribute('aria-invalid'), 'true');
  assert.equal((await current('traffic.concurrent')).value, 4);
  assert.equal(file(), before);
  await site.checkAccess('wrong settings');
  await page.locator('.settings-bar').getByRole('button', { name: 'Discard' }).click();
  assert.equal(await control('traffic.wait_seconds').inputValue(), '30');
  await page.locator('.toast .icon-button').first().click();
});

test('until the next start only, and back to the default', async () => {
  await open('streams');
  await control('streams.keep_alive').fill('20');
  await page.getByRole('button', { name: 'Until restart' }).first().click();
  await setting('streams.keep_alive').getByText('this run').waitFor();
  assert.equal((await current('streams.keep_alive')).value, 20);
  assert.doesNotMatch(file(), /^keep_alive\s*=\s*20/m);
  await page.getByRole('button', { name: 'Reset streams.keep_alive to its default' }).click();
  await page.waitForFunction(() => document.querySelector('#setting-streams-keep_alive').value === '15');
  assert.equal((await current('streams.keep_alive')).source, 'default');
});

test('what somebody else changes arrives, what is typed stays', async () => {
  await open('traffic');
  await control('traffic.wait_seconds').fill('77');
  await site.control('POST', '/api/settings', { 'traffic.concurrent': 9 });
  await page.waitForFunction(() => document.querySelector('#setting-traffic-concurrent').value === '9', null, {
    timeout: 20000,
  });
  assert.equal(await control('traffic.wait_seconds').inputValue(), '77');
  await page.locator('.settings-bar').getByRole('button', { name: 'Discard' }).click();
});

test('settings are found by words', async () => {
  await open('server');
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('unix socket');
  await setting('server.socket').waitFor();
  assert.equal(await page.locator('.setting:visible').count(), 1);
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('nonsense words');
  await page.getByText('No setting has these words.').waitFor();
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('');
  await setting('server.port').waitFor();
});

test('rows of a table are changed together, in their order', async () => {
  await open('models');
  const table = page.locator('[data-table="model_prefix_mapping"]');
  for (const [name, target] of [
    ['zeta-', 'gpt-4.1'],
    ['4', 'gpt-4o'],
  ]) {
    await table.getByRole('button', { name: 'Add' }).click();
    await table.getByLabel('Beginning').last().fill(name);
    await table.getByLabel('Model').last().fill(target);
  }
  await table.getByRole('button', { name: 'Save' }).click();
  await page.locator('.toast.good').first().waitFor();
  const { tables } = await site.control('GET', '/api/settings');
  assert.deepEqual(tables.find(({ name }) => name === 'model_prefix_mapping').rows, [
    { name: 'zeta-', target: 'gpt-4.1' },
    { name: '4', target: 'gpt-4o' },
  ]);
});

test('a new key is shown once, works, is limited and revoked', async () => {
  await open('keys');
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('laptop');
  await dialog.getByLabel('Requests a minute').fill('20');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const secret = await page.locator('#new-key').innerText();
  await site.checkAccess('new key');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
  await page.getByRole('button', { name: 'Done' }).click();
  const use = async () =>
    (
      await site.ask(
        '/v1/chat/completions',
        { model: 'gpt-4.1', messages: [{ role: 'user', content: 'Hello' }] },
        { authorization: `Bearer ${secret}` },
      )
    ).status;
  assert.equal(await use(), 200);
  assert.equal((await page.content()).includes(secret), false, 'the key is gone from the page');
  await page.getByText('20 a minute').waitFor();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('revoked', { exact: true }).waitFor();
  assert.equal(await use(), 403);
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No key yet.').waitFor();
  assert.deepEqual((await site.control('GET', '/api/keys')).keys, []);
});

test('the history can be removed, after a question', async () => {
  await site.ask('/v1/chat/completions', { model: 'gpt-4.1', messages: [{ role: 'user', content: 'Hello' }] });
  await open('server');
  await site.go('#/overview');
  await open('history');
  const facts = page.locator('[data-group="history"] .facts');
  await facts.getByText('Requests', { exact: true }).waitFor();
  assert.ok((await site.control('GET', '/api/history')).records > 0);
  await page.getByRole('button', { name: 'Remove everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  assert.ok((await site.control('GET', '/api/history')).records > 0);
  await page.getByRole('button', { name: 'Remove everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.locator('.toast', { hasText: 'Removed' }).waitFor();
  assert.equal((await site.control('GET', '/api/history')).records, 0);
});

test('it is readable in every look', async () => {
  for (const group of ['models', 'history']) {
    await open(group);
    await site.checkLooks(`settings-${group}`);
  }
});
