// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// A chart in words: what a bar is called, what its tooltip says, and all of it as a table. `data` is that of chart.js.

import { formatValue } from './chart-axis.js';
import { h } from './dom.js';

// Where the heading says what it is.
export const bare = (unit, value) => formatValue(unit, value).replace(/ (tokens?|credits?)$/, '');

const sumAt = (series, index) => series.reduce((all, { values }) => all + (values[index] ?? 0), 0);
const addsUp = ({ series }, kind) => series.length > 1 && kind !== 'lines';

function rowsOf({ series }, index) {
  return series
    .map(({ name, values }, k) => ({ name, k, value: values[index] ?? null }))
    .filter(({ value }) => value !== null && value !== 0);
}

function textOf({ unit, series }, { name, value }, between) {
  return series.length > 1 ? `${name}${between}${formatValue(unit, value)}` : formatValue(unit, value);
}

export function sentenceOf(data, index) {
  const parts = rowsOf(data, index).map((row) => textOf(data, row, ' '));
  return `${data.buckets[index].name}: ${parts.join(', ') || formatValue(data.unit, 0)}`;
}

// Lines of the tooltip, as Tip takes them: the one on top of the stack first.
export function linesOf(data, index, kind) {
  const { unit, series, buckets } = data;
  const rows = rowsOf(data, index).reverse();
  const total = addsUp(data, kind) ? ` – ${formatValue(unit, sumAt(series, index))}` : '';
  const lines = rows.map((row) => ({ k: row.k, text: textOf(data, row, ': ') }));
  return [{ text: `${buckets[index].name}${total}` }, ...(lines.length > 0 ? lines : [{ text: formatValue(unit, 0) }])];
}

export function makeTable(data, kind) {
  const { buckets, series, unit, head, title } = data;
  const hasTotal = addsUp(data, kind);
  const number = (value) => h('td', { class: 'number' }, bare(unit, value));
  const heads = [...series.map(({ name }) => name), ...(hasTotal ? ['Total'] : [])];
  const makeRow = ({ name }, i) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, name),
      series.map(({ values }) => number(values[i])),
      hasTotal && number(sumAt(series, i)),
    );
  return h(
    'table',
    { class: 'table' },
    h('caption', {}, title),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, head ?? 'Time'),
        heads.map((text) => h('th', { scope: 'col', class: 'number' }, text)),
      ),
    ),
    h('tbody', {}, buckets.map(makeRow)),
  );
}
