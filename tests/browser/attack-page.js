// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Runs inside a page: every way a page has to make its browser ask another server for something. Each
// way tells what the page got to know.

/* exported attackEverything */

const LIMIT_MS = 20000;
const QUESTION = '{"model":"gpt-4.1","messages":[{"role":"user","content":"spend a credit"}]}';

function within(promise) {
  return Promise.race([promise, new Promise((resolve) => {
    setTimeout(() => resolve({ outcome: 'hung' }), LIMIT_MS);
  })]);
}

async function told(reply) {
  if (reply.type === 'opaque' || reply.type === 'opaqueredirect') return { outcome: 'opaque' };
  const text = await reply.text();
  return { outcome: 'read', status: reply.status, text };
}

const asks = (make) => async (url, method) => {
  try {
    return await told(await fetch(url, make(method)));
  } catch (error) {
    return { outcome: 'failed', error: `${error}` };
  }
};

const bodyOf = (method) => (['POST', 'PATCH'].includes(method) ? QUESTION : undefined);
const simple = (method) => (method === 'GET' ? 'GET' : 'POST');

// Puts an element into the page and waits for its load or error.
function shows(make) {
  return (url, method) => new Promise((resolve) => {
    const element = make(url, method);
    element.addEventListener('load', () => resolve({ outcome: 'loaded', element }));
    element.addEventListener('loadeddata', () => resolve({ outcome: 'loaded', element }));
    element.addEventListener('error', () => resolve({ outcome: 'failed', element }));
    document.body.append(element);
  }).then(({ outcome, element }) => {
    element.remove();
    return { outcome };
  });
}

function make(name, attributes) {
  return Object.assign(document.createElement(name), attributes);
}

// What a frame or window shows, where the browser lets the page look.
function peek(look) {
  try {
    const { document: inner } = look();
    return { outcome: 'read', text: inner.documentElement.textContent };
  } catch (error) {
    return { outcome: 'hidden' };
  }
}

function framed(url) {
  return new Promise((resolve) => {
    const frame = make('iframe', { src: url });
    frame.addEventListener('load', () => {
      const seen = peek(() => frame.contentWindow);
      frame.remove();
      resolve(seen);
    });
    document.body.append(frame);
  });
}

const posted = (type) => (url, method) => new Promise((resolve) => {
  const name = `frame-${Math.random()}`;
  const frame = make('iframe', { name });
  const form = make('form', { action: url, method: simple(method), enctype: type, target: name });
  const [start, end] = QUESTION.split('spend a credit');
  form.append(make('input', { name: 'by', value: new URL(url).searchParams.get('by') }),
              make('input', { name: `${start}spend `, value: `a credit${end}` }));
  document.body.append(frame, form);
  let isSent = false;
  frame.addEventListener('load', () => {
    if (!isSent) return;
    const seen = peek(() => frame.contentWindow);
    frame.remove();
    form.remove();
    resolve(seen);
  });
  setTimeout(() => { isSent = true; form.submit(); }, 0);
});

async function opened(url) {
  const other = window.open(url);
  if (!other) return { outcome: 'blocked' };
  for (;;) {
    await new Promise((resolve) => { setTimeout(resolve, 10); });
    let isThere = false;
    try {
      isThere = other.location.href !== 'about:blank' && other.document.readyState === 'complete';
    } catch (error) {
      isThere = true;
    }
    if (isThere) {
      const seen = peek(() => other);
      other.close();
      return seen;
    }
  }
}

function socketed(url) {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace('http', 'ws'));
    socket.onopen = () => { socket.close(); resolve({ outcome: 'loaded' }); };
    socket.onerror = () => resolve({ outcome: 'failed' });
  });
}

function listened(url) {
  return new Promise((resolve) => {
    const source = new EventSource(url, { withCredentials: true });
    const end = (outcome) => { source.close(); resolve({ outcome }); };
    source.onopen = () => end('loaded');
    source.onmessage = () => end('loaded');
    source.onerror = () => end('failed');
  });
}

const requested = (header) => (url, method) => new Promise((resolve) => {
  const request = new XMLHttpRequest();
  request.open(method, url);
  request.withCredentials = true;
  if (header) request.setRequestHeader('Content-Type', 'application/json');
  request.onload = () => resolve({ outcome: 'read', status: request.status, text: request.responseText });
  request.onerror = () => resolve({ outcome: 'failed' });
  request.send(bodyOf(method));
});

async function imported(url) {
  try {
    await import(url);
    return { outcome: 'loaded' };
  } catch (error) {
    return { outcome: 'failed' };
  }
}

const GET = ['GET'];
const POST = ['POST'];
const SIMPLE = ['GET', 'POST'];
const ALL = ['GET', 'POST', 'PATCH', 'DELETE'];

// name: [for which methods of routes, how]
const WAYS = {
  'fetch': [ALL, asks((method) => ({ method, body: bodyOf(method) }))],
  'fetch-credentials': [ALL, asks((method) => ({ method, body: bodyOf(method), credentials: 'include' }))],
  'fetch-json': [ALL, asks((method) => ({
    method, body: bodyOf(method), headers: { 'Content-Type': 'application/json', Authorization: 'Bearer sk-x' },
  }))],
  'fetch-header': [ALL, asks((method) => ({ method, headers: { 'X-Requested-With': 'me' } }))],
  'fetch-no-cors': [SIMPLE, asks((method) => ({
    method, body: bodyOf(method), mode: 'no-cors', credentials: 'include',
  }))],
  'fetch-keepalive': [POST, asks((method) => ({ method, body: bodyOf(method), mode: 'no-cors', keepalive: true }))],
  'fetch-no-referrer': [POST, asks((method) => ({
    method, body: bodyOf(method), mode: 'no-cors', referrerPolicy: 'no-referrer',
  }))],
  'xhr': [ALL, requested(false)],
  'xhr-json': [ALL, requested(true)],
  'beacon': [POST, async (url) => {
    navigator.sendBeacon(url, QUESTION);
    return { outcome: 'sent' };
  }],
  'form-text': [POST, posted('text/plain')],
  'form-fields': [POST, posted('application/x-www-form-urlencoded')],
  'form-parts': [POST, posted('multipart/form-data')],
  'form-get': [GET, posted('application/x-www-form-urlencoded')],
  'image': [SIMPLE, shows((url) => make('img', { src: url }))],
  'script': [SIMPLE, shows((url) => make('script', { src: url }))],
  'style': [GET, shows((url) => make('link', { rel: 'stylesheet', href: url }))],
  'object': [GET, shows((url) => make('object', { data: url }))],
  'video': [GET, shows((url) => make('video', { src: url, preload: 'auto' }))],
  'import': [GET, imported],
  'frame': [SIMPLE, framed],
  'socket': [SIMPLE, socketed],
  'events': [SIMPLE, listened],
  'window': [GET, opened],
};

// Tries every way on every route, a few at a time; or `part` of `parts` of those. `routes`: [{method, path}].
async function attackEverything(target, routes, only, part, parts) {
  const jobs = [];
  for (const [by, [methods, attack]] of Object.entries(WAYS)) {
    if (only && !only.includes(by)) continue;
    let n = 0;
    for (const { method, path } of routes) {
      if (!methods.includes(method)) continue;
      if (n % parts === part) jobs.push({ by, method, path, attack });
      n++;
    }
  }
  const results = [];
  const run = async (queue) => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const { by, method, path, attack } = job;
      const seen = await within(attack(`${target}${path}?by=${by}`, method));
      results.push({ by, method, path, ...seen });
    }
  };
  // Browsers make WebSockets wait after failures: those wait side by side.
  const sockets = jobs.filter(({ by }) => by === 'socket').map((job) => run([job]));
  // A window takes the light from the page that opened it.
  const windows = jobs.filter(({ by }) => by === 'window');
  const others = jobs.filter(({ by }) => by !== 'socket' && by !== 'window');
  await Promise.all(Array.from({ length: 6 }, () => run(others)));
  await Promise.all([...sockets, ...Array.from({ length: 4 }, () => run(windows))]);
  return results;
}
