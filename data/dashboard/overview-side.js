// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Beside the figures: who waits to be allowed, what may still be spent, where programs find Jumpseat.

import { post } from './api.js';
import { h } from './dom.js';
import * as format from './format.js';
import { icon } from './icons.js';
import { copy, toast, toastError } from './toast.js';

const ANSWERS = [['once', 'Allow', 'primary'], ['ten_minutes', '10 Minutes', ''], ['always', 'Always', ''], ['deny', 'Deny', 'bad']];

// `approvals`: of GET /api/approvals
export function makeApprovals(approvals, onAnswered) {
  if (approvals.length === 0) return null;
  const answer = async (request, word) => {
    try {
      await post(`/api/approvals/${encodeURIComponent(request.id)}`, { answer: word });
      toast(word === 'deny' ? 'Denied' : 'Allowed', 'good');
    } catch (error) {
      toastError(error);
    }
    onAnswered();
  };
  return h('section', { class: 'card approvals', 'aria-label': 'Waiting for your permission' },
    h('h2', {}, 'Waiting for Your Permission'),
    approvals.map((request) => h('div', { class: 'approval' },
      h('div', { class: 'grow' },
        h('p', {}, h('strong', {}, request.client ?? 'A program'), ' asks for ', h('strong', {}, request.model ?? 'a model')),
        request.reason ? h('p', {}, request.reason) : null,
        h('p', { class: 'quiet' }, `since ${format.time(request.since)}, refused at ${format.time(request.until)}`)),
      h('div', { class: 'row' }, ANSWERS.map(([word, title, kind]) =>
        h('button', { class: `button small ${kind}`, onclick: () => answer(request, word) }, title))))));
}

const ACTIONS = { warn: 'then warns', ask: 'then asks', cheaper: 'then takes a cheaper model', refuse: 'then refuses' };
const PERIODS = { day: 'A day', month: 'A month', session: 'A session' };

function describe(budget) {
  const whose = [budget.key ? `key ${budget.key}` : null, budget.model ? `model ${budget.model}` : null].filter(Boolean).join(', ');
  return `${PERIODS[budget.period] ?? budget.period ?? budget.name}${whose === '' ? '' : `, ${whose}`}`;
}

function makeBudget(budget) {
  const { credits: limit, percent: share } = budget;
  const grade = share >= 95 ? 'bad' : share >= 80 ? 'warn' : '';
  const isEstimate = budget.estimated > 0;
  return h('div', { class: 'stack budget' },
    h('div', { class: 'spread' }, h('strong', {}, describe(budget)),
      h('span', { class: 'quiet' }, `${format.credits(budget.used, isEstimate)} of ${format.credits(limit)} (${format.usd(limit)})`)),
    h('div', { class: `meter ${grade}`, role: 'meter', 'aria-label': `Used of the budget ${budget.name}`, 'aria-valuemin': 0,
               'aria-valuemax': 100, 'aria-valuenow': Math.min(100, Math.round(share)) },
      h('span', { style: { width: `${Math.min(100, share)}%` } })),
    h('p', { class: 'quiet' }, [budget.until ? `until ${format.moment(budget.until)}` : null, ACTIONS[budget.action] ?? budget.action].filter(Boolean).join(', ')));
}

// `budgets`: of GET /api/budgets; null: not known
export function makeBudgets(budgets) {
  return h('section', { class: 'card stack' },
    h('div', { class: 'spread' }, h('h2', {}, 'Budgets'), h('a', { href: '#/settings' }, 'Change')),
    budgets === null || budgets.length === 0
      ? h('p', { class: 'quiet' }, 'None. A budget warns, asks or refuses when a day, a month, a key or a model costs too much.')
      : budgets.map(makeBudget));
}

function makeLine(name, address) {
  return [h('dt', {}, name), h('dd', { class: 'copy-line' }, h('code', {}, address),
    h('button', { class: 'icon-button', 'aria-label': `Copy the address for ${name}`, onclick: () => copy(address, 'Address copied') }, icon('copy')))];
}

export function makeAddresses(status) {
  const url = status?.url ?? location.origin;
  return h('section', { class: 'card' }, h('h2', {}, 'Addresses'),
    h('dl', { class: 'facts addresses' }, makeLine('OpenAI', `${url}/v1`), makeLine('Anthropic', url), makeLine('Ollama', url)),
    h('p', { class: 'quiet' }, 'Where a program on this computer asks for an API key, any word will do unless the setting server.require_key is on.'));
}

export function makeAccount(status, onChanged) {
  const act = async (path, said) => {
    try {
      await post(path);
      toast(said, 'good');
    } catch (error) {
      toastError(error);
    }
    onChanged();
  };
  const isPaused = status?.paused;
  return h('section', { class: 'card stack' },
    h('div', { class: 'spread' }, h('h2', {}, 'Service'),
      h('button', { class: isPaused ? 'button small primary' : 'button small',
                    onclick: () => act(isPaused ? '/api/resume' : '/api/pause', isPaused ? 'Serving again' : 'Paused: requests are turned away') },
        icon(isPaused ? 'play' : 'pause'), isPaused ? 'Resume' : 'Pause')),
    status === null ? h('p', { class: 'quiet' }, 'Not reachable.') : h('dl', { class: 'facts' },
      h('dt', {}, 'Account'), h('dd', {}, h('a', { href: '#/sign-in' }, status.login ?? (status.signed_in ? 'signed in' : 'Sign in'))),
      h('dt', {}, 'Models'), h('dd', {}, h('a', { href: '#/models' }, format.integer(status.catalog?.models))),
      h('dt', {}, 'Running'), h('dd', {}, `${format.integer(status.active)}, ${format.integer(status.waiting)} waiting, ${format.integer(status.requests_last_minute)} in the last minute`),
      h('dt', {}, 'Upstream'), h('dd', {}, status.breaker === 'closed' ? 'answers' : h('span', { class: 'badge bad' }, 'fails; tried again soon')),
      status.cooldowns?.length > 0
        ? [h('dt', {}, 'Limits'), h('dd', {}, status.cooldowns.map((limit) => h('div', {}, `${limit.model ?? 'all models'}: wait ${format.duration(limit.seconds)}`)))]
        : null,
      h('dt', {}, 'Version'), h('dd', {}, `${status.version}${status.demo ? ' (demo)' : ''}, up ${format.duration(status.uptime)}`),
      status.update
        ? [h('dt', {}, 'Newer version'), h('dd', {}, h('a', { href: status.update.url, target: '_blank', rel: 'noopener noreferrer' }, `${status.update.version} is available`))]
        : null));
}

