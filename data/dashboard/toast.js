// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { h } from './dom.js';
import { icon } from './icons.js';

const SHOWN_MS = 5000;

// A line that goes by itself; errors stay until they are closed. kind: "info", "good", "bad"
export function toast(message, kind = 'info') {
  const box = h('div', { class: `toast ${kind}` }, h('span', {}, message),
                h('button', { class: 'icon-button', 'aria-label': 'Close', onclick: () => box.remove() }, icon('close')));
  document.getElementById('toasts').append(box);
  if (kind !== 'bad') setTimeout(() => box.remove(), SHOWN_MS);
  return () => box.remove();
}

export function toastError(error) {
  if (error?.name === 'AbortError') return;
  const message = error?.message ?? String(error);
  toast(message.charAt(0).toUpperCase() + message.slice(1), 'bad');
}

export async function copy(value, what = 'Copied') {
  try {
    await navigator.clipboard.writeText(value);
    toast(what, 'good');
  } catch {
    toast('The browser does not let this page copy.', 'bad');
  }
}
