// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What GitHub says of the month, beside what was counted here, and how long the rest will last.

import { get, post } from './api.js';
import { h, replace } from './dom.js';
import * as events from './events.js';
import { ABSENT, credits, date, dateTime, day, integer, percent, plural, relative, usd } from './format.js';

const REFRESH_MS = 300000;

const isKnown = (value) => value !== null && value !== undefined;

function forecastText({ forecast, resets_at: resets, overage_permitted: goesOn }) {
  const { state, when } = forecast ?? {};
  if (state === 'spent') return goesOn ? 'Nothing is left; what is used beyond is billed.' : 'Nothing is left.';
  if (state === 'runs_out') return `Runs out on ${date(when)}, if days go on as the last ones did.`;
  if (state === 'lasts') return resets ? `Lasts until it is renewed on ${date(resets)}.` : 'Lasts until it is renewed.';
  return 'Too little is known to say how long it lasts.';
}

function stateText({ state, plan, organisation }) {
  const whose = organisation ? ` of ${organisation}` : '';
  if (state === 'unlimited') return `${plan ?? 'This plan'}${whose}: no limit.`;
  if (state === 'managed') return `${organisation ?? 'Your organisation'} manages this seat and tells no numbers.`;
  if (state === 'none') return 'This account has no Copilot plan or seat.';
  if (state === 'unknown') return 'GitHub has told nothing yet.';
  return null;
}

function makeNumbers(quota) {
  const inCredits = quota.billing !== 'requests';
  const counted = quota.bucket === 'chat' ? 'chat messages' : 'premium requests'; // free accounts have the former
  const amount = (value) =>
    !isKnown(value)
      ? ABSENT
      : inCredits
        ? `${credits(value)} credits (${usd(value)})`
        : `${integer(value)} ${counted}`;
  const { ours, difference } = quota;
  const here = ours
    ? `${credits(ours.credits, ours.estimated > 0)} credits (${usd(ours.credits, ours.estimated > 0)})`
    : ABSENT;
  const unsure = [
    ours?.estimated > 0 && `${credits(ours.estimated)} of them estimated`,
    ours?.unpriced > 0 && `${plural(ours.unpriced, 'request')} without a price`,
  ]
    .filter(Boolean)
    .join(', ');
  const rows = [
    ['GitHub says, used', amount(quota.used)],
    inCredits && [
      ours?.since ? `Counted here since ${day(ours.since)}` : 'Counted here',
      unsure ? `${here}; ${unsure}` : here,
    ],
    inCredits && [
      'Difference',
      isKnown(difference)
        ? `${difference > 0 ? '+' : ''}${credits(difference)} credits: ${difference > 0 ? 'other programs and computers' : 'GitHub’s numbers may be late'}`
        : ABSENT,
    ],
    ['Of', amount(quota.entitlement)],
    ['Left', amount(quota.remaining)],
    quota.overage > 0 && ['Beyond', amount(quota.overage)],
    ['Renewed', quota.resets_at ? `${date(quota.resets_at)} (${relative(quota.resets_at)})` : ABSENT],
  ];
  return h(
    'dl',
    { class: 'facts' },
    rows.filter((row) => row && row[1] !== ABSENT).map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  );
}

function show(root, quota) {
  const share = quota.percent_used;
  const kind = share >= 100 ? 'bad' : share >= 80 ? 'warn' : '';
  const words = stateText(quota);
  replace(
    root,
    h(
      'section',
      { class: 'card stack', 'aria-label': 'Allowance' },
      h(
        'div',
        { class: 'spread' },
        h('h2', {}, 'Allowance'),
        h(
          'span',
          { class: 'row' },
          quota.plan && h('span', { class: 'badge accent' }, quota.plan),
          quota.overage_permitted && h('span', { class: 'badge' }, 'more may be used'),
        ),
      ),
      words && h('p', {}, words),
      isKnown(share) &&
        !quota.unlimited &&
        h(
          'div',
          {
            class: `meter ${kind}`,
            role: 'meter',
            'aria-label': 'Used of the allowance',
            'aria-valuemin': 0,
            'aria-valuemax': 100,
            'aria-valuenow': Math.round(Math.min(100, share)),
            'aria-valuetext': `${percent(share)} used`,
          },
          h('span', { style: { width: `${Math.min(100, share)}%` } }),
        ),
      isKnown(share) &&
        !quota.unlimited &&
        h('p', { class: 'quota-share' }, `${percent(share)} used. ${forecastText(quota)}`),
      ['none', 'unknown', 'unlimited'].includes(quota.state) ? null : makeNumbers(quota),
      h(
        'p',
        { class: 'quiet' },
        quota.error
          ? `GitHub could not be asked: ${quota.error}`
          : quota.fetched_at
            ? `As of ${dateTime(quota.fetched_at)}`
            : null,
      ),
    ),
  );
}

export function mountQuota(root) {
  async function load() {
    try {
      show(root, await get('/api/quota'));
    } catch (error) {
      replace(
        root,
        h('section', { class: 'card' }, h('h2', {}, 'Allowance'), h('p', { class: 'empty' }, error.message)),
      );
    }
  }

  // GitHub is asked as long as somebody looks; the service does so once a minute at most.
  async function refresh() {
    if (document.hidden) return;
    const quota = await post('/api/quota/refresh', {}).catch(() => null);
    if (quota !== null) show(root, quota);
    else await load();
  }

  const end = events.on('quota', load);
  const timer = setInterval(refresh, REFRESH_MS);
  load().then(refresh);
  return () => {
    clearInterval(timer);
    end();
  };
}
