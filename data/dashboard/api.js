// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The control API. Answers are JSON; whatever goes wrong is an ApiError.

export class ApiError extends Error {
  constructor(status, message, details = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status; // 0: nobody answered
    this.details = details; // the answer, read
  }
}

// Called when this browser is not let in any more, with true, and with false when it is again.
const locked = new Set();
let isLocked = false;

export function onLocked(fn) {
  locked.add(fn);
  fn(isLocked);
  return () => locked.delete(fn);
}

function setLocked(value) {
  if (value === isLocked) return;
  isLocked = value;
  for (const fn of locked) fn(value);
}

// Errors have the shape of the API that they belong to: OpenAI's, Anthropic's or Ollama's.
function readMessage(body, status) {
  const error = body?.error;
  if (typeof error === 'string') return error;
  if (typeof error?.message === 'string') return error.message;
  if (typeof body?.message === 'string') return body.message;
  return `the service answered with status ${status}`;
}

async function read(reply) {
  const type = reply.headers.get('content-type') ?? '';
  if (reply.status === 204) return null;
  if (!type.includes('json')) return reply.text();
  return reply.json().catch(() => null);
}

// For answers that are no JSON, and streams: the Response itself, or an ApiError.
export async function ask(path, options = {}) {
  let reply;
  try {
    reply = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...options });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, 'Jumpseat does not answer. Is it still running?');
  }
  if (reply.ok) {
    setLocked(false);
    return reply;
  }
  const body = await read(reply).catch(() => null);
  const error = new ApiError(reply.status, readMessage(body, reply.status), body);
  const code = body?.error?.code ?? body?.code;
  if (reply.status === 401 || (reply.status === 403 && (code === 'forbidden' || code === 'control_needs_tls'))) {
    setLocked(true);
  }
  throw error;
}

async function call(method, path, body, options = {}) {
  const headers = { accept: 'application/json', ...options.headers };
  let content;
  if (body instanceof FormData || body instanceof Blob) content = body;
  else if (body !== undefined) {
    headers['content-type'] = 'application/json';
    content = JSON.stringify(body);
  }
  return read(await ask(path, { ...options, method, headers, body: content }));
}

export const get = (path, options) => call('GET', path, undefined, options);
export const post = (path, body, options) => call('POST', path, body, options);
export const put = (path, body, options) => call('PUT', path, body, options);
export const patch = (path, body, options) => call('PATCH', path, body, options);
export const del = (path, body, options) => call('DELETE', path, body, options);

// "?a=1&b=2" of what is neither null, undefined nor "".
export function query(values) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, value);
  }
  const all = params.toString();
  return all === '' ? '' : `?${all}`;
}
