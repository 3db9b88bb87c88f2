// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The sums by model, client … as a table, with what all of them make.

import { h, replace } from './dom.js';
import { bytes, credits, duration, integer, share, usd } from './format.js';
import { makeTable } from './table.js';
import { addSums, creditsOf, sumByName } from './usage-sums.js';

const NANO = 1e9;
const NAMELESS = 'not told';

function moneyCell({ nano, estimatedNano }) {
  const text = credits((nano + estimatedNano) / NANO, estimatedNano > 0);
  return estimatedNano > 0
    ? h('span', { title: `${credits(estimatedNano / NANO)} credits of it are estimated` }, text)
    : text;
}

function unpricedCell({ unpriced, requests }) {
  if (unpriced === 0) return integer(0);
  return h(
    'span',
    { class: 'badge warn', title: `GitHub told no price for ${integer(unpriced)} of ${integer(requests)} requests` },
    integer(unpriced),
  );
}

export function makeUsageTable(title) {
  const column = (heading, name, of, show) => ({
    title: heading,
    name,
    number: true,
    sort: (row) => (row.isTotal ? null : of(row.sums)),
    cell: ({ sums }) => show(of(sums), sums),
  });
  const name = (row) => (row.isTotal ? h('strong', {}, 'All') : (row.name ?? h('span', { class: 'quiet' }, NAMELESS)));
  const table = makeTable(
    title,
    [
      { title, name: 'name', sort: (row) => (row.isTotal ? null : (row.name ?? '')), cell: name },
      column('Credits', 'credits', creditsOf, (value, sums) => moneyCell(sums)),
      column('USD', 'usd', creditsOf, (value, { estimatedNano }) => usd(value, estimatedNano > 0)),
      column(
        'Unpriced',
        'unpriced',
        ({ unpriced }) => unpriced,
        (value, sums) => unpricedCell(sums),
      ),
      column('Requests', 'requests', ({ requests }) => requests, integer),
      column('Failed', 'failed', ({ failed }) => failed, integer),
      column('Input', 'input', ({ input }) => input, integer),
      column(
        'Cached',
        'cached',
        ({ cached }) => cached,
        (value, { input }) => `${integer(value)}${input ? ` (${share(value, input)})` : ''}`,
      ),
      column('Output', 'output', ({ output }) => output, integer),
      column('Reasoning', 'reasoning', ({ reasoning }) => reasoning, integer),
      column(
        'Data',
        'data',
        ({ bytesIn, bytesOut }) => bytesIn + bytesOut,
        (value, { bytesIn, bytesOut }) =>
          h('span', { title: `${bytes(bytesIn)} asked, ${bytes(bytesOut)} answered` }, bytes(value)),
      ),
      column('Mean time', 'time', ({ seconds, requests }) => (requests ? seconds / requests : null), duration),
    ],
    { empty: 'Nothing in this time.', sortBy: 'credits' },
  );
  return {
    element: table.element,
    update(rows) {
      const names = sumByName(rows);
      // Rows without a value to sort by stay last: so does the total.
      table.update(
        names.length > 1 ? [...names, { isTotal: true, sums: addSums(names.map(({ sums }) => sums)) }] : names,
      );
    },
  };
}

// The figures on top of the page.
export function showFigures(root, sums) {
  const card = (label, value, note) =>
    h(
      'div',
      { class: 'card' },
      h('div', { class: 'figure-label' }, label),
      h('div', { class: 'figure' }, value),
      h('div', { class: 'figure-note' }, note),
    );
  const money = creditsOf(sums);
  const isEstimate = sums.estimatedNano > 0;
  const unpriced =
    sums.unpriced > 0
      ? `${integer(sums.unpriced)} without a price${isEstimate ? `, ${credits(sums.estimatedNano / NANO)} estimated` : ''}`
      : 'as GitHub priced them';
  replace(
    root,
    card('Credits', credits(money, isEstimate), `${usd(money, isEstimate)} · ${unpriced}`),
    card('Requests', integer(sums.requests), sums.failed ? `${integer(sums.failed)} failed` : 'none failed'),
    card('Input tokens', integer(sums.input), `${share(sums.cached, sums.input)} from the cache`),
    card(
      'Output tokens',
      integer(sums.output),
      sums.reasoning ? `${integer(sums.reasoning)} of them reasoning` : 'no reasoning',
    ),
  );
}
