// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// A conversation as people read it. Everything is text: nothing in it is taken for HTML, nothing is fetched.

import { h } from './dom.js';
import { integer, plural } from './format.js';
import { makeTree } from './json-tree.js';

const LONG_TEXT = 1500;
const SHOWN_OF_LONG = 1000;
const SHOWN_MESSAGES = 40;
const ROLES = { user: 'User', assistant: 'Assistant', system: 'System', developer: 'Developer', tool: 'Tool', function: 'Tool', error: 'Error', note: '' };

function makeText(text, className = 'talk-text') {
  if (text.length <= LONG_TEXT) return h('div', { class: className }, text);
  const content = h('span', {}, `${text.slice(0, SHOWN_OF_LONG)}…`);
  let isOpen = false;
  const button = h('button', {
    class: 'button small', 'aria-expanded': 'false',
    onclick() {
      isOpen = !isOpen;
      content.textContent = isOpen ? text : `${text.slice(0, SHOWN_OF_LONG)}…`;
      button.textContent = isOpen ? 'Show less' : label;
      button.setAttribute('aria-expanded', String(isOpen));
    },
  });
  const label = `Show all ${integer(text.length)} characters`;
  button.textContent = label;
  return h('div', { class: className }, content, h('div', {}, button));
}

// Content is made when it is opened for the first time.
function fold(summary, makeContent, props = {}) {
  const box = h('details', { class: 'fold', ...props }, h('summary', {}, summary));
  const fill = () => {
    if (box.open && box.childElementCount === 1) box.append(h('div', { class: 'fold-content' }, makeContent()));
  };
  box.addEventListener('toggle', fill);
  fill();
  return box;
}

const isShort = (text) => text.length < 300;

function makeCall({ name, id, input }) {
  return fold([h('span', { class: 'badge accent' }, 'call'), ' ', h('strong', {}, name ?? 'tool'), ' ', h('code', { class: 'quiet' }, id ?? '')],
              () => (typeof input === 'string' ? makeText(input, 'mono') : makeTree(input)),
              { open: isShort(JSON.stringify(input) ?? '') });
}

function makeResult({ id, isError, parts }) {
  const size = parts.reduce((sum, part) => sum + (part.text?.length ?? 0), 0);
  return fold([h('span', { class: isError ? 'badge bad' : 'badge' }, isError ? 'failed' : 'result'), ' ',
               h('code', { class: 'quiet' }, id ?? ''), ' ', h('span', { class: 'quiet' }, plural(size, 'character'))],
              () => parts.map((part) => (part.kind === 'text' ? makeText(part.text, 'talk-text mono') : makePart(part))),
              { open: size < 300 });
}

function makePart(part) {
  switch (part.kind) {
    case 'thinking':
      return part.text === ''
        ? h('p', { class: 'quiet' }, `Thinking (${part.note ?? 'empty'})`)
        : fold([h('span', { class: 'badge' }, 'thinking'), ' ', h('span', { class: 'quiet' }, plural(part.text.length, 'character'))],
               () => makeText(part.text, 'talk-text quiet'));
    case 'refusal':
      return h('div', {}, h('span', { class: 'badge warn' }, 'refusal'), makeText(part.text));
    case 'image':
      return part.source === null
        ? h('p', { class: 'quiet' }, `Picture ${part.note}`)
        : h('img', { class: 'talk-image', src: part.source, alt: 'Picture in the message' });
    case 'call':
      return makeCall(part);
    case 'result':
      return makeResult(part);
    case 'other':
      return fold([h('span', { class: 'badge' }, part.name)], () => makeTree(part.value));
    default:
      return makeText(part.text);
  }
}

function makeMessage(message) {
  const size = message.parts.reduce((sum, part) => sum + (part.text?.length ?? 0), 0);
  const role = ROLES[message.role] ?? message.role;
  const head = [h('span', { class: 'talk-role' }, role), message.name ? h('span', { class: 'quiet' }, ` ${message.name}`) : null,
                h('span', { class: 'quiet talk-size' }, size > 0 ? plural(size, 'character') : '')];
  const isPrompt = message.role === 'system' || message.role === 'developer';
  if (message.parts.length === 0) return h('p', { class: 'quiet talk-note' }, message.note);
  return h('section', { class: `talk ${message.role}` },
           fold(head, () => [message.parts.map(makePart), message.note ? h('p', { class: 'quiet talk-note' }, message.note) : null],
                { open: !isPrompt || size < LONG_TEXT, class: 'fold talk-fold' }));
}

function makeTools(tools) {
  return fold(plural(tools.length, 'tool'), () => tools.map((tool) =>
    fold([h('strong', {}, tool.name), ' ', h('span', { class: 'quiet' }, tool.description.slice(0, 90))],
         () => [tool.description ? makeText(tool.description) : null, tool.schema ? makeTree(tool.schema) : null])));
}

// The last messages are the interesting ones: older ones of a long conversation wait behind a button.
function makeMessages(messages) {
  const box = h('div', { class: 'stack' });
  const hidden = Math.max(0, messages.length - SHOWN_MESSAGES);
  if (hidden > 0) {
    const button = h('button', {
      class: 'button',
      onclick() {
        button.replaceWith(...messages.slice(0, hidden).map(makeMessage));
      },
    }, `Show ${plural(hidden, 'earlier message')}`);
    box.append(button);
  }
  box.append(...messages.slice(hidden).map(makeMessage));
  return box;
}

// `conversation`: of readRequest () or readReply ()
export function makeConversation(conversation) {
  if (conversation === null) return h('p', { class: 'empty' }, 'This is no conversation. The JSON view shows it.');
  return h('div', { class: 'stack conversation' },
           conversation.facts.length > 0
             ? h('p', { class: 'row' }, conversation.facts.map(([name, value]) =>
               h('span', { class: 'badge fact' }, `${name.replaceAll('_', ' ')}: ${value.slice(0, 120)}`)))
             : null,
           conversation.tools.length > 0 ? makeTools(conversation.tools) : null,
           conversation.messages.length > 0 ? makeMessages(conversation.messages) : h('p', { class: 'empty' }, 'No messages.'));
}
