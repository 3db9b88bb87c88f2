// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The frame: every page opens, what the files say of themselves, colours, who is not let in.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { Site } from './site.mjs';

let site;
before(async () => { site = await Site.start(); });
after(() => site?.stop());
afterEach(() => site.checkQuiet());

const NAMES = ['Overview', 'Requests', 'Usage', 'Models', 'Chat', 'Settings'];

test('every page opens from the links', async () => {
  for (const name of NAMES) {
    await site.page.locator('#nav').getByRole('link', { name, exact: true }).click();
    await site.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    assert.equal(await site.page.title(), `${name} – Jumpseat`);
    assert.equal(await site.page.locator('#nav [aria-current]').innerText(), name);
  }
  await site.page.goBack();
  await site.page.getByRole('heading', { level: 1, name: 'Chat' }).waitFor();
});

test('the state of the service stands in the bar', async () => {
  await site.page.locator('.state-text', { hasText: /^(Ready|\d+ running)$/ }).waitFor();
  await site.control('POST', '/api/pause');
  await site.page.locator('.state-text', { hasText: 'Paused' }).waitFor({ timeout: 15000 });
  await site.control('POST', '/api/resume');
  await site.page.locator('.state-text', { hasText: 'Ready' }).waitFor({ timeout: 15000 });
});

test('colours follow the system or the switch', async () => {
  const back = () => site.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await site.page.emulateMedia({ colorScheme: 'dark' });
  const dark = await back();
  await site.page.emulateMedia({ colorScheme: 'light' });
  const light = await back();
  assert.notEqual(dark, light);
  const button = site.page.getByRole('button', { name: /^Colours/ });
  await button.click();
  assert.equal(await back(), light);
  await button.click();
  assert.equal(await back(), dark);
  await site.page.reload();
  assert.equal(await back(), dark, 'the choice is kept');
  await button.click();
  assert.equal(await back(), light);
});

test('files have types, versions and a strict policy', async () => {
  const reply = await fetch(`${site.url}/dashboard/app.js`);
  assert.equal(reply.status, 200);
  assert.match(reply.headers.get('content-type'), /^text\/javascript/);
  assert.equal(reply.headers.get('cache-control'), 'no-cache');
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
  const policy = reply.headers.get('content-security-policy');
  assert.match(policy, /default-src 'none'.*script-src 'self'/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  const etag = reply.headers.get('etag');
  const again = await fetch(`${site.url}/dashboard/app.js`, { headers: { 'if-none-match': etag }, cache: 'no-store' });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), '');
  for (const name of ['nothing.js', '..%2fapp.js', 'x/app.js', 'dashboard.gresource.xml', '']) {
    const { status } = await fetch(`${site.url}/dashboard/${name}`);
    assert.equal(status, 404, name);
  }
});

test('a stranger gets no dashboard, and a session that has ended says so', async () => {
  const context = await site.browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto(site.url);
  assert.equal(await stranger.locator('script').count(), 0);
  assert.match(await stranger.locator('body').innerText(), /has not been let in/);
  await context.close();

  const page = await site.openBrowser();
  site.expect(/401|403/);
  await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
  await page.reload().catch(() => {});
  assert.match(await page.locator('body').innerText(), /has not been let in/);
  await page.context().close();
});

test('axe has nothing grave to say', async () => {
  for (const name of NAMES) {
    await site.go(`#/${name.toLowerCase()}`);
    await site.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await site.checkAccess(name);
  }
});
