// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Starts the real program on its simulator, in folders of its own, and stops it again.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_LIMIT_MS = 30000;
const STOP_LIMIT_MS = 30000;

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Asks until `look` returns something, at most `limit` ms.
export async function waitFor(what, look, limit = 10000) {
  const end = Date.now() + limit;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > end) throw new Error(`timed out waiting for ${what}`);
    await pause(20);
  }
}

// A port that nobody else takes until our program does: outside of those that the system gives away by itself
// (32768 and more), and each process has some of its own, because tests run side by side.
const PORTS_FROM = 26000;
const PORTS = 6000;
const PORTS_OF_A_PROCESS = 20;
let portCount = 0;

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

export async function freePort() {
  const first = PORTS_FROM + (process.pid * PORTS_OF_A_PROCESS) % PORTS;
  for (let tries = 0; tries < PORTS_OF_A_PROCESS; tries++) {
    const port = first + portCount++ % PORTS_OF_A_PROCESS;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${first} on is free`);
}

function environment(home) {
  const kept = ['PATH', 'LANG', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS',
                'ASAN_SYMBOLIZER_PATH', 'G_SLICE'];
  const env = { G_DEBUG: 'fatal-criticals', NO_PROXY: '127.0.0.1,localhost,::1' };
  for (const name of kept) {
    if (process.env[name] !== undefined) env[name] = process.env[name];
  }
  const folders = { HOME: '', XDG_CONFIG_HOME: 'config', XDG_DATA_HOME: 'data',
                    XDG_CACHE_HOME: 'cache', XDG_RUNTIME_DIR: 'runtime', XDG_STATE_HOME: 'state' };
  for (const [name, folder] of Object.entries(folders)) {
    env[name] = join(home, folder);
    mkdirSync(env[name], { recursive: true, mode: 0o700 });
  }
  return env;
}

export class Jumpseat {
  // Starts `jumpseat --no-gui --demo` and returns when it says that it is ready. `settings` is the
  // text of its settings file. With a scenario, a name or an object, it is no demo but signed in to a
  // simulator of its own, which plays that. `kept` are files that an earlier run left, by their names.
  static async start({ settings = null, scenario = null, kept = {} } = {}) {
    const self = new Jumpseat();
    self.binary = process.env.JUMPSEAT_BINARY;
    assert.ok(self.binary, 'JUMPSEAT_BINARY names the program');
    self.home = mkdtempSync(join(tmpdir(), 'jumpseat-client-'));
    self.env = environment(self.home);
    self.port = await freePort();
    self.url = `http://127.0.0.1:${self.port}`;
    self.output = '';
    if (settings) {
      const folder = join(self.env.XDG_CONFIG_HOME, 'jumpseat');
      mkdirSync(folder, { mode: 0o700 });
      writeFileSync(join(folder, 'jumpseat.conf'), settings);
    }
    if (Object.keys(kept).length > 0) {
      const folder = join(self.env.XDG_DATA_HOME, 'jumpseat');
      mkdirSync(folder, { mode: 0o700 });
      for (const [name, text] of Object.entries(kept)) writeFileSync(join(folder, name), text);
    }
    if (scenario) await self.#simulate(scenario);
    self.child = spawn(self.binary, ['--no-gui', ...(scenario ? [] : ['--demo']), '--port', `${self.port}`],
                       { env: self.env, stdio: ['ignore', 'pipe', 'pipe'] });
    self.ended = new Promise((resolve) => {
      self.child.on('exit', (code, signal) => resolve({ code, signal }));
    });
    self.ended.then(() => { self.gone = true; });
    for (const stream of [self.child.stdout, self.child.stderr]) {
      stream.on('data', (data) => { self.output += data; });
    }
    const kill = () => self.child.kill('SIGKILL');
    process.on('exit', kill);
    self.ended.then(() => process.off('exit', kill));
    try {
      await waitFor('/readyz', async () => {
        if (self.gone) throw new Error('the program ended while starting');
        const reply = await fetch(`${self.url}/readyz`).catch(() => null);
        return reply?.status === 200;
      }, START_LIMIT_MS);
    } catch (error) {
      self.child.kill('SIGKILL');
      throw new Error(`${error.message}; it printed:\n${self.output}`);
    }
    return self;
  }

  async #simulate(scenario) {
    let name = scenario;
    if (typeof scenario !== 'string') {
      name = join(this.home, 'scenario.json');
      writeFileSync(name, JSON.stringify(scenario));
    }
    // It ends when its input does, at the latest with this program.
    this.simulator = spawn(process.env.JUMPSEAT_SIMULATOR, [name], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = await once(this.simulator.stdout, 'data');
    const { url, token } = JSON.parse(line);
    Object.assign(this.env, { JUMPSEAT_GITHUB_URL: url, JUMPSEAT_GITHUB_API_URL: url,
                              JUMPSEAT_GITHUB_TOKEN: token, JUMPSEAT_SECRETS: 'file' });
  }

  // What `jumpseat status` knows, through the control routes.
  async status() {
    const file = readdirSync(this.env.XDG_RUNTIME_DIR, { recursive: true })
        .map((name) => join(this.env.XDG_RUNTIME_DIR, `${name}`))
        .find((name) => name.endsWith(`control-${this.port}.json`));
    const { key } = JSON.parse(readFileSync(file, 'utf8'));
    const reply = await fetch(`${this.url}/api/status`,
                              { headers: { authorization: `Bearer ${key}` } });
    assert.equal(reply.status, 200);
    return reply.json();
  }

  // What the simulator was asked, newest first: model, status, headers, how much reasoning came back.
  async calls() {
    const { api_url: simulator } = await this.status();
    const reply = await fetch(`${simulator}/_simulator/calls`);
    assert.equal(reply.status, 200);
    return reply.json();
  }

  run(...args) {
    return spawnSync(this.binary, args, { env: this.env, encoding: 'utf8' });
  }

  // Ends it as a service manager does; it has to end by itself and well.
  async stop() {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_LIMIT_MS);
    const { code, signal } = await this.ended;
    clearTimeout(timer);
    this.simulator?.stdin.end();
    rmSync(this.home, { recursive: true, force: true });
    assert.deepEqual({ code, signal }, { code: 0, signal: null }, this.output);
    assert.doesNotMatch(this.output, /gh[ou]_|tid=/, 'no token in the output');
  }
}
