// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Elements without markup as text: nothing that comes from a reply is ever read as HTML.

const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'selected', 'hidden', 'open', 'indeterminate', 'htmlFor']);

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function set(element, name, value) {
  if (name.startsWith('on') && typeof value === 'function') {
    element.addEventListener(name.slice(2).toLowerCase(), value);
  } else if (name === 'style') {
    // An object of properties; the policy of the page forbids styles as text.
    for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
  } else if (name === 'data') {
    Object.assign(element.dataset, value);
  } else if (PROPERTIES.has(name)) {
    element[name] = value;
  } else if (value === true) {
    element.setAttribute(name, '');
  } else if (value !== false && value !== null && value !== undefined) {
    element.setAttribute(name, value);
  }
}

function make(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) set(element, name, value);
  append(element, children);
  // What a select shows can be chosen once its options are there.
  if (element.tagName === 'SELECT' && props?.value !== undefined) element.value = props.value;
  return element;
}

// h('button', { class: 'button', onclick: press }, 'Go', icon('play')). Children: texts, nodes, lists of
// them; null, undefined and false are nothing. Props: attributes; on… are listeners; style is an object of
// CSS properties; data an object for dataset.
export function h(tag, props, ...children) {
  return make(document.createElement(tag), props, children);
}

export function svg(tag, props, ...children) {
  return make(document.createElementNS(SVG, tag), props, children);
}

export function text(value) {
  return document.createTextNode(String(value ?? ''));
}

// Takes everything out of `parent` and puts `children` in.
export function replace(parent, ...children) {
  parent.textContent = '';
  append(parent, children);
  return parent;
}

// Text of one element, only touched when it is another one: screen readers and selections stay quiet.
export function setText(element, value) {
  const next = String(value ?? '');
  if (element.textContent !== next) element.textContent = next;
}

// Calls `fn` once nothing has called for `ms`.
export function debounce(fn, ms) {
  let timer = 0;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), ms);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

// Calls `fn` `ms` after the first of several calls, however many follow.
export function paced(fn, ms) {
  let timer = 0;
  const later = () => {
    if (timer !== 0) return;
    timer = setTimeout(() => {
      timer = 0;
      fn();
    }, ms);
  };
  later.cancel = () => {
    clearTimeout(timer);
    timer = 0;
  };
  return later;
}
