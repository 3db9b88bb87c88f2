// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What the pages say of accounts of each kind, and of a newer version.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Site } from './site.mjs';

const FEED = 'http://127.0.0.1:9/releases/latest'; // nobody is there, and it was asked today already
const PAGE = 'https://github.com/jumpseat/jumpseat/releases/tag/v99.1.0';
const RELEASE = {
  feed_url: FEED, asked_at: Math.floor(Date.now() / 1000), etag: '"1"',
  release: { tag_name: 'v99.1.0', html_url: PAGE, published_at: '2030-01-01T00:00:00Z', body: '- Wings', prerelease: false },
};

const KINDS = [
  { scenario: 'test', plan: 'Pro', left: /1,210 credits left of 1,500/, allowance: /19 % used[\s\S]*1,500 credits \(\$15\.00\)/ },
  { scenario: 'free', plan: 'Free', left: /\d+ chat messages left of 200/, allowance: /200 chat messages/ },
  { scenario: 'free-legacy', plan: 'Free', left: /% left/, allowance: /% used/ },
  { scenario: 'by-request', plan: 'Pro', left: /259 premium requests left of 300/, allowance: /300 premium requests/ },
  { scenario: 'business', plan: 'Business', left: /credits left of 4,000[\s\S]*Seat of Acme Inc/, allowance: /more may be used[\s\S]*4,000 credits/ },
  { scenario: 'pooled', plan: 'Business', left: /Unlimited[\s\S]*Seat of Acme Inc/, allowance: /Business of Acme Inc: no limit/ },
  { scenario: 'managed', left: /Your organisation manages this seat/, allowance: /manages this seat and tells no numbers/ },
  { scenario: 'exhausted', plan: 'Pro', left: /0 credits left of 1,500/, allowance: /Nothing is left/ },
  { scenario: 'no-seat', plan: null, left: /no Copilot plan or seat/, allowance: /no Copilot plan or seat/ },
];

let site = null;
after(() => site?.stop());

for (const { scenario, plan, left, allowance } of KINDS) {
  test(`an account: ${scenario}`, async () => {
    await site?.stop();
    site = await Site.start({ scenario });
    const { page } = site;
    await site.go('#/overview');
    const card = page.locator('.card', { has: page.getByRole('heading', { name: 'What GitHub Says Is Left' }) });
    await card.getByText(left).or(card.filter({ hasText: left })).first().waitFor();
    if (plan) await card.locator('.badge', { hasText: plan }).first().waitFor();
    if (plan === null) assert.equal(await card.locator('.badge').count(), 0, 'no plan, no badge');
    await site.go('#/usage');
    const region = page.getByRole('region', { name: 'Allowance' }).filter({ hasText: allowance });
    await region.waitFor();
    if (plan) await region.locator('.badge', { hasText: plan }).waitFor();
    if (plan === null) assert.equal(await region.locator('.badge').count(), 0, 'no plan, no badge');
    assert.doesNotMatch(await region.innerText(), /NaN|undefined|null|Infinity/);
    await site.picture(`account-${scenario}`);
    site.checkQuiet();
  });
}

// GitHub may go on telling the plan that was.
test('a subscription that has ended', async () => {
  const refusal = { message: 'Resource not accessible by integration', error_details: { notification_id: 'subscription_ended',
                    title: 'Subscription ended', message: 'Your subscription has ended.', url: 'https://github.com/settings/copilot' } };
  await site?.stop();
  site = await Site.start({ scenario: {
    account: { kind: 'pro', login: 'octocat' },
    rules: [{ on: 'GET /copilot_internal/v2/token', reply: { status: 403, json: refusal } }],
  } });
  const { page } = site;
  await site.go('#/overview');
  const card = page.locator('.card', { has: page.getByRole('heading', { name: 'What GitHub Says Is Left' }) });
  const { status } = await site.ask('/v1/chat/completions', { model: 'gpt-4.1', messages: [{ role: 'user', content: 'Hello' }] });
  assert.equal(status, 403);
  await card.getByText('no Copilot plan or seat').waitFor();
  assert.equal(await card.locator('.badge').count(), 0);
  const { state, plan } = await site.control('GET', '/api/quota');
  assert.deepEqual({ state, plan }, { state: 'none', plan: null });
  site.checkQuiet();
});

test('a newer version is told as long as somebody wants to know', async () => {
  await site?.stop();
  site = await Site.start({ scenario: 'test', settings: `[updates]\nfeed_url=${FEED}\n`,
                            kept: { 'latest-release.json': JSON.stringify(RELEASE) } });
  const { page } = site;
  await site.go('#/overview');
  const link = page.getByRole('link', { name: '99.1.0 is available' });
  await link.waitFor();
  assert.equal(await link.getAttribute('href'), PAGE);
  assert.match(await link.getAttribute('rel'), /noopener/);
  await site.checkLooks('newer-version');
  await site.control('POST', '/api/settings', { name: 'updates.check', value: 'false' });
  await link.waitFor({ state: 'detached' });
  await site.go('#/settings/updates');
  await page.getByRole('heading', { name: 'Updates', exact: true }).waitFor();
  site.checkQuiet();
});
