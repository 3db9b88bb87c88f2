// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What one exchange says of itself, in the list and beside it.

import { h } from './dom.js';
import * as format from './format.js';

const RUNNING = { pending: 'waiting', sending: 'sent', receiving: 'streaming', streaming: 'streaming', waiting: 'waiting' };

export const isRunning = (item) => Object.hasOwn(RUNNING, item.state) && !item.status_code;
export const isStillOpen = (item) => Object.hasOwn(RUNNING, item.state);
export const modelOf = (item) => item.translated_model || item.model || 'no model';

export function makeStatus(item) {
  if (isStillOpen(item)) return h('span', { class: 'badge busy' }, RUNNING[item.state]);
  const { status_code: status } = item;
  if (!status) return h('span', { class: 'badge' }, format.ABSENT);
  if (status === 499) return h('span', { class: 'badge', title: 'The client left' }, '499');
  return h('span', { class: `badge ${status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good'}` }, String(status));
}

// Upstream's own number, else an estimate, else nothing.
export function creditsOf(item) {
  if (item.credits !== null && item.credits !== undefined) return format.credits(item.credits);
  if (item.estimated_credits !== null && item.estimated_credits !== undefined) return format.credits(item.estimated_credits, true);
  return null;
}

export const inputOf = (item) => (item.input_tokens ?? 0) + (item.cache_read_input_tokens ?? 0) + (item.cache_creation_input_tokens ?? 0);

export function tokensOf(item) {
  const input = inputOf(item);
  if (input + (item.output_tokens ?? 0) === 0) return null;
  return `${format.compact(input)} → ${format.compact(item.output_tokens)}`;
}

export function makeRow(item) {
  const credits = creditsOf(item);
  const notes = [item.api ?? item.endpoint, item.client ?? item.user_id, tokensOf(item),
                 credits === null ? null : `${credits} cr`, isStillOpen(item) ? null : format.duration(item.total ?? item.duration),
                 item.imported ? 'imported' : null].filter(Boolean);
  return h('li', { class: 'request-row', role: 'option', id: `request-${item.id}`, data: { id: item.id }, 'aria-selected': 'false' },
           h('div', { class: 'request-line' }, h('span', { class: 'request-model' }, modelOf(item)), makeStatus(item),
             h('span', { class: 'quiet request-time' }, format.moment(item.timestamp))),
           h('div', { class: 'quiet request-notes' }, notes.join(' · ')));
}

const seconds = (value) => (value === undefined || value < 0 ? null : value / 1e6);
const wholeCredits = (value) => (value === undefined ? null : value / format.NANO);

// An answer of GET /api/requests/{id}, which is a line of a file, with the names and units of the list.
export function readEntry(answer) {
  const ours = answer.jumpseat ?? {};
  return {
    ...answer, ...Object.fromEntries(['method', 'api', 'process', 'session', 'route', 'changes', 'error', 'upstream_id', 'upstream_status',
                                      'attempts', 'reasoning_tokens', 'reply_headers', 'is_reply_cut'].map((name) => [name, ours[name]])),
    client: ours.client_name ?? ours.client, user_agent: ours.client, key: ours.client_key,
    streamed: Boolean(ours.streamed), imported: Boolean(ours.is_imported),
    queued: seconds(ours.queued), first_byte: seconds(ours.first_byte), total: seconds(ours.total),
    credits: wholeCredits(ours.nano_aiu), estimated_credits: wholeCredits(ours.estimated_nano_aiu),
  };
}

const shown = (value) => (value === null || value === undefined || value === '' ? null : value);

// [title, value] of all that is known, in groups.
export function describe(item) {
  const credits = creditsOf(item);
  const cached = item.cache_read_input_tokens ?? 0;
  const groups = [
    ['Request', [
      ['Model', item.translated_model && item.translated_model !== item.model ? `${item.model} → ${item.translated_model}` : item.model],
      ['Endpoint', `${item.method ?? 'POST'} ${item.endpoint ?? ''}`],
      ['API', item.api], ['Route', item.route], ['Changes', item.changes],
      ['Client', item.client], ['Program', item.process], ['User agent', item.user_agent], ['Address', item.client_ip],
      ['Key', item.key], ['Session', item.session], ['Started', format.dateTime(item.timestamp)],
    ]],
    ['Result', [
      ['Error', item.error],
      ['Answer', item.streamed === undefined ? null : item.streamed ? 'streamed' : 'whole'],
      ['Upstream status', item.upstream_status || null], ['Upstream id', item.upstream_id],
      ['Attempts', item.attempts > 1 ? format.integer(item.attempts) : null],
      ['Duration', isStillOpen(item) ? null : format.duration(item.total ?? item.duration)],
      ['First byte', shown(item.first_byte) === null ? null : format.duration(item.first_byte)],
      ['Queued', item.queued >= 0.001 ? format.duration(item.queued) : null],
      ['Request size', format.bytes(item.request_size)], ['Response size', format.bytes(item.response_size)],
    ]],
    ['Usage', [
      ['Input tokens', tokensOf(item) === null ? null : format.integer(inputOf(item))],
      ['from the cache', cached > 0 ? `${format.integer(cached)} (${format.share(cached, inputOf(item))})` : null],
      ['to the cache', item.cache_creation_input_tokens > 0 ? format.integer(item.cache_creation_input_tokens) : null],
      ['Output tokens', tokensOf(item) === null ? null : format.integer(item.output_tokens)],
      ['for reasoning', item.reasoning_tokens > 0 ? format.integer(item.reasoning_tokens) : null],
      ['Credits', credits === null ? null : `${credits} (${format.usd(item.credits ?? item.estimated_credits, credits.startsWith('≈'))})`],
      ['Origin', item.imported ? 'imported from a file: no usage of this computer' : null],
    ]],
  ];
  return groups.map(([title, facts]) => [title, facts.filter(([, value]) => shown(value) !== null)]).filter(([, facts]) => facts.length > 0);
}
