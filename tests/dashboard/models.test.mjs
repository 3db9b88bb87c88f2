// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The page of models: the list, ways and names are those of the service; terms are asked for.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { Site } from './site.mjs';

let site;
let page;
let models;
before(async () => {
  site = await Site.start();
  ({ page } = site);
  models = (await site.control('POST', '/api/models/refresh', {})).data;
  await site.go('#/models');
  await row(models[0].id).waitFor();
});
after(() => site?.stop());
afterEach(() => site.checkQuiet());

const row = (id) => page.locator('tbody tr').filter({ has: page.getByText(id, { exact: true }) });

test('every model is listed with its numbers', async () => {
  assert.ok(models.length > 20, `${models.length} models`);
  assert.equal(await page.locator('tbody tr').count(), models.length);
  const model = models.find(({ id }) => id === 'claude-opus-5');
  const text = await row(model.id).innerText();
  for (const part of [model.display_name, model.owned_by, '1M', `${model.prices.input}`, '2,500', 'terms not accepted'])
    assert.ok(text.includes(part), `${part} in ${text}`);
});

test('search and filters narrow the list', async () => {
  await page.getByRole('searchbox', { name: 'Search models' }).fill('gemini preview');
  const expected = models.filter(({ id }) => /gemini/.test(id) && /preview/.test(id)).length;
  await page.getByText(`${expected} of ${models.length} models`).waitFor();
  assert.equal(await page.locator('tbody tr').count(), expected);
  await page.getByRole('searchbox', { name: 'Search models' }).fill('');
  await page.getByLabel('Kind', { exact: true }).selectOption('embeddings');
  const embeddings = models.filter(({ kind }) => kind === 'embeddings').length;
  await page.getByText(`${embeddings} of ${models.length} models`).waitFor();
  await page.getByLabel('Kind', { exact: true }).selectOption('');
  await page.getByText(`${models.length} models`, { exact: true }).waitFor();
});

test('the list is sorted by its headings', async () => {
  await page.getByRole('button', { name: 'Out', exact: true }).click();
  const top = models.reduce((a, b) => ((b.prices?.output ?? -1) > (a.prices?.output ?? -1) ? b : a));
  const cells = await page.locator('tbody tr').first().innerText();
  assert.ok(cells.includes(top.prices.output.toLocaleString('en')), cells);
});

test('the matrix says which way each API reaches each model', async () => {
  await page.getByRole('button', { name: 'Routes' }).click();
  await page.locator('.route').first().waitFor();
  const shown = await page
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((one) => [...one.cells].map((cell) => cell.textContent)));
  const words = (way) => (way === 'direct' ? '● direct' : way === 'none' ? '– unsupported' : `◐ translated, ${way}`);
  const expected = models.map(({ id, routes }) => [
    id,
    ...['chat', 'responses', 'messages', 'ollama'].map((api) => words(routes[api])),
  ]);
  const sort = (rows) => rows.map((one) => one.join('|')).sort();
  assert.deepEqual(sort(shown), sort(expected));
  await site.checkLooks('models-routes');
});

test('a model is enabled once its terms are accepted', async () => {
  await page.getByRole('button', { name: 'List' }).click();
  await page.getByRole('button', { name: 'Enable claude-opus-5' }).click();
  const dialog = page.getByRole('dialog');
  await site.checkAccess('terms');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const isEnabled = async () =>
    (await site.control('GET', '/api/models')).data.find(({ id }) => id === 'claude-opus-5').enabled;
  assert.equal(await isEnabled(), false);
  await page.getByRole('button', { name: 'Enable claude-opus-5' }).click();
  await dialog.getByRole('button', { name: 'Accept and Enable' }).click();
  await row('claude-opus-5').getByText('enabled', { exact: true }).waitFor();
  assert.equal(await isEnabled(), true);
});

test('what is known of one model, and a conversation with it', async () => {
  await page.getByRole('button', { name: 'GPT-5 mini', exact: true }).click();
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), /gpt-5-mini[\s\S]*reasoning effort[\s\S]*Responses API\s+direct/);
  await dialog.getByRole('link', { name: 'Chat' }).click();
  await page.getByRole('heading', { level: 1, name: 'Chat' }).waitFor();
  await page.waitForFunction(() => document.querySelector('.chat-parameters select').value === 'gpt-5-mini');
});

// No other alias means that model.
test('another name for a model holds at once', async () => {
  await site.go('#/models/aliases');
  const table = page.locator('[data-table="model_aliases"]');
  await table.getByRole('button', { name: 'Add' }).click();
  await table.getByLabel('Alias').last().fill('mine');
  await table.getByLabel('Model').last().fill('gpt-4.1');
  await table.getByRole('button', { name: 'Save' }).click();
  await table.getByText('means gpt-4.1 now').waitFor();
  const { status } = await site.ask('/v1/chat/completions', {
    model: 'mine',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  assert.equal(status, 200);
  const { items } = await site.control('GET', '/api/requests?per_page=1');
  assert.deepEqual([items[0].model, items[0].translated_model], ['mine', 'gpt-4.1']);
});

test('what is typed stays when the tables come once more', async () => {
  await site.go('#/models/aliases');
  const table = page.locator('[data-table="model_aliases"]');
  await table.getByRole('button', { name: 'Add' }).click();
  await table.getByLabel('Alias').last().fill('half');
  await site.go('#/models');
  const come = page.waitForResponse((response) => response.url().endsWith('/api/models/aliases'));
  await site.go('#/models/aliases');
  await (await come).finished();
  await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve); }));
  assert.equal(await table.getByLabel('Alias').last().inputValue(), 'half');
  await table.getByRole('button', { name: 'Remove' }).last().click();
});

test('the list is readable in every look', async () => {
  await site.go('#/models');
  await row('gpt-4.1').waitFor();
  await site.checkLooks('models');
});
