// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { del, get, post } from './api.js';
import { confirm } from './dialog.js';
import { h, replace, setText } from './dom.js';
import * as events from './events.js';
import * as format from './format.js';
import { icon } from './icons.js';
import { copy, toast, toastError } from './toast.js';

const POLL_MS = 3000;
const RUNNING = ['starting', 'pending'];

// What to do about a sign-in that came to nothing.
const ENDS = {
  expired: ['The code has expired.', 'Codes are good for 15 minutes. Get a new one and enter it right away.'],
  denied: ['GitHub says that you declined.', 'Start again and press “Authorize” on GitHub’s page.'],
  cancelled: null,
  failed: ['The sign-in did not work.', 'Check that this computer reaches GitHub, a proxy included, and start again.'],
};

const SOURCES = { stored: 'signed in here', environment: 'from the environment', environment_own: 'from JUMPSEAT_GITHUB_TOKEN',
                  environment_github: 'from GITHUB_TOKEN', copilot_token: 'a Copilot token alone' };

function clock(seconds) {
  const left = Math.max(0, Math.floor(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

function describeToken(status) {
  const seconds = status.token_expires_in_seconds;
  switch (status.status) {
    case 'healthy': return ['good', `good for ${format.duration(seconds)}`];
    case 'token_will_refresh_soon': return ['good', 'about to be renewed'];
    default: return ['', status.token_exchanges > 0 ? 'expired, renewed with the next request' : 'fetched with the first request'];
  }
}

function makeAccountCard(state, context) {
  const status = context.status.peek() ?? {};
  const [kind, words] = describeToken(status);
  const act = async (button, work, said) => {
    button.disabled = true;
    try {
      await work();
      toast(said, 'good');
    } catch (error) {
      toastError(error);
    }
    button.disabled = false;
    context.status.refresh();
  };
  const signOut = async (event) => {
    const button = event.currentTarget;
    const isSure = await confirm({
      title: 'Sign Out?', action: 'Sign Out',
      message: 'Programs that use Jumpseat get errors until somebody signs in again. The token is removed from this computer.',
    });
    if (isSure) act(button, () => post('/api/logout'), 'Signed out');
  };
  return h('section', { class: 'card stack' },
           h('h2', {}, 'Signed In'),
           h('dl', { class: 'facts' },
             h('dt', {}, 'Account'), h('dd', {}, h('strong', {}, state.login ?? 'unknown')),
             h('dt', {}, 'Token'), h('dd', {}, h('span', { class: `badge ${kind}` }, words)),
             status.sku ? [h('dt', {}, 'Seat'), h('dd', {}, status.sku.replaceAll('_', ' '))] : null,
             status.api_url ? [h('dt', {}, 'Upstream'), h('dd', {}, h('code', {}, status.api_url))] : null,
             status.source ? [h('dt', {}, 'Source'), h('dd', {}, SOURCES[status.source] ?? status.source)] : null),
           h('div', { class: 'row' },
             h('button', { class: 'button', onclick: (event) => act(event.currentTarget, () => post('/api/token/refresh'), 'The token is new') },
               icon('refresh'), 'Refresh Token'),
             h('button', { class: 'button bad', onclick: signOut }, 'Sign Out')));
}

function makeCodeCard(state) {
  const left = h('strong', { class: 'number' });
  const end = Date.now() + state.expires_in * 1000;
  const tick = () => setText(left, clock((end - Date.now()) / 1000));
  tick();
  const timer = setInterval(tick, 1000);
  const element = h('section', { class: 'card stack sign-in' },
    h('h2', {}, 'Enter This Code at GitHub'),
    h('div', { class: 'row' }, h('output', { class: 'code', 'aria-label': 'Code' }, state.user_code),
      h('button', { class: 'button', onclick: () => copy(state.user_code, 'Code copied') }, icon('copy'), 'Copy')),
    h('p', {}, h('a', { class: 'button primary', href: state.verification_uri, target: '_blank', rel: 'noopener noreferrer' }, 'Open GitHub'),
      ' ', h('span', { class: 'quiet' }, state.verification_uri)),
    h('p', { class: 'quiet' }, 'The code is good for ', left, '. This page goes on by itself once GitHub has said yes.'),
    h('div', { class: 'row' }, h('button', { class: 'button', onclick: () => del('/api/login').catch(toastError) }, 'Cancel')));
  return { element, stop: () => clearInterval(timer) };
}

function makeStartCard(state, start) {
  const tenant = h('input', { class: 'input', id: 'tenant', placeholder: 'github.com', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'tenant-hint' });
  const end = ENDS[state.status];
  const form = h('form', {
    class: 'card stack sign-in',
    onsubmit(event) {
      event.preventDefault();
      start(tenant.value.trim());
    },
  },
  h('h2', {}, 'Sign In with GitHub'),
  end ? h('div', { class: 'notice bad', role: 'alert' }, h('strong', {}, end[0]), ' ', state.error && state.status === 'failed' ? `${state.error}. ` : '', end[1]) : null,
  h('p', {}, 'Jumpseat uses the GitHub Copilot seat of your own account. GitHub shows a page where you enter a code; no password comes near Jumpseat.'),
  h('details', { class: 'fold', open: Boolean(tenant.value) }, h('summary', {}, 'My company has GitHub at an address of its own'),
    h('div', { class: 'fold-content field' }, h('label', { for: 'tenant' }, 'Address'), tenant,
      h('span', { class: 'hint', id: 'tenant-hint' }, 'such as acme.ghe.com; empty for github.com'))),
  h('div', { class: 'row' }, h('button', { class: 'button primary', type: 'submit' }, 'Get a Code')));
  return form;
}

function mount(root, context) {
  const place = h('div', { class: 'stack sign-in-place', 'aria-live': 'polite' });
  let shown = '';
  let wasRunning = false;
  let stopCard = null;
  let timer = 0;
  let isGone = false;

  function show(state) {
    if (state.signed_in && wasRunning) {
      wasRunning = false;
      isGone = true; // answers that are on their way say nothing new
      toast(`Signed in as ${state.login ?? 'your account'}`, 'good');
      context.status.refresh();
      context.go('overview');
      return;
    }
    // Between GitHub's yes and the account there is a moment that is neither.
    if (RUNNING.includes(state.status)) wasRunning = true;
    else if (Object.hasOwn(ENDS, state.status)) wasRunning = false;
    const status = context.status.peek();
    const key = JSON.stringify([state.status, state.user_code, state.signed_in, state.login, state.error, status?.status, status?.api_url]);
    if (key === shown) return;
    shown = key;
    stopCard?.();
    stopCard = null;
    if (state.status === 'pending') {
      const card = makeCodeCard(state);
      stopCard = card.stop;
      replace(place, card.element);
    } else if (state.status === 'starting') {
      replace(place, h('section', { class: 'card' }, h('p', { class: 'empty' }, 'Asking GitHub for a code…')));
    } else {
      replace(place, state.signed_in ? makeAccountCard(state, context) : makeStartCard(state, start));
    }
  }

  async function look() {
    clearTimeout(timer);
    try {
      const state = await get('/api/login');
      if (isGone) return;
      show(state);
    } catch (error) {
      if (isGone) return;
      replace(place, h('p', { class: 'empty' }, error.message));
      shown = '';
    }
    // GitHub is asked every few seconds anyway; who waits for it wants to see it soon.
    if (wasRunning) timer = setTimeout(look, POLL_MS);
  }

  async function start(tenant) {
    try {
      await post('/api/login', tenant === '' ? undefined : { tenant });
      wasRunning = true;
    } catch (error) {
      toastError(error);
    }
    look();
  }

  replace(root, h('div', { class: 'page-head' }, h('h1', {}, 'Account')), place);
  const stops = [events.on('login', look), context.status.onChange(look)];
  look();
  return () => {
    isGone = true;
    clearTimeout(timer);
    stopCard?.();
    for (const stop of stops) stop();
  };
}

export default { title: 'Account', mount };
