// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Pages that were invited: an origin of the settings may use the model API and nothing else, and the
// one-time link lets one browser in.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { request as askHttp } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Jumpseat } from '../clients/program.mjs';
import { Chromium } from './chromium.mjs';
import { startSite } from './site.mjs';

const LIMIT = { timeout: 60000 };
const QUESTION = { model: 'gpt-4.1', stream: true, messages: [{ role: 'user', content: 'Hello from a page' }] };

let jumpseat;
let chromium;
let site;
let listed;
let unlisted;

before(async () => {
  site = await startSite();
  listed = `http://listed.test:${site.port}`;
  unlisted = `http://stranger.test:${site.port}`;
  jumpseat = await Jumpseat.start({ settings: `[server]\nallowed_origins = ${listed}\n`, scenario: 'test' });
  chromium = await Chromium.start(process.env.CHROMIUM);
}, { timeout: 60000 });

after(async () => {
  await chromium?.stop();
  site?.stop();
  await jumpseat?.stop();
});

// One reply, headers as Node has them; a program can send what a browser would not.
function ask(method, path, headers) {
  return new Promise((resolve, reject) => {
    const asked = askHttp(`${jumpseat.url}${path}`, { method, headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (data) => { text += data; });
      reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, text }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

const corsHeaders = ({ headers }) => Object.keys(headers).filter((name) => name.startsWith('access-control-allow'));

function inPage(run, ...values) {
  return `(${run})(${values.map((value) => JSON.stringify(value)).join(', ')})`;
}

async function chat(url, question) {
  try {
    const reply = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question),
    });
    return { status: reply.status, text: await reply.text() };
  } catch (error) {
    return { error: `${error}` };
  }
}

async function look(url, method = 'GET', headers = {}) {
  try {
    const reply = await fetch(url, { method, headers, credentials: 'include' });
    return { status: reply.status, text: await reply.text() };
  } catch (error) {
    return { error: `${error}` };
  }
}

test('a listed page streams a conversation', LIMIT, async () => {
  const page = await chromium.open(`${listed}/`);
  const reply = await page.evaluate(inPage(chat, jumpseat.url, QUESTION));
  assert.equal(reply.status, 200, JSON.stringify(reply));
  assert.match(reply.text, /Hello/);
  assert.match(reply.text, /data: \[DONE\]\n\n: x-jumpseat-credits [\d.]+\n$/);
  await page.close();
});

test('the same from another page', LIMIT, async () => {
  const before = (await jumpseat.calls()).length;
  const page = await chromium.open(`${unlisted}/`);
  const reply = await page.evaluate(inPage(chat, jumpseat.url, QUESTION));
  assert.ok(reply.error, JSON.stringify(reply));
  assert.equal((await jumpseat.calls()).length, before);
  await page.close();
});

test('a listed page gets nothing but the model API', LIMIT, async () => {
  const page = await chromium.open(`${listed}/`);
  for (const [method, path] of [['GET', '/api/status'], ['POST', '/api/stop'], ['POST', '/api/session/link'],
                                ['POST', '/api/settings'], ['DELETE', '/api/session']]) {
    const reply = await page.evaluate(inPage(look, `${jumpseat.url}${path}`, method));
    assert.ok(reply.error || reply.status >= 400, `${method} ${path}: ${JSON.stringify(reply)}`);
  }
  assert.equal((await fetch(`${jumpseat.url}/livez`)).status, 200);
  await page.close();
});

test('preflights', LIMIT, async () => {
  const wish = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type',
                 'Access-Control-Request-Private-Network': 'true' };
  const guest = await ask('OPTIONS', '/v1/chat/completions', { Origin: listed, ...wish });
  assert.ok(guest.status === 200 || guest.status === 204, `${guest.status}`);
  assert.equal(guest.headers['access-control-allow-origin'], listed);
  assert.match(guest.headers['access-control-allow-methods'], /POST/);
  assert.match(guest.headers['access-control-allow-headers'], /content-type/i);
  assert.equal(guest.headers['access-control-allow-private-network'], 'true');
  assert.equal(guest.headers['access-control-allow-credentials'], undefined);
  assert.match(guest.headers.vary, /origin/i);
  for (const [path, origin] of [['/v1/chat/completions', unlisted], ['/v1/chat/completions', 'null'],
                                ['/v1/chat/completions', `${listed}.evil.test`],
                                ['/v1/chat/completions', 'https://listed.test'],
                                ['/api/status', listed], ['/api/stop', listed], ['/api/session/link', listed]]) {
    const stranger = await ask('OPTIONS', path, { Origin: origin, ...wish });
    assert.ok(stranger.status >= 400, `${path} ${origin}: ${stranger.status}`);
    assert.deepEqual(corsHeaders(stranger), [], `${path} ${origin}`);
  }
});

// What `jumpseat` itself asks to open the dashboard.
async function makeLink() {
  const folder = jumpseat.env.XDG_RUNTIME_DIR;
  const file = readdirSync(folder, { recursive: true }).find((name) => `${name}`.endsWith('.json'));
  const { key } = JSON.parse(readFileSync(join(folder, `${file}`), 'utf8'));
  const reply = await fetch(`${jumpseat.url}/api/session/link`, {
    method: 'POST', headers: { authorization: `Bearer ${key}` },
  });
  assert.equal(reply.status, 200);
  return (await reply.json()).url;
}

test('the link lets one browser in, once', LIMIT, async () => {
  const link = await makeLink();
  assert.ok(link.startsWith(`${jumpseat.url}/open/`));
  const page = await chromium.open(`${jumpseat.url}/`);
  const shown = async () => {
    await page.navigate(`${jumpseat.url}/api/status`);
    return page.evaluate('document.body.innerText');
  };
  assert.doesNotMatch(await shown(), /authenticated/);
  await page.navigate(link);
  assert.equal(await page.evaluate('location.pathname'), '/');
  assert.equal(await page.evaluate('document.cookie'), '', 'no script sees the cookie');
  assert.match(await shown(), /"authenticated"/);
  const again = await ask('GET', new URL(link).pathname, {});
  assert.ok(again.status >= 400, `the link works twice: ${again.status}`);
  assert.equal(again.headers['set-cookie'], undefined);
  await page.close();
});

test('a stranger cannot ride on that session', LIMIT, async () => {
  const before = readFileSync(join(jumpseat.env.XDG_CONFIG_HOME, 'jumpseat/jumpseat.conf'), 'utf8');
  for (const origin of [unlisted, listed, `http://127.0.0.1:${site.port}`]) {
    const page = await chromium.open(`${origin}/`);
    for (const [method, path] of [['GET', '/api/status'], ['POST', '/api/stop'], ['POST', '/api/pause']]) {
      const url = `${jumpseat.url}${path}`;
      const reply = await page.evaluate(inPage(look, url, method));
      assert.ok(reply.error || reply.status >= 400, `${origin} ${path}: ${JSON.stringify(reply)}`);
      await page.evaluate(`fetch(${JSON.stringify(url)}, { method: ${JSON.stringify(method)}, mode: 'no-cors',
                                                           credentials: 'include' }).catch(() => 0)`);
    }
    await page.close();
  }
  assert.equal((await jumpseat.status()).paused, false);
  assert.equal(readFileSync(join(jumpseat.env.XDG_CONFIG_HOME, 'jumpseat/jumpseat.conf'), 'utf8'), before);
});

test('pages forbid to be framed, and to load anything from elsewhere', LIMIT, async () => {
  const { headers } = await ask('GET', '/', { Accept: 'text/html' });
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['x-frame-options'], 'DENY');
  assert.match(headers['content-security-policy'], /default-src 'none'|default-src 'self'/);
  assert.match(headers['content-security-policy'], /frame-ancestors 'none'/);
  assert.doesNotMatch(headers['content-security-policy'], /unsafe|\*/);
  assert.ok(headers['referrer-policy']);
});
