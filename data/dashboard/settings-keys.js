// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Keys of clients: make one (shown once), limits, approve, revoke, remove.

import { del, get, patch, post } from './api.js';
import { confirm, openDialog } from './dialog.js';
import { h, replace } from './dom.js';
import * as events from './events.js';
import { credits, integer, moment, relative } from './format.js';
import { icon } from './icons.js';
import { makeTable } from './table.js';
import { copy, toastError } from './toast.js';

const STATES = { active: 'good', pending: 'warn', revoked: 'bad' };

function limitsText(key) {
  return (
    [
      key.models?.length && key.models.join(', '),
      key.requests_per_minute && `${integer(key.requests_per_minute)} a minute`,
      key.concurrent && `${integer(key.concurrent)} at once`,
      key.daily_credits && `${credits(key.daily_credits)} credits a day`,
    ]
      .filter(Boolean)
      .join('; ') || 'None'
  );
}

function field(label, control, hint) {
  return h(
    'label',
    { class: 'field' },
    h('span', { class: 'label' }, label),
    control,
    hint && h('span', { class: 'hint' }, hint),
  );
}

function makeForm(key) {
  const number = (value, props) =>
    h('input', { class: 'input', type: 'number', min: 0, value: value ?? '', placeholder: 'No limit', ...props });
  const inputs = {
    name: key ? null : h('input', { class: 'input', maxlength: 64, required: true, placeholder: 'laptop' }),
    models: h('input', {
      class: 'input',
      value: key?.models?.join(', ') ?? '',
      placeholder: 'All',
      spellcheck: 'false',
    }),
    requests_per_minute: number(key?.requests_per_minute, { step: 1 }),
    concurrent: number(key?.concurrent, { step: 1 }),
    daily_credits: number(key?.daily_credits, { step: 'any' }),
  };
  const form = h(
    'form',
    { class: 'stack' },
    inputs.name && field('Name', inputs.name, 'Of the program or the computer that will use it'),
    field('Models', inputs.models, 'Separated by commas; * at the end stands for any ending'),
    h(
      'div',
      { class: 'grid' },
      field('Requests a minute', inputs.requests_per_minute),
      field('Requests at once', inputs.concurrent),
      field('Credits a day', inputs.daily_credits),
    ),
  );
  const value = (input) => (input.value === '' ? null : Number(input.value));
  const read = () => {
    const models = inputs.models.value
      .split(',')
      .map((text) => text.trim())
      .filter(Boolean);
    return {
      ...(inputs.name && { name: inputs.name.value.trim() }),
      models: models.length ? models : null,
      requests_per_minute: value(inputs.requests_per_minute),
      concurrent: value(inputs.concurrent),
      daily_credits: value(inputs.daily_credits),
    };
  };
  return { form, read };
}

// Resolves to what `send` answered, or null when the person thought better of it.
function askForm(title, action, key, send) {
  return new Promise((resolve) => {
    const { form, read } = makeForm(key);
    const error = h('p', { class: 'error', role: 'alert', hidden: true });
    let answer = null;
    async function onSubmit(event) {
      event?.preventDefault();
      if (!form.reportValidity()) return;
      try {
        answer = await send(read());
        dialog.close();
      } catch (problem) {
        error.textContent = problem.message;
        error.hidden = false;
      }
    }
    form.addEventListener('submit', onSubmit);
    form.append(h('div', { class: 'field' }, error), h('button', { type: 'submit', hidden: true }));
    const dialog = openDialog({
      title,
      content: form,
      onClose: () => resolve(answer),
      buttons: [
        h('button', { class: 'button', onclick: () => dialog.close() }, 'Cancel'),
        h('button', { class: 'button primary', onclick: onSubmit }, action),
      ],
    });
  });
}

function showSecret({ name, secret }) {
  const dialog = openDialog({
    title: `Key for “${name}”`,
    content: h(
      'div',
      { class: 'stack' },
      h('p', {}, 'Copy it now: it is shown this once. Programs send it as a bearer token or as x-api-key.'),
      h(
        'div',
        { class: 'copy-line' },
        h('code', { class: 'grow', id: 'new-key' }, secret),
        h('button', { class: 'button', onclick: () => copy(secret, 'Key copied') }, icon('copy'), 'Copy'),
      ),
    ),
    buttons: [h('button', { class: 'button primary', onclick: () => dialog.close() }, 'Done')],
  });
}

export function mountKeys(root) {
  const problem = h('p', { class: 'notice bad', hidden: true });
  const none = h(
    'p',
    { class: 'empty' },
    'No key yet. Programs on this computer need none, unless server.require_key says so.',
  );
  const button = (text, action, kind = '') =>
    h('button', { type: 'button', class: `button small ${kind}`, onclick: () => action().catch(toastError) }, text);
  const table = makeTable(
    'Client keys',
    [
      {
        title: 'Name',
        name: 'name',
        sort: ({ name }) => name,
        cell: ({ name, display_name: shown, hint }) =>
          h('div', {}, shown || name, h('div', { class: 'quiet' }, `…${hint ?? ''}`)),
      },
      {
        title: 'State',
        name: 'state',
        sort: ({ state }) => state,
        cell: ({ state }) => h('span', { class: `badge ${STATES[state]}` }, state),
      },
      { title: 'Limits', name: 'limits', cell: limitsText },
      {
        title: 'Credits today',
        name: 'credits',
        number: true,
        sort: (key) => key.credits_today ?? 0,
        cell: (key) => credits(key.credits_today ?? null),
      },
      {
        title: 'Last used',
        name: 'used',
        sort: (key) => key.last_used ?? 0,
        cell: (key) => h('span', { title: moment(key.last_used) }, key.last_used ? relative(key.last_used) : 'never'),
      },
      {
        title: '',
        name: 'do',
        cell: (key) =>
          h(
            'div',
            { class: 'row' },
            key.state === 'active'
              ? button('Revoke', () => change(key, { state: 'revoked' }))
              : button(key.state === 'pending' ? 'Approve' : 'Activate', () => change(key, { state: 'active' })),
            button('Limits', () => limit(key)),
            button('Remove', () => remove(key), 'bad'),
          ),
      },
    ],
    { sortBy: 'name', descending: false },
  );
  replace(
    root,
    h(
      'section',
      { class: 'card flush' },
      h(
        'div',
        { class: 'spread' },
        h('h2', {}, 'Client keys'),
        h(
          'button',
          { type: 'button', class: 'button primary', onclick: () => create().catch(toastError) },
          icon('plus'),
          'New key',
        ),
      ),
      problem,
      none,
      table.element,
    ),
  );

  async function load() {
    try {
      const { keys, problem: text } = await get('/api/keys');
      table.update(keys);
      none.hidden = keys.length > 0;
      table.element.hidden = keys.length === 0;
      problem.textContent = text ?? '';
      problem.hidden = !text;
    } catch (error) {
      toastError(error);
    }
  }

  async function create() {
    const made = await askForm('New Client Key', 'Create', null, (value) => post('/api/keys', value));
    await load();
    if (made) showSecret(made);
  }

  async function limit(key) {
    await askForm(`Limits of “${key.name}”`, 'Save', key, (value) =>
      patch(`/api/keys/${encodeURIComponent(key.id)}`, value),
    );
    await load();
  }

  async function change(key, value) {
    await patch(`/api/keys/${encodeURIComponent(key.id)}`, value);
    await load();
  }

  async function remove(key) {
    const message = 'Programs that use it are refused from now on. This cannot be undone.';
    if (!(await confirm({ title: `Remove the Key “${key.name}”?`, message, action: 'Remove' }))) return;
    await del(`/api/keys/${encodeURIComponent(key.id)}`);
    await load();
  }

  load();
  return events.on('keys', load);
}
