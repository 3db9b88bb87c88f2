// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Signing out and in: the code, its end by Cancel and by GitHub's word, and what comes then.

import assert from 'node:assert/strict';
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

test('who is signed in, and a new token', async () => {
  await page.getByRole('link', { name: 'demo', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Signed In' }).waitFor();
  const { token_exchanges: before_ } = await site.control('GET', '/api/status');
  await page.getByRole('button', { name: 'Refresh Token' }).click();
  await page.getByText('The token is new').waitFor();
  const { token_exchanges: after_ } = await site.control('GET', '/api/status');
  assert.equal(after_, before_ + 1);
  await page.getByText(/^good for/).waitFor();
  await site.checkLooks('account');
});

test('signing out asks first', async () => {
  await page.getByRole('button', { name: 'Sign Out' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Sign Out' }).click();
  await dialog.getByRole('button', { name: 'Sign Out' }).click();
  await page.getByRole('heading', { name: 'Sign In with GitHub' }).waitFor();
  await page.locator('.state-text', { hasText: 'Signed out' }).waitFor();
  await site.checkLooks('signed-out');
});

test('an address that is none is refused in words', async () => {
  await page.getByText('My company has GitHub').click();
  await page.getByLabel('Address').fill('not a name/');
  site.expect(/400/);
  await page.getByRole('button', { name: 'Get a Code' }).click();
  await page.locator('.toast.bad').waitFor();
  assert.doesNotMatch(await page.locator('.toast.bad').innerText(), /undefined|status/);
  await page.locator('.toast.bad').getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('Address').fill('');
});

async function startSignIn() {
  await page.getByRole('button', { name: 'Get a Code' }).click();
  await page.locator('.code').waitFor();
  return page.locator('.code').innerText();
}

test('the code is shown, copied, counted down, given up', async () => {
  const code = await startSignIn();
  assert.match(code, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  await page.getByRole('button', { name: 'Copy' }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
  const link = page.getByRole('link', { name: 'Open GitHub' });
  assert.equal(await link.getAttribute('target'), '_blank');
  assert.match(await link.getAttribute('rel'), /noopener/);
  await page.getByText(/good for 14:\d\d/).waitFor();
  await site.checkLooks('sign-in');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: 'Sign In with GitHub' }).waitFor();
});

// The simulator has a page like GitHub's: what is entered there is what a person would do.
async function authorize(code, action) {
  const { verification_uri: address } = await site.control('GET', '/api/login');
  const context = await site.browser.newContext();
  const github = await context.newPage();
  await github.goto(address);
  await github.locator('input').first().fill(code);
  await github.getByRole('button', { name: action }).click();
  await context.close();
}

test('GitHub’s yes leads to the overview', async () => {
  const code = await startSignIn();
  await authorize(code, 'Authorize');
  await page.getByText(/^Signed in as/).waitFor({ timeout: 20000 });
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.locator('.state-text', { hasText: 'Ready' }).waitFor();
});
