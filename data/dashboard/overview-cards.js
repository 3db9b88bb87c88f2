// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The figures on top of the overview.

import { h } from './dom.js';
import * as format from './format.js';

export function makeFigure(label, value, note = null, href = null) {
  return h(href === null ? 'div' : 'a', { class: 'card figure-card', href },
           h('div', { class: 'figure-label' }, label),
           h('div', { class: 'figure' }, value),
           h('div', { class: 'figure-note' }, note ?? ' '));
}

const inputOf = (row) => (row.input_tokens ?? 0) + (row.cache_read_input_tokens ?? 0) + (row.cache_creation_input_tokens ?? 0);

export function sumModels(stats) {
  const sums = { input: 0, cached: 0, output: 0 };
  for (const row of Object.values(stats?.model_stats ?? {})) {
    sums.input += inputOf(row);
    sums.cached += row.cache_read_input_tokens ?? 0;
    sums.output += row.output_tokens ?? 0;
  }
  return sums;
}

// `used`: { credits, estimated } of some time; null: not known
function makeSpent(label, used) {
  if (used === null) return makeFigure(label, format.ABSENT);
  const total = (used.credits ?? 0) + (used.estimated ?? 0);
  const isEstimate = (used.estimated ?? 0) > 0;
  return makeFigure(label, format.credits(total, isEstimate), `${format.usd(total, isEstimate)}${isEstimate ? ', partly estimated' : ''}`, '#/usage');
}

export function makeFigures(facts) {
  const { stats, today, month } = facts;
  const tokens = sumModels(stats);
  const all = tokens.input + tokens.output;
  return h('div', { class: 'grid figures' },
    makeFigure('Requests', format.integer(stats?.total_requests), stats?.failed_requests === undefined ? 'since the start' : `${format.integer(stats.failed_requests)} failed, since the start`, '#/requests'),
    makeFigure('Tokens', format.compact(all), tokens.input > 0 ? `${format.share(tokens.cached, tokens.input)} of input from the cache` : null),
    makeFigure('Data Sent', format.bytes(stats?.bytes_sent), 'to Jumpseat by programs'),
    makeFigure('Data Received', format.bytes(stats?.bytes_received), 'by programs'),
    makeSpent('Credits Today', today),
    makeSpent('Credits This Month', month));
}

const STATES = {
  unlimited: 'Unlimited',
  managed: 'Your organisation manages this seat and tells no numbers.',
  none: 'This account has no Copilot plan or seat.',
  unknown: 'GitHub has not said yet what is left.',
};

function describeForecast(quota) {
  const { state, when } = quota.forecast ?? {};
  if (state === 'spent') return ['bad', 'Nothing is left until it is renewed.'];
  if (state === 'runs_out') return ['warn', `At the pace of the last days it runs out on ${format.date(when)}.`];
  if (state === 'lasts') return ['', 'At the pace of the last days it lasts.'];
  return null;
}

export function makeQuotaCard(quota) {
  const known = quota !== null && (quota.state === 'metered' || quota.state === 'exhausted');
  const counted = quota?.bucket === 'chat' ? 'chat messages' : 'premium requests'; // free accounts have the former
  const unit = quota?.billing === 'requests' ? counted : 'credits';
  const share = quota?.percent_used;
  const forecast = known ? describeForecast(quota) : null;
  const grade = quota?.state === 'exhausted' || share >= 95 ? 'bad' : share >= 80 ? 'warn' : '';
  return h('section', { class: 'card stack' },
    h('div', { class: 'spread' }, h('h2', {}, 'What GitHub Says Is Left'), quota?.plan ? h('span', { class: 'badge' }, quota.plan) : null),
    known ? [
      h('div', { class: 'spread' },
        h('span', {}, h('strong', {}, quota.remaining === null ? `${format.percent(100 - share)} left` : `${format.credits(quota.remaining)} ${unit} left`),
          quota.entitlement === null ? '' : ` of ${format.credits(quota.entitlement)}`),
        h('span', { class: 'quiet' }, `${format.percent(share)} used`)),
      h('div', { class: `meter ${grade}`, role: 'meter', 'aria-label': 'Used of what the plan includes', 'aria-valuemin': 0, 'aria-valuemax': 100,
                 'aria-valuenow': Math.min(100, Math.round(share ?? 0)) },
        h('span', { style: { width: `${Math.min(100, share ?? 0)}%` } })),
      h('p', { class: 'quiet' }, quota.resets_at ? `Renewed on ${format.date(quota.resets_at)}, ${format.relative(quota.resets_at)}.` : '',
        quota.overage > 0 ? ` ${format.credits(quota.overage)} over.` : '', quota.overage_permitted ? ' More than that is allowed and billed.' : ''),
      forecast ? h('p', {}, h('span', { class: `badge ${forecast[0]}` }, 'forecast'), ' ', forecast[1]) : null,
    ] : h('p', { class: 'quiet' }, STATES[quota?.state] ?? STATES.unknown),
    quota?.organisation ? h('p', { class: 'quiet' }, `Seat of ${quota.organisation}.`) : null,
    quota?.error ? h('p', { class: 'quiet' }, `The last question to GitHub failed: ${quota.error}`) : null);
}
