// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// One setting: what it means, a control of its kind, where its value comes from, what is wrong with it.

import { h, replace } from './dom.js';
import { icon } from './icons.js';
import { integer } from './format.js';

const SOURCES = { default: 'default', file: 'settings file', session: 'this run', 'command line': 'command line' };
const HINTS = {
  url: 'An address such as https://name.example',
  proxy: 'scheme://host:port',
  address: 'loopback, any, or an IP address',
  hosts: 'Names or addresses, separated by commas',
  origins: 'Origins, separated by commas: https://chat.example',
};

export function sourceName(source) {
  return SOURCES[source] ?? (/^[A-Z][A-Z0-9_]*$/.test(source) ? `variable ${source}` : source);
}

// Where neither file nor this run can win.
const isFixed = ({ source }) => !['default', 'file', 'session'].includes(source);

function valueText(row, value) {
  if (value === '') return 'empty';
  if (row.type === 'integer') return value < 100000 ? `${value}` : integer(value);
  return `${value}`;
}

function rangeOf(row) {
  if (row.type === 'integer') return `${valueText(row, row.min)} to ${valueText(row, row.max)}`;
  return HINTS[row.type] ?? null;
}

function makeControl(row, id, describedBy) {
  const props = { id, 'aria-describedby': describedBy };
  if (row.type === 'boolean') return h('input', { type: 'checkbox', role: 'switch', class: 'switch', ...props });
  if (row.type === 'choice')
    return h(
      'select',
      { class: 'select', ...props },
      row.choices.map((value) => h('option', { value }, value)),
    );
  // Not type=number: what is typed is kept as it is, and the service says what is wrong with it.
  return h('input', {
    class: 'input',
    type: 'text',
    spellcheck: 'false',
    autocomplete: 'off',
    inputmode: row.type === 'integer' ? 'numeric' : null,
    ...props,
  });
}

export class SettingField {
  // on: {changed (field), reset (field)}
  constructor(row, on) {
    this.name = row.name;
    const id = `setting-${row.name.replaceAll('.', '-')}`;
    this.control = makeControl(row, id, `${id}-doc ${id}-error`);
    this.control.addEventListener(row.type === 'boolean' || row.type === 'choice' ? 'change' : 'input', () => {
      this.setError('');
      this.showState();
      on.changed(this);
    });
    this.badges = h('span', { class: 'row' });
    this.error = h('p', { class: 'error', id: `${id}-error`, hidden: true });
    this.facts = h('p', { class: 'hint' });
    this.resetButton = h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': `Reset ${row.name} to its default`,
        title: 'Reset to the default',
        onclick: () => on.reset(this),
      },
      icon('refresh'),
    );
    this.element = h(
      'div',
      { class: 'setting', data: { name: row.name } },
      h(
        'div',
        { class: 'setting-words' },
        h('div', { class: 'spread' }, h('label', { for: id, class: 'setting-name' }, row.key), this.badges),
        h('p', { id: `${id}-doc` }, row.doc),
        this.facts,
      ),
      h(
        'div',
        { class: 'setting-control field' },
        h('div', { class: 'row setting-line' }, this.control, this.resetButton),
        this.error,
      ),
    );
    this.setRow(row);
  }

  // What the service says now; drops what was typed.
  setRow(row) {
    this.row = row;
    this.write(row.value);
    this.setError('');
    this.showState();
  }

  write(value) {
    if (this.row.type === 'boolean') this.control.checked = value;
    else this.control.value = value;
  }

  read() {
    const { type } = this.row;
    if (type === 'boolean') return this.control.checked;
    const text = this.control.value.trim();
    return type === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  }

  isChanged() {
    return this.read() !== this.row.value;
  }

  discard() {
    this.setRow(this.row);
  }

  setError(message) {
    this.error.textContent = message;
    this.error.hidden = message === '';
    if (message === '') this.control.removeAttribute('aria-invalid');
    else this.control.setAttribute('aria-invalid', 'true');
  }

  showState() {
    const { row } = this;
    replace(
      this.badges,
      this.isChanged() && h('span', { class: 'badge accent' }, 'changed'),
      row.needs_restart && h('span', { class: 'badge warn' }, 'needs a restart'),
      row.source !== 'default' && h('span', { class: 'badge' }, sourceName(row.source)),
    );
    const variable = row.environment.filter(Boolean)[0];
    replace(
      this.facts,
      [
        rangeOf(row),
        `default ${valueText(row, row.default)}`,
        variable && `variable ${variable}`,
        isFixed(row) && `${sourceName(row.source)} is stronger than the file: what is saved holds once it is gone`,
      ]
        .filter(Boolean)
        .join(' · '),
    );
    this.resetButton.hidden = row.source === 'default' || isFixed(row);
  }

  matches(words) {
    const text = `${this.row.name} ${this.row.doc} ${this.row.environment.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }
}
