// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Reads the stream of a model call piece by piece, and runs one: what went out, and every event that came in.

import { APIS } from './chat-apis.js';

// Server-sent events, or JSON lines: feed (text) returns what is whole now, as {name, data} or {comment}.
export class StreamReader {
  constructor(isLines = false) {
    this.isLines = isLines;
    this.rest = '';
    this.clear();
  }

  clear() {
    this.name = '';
    this.data = [];
  }

  feed(text) {
    const found = [];
    this.rest += text;
    // A carriage return at the very end may belong to a line feed that is still to come.
    const parts = this.rest.split(/\r\n|\n|\r(?!$)/);
    this.rest = parts.pop();
    for (const line of parts) this.take(line, found);
    return found;
  }

  end() {
    const found = [];
    if (this.rest) this.take(this.rest.replace(/\r$/, ''), found);
    this.rest = '';
    this.take('', found);
    return found;
  }

  take(line, found) {
    if (this.isLines) {
      if (line) found.push({ name: '', data: line });
    } else if (line === '') {
      if (this.data.length) found.push({ name: this.name, data: this.data.join('\n') });
      this.clear();
    } else if (line.startsWith(':')) {
      found.push({ comment: line.slice(1).trim() });
    } else {
      const at = line.indexOf(':');
      const field = at < 0 ? line : line.slice(0, at);
      const value = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '');
      if (field === 'event') this.name = value;
      else if (field === 'data') this.data.push(value);
    }
  }
}

// ": X-Jumpseat-Credits: 0.42" and "jumpseat-credits=0.42" mean the same.
export function creditsOf(text) {
  const found = /jumpseat[-_]credits["']?\s*[:=]?\s*([0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?)/i.exec(text ?? '');
  return found ? Number(found[1]) : undefined;
}

function failureText(text, status) {
  try {
    const { error, message } = JSON.parse(text);
    return (typeof error === 'string' ? error : error?.message) ?? message ?? text;
  } catch {
    return text || `the service answered ${status}`;
  }
}

// One call. on: {request ({method, path, headers, body}), head ({status, headers}), wire ({at, name, data} | {at, comment}), meaning (m)}.
// Throws what went wrong, an AbortError when `signal` said so.
export async function runCall(apiName, conversation, on, signal) {
  const api = APIS[apiName];
  const headers = { 'Content-Type': 'application/json', ...api.headers };
  const body = JSON.stringify(api.ask(conversation));
  const began = performance.now();
  on.request?.({ method: 'POST', path: api.path, headers, body });
  const reply = await fetch(api.path, { method: 'POST', headers, body, signal, credentials: 'same-origin' });
  on.head?.({ status: reply.status, headers: [...reply.headers], at: performance.now() - began });
  const credits = creditsOf(
    reply.headers.get('x-jumpseat-credits') && `jumpseat-credits: ${reply.headers.get('x-jumpseat-credits')}`,
  );
  if (credits !== undefined) on.meaning?.({ credits });
  if (!reply.ok) {
    const text = await reply.text();
    on.wire?.({ at: performance.now() - began, name: '', data: text });
    throw new Error(failureText(text, reply.status));
  }
  await readReply(reply, api, on, began);
}

async function readReply(reply, api, on, began) {
  const isStream = api.isLines || /event-stream/.test(reply.headers.get('content-type') ?? '');
  const reader = new StreamReader(api.isLines || !isStream);
  const decoder = new TextDecoder();
  const stream = reply.body.getReader();
  let failure;
  const take = (events) => {
    for (const event of events) {
      on.wire?.({ at: performance.now() - began, ...event });
      const credits = creditsOf(event.comment);
      if (credits !== undefined) on.meaning?.({ credits });
      if (event.data === undefined || event.data === '[DONE]') continue;
      let value;
      try {
        value = JSON.parse(event.data);
      } catch {
        continue;
      }
      const meaning = api.read(event.name, value);
      if (meaning.error) failure = meaning.error;
      on.meaning?.(meaning);
    }
  };
  for (;;) {
    const { done, value } = await stream.read();
    if (done) break;
    take(reader.feed(decoder.decode(value, { stream: true })));
  }
  take(reader.end());
  if (failure) throw new Error(failure);
}
