// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Requests: they come by themselves, are found, read, exported, imported, removed.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { PHONE, Site } from './site.mjs';

let site;
let page;
before(async () => {
  site = await Site.start({ settings: '[history]\nbodies=true\n' });
  ({ page } = site);
  await site.go('#/requests');
});
after(() => site?.stop());
afterEach(() => site.checkQuiet());

const rows = () => page.locator('.request-row');
const detail = () => page.getByRole('region', { name: 'Request', exact: true });
const tab = (name) => detail().getByRole('tab', { name, exact: true });
const search = () => page.getByRole('searchbox');

async function waitForRows(n) {
  await page.waitForFunction((count) => document.querySelectorAll('.request-row').length === count, n);
}

const ASKED = {
  chat: ['/v1/chat/completions', { model: 'gpt-4.1', stream: true, messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Tell me of walruses' }] }],
  messages: ['/v1/messages', { model: 'claude-haiku-4.5', max_tokens: 50, stream: true, messages: [{ role: 'user', content: 'Tell me of narwhals' }] }],
  responses: ['/v1/responses', { model: 'gpt-4.1', input: 'Tell me of manatees' }],
  ollama: ['/api/chat', { model: 'gpt-4.1', messages: [{ role: 'user', content: 'Tell me of dugongs' }] }],
};
let said = ''; // in the answer about manatees
const ANIMALS = { chat: 'walruses', messages: 'narwhals', responses: 'manatees', ollama: 'dugongs' };

test('requests show up while they run, and how they end', async () => {
  await page.getByText('No requests yet').waitFor();
  const answer = site.ask(...ASKED.chat);
  await rows().first().waitFor();
  assert.equal((await answer).status, 200);
  await rows().first().getByText('200').waitFor();
  for (const api of ['messages', 'responses', 'ollama']) {
    const { status, text } = await site.ask(...ASKED[api], { 'user-agent': `${api}-tool/1.0` });
    assert.equal(status, 200);
    if (api === 'responses') said = JSON.parse(text).output.flatMap(({ content }) => content ?? []).map((part) => part.text).join(' ');
  }
  await waitForRows(4);
});

test('each API’s question and answer can be read', async () => {
  for (const [at, api] of ['ollama', 'responses', 'messages', 'chat'].entries()) {
    await rows().nth(at).click();
    await tab('Overview').waitFor();
    await tab('Original Request').click();
    await detail().locator('.talk.user').getByText(ANIMALS[api]).waitFor();
    await tab('Request').click();
    await detail().locator('.talk.user').getByText(ANIMALS[api]).waitFor();
    await tab('Response').click();
    await detail().locator('.talk.assistant').getByText(ANIMALS[api]).first().waitFor();
    await tab('Request Headers').click();
    await detail().getByText('application/json').waitFor();
  }
  await tab('Response').click();
  await site.checkLooks('request-conversation');
});

test('the tree opens, copies paths and values', async () => {
  await tab('Original Request').click();
  await detail().getByRole('button', { name: 'JSON' }).click();
  await detail().getByRole('button', { name: /^messages/ }).click();
  const first = detail().getByRole('button', { name: /^1 \{/ });
  await first.click();
  const content = detail().locator('.tree-row', { hasText: 'walruses' }).last();
  await content.hover();
  await content.getByRole('button', { name: 'path' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'messages[1].content');
  await content.getByRole('button', { name: 'value' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'Tell me of walruses');
  await site.checkLooks('request-json');
  await detail().getByRole('button', { name: 'Conversation' }).click();
});

test('the keyboard does it all', async () => {
  await page.keyboard.press('Escape');
  await detail().getByText('Choose a request').waitFor();
  await page.keyboard.press('/');
  assert.ok(await search().evaluate((box) => box === document.activeElement));
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.locator('.request-row[aria-selected="true"]').getByText('ollama').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('.request-row[aria-selected="true"]').getByText('responses').waitFor();
  await tab('Overview').click();
  await page.keyboard.press('ArrowRight');
  assert.equal(await tab('Request Headers').getAttribute('aria-selected'), 'true');
  await page.keyboard.press('Escape');
});

test('search, in names and in full text', async () => {
  await search().fill('claude');
  await waitForRows(1);
  await rows().getByText('claude-haiku-4.5').waitFor();
  const word = said.match(/[a-z]{5,}/g).find((text) => !ASKED.responses[1].input.includes(text));
  await search().fill(`manatees ${word}`);
  await page.getByText('No request fits').waitFor();
  await page.getByLabel('Where to search').selectOption('full');
  await waitForRows(1);
  await rows().getByText('responses').first().waitFor();
  assert.match(page.url(), /q=manatees\+[a-z]+&full=1/);
  await page.reload();
  await waitForRows(1);
  await search().fill('');
  await waitForRows(4);
});

test('filters, by fields and by the address', async () => {
  await page.getByLabel('API', { exact: true }).selectOption('messages');
  await waitForRows(1);
  await page.getByLabel('API', { exact: true }).selectOption('');
  await page.getByLabel('Client', { exact: true }).selectOption('ollama-tool');
  await waitForRows(1);
  await page.getByLabel('Client', { exact: true }).selectOption('');
  await waitForRows(4);
  await site.go('#/requests?metric=duration&at_least=600000000&below=0');
  await page.getByText('No request fits').waitFor();
  await page.getByRole('button', { name: /^Remove filter Duration from 10 min/ }).click();
  await waitForRows(4);
  assert.equal(new URL(page.url()).hash, '#/requests');
});

test('a request as curl', async () => {
  await rows().last().click();
  await detail().getByRole('button', { name: 'curl' }).click();
  await page.getByText('Copied as curl').waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^curl[\s\S]*chat\/completions[\s\S]*walruses/);
});

test('one that runs can be cancelled', async () => {
  await site.control('POST', '/api/settings', { name: 'traffic.approval', value: 'true' });
  const answer = site.ask(...ASKED.responses).catch(() => ({ status: 0 })); // perhaps cut off
  await rows().first().getByText('waiting').waitFor();
  await rows().first().click();
  await detail().getByRole('button', { name: 'Cancel Request' }).click();
  await page.getByText('Cancelled').waitFor();
  assert.notEqual((await answer).status, 200);
  await site.control('POST', '/api/settings', { name: 'traffic.approval', value: 'false' });
  await page.keyboard.press('Escape');
});

let file;
test('export', async () => {
  await search().fill('walruses');
  await page.getByLabel('Where to search').selectOption('full');
  await waitForRows(1);
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export' }).click();
  const download = await waiting;
  assert.match(download.suggestedFilename(), /^requests_\d{8}_\d{6}\.jl$/);
  file = join(site.program.home, 'export.jl');
  await download.saveAs(file);
  const lines = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.length, 1);
  assert.equal(lines[0].original_request_body.messages[1].content, 'Tell me of walruses');
  await search().fill('');
  await page.getByLabel('Where to search').selectOption('basic');
  await waitForRows(5);
});

test('import', async () => {
  const [line] = readFileSync(file, 'utf8').trim().split('\n').map((text) => JSON.parse(text));
  writeFileSync(file, `${JSON.stringify({ ...line, id: 'from-elsewhere', model: 'imported-model', translated_model: null, jumpseat: undefined })}\nbroken\n`);
  const waiting = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import…' }).click();
  await (await waiting).setFiles(file);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 line could not be read').waitFor();
  await dialog.getByText('Line 2').waitFor();
  await site.checkAccess('import');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await waitForRows(6);
  await rows().filter({ hasText: 'imported-model' }).getByText('imported', { exact: false }).last().waitFor();
});

test('removing asks first, then keeps what it should', async () => {
  await page.getByRole('button', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog');
  await site.checkLooks('remove');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Remove…' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText(/Texts of \d requests? removed/).waitFor();
  await waitForRows(6);
  await rows().last().click();
  await tab('Response').click();
  await detail().getByText('Nothing is kept of this').waitFor();
  await page.keyboard.press('Escape');
});

test('pages of 25, 50 and 100', async () => {
  const body = { model: 'no-such-model', messages: [{ role: 'user', content: 'x' }] };
  for (let i = 0; i < 24; i++) await site.ask('/v1/chat/completions', body);
  await page.getByText(/1–25 of 30/).waitFor();
  await page.getByRole('button', { name: 'Next page' }).click();
  await waitForRows(5);
  assert.ok(await page.getByRole('button', { name: 'Next page' }).isDisabled());
  await page.getByLabel('Requests on a page').selectOption('50');
  await waitForRows(30);
});

test('on a phone the list makes room for the request', async () => {
  await page.setViewportSize(PHONE);
  await rows().nth(2).click();
  await detail().waitFor();
  assert.ok(await rows().first().isHidden());
  await detail().getByRole('button', { name: 'Close' }).click();
  await rows().first().waitFor();
  assert.ok(await detail().isHidden());
});

test('looks', () => site.checkLooks('requests'));
