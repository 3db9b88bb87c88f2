// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// HTTP itself, as curl speaks it: versions, framing, refusals.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Jumpseat } from './program.mjs';

const jumpseat = await Jumpseat.start();
const CHAT_URL = `${jumpseat.url}/v1/chat/completions`;
const JSON_TYPE = ['-H', 'Content-Type: application/json'];
const ask = (more = {}) => JSON.stringify(
    { model: 'gpt-4.1', messages: [{ role: 'user', content: 'Say hello' }], ...more });

// Runs curl; resolves to its output with the headers of the last reply taken apart.
function curl(...args) {
  return new Promise((resolve, reject) => {
    const all = ['-q', '-sS', '-i', '--max-time', '60', ...args];
    execFile('curl', all, { env: jumpseat.env, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error && !stdout) return reject(new Error(stderr || `${error}`));
      let rest = stdout.replace(/\r\n/g, '\n');
      let head = '';
      while (/^HTTP\//.test(rest)) {
        const end = rest.indexOf('\n\n');
        head = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (!/^HTTP\/[\d.]+ 1\d\d/.test(head)) break;
      }
      const headers = Object.fromEntries(head.split('\n').slice(1).map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }));
      const [, version, status] = /^HTTP\/([\d.]+) (\d+)/.exec(head) ?? [];
      resolve({ version, status: Number(status), headers, body: rest, stdout, stderr,
                code: error?.code ?? 0 });
    });
  });
}

function checkError(reply, status) {
  assert.equal(reply.status, status, reply.stdout);
  assert.match(reply.headers['content-type'], /^application\/json/);
  const { error } = JSON.parse(reply.body);
  assert.equal(typeof error.message, 'string');
  assert.match(error.message, /\S/);
  assert.equal(typeof error.type, 'string');
  assert.ok('code' in error);
  return error;
}

test('a stream ends with [DONE]', async () => {
  const reply = await curl('-N', ...JSON_TYPE, '-d', ask({ stream: true }), CHAT_URL);
  assert.equal(reply.status, 200);
  assert.match(reply.headers['content-type'], /^text\/event-stream/);
  assert.match(reply.body, /data: \[DONE\]\n\n: x-jumpseat-credits [\d.]+\n$/);
  const events = reply.body.split('\n\n').filter((event) => event.startsWith('data: {'));
  assert.ok(events.length >= 2);
  for (const event of events) JSON.parse(event.slice(6));
  assert.match(reply.headers['x-request-id'], /\S/);
});

test('the short path works too', async () => {
  const reply = await curl(...JSON_TYPE, '-d', ask(), `${jumpseat.url}/chat/completions`);
  assert.equal(reply.status, 200, reply.stdout);
  assert.equal(JSON.parse(reply.body).object, 'chat.completion');
  const models = await curl(`${jumpseat.url}/models`);
  assert.equal(JSON.parse(models.body).object, 'list');
});

test('an unknown path is 404', async () => {
  checkError(await curl(`${jumpseat.url}/v1/nothing/here`), 404);
});

test('a wrong method is 405 and says which are right', async () => {
  const get = await curl(CHAT_URL);
  checkError(get, 405);
  assert.match(get.headers.allow, /\bPOST\b/);
  const put = await curl('-X', 'PUT', '-d', '{}', `${jumpseat.url}/v1/models`);
  checkError(put, 405);
  assert.match(put.headers.allow, /\bGET\b/);
});

test('a body that is not JSON is 400', async () => {
  for (const body of ['', '{', 'hello', '[1,2', '{"model":"gpt-4.1","messages":[}']) {
    const reply = await curl(...JSON_TYPE, '--data-binary', body, CHAT_URL);
    checkError(reply, 400);
  }
});

test('a body over the limit is 413', async () => {
  const file = join(jumpseat.home, 'huge.json');
  writeFileSync(file, ask({ padding: 'x'.repeat(33 << 20) }));
  checkError(await curl(...JSON_TYPE, '--data-binary', `@${file}`, CHAT_URL), 413);
  const chunked = ['-H', 'Transfer-Encoding: chunked', '-H', 'Expect:'];
  checkError(await curl(...JSON_TYPE, ...chunked, '--data-binary', `@${file}`, CHAT_URL), 413);
});

test('a foreign Host is refused', async () => {
  for (const host of ['evil.example', 'evil.example:8081', '127.0.0.1.evil.example', '192.168.1.7']) {
    const reply = await curl('-H', `Host: ${host}`, `${jumpseat.url}/v1/models`);
    assert.ok([421, 403].includes(reply.status), `${host}: ${reply.status}`);
    checkError(reply, reply.status);
  }
  for (const host of ['localhost', `localhost:${jumpseat.port}`, `[::1]:${jumpseat.port}`, '127.0.0.1']) {
    const reply = await curl('-H', `Host: ${host}`, `${jumpseat.url}/livez`);
    assert.equal(reply.status, 200, host);
  }
});

test('no page of another origin is let in', async () => {
  const reply = await curl('-H', 'Origin: https://evil.example', `${jumpseat.url}/v1/models`);
  assert.equal(reply.headers['access-control-allow-origin'], undefined);
  const preflight = await curl('-X', 'OPTIONS', '-H', 'Origin: https://evil.example',
                               '-H', 'Access-Control-Request-Method: POST', CHAT_URL);
  assert.equal(preflight.headers['access-control-allow-origin'], undefined);
});

test('HEAD and GET /livez', async () => {
  const get = await curl(`${jumpseat.url}/livez`);
  assert.equal(get.status, 200);
  const head = await curl('-I', `${jumpseat.url}/livez`);
  assert.equal(head.status, 200);
  assert.equal(head.body, '');
});

test('health as JSON and as a word', async () => {
  for (const path of ['/health', '/v1/health']) {
    const json = await curl('-H', 'Accept: application/json', jumpseat.url + path);
    assert.equal(json.status, 200);
    const health = JSON.parse(json.body);
    assert.equal(health.status, 'healthy');
    assert.ok(Array.isArray(health.checks) && health.checks.length > 0);
    const word = await curl('-H', 'Accept: text/plain', jumpseat.url + path);
    assert.equal(word.status, 200);
    assert.match(word.headers['content-type'], /^text\/plain/);
    assert.match(word.body, /^OK\s*$/);
  }
});

test('version', async () => {
  const reply = await curl(`${jumpseat.url}/version`);
  assert.equal(reply.status, 200);
  assert.match(JSON.parse(reply.body).version, /^\d+\.\d+\.\d+/);
});

test('a client that waits for 100 Continue gets it', async () => {
  const file = join(jumpseat.home, 'big.json');
  const big = { messages: [{ role: 'user', content: `Say hello ${'word '.repeat(400000)}` }] };
  writeFileSync(file, ask(big));
  // curl would go on by itself after a second; a minute makes the answer necessary.
  const reply = await curl('--expect100-timeout', '60', '-H', 'Expect: 100-continue', ...JSON_TYPE,
                           '--data-binary', `@${file}`, CHAT_URL);
  assert.match(reply.stdout, /^HTTP\/1\.1 100/);
  // Two million characters are more than any model takes; what matters is that it was read.
  assert.ok(reply.status === 200 || reply.status === 400, reply.body.slice(0, 500));
});

test('HTTP/1.0 is answered', async () => {
  const plain = await curl('-0', ...JSON_TYPE, '-d', ask(), CHAT_URL);
  assert.equal(plain.status, 200);
  assert.equal(JSON.parse(plain.body).object, 'chat.completion');
  const stream = await curl('-0', '-N', ...JSON_TYPE, '-d', ask({ stream: true }), CHAT_URL);
  assert.equal(stream.headers['transfer-encoding'], undefined, 'HTTP/1.0 knows no chunks');
  assert.match(stream.body, /^data: /);
  assert.match(stream.body, /data: \[DONE\]\n\n: x-jumpseat-credits [\d.]+\n$/);
});

test('a connection is used again, also after a stream', async () => {
  const two = await curl('-v', `${jumpseat.url}/livez`, `${jumpseat.url}/version`);
  assert.match(two.stderr, /Re-using existing connection/);
  const three = await curl('-v', '-N', ...JSON_TYPE, '-d', ask({ stream: true }), CHAT_URL,
                           '--next', '-sS', '-i', ...JSON_TYPE, '-d', ask(), CHAT_URL,
                           '--next', '-sS', '-i', `${jumpseat.url}/livez`);
  assert.equal(three.stderr.match(/Re-using existing connection/g)?.length, 2, three.stderr);
  assert.equal(three.stdout.match(/HTTP\/1\.1 200/g).length, 3);
});

test('a request body may come in chunks', async () => {
  const reply = await curl('-H', 'Transfer-Encoding: chunked', ...JSON_TYPE, '-d', ask(), CHAT_URL);
  assert.equal(reply.status, 200, reply.stdout);
  assert.equal(JSON.parse(reply.body).object, 'chat.completion');
});

test('a request body may be compressed', async () => {
  const file = join(jumpseat.home, 'packed');
  for (const [coding, pack] of [['gzip', gzipSync], ['deflate', deflateSync], ['br', brotliCompressSync]]) {
    writeFileSync(file, pack(ask({ messages: [{ role: 'user', content: `Say ${coding}` }] })));
    const reply = await curl(...JSON_TYPE, '-H', `Content-Encoding: ${coding}`, '--data-binary', `@${file}`,
                             CHAT_URL);
    // Brotli is optional in a build.
    if (coding === 'br' && reply.status === 415) continue;
    assert.equal(reply.status, 200, reply.stdout);
    assert.match(reply.body, new RegExp(`Say ${coding}`));
  }
  writeFileSync(file, 'not packed at all');
  checkError(await curl(...JSON_TYPE, '-H', 'Content-Encoding: gzip', '--data-binary', `@${file}`, CHAT_URL), 400);
  checkError(await curl(...JSON_TYPE, '-H', 'Content-Encoding: rot13', '-d', ask(), CHAT_URL), 415);
});

test('what clients look for before they ask', async () => {
  for (const path of ['/', '/api/hello']) {
    const head = await curl('-I', jumpseat.url + path);
    assert.equal(head.status, 200, path);
    assert.equal(head.body, '');
  }
  assert.equal((await curl(`${jumpseat.url}/`)).body, 'Ollama is running');
});

test('the caller\'s key goes nowhere and is not asked for', async () => {
  const reply = await curl('-H', 'Authorization: Bearer sk-whatever', ...JSON_TYPE, '-d', ask(), CHAT_URL);
  assert.equal(reply.status, 200, reply.stdout);
  assert.ok(!jumpseat.output.includes('sk-whatever'));
});

test('control routes want their key', async () => {
  checkError(await curl(`${jumpseat.url}/api/status`), 401);
});

test('IPv6 loopback answers', async (t) => {
  const reply = await curl(`http://[::1]:${jumpseat.port}/livez`).catch((error) => error);
  if (reply instanceof Error && /(not available|Cannot assign)/.test(reply.message)) {
    t.skip('no IPv6 here');
    return;
  }
  assert.equal(reply.status, 200, `${reply}`);
});

test('the program ends well', () => jumpseat.stop());
