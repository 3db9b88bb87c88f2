// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The list: one page of requests, one of them chosen. Arrows move, Enter opens.

import { h, replace, setText } from './dom.js';
import { icon } from './icons.js';
import * as format from './format.js';
import { makeRow } from './requests-item.js';
import { SIZES } from './requests-query.js';

// on: { open (id), page (n), size (n) }
export function makeList(on) {
  let items = [];
  let chosen = null;
  const list = h('ul', { class: 'request-list', role: 'listbox', tabindex: 0, 'aria-label': 'Requests' });
  const empty = h('p', { class: 'empty', hidden: true });
  const count = h('span', { class: 'quiet', role: 'status' });
  const back = h('button', { class: 'icon-button', 'aria-label': 'Previous page', onclick: () => on.page(-1) }, icon('back'));
  const forward = h('button', { class: 'icon-button', 'aria-label': 'Next page', onclick: () => on.page(1) }, icon('forward'));
  const size = h('select', { class: 'select', 'aria-label': 'Requests on a page', onchange: () => on.size(Number(size.value)) },
                 SIZES.map((n) => h('option', { value: n }, `${n} per page`)));
  const element = h('section', { class: 'card flush request-pane', 'aria-label': 'List' }, list, empty,
                    h('div', { class: 'request-foot' }, count, h('span', { class: 'row' }, size, back, forward)));

  const rowOf = (id) => list.querySelector(`[data-id="${CSS.escape(id)}"]`);

  function mark() {
    for (const row of list.children) row.setAttribute('aria-selected', String(row.dataset.id === chosen));
    const row = chosen === null ? null : rowOf(chosen);
    if (row) list.setAttribute('aria-activedescendant', row.id);
    else list.removeAttribute('aria-activedescendant');
    return row;
  }

  function move(step) {
    const at = items.findIndex(({ id }) => id === chosen);
    const next = at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step));
    if (items[next]) on.open(items[next].id, { stay: true });
  }

  list.addEventListener('click', (event) => {
    const row = event.target.closest('[data-id]');
    if (row) on.open(row.dataset.id);
  });
  list.addEventListener('keydown', (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e6, End: 1e6 };
    if (Object.hasOwn(steps, event.key)) {
      event.preventDefault();
      move(steps[event.key]);
    } else if (event.key === 'Enter' && (chosen ?? items[0]?.id)) {
      event.preventDefault();
      on.open(chosen ?? items[0].id);
    }
  });

  return {
    element,
    focus: () => list.focus(),
    move,
    getItems: () => items,
    choose(id) {
      chosen = id;
      mark()?.scrollIntoView({ block: 'nearest' });
    },
    // `answer`: of the list routes
    show(answer, emptyText) {
      items = answer.items;
      replace(list, items.map(makeRow));
      list.hidden = items.length === 0;
      empty.hidden = items.length > 0;
      setText(empty, emptyText);
      const { page, per_page: perPage, total } = answer;
      const first = (page - 1) * perPage + 1;
      setText(count, total === 0 ? '' : `${format.integer(first)}–${format.integer(Math.max(first, first + items.length - 1))} of ${format.integer(total)}${answer.is_total_cut ? '+' : ''}`);
      back.disabled = page <= 1;
      forward.disabled = page >= answer.total_pages;
      size.value = String(perPage);
      mark();
    },
    // Returns whether it was there.
    update(item) {
      const at = items.findIndex(({ id }) => id === item.id);
      if (at < 0) return false;
      items[at] = { ...items[at], ...item };
      rowOf(item.id).replaceWith(makeRow(items[at]));
      mark();
      return true;
    },
  };
}
