// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The page of usage: its numbers are those of the service; charts by pointer and keys; a budget is set and hit.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';

import { Site } from './site.mjs';

const QUESTIONS = [
  ['/v1/chat/completions', 'gpt-4.1', 3],
  ['/v1/messages', 'claude-sonnet-5', 2],
  ['/api/chat', 'gpt-4o-mini', 1],
];

let site;
let page;
before(async () => {
  site = await Site.start();
  ({ page } = site);
  for (const [path, model, n] of QUESTIONS) {
    for (let i = 0; i < n; i++) {
      const { status, text } = await site.ask(path, {
        model,
        max_tokens: 50,
        stream: i % 2 === 0,
        messages: [{ role: 'user', content: `Question ${i}` }],
      });
      assert.equal(status, 200, text);
    }
  }
  site.ask('/v1/chat/completions', { model: 'no-such-model', messages: [{ role: 'user', content: 'Hello' }] });
});
after(() => site?.stop());
afterEach(() => site.checkQuiet());

const figure = (name) =>
  page.locator('.card', { has: page.locator('.figure-label', { hasText: name }) }).locator('.figure');
const over = () => page.getByRole('region', { name: 'Over time' });
const integer = (value) => Math.round(value).toLocaleString('en');

async function open(params = 'range=today') {
  await site.go(`#/usage?${params}`);
  await page.locator('.figure').first().waitFor();
}

test('totals and rows are those of the service', async () => {
  await open();
  await page.locator('.chart-mark').first().waitFor();
  const { rows, totals } = await site.control('GET', '/api/usage?range=today&by=model');
  assert.ok(totals.requests >= 6 && totals.credits > 0);
  await page.waitForFunction(
    (n) => document.querySelectorAll('.figure')[1].textContent === n,
    integer(totals.requests),
  );
  assert.equal(Number(await figure('Credits').innerText()), Number(totals.credits.toPrecision(3)));
  assert.equal(await figure('Input tokens').innerText(), integer(totals.input_tokens));
  assert.equal(await figure('Output tokens').innerText(), integer(totals.output_tokens));
  const shown = await page
    .locator('.card.flush')
    .first()
    .locator('tbody tr')
    .evaluateAll((all) => all.map((one) => [...one.cells].map((cell) => cell.innerText)));
  for (const row of rows) {
    const cells = shown.find(([name]) => name === (row.name ?? 'not told'));
    assert.equal(Number(cells[1]), Number((row.credits ?? 0).toPrecision(3)), row.name);
    assert.deepEqual(
      [cells[4], cells[5], cells[6], cells[8]],
      [row.requests, row.failed, row.input_tokens, row.output_tokens].map(integer),
      row.name,
    );
  }
  assert.equal(shown.at(-1)[0], 'All');
  assert.equal(shown.length, rows.length + 1);
});

test('by whom, and what', async () => {
  for (const [by, name] of [
    ['client', 'node'],
    ['api', 'chat'],
    ['key', 'not told'],
    ['session', 'not told'],
  ]) {
    await page.getByLabel('By', { exact: true }).selectOption(by);
    await page.locator('.card.flush').first().getByRole('cell', { name, exact: true }).waitFor();
  }
  await page.getByLabel('Show').selectOption('tokens');
  await over().getByRole('heading', { name: 'Tokens by session' }).waitFor();
  await page.getByLabel('By', { exact: true }).selectOption('model');
  for (const range of ['Week', 'Month', 'Year', 'All', 'Custom']) {
    await page.getByRole('button', { name: range, exact: true }).click();
    await page.waitForFunction(
      (n) => document.querySelectorAll('.figure')[1].textContent === n,
      integer((await site.control('GET', '/api/usage?range=today')).totals.requests),
    );
    assert.equal(await page.getByRole('button', { name: range, exact: true }).getAttribute('aria-pressed'), 'true');
  }
  await page.getByLabel('First day').fill('2020-01-01');
  await page.getByLabel('Last day').fill('2020-01-02');
  await page.waitForFunction(() => document.querySelectorAll('.figure')[1].textContent === '0');
  await over().getByText('Nothing in this time.').waitFor();
  await page.goBack();
});

test('a chart is read by pointer, by keys and as a table', async () => {
  await open('range=today&by=model&show=tokens');
  const marks = over().locator('.chart-mark');
  await marks.first().waitFor();
  assert.ok([23, 24, 25].includes(await marks.count()), 'an hour without anything has a bar, too');
  assert.equal(await over().locator('.chart-mark[tabindex="0"]').count(), 1, 'one stop for Tab');
  const hour = new Date().getHours();
  const { totals } = await site.control('GET', '/api/usage?range=today');
  await marks.first().focus();
  await page.keyboard.press('End');
  assert.match(
    await page.evaluate(() => document.activeElement.getAttribute('aria-label')),
    hour === 23 ? /23:00: .*gpt-4\.1/ : /23:00: 0 tokens$/,
  );
  await page.keyboard.press('Home');
  for (let i = 0; i < hour; i++) await page.keyboard.press('ArrowRight');
  const words = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.match(words, new RegExp(`${String(hour).padStart(2, '0')}:00: .*gpt-4\\.1 [\\d,]+ tokens`));
  assert.equal(await over().locator('.chart-tip').getAttribute('visibility'), 'visible');
  assert.match(
    await over().locator('.chart-tip-head').textContent(),
    new RegExp(`– ${integer(totals.input_tokens + totals.output_tokens)} tokens`),
  );
  await page.keyboard.press('Escape');
  assert.equal(await over().locator('.chart-tip').getAttribute('visibility'), 'hidden');
  await marks.nth(hour).hover();
  assert.equal(await over().locator('.chart-tip').getAttribute('visibility'), 'visible');
  await over()
    .getByRole('button', { name: /^Table/ })
    .click();
  const row = over().getByRole('row', { name: new RegExp(`, ${String(hour).padStart(2, '0')}:00`) });
  assert.ok((await row.innerText()).includes(integer(totals.input_tokens + totals.output_tokens)));
  await site.checkAccess('table of a chart');
  await over()
    .getByRole('button', { name: /^Table/ })
    .click();
});

test('a bar of a distribution opens its requests', async () => {
  await open();
  const distribution = page.getByRole('region', { name: 'Distribution' });
  await distribution.getByLabel('Distribution of').selectOption('duration');
  await distribution.getByRole('heading', { name: 'Duration' }).waitFor();
  const { bars } = await site.control('GET', '/api/request-stats?metric=duration');
  const bar = bars.find(({ count }) => count > 0);
  await distribution
    .locator('.chart-mark', { has: page.locator('rect.series-0') })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
  const { hash } = new URL(page.url());
  assert.match(hash, new RegExp(`metric=duration.*below=${bar.upper}`));
  await page.goBack();
});

test('the allowance stands beside what was counted', async () => {
  await open();
  const card = page.getByRole('region', { name: 'Allowance' });
  const quota = await site.control('GET', '/api/quota');
  await card.getByText('GitHub says, used').waitFor();
  const text = await card.innerText();
  assert.ok(text.includes(`${quota.entitlement.toLocaleString('en')} credits`), text);
  assert.match(text, /Difference/);
  assert.match(text, /Lasts until|Runs out on|Too little is known/);
});

test('usage is saved for spreadsheets', async () => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV' }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  assert.match(text, /^model,/);
  assert.match(text, /\r\ngpt-4\.1,/);
});

test('the page is readable in every look', async () => {
  await open('range=week');
  await page.locator('.chart-mark').first().waitFor();
  await site.checkLooks('usage');
});

test('a budget is set, hit and removed', async () => {
  await open();
  const budgets = page.getByRole('region', { name: 'Budgets' });
  await budgets.getByText('No budget yet.').waitFor();
  await budgets.getByRole('button', { name: 'New budget' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Credits').fill('0.00000001');
  await dialog.getByLabel('When it is used up').selectOption('refuse');
  await site.checkAccess('dialog of a budget');
  site.expect(/400 \(Bad Request\)/);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').waitFor();
  const { totals } = await site.control('GET', '/api/usage?range=today');
  await dialog.getByLabel('Credits').fill(`${(totals.credits + 0.01).toFixed(4)}`);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await budgets.getByRole('meter').waitFor();
  const ask = () =>
    site.ask('/v1/chat/completions', { model: 'gpt-4.1', messages: [{ role: 'user', content: 'One more' }] });
  assert.equal((await ask()).status, 200, 'what is left is enough to begin');
  const refused = await ask();
  assert.equal(refused.status, 429);
  await budgets.getByText('used up').waitFor({ timeout: 15000 });
  assert.equal(await budgets.getByRole('meter').getAttribute('aria-valuenow'), '100');
  await site.picture('usage-budget');
  await budgets.getByRole('button', { name: 'Change: Each day' }).click();
  await dialog.getByLabel('Credits').fill('500');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await budgets.getByText(/of 500 credits/).waitFor();
  assert.equal((await ask()).status, 200);
  await budgets.getByRole('button', { name: 'Remove: Each day' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await budgets.getByText('No budget yet.').waitFor();
  assert.deepEqual((await site.control('GET', '/api/budgets')).budgets, []);
});
