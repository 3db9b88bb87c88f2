// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { get, post, query } from './api.js';
import { h, paced, replace } from './dom.js';
import * as events from './events.js';
import * as format from './format.js';
import { makeFigures, makeQuotaCard } from './overview-cards.js';
import { makeAccount, makeAddresses, makeApprovals, makeBudgets } from './overview-side.js';
import { creditsOf, isStillOpen, makeStatus, modelOf, tokensOf } from './requests-item.js';
import { makeTable } from './table.js';
import { toastError } from './toast.js';

const N_RECENT = 12;
const LATER_MS = 700;

const inputOf = (row) => (row.input_tokens ?? 0) + (row.cache_read_input_tokens ?? 0) + (row.cache_creation_input_tokens ?? 0);

const numberColumn = (title, name, read, show = format.integer) => ({ title, name, number: true, cell: (row) => show(read(row)), sort: read });

const modelColumns = [
  { title: 'Model', name: 'name', cell: (row) => h('a', { href: `#/requests${query({ model: row.name })}` }, row.name), sort: (row) => row.name },
  numberColumn('Requests', 'requests', (row) => row.request_count),
  numberColumn('Input', 'input', inputOf, format.compact),
  { title: 'Cached', name: 'cached', number: true, cell: (row) => format.share(row.cache_read_input_tokens, inputOf(row)),
    sort: (row) => (inputOf(row) > 0 ? row.cache_read_input_tokens / inputOf(row) : null) },
  numberColumn('Output', 'output', (row) => row.output_tokens, format.compact),
];

const apiColumns = [
  { title: 'Endpoint', name: 'name', cell: (row) => h('code', {}, row.name), sort: (row) => row.name },
  numberColumn('Requests', 'requests', (row) => row.request_count),
  numberColumn('Sent', 'sent', (row) => row.bytes_sent, format.bytes),
  numberColumn('Received', 'received', (row) => row.bytes_received, format.bytes),
];

// What was done to requests ("mod."), and what goes on at the moment ("bg.").
const counterColumns = [
  { title: 'Counter', name: 'name', cell: (row) => h('code', {}, row.name), sort: (row) => row.name },
  numberColumn('Count', 'count', (row) => row.count),
];

const recentColumns = [
  { title: 'Time', name: 'time', cell: (row) => format.moment(row.timestamp), className: 'short' },
  { title: 'Model', name: 'model', cell: (row) => h('a', { href: `#/requests/${encodeURIComponent(row.id)}` }, modelOf(row)) },
  { title: 'API', name: 'api', className: 'wide-only', cell: (row) => row.api ?? row.endpoint },
  { title: 'Client', name: 'client', className: 'wide-only', cell: (row) => row.client ?? row.user_id ?? format.ABSENT },
  { title: 'Result', name: 'result', cell: makeStatus },
  { title: 'Tokens', name: 'tokens', number: true, className: 'wide-only', cell: (row) => tokensOf(row) ?? format.ABSENT },
  { title: 'Credits', name: 'credits', number: true, cell: (row) => creditsOf(row) ?? format.ABSENT },
  { title: 'Time taken', name: 'duration', number: true, cell: (row) => (isStillOpen(row) ? format.ABSENT : format.duration(row.total ?? row.duration)) },
];

const rowsOf = (object) => Object.entries(object ?? {}).map(([name, row]) => ({ name, ...row }));

// What is not there (an older service, a setting) is left out, not complained about.
const tryGet = (path) => get(path).catch((error) => {
  if (error.status === 401 || error.status === 403) throw error;
  return null;
});

function readSpent(answer) {
  const sums = answer?.totals;
  return sums ? { credits: sums.credits ?? 0, estimated: sums.estimated_credits ?? 0, failed: sums.failed } : null;
}

function mount(root, context) {
  let isGone = false;
  const approvals = h('div', { class: 'approvals-place', 'aria-live': 'assertive' });
  const figures = h('div', {});
  const quota = h('div', {});
  const budgets = h('div', {});
  const account = h('div', {});
  const addresses = h('div', {});
  const problem = h('div', {});
  const models = makeTable('Usage by model', modelColumns, { sortBy: 'requests', empty: 'No requests yet.' });
  const apis = makeTable('Requests by endpoint', apiColumns, { sortBy: 'requests', empty: 'No requests yet.' });
  const counters = makeTable('Counters', counterColumns, { empty: 'Nothing yet.' });
  const recent = makeTable('Recent requests', recentColumns, { empty: 'No requests yet. Point a program at one of the addresses, or try the Chat page.' });
  const guard = (work) => async () => {
    try {
      await work();
    } catch (error) {
      if (!isGone && error.status !== 401 && error.status !== 403) toastError(error);
    }
  };

  const loadNumbers = guard(async () => {
    const [stats, today, month] = await Promise.all([tryGet('/api/stats'), tryGet('/api/usage?range=today'), tryGet('/api/usage?range=month')]);
    if (isGone) return;
    const spent = readSpent(today);
    replace(figures, makeFigures({ stats, today: spent, month: readSpent(month) }));
    models.update(rowsOf(stats?.model_stats));
    apis.update(rowsOf(stats?.endpoint_stats));
    counters.update(Object.entries(stats?.counters ?? {}).map(([name, count]) => ({ name, count })));
  });
  const loadRecent = guard(async () => {
    const answer = await tryGet(`/api/requests?per_page=${N_RECENT}`);
    if (!isGone) recent.update(answer?.items ?? []);
  });
  const loadQuota = guard(async () => {
    const answer = await tryGet('/api/quota');
    if (!isGone) replace(quota, makeQuotaCard(answer));
  });
  // Replies bring the numbers, not the plan: GitHub is asked, by the service no more than once a minute.
  const refreshQuota = guard(async () => {
    await loadQuota();
    if (!context.status.peek()?.signed_in || document.hidden) return;
    const answer = await post('/api/quota/refresh', {}).catch(() => null);
    if (!isGone && answer !== null) replace(quota, makeQuotaCard(answer));
  });
  const loadBudgets = guard(async () => {
    const answer = await tryGet('/api/budgets');
    if (!isGone) replace(budgets, makeBudgets(answer?.budgets ?? null));
  });
  const loadApprovals = guard(async () => {
    const answer = await tryGet('/api/approvals');
    if (!isGone) replace(approvals, makeApprovals(answer?.approvals ?? [], loadApprovals));
  });

  function showStatus(status) {
    replace(account, makeAccount(status, context.status.refresh));
    replace(addresses, makeAddresses(status));
    replace(problem, status?.problem ? h('div', { class: 'notice bad', role: 'alert' }, h('strong', {}, `${status.problem.title ?? 'Needs attention'} `),
      status.problem.message ?? '', ' ', status.problem.url
        ? h('a', { href: status.problem.url, target: '_blank', rel: 'noopener noreferrer' }, 'More at GitHub') : null) : null);
  }

  const later = paced(() => { loadNumbers(); loadRecent(); }, LATER_MS);
  const stops = [
    events.on('request', later), events.on('quota', loadQuota), events.on('budget', loadBudgets), events.on('settings', loadBudgets),
    events.on('approvals', loadApprovals), context.status.onChange(showStatus),
  ];
  replace(root, h('div', { class: 'page-head' }, h('h1', {}, 'Overview')),
    h('div', { class: 'stack' }, problem, approvals, figures,
      h('div', { class: 'grid halves' }, quota, budgets, account, addresses),
      h('section', { class: 'card flush' }, h('div', { class: 'spread' }, h('h2', {}, 'Recent Requests'), h('a', { href: '#/requests' }, 'All requests')), recent.element),
      h('div', { class: 'grid halves' },
        h('section', { class: 'card flush' }, h('h2', {}, 'Models'), models.element),
        h('div', { class: 'stack' },
          h('section', { class: 'card flush' }, h('h2', {}, 'Endpoints'), apis.element),
          h('section', { class: 'card flush' }, h('h2', {}, 'Counters'), counters.element)))));
  showStatus(context.status.peek());
  for (const load of [loadNumbers, loadRecent, refreshQuota, loadBudgets, loadApprovals]) load();
  return () => {
    isGone = true;
    later.cancel();
    for (const stop of stops) stop();
  };
}

export default { title: 'Overview', mount };
