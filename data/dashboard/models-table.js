// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The list of models, and which way each API reaches them.

import { h } from './dom.js';
import { compact, integer } from './format.js';
import { makeTable } from './table.js';

export const APIS = [
  ['chat', 'Chat'],
  ['responses', 'Responses'],
  ['messages', 'Messages'],
  ['ollama', 'Ollama'],
];
const CAPABILITIES = {
  streaming: 'streams',
  tool_calls: 'tools',
  parallel_tool_calls: 'parallel tools',
  structured_outputs: 'structured output',
  vision: 'images',
  reasoning_effort: 'reasoning effort',
};
const priceFormat = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

export const price = (value) => (value === null || value === undefined || value < 0 ? '–' : priceFormat.format(value));
export const capabilityName = (name) => CAPABILITIES[name] ?? name.replaceAll('_', ' ');

// "direct", "via chat" → translated, "none" → unsupported. Other words of a newer service stay as they are.
export function describeWay(way) {
  if (way === 'direct') return { mark: '●', text: 'direct', kind: 'good' };
  if (way === 'none' || way === undefined || way === null) return { mark: '–', text: 'unsupported', kind: 'quiet' };
  const by = /^via (.+)$/.exec(way)?.[1];
  return { mark: '◐', text: by ? `translated, via ${by}` : way, kind: 'accent' };
}

export function describePolicy({ enabled, policy }) {
  const state = typeof policy === 'string' ? policy : policy?.state;
  if (enabled !== false) return { text: 'enabled', kind: 'good' };
  return state === 'disabled' ? { text: 'disabled', kind: 'bad' } : { text: 'terms not accepted', kind: 'warn' };
}

function nameCell(model, open) {
  return h(
    'div',
    {},
    h('button', { type: 'button', class: 'model-name', onclick: () => open(model) }, model.display_name || model.id),
    h('div', { class: 'quiet mono' }, model.id),
    h(
      'div',
      { class: 'row model-badges' },
      model.preview && h('span', { class: 'badge' }, 'preview'),
      model.warnings?.length > 0 &&
        h(
          'span',
          { class: 'badge warn', title: model.warnings.join('\n') },
          model.retires_on ? `until ${model.retires_on}` : 'notice',
        ),
      model.kind && model.kind !== 'chat' && h('span', { class: 'badge accent' }, model.kind),
    ),
  );
}

// on: {open (model), enable (model)}
export function makeModelTable(on) {
  const prices = (model) => model.prices ?? model.price ?? {};
  return makeTable(
    'Models',
    [
      {
        title: 'Model',
        name: 'name',
        sort: ({ display_name: name, id }) => (name || id).toLowerCase(),
        cell: (model) => nameCell(model, on.open),
      },
      {
        title: 'Vendor',
        name: 'vendor',
        sort: ({ owned_by: vendor }) => vendor ?? '',
        cell: ({ owned_by: vendor }) => vendor ?? '–',
      },
      {
        title: 'Context',
        name: 'context',
        number: true,
        sort: (model) => model.context_length ?? null,
        cell: (model) => h('span', { title: `${integer(model.context_length)} tokens` }, compact(model.context_length)),
      },
      {
        title: 'Output',
        name: 'output',
        number: true,
        sort: (model) => model.max_output_tokens ?? null,
        cell: (model) =>
          h('span', { title: `${integer(model.max_output_tokens)} tokens` }, compact(model.max_output_tokens)),
      },
      {
        title: 'In',
        name: 'price-in',
        number: true,
        sort: (model) => prices(model).input ?? null,
        cell: (model) => price(prices(model).input),
      },
      {
        title: 'Cached',
        name: 'price-cached',
        number: true,
        sort: (model) => prices(model).cache_read ?? null,
        cell: (model) => price(prices(model).cache_read),
      },
      {
        title: 'Out',
        name: 'price-out',
        number: true,
        sort: (model) => prices(model).output ?? null,
        cell: (model) => price(prices(model).output),
      },
      {
        title: 'State',
        name: 'state',
        sort: (model) => describePolicy(model).text,
        cell: (model) => {
          const { text, kind } = describePolicy(model);
          return h(
            'div',
            { class: 'row' },
            h('span', { class: `badge ${kind}` }, text),
            model.enabled === false &&
              h(
                'button',
                {
                  type: 'button',
                  class: 'button small',
                  'aria-label': `Enable ${model.id}`,
                  onclick: () => on.enable(model),
                },
                'Enable…',
              ),
          );
        },
      },
    ],
    { empty: 'No model is like that.', sortBy: 'name', descending: false },
  );
}

export function makeRouteTable(on) {
  return makeTable(
    'Routes',
    [
      {
        title: 'Model',
        name: 'name',
        sort: ({ id }) => id,
        cell: (model) =>
          h('button', { type: 'button', class: 'model-name mono', onclick: () => on.open(model) }, model.id),
      },
      ...APIS.map(([api, title]) => ({
        title,
        name: api,
        className: 'route-cell',
        sort: (model) => model.routes?.[api] ?? '',
        cell: (model) => {
          const { mark, text, kind } = describeWay(model.routes?.[api]);
          return h('span', { class: `route ${kind}` }, h('span', { 'aria-hidden': 'true' }, mark), ' ', text);
        },
      })),
    ],
    { empty: 'No model is like that.', sortBy: 'name', descending: false },
  );
}
