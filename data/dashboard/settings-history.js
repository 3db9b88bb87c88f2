// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What is kept of past requests, how large it is, and how to be rid of it.

import { del, get } from './api.js';
import { confirm } from './dialog.js';
import { h, replace } from './dom.js';
import { bytes, dateTime, integer } from './format.js';
import { icon } from './icons.js';
import { toast, toastError } from './toast.js';

export function mountHistory(root) {
  const facts = h('dl', { class: 'facts' });
  const button = (text, what) =>
    h(
      'button',
      { type: 'button', class: 'button bad', onclick: () => purge(what).catch(toastError) },
      icon('trash'),
      text,
    );
  root.append(
    h(
      'section',
      { class: 'card stack' },
      h('h2', {}, 'On Disk'),
      facts,
      h('div', { class: 'row' }, button('Remove questions and answers', 'bodies'), button('Remove everything', 'all')),
    ),
  );

  async function load() {
    try {
      show(await get('/api/history'));
    } catch (error) {
      replace(facts, h('dt', {}, 'History'), h('dd', {}, error.status === 404 ? 'not kept' : error.message));
    }
  }

  function show(state) {
    const rows = [
      ['Requests', integer(state.records)],
      ['Oldest', dateTime(state.oldest)],
      ['Questions and answers', integer(state.bodies)],
      ['Imported', integer(state.imported)],
      ['Size', bytes(state.size)],
      ['In memory, with what was asked and answered', integer(state.in_memory)],
    ];
    if (state.problem) rows.push(['Problem', state.problem]);
    replace(
      facts,
      rows.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    );
  }

  async function purge(what) {
    const isAll = what === 'all';
    const message = isAll
      ? 'Every request that is kept goes, with its costs: the usage of past days cannot be shown any more. This cannot be undone.'
      : 'Questions and answers go from disk; who asked which model and what it cost stays. This cannot be undone.';
    if (
      !(await confirm({
        title: isAll ? 'Remove the Whole History?' : 'Remove Questions and Answers?',
        message,
        action: 'Remove',
      }))
    )
      return;
    await del(`/api/history${isAll ? '' : '?what=bodies'}`);
    toast('Removed', 'good');
    await load();
  }

  load();
  return () => {};
}
