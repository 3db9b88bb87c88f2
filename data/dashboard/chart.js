// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Charts with a table behind them: stacked bars or lines over buckets, and horizontal bars. They draw
// themselves anew for the width they get, so text stays readable on a phone. One chart is one stop for Tab; arrow
// keys go through it.
//
// data: {title, unit, buckets: [{label, name}], series: [{name, values, mark}], last, head, note}
//   label stands at the axis, name in tooltip and table; values[i] belongs to buckets[i], null is a gap;
//   head is the table's first heading; mark: true for what is only estimated (hatched);
//   last is a series that stays on top and itself, however many there are
// options: {kind: 'bars' | 'lines' | 'rows', onPick (index), empty: text}

import { axisOf, UNIT_NAMES } from './chart-axis.js';
import { Tip, describe, widthOf } from './chart-parts.js';
import { bare, linesOf, makeTable, sentenceOf } from './chart-words.js';
import { h, svg } from './dom.js';

const HEIGHT = 240;
const TOP = 12;
const BOTTOM = 26;
const ROW = 30;
const N_COLOURS = 7;
let last = 0;

// More series than colours: the smallest become "others".
export function foldSeries(series, most = N_COLOURS) {
  if (series.length <= most) return series;
  const sum = ({ values }) => values.reduce((all, value) => all + (value ?? 0), 0);
  const sorted = [...series].sort((a, b) => sum(b) - sum(a));
  const rest = sorted.slice(most - 1);
  const values = rest[0].values.map((_, i) => rest.reduce((all, one) => all + (one.values[i] ?? 0), 0));
  return [...sorted.slice(0, most - 1), { name: `${rest.length} others`, values, of: rest }];
}

class Chart {
  constructor(root, data, options) {
    this.root = root;
    this.options = { kind: 'bars', empty: 'Nothing in this time.', ...options };
    this.id = `chart-${++last}`;
    this.at = -1;
    this.width = 0;
    this.showsTable = false;
    this.build();
    this.update(data);
    this.observer = new ResizeObserver(() => {
      if (widthOf(this.plot) !== this.width) this.draw();
    });
    this.observer.observe(this.plot);
  }

  build() {
    this.title = h('h3', { id: `${this.id}-title` });
    this.button = h(
      'button',
      {
        type: 'button',
        class: 'button small',
        'aria-pressed': 'false',
        onclick: () => this.showTable(!this.showsTable),
      },
      'Table',
    );
    this.plot = h('div', { class: 'chart-plot' });
    this.legend = h('ul', { class: 'chart-legend' });
    this.table = h('div', {
      class: 'chart-table table-box',
      hidden: true,
      tabindex: 0,
      role: 'region',
      'aria-labelledby': this.title.id,
    });
    this.note = h('p', { class: 'chart-note' });
    this.element = h(
      'figure',
      { class: 'chart' },
      h('div', { class: 'chart-head' }, this.title, this.button),
      this.plot,
      this.legend,
      this.table,
      this.note,
    );
    this.root.append(this.element);
  }

  update(data) {
    const last = data.last ? [data.last] : [];
    this.data = { ...data, series: [...foldSeries(data.series, N_COLOURS - last.length), ...last] };
    this.all = { ...data, series: [...data.series, ...last] };
    this.title.textContent = data.title;
    this.button.setAttribute('aria-label', `Table: ${data.title}`);
    this.note.textContent = data.note ?? '';
    this.note.hidden = !data.note;
    this.at = Math.min(this.at, data.buckets.length - 1);
    this.draw();
    this.drawLegend();
    if (this.showsTable) this.drawTable();
  }

  showTable(shows) {
    this.showsTable = shows;
    this.button.setAttribute('aria-pressed', `${shows}`);
    this.plot.hidden = shows;
    this.legend.hidden = shows || this.legend.childElementCount === 0;
    this.table.hidden = !shows;
    if (shows) this.drawTable();
    else this.draw();
  }

  // ---- drawing ----

  isEmpty() {
    return !this.data.series.some(({ values }) => values.some((value) => value > 0));
  }

  draw() {
    const hadFocus = this.plot.contains(document.activeElement);
    this.width = widthOf(this.plot);
    if (this.width === 0) return;
    if (this.isEmpty()) {
      this.plot.replaceChildren(h('p', { class: 'empty' }, this.options.empty));
      return;
    }
    const isRows = this.options.kind === 'rows';
    const height = isRows ? this.data.buckets.length * ROW + BOTTOM : HEIGHT;
    // No viewBox: one unit is one pixel at the width just measured.
    this.svg = svg('svg', {
      class: 'chart-svg',
      width: '100%',
      height,
      role: 'group',
      'aria-labelledby': this.title.id,
    });
    this.svg.append(
      describe(`${UNIT_NAMES[this.data.unit] ?? this.data.unit}; arrow keys go from bar to bar`),
      this.patterns(),
    );
    this.marks = isRows ? this.drawRows() : this.drawColumns(height);
    this.tip = new Tip(this.svg, this.width);
    this.listen();
    this.plot.replaceChildren(this.svg);
    if (hadFocus && this.at >= 0) this.marks[this.at]?.focus();
  }

  patterns() {
    const defs = svg('defs', {});
    for (let i = 0; i < N_COLOURS; i++) {
      const pattern = svg('pattern', {
        id: `${this.id}-hatch-${i}`,
        width: 6,
        height: 6,
        patternUnits: 'userSpaceOnUse',
        patternTransform: 'rotate(45)',
      });
      pattern.append(
        svg('rect', { width: 6, height: 6, class: `hatch-ground series-${i}` }),
        svg('rect', { width: 2.5, height: 6, class: `series-${i}` }),
      );
      defs.append(pattern);
    }
    return defs;
  }

  fill(index) {
    return this.data.series[index].mark ? { fill: `url(#${this.id}-hatch-${index})` } : { class: `series-${index}` };
  }

  most() {
    const { buckets, series } = this.data;
    const stacks = this.options.kind !== 'lines';
    return Math.max(
      ...buckets.map((_, i) => {
        const values = series.map(({ values: own }) => own[i] ?? 0);
        return stacks ? values.reduce((a, b) => a + b, 0) : Math.max(...values);
      }),
    );
  }

  drawColumns(height) {
    const { buckets, unit } = this.data;
    const ticks = axisOf(unit, this.most(), 4);
    const top = ticks.at(-1).value;
    const left = Math.max(...ticks.map(({ text }) => text.length)) * 6.5 + 12;
    const bottom = height - BOTTOM;
    const y = (value) => bottom - (value / top) * (bottom - TOP);
    for (const { value, text } of ticks) {
      const at = Math.round(y(value)) + 0.5;
      const label = svg('text', { class: 'chart-tick', x: left - 6, y: at + 4, 'text-anchor': 'end' });
      label.textContent = text;
      this.svg.append(svg('line', { class: 'chart-grid', x1: left, x2: this.width, y1: at, y2: at }), label);
    }
    const step = (this.width - left) / buckets.length;
    this.drawLabels(left, step, height);
    return this.options.kind === 'lines'
      ? this.drawLines({ left, step, y, bottom })
      : this.drawStacks({ left, step, y, bottom });
  }

  drawLabels(left, step, height) {
    const { buckets } = this.data;
    const widest = Math.max(...buckets.map(({ label }) => label.length)) * 6.5 + 12;
    const every = Math.max(1, Math.ceil(widest / step));
    for (let i = 0; i < buckets.length; i += every) {
      const middle = left + (i + 0.5) * step;
      const isFirst = middle - widest / 2 < left - 20;
      const isLast = middle + widest / 2 > this.width;
      const text = svg('text', {
        class: 'chart-tick',
        y: height - 8,
        x: isFirst ? left : isLast ? this.width : middle,
        'text-anchor': isFirst ? 'start' : isLast ? 'end' : 'middle',
      });
      text.textContent = buckets[i].label;
      this.svg.append(text);
    }
  }

  // What the pointer and the keyboard find: the whole column, not only the part that is filled.
  mark(index, box) {
    const canPick = Boolean(this.options.onPick);
    const group = svg('g', {
      class: 'chart-mark',
      tabindex: index === Math.max(0, this.at) ? 0 : -1,
      role: canPick ? 'button' : 'img',
      'aria-label': sentenceOf(this.data, index),
      'data-index': index,
    });
    group.append(svg('rect', { class: 'chart-hit', ...box }));
    this.svg.append(group);
    return group;
  }

  drawStacks({ left, step, y, bottom }) {
    const wide = Math.max(1, Math.min(48, step * 0.78));
    return this.data.buckets.map((_, i) => {
      const group = this.mark(i, { x: left + i * step, width: step, y: TOP, height: bottom - TOP });
      let sum = 0;
      this.data.series.forEach(({ values }, k) => {
        const value = values[i] ?? 0;
        if (value <= 0) return;
        const from = y(sum);
        sum += value;
        const high = Math.max(0.75, from - y(sum));
        group.append(
          svg('rect', {
            x: left + (i + 0.5) * step - wide / 2,
            width: wide,
            y: from - high,
            height: high,
            ...this.fill(k),
          }),
        );
      });
      return group;
    });
  }

  drawLines({ left, step, y, bottom }) {
    const x = (i) => left + (i + 0.5) * step;
    this.data.series.forEach(({ values }, k) => {
      let path = '';
      values.forEach((value, i) => {
        if (value !== null && value !== undefined)
          path += `${path && values[i - 1] !== null ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
      });
      this.svg.append(
        svg('path', {
          class: `chart-line series-line-${k}`,
          d: path,
          'stroke-dasharray': k ? `${7 - k} ${k + 1}` : 'none',
        }),
      );
    });
    return this.data.buckets.map((_, i) => {
      const group = this.mark(i, { x: left + i * step, width: step, y: TOP, height: bottom - TOP });
      this.data.series.forEach(({ values }, k) => {
        if (values[i] !== null && values[i] !== undefined)
          group.append(svg('circle', { cx: x(i), cy: y(values[i]), r: 3, class: `series-${k}` }));
      });
      return group;
    });
  }

  drawRows() {
    const { buckets, series, unit } = this.data;
    const most = this.most();
    const room = Math.min(this.width * 0.42, Math.max(...buckets.map(({ label }) => label.length)) * 7.2 + 10);
    const letters = Math.floor((room - 10) / 7.2);
    const wide = this.width - room - 84;
    return buckets.map((bucket, i) => {
      const top = i * ROW;
      const group = this.mark(i, { x: 0, width: this.width, y: top, height: ROW });
      const name = svg('text', { class: 'chart-tick', x: room - 8, y: top + 19, 'text-anchor': 'end' });
      name.textContent = bucket.label.length > letters ? `${bucket.label.slice(0, letters - 1)}…` : bucket.label;
      group.append(name);
      let at = room;
      series.forEach(({ values }, k) => {
        const length = ((values[i] ?? 0) / most) * wide;
        if (length > 0)
          group.append(
            svg('rect', { x: at, y: top + 6, width: Math.max(0.75, length), height: ROW - 12, ...this.fill(k) }),
          );
        at += length;
      });
      const sum = svg('text', { class: 'chart-tick', x: at + 6, y: top + 19 });
      sum.textContent = bare(
        unit,
        series.reduce((all, { values }) => all + (values[i] ?? 0), 0),
      );
      group.append(sum);
      return group;
    });
  }

  drawLegend() {
    const { series } = this.data;
    const entries = series.map(({ name, mark }, k) => {
      const swatch = svg('svg', { width: 14, height: 14, 'aria-hidden': 'true' });
      if (this.options.kind === 'lines')
        swatch.append(
          svg('path', {
            class: `chart-line series-line-${k}`,
            d: 'M0 7H14',
            'stroke-dasharray': k ? `${7 - k} ${k + 1}` : 'none',
          }),
        );
      else
        swatch.append(
          svg('rect', { width: 14, height: 14, rx: 2, class: `series-${k}${mark ? ' hatch-sample' : ''}` }),
        );
      return h('li', {}, swatch, name);
    });
    this.legend.replaceChildren(...(series.length > 1 || series[0]?.mark ? entries : []));
    this.legend.hidden = this.showsTable || this.legend.childElementCount === 0 || this.isEmpty();
  }

  // ---- pointer and keys ----

  point(index) {
    if (index === this.at && this.tip.isShown()) return;
    this.marks[this.at]?.setAttribute('tabindex', '-1');
    this.at = index;
    this.marks[index].setAttribute('tabindex', '0');
    const { x, y, width } = this.marks[index].querySelector('.chart-hit').getBBox();
    this.tip.show(
      linesOf(this.data, index, this.options.kind),
      x + width / 2,
      this.options.kind === 'rows' ? y + ROW : y,
    );
  }

  listen() {
    const indexOf = (event) => {
      const mark = event.target.closest?.('.chart-mark');
      return mark ? Number(mark.getAttribute('data-index')) : -1;
    };
    this.svg.addEventListener('pointermove', (event) => {
      const index = indexOf(event);
      if (index >= 0) this.point(index);
    });
    this.svg.addEventListener('pointerleave', () => this.tip.hide());
    this.svg.addEventListener('focusin', (event) => this.point(indexOf(event)));
    this.svg.addEventListener('focusout', () => this.tip.hide());
    this.svg.addEventListener('click', (event) => {
      const index = indexOf(event);
      if (index >= 0) this.options.onPick?.(index);
    });
    this.svg.addEventListener('keydown', (event) => this.onKey(event));
  }

  onKey(event) {
    const end = this.marks.length - 1;
    const to = {
      ArrowRight: this.at + 1,
      ArrowDown: this.at + 1,
      ArrowLeft: this.at - 1,
      ArrowUp: this.at - 1,
      Home: 0,
      End: end,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.marks[Math.min(end, Math.max(0, to))].focus();
    } else if (event.key === 'Escape') {
      this.tip.hide();
    } else if ((event.key === 'Enter' || event.key === ' ') && this.options.onPick) {
      event.preventDefault();
      this.options.onPick(this.at);
    }
  }

  drawTable() {
    this.table.replaceChildren(makeTable(this.all, this.options.kind));
  }

  destroy() {
    this.observer.disconnect();
    this.element.remove();
  }
}

// Draws into `root`; returns {update (data), destroy ()}.
export function makeChart(root, data, options) {
  return new Chart(root, data, options);
}
