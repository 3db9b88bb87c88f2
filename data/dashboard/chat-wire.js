// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What went over the wire for one answer: the request as it was sent, and each event as it came.

import { bytes, duration, integer } from './format.js';
import { h, replace } from './dom.js';
import { copy } from './toast.js';

// A long stream is thousands of events; the beginning and the end are what one looks for.
const MOST_EVENTS = 3000;
const SHOWN_STEP = 200;

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

// Images would fill the view with letters that say nothing.
export function shorten(text) {
  return text.replace(
    /(;base64,|"data": "|"images": \[\s*")([A-Za-z0-9+/=]{200,})/g,
    (all, before, data) => `${before}… ${data.length} characters`,
  );
}

// Collected while a call runs; plain data.
export class WireRecord {
  constructor() {
    this.request = null;
    this.head = null;
    this.events = [];
    this.size = 0;
    this.dropped = 0;
  }

  get on() {
    return {
      request: (request) => {
        this.request = request;
      },
      head: (head) => {
        this.head = head;
      },
      wire: (event) => {
        this.size += (event.data ?? event.comment ?? '').length;
        if (this.events.length < MOST_EVENTS) this.events.push(event);
        else this.dropped++;
      },
    };
  }
}

function section(title, copied, ...content) {
  return h(
    'section',
    { class: 'wire-part' },
    h(
      'div',
      { class: 'spread' },
      h('h3', {}, title),
      h(
        'button',
        { type: 'button', class: 'button small', onclick: () => copy(copied()), 'aria-label': `Copy: ${title}` },
        'Copy',
      ),
    ),
    ...content,
  );
}

const block = (text, label) => h('pre', { class: 'wire-text', tabindex: 0, role: 'region', 'aria-label': label }, text);

function eventText({ name, data, comment }) {
  if (comment !== undefined) return `: ${comment}`;
  return name ? `event: ${name}\ndata: ${data}` : data;
}

function makeEvent(event) {
  return h('li', {}, h('span', { class: 'wire-time' }, duration(event.at / 1000)), h('code', {}, eventText(event)));
}

function makeEvents(record) {
  const list = h('ol');
  const box = h('div', { class: 'wire-events', tabindex: 0, role: 'region', 'aria-label': 'Events' }, list);
  let shown = 0;
  const more = h('button', { type: 'button', class: 'button small', onclick: () => show() }, 'More');
  function show() {
    list.append(...record.events.slice(shown, shown + SHOWN_STEP).map(makeEvent));
    shown += SHOWN_STEP;
    more.hidden = shown >= record.events.length;
  }
  show();
  const left =
    record.dropped > 0 &&
    h('p', { class: 'quiet' }, `${integer(record.dropped)} more events came and are not kept here.`);
  return [box, more, left];
}

export function showWire(root, record) {
  if (!record?.request) {
    replace(
      root,
      h(
        'p',
        { class: 'empty' },
        'Send something: its request and every event of the reply will be here. They are kept while this page is open.',
      ),
    );
    return;
  }
  const { request, head, events } = record;
  const headers = Object.entries(request.headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  const body = shorten(pretty(request.body));
  const replyHead = head ? head.headers.map(([name, value]) => `${name}: ${value}`).join('\n') : '';
  replace(
    root,
    section(
      'Request',
      () => `${request.method} ${request.path}\n${headers}\n\n${pretty(request.body)}`,
      block(`${request.method} ${request.path}\n${headers}\n\n${body}`, 'Request'),
    ),
    head &&
      section(
        'Reply',
        () => `${head.status}\n${replyHead}`,
        h('p', { class: 'quiet' }, `Status ${head.status} after ${duration(head.at / 1000)}`),
        block(replyHead, 'Headers of the reply'),
      ),
    head &&
      section(
        `Events (${integer(events.length + record.dropped)}, ${bytes(record.size)})`,
        () => events.map(eventText).join(request.path === '/api/chat' ? '\n' : '\n\n'),
        ...makeEvents(record),
      ),
  );
}
