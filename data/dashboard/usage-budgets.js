// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What may be spent: each limit with a bar, and a dialog to set one.

import { del, get, put } from './api.js';
import { confirm, openDialog } from './dialog.js';
import { h, replace } from './dom.js';
import * as events from './events.js';
import { credits, moment, percent, usd } from './format.js';
import { icon } from './icons.js';
import { toastError } from './toast.js';

const PERIODS = { day: 'Day', month: 'Month', session: 'Conversation' };
const ACTIONS = { warn: 'Warn', ask: 'Ask', cheaper: 'Use a cheaper model', refuse: 'Refuse' };

// "month key:laptop model:claude-*" → {period, key, model}
export function readName(name) {
  const [, period, key, model] = /^(\S+?)(?: key:(.*?))?(?: model:(\S+))?$/.exec(name) ?? [null, name];
  return { period, key: key ?? '', model: model ?? '' };
}

export const writeName = ({ period, key, model }) =>
  `${period}${key ? ` key:${key}` : ''}${model ? ` model:${model}` : ''}`;

function describe({ name }) {
  const { period, key, model } = readName(name);
  return [`Each ${(PERIODS[period] ?? period).toLowerCase()}`, key && `key ${key}`, model && `model ${model}`]
    .filter(Boolean)
    .join(', ');
}

function actionText({ action, cheaper_model: cheaper }) {
  return action === 'cheaper'
    ? `then ${cheaper || 'a cheaper model'}`
    : ({ warn: 'then a warning', ask: 'then somebody is asked', refuse: 'then refused' }[action] ?? action);
}

function makeBudget(budget, on) {
  const { used, credits: limit, estimated } = budget;
  const share = limit > 0 ? (used / limit) * 100 : 0;
  const kind = share >= 100 ? 'bad' : share >= 80 ? 'warn' : '';
  const name = describe(budget);
  return h(
    'li',
    { class: 'budget', data: { budget: budget.name } },
    h(
      'div',
      { class: 'spread' },
      h('strong', {}, name),
      h('span', {}, `${credits(used, estimated > 0)} of ${credits(limit)} credits (${usd(limit)})`),
    ),
    h(
      'div',
      {
        class: `meter ${kind}`,
        role: 'meter',
        'aria-label': name,
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-valuenow': Math.round(Math.min(share, 100)),
        'aria-valuetext': `${percent(share)} used`,
      },
      h('span', { style: { width: `${Math.min(100, share)}%` } }),
    ),
    h(
      'div',
      { class: 'spread' },
      h(
        'span',
        { class: 'quiet' },
        [`${percent(share)} used`, actionText(budget), budget.until ? `anew ${moment(budget.until)}` : null]
          .filter(Boolean)
          .join(' · '),
      ),
      h(
        'span',
        { class: 'row' },
        share >= 100 && h('span', { class: 'badge bad' }, 'used up'),
        h(
          'button',
          { type: 'button', class: 'icon-button', 'aria-label': `Change: ${name}`, onclick: () => on.change(budget) },
          icon('edit'),
        ),
        h(
          'button',
          { type: 'button', class: 'icon-button', 'aria-label': `Remove: ${name}`, onclick: () => on.remove(budget) },
          icon('trash'),
        ),
      ),
    ),
  );
}

const field = (label, control, hint) =>
  h(
    'label',
    { class: 'field' },
    h('span', { class: 'label' }, label),
    control,
    hint && h('span', { class: 'hint' }, hint),
  );

// budget: null for a new one. Saves itself; `saved` is called afterwards.
function openBudget(budget, names, saved) {
  const { period, key, model } = readName(budget?.name ?? 'day');
  const list = (id, values) =>
    h(
      'datalist',
      { id },
      values.map((value) => h('option', { value })),
    );
  const inputs = {
    period: h(
      'select',
      { class: 'select', value: period },
      Object.entries(PERIODS).map(([value, name]) => h('option', { value, selected: value === period }, name)),
    ),
    credits: h('input', {
      class: 'input',
      type: 'number',
      min: 0,
      step: 'any',
      required: true,
      value: budget?.credits ?? '',
      oninput: () => showUsd(),
    }),
    key: h('input', { class: 'input', value: key, list: 'budget-keys', placeholder: 'All' }),
    model: h('input', { class: 'input', value: model, list: 'budget-models', placeholder: 'All', spellcheck: 'false' }),
    action: h(
      'select',
      { class: 'select', onchange: () => showCheaper() },
      Object.entries(ACTIONS).map(([value, name]) =>
        h('option', { value, selected: value === (budget?.action ?? 'warn') }, name),
      ),
    ),
    cheaper: h('input', {
      class: 'input',
      value: budget?.cheaper_model ?? '',
      list: 'budget-models',
      placeholder: 'As the settings say',
      spellcheck: 'false',
    }),
  };
  const dollars = h('span', { class: 'hint' });
  const cheaperField = field('Cheaper model', inputs.cheaper);
  const error = h('p', { class: 'error', role: 'alert', hidden: true });
  const showUsd = () => {
    dollars.textContent = inputs.credits.value
      ? `${usd(Number(inputs.credits.value))}; 1 credit is one cent`
      : '1 credit is one cent';
  };
  const showCheaper = () => {
    cheaperField.hidden = inputs.action.value !== 'cheaper';
  };
  const creditsField = field('Credits', inputs.credits);
  creditsField.append(dollars);
  const form = h(
    'form',
    { class: 'stack' },
    h('div', { class: 'grid' }, field('Period', inputs.period), creditsField),
    h(
      'div',
      { class: 'grid' },
      field('Client key', inputs.key),
      field('Model', inputs.model, '* at the end stands for any ending'),
    ),
    field('When it is used up', inputs.action),
    cheaperField,
    h('div', { class: 'field' }, error),
    h('p', { class: 'quiet' }, 'You are told at 50, 80 and 95 %, whatever happens then.'),
    h('button', { type: 'submit', hidden: true }),
    list('budget-keys', names.keys),
    list('budget-models', names.models),
  );
  showUsd();
  showCheaper();
  async function onSubmit(event) {
    event?.preventDefault();
    if (!form.reportValidity()) return;
    const name = writeName({
      period: inputs.period.value,
      key: inputs.key.value.trim(),
      model: inputs.model.value.trim(),
    });
    const body = { credits: Number(inputs.credits.value), action: inputs.action.value };
    if (body.action === 'cheaper' && inputs.cheaper.value.trim()) body.model = inputs.cheaper.value.trim();
    try {
      await put(`/api/budgets/${encodeURIComponent(name)}`, body);
      if (budget && budget.name !== name) await del(`/api/budgets/${encodeURIComponent(budget.name)}`);
      dialog.close();
      saved();
    } catch (problem) {
      error.textContent = problem.message;
      error.hidden = false;
    }
  }
  form.addEventListener('submit', onSubmit);
  const dialog = openDialog({
    title: budget ? 'Change a Budget' : 'New Budget',
    content: form,
    buttons: [
      h('button', { class: 'button', onclick: () => dialog.close() }, 'Cancel'),
      h('button', { class: 'button primary', onclick: onSubmit }, 'Save'),
    ],
  });
}

export function mountBudgets(root) {
  const list = h('ul', { class: 'budgets' });
  const none = h(
    'p',
    { class: 'empty' },
    'No budget yet. One can warn you, ask, change to a cheaper model, or refuse, when a day, a month or a conversation has cost so much.',
  );
  const open = async (budget) => openBudget(budget, await getNames(), load);
  replace(
    root,
    h(
      'section',
      { class: 'card', 'aria-label': 'Budgets' },
      h(
        'div',
        { class: 'spread' },
        h('h2', {}, 'Budgets'),
        h('button', { type: 'button', class: 'button', onclick: () => open(null) }, icon('plus'), 'New budget'),
      ),
      list,
      none,
    ),
  );

  async function getNames() {
    const [keys, models] = await Promise.all([
      get('/api/keys').catch(() => null),
      get('/api/models').catch(() => null),
    ]);
    return { keys: keys?.keys?.map(({ name }) => name) ?? [], models: models?.data?.map(({ id }) => id) ?? [] };
  }

  async function load() {
    try {
      const { budgets } = await get('/api/budgets');
      replace(
        list,
        budgets.map((budget) => makeBudget(budget, { change: open, remove })),
      );
      none.hidden = budgets.length > 0;
    } catch (error) {
      toastError(error);
    }
  }

  async function remove(budget) {
    if (
      !(await confirm({
        title: 'Remove This Budget?',
        message: `${describe(budget)}: ${credits(budget.credits)} credits.`,
        action: 'Remove',
      }))
    )
      return;
    await del(`/api/budgets/${encodeURIComponent(budget.name)}`).catch(toastError);
    await load();
  }

  load();
  return events.on('budget', load);
}
