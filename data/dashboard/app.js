// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The frame: which page is shown, the way between pages, and whether the service is there.

import { onLocked } from './api.js';
import { h, replace, setText } from './dom.js';
import * as events from './events.js';
import { icon } from './icons.js';
import { getScheme, nextScheme, setScheme } from './scheme.js';
import * as status from './status.js';
import { toastError } from './toast.js';
import overview from './page-overview.js';
import requests from './page-requests.js';
import usage from './page-usage.js';
import models from './page-models.js';
import chat from './page-chat.js';
import settings from './page-settings.js';
import signIn from './page-sign-in.js';

const PAGES = { overview, requests, usage, models, chat, settings, 'sign-in': signIn };
const HOME = 'overview';

const main = document.getElementById('main');
const nav = document.getElementById('nav');
let shown = null; // { name, unmount, onRoute }

// "#/requests/abc?model=x" → { name: 'requests', path: ['abc'], params }
function readHash() {
  const [address, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...path] = address.split('/').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { name: Object.hasOwn(PAGES, name) ? name : HOME, path: path.filter(Boolean), params: new URLSearchParams(search) };
}

function writeHash(name, path = [], params = new URLSearchParams()) {
  const search = params.toString();
  return `#/${[name, ...path].map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
}

// What a page gets beside its root:
//   path, params      the rest of the address; those of the moment
//   go (name, path, params)      another page
//   change (path, params, { replace: bool })      the rest of the own address
//   onRoute (fn)      calls fn when that rest changes, instead of mounting the page again
//   status      status.js
function makeContext(name) {
  const context = {
    ...readHash(),
    status,
    go: (page, path, params) => { location.hash = writeHash(page, path, params); },
    change(path, params, options = {}) {
      const hash = writeHash(name, path, params);
      if (hash === location.hash) return;
      if (!options.replace) {
        location.hash = hash;
        return;
      }
      history.replaceState(null, '', hash);
      Object.assign(context, readHash());
    },
    onRoute: (fn) => { shown.onRoute = fn; },
  };
  return context;
}

function markLink(name) {
  for (const link of nav.querySelectorAll('a')) {
    if (link.dataset.page === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  nav.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function showRoute() {
  const route = readHash();
  if (shown !== null && shown.name === route.name && shown.onRoute) {
    Object.assign(shown.context, route);
    shown.onRoute(shown.context);
    return;
  }
  const isFirst = shown === null;
  shown?.unmount?.();
  const page = PAGES[route.name];
  shown = { name: route.name, onRoute: null };
  shown.context = makeContext(route.name);
  document.title = `${page.title} – Jumpseat`;
  markLink(route.name);
  replace(main);
  main.className = `page-${route.name}`;
  try {
    shown.unmount = page.mount(main, shown.context);
  } catch (error) {
    toastError(error);
    throw error;
  }
  window.scrollTo(0, 0);
  if (!isFirst) main.focus({ preventScroll: true });
}

function makeNav() {
  replace(nav, Object.entries(PAGES).filter(([name]) => name !== 'sign-in').map(([name, page]) =>
    h('a', { href: `#/${name}`, data: { page: name } }, page.title)));
}

const SCHEME_NAMES = { auto: 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' };

function makeSchemeButton() {
  const button = h('button', { class: 'icon-button' });
  const show = () => {
    const scheme = getScheme();
    button.title = SCHEME_NAMES[scheme];
    button.setAttribute('aria-label', SCHEME_NAMES[scheme]);
    replace(button, icon(scheme));
  };
  button.addEventListener('click', () => {
    nextScheme();
    show();
  });
  show();
  return button;
}

function makeState() {
  const dot = h('span', { class: 'dot' });
  const label = h('span', { class: 'state-text' });
  const account = h('a', { class: 'account', href: '#/sign-in' });
  let connection = 'connecting';
  let current = null;
  const show = () => {
    const [kind, words] = status.describe(current, connection);
    dot.className = `dot ${kind}`;
    setText(label, words);
    setText(account, current === null ? '' : (current.login || (current.signed_in ? 'Account' : 'Sign in')));
  };
  events.onState((next) => { connection = next; show(); });
  status.onChange((next) => { current = next; show(); });
  replace(document.getElementById('state'), h('span', { class: 'state' }, dot, label), account, makeSchemeButton());
}

function makeNotice() {
  const notice = document.getElementById('notice');
  onLocked((isLocked) => replace(notice, isLocked && h('div', { class: 'notice bad' },
    h('strong', {}, 'This browser is not let in any more. '),
    'Open the dashboard again from Jumpseat’s menu, or with ', h('code', {}, 'jumpseat dashboard'), ' in a terminal.')));
}

setScheme(getScheme());
makeNav();
makeState();
makeNotice();
window.addEventListener('hashchange', showRoute);
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault(); // "#main" is no page
  main.focus();
});
showRoute();
