// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What the list of requests is asked for: it stands in the page's address, so that it can be linked to.

import { query } from './api.js';
import * as format from './format.js';

export const SIZES = [25, 50, 100];
const FILTERS = ['model', 'api', 'client', 'key', 'session', 'status', 'from', 'until', 'metric', 'at_least', 'below'];

const METRICS = {
  request_size: ['Request', format.bytes],
  reply_size: ['Reply', format.bytes],
  duration: ['Duration', (value) => format.duration(value / 1e6)],
  input_tokens: ['Input tokens', format.integer],
  output_tokens: ['Output tokens', format.integer],
  credits: ['Credits', format.nanoCredits],
};

export function readQuery(params) {
  const found = { page: Math.max(1, Number(params.get('page')) || 1), per_page: Number(params.get('per_page')) };
  if (!SIZES.includes(found.per_page)) found.per_page = SIZES[0];
  found.q = params.get('q') ?? '';
  found.isFull = params.get('full') === '1';
  for (const name of FILTERS) found[name] = params.get(name) ?? '';
  return found;
}

// What is usual is left out.
export function writeQuery(values) {
  const params = new URLSearchParams();
  if (values.q) params.set('q', values.q);
  if (values.isFull) params.set('full', '1');
  for (const name of FILTERS) {
    if (values[name]) params.set(name, values[name]);
  }
  if (values.page > 1) params.set('page', values.page);
  if (values.per_page !== SIZES[0]) params.set('per_page', values.per_page);
  return params;
}

const filtersOf = (values) => Object.fromEntries(FILTERS.map((name) => [name, values[name]]));

export function listPath(values) {
  const { page, per_page: perPage, q } = values;
  if (q && values.isFull) return `/api/requests/search${query({ q, page, per_page: perPage, ...filtersOf(values) })}`;
  return `/api/requests${query({ page, per_page: perPage, search: q, ...filtersOf(values) })}`;
}

export const exportPath = (values) => `/api/requests/export${query({ search: values.isFull ? '' : values.q, q: values.isFull ? values.q : '', ...filtersOf(values) })}`;

export const hasFilter = (values) => values.q !== '' || FILTERS.some((name) => values[name] !== '');

// [text, names of what it stands for] for each filter that has no field of its own.
export function describeFilters(values) {
  const found = [];
  if (values.key) found.push([`Key: ${values.key}`, ['key']]);
  if (values.session) found.push([`Session: ${values.session}`, ['session']]);
  if (values.from || values.until) {
    const from = values.from ? format.dateTime(Number(values.from)) : '…';
    const until = values.until ? format.dateTime(Number(values.until)) : 'now';
    found.push([`${from} to ${until}`, ['from', 'until']]);
  }
  if (values.metric) {
    const [title, show] = METRICS[values.metric] ?? [values.metric, format.integer];
    const least = values.at_least ? `from ${show(Number(values.at_least))}` : '';
    const below = values.below && values.below !== '0' ? `below ${show(Number(values.below))}` : '';
    found.push([`${title} ${least} ${below}`.replace(/\s+/g, ' ').trim(), ['metric', 'at_least', 'below']]);
  }
  return found;
}
