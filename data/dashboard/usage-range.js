// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The times that usage is shown for, local time; the same as in the window. Pure.

import { bucketStart, bucketsBetween, nextBucket } from './chart-axis.js';

export const RANGES = { today: 'Today', week: 'Week', month: 'Month', year: 'Year', all: 'All', custom: 'Custom' };

const MOST_DAYS = 62;
const MOST_MONTHS = 36;
const HOUR_DAYS = 2.1;

function addDays(seconds, days) {
  const date = new Date(seconds * 1000);
  date.setDate(date.getDate() + days);
  return Math.floor(date.getTime() / 1000);
}

// "2026-11-21" → the second at which that day begins; null when it is no day.
export function readDay(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '');
  if (!found) return null;
  const date = new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return Number.isNaN(date.getTime()) ? null : Math.floor(date.getTime() / 1000);
}

export function writeDay(seconds) {
  const date = new Date(seconds * 1000);
  const two = (value) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function monthsBack(now, n) {
  const date = new Date(bucketStart(now, 'month') * 1000);
  date.setMonth(date.getMonth() - n);
  return Math.floor(date.getTime() / 1000);
}

// Returns {from, until}: wall seconds, until not included; 0 is no bound. Days of a custom range count whole.
export function rangeBounds(range, now, first = null, last = null) {
  const today = bucketStart(now, 'day');
  if (range === 'today') return { from: today, until: 0 };
  if (range === 'week') return { from: addDays(today, -6), until: 0 };
  if (range === 'month') return { from: bucketStart(now, 'month'), until: 0 };
  if (range === 'year') return { from: monthsBack(now, 11), until: 0 };
  if (range === 'custom' && first !== null && last !== null)
    return { from: Math.min(first, last), until: addDays(Math.max(first, last), 1) };
  return { from: 0, until: 0 };
}

// How long a bar is.
export function rangeUnit(range, from, until) {
  if (range === 'today') return 'hour';
  if (range === 'week' || range === 'month') return 'day';
  if (range === 'year') return 'month';
  const days = (until - from) / 86400;
  if (days <= HOUR_DAYS && range === 'custom') return 'hour';
  if (days <= MOST_DAYS) return 'day';
  return days <= MOST_MONTHS * 30.5 ? 'month' : 'year';
}

// Where each bar begins. What has yet to come of a day or a month is there, too: bars stay where they are.
export function rangeSteps(range, bounds, oldest, now) {
  const from = bounds.from || oldest || now;
  let until = bounds.until || now + 1;
  if (range === 'today') until = nextBucket(bucketStart(now, 'day'), 'day');
  if (range === 'month') until = nextBucket(bucketStart(now, 'month'), 'month');
  const unit = rangeUnit(range, from, until);
  return { unit, starts: bucketsBetween(from, until, unit) };
}
