// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// A headless Chromium, driven through its debugging pipe, and everything that its network layer saw:
// what pages may not read, this side does.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMMAND_LIMIT_MS = 120000;

// Names that do not exist lead to this machine: so a page can have any origin. That Chromium itself
// keeps pages away from local addresses is switched off, other browsers have nothing of the kind.
const OPTIONS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
  '--disable-extensions', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--mute-audio', '--disable-popup-blocking',
  '--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding', '--remote-debugging-pipe',
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,' +
      'BlockInsecurePrivateNetworkRequests,Translate,MediaRouter,OptimizationHints,HttpsUpgrades',
  '--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, ' +
      'EXCLUDE 0.0.0.0, EXCLUDE [::1]',
  '--no-proxy-server',
];

export class Chromium {
  // `program` is the path of a Chromium.
  static async start(program) {
    const self = new Chromium();
    self.home = mkdtempSync(join(tmpdir(), 'jumpseat-browser-'));
    self.child = spawn(program, [...OPTIONS, `--user-data-dir=${self.home}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: self.home, LANG: 'C' },
      detached: true,
    });
    self.ended = new Promise((resolve) => { self.child.on('exit', resolve); });
    self.ended.then(() => { self.gone = true; });
    self.child.on('error', () => { self.gone = true; });
    process.on('exit', () => self.#kill());
    self.calls = new Map();
    self.last = 0;
    self.sessions = new Map();
    self.seen = new Map();
    self.pages = new Map();
    self.#listen();
    await self.call('Browser.getVersion');
    await self.call('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    return self;
  }

  #listen() {
    let text = '';
    this.child.stdio[3].on('error', () => {});
    this.child.stdio[4].setEncoding('utf8').on('data', (data) => {
      text += data;
      for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0')) {
        const message = JSON.parse(text.slice(0, end));
        text = text.slice(end + 1);
        if (message.id) this.#finish(message);
        else this.#notice(message);
      }
    });
  }

  #finish({ id, result, error }) {
    const call = this.calls.get(id);
    this.calls.delete(id);
    clearTimeout(call.timer);
    if (error) call.reject(new Error(`${call.method}: ${error.message}`));
    else call.resolve(result);
  }

  call(method, params = {}, sessionId = undefined) {
    return new Promise((resolve, reject) => {
      const id = ++this.last;
      const timer = setTimeout(() => reject(new Error(`no answer to ${method}`)), COMMAND_LIMIT_MS);
      this.calls.set(id, { resolve, reject, timer, method });
      this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  // Whatever opens, a page, a frame or a worker, is watched before it may do anything.
  async #watch(sessionId, target) {
    const quiet = () => {};
    this.sessions.set(sessionId, target);
    this.pages.set(target.targetId, sessionId);
    this.call('Network.enable', {}, sessionId).catch(quiet);
    this.call('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true },
              sessionId).catch(quiet);
    await this.call('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(quiet);
  }

  #entry(sessionId, requestId) {
    const key = requestId;
    if (!this.seen.has(key)) this.seen.set(key, { url: '', headers: {} });
    return this.seen.get(key);
  }

  #notice({ method, params, sessionId }) {
    switch (method) {
      case 'Target.attachedToTarget':
        this.#watch(params.sessionId, params.targetInfo);
        break;
      case 'Network.requestWillBeSent':
        Object.assign(this.#entry(sessionId, params.requestId),
                      { url: params.request.url, method: params.request.method, type: params.type });
        break;
      case 'Network.webSocketCreated':
        Object.assign(this.#entry(sessionId, params.requestId),
                      { url: params.url, method: 'GET', type: 'WebSocket' });
        break;
      // A handshake that is refused is told to nobody but the service's log.
      case 'Network.webSocketWillSendHandshakeRequest':
        Object.assign(this.#entry(sessionId, params.requestId), { wasSent: true });
        break;
      case 'Network.webSocketHandshakeResponseReceived':
        Object.assign(this.#entry(sessionId, params.requestId), { status: params.response.status });
        break;
      case 'Network.responseReceived':
        Object.assign(this.#entry(sessionId, params.requestId), { status: params.response.status });
        break;
      // What really came, whatever the page is told of it.
      case 'Network.responseReceivedExtraInfo':
        Object.assign(this.#entry(sessionId, params.requestId),
                      { rawStatus: params.statusCode, headers: params.headers });
        break;
      case 'Fetch.requestPaused':
        this.call('Fetch.fulfillRequest', {
          requestId: params.requestId,
          responseCode: 200,
          responseHeaders: [{ name: 'Content-Type', value: 'text/html; charset=utf-8' }],
          body: Buffer.from(this.planted).toString('base64'),
        }, sessionId).catch(() => {});
        break;
      default:
    }
  }

  // Requests to a port, with what came back.
  requests(port) {
    return [...this.seen.values()].filter(({ url }) => URL.canParse(url) && new URL(url).port === `${port}`);
  }

  forget() {
    this.seen.clear();
  }

  // Opens a page. `html` takes the place of what would come from the server, as with an attacker's
  // name that points elsewhere a moment later.
  async open(url, html = null) {
    const { targetId } = await this.call('Target.createTarget', { url: 'about:blank' });
    while (!this.pages.has(targetId)) await new Promise((resolve) => { setTimeout(resolve, 5); });
    const page = new Page(this, this.pages.get(targetId), targetId);
    if (html !== null) {
      this.planted = html;
      await page.call('Fetch.enable', { patterns: [{ urlPattern: `${url}*`, resourceType: 'Document' }] });
    }
    await page.call('Page.enable');
    await page.navigate(url);
    if (html !== null) await page.call('Fetch.disable');
    return page;
  }

  #kill() {
    if (!this.gone) process.kill(-this.child.pid, 'SIGKILL');
  }

  async stop() {
    this.call('Browser.close').catch(() => {});
    const timer = setTimeout(() => this.#kill(), 10000);
    await this.ended;
    clearTimeout(timer);
    for (const { timer: limit } of this.calls.values()) clearTimeout(limit);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Page {
  constructor(browser, sessionId, targetId) {
    Object.assign(this, { browser, sessionId, targetId });
  }

  call(method, params) {
    return this.browser.call(method, params, this.sessionId);
  }

  async navigate(url) {
    const { errorText } = await this.call('Page.navigate', { url });
    for (let state = ''; !errorText && state !== 'complete';) {
      state = await this.evaluate('document.readyState').catch(() => '');
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
    return errorText;
  }

  // The value of an expression, waited for.
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', {
      expression, awaitPromise: true, returnByValue: true, userGesture: true,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  async close() {
    await this.browser.call('Target.closeTarget', { targetId: this.targetId });
  }
}
