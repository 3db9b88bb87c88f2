// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// JSON as a tree. Branches are made when they are opened, large ones piece by piece.

import { h } from './dom.js';
import { icon } from './icons.js';
import { copy } from './toast.js';

const SHOWN_AT_ONCE = 200;
const LONG_STRING = 240;

const isBranch = (value) => value !== null && typeof value === 'object';
const countOf = (value) => (Array.isArray(value) ? value.length : Object.keys(value).length);

// "messages[0].content", "['a b']"
function extend(path, key) {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function describe(value) {
  if (Array.isArray(value)) return `[ ${value.length} ]`;
  const keys = Object.keys(value);
  const shown = keys.slice(0, 4).join(', ');
  return `{ ${shown}${keys.length > 4 ? ', …' : ''} }`;
}

function makeLeaf(value) {
  const text = JSON.stringify(value) ?? 'null';
  const kind = value === null ? 'null' : typeof value;
  if (text.length <= LONG_STRING) return h('span', { class: `json-${kind}` }, text);
  const content = h('span', {}, `${text.slice(0, LONG_STRING)}…`);
  const button = h('button', { class: 'link-button', onclick: () => { content.textContent = text; button.remove(); } },
                   `all ${text.length}`);
  return h('span', { class: `json-${kind}` }, content, ' ', button);
}

function makeTools(path, value) {
  const toCopy = () => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return h('span', { class: 'tree-tools' },
           path === '' ? null : h('button', { class: 'link-button', onclick: () => copy(path, 'Path copied') }, 'path'),
           h('button', { class: 'link-button', onclick: () => copy(toCopy(), 'Value copied') }, 'value'));
}

function fill(box, value, path, from = 0) {
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  for (const key of keys.slice(from, from + SHOWN_AT_ONCE)) box.append(makeNode(key, value[key], extend(path, key), false));
  const rest = keys.length - from - SHOWN_AT_ONCE;
  if (rest <= 0) return;
  const more = h('button', { class: 'link-button', onclick: () => { more.remove(); fill(box, value, path, from + SHOWN_AT_ONCE); } },
                 `${rest} more`);
  box.append(more);
}

function makeBranch(key, value, path, isOpen) {
  const children = h('div', { class: 'tree-children', hidden: true });
  const name = key === null ? '' : String(key);
  const toggle = h('button', { class: 'tree-toggle', 'aria-expanded': 'false', onclick: () => open(children.hidden) },
                   icon('forward'), h('span', { class: 'json-key' }, name), ' ',
                   h('span', { class: 'quiet' }, describe(value)));
  function open(next) {
    if (next && children.childElementCount === 0) fill(children, value, path);
    children.hidden = !next;
    toggle.setAttribute('aria-expanded', String(next));
  }
  if (isOpen) open(true);
  return h('div', { class: 'tree-node' }, h('div', { class: 'tree-row' }, toggle, makeTools(path, value)), children);
}

function makeNode(key, value, path, isOpen) {
  if (isBranch(value) && countOf(value) > 0) return makeBranch(key, value, path, isOpen);
  return h('div', { class: 'tree-node tree-row' },
           h('span', { class: 'tree-leaf' }, key === null ? null : [h('span', { class: 'json-key' }, String(key)), ' '],
             isBranch(value) ? h('span', { class: 'quiet' }, Array.isArray(value) ? '[ ]' : '{ }') : makeLeaf(value)),
           makeTools(path, value));
}

export function makeTree(value) {
  return h('div', { class: 'tree mono' }, makeNode(null, value, '', true));
}
