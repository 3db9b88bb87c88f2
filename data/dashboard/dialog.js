// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Dialogs that hold the focus while they are open; Escape closes them.

import { h } from './dom.js';

// Returns { element, close }. `content` and `buttons` are nodes; onClose hears of every end.
export function openDialog({ title, content, buttons = [], onClose = null, wide = false }) {
  const id = `dialog-${Math.random().toString(36).slice(2)}`;
  const element = h('dialog', { class: wide ? 'dialog wide' : 'dialog', 'aria-labelledby': id },
                    h('h2', { id }, title),
                    h('div', { class: 'dialog-content' }, content),
                    h('div', { class: 'dialog-buttons' }, buttons));
  const close = () => element.close();
  window.addEventListener('hashchange', close); // another page has no use for it
  element.addEventListener('close', () => {
    window.removeEventListener('hashchange', close);
    element.remove();
    onClose?.();
  });
  document.body.append(element);
  element.showModal();
  return { element, close };
}

// Asks before something that cannot be undone. Resolves to true or false.
export function confirm({ title, message, action, destructive = true }) {
  return new Promise((resolve) => {
    let answer = false;
    const end = (value) => {
      answer = value;
      dialog.close();
    };
    const dialog = openDialog({
      title,
      content: h('p', {}, message),
      buttons: [
        h('button', { class: 'button', autofocus: true, onclick: () => end(false) }, 'Cancel'),
        h('button', { class: destructive ? 'button bad' : 'button primary', onclick: () => end(true) }, action),
      ],
      onClose: () => resolve(answer),
    });
  });
}
