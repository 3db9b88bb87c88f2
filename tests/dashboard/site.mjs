// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The program with its dashboard open in a browser, and what every page must keep to: no error on the
// console, no request to anybody else, nothing that axe finds serious.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { Jumpseat } from '../clients/program.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LIMIT_MS = 10000;
// Colours are what a look changes, and places: the rest of axe is asked once.
const COLOURS = ['color-contrast', 'link-in-text-block'];
const LOOKS = [
  { look: 'light', scheme: 'light', rules: {} },
  { look: 'dark', scheme: 'dark', rules: { runOnly: COLOURS } },
  { look: 'phone', scheme: 'light', rules: { rules: Object.fromEntries(COLOURS.map((id) => [id, { enabled: false }])) } },
];
// A build with sanitizers has the same pages: there only what they do counts.
const IS_LOOKING = process.env.DASHBOARD_LOOKS !== 'no';
const PICTURES = join(process.env.DASHBOARD_PICTURES ?? '.', 'pictures');
export const DESK = { width: 1280, height: 860 };
export const PHONE = { width: 360, height: 740 };

export class Site {
  // `options` are those of Jumpseat.start ().
  static async start(options = {}) {
    const self = new Site();
    self.program = await Jumpseat.start(options);
    self.url = self.program.url;
    self.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    self.troubles = [];
    self.expected = [];
    mkdirSync(PICTURES, { recursive: true });
    self.page = await self.openBrowser();
    return self;
  }

  controlKey() {
    const { XDG_RUNTIME_DIR: folder } = this.program.env;
    const name = readdirSync(folder, { recursive: true }).map((file) => join(folder, `${file}`))
        .find((file) => file.endsWith(`control-${this.program.port}.json`));
    return JSON.parse(readFileSync(name, 'utf8')).key;
  }

  // The control API, as the command line uses it.
  async control(method, path, body) {
    const reply = await fetch(`${this.url}${path}`, {
      method, headers: { authorization: `Bearer ${this.controlKey()}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    assert.ok(reply.ok, `${method} ${path}: ${reply.status} ${text}`);
    return reply.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  }

  // A browser that the menu's link has let in.
  async openBrowser(options = {}) {
    const context = await this.browser.newContext({ viewport: DESK, ...options });
    context.setDefaultTimeout(LIMIT_MS);
    const page = await context.newPage();
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.url });
    this.#watch(page);
    const { url } = await this.control('POST', '/api/session/link');
    await page.goto(url);
    await page.locator('#nav a').first().waitFor();
    return page;
  }

  #watch(page) {
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      this.troubles.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.troubles.push(`page: ${error.stack ?? error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${this.url}/`) && !url.startsWith('data:') && !url.startsWith('blob:')) {
        this.troubles.push(`request to ${url}`);
      }
    });
  }

  // Some error a test brings about itself: what matches is no trouble.
  expect(pattern) {
    this.expected.push(pattern);
  }

  async go(hash, page = this.page) {
    await page.evaluate((next) => { location.hash = next; }, hash);
  }

  // One question through the model API, as any program asks it.
  async ask(path, body, headers = {}) {
    const reply = await fetch(`${this.url}${path}`, {
      method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body),
    });
    const text = await reply.text();
    return { status: reply.status, text, id: reply.headers.get('x-request-id') };
  }

  async picture(name, page = this.page) {
    await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true, animations: 'disabled' });
  }

  // The page in light, dark and on a phone: pictures of each, and what axe says.
  async checkLooks(name, page = this.page) {
    if (!IS_LOOKING) return;
    await page.evaluate(() => {
      for (const toast of document.querySelectorAll('.toast.good')) toast.remove();
      scrollTo(0, 0);
    });
    for (const { look, scheme, rules } of LOOKS) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize(look === 'phone' ? PHONE : DESK);
      await page.waitForTimeout(150);
      await this.picture(`${name}-${look}`, page);
      await this.checkAccess(`${name}, ${look}`, page, rules);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name}, ${look}: ${wide} px wider than the window`);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(DESK);
  }

  // `rules` are options of axe.run ().
  async checkAccess(what, page = this.page, rules = {}) {
    if (!IS_LOOKING) return;
    // By the debugger, which the policy of the page does not stop.
    if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(AXE);
    const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options),
                                               { resultTypes: ['violations'], ...rules });
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ''}`).join('; ')}`);
    assert.deepEqual(grave, [], what);
  }

  // At the end of a test: nothing went wrong unseen.
  checkQuiet() {
    const found = this.troubles.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
    this.troubles = [];
    assert.deepEqual(found, []);
  }

  async stop() {
    await this.browser?.close();
    await this.program?.stop();
  }
}
