// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The sums by model, client … as a table, with what all of them make, and as a file for spreadsheets.

import { h, replace } from './dom.js';
import { bytes, credits, duration, integer, share, usd } from './format.js';
import { makeTable } from './table.js';
import { addSums, creditsOf, sumByName } from './usage-sums.js';

const NANO = 1e9;
const NAMELESS = 'not told';

function moneyCell({ nano, estimatedNano, unpriced, requests }) {
  const text = credits((nano + estimatedNano) / NANO, estimatedNano > 0);
  if (unpriced === 0) return text;
  const about = estimatedNano > 0 ? `${credits(estimatedNano / NANO)} credits of it are estimated` : 'not counted';
  return h('span', { title: `GitHub told no price for ${integer(unpriced)} of ${integer(requests)} requests: ${about}` }, text, ' ',
           h('span', { class: 'badge warn' }, `${integer(unpriced)} unpriced`));
}

export function makeUsageTable(title) {
  const column = (heading, name, of, show) => ({ title: heading, name, number: true, sort: (row) => row.isTotal ? null : of(row.sums), cell: ({ sums }) => show(of(sums), sums) });
  const name = (row) => row.isTotal ? h('strong', {}, 'All') : row.name ?? h('span', { class: 'quiet' }, NAMELESS);
  const table = makeTable(title, [
    { title, name: 'name', sort: (row) => row.isTotal ? null : row.name ?? '', cell: name },
    column('Credits', 'credits', creditsOf, (value, sums) => moneyCell(sums)),
    column('USD', 'usd', creditsOf, (value, { estimatedNano }) => usd(value, estimatedNano > 0)),
    column('Requests', 'requests', ({ requests }) => requests, integer), column('Failed', 'failed', ({ failed }) => failed, integer),
    column('Input', 'input', ({ input }) => input, integer),
    column('Cached', 'cached', ({ cached }) => cached, (value, { input }) => `${integer(value)}${input ? ` (${share(value, input)})` : ''}`),
    column('Output', 'output', ({ output }) => output, integer), column('Reasoning', 'reasoning', ({ reasoning }) => reasoning, integer),
    column('Sent', 'sent', ({ bytesIn }) => bytesIn, bytes), column('Received', 'received', ({ bytesOut }) => bytesOut, bytes),
    column('Mean time', 'time', ({ seconds, requests }) => requests ? seconds / requests : null, duration),
  ], { empty: 'Nothing in this time.', sortBy: 'credits' });
  return {
    element: table.element,
    update(rows) {
      const names = sumByName(rows);
      // Rows without a value to sort by stay last: so does the total.
      table.update(names.length > 1 ? [...names, { isTotal: true, sums: addSums(names.map(({ sums }) => sums)) }] : names);
    },
  };
}

// The figures on top of the page.
export function showFigures(root, sums) {
  const card = (label, value, note) => h('div', { class: 'card' }, h('div', { class: 'figure-label' }, label), h('div', { class: 'figure' }, value), h('div', { class: 'figure-note' }, note));
  const money = creditsOf(sums);
  const isEstimate = sums.estimatedNano > 0;
  const unpriced = sums.unpriced > 0 ? `${integer(sums.unpriced)} without a price${isEstimate ? `, ${credits(sums.estimatedNano / NANO)} estimated` : ''}` : 'as GitHub priced them';
  replace(root,
    card('Credits', credits(money, isEstimate), `${usd(money, isEstimate)} · ${unpriced}`),
    card('Requests', integer(sums.requests), sums.failed ? `${integer(sums.failed)} failed` : 'none failed'),
    card('Input tokens', integer(sums.input), `${share(sums.cached, sums.input)} from the cache`),
    card('Output tokens', integer(sums.output), sums.reasoning ? `${integer(sums.reasoning)} of them reasoning` : 'no reasoning'));
}

const quote = (value) => /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

// A name that begins like a formula must not become one in a spreadsheet.
const safe = (value) => /^[=+\-@\t]/.test(value) ? `'${value}` : value;

export function usageCsv(title, rows) {
  const heads = [title.toLowerCase(), 'requests', 'failed', 'input_tokens', 'cached_tokens', 'cache_write_tokens', 'output_tokens', 'reasoning_tokens', 'credits',
                 'estimated_credits', 'unpriced_requests', 'bytes_in', 'bytes_out', 'seconds'];
  const lines = sumByName(rows).map(({ name, sums }) => [quote(safe(name ?? '')), sums.requests, sums.failed, sums.input, sums.cached, sums.cacheWrite, sums.output,
                                                        sums.reasoning, sums.nano / NANO, sums.estimatedNano / NANO, sums.unpriced, sums.bytesIn, sums.bytesOut, sums.seconds]);
  return `${[heads, ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`;
}
