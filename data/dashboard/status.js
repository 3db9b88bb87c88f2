// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// GET /api/status, asked for once for everybody, again whenever something about it has changed.

import { get } from './api.js';
import { paced } from './dom.js';
import * as events from './events.js';

const listeners = new Set();
let current = null;
let isAsking = false;
let isStale = false;

// Nobody waits for it: what goes wrong is shown by the dot.
export async function refresh() {
  if (isAsking) {
    isStale = true;
    return;
  }
  isAsking = true;
  try {
    const answer = await get('/api/status');
    current = { ...answer, signed_in: answer.account ? answer.account === 'signed_in' : Boolean(answer.authenticated) };
  } catch {
    current = null;
  }
  isAsking = false;
  for (const fn of listeners) fn(current);
  if (isStale) {
    isStale = false;
    refresh();
  }
}

export function onChange(fn) {
  listeners.add(fn);
  if (current !== null) fn(current);
  return () => listeners.delete(fn);
}

export const peek = () => current;

// [kind of dot, words]
export function describe(status, connection) {
  if (status === null) return connection === 'connecting' ? ['', 'Connecting…'] : ['bad', 'Not reachable'];
  if (connection === 'lost') return ['bad', 'Not reachable'];
  if (status.paused) return ['warn', 'Paused'];
  if (!status.signed_in) return ['warn', 'Signed out'];
  if (status.problem) return ['bad', status.problem.title ?? 'Needs attention'];
  if (status.active > 0) return ['busy', `${status.active} running`];
  return ['good', 'Ready'];
}

const later = paced(refresh, 500);
for (const name of ['status', 'login', 'approvals', 'models', 'request']) events.on(name, later);
refresh();
