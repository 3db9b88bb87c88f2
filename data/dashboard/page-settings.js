// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Every setting there is, by groups: change several, then save them as one, or try them until the next start.

import { ApiError, del, get, post } from './api.js';
import { h, replace, setText } from './dom.js';
import * as events from './events.js';
import { plural } from './format.js';
import { SettingField } from './settings-field.js';
import { mountHistory } from './settings-history.js';
import { mountKeys } from './settings-keys.js';
import { TableEditor } from './settings-tables.js';
import { toast, toastError } from './toast.js';

const GROUPS = {
  server: 'Server',
  keys: 'Client keys',
  upstream: 'GitHub and Copilot',
  models: 'Models',
  budget: 'Budgets',
  usage: 'Usage',
  history: 'History',
  traffic: 'Traffic',
  streams: 'Streams',
  retries: 'Retries',
  translation: 'Translation',
  identity: 'Identity',
  timeouts: 'Timeouts',
  limits: 'Limits',
  secrets: 'Secrets',
  log: 'Log',
  metrics: 'Metrics',
  screen: 'Window',
  updates: 'Updates',
};
const TABLES = { model_aliases: 'models', model_mapping: 'models', model_prefix_mapping: 'models', budgets: 'budget' };

class SettingsPage {
  constructor(root, context) {
    this.context = context;
    this.fields = new Map();
    this.tables = new Map();
    this.ends = [];
    this.build(root);
    context.onRoute(() => this.showGroup());
    this.load();
    this.ends.push(events.on('settings', () => this.refresh()));
  }

  build(root) {
    this.search = h('input', {
      class: 'input',
      type: 'search',
      placeholder: 'Search settings',
      'aria-label': 'Search settings',
      oninput: () => this.showGroup(),
    });
    this.nav = h('nav', { class: 'settings-nav', 'aria-label': 'Groups of settings' });
    this.content = h('div', { class: 'stack' });
    this.count = h('span', { class: 'grow', role: 'status' });
    const button = (text, kind, press) =>
      h('button', { type: 'button', class: `button ${kind}`, onclick: press }, text);
    this.bar = h(
      'div',
      { class: 'settings-bar', hidden: true },
      this.count,
      button('Discard', '', () => this.discard()),
      button('Until restart', '', () => this.save(false)),
      button('Save', 'primary', () => this.save(true)),
    );
    this.file = h('code');
    replace(
      root,
      h('div', { class: 'page-head' }, h('h1', {}, 'Settings'), h('div', { class: 'settings-search' }, this.search)),
      h(
        'div',
        { class: 'settings-frame' },
        this.nav,
        h('div', { class: 'stack' }, this.content, this.bar, h('p', { class: 'quiet' }, 'Kept in ', this.file)),
      ),
    );
  }

  async load() {
    try {
      const all = await get('/api/settings');
      setText(this.file, all.file ?? 'the settings file');
      for (const row of all.settings)
        this.fields.set(
          row.name,
          new SettingField(row, { changed: () => this.note(), reset: (field) => this.reset(field) }),
        );
      for (const table of all.tables)
        this.tables.set(
          table.name,
          new TableEditor(table, { suggestions: table.name === 'budgets' ? null : 'settings-models' }),
        );
      this.groups = this.groupNames(all);
      this.sections = new Map(this.groups.map((name) => [name, this.makeSection(name)]));
      this.nothing = h('p', { class: 'card empty' }, 'No setting has these words.');
      replace(this.content, [...this.sections.values()], this.nothing);
      this.showNav();
      this.showGroup();
      this.suggest();
    } catch (error) {
      toastError(error);
    }
  }

  // New groups of the service come last, under their own names.
  groupNames({ settings }) {
    const there = new Set([...settings.map(({ group }) => group), 'keys', 'budget']);
    return [
      ...Object.keys(GROUPS).filter((name) => there.has(name)),
      ...[...there].filter((name) => !(name in GROUPS)),
    ];
  }

  async suggest() {
    const { data } = await get('/api/models').catch(() => ({ data: [] }));
    this.content.parentElement?.append(
      h(
        'datalist',
        { id: 'settings-models' },
        data.map(({ id }) => h('option', { value: id })),
      ),
    );
  }

  makeSection(name) {
    const rows = [...this.fields.values()].filter(({ row }) => row.group === name).map(({ element }) => element);
    const extra = h('div', { class: 'stack settings-extra' });
    if (name === 'keys') this.ends.push(mountKeys(extra));
    if (name === 'history') this.ends.push(mountHistory(extra));
    if (name === 'budget')
      extra.append(
        h('p', {}, 'How much of each budget is used stands on the page ', h('a', { href: '#/usage' }, 'Usage'), '.'),
      );
    const tables = [...this.tables.values()]
      .filter((table) => (TABLES[table.name] ?? 'models') === name)
      .map(({ element }) => element);
    const card =
      rows.length > 0 &&
      h(
        'section',
        { class: 'card settings-card', 'aria-label': GROUPS[name] ?? name },
        h('h2', {}, GROUPS[name] ?? name),
        rows,
      );
    return h(
      'div',
      { class: 'stack', data: { group: name } },
      card,
      extra.childElementCount > 0 && extra,
      tables.length > 0 && h('div', { class: 'stack settings-extra' }, tables),
    );
  }

  showNav() {
    replace(
      this.nav,
      this.groups.map((name) => h('a', { href: `#/settings/${name}`, data: { group: name } }, GROUPS[name] ?? name)),
    );
  }

  showGroup() {
    if (!this.sections) return;
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = this.groups.includes(this.context.path[0]) ? this.context.path[0] : this.groups[0];
    for (const link of this.nav.querySelectorAll('a')) {
      if (words.length === 0 && link.dataset.group === wanted) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    const current = this.nav.querySelector('[aria-current]');
    if (current) this.nav.scrollLeft = current.offsetLeft - this.nav.offsetLeft - 20; // on a phone they stand in a row
    for (const field of this.fields.values()) field.element.hidden = words.length > 0 && !field.matches(words);
    let nFound = 0;
    for (const [name, section] of this.sections) {
      section.hidden = words.length > 0 ? section.querySelector('.setting:not([hidden])') === null : name !== wanted;
      nFound += section.hidden ? 0 : 1;
    }
    this.content.classList.toggle('is-searched', words.length > 0); // settings alone, nothing else of the groups
    this.nothing.hidden = nFound > 0;
  }

  // ---- changes ----

  changed() {
    return [...this.fields.values()].filter((field) => field.isChanged());
  }

  note() {
    const n = this.changed().length;
    this.bar.hidden = n === 0;
    setText(this.count, n === 0 ? '' : plural(n, 'change'));
  }

  discard() {
    for (const field of this.changed()) field.discard();
    this.note();
  }

  take({ settings, tables }) {
    for (const row of settings ?? []) this.fields.get(row.name)?.setRow(row);
    for (const table of tables ?? []) this.tables.get(table.name)?.setRows(table.rows);
    this.note();
  }

  async save(toFile) {
    const fields = this.changed();
    try {
      const answer = await post('/api/settings', {
        ...Object.fromEntries(fields.map((field) => [field.name, field.read()])),
        save: toFile,
      });
      this.take(answer);
      const after = answer.needs_restart ? ' Some of it holds after the next start.' : '';
      toast(toFile ? `Saved.${after}` : `Holds until Jumpseat is started again.${after}`, 'good');
    } catch (error) {
      this.showMistakes(error);
    }
  }

  showMistakes(error) {
    const mistakes = error instanceof ApiError ? (error.details?.error?.details ?? []) : [];
    if (mistakes.length === 0) {
      toastError(error);
      return;
    }
    for (const { name, message } of mistakes) this.fields.get(name)?.setError(message.replace(`${name}: `, ''));
    toast(`Nothing was changed: ${plural(mistakes.length, 'value is', 'values are')} not right.`, 'bad');
    const first = this.fields.get(mistakes[0].name);
    if (first?.element.closest('[hidden]')) {
      this.search.value = '';
      this.context.change([first.row.group], undefined, { replace: true });
      this.showGroup();
    }
    first?.control.focus();
  }

  async reset(field) {
    try {
      this.take(await del(`/api/settings/${encodeURIComponent(field.name)}`));
      toast(`${field.name} has its default again.`, 'good');
    } catch (error) {
      toastError(error);
    }
  }

  // Somebody else changed something: what is being typed here stays.
  async refresh() {
    if (this.fields.size === 0) return;
    try {
      const all = await get('/api/settings');
      for (const row of all.settings) {
        const field = this.fields.get(row.name);
        if (field && !field.isChanged()) field.setRow(row);
      }
      for (const table of all.tables) {
        const editor = this.tables.get(table.name);
        if (editor && !editor.isChanged()) editor.setRows(table.rows);
      }
    } catch {
      // the bar of the page says that nobody answers
    }
  }

  unmount() {
    for (const end of this.ends) end();
  }
}

export default {
  title: 'Settings',
  mount(root, context) {
    const page = new SettingsPage(root, context);
    return () => page.unmount();
  },
};
