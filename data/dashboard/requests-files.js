// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Requests as files, in and out, and their end.

import { del, post, query } from './api.js';
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { integer, plural } from './format.js';
import { toast, toastError } from './toast.js';

const AGES = [['0', 'of any age'], ['1', 'older than a day'], ['7', 'older than a week'], ['30', 'older than 30 days'], ['90', 'older than 90 days']];

// Asks for a file and sends it. `onDone` hears that there are others now.
export function importFile(onDone) {
  const input = h('input', { type: 'file', accept: '.jl,.jsonl,.json,.ndjson', hidden: true, 'aria-label': 'File with requests', id: 'import-file' });
  document.getElementById('import-file')?.remove();
  document.body.append(input);
  input.addEventListener('cancel', () => input.remove());
  input.addEventListener('change', async () => {
    const form = new FormData();
    form.append('file', input.files[0]);
    input.remove();
    try {
      const { imported, errors = [], total_errors: nErrors = errors.length } = await post('/api/requests/import', form);
      toast(`${plural(imported, 'request')} imported`, 'good');
      if (nErrors > 0) showErrors(errors, nErrors);
      onDone();
    } catch (error) {
      toastError(error);
    }
  });
  input.click();
}

function showErrors(errors, total) {
  const dialog = openDialog({
    title: `${plural(total, 'line')} could not be read`,
    content: h('ul', { class: 'plain-list' }, errors.map((text) => h('li', {}, text)),
               total > errors.length ? h('li', { class: 'quiet' }, `and ${integer(total - errors.length)} more`) : null),
    buttons: h('button', { class: 'button primary', onclick: () => dialog.close() }, 'Close'),
  });
}

function describeResult(answer, isBodies) {
  const n = answer?.removed ?? answer?.deleted ?? answer?.purged;
  if (typeof n !== 'number') return 'Removed';
  return isBodies ? `Texts of ${plural(n, 'request')} removed` : `${plural(n, 'request')} removed`;
}

export function purge(onDone) {
  const what = h('select', { class: 'select', id: 'purge-what' },
                 h('option', { value: 'bodies' }, 'Questions and answers, keep the numbers'), h('option', { value: '' }, 'Everything'));
  const age = h('select', { class: 'select', id: 'purge-age' }, AGES.map(([value, title]) => h('option', { value }, title)));
  async function go() {
    dialog.close();
    const days = Number(age.value);
    const before = days > 0 ? Math.floor(Date.now() / 1000) - days * 86400 : '';
    try {
      toast(describeResult(await del(`/api/requests${query({ only: what.value, before })}`), what.value === 'bodies'), 'good');
      onDone();
    } catch (error) {
      toastError(error);
    }
  }
  const dialog = openDialog({
    title: 'Remove Recorded Requests',
    content: h('div', { class: 'stack' },
               h('p', {}, 'This cannot be undone. Budgets and totals of the past lose what is removed.'),
               h('div', { class: 'field' }, h('label', { for: 'purge-what' }, 'What'), what),
               h('div', { class: 'field' }, h('label', { for: 'purge-age' }, 'Of requests'), age)),
    buttons: [
      h('button', { class: 'button', autofocus: true, onclick: () => dialog.close() }, 'Cancel'),
      h('button', { class: 'button bad', onclick: go }, 'Remove'),
    ],
  });
}
