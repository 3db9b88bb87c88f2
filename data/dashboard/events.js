// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What happens in the service: one connection for all pages. Where it cannot be had, everything is asked for
// every ten seconds instead.

import { get } from './api.js';

const NAMES = ['request', 'status', 'quota', 'budget', 'approvals', 'models', 'settings', 'keys', 'login'];
const POLL_MS = 10000;
const RETRY_MS = 3000;
const LOCKED_MS = 30000;

const listeners = new Map();
const states = new Set();
let source = null;
let timer = 0;
let state = 'connecting';

function tell(name, data) {
  for (const fn of listeners.get(name) ?? []) fn(data);
}

function setState(next) {
  if (next === state) return;
  state = next;
  for (const fn of states) fn(next);
}

// Events may have been missed: every listener looks again. `null`: nobody knows what has changed.
function tellAll() {
  for (const name of listeners.keys()) tell(name, null);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function poll() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!document.hidden) tellAll();
    if (source === null) poll();
  }, POLL_MS);
}

async function follow() {
  clearTimeout(timer);
  source = new EventSource('/api/events');
  source.addEventListener('open', () => {
    if (state !== 'connecting') tellAll();
    setState('live');
  });
  for (const name of NAMES) {
    source.addEventListener(name, (event) => tell(name, parse(event.data)));
  }
  // Some were forgotten before we could read them.
  source.addEventListener('reset', tellAll);
  source.addEventListener('error', async () => {
    // The browser tries again by itself, unless the answer was no stream of events.
    if (source.readyState !== EventSource.CLOSED) {
      setState('lost');
      return;
    }
    source = null;
    try {
      await get('/api/status');
      setState('polling');
      tellAll();
      poll();
    } catch (error) {
      // Who is not let in any more is told so, and will open another page.
      setState('lost');
      timer = setTimeout(follow, error.status === 0 ? RETRY_MS : LOCKED_MS);
    }
  });
}

// Calls `fn` with the data of each event of that name; with null when it has to look by itself. Returns what
// ends it.
export function on(name, fn) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(fn);
  if (source === null && timer === 0) follow();
  return () => listeners.get(name).delete(fn);
}

// "connecting", "live", "polling", "lost"
export function onState(fn) {
  states.add(fn);
  fn(state);
  return () => states.delete(fn);
}
