// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Sums of usage as the service names them, added up and put into bars. Pure.

import { groupByBucket } from './chart-axis.js';

const NANO = 1e9;

export const FIELDS = ['requests', 'failed', 'input', 'cached', 'cacheWrite', 'output', 'reasoning', 'nano', 'estimatedNano', 'unpriced',
                       'bytesIn', 'bytesOut', 'seconds'];

export const emptySums = () => Object.fromEntries(FIELDS.map((field) => [field, 0]));

// One row of the service's answer.
export function readSums(row) {
  const nano = row.nano_aiu ?? (row.credits ?? 0) * NANO;
  const estimated = row.estimated_nano_aiu ?? (row.estimated_credits ?? 0) * NANO;
  return {
    requests: row.requests ?? row.request_count ?? 0, failed: row.failed ?? 0, input: row.input_tokens ?? 0, cached: row.cached_tokens ?? row.cache_read_input_tokens ?? 0,
    cacheWrite: row.cache_write_tokens ?? row.cache_creation_input_tokens ?? 0, output: row.output_tokens ?? 0, reasoning: row.reasoning_tokens ?? 0,
    nano, estimatedNano: estimated, unpriced: row.unpriced ?? 0, bytesIn: row.bytes_in ?? row.data_sent ?? 0, bytesOut: row.bytes_out ?? row.data_received ?? 0,
    seconds: row.seconds ?? row.total_seconds ?? 0,
  };
}

export function addSums(all) {
  const sums = emptySums();
  for (const one of all) for (const field of FIELDS) sums[field] += one[field];
  return sums;
}

export const creditsOf = ({ nano, estimatedNano }) => (nano + estimatedNano) / NANO;
export const tokensOf = ({ input, output }) => input + output;

// [{name, time, sums}] → [{name, sums}], most credits first, then most tokens.
export function sumByName(rows) {
  const names = new Map();
  for (const { name, sums } of rows) {
    if (!names.has(name)) names.set(name, []);
    names.get(name).push(sums);
  }
  return [...names].map(([name, all]) => ({ name, sums: addSums(all) }))
      .sort((a, b) => creditsOf(b.sums) - creditsOf(a.sums) || tokensOf(b.sums) - tokensOf(a.sums));
}

export const MEASURES = {
  credits: { name: 'Credits', unit: 'credits', of: creditsOf }, usd: { name: 'US dollars', unit: 'usd', of: (sums) => creditsOf(sums) / 100 },
  tokens: { name: 'Tokens', unit: 'tokens', of: tokensOf }, requests: { name: 'Requests', unit: 'count', of: ({ requests }) => requests },
};

// One series for each name; what is estimated of credits is a series of its own, hatched.
export function seriesByName(rows, starts, unit, measure) {
  const { of } = MEASURES[measure];
  const isMoney = measure === 'credits' || measure === 'usd';
  const told = isMoney ? (sums) => of({ ...sums, estimatedNano: 0 }) : of;
  const names = sumByName(rows).map(({ name }) => name);
  const grouped = groupByBucket(rows, starts, unit);
  const series = names.map((name) => ({ name, values: grouped.map((group) => group.filter((row) => row.name === name).reduce((all, { sums }) => all + told(sums), 0)) }))
      .filter(({ values }) => values.some((value) => value > 0));
  const estimated = grouped.map((group) => group.reduce((all, { sums }) => all + of(sums) - told(sums), 0));
  return { series, estimated: isMoney && estimated.some((value) => value > 0) ? { name: 'estimated', values: estimated, mark: true } : null };
}

export function seriesByKind(rows, starts, unit) {
  const groups = groupByBucket(rows, starts, unit).map((group) => addSums(group.map(({ sums }) => sums)));
  // Parts that add up to all tokens: what was read from the cache is part of the input, reasoning of the output.
  const kinds = [['Input', (sums) => Math.max(0, sums.input - sums.cached - sums.cacheWrite)], ['Input from the cache', ({ cached }) => cached],
                 ['Input to the cache', ({ cacheWrite }) => cacheWrite], ['Output', (sums) => Math.max(0, sums.output - sums.reasoning)], ['Reasoning', ({ reasoning }) => reasoning]];
  return kinds.map(([name, of]) => ({ name, values: groups.map(of) })).filter(({ values }) => values.some((value) => value > 0));
}
