// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Light, dark, or as the system has it.

const KEY = 'jumpseat-scheme';
const CHOICES = ['auto', 'light', 'dark'];

export function getScheme() {
  const kept = localStorage.getItem(KEY);
  return CHOICES.includes(kept) ? kept : 'auto';
}

export function setScheme(choice) {
  if (choice === 'auto') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  document.documentElement.dataset.scheme = choice;
}

export function nextScheme() {
  const next = CHOICES[(CHOICES.indexOf(getScheme()) + 1) % CHOICES.length];
  setScheme(next);
  return next;
}
