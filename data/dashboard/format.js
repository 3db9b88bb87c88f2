// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Numbers and times as people read them. What is not known is "–".

export const ABSENT = '–';
export const NANO = 1e9; // nano-AIU of a credit
export const CREDIT_USD = 0.01;

const isAbsent = (value) => value === null || value === undefined || Number.isNaN(value);
const integerFormat = new Intl.NumberFormat('en');
const significantFormat = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const decimalFormat = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const usdFormat = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const smallUsdFormat = new Intl.NumberFormat('en', {
  style: 'currency', currency: 'USD', minimumSignificantDigits: 1, maximumSignificantDigits: 2,
});
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortTimeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dateFormat = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const dayFormat = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });

export function integer(value) {
  return isAbsent(value) ? ABSENT : integerFormat.format(Math.round(value));
}

// 1234567 → "1.23M", for narrow places
export function compact(value) {
  if (isAbsent(value)) return ABSENT;
  const units = [[1e9, 'G'], [1e6, 'M'], [1e4, 'k']];
  for (const [size, unit] of units) {
    if (Math.abs(value) >= size) return `${significantFormat.format(value / (unit === 'k' ? 1e3 : size))}${unit}`;
  }
  return integer(value);
}

// 90210 → "88.1 KiB"
export function bytes(value) {
  if (isAbsent(value)) return ABSENT;
  if (value < 1024) return `${integer(value)} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let size = value / 1024;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size < 10 ? decimalFormat.format(size) : integerFormat.format(Math.round(size))} ${units[unit]}`;
}

// Credits, three digits of them; "≈" in front of what is an estimate.
export function credits(value, isEstimate = false) {
  if (isAbsent(value)) return ABSENT;
  const number = Math.abs(value) >= 1000 ? integerFormat.format(Math.round(value)) : significantFormat.format(value);
  return isEstimate ? `≈${number}` : number;
}

export const nanoCredits = (value, isEstimate = false) => credits(isAbsent(value) ? null : value / NANO, isEstimate);

// Dollars of so many credits.
export function usd(value, isEstimate = false) {
  if (isAbsent(value)) return ABSENT;
  const dollars = value * CREDIT_USD;
  const number = dollars !== 0 && Math.abs(dollars) < 0.01 ? smallUsdFormat.format(dollars) : usdFormat.format(dollars);
  return isEstimate ? `≈${number}` : number;
}

// 0 to 100
export function percent(value) {
  if (isAbsent(value)) return ABSENT;
  return `${value > 0 && value < 10 ? decimalFormat.format(value) : integer(value)} %`;
}

export const share = (part, whole) => (isAbsent(part) || !whole ? ABSENT : percent((part / whole) * 100));

// Seconds: "340 ms", "2.4 s", "3 min 05 s", "2 h 10 min", "3 d 4 h"
export function duration(seconds) {
  if (isAbsent(seconds)) return ABSENT;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${decimalFormat.format(seconds)} s`;
  const two = (value) => String(Math.floor(value)).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${two((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86400)} d ${Math.floor((seconds % 86400) / 3600)} h`;
}

// Unix seconds, in this browser's time zone.
const toDate = (seconds) => new Date(seconds * 1000);
export const time = (seconds) => (seconds ? timeFormat.format(toDate(seconds)) : ABSENT);
export const date = (seconds) => (seconds ? dateFormat.format(toDate(seconds)) : ABSENT);
export const day = (seconds) => (seconds ? dayFormat.format(toDate(seconds)) : ABSENT);
export const dateTime = (seconds) => (seconds ? `${date(seconds)}, ${time(seconds)}` : ABSENT);

// The time of today, else day and time.
export function moment(seconds) {
  if (!seconds) return ABSENT;
  const then = toDate(seconds);
  if (then.toDateString() === new Date().toDateString()) return timeFormat.format(then);
  return `${dayFormat.format(then)} ${shortTimeFormat.format(then)}`;
}

// "10 minutes ago", "in 3 days"
export function relative(seconds, now = Date.now() / 1000) {
  if (!seconds) return ABSENT;
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const distance = seconds - now;
  for (const [unit, size] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (Math.abs(distance) >= size) return format.format(Math.round(distance / size), unit);
  }
  return Math.abs(distance) < 10 ? 'now' : format.format(Math.round(distance), 'second');
}

export const plural = (n, one, many = `${one}s`) => `${integer(n)} ${n === 1 ? one : many}`;
