// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Tables that can be sorted by a click on a heading and scroll by themselves where there is no room.

import { h, replace } from './dom.js';

// columns: [{ title, name, number: bool, cell: (row) => node or text, sort: (row) => value, className }]
// `caption` is read by screen readers. options: { empty, onRow (row), key (row), sortBy, descending }
// Returns { element, update (rows) }.
export function makeTable(caption, columns, options = {}) {
  let rows = [];
  let sortBy = options.sortBy ?? null;
  let isDescending = options.descending ?? true;
  const head = h('tr');
  const body = h('tbody');
  const table = h('table', { class: 'table' }, h('caption', { class: 'quiet' }, caption), h('thead', {}, head), body);
  const element = h('div', { class: 'table-box', tabindex: 0, role: 'region', 'aria-label': caption }, table);

  function order(column) {
    if (sortBy === column.name) isDescending = !isDescending;
    else {
      sortBy = column.name;
      isDescending = Boolean(column.number);
    }
    show();
  }

  function makeHeading(column) {
    const isSorted = column.name === sortBy;
    const direction = isDescending ? 'descending' : 'ascending';
    const arrow = isDescending ? ' ↓' : ' ↑';
    return h('th', { scope: 'col', class: [column.number ? 'number' : '', column.className ?? ''].join(' ').trim() || null,
                     'aria-sort': isSorted ? direction : null },
             column.sort
               ? h('button', { class: 'sort', onclick: () => order(column) }, column.title, isSorted ? arrow : '')
               : column.title);
  }

  function getSorted() {
    const column = columns.find(({ name }) => name === sortBy);
    if (!column?.sort) return rows;
    const turn = isDescending ? -1 : 1;
    return [...rows].sort((a, b) => {
      const [x, y] = [column.sort(a), column.sort(b)];
      if (x === y) return 0;
      if (x === null || x === undefined) return 1;
      if (y === null || y === undefined) return -1;
      return (x < y ? -1 : 1) * turn;
    });
  }

  function makeRow(row) {
    return h('tr', { class: options.onRow ? 'link' : null, onclick: options.onRow ? () => options.onRow(row) : null },
             columns.map((column) => h('td', { class: [column.number ? 'number' : '', column.className ?? ''].join(' ').trim() || null }, column.cell(row))));
  }

  function show() {
    // The heading that was pressed keeps the focus.
    const had = [...head.querySelectorAll('button')].indexOf(document.activeElement);
    replace(head, columns.map(makeHeading));
    if (had >= 0) head.querySelectorAll('button')[had]?.focus();
    replace(body, rows.length > 0
      ? getSorted().map(makeRow)
      : h('tr', {}, h('td', { class: 'empty', colspan: columns.length }, options.empty ?? 'Nothing yet.')));
  }

  show();
  return {
    element,
    update(next) {
      rows = next;
      show();
    },
  };
}
