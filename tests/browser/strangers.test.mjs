// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Pages that nobody invited try everything a page can, on every route: nothing is served to them,
// nothing goes upstream, nothing changes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Jumpseat } from '../clients/program.mjs';
import { Chromium } from './chromium.mjs';
import { PAGE, readRoutes, startSite } from './site.mjs';

// What no page may ever see: the account's name, a model's, the program's words about itself.
const PRIVATE = /octocat|gpt-4\.1|claude|"uptime|"version|"status":"|copilot|token/i;
const SETTINGS = '[server]\nallowed_origins = https://invited.example\n[log]\nlevel = debug\n';
// Ways that the browser itself may keep from happening, by who tries.
const MAY_NOT_ARRIVE = new Set(['fetch-header', 'import']);

let jumpseat;
let chromium;
let site;
const routes = [...readRoutes(), { method: 'GET', path: '/open/AAAAAAAAAAAAAAAAAAAAAA' },
                { method: 'GET', path: '/api/no-such-route' }, { method: 'POST', path: '/no-such-route' }];

before(async () => {
  jumpseat = await Jumpseat.start({ settings: SETTINGS, scenario: 'test' });
  // Signed in, with a token and the list of models: everything that could be seen or spent is there.
  const reply = await fetch(`${jumpseat.url}/v1/chat/completions`, {
    method: 'POST', body: '{"model":"gpt-4.1","messages":[{"role":"user","content":"Hello"}]}',
  });
  assert.equal(reply.status, 200);
  assert.equal((await fetch(`${jumpseat.url}/v1/models`)).status, 200);
  site = await startSite();
  chromium = await Chromium.start(process.env.CHROMIUM);
}, { timeout: 60000 });

after(async () => {
  await chromium?.stop();
  site?.stop();
  await jumpseat?.stop();
});

// Everything that an attack could change and this test can see.
async function lookAround() {
  const status = await jumpseat.status();
  const volatile = new Set(['token_expires_in_seconds', 'uptime', 'requests_last_minute']);
  for (const name of Object.keys(status)) {
    if (volatile.has(name)) delete status[name];
  }
  return {
    status,
    calls: (await jumpseat.calls()).map(({ number, method, path }) => `${number} ${method} ${path}`),
    settings: readFileSync(join(jumpseat.env.XDG_CONFIG_HOME, 'jumpseat/jumpseat.conf'), 'utf8'),
    keys: jumpseat.run('keys', 'list').stdout,
  };
}

function checkSeen(results) {
  for (const { by, method, path, outcome, status, text } of results) {
    const what = `${by} ${method} ${path}: ${outcome} ${status ?? ''} ${text ?? ''}`;
    assert.notEqual(outcome, 'loaded', what);
    assert.notEqual(outcome, 'hung', what);
    if (outcome !== 'read') continue;
    assert.ok(status === undefined || status >= 400, what);
    assert.doesNotMatch(text, PRIVATE, what);
  }
}

// What the browser's network saw of the service, whatever the page was told.
function checkAnswers(port) {
  const requests = chromium.requests(port);
  const answered = requests.filter(({ rawStatus, status }) => rawStatus ?? status);
  for (const { url, method, type, rawStatus, status, headers } of answered) {
    const what = `${type} ${method} ${url}: ${rawStatus} ${JSON.stringify(headers)}`;
    assert.ok((rawStatus ?? status) >= 400, what);
    for (const name of Object.keys(headers)) {
      assert.doesNotMatch(name, /^(access-control-allow-|set-cookie)/i, what);
    }
  }
  return requests.filter(({ rawStatus, status, wasSent }) => rawStatus ?? status ?? wasSent);
}

// The service's own log says the same of every request that a browser sent.
function checkLog(start) {
  const lines = jumpseat.output.slice(start).split('\n').filter((line) => /Chrome\//.test(line));
  for (const line of lines) {
    const status = line.match(/ status=(\d+)/);
    assert.ok(!status || Number(status[1]) >= 400, line);
  }
  return lines.length;
}

// `part` of `parts`: of the routes of each way; all parts together are all.
async function attack(context, page, target, only = null, part = 0, parts = 1) {
  const before = await lookAround();
  const start = jumpseat.output.length;
  chromium.forget();
  const results = await page.evaluate(
      `attackEverything(${[target, routes, only, part, parts].map((value) => JSON.stringify(value)).join(', ')})`);
  checkSeen(results);
  const answered = checkAnswers(jumpseat.port);
  const n_lines = checkLog(start);
  const arrived = new Map();
  for (const { url } of answered) {
    const by = new URL(url).searchParams.get('by');
    arrived.set(by, (arrived.get(by) ?? 0) + 1);
  }
  for (const by of new Set(results.map((result) => result.by))) {
    assert.ok(arrived.has(by) || MAY_NOT_ARRIVE.has(by), `no request of ${by} arrived: the test tests nothing`);
  }
  assert.deepEqual(await lookAround(), before);
  context.diagnostic(`${results.length} tries, ${answered.length} answers seen, ${n_lines} lines in the log; ` +
                     [...arrived].map(([by, n]) => `${by} ${n}`).join(', '));
}

const FEW = ['fetch', 'fetch-no-cors', 'form-text', 'image', 'frame', 'window', 'socket', 'beacon'];

test('the list of routes is the table', () => {
  assert.ok(routes.some(({ method, path }) => method === 'POST' && path === '/v1/chat/completions'));
  assert.ok(routes.some(({ access }) => access === 'control'));
});

test('a page of another site', { timeout: 240000 }, async (context) => {
  const page = await chromium.open(`http://stranger.test:${site.port}/`);
  await attack(context, page, jumpseat.url);
  await page.close();
});

test('a page of another program on this machine', { timeout: 240000 }, async (context) => {
  const page = await chromium.open(`http://127.0.0.1:${site.port}/`);
  await attack(context, page, jumpseat.url);
  await page.close();
});

test('a page without an origin', { timeout: 240000 }, async (context) => {
  const page = await chromium.open(`http://stranger.test:${site.port}/sandboxed`);
  assert.equal(await page.evaluate('origin'), 'null');
  await attack(context, page, jumpseat.url, FEW);
  await page.close();
});

test('a page whose name is made to point here', { timeout: 240000 }, async (context) => {
  const own = `http://evil.test:${jumpseat.port}`;
  const page = await chromium.open(`${own}/page`, PAGE);
  assert.equal(await page.evaluate('origin'), own);
  await attack(context, page, own);
  await page.close();
});

test('other names of this machine', { timeout: 240000 }, async (context) => {
  const page = await chromium.open(`http://stranger.test:${site.port}/`);
  // Which name it is counts before which route: every route in every way under one of them.
  const names = ['localhost', '0.0.0.0', 'localhost.evil.test', '127.0.0.1.evil.test'];
  for (const [i, name] of names.entries()) {
    await attack(context, page, `http://${name}:${jumpseat.port}`, FEW, i, names.length);
  }
  await page.close();
});
