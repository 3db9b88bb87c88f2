// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// With what a conversation is asked: model, API, system prompt and numbers.

import { API_NAMES, APIS } from './chat-apis.js';
import { h, replace } from './dom.js';

const EFFORTS = ['', 'minimal', 'low', 'medium', 'high', 'xhigh'];

function field(label, control, className = 'field') {
  return h('label', { class: className }, h('span', { class: 'label' }, label), control);
}

const numberOrNull = (input) =>
  input.value === '' || !Number.isFinite(input.valueAsNumber) ? null : input.valueAsNumber;

// onChange (settings): somebody chose something else.
export function makeParameters(onChange) {
  let models = [];
  let wanted = '';
  const change = () => {
    wanted = model.value;
    showFitting();
    onChange(read());
  };
  const model = h('select', { class: 'select', onchange: change });
  const api = h(
    'select',
    { class: 'select', onchange: change },
    Object.entries(API_NAMES).map(([value, name]) => h('option', { value }, name)),
  );
  const system = h('textarea', { class: 'textarea', rows: 2, onchange: change, placeholder: 'None' });
  const maxTokens = h('input', {
    class: 'input',
    type: 'number',
    min: 1,
    max: 1000000,
    step: 1,
    onchange: change,
    placeholder: 'The model’s own',
  });
  const temperature = h('input', {
    class: 'input',
    type: 'number',
    min: 0,
    max: 2,
    step: 0.1,
    onchange: change,
    placeholder: 'The model’s own',
  });
  const effort = h(
    'select',
    { class: 'select', onchange: change },
    EFFORTS.map((value) => h('option', { value }, value || 'The model’s own')),
  );
  const effortField = field('Reasoning effort', effort);
  const webSearch = h('input', { type: 'checkbox', role: 'switch', class: 'switch', onchange: change });
  const webSearchField = h(
    'label',
    { class: 'row', title: 'The model may look things up. Not every model can.' },
    webSearch,
    'Web search',
  );
  const details = h(
    'details',
    { class: 'chat-more' },
    h('summary', {}, 'System prompt and parameters'),
    h(
      'div',
      { class: 'stack' },
      field('System prompt', system),
      h(
        'div',
        { class: 'grid' },
        field('Most tokens of an answer', maxTokens),
        field('Temperature', temperature),
        effortField,
      ),
      webSearchField,
    ),
  );

  function read() {
    return {
      model: wanted || model.value,
      api: api.value,
      system: system.value.trim(),
      maxTokens: numberOrNull(maxTokens),
      temperature: numberOrNull(temperature),
      effort: effortField.hidden ? '' : effort.value,
      webSearch: !webSearchField.hidden && webSearch.checked,
    };
  }

  // What the model or the API does not know is not offered.
  function showFitting() {
    const found = models.find(({ id }) => id === model.value);
    effortField.hidden = Boolean(found?.capabilities) && !found.capabilities.includes('reasoning_effort');
    webSearchField.hidden = APIS[api.value] !== undefined && !APIS[api.value].searches;
  }

  function showModels() {
    const names = models.filter(({ enabled, id }) => enabled !== false || id === wanted);
    if (wanted && !names.some(({ id }) => id === wanted)) names.unshift({ id: wanted, display_name: wanted });
    replace(
      model,
      names.map(({ id, display_name: name }) =>
        h('option', { value: id }, name && name !== id ? `${name} (${id})` : id),
      ),
    );
    if (wanted) model.value = wanted;
    showFitting();
  }

  return {
    element: h('div', { class: 'card chat-parameters' }, field('Model', model), field('API', api), details),
    get: read,
    set(session) {
      wanted = session.model;
      api.value = session.api;
      system.value = session.system ?? '';
      maxTokens.value = session.maxTokens ?? '';
      temperature.value = session.temperature ?? '';
      effort.value = session.effort ?? '';
      webSearch.checked = session.webSearch ?? false;
      showModels();
    },
    setModels(all) {
      models = all;
      showModels();
    },
  };
}
