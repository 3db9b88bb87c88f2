// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What charts count with: ticks on round values, units, and buckets of time without holes. Pure.

const STEPS = [1, 2, 2.5, 5, 10];

// Round values from 0 to the first one that is not below `max`.
export function niceTicks(max, wanted = 4, isWhole = false) {
  if (!(max > 0)) return [0, 1];
  const raw = max / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  let step = power * STEPS.find((one) => one * power >= raw * 0.999999);
  if (isWhole) step = Math.max(1, Math.ceil(step));
  const ticks = [];
  // Counted, not added up: 0.1 + 0.2 is no round value.
  for (let i = 0; ; i++) {
    const tick = Number((i * step).toPrecision(12));
    ticks.push(tick);
    if (tick >= max * 0.999999) return ticks;
  }
}

const SCALES = {
  count: [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
    [1, ''],
  ],
  tokens: [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
    [1, ''],
  ],
  credits: [
    [1e6, 'M'],
    [1e4, 'k', 1e3],
    [1, ''],
  ],
  usd: [
    [1e6, 'M'],
    [1e4, 'k', 1e3],
    [1, ''],
  ],
  bytes: [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
    [1, 'B'],
  ],
  seconds: [
    [3600, 'h'],
    [120, 'min', 60],
    [1, 's'],
    [1e-9, 'ms', 1e-3],
  ],
};

export const UNIT_NAMES = {
  count: 'requests',
  tokens: 'tokens',
  credits: 'credits',
  usd: 'US dollars',
  bytes: 'bytes',
  seconds: 'time',
};

// By what to divide values up to `max`, and what to write behind them.
export function scaleOf(unit, max) {
  const rows = SCALES[unit] ?? SCALES.count;
  const plain = rows.find(([least]) => least === 1);
  const [from, suffix, divisor] = rows.find(([least]) => max >= least) ?? plain;
  return { divisor: divisor ?? from, suffix };
}

function digits(value, places) {
  return value.toLocaleString('en', { maximumFractionDigits: places });
}

function placesOf(value) {
  const size = Math.abs(value);
  if (size === 0 || size >= 100) return 0;
  if (size >= 10) return 1;
  if (size >= 1) return 2;
  return Math.min(8, 2 - Math.floor(Math.log10(size)));
}

// A value on its own, as in a tooltip: "1.25 M tokens", "3.2 credits", "$0.04".
export function formatValue(unit, value) {
  if (value === null || value === undefined) return '–';
  if (unit === 'count' || unit === 'tokens') {
    const text = Math.round(value).toLocaleString('en');
    return unit === 'tokens' ? `${text} ${value === 1 ? 'token' : 'tokens'}` : text;
  }
  if (unit === 'usd') return `$${digits(value, Math.max(2, placesOf(value)))}`;
  if (unit === 'credits') return `${digits(value, placesOf(value))} ${value === 1 ? 'credit' : 'credits'}`;
  const { divisor, suffix } = scaleOf(unit, Math.abs(value));
  const scaled = value / divisor;
  return `${digits(scaled, placesOf(scaled))} ${suffix}`.trim();
}

// Ticks for values up to `max`, with what to write at them.
export function axisOf(unit, max, wanted) {
  const first = scaleOf(unit, max);
  // The highest tick decides, so that nothing reads "1,000 k".
  const { divisor, suffix } = scaleOf(unit, niceTicks(max / first.divisor, wanted).at(-1) * first.divisor);
  const isWhole = (unit === 'count' || unit === 'tokens' || unit === 'bytes') && divisor === 1;
  const ticks = niceTicks(max / divisor, wanted, isWhole);
  const step = ticks[1] - ticks[0];
  const places = `${step}`.includes('e') ? 8 : (`${step}`.split('.')[1] ?? '').length;
  return ticks.map((tick) => {
    const number = digits(tick, places);
    const text = unit === 'usd' ? `$${number}${suffix}` : `${number}${suffix && number !== '0' ? ` ${suffix}` : ''}`;
    return { value: tick * divisor, text };
  });
}

// ---- time ----

const SHORT_DAY = { month: 'short', day: 'numeric' };

// The beginning of the bucket that holds `seconds` (wall), local time.
export function bucketStart(seconds, bucket) {
  const date = new Date(seconds * 1000);
  if (bucket === 'minute') date.setSeconds(0, 0);
  else if (bucket === 'hour') date.setMinutes(0, 0, 0);
  else date.setHours(0, 0, 0, 0);
  if (bucket === 'week') date.setDate(date.getDate() - ((date.getDay() + 6) % 7));
  if (bucket === 'month' || bucket === 'year') date.setDate(1);
  if (bucket === 'year') date.setMonth(0);
  return Math.floor(date.getTime() / 1000);
}

// Days are not all 24 hours long, months not 30 days: the calendar counts.
export function nextBucket(seconds, bucket) {
  const date = new Date(seconds * 1000);
  if (bucket === 'minute') date.setTime(date.getTime() + 60000);
  else if (bucket === 'hour') date.setTime(date.getTime() + 3600000);
  else if (bucket === 'day') date.setDate(date.getDate() + 1);
  else if (bucket === 'week') date.setDate(date.getDate() + 7);
  else if (bucket === 'month') date.setMonth(date.getMonth() + 1);
  else date.setFullYear(date.getFullYear() + 1);
  return Math.floor(date.getTime() / 1000);
}

// Every bucket from the one that holds `from` to the one before `until`.
export function bucketsBetween(from, until, bucket, most = 2000) {
  const starts = [];
  for (let at = bucketStart(from, bucket); at < until && starts.length < most; at = nextBucket(at, bucket))
    starts.push(at);
  return starts;
}

export function bucketLabel(seconds, bucket) {
  const date = new Date(seconds * 1000);
  if (bucket === 'minute' || bucket === 'hour')
    return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (bucket === 'year') return `${date.getFullYear()}`;
  if (bucket === 'month') return date.toLocaleDateString('en', { month: 'short', year: 'numeric' });
  return date.toLocaleDateString('en', SHORT_DAY);
}

export function bucketName(seconds, bucket) {
  const date = new Date(seconds * 1000);
  const day = date.toLocaleDateString('en', { weekday: 'short', year: 'numeric', ...SHORT_DAY });
  if (bucket === 'minute' || bucket === 'hour') return `${day}, ${bucketLabel(seconds, bucket)}`;
  if (bucket === 'week') return `Week from ${day}`;
  if (bucket === 'year') return `${date.getFullYear()}`;
  if (bucket === 'month') return date.toLocaleDateString('en', { month: 'long', year: 'numeric' });
  return day;
}

// Puts [{time, …}] into `starts`; rows outside of them are left out.
export function groupByBucket(rows, starts, bucket) {
  const groups = new Map(starts.map((start) => [start, []]));
  for (const row of rows) groups.get(bucketStart(row.time, bucket))?.push(row);
  return starts.map((start) => groups.get(start));
}
