// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Tokens of all computers that write into the same folder.

import { get, query } from './api.js';
import { bucketLabel, bucketName, bucketStart } from './chart-axis.js';
import { makeChart } from './chart.js';
import { h, replace } from './dom.js';
import { bytes, integer, plural } from './format.js';
import { makeTable } from './table.js';
import { toastError } from './toast.js';

export function mountMachines(root) {
  let chart = null;
  let bounds = {};
  let loading = 0;
  const machine = h(
    'select',
    { class: 'select', 'aria-label': 'Computer', onchange: () => load() },
    h('option', { value: '' }, 'All'),
  );
  const words = h('p', { class: 'quiet' });
  const box = h('div');
  const number = (title, name) => ({
    title,
    name,
    number: true,
    sort: (row) => row[name],
    cell: (row) => integer(row[name]),
  });
  const table = makeTable(
    'Tokens by computer',
    [
      { title: 'Computer', name: 'machine', sort: (row) => row.machine, cell: (row) => row.machine },
      { title: 'Model', name: 'model_id', sort: (row) => row.model_id, cell: (row) => row.model_id },
      number('Requests', 'request_count'),
      number('Input', 'input_tokens'),
      number('Cached', 'cache_read_input_tokens'),
      number('Output', 'output_tokens'),
      number('Tokens', 'total_tokens'),
      {
        title: 'Data',
        name: 'total_data',
        number: true,
        sort: (row) => row.total_data,
        cell: (row) => bytes(row.total_data),
      },
    ],
    { empty: 'Nothing yet. Each computer writes what it used every five minutes.', sortBy: 'total_tokens' },
  );
  replace(
    root,
    h(
      'section',
      { class: 'card flush', 'aria-label': 'Computers' },
      h(
        'div',
        { class: 'spread' },
        h('h2', {}, 'Computers'),
        h('label', { class: 'row' }, h('span', { class: 'quiet' }, 'Computer'), machine),
      ),
      h('div', { class: 'usage-machines' }, words, box),
      table.element,
    ),
  );

  function showMachines(machines) {
    const { value } = machine;
    replace(
      machine,
      h('option', { value: '' }, 'All'),
      machines.map((name) => h('option', { value: name }, name)),
    );
    machine.value = machines.includes(value) ? value : '';
  }

  function show({ machines, rows, totals, timeseries }) {
    if (machine.value === '') showMachines(machines);
    table.update(rows);
    words.textContent = `${plural(totals.request_count, 'request')}, ${plural(totals.total_tokens, 'token')} in this time. A synchronised folder (setting usage.folder) brings your computers together.`;
    const unit =
      { minute: 'minute', hour: 'hour', day: 'day', week: 'week', month: 'month' }[timeseries.granularity] ?? 'day';
    const data = {
      title: 'Tokens by computer',
      unit: 'tokens',
      buckets: timeseries.times.map((time) => ({
        label: bucketLabel(bucketStart(time, unit), unit),
        name: bucketName(time, unit),
      })),
      series: Object.entries(timeseries.by_machine).map(([name, values]) => ({ name, values })),
    };
    box.hidden = data.buckets.length === 0;
    if (chart) chart.update(data);
    else if (data.buckets.length > 0) chart = makeChart(box, data);
  }

  // next: {from, until} as in the addresses of the service
  async function load(next = bounds) {
    bounds = next;
    const mine = ++loading;
    try {
      const answer = await get(
        `/api/config-manager/token-usage${query({ range: 'all', ...bounds, machine: machine.value })}`,
      );
      if (mine === loading) show(answer);
    } catch (error) {
      toastError(error);
    }
  }

  return { load, destroy: () => chart?.destroy() };
}
