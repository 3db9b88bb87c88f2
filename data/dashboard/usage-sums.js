// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Sums of usage as the service names them, added up and put into bars. Pure.

import { groupByBucket } from './chart-axis.js';

const NANO = 1e9;

export const FIELDS = [
  'requests',
  'failed',
  'input',
  'cached',
  'cacheWrite',
  'output',
  'reasoning',
  'nano',
  'estimatedNano',
  'unpriced',
  'bytesIn',
  'bytesOut',
  'seconds',
];

export const emptySums = () => Object.fromEntries(FIELDS.map((field) => [field, 0]));

// One row of the service's answer. Its credits are null where GitHub told no price at all.
export function readSums(row) {
  return {
    requests: row.requests,
    failed: row.failed,
    input: row.input_tokens,
    cached: row.cached_tokens,
    cacheWrite: row.cache_write_tokens,
    output: row.output_tokens,
    reasoning: row.reasoning_tokens,
    nano: row.nano_aiu ?? 0,
    estimatedNano: row.estimated_nano_aiu,
    unpriced: row.unpriced,
    bytesIn: row.bytes_in,
    bytesOut: row.bytes_out,
    seconds: row.seconds,
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
  return [...names]
    .map(([name, all]) => ({ name, sums: addSums(all) }))
    .sort((a, b) => creditsOf(b.sums) - creditsOf(a.sums) || tokensOf(b.sums) - tokensOf(a.sums));
}

export const MEASURES = {
  credits: { name: 'Credits', unit: 'credits', of: creditsOf },
  usd: { name: 'US dollars', unit: 'usd', of: (sums) => creditsOf(sums) / 100 },
  tokens: { name: 'Tokens', unit: 'tokens', of: tokensOf },
  requests: { name: 'Requests', unit: 'count', of: ({ requests }) => requests },
};

// One series for each name; what is estimated of credits is a series of its own, hatched.
export function seriesByName(rows, starts, unit, measure) {
  const { of } = MEASURES[measure];
  const isMoney = measure === 'credits' || measure === 'usd';
  const told = isMoney ? (sums) => of({ ...sums, estimatedNano: 0 }) : of;
  const names = sumByName(rows).map(({ name }) => name);
  const grouped = groupByBucket(rows, starts, unit);
  const series = names
    .map((name) => ({
      name,
      values: grouped.map((group) =>
        group.filter((row) => row.name === name).reduce((all, { sums }) => all + told(sums), 0),
      ),
    }))
    .filter(({ values }) => values.some((value) => value > 0));
  const estimated = grouped.map((group) => group.reduce((all, { sums }) => all + of(sums) - told(sums), 0));
  return {
    series,
    estimated:
      isMoney && estimated.some((value) => value > 0) ? { name: 'estimated', values: estimated, mark: true } : null,
  };
}

export function seriesByKind(rows, starts, unit) {
  const groups = groupByBucket(rows, starts, unit).map((group) => addSums(group.map(({ sums }) => sums)));
  // Parts that add up to all tokens: what was read from the cache is part of the input, reasoning of the output.
  const kinds = [
    ['Input', (sums) => Math.max(0, sums.input - sums.cached - sums.cacheWrite)],
    ['Input from the cache', ({ cached }) => cached],
    ['Input to the cache', ({ cacheWrite }) => cacheWrite],
    ['Output', (sums) => Math.max(0, sums.output - sums.reasoning)],
    ['Reasoning', ({ reasoning }) => reasoning],
  ];
  return kinds
    .map(([name, of]) => ({ name, values: groups.map(of) }))
    .filter(({ values }) => values.some((value) => value > 0));
}
