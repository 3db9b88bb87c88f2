// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// How large, how long, how dear requests are. A bar leads to the requests in it.

import { get, query } from './api.js';
import { makeChart } from './chart.js';
import { h, replace } from './dom.js';
import { bytes, compact, credits, duration, integer } from './format.js';
import { toastError } from './toast.js';

// divisor: of the service's unit for the one shown here.
export const METRICS = {
  request_size: { name: 'Size of requests', show: bytes },
  reply_size: { name: 'Size of replies', show: bytes },
  duration: { name: 'Duration', show: (value) => duration(value / 1e6) },
  input_tokens: { name: 'Input tokens', show: compact },
  output_tokens: { name: 'Output tokens', show: compact },
  credits: { name: 'Credits', show: (value) => credits(value / 1e9) },
};

// Bars that nobody is in, before the first and behind the last one that has somebody, are left out.
export function trimBars(bars) {
  const first = bars.findIndex(({ count }) => count > 0);
  const last = bars.findLastIndex(({ count }) => count > 0);
  return first < 0 ? [] : bars.slice(Math.max(0, first - 1), last + 2);
}

export function mountHistogram(root, go) {
  let bounds = { from: 0, until: 0 };
  let bars = [];
  let chart = null;
  let loading = 0;
  const metric = h(
    'select',
    { class: 'select', 'aria-label': 'Distribution of', onchange: () => load() },
    Object.entries(METRICS).map(([value, { name }]) => h('option', { value }, name)),
  );
  const figures = h('p', { class: 'quiet' });
  const box = h('div');
  replace(
    root,
    h(
      'section',
      { class: 'card stack', 'aria-label': 'Distribution' },
      h(
        'div',
        { class: 'spread' },
        h('h2', {}, 'Distribution'),
        h('label', { class: 'row' }, h('span', { class: 'quiet' }, 'Of'), metric),
      ),
      box,
      figures,
      h('p', { class: 'quiet' }, 'A bar opens the requests in it.'),
    ),
  );

  function label({ lower, upper }) {
    const { show } = METRICS[metric.value];
    return upper ? `< ${show(upper)}` : `≥ ${show(lower)}`;
  }

  function name({ lower, upper }) {
    const { show } = METRICS[metric.value];
    return upper ? `${show(lower)} to ${show(upper)}` : `${show(lower)} and more`;
  }

  function pick(index) {
    const { lower, upper } = bars[index];
    go(
      'requests',
      [],
      new URLSearchParams(
        query({
          metric: metric.value,
          at_least: lower,
          below: upper || '',
          from: bounds.from || '',
          until: bounds.until || '',
        }).slice(1),
      ),
    );
  }

  function show(answer) {
    const { show: format, name: title } = METRICS[metric.value];
    bars = trimBars(answer.bars);
    const data = {
      title,
      unit: 'count',
      head: title,
      buckets: bars.map((bar) => ({ label: label(bar), name: name(bar) })),
      series: [{ name: 'Requests', values: bars.map(({ count }) => count) }],
    };
    if (chart) chart.update(data);
    else chart = makeChart(box, data, { onPick: pick, empty: 'No request in this time.' });
    figures.textContent =
      answer.count > 0
        ? `${integer(answer.count)} requests · mean ${format(answer.sum / answer.count)} · least ${format(answer.least)} · most ${format(answer.most)}`
        : '';
  }

  async function load(next = bounds) {
    bounds = next;
    const mine = ++loading;
    try {
      const answer = await get(
        `/api/request-stats${query({ metric: metric.value, from: bounds.from || '', until: bounds.until || '' })}`,
      );
      if (mine === loading) show(answer);
    } catch (error) {
      toastError(error);
    }
  }

  return { load, destroy: () => chart?.destroy() };
}
