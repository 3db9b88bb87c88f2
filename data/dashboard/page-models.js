// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Models of the account: what they can, what they cost, which API reaches them, other names for them.

import { get, post } from './api.js';
import { debounce, h, replace, setText } from './dom.js';
import * as events from './events.js';
import { integer } from './format.js';
import { icon } from './icons.js';
import { askEnable, openModel } from './models-detail.js';
import { capabilityName, describePolicy, makeModelTable, makeRouteTable } from './models-table.js';
import { TableEditor } from './settings-tables.js';
import { toast, toastError } from './toast.js';

const VIEWS = { list: 'List', routes: 'Routes', aliases: 'Aliases' };
const KINDS = { '': 'All kinds', chat: 'Chat', embeddings: 'Embeddings', completion: 'Completion' };

class ModelsPage {
  constructor(root, context) {
    this.context = context;
    this.models = [];
    const on = { open: (model) => openModel(model, (one) => this.enable(one)), enable: (model) => this.enable(model) };
    this.list = makeModelTable(on);
    this.routes = makeRouteTable(on);
    this.build(root);
    context.onRoute(() => this.show());
    this.end = events.on('models', () => this.load());
    this.show();
    this.load();
  }

  build(root) {
    const update = debounce(() => this.filter(), 80);
    this.search = h('input', {
      class: 'input',
      type: 'search',
      placeholder: 'Search models',
      'aria-label': 'Search models',
      oninput: update,
    });
    this.kind = h(
      'select',
      { class: 'select', 'aria-label': 'Kind', onchange: update },
      Object.entries(KINDS).map(([value, name]) => h('option', { value }, name)),
    );
    this.vendor = h(
      'select',
      { class: 'select', 'aria-label': 'Vendor', onchange: update },
      h('option', { value: '' }, 'All vendors'),
    );
    this.ability = h(
      'select',
      { class: 'select', 'aria-label': 'Ability', onchange: update },
      h('option', { value: '' }, 'Any abilities'),
    );
    this.count = h('span', { class: 'quiet', role: 'status' });
    this.refresh = h(
      'button',
      { type: 'button', class: 'button', onclick: () => this.readAgain() },
      icon('refresh'),
      'Refresh',
    );
    this.tabs = h(
      'div',
      { class: 'segments', role: 'group', 'aria-label': 'View' },
      Object.entries(VIEWS).map(([name, text]) =>
        h(
          'button',
          {
            type: 'button',
            class: 'button',
            data: { view: name },
            onclick: () => this.context.change(name === 'list' ? [] : [name]),
          },
          text,
        ),
      ),
    );
    this.tools = h('div', { class: 'models-tools' }, this.search, this.kind, this.vendor, this.ability, this.count);
    this.body = h('div', { class: 'stack' });
    replace(
      root,
      h('div', { class: 'page-head' }, h('h1', {}, 'Models'), this.tabs, this.refresh),
      h('div', { class: 'stack' }, this.tools, this.body),
    );
    this.listCard = h(
      'div',
      { class: 'stack' },
      h('section', { class: 'card flush' }, this.list.element),
      h(
        'p',
        { class: 'quiet' },
        'Prices are credits for a million tokens (1 credit = $0.01), as GitHub’s list names them.',
      ),
    );
    this.routesCard = h(
      'div',
      { class: 'stack' },
      h('section', { class: 'card flush' }, this.routes.element),
      h(
        'p',
        { class: 'quiet' },
        'Direct: passed on as it is. Translated: Jumpseat turns it into an API that the model has. Unsupported: no way leads there.',
      ),
    );
    this.aliases = h('div', { class: 'stack' });
    this.editors = [];
  }

  async load() {
    try {
      const { data } = await get('/api/models');
      this.models = data;
      this.fillFilters();
      this.filter();
    } catch (error) {
      toastError(error);
    }
  }

  fillFilters() {
    const fill = (select, first, values, name) => {
      const { value } = select;
      replace(
        select,
        h('option', { value: '' }, first),
        values.map((one) => h('option', { value: one }, name(one))),
      );
      select.value = values.includes(value) ? value : '';
    };
    const unique = (values) => [...new Set(values.filter(Boolean))].sort();
    fill(this.vendor, 'All vendors', unique(this.models.map(({ owned_by: vendor }) => vendor)), (one) => one);
    fill(
      this.ability,
      'Any abilities',
      unique(this.models.flatMap(({ capabilities }) => capabilities ?? [])),
      capabilityName,
    );
  }

  filter() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.models.filter((model) => {
      const text =
        `${model.id} ${model.display_name} ${model.owned_by} ${model.kind} ${describePolicy(model).text} ${(model.capabilities ?? []).map(capabilityName).join(' ')}`.toLowerCase();
      return (
        words.every((word) => text.includes(word)) &&
        (!this.kind.value || model.kind === this.kind.value) &&
        (!this.vendor.value || model.owned_by === this.vendor.value) &&
        (!this.ability.value || model.capabilities?.includes(this.ability.value))
      );
    });
    this.list.update(found);
    this.routes.update(found);
    setText(
      this.count,
      found.length === this.models.length
        ? `${integer(found.length)} models`
        : `${integer(found.length)} of ${integer(this.models.length)} models`,
    );
  }

  show() {
    const view = this.context.path[0] in VIEWS ? this.context.path[0] : 'list';
    for (const button of this.tabs.children) button.setAttribute('aria-pressed', `${button.dataset.view === view}`);
    this.tools.hidden = view === 'aliases';
    replace(this.body, view === 'list' ? this.listCard : view === 'routes' ? this.routesCard : this.aliases);
    if (view === 'aliases') this.loadAliases();
  }

  // What somebody is typing is not replaced by what was asked for before.
  async loadAliases() {
    try {
      const [{ tables }, { aliases }] = await Promise.all([get('/api/settings'), get('/api/models/aliases')]);
      if (this.editors.some((editor) => editor.isBeingEdited())) return;
      const hints = new Map(aliases.map(({ name, model }) => [name, model ? `means ${model} now` : 'no model of the account']));
      const wanted = ['model_aliases', 'model_mapping', 'model_prefix_mapping'];
      this.editors = wanted
        .map((name) => tables.find((table) => table.name === name))
        .filter(Boolean)
        .map((table) => {
          const options = { suggestions: 'models-ids', onSaved: () => this.loadAliases() };
          return new TableEditor(table, table.name === 'model_aliases' ? { ...options, hints } : options);
        });
      replace(
        this.aliases,
        this.editors.map(({ element }) => element),
        h(
          'datalist',
          { id: 'models-ids' },
          this.models.map(({ id }) => h('option', { value: id })),
        ),
      );
    } catch (error) {
      toastError(error);
    }
  }

  async readAgain() {
    this.refresh.disabled = true;
    try {
      await post('/api/models/refresh', {});
      await this.load();
      toast('The list is fresh.', 'good');
    } catch (error) {
      toastError(error);
    }
    this.refresh.disabled = false;
  }

  async enable(model) {
    if (await askEnable(model)) await this.load();
  }
}

export default {
  title: 'Models',
  mount(root, context) {
    const page = new ModelsPage(root, context);
    return () => page.end();
  },
};
