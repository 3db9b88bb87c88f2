// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Tables of the settings: names on the left, what they mean on the right. A whole table is saved at once.

import { ApiError, post } from './api.js';
import { h, replace } from './dom.js';
import { icon } from './icons.js';
import { toast, toastError } from './toast.js';

const TITLES = {
  model_mapping: ['Names of models', 'Name', 'Model'],
  model_prefix_mapping: ['Beginnings of names of models', 'Beginning', 'Model'],
  model_aliases: ['Aliases', 'Alias', 'Model'],
  budgets: ['Budgets', 'Name', 'Limit'],
};

export class TableEditor {
  // options: {suggestions: id of a datalist, hints: Map of names to words below their rows, onSaved ()}
  constructor(table, options = {}) {
    this.name = table.name;
    this.options = options;
    const [title, left, right] = TITLES[table.name] ?? [table.name, 'Name', 'Value'];
    this.heads = [left, right];
    this.body = h('tbody');
    this.error = h('p', { class: 'error', role: 'alert', hidden: true });
    this.saveButton = h(
      'button',
      { type: 'button', class: 'button primary', disabled: true, onclick: () => this.save(true) },
      'Save',
    );
    this.runButton = h(
      'button',
      { type: 'button', class: 'button', disabled: true, onclick: () => this.save(false) },
      'Until restart',
    );
    this.discardButton = h(
      'button',
      { type: 'button', class: 'button', disabled: true, onclick: () => this.setRows(this.rows) },
      'Discard',
    );
    this.element = h(
      'section',
      { class: 'card field', data: { table: table.name } },
      h('h2', {}, title),
      h('p', { class: 'quiet' }, table.doc),
      h(
        'table',
        { class: 'table-edit' },
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, left), h('th', { scope: 'col' }, right), h('td'))),
        this.body,
      ),
      this.error,
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'button', class: 'button', onclick: () => this.add('', '', true) }, icon('plus'), 'Add'),
        h('span', { class: 'grow' }),
        this.discardButton,
        this.runButton,
        this.saveButton,
      ),
    );
    this.setRows(table.rows);
  }

  setRows(rows) {
    this.rows = rows;
    replace(this.body);
    for (const { name, target } of rows) this.add(name, target, false);
    this.setError('');
    this.note();
  }

  add(name, target, isNew) {
    const means = isNew ? undefined : this.options.hints?.get(name);
    const left = h('input', {
      class: 'input',
      value: name,
      spellcheck: 'false',
      'aria-label': this.heads[0],
      oninput: () => this.note(),
    });
    const right = h('input', {
      class: 'input',
      value: target,
      spellcheck: 'false',
      'aria-label': this.heads[1],
      list: this.options.suggestions ?? null,
      oninput: () => this.note(),
    });
    const row = h(
      'tr',
      {},
      h('td', {}, left),
      h('td', {}, right, means !== undefined && h('div', { class: 'quiet' }, means)),
      h(
        'td',
        {},
        h(
          'button',
          {
            type: 'button',
            class: 'icon-button',
            'aria-label': `Remove ${name || 'this row'}`,
            onclick: () => {
              row.remove();
              this.note();
            },
          },
          icon('trash'),
        ),
      ),
    );
    this.body.append(row);
    if (isNew) left.focus();
    if (isNew) this.note();
  }

  read() {
    return [...this.body.rows]
      .map((row) => [...row.querySelectorAll('input')].map(({ value }) => value.trim()))
      .filter(([name, target]) => name !== '' || target !== '');
  }

  isChanged() {
    return JSON.stringify(this.read()) !== JSON.stringify(this.rows.map(({ name, target }) => [name, target]));
  }

  // A row that is still empty counts, too.
  isBeingEdited() {
    return this.body.rows.length !== this.rows.length || this.isChanged();
  }

  note() {
    const isSame = !this.isChanged();
    for (const button of [this.saveButton, this.runButton, this.discardButton]) button.disabled = isSame;
  }

  setError(text) {
    this.error.textContent = text;
    this.error.hidden = text === '';
  }

  async save(toFile) {
    const rows = this.read();
    const names = rows.map(([name]) => name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (names.includes('')) this.setError('Each row needs a name.');
    else if (twice !== undefined) this.setError(`“${twice}” stands here twice.`);
    else await this.send(rows, toFile);
  }

  async send(rows, toFile) {
    try {
      // Written by hand: an object would put names that are numbers first, and the order of rows matters.
      const members = rows.map(([name, target]) => `${JSON.stringify(name)}:${JSON.stringify(target)}`);
      const text = `{"${this.name}":{${members.join(',')}},"save":${toFile}}`;
      const { tables } = await post('/api/settings', new Blob([text], { type: 'application/json' }));
      const table = tables?.find(({ name }) => name === this.name);
      this.setRows(table?.rows ?? rows.map(([name, target]) => ({ name, target })));
      this.options.onSaved?.();
      toast(toFile ? 'Saved' : 'Holds until Jumpseat is started again', 'good');
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 400) toastError(error);
      else
        this.setError(
          (error.details?.error?.details ?? []).map(({ name, message }) => `${name}: ${message}`).join('; ') ||
            error.message,
        );
    }
  }
}
