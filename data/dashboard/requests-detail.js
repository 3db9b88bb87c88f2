// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// One request with all that is kept of it.

import { del, get } from './api.js';
import { readReply, readRequest } from './conversation.js';
import { makeConversation } from './conversation-view.js';
import { h, replace } from './dom.js';
import { bytes } from './format.js';
import { icon } from './icons.js';
import { makeTree } from './json-tree.js';
import { describe, isStillOpen, makeStatus, modelOf, readEntry } from './requests-item.js';
import { wholeReply } from './stream-events.js';
import { makeTabs } from './tabs.js';
import { copy, toast, toastError } from './toast.js';

const ABSENT = 'Nothing is kept of this. Questions and answers stay in memory for the last requests only, and go to the disk where the setting history.bodies is on.';

// What was chosen for one request holds for the next.
const kept = { tab: 'overview', view: 'talk' };

function parse(value) {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const isAbsent = (value) => value === null || value === undefined || value === '';

function makeJson(value) {
  const known = parse(value);
  if (known !== null && typeof known === 'object') return makeTree(known);
  return h('pre', { class: 'raw' }, String(known));
}

// Two views of one body, one of them shown.
function makeBody(value, raw, read, note) {
  if (isAbsent(value) && isAbsent(raw)) return h('p', { class: 'empty' }, ABSENT);
  if (value?._truncated) return h('p', { class: 'empty' }, `Too large to be kept: ${bytes(value.size ?? value._size)}.`);
  const content = h('div', {});
  const makeButton = (name, title) => h('button', {
    class: 'button small', data: { view: name },
    onclick() { kept.view = name; show(); },
  }, title);
  const buttons = [makeButton('talk', 'Conversation'), makeButton('json', 'JSON')];
  const show = () => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.view === kept.view));
    replace(content, kept.view === 'json' ? makeJson(isAbsent(raw) ? value : raw) : makeConversation(read(parse(value))));
  };
  show();
  return [h('div', { class: 'spread body-head' }, h('div', { class: 'segments', role: 'group', 'aria-label': 'View' }, buttons),
            note ? h('span', { class: 'quiet' }, note) : null), content];
}

function makeHeaders(headers) {
  const rows = typeof headers === 'string'
    ? headers.split(/\r?\n/).filter(Boolean).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()])
    : Object.entries(headers ?? {});
  if (rows.length === 0) return h('p', { class: 'empty' }, ABSENT);
  return h('dl', { class: 'facts mono' }, rows.map(([name, value]) => [h('dt', {}, name), h('dd', {}, String(value))]));
}

function makeOverview(entry, go) {
  return describe(entry).map(([title, facts]) => h('section', { class: 'facts-group' }, h('h3', {}, title),
    h('dl', { class: 'facts' }, facts.map(([name, value]) => [
      h('dt', {}, name),
      h('dd', { class: name === 'Error' ? 'error-text' : null },
        name === 'Session' ? h('button', { class: 'link-button', title: 'Requests of this session', onclick: () => go({ session: entry.session }) }, value) : value),
    ]))));
}

async function copyCurl(id) {
  try {
    const answer = await get(`/api/requests/${encodeURIComponent(id)}/curl`);
    await copy(typeof answer === 'string' ? answer : answer.curl, 'Copied as curl; put a key where it says so');
  } catch (error) {
    toastError(error);
  }
}

async function cancel(id) {
  try {
    await del(`/api/requests/${encodeURIComponent(id)}`);
    toast('Cancelled', 'good');
  } catch (error) {
    toastError(error);
  }
}

// on: { close (), filter (changes) }
export function makeDetail(on) {
  let shownId = null;
  const element = h('section', { class: 'card flush request-pane request-detail', 'aria-label': 'Request' });

  function showEmpty() {
    shownId = null;
    replace(element, h('p', { class: 'empty' }, 'Choose a request to see all of it.'));
  }

  function makeHead(entry) {
    return h('div', { class: 'detail-head' },
             h('button', { class: 'icon-button', 'aria-label': 'Close', title: 'Close (Esc)', onclick: on.close }, icon('close')),
             h('h2', { class: 'grow' }, modelOf(entry)), makeStatus(entry),
             h('span', { class: 'row' },
               isStillOpen(entry) ? h('button', { class: 'button small bad', onclick: () => cancel(entry.id) }, 'Cancel Request') : null,
               h('button', { class: 'button small', onclick: () => copyCurl(entry.id) }, icon('copy'), 'curl'),
               h('button', { class: 'button small', title: entry.id, onclick: () => copy(entry.id, 'Id copied') }, icon('copy'), 'Id')));
  }

  function showEntry(entry) {
    const events = entry.raw_events;
    const notes = [Array.isArray(events) && events.length > 0 ? `put together from ${events.length} events` : null,
                   entry.is_reply_cut ? 'the end is not kept' : null];
    const raw = Array.isArray(events) && events.length > 0 ? events.map(parse) : entry.response_body;
    const sent = entry.request_body;
    const tabs = makeTabs('Parts of the request', [
      { name: 'overview', title: 'Overview', fill: () => makeOverview(entry, on.filter) },
      { name: 'headers', title: 'Request Headers', fill: () => makeHeaders(entry.request_headers) },
      { name: 'original', title: 'Original Request', fill: () => makeBody(entry.original_request_body ?? sent, null, readRequest) },
      { name: 'request', title: 'Request', fill: () => makeBody(sent, null, readRequest, 'as upstream got it') },
      { name: 'response', title: 'Response', fill: () => makeBody(wholeReply(entry), raw, readReply, notes.filter(Boolean).join(', ')) },
    ], (name) => { kept.tab = name; });
    replace(element, makeHead(entry), tabs.element, tabs.panel);
    tabs.show(kept.tab);
  }

  async function show(id) {
    const isSame = shownId === id;
    shownId = id;
    if (!isSame) replace(element, h('p', { class: 'empty' }, 'Loading…'));
    try {
      const answer = await get(`/api/requests/${encodeURIComponent(id)}`);
      const scroll = element.querySelector('.tab-panel')?.scrollTop ?? 0;
      const hadFocus = element.contains(document.activeElement) && document.activeElement.getAttribute('role') === 'tab';
      if (shownId !== id) return;
      showEntry(readEntry(answer));
      if (isSame) element.querySelector('.tab-panel').scrollTop = scroll;
      if (hadFocus) element.querySelector('[role="tab"][aria-selected="true"]').focus();
    } catch (error) {
      if (shownId === id) replace(element, h('div', { class: 'detail-head' },
        h('button', { class: 'icon-button', 'aria-label': 'Close', onclick: on.close }, icon('close')), h('h2', { class: 'grow' }, 'Not there')),
        h('p', { class: 'empty' }, error.status === 404 ? 'This request is not kept any more.' : error.message));
    }
  }

  showEmpty();
  return { element, show, showEmpty, getId: () => shownId };
}
