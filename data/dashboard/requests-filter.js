// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Search and filters above the list.

import { debounce, h, replace } from './dom.js';
import { icon } from './icons.js';
import { describeFilters } from './requests-query.js';

const SEARCH_MS = 300;
const APIS = [['chat', 'Chat Completions'], ['completions', 'Completions'], ['responses', 'Responses'], ['messages', 'Messages'],
              ['ollama', 'Ollama'], ['embeddings', 'Embeddings'], ['count', 'Token counts']];
const STATUSES = [['2', 'Succeeded'], ['4', 'Refused (4xx)'], ['5', 'Failed (5xx)'], ['429', '429, limits'], ['499', '499, client left']];

function fillSelect(select, first, rows, value) {
  const known = rows.some(([name]) => name === value);
  replace(select, h('option', { value: '' }, first), rows.map(([name, title]) => h('option', { value: name }, title)),
          value && !known ? h('option', { value }, value) : null);
  select.value = value;
}

// on (changes): some values are others now
export function makeFilter(on) {
  let models = [];
  let clients = [];
  let values = null;
  const search = h('input', { class: 'input', type: 'search', placeholder: 'Search (press /)', 'aria-label': 'Search requests', autocomplete: 'off', spellcheck: 'false' });
  const later = debounce(() => change({}), SEARCH_MS);
  // What was typed a moment ago counts, too.
  const change = (changes) => {
    later.cancel();
    on({ q: search.value.trim(), ...changes });
  };
  search.addEventListener('input', later);
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') change({});
  });
  const mode = h('select', { class: 'select', 'aria-label': 'Where to search', onchange: () => change({ isFull: mode.value === 'full' }) },
                 h('option', { value: 'basic' }, 'Basic search'), h('option', { value: 'full' }, 'Full text'));
  const makeSelect = (name, label) => {
    const select = h('select', { class: 'select', 'aria-label': label, onchange: () => change({ [name]: select.value }) });
    return select;
  };
  const model = makeSelect('model', 'Model');
  const api = makeSelect('api', 'API');
  const client = makeSelect('client', 'Client');
  const status = makeSelect('status', 'Result');
  const chips = h('div', { class: 'row request-chips' });
  const element = h('div', { class: 'request-filter', role: 'search' },
                    h('div', { class: 'request-search' }, icon('search'), search), mode, model, api, client, status, chips);

  function fill() {
    fillSelect(model, 'Any model', models.map((name) => [name, name]), values.model);
    fillSelect(api, 'Any API', APIS, values.api);
    fillSelect(client, 'Any client', clients.map((name) => [name, name]), values.client);
    fillSelect(status, 'Any result', STATUSES, values.status);
  }

  return {
    element,
    focus() {
      search.focus();
      search.select();
    },
    show(next) {
      values = next;
      if (document.activeElement !== search) search.value = values.q;
      mode.value = values.isFull ? 'full' : 'basic';
      fill();
      replace(chips, describeFilters(values).map(([text, names]) =>
        h('button', { class: 'button small', 'aria-label': `Remove filter ${text}`,
                      onclick: () => change(Object.fromEntries(names.map((name) => [name, '']))) }, text, icon('close'))));
    },
    // What there is to choose from.
    offer(nextModels, nextClients) {
      models = [...new Set(nextModels)].filter(Boolean).sort();
      clients = [...new Set([...clients, ...nextClients])].filter(Boolean).sort();
      if (values !== null) fill();
    },
    stop: () => later.cancel(),
  };
}
