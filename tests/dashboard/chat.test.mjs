// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The playground: every API, as it streams, stopped, with images; what went over the wire; markdown that stays text.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { Site } from './site.mjs';

// The smallest picture there is.
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let site;
let page;
before(async () => {
  // Clients need a key here: the page's own session has to do instead.
  site = await Site.start({ settings: '[server]\nrequire_key = true\n' });
  ({ page } = site);
  await site.go('#/chat');
  await page.locator('select option[value="gpt-4.1"]').waitFor({ state: 'attached' });
});
after(() => site?.stop());
afterEach(() => site.checkQuiet());

const answer = () => page.locator('article.assistant').last();
const foot = () => answer().locator('.chat-foot');
const api = () => page.locator('.chat-parameters select').nth(1);
const model = () => page.locator('.chat-parameters select').nth(0);
const composer = () => page.getByRole('textbox', { name: 'Message' });

async function ask(text) {
  const n = await page.locator('article.assistant').count();
  await composer().fill(text);
  await composer().press('Enter');
  await page.locator('article.assistant').nth(n).waitFor();
}

async function finished() {
  await page.locator('article.assistant[aria-busy="false"]').last().waitFor({ timeout: 20000 });
  await page.getByRole('button', { name: 'Send' }).waitFor({ timeout: 20000 });
}

test('a program without a key is refused, this page is not', async () => {
  const { status } = await site.ask('/v1/chat/completions', {
    model: 'gpt-4.1',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  assert.equal(status, 401);
});

for (const [name, path] of [
  ['chat', '/v1/chat/completions'],
  ['responses', '/v1/responses'],
  ['messages', '/v1/messages'],
  ['ollama', '/api/chat'],
]) {
  test(`an answer streams through ${name}, with its price and everything on the wire`, async () => {
    await page.getByRole('button', { name: 'New conversation', exact: true }).click();
    await api().selectOption(name);
    await ask(`Hello through ${name}`);
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await finished();
    assert.match(await answer().locator('.chat-body').innerText(), new RegExp(`Hello through ${name}`));
    assert.match(await foot().innerText(), /^gpt-4\.1 · .*[1-9]\d* in.*, [1-9]\d* out.* · 0\.\d+ credits \(\$0\.\d+\)/);
    await answer().getByRole('button', { name: 'Wire' }).click();
    const wire = page.locator('#chat-wire');
    await wire.getByText('Request', { exact: true }).waitFor();
    assert.match(
      await wire.locator('.wire-text').first().innerText(),
      new RegExp(`POST ${path}[\\s\\S]*Hello through ${name}`),
    );
    assert.ok((await wire.locator('.wire-events li').count()) > 5, 'every event is there');
    const { items } = await site.control('GET', '/api/requests?per_page=1');
    assert.equal(items[0].endpoint, path);
  });
}

test('a conversation goes on with what was said before', async () => {
  await ask('And again');
  await finished();
  await answer().getByRole('button', { name: 'Wire' }).click();
  const sent = await page.locator('.wire-text').first().innerText();
  assert.match(sent, /Hello through ollama[\s\S]*assistant[\s\S]*And again/);
});

test('parameters and an image are sent', async () => {
  await page.getByRole('button', { name: 'New conversation', exact: true }).click();
  await api().selectOption('chat');
  await page.getByText('System prompt and parameters').click();
  await page.getByLabel('System prompt').fill('Be brief.');
  await page.getByLabel('Most tokens of an answer').fill('77');
  await page.getByLabel('Temperature').fill('0.5');
  await page.getByLabel('Web search').check();
  await page.locator('input[type="file"]').setInputFiles({ name: 'pixel.png', mimeType: 'image/png', buffer: PIXEL });
  await page.getByRole('button', { name: 'Remove pixel.png' }).waitFor();
  await ask('What is this?');
  await finished();
  assert.equal(await page.locator('.chat-image').count(), 1);
  await answer().getByRole('button', { name: 'Wire' }).click();
  const sent = JSON.parse((await page.locator('.wire-text').first().innerText()).split('\n\n')[1] ?? '{}');
  assert.deepEqual(
    [sent.max_tokens, sent.temperature, sent.web_search_options, sent.messages[0]],
    [77, 0.5, {}, { role: 'system', content: 'Be brief.' }],
  );
  assert.match(sent.messages[1].content[1].image_url.url, /^data:image\/png;base64,/);
  await api().selectOption('ollama');
  await page.getByText('Web search').waitFor({ state: 'hidden' });
  await page.getByText('System prompt and parameters').click();
});

test('an answer is stopped, and the service hears of it', async () => {
  await page.getByRole('button', { name: 'New conversation', exact: true }).click();
  await ask('Tell a long story');
  await page.getByRole('button', { name: 'Stop' }).click();
  await finished();
  assert.match(await foot().innerText(), /stopped/);
  for (let i = 0; i < 100; i++) {
    if ((await site.control('GET', '/api/status')).open_exchanges === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal((await site.control('GET', '/api/status')).open_exchanges, 0);
});

test('a refusal is shown as it is, and the question is not sent again', async () => {
  site.expect(/404 \(Not Found\)/);
  await page.getByRole('button', { name: 'New conversation', exact: true }).click();
  await page.evaluate(() => {
    const select = document.querySelector('.chat-parameters select');
    select.append(new Option('no-such-model', 'no-such-model'));
  });
  await model().selectOption('no-such-model');
  await ask('Hello');
  await answer().locator('.chat-error:not([hidden])').waitFor();
  assert.match(await answer().locator('.chat-error').innerText(), /no-such-model/);
  await finished();
});

test('conversations are kept, renamed, exported and deleted', async () => {
  const n = await page.locator('.chat-session').count();
  await page.reload();
  await page.locator('.chat-session').first().waitFor();
  assert.equal(await page.locator('.chat-session').count(), n);
  await page.locator('.chat-session', { hasText: 'What is this?' }).click();
  assert.match(await page.locator('.chat-log').innerText(), /1 image, not kept/);
  await page.getByRole('button', { name: 'Rename this conversation' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('The pixel');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await page.locator('.chat-session', { hasText: 'The pixel' }).waitFor();
  await page.getByRole('button', { name: 'Export this conversation' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Markdown' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'The_pixel.md');
  await page.getByRole('button', { name: 'Delete this conversation' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForFunction((left) => document.querySelectorAll('.chat-session').length === left, n - 1);
});

test('markdown becomes elements, and nothing else does', async () => {
  const text =
    '# Title\n\nA **bold** and *soft* `x<y` [link](https://evil.example/a)\n\n- one\n  - two\n- three\n\n3. a\n4. b\n\n> said\n\n' +
    '```js\nlet a = "<b>";\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<img src=x onerror="globalThis.bad = 1"><script>globalThis.bad = 1</script>\n\n' +
    '![p](https://evil.example/p.png) [j](javascript:alert(1))';
  const html = await page.evaluate(async (value) => {
    const { markdown } = await import('/dashboard/chat-markdown.js');
    const box = document.createElement('div');
    box.append(...markdown(value));
    document.body.append(box);
    const { innerHTML } = box;
    box.remove();
    return innerHTML;
  }, text);
  for (const part of [
    '<strong>bold</strong>',
    '<em>soft</em>',
    '<code>x&lt;y</code>',
    '<li>one<ul><li>two</li></ul></li>',
    '<ol start="3">',
    '<blockquote>',
    'let a = "&lt;b&gt;";',
    '<td>1</td>',
    'link (https://evil.example/a)',
    '&lt;script&gt;',
  ])
    assert.ok(html.includes(part), `${part} in ${html}`);
  assert.doesNotMatch(html, /<(img|script|a|iframe)\b/);
  assert.equal(await page.evaluate(() => globalThis.bad), undefined);
  // Whatever is cut off in the middle of a stream has to be readable, too.
  await page.evaluate(async (value) => {
    const { markdown } = await import('/dashboard/chat-markdown.js');
    for (let i = 0; i <= value.length; i++) markdown(value.slice(0, i));
  }, text);
});

test('it is readable in every look', async () => {
  await page.getByRole('button', { name: 'New conversation', exact: true }).click();
  await model().selectOption('gpt-4.1');
  await ask('Hello there');
  await finished();
  await answer().getByRole('button', { name: 'Wire' }).click();
  await site.checkLooks('chat');
});
