// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What was used, over time and by whom, what it cost, and what may still be spent.

import { ask, get, query } from './api.js';
import { bucketLabel, bucketName } from './chart-axis.js';
import { makeChart } from './chart.js';
import { debounce, h, replace } from './dom.js';
import * as events from './events.js';
import { date } from './format.js';
import { icon } from './icons.js';
import { saveFile } from './save-file.js';
import { toastError } from './toast.js';
import { mountBudgets } from './usage-budgets.js';
import { mountHistogram } from './usage-histogram.js';
import { mountMachines } from './usage-machines.js';
import { mountQuota } from './usage-quota.js';
import { RANGES, rangeBounds, rangeSteps, readDay, writeDay } from './usage-range.js';
import { addSums, MEASURES, readSums, seriesByKind, seriesByName } from './usage-sums.js';
import { makeUsageTable, showFigures } from './usage-table.js';

const BY = { model: 'Model', api: 'API', client: 'Client', key: 'Client key', session: 'Session' };
const LIVE_MS = 2000;

// Keys that were removed keep their ids in the history.
async function getKeyNames() {
  const { keys } = await get('/api/keys').catch(() => ({ keys: [] }));
  return new Map(keys.map(({ id, name }) => [id, name]));
}

class UsagePage {
  constructor(root, context) {
    this.context = context;
    this.loading = 0;
    this.rows = [];
    this.build(root);
    const later = debounce(() => this.load(true), LIVE_MS);
    this.ends = [
      mountQuota(this.quota),
      mountBudgets(this.budgets),
      events.on('request', (data) => {
        if (data === null || data.state !== 'receiving') later();
      }),
      () => later.cancel(),
    ];
    this.histogram = mountHistogram(this.distribution, context.go);
    this.machines = mountMachines(this.machineBox);
    context.onRoute(() => this.load());
    this.load();
  }

  build(root) {
    const change = () => this.change({ by: this.by.value, show: this.measure.value });
    this.ranges = h(
      'div',
      { class: 'segments', role: 'group', 'aria-label': 'Time' },
      Object.entries(RANGES).map(([name, text]) =>
        h(
          'button',
          { type: 'button', class: 'button', data: { range: name }, onclick: () => this.change({ range: name }) },
          text,
        ),
      ),
    );
    const day = (label) =>
      h('input', {
        class: 'input',
        type: 'date',
        'aria-label': label,
        onchange: () => this.change({ first: this.first.value, last: this.last.value }),
      });
    this.first = day('First day');
    this.last = day('Last day');
    this.days = h('div', { class: 'row usage-days' }, this.first, '–', this.last);
    this.by = h(
      'select',
      { class: 'select', 'aria-label': 'By', onchange: change },
      Object.entries(BY).map(([value, name]) => h('option', { value }, name)),
    );
    this.measure = h(
      'select',
      { class: 'select', 'aria-label': 'Show', onchange: change },
      Object.entries(MEASURES).map(([value, { name }]) => h('option', { value }, name)),
    );
    const label = (text, control) => h('label', { class: 'row' }, h('span', { class: 'quiet' }, text), control);
    this.figures = h('div', { class: 'grid usage-figures' });
    this.time = h('section', { class: 'card', 'aria-label': 'Over time' });
    this.kinds = h('section', { class: 'card', 'aria-label': 'Tokens by kind' });
    this.tableCard = h('section', { class: 'card flush' });
    [this.quota, this.budgets, this.distribution, this.machineBox] = [0, 1, 2, 3].map(() => h('div'));
    this.title = h('span', { class: 'quiet', role: 'status' });
    replace(
      root,
      h('div', { class: 'page-head' }, h('h1', {}, 'Usage'), this.days, this.ranges),
      h(
        'div',
        { class: 'stack' },
        this.figures,
        h('div', { class: 'grid halves' }, this.quota, this.budgets),
        h(
          'div',
          { class: 'usage-tools' },
          this.title,
          h('span', { class: 'grow' }),
          label('By', this.by),
          label('Show', this.measure),
          h('button', { type: 'button', class: 'button', onclick: () => this.saveCsv() }, icon('download'), 'CSV'),
        ),
        h('div', { class: 'stack' }, this.time, this.tableCard),
        h('div', { class: 'grid halves' }, this.kinds, this.distribution),
        this.machineBox,
      ),
    );
  }

  // ---- what is asked for ----

  read() {
    const { params } = this.context;
    const pick = (name, known, fallback) => (params.get(name) in known ? params.get(name) : fallback);
    return {
      range: pick('range', RANGES, 'month'),
      by: pick('by', BY, 'model'),
      show: pick('show', MEASURES, 'credits'),
      first: params.get('first'),
      last: params.get('last'),
    };
  }

  change(next) {
    const params = new URLSearchParams(this.context.params);
    for (const [name, value] of Object.entries(next)) {
      if (value) params.set(name, value);
    }
    if (params.get('range') !== 'custom') {
      params.delete('first');
      params.delete('last');
    } else if (!params.get('first')) {
      params.set('first', writeDay(rangeBounds('week', Date.now() / 1000).from));
      params.set('last', writeDay(Date.now() / 1000));
    }
    this.context.change([], params);
  }

  showChoice({ range, by, show, first, last }) {
    for (const button of this.ranges.children) button.setAttribute('aria-pressed', `${button.dataset.range === range}`);
    this.days.hidden = range !== 'custom';
    this.first.value = first ?? '';
    this.last.value = last ?? '';
    this.by.value = by;
    this.measure.value = show;
  }

  async load(isLive = false) {
    const asked = this.read();
    const now = Math.floor(Date.now() / 1000);
    const bounds = rangeBounds(asked.range, now, readDay(asked.first), readDay(asked.last));
    const mine = ++this.loading;
    if (!isLive) this.showChoice(asked);
    try {
      const isShort =
        asked.range === 'today' || (asked.range === 'custom' && bounds.until - bounds.from <= 2.1 * 86400);
      this.bounds = { from: bounds.from || '', until: bounds.until || '' };
      const [answer, names] = await Promise.all([
        get(`/api/usage${query({ ...this.bounds, by: asked.by, bucket: isShort ? 'hour' : 'day' })}`),
        asked.by === 'key' ? getKeyNames() : null,
      ]);
      if (mine === this.loading) this.show(asked, bounds, answer, now, names);
    } catch (error) {
      toastError(error);
    }
    this.histogram.load(bounds);
    this.machines.load(this.bounds);
  }

  // ---- what is shown ----

  show(asked, bounds, answer, now, names) {
    this.rows = answer.rows.map((row) => ({
      name: names?.get(row.name) ?? row.name,
      time: row.time,
      sums: readSums(row),
    }));
    const total = addSums(this.rows.map(({ sums }) => sums));
    const oldest = this.rows.reduce((least, { time }) => Math.min(least, time), now);
    const steps = rangeSteps(asked.range, bounds, oldest, now);
    showFigures(this.figures, total);
    this.title.textContent =
      asked.range === 'today'
        ? date(now)
        : `${date(bounds.from || oldest)} to ${date(bounds.until ? bounds.until - 1 : now)}`;
    this.showCharts(asked, steps);
    if (this.tableBy !== asked.by) {
      this.tableBy = asked.by;
      this.table = makeUsageTable(BY[asked.by]);
      replace(this.tableCard, this.table.element);
    }
    this.table.update(this.rows);
  }

  showCharts({ by, show }, { unit, starts }) {
    const buckets = starts.map((start) => ({ label: bucketLabel(start, unit), name: bucketName(start, unit) }));
    const measure = MEASURES[show];
    const named = this.rows.map((row) => ({ ...row, name: row.name ?? 'not told' }));
    const { series, estimated } = seriesByName(named, starts, unit, show);
    const time = {
      title: `${measure.name} by ${BY[by].toLowerCase()}`,
      unit: measure.unit,
      buckets,
      series,
      last: estimated,
      note: estimated ? 'Hatched: GitHub told no price, so it is estimated from the prices of the list of models.' : '',
    };
    const kinds = { title: 'Tokens by kind', unit: 'tokens', buckets, series: seriesByKind(this.rows, starts, unit) };
    if (this.timeChart) {
      this.timeChart.update(time);
      this.kindChart.update(kinds);
    } else {
      this.timeChart = makeChart(this.time, time);
      this.kindChart = makeChart(this.kinds, kinds);
    }
  }

  async saveCsv() {
    const { by, range } = this.read();
    try {
      const reply = await ask(`/api/usage${query({ ...this.bounds, by, format: 'csv' })}`);
      saveFile(`jumpseat-usage-${range}-${by}-${writeDay(Date.now() / 1000)}.csv`, await reply.text(), 'text/csv');
    } catch (error) {
      toastError(error);
    }
  }

  unmount() {
    this.loading++;
    for (const end of this.ends) end();
    for (const one of [this.timeChart, this.kindChart, this.histogram, this.machines]) one?.destroy();
  }
}

export default {
  title: 'Usage',
  mount(root, context) {
    const page = new UsagePage(root, context);
    return () => page.unmount();
  },
};
