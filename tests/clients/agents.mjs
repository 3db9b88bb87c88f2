// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Runs the coding agents headless, each in a home and a project of its own. Whatever they want of
// hosts other than this machine goes to a proxy that does not exist.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Watcher } from './watcher.mjs';

const LIMIT_MS = 120000;
const NOWHERE = 'http://127.0.0.1:9';
const packages = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
const CLAUDE_CODE = join(packages, '@anthropic-ai/claude-code/cli-wrapper.cjs');
const CODEX = join(packages, '@openai/codex/bin/codex.js');
const OPENCODE = join(packages, 'opencode-linux-x64/bin/opencode');

// Why opencode cannot be tested here, or false. Only one of its programs is pinned.
export const withoutOpencode = existsSync(OPENCODE) || `${process.platform}-${process.arch}` === 'linux-x64' ?
    false : `the opencode that is pinned is for linux-x64, this is ${process.platform}-${process.arch}`;

// Where an agent works: a home and in it an empty project.
export class Desk {
  constructor() {
    this.home = mkdtempSync(join(tmpdir(), 'jumpseat-agent-'));
    this.project = join(this.home, 'project');
    mkdirSync(this.project);
  }

  // What a file of the project holds, or null.
  read(name) {
    const file = join(this.project, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  }

  write(name, text) {
    const file = join(this.home, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  // Runs a program in the project to its end, at most LIMIT_MS.
  run(program, args, more) {
    const env = { PATH: process.env.PATH, HOME: this.home, HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE,
                  NO_PROXY: '127.0.0.1,localhost,::1', ...more };
    return new Promise((resolve, reject) => {
      // A group of its own, because the agents start children that have to end with them.
      const child = spawn(program, args, { cwd: this.project, env, detached: true,
                                           stdio: ['ignore', 'pipe', 'pipe'] });
      const result = { output: '', errors: '', late: false };
      const end = () => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it has ended */ } };
      const timer = setTimeout(() => { result.late = true; end(); }, LIMIT_MS);
      process.once('exit', end);
      child.stdout.on('data', (data) => { result.output += data; });
      child.stderr.on('data', (data) => { result.errors += data; });
      child.on('error', reject);
      child.on('close', (code) => {
        clearTimeout(timer);
        process.off('exit', end);
        end();
        resolve({ ...result, code });
      });
    });
  }

  remove() {
    rmSync(this.home, { recursive: true, force: true });
  }
}

// Lends a desk and a watcher to `work`. `work` may run an agent on the watcher's address.
export async function atDesk(jumpseat, work) {
  const desk = new Desk();
  const watcher = await Watcher.start(jumpseat);
  try {
    await work(desk, watcher);
  } finally {
    watcher.stop();
    desk.remove();
  }
}

// What all agents are told to do; with the whole path, which some of their tools want.
export function orderFile(desk, name, text) {
  return `Please create the file ${join(desk.project, name)} with the text "${text}"`;
}

export function runClaudeCode(desk, args, variables) {
  return desk.run(process.execPath, [CLAUDE_CODE, ...args],
                  { IS_SANDBOX: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', ...variables });
}

// `claude -p`; its reply is JSON with `is_error` and `result`. With `goOn` it takes up the talk before.
export function claudeCode(service, desk, model, prompt, { goOn = false } = {}) {
  return runClaudeCode(desk,
                       ['-p', prompt, '--model', model, '--output-format', 'json',
                        '--dangerously-skip-permissions', ...(goOn ? ['--continue'] : [])],
                       { ANTHROPIC_BASE_URL: service.url, ANTHROPIC_AUTH_TOKEN: 'anything' });
}

// With the settings of the desk's folder codex/.
export function runCodex(desk, args) {
  return desk.run(process.execPath, [CODEX, ...args],
                  { CODEX_HOME: join(desk.home, 'codex'), JUMPSEAT_KEY: 'anything' });
}

// A ChatGPT login nobody issued: with one, Codex compresses what it sends.
function chatgptLogin() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const hours = 3600;
  const token = [part({ alg: 'none' }), part({
    email: 'user@example.com',
    exp: Math.floor(Date.now() / 1000) + 24 * hours,
    'https://api.openai.com/auth': { chatgpt_account_id: 'account', chatgpt_plan_type: 'plus',
                                     chatgpt_user_id: 'user' },
  }), 'none'].join('.');
  return JSON.stringify({
    auth_mode: 'chatgpt',
    tokens: { id_token: token, access_token: token, refresh_token: 'none', account_id: 'account' },
    last_refresh: new Date().toISOString(),
  });
}

// `codex exec`; its output is a JSON event per line. With `goOn` it takes up the talk before, with
// `zstd` it sends compressed bodies.
export function codex(service, desk, model, prompt, { goOn = false, zstd = false } = {}) {
  desk.write('codex/config.toml', `
model = "${model}"
model_provider = "jumpseat"
model_reasoning_effort = "medium"
model_reasoning_summary = "auto"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false
[analytics]
enabled = false
[model_providers.jumpseat]
name = "${zstd ? 'OpenAI' : 'Jumpseat'}"
base_url = "${service.url}/v1"
wire_api = "responses"
${zstd ? 'requires_openai_auth = true' : 'env_key = "JUMPSEAT_KEY"'}
request_max_retries = 0
stream_max_retries = 0
supports_websockets = false
`);
  if (zstd) desk.write('codex/auth.json', chatgptLogin());
  return runCodex(desk, ['exec', '--skip-git-repo-check', '--json',
                         ...(goOn ? ['resume', '--last', prompt] : [prompt])]);
}

// With the settings of the project. Without the variables it would ask models.dev and npm.
export function runOpencode(desk, args) {
  return desk.run(OPENCODE, args,
                  { OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1',
                    OPENCODE_DISABLE_LSP_DOWNLOAD: '1', OPENCODE_DISABLE_DEFAULT_PLUGINS: '1' });
}

// `opencode run` with one of its providers: openai-compatible, anthropic or openai, which are built in.
export function opencode(service, desk, provider, model, prompt) {
  desk.write('project/opencode.json', JSON.stringify({
    autoupdate: false,
    share: 'disabled',
    provider: {
      jumpseat: {
        npm: `@ai-sdk/${provider}`,
        options: { baseURL: `${service.url}/v1`, apiKey: 'anything' },
        models: { [model]: { name: model } },
      },
    },
  }));
  return runOpencode(desk, ['run', '-m', `jumpseat/${model}`, prompt]);
}
