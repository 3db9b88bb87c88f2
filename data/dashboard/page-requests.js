// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { get } from './api.js';
import { debounce, h, paced, replace } from './dom.js';
import * as events from './events.js';
import { icon } from './icons.js';
import { makeDetail } from './requests-detail.js';
import { importFile, purge } from './requests-files.js';
import { makeFilter } from './requests-filter.js';
import { isStillOpen } from './requests-item.js';
import { makeList } from './requests-list.js';
import { exportPath, hasFilter, listPath, readQuery, writeQuery } from './requests-query.js';
import { toastError } from './toast.js';

const RELOAD_MS = 400;

function isTyping(event) {
  return event.target.closest?.('input, textarea, select, [contenteditable], dialog') || event.ctrlKey || event.metaKey || event.altKey;
}

function mount(root, context) {
  let values = readQuery(context.params);
  let asked = 0;
  const exportLink = h('a', { class: 'button', download: '' }, icon('download'), 'Export');
  const change = (changes, options) => context.change(context.path, writeQuery({ ...values, page: 1, ...changes }), options);
  const open = (id, options = {}) => {
    context.change(id === null ? [] : [id], writeQuery(values), { replace: options.stay });
    if (options.stay) showChosen();
  };
  const filter = makeFilter(change);
  const list = makeList({ open, page: (step) => change({ page: values.page + step }), size: (n) => change({ per_page: n }) });
  const detail = makeDetail({ close: () => { open(null); list.focus(); }, filter: (changes) => context.change([], writeQuery({ ...values, page: 1, ...changes })) });
  const split = h('div', { class: 'request-split' }, list.element, detail.element);

  async function load() {
    const turn = ++asked;
    try {
      const answer = await get(listPath(values));
      if (turn !== asked) return;
      list.show(answer, hasFilter(values) ? 'No request fits.' : 'No requests yet. Point a program at Jumpseat, or try the Chat page.');
      filter.offer([], answer.items.map(({ client }) => client));
    } catch (error) {
      if (turn === asked) toastError(error);
    }
  }

  async function offerModels() {
    const stats = await get('/api/stats').catch(() => null);
    filter.offer(Object.keys(stats?.model_stats ?? {}), []);
  }

  function showChosen() {
    const id = context.path[0] ?? null;
    split.classList.toggle('has-detail', id !== null);
    list.choose(id);
    if (id === null) detail.showEmpty();
    else if (id !== detail.getId()) detail.show(id);
  }

  function showRoute() {
    const next = readQuery(context.params);
    const isOther = listPath(next) !== listPath(values);
    values = next;
    filter.show(values);
    exportLink.href = exportPath(values);
    if (isOther) load();
    showChosen();
  }

  const reload = paced(load, RELOAD_MS);
  const reloadDetail = debounce((id) => { if (detail.getId() === id) detail.show(id); }, RELOAD_MS);
  const stops = [events.on('request', (item) => {
    if (item === null) {
      load();
      return;
    }
    // Where it belongs in the list, the service knows best.
    if (!list.update(item) && values.page === 1) reload();
    if (item.id === detail.getId() && !isStillOpen(item)) reloadDetail(item.id);
  })];

  function onKey(event) {
    if (event.key === 'Escape' && !event.target.closest?.('dialog')) {
      if (context.path.length > 0) open(null);
      list.focus();
    } else if (isTyping(event)) {
      return;
    } else if (event.key === '/') {
      event.preventDefault();
      filter.focus();
    } else if (event.key === 'j' || event.key === 'k') {
      list.move(event.key === 'j' ? 1 : -1);
    }
  }

  document.addEventListener('keydown', onKey);
  context.onRoute(showRoute);
  replace(root, h('div', { class: 'page-head' }, h('h1', {}, 'Requests'),
                  exportLink,
                  h('button', { class: 'button', onclick: () => importFile(load) }, icon('upload'), 'Import…'),
                  h('button', { class: 'button', onclick: () => purge(load) }, icon('trash'), 'Remove…')),
          filter.element, split);
  filter.show(values);
  exportLink.href = exportPath(values);
  load();
  offerModels();
  showChosen();
  return () => {
    asked++;
    document.removeEventListener('keydown', onKey);
    reload.cancel();
    reloadDetail.cancel();
    filter.stop();
    for (const stop of stops) stop();
  };
}

export default { title: 'Requests', mount };
