// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What the pages count: axes, times, sums, streams, names of budgets. Without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { APIS, chooseApi } from '../pages/chat-apis.js';
import { ChatSessions } from '../pages/chat-sessions.js';
import { StreamReader, creditsOf } from '../pages/chat-stream.js';
import { axisOf, bucketsBetween, formatValue, groupByBucket, niceTicks } from '../pages/chart-axis.js';
import { foldSeries } from '../pages/chart.js';
import { readName, writeName } from '../pages/usage-budgets.js';
import { trimBars } from '../pages/usage-histogram.js';
import { rangeBounds, rangeSteps, readDay, writeDay } from '../pages/usage-range.js';
import { addSums, emptySums, readSums, seriesByKind, seriesByName, sumByName } from '../pages/usage-sums.js';

const at = (...parts) => Math.floor(new Date(...parts).getTime() / 1000);

test('ticks are round, begin at 0 and reach the highest value', () => {
  for (const max of [0.0003, 0.07, 1, 3, 9.99, 10, 11, 99, 123456, 7e9]) {
    const ticks = niceTicks(max);
    assert.equal(ticks[0], 0);
    assert.ok(ticks.at(-1) >= max && ticks.at(-2) < max, `${max}: ${ticks}`);
    assert.ok(ticks.length >= 3 && ticks.length <= 7, `${max}: ${ticks}`);
  }
  assert.deepEqual(niceTicks(0), [0, 1]);
  assert.deepEqual(niceTicks(3, 4, true), [0, 1, 2, 3]);
});

test('axes have units', () => {
  const texts = (unit, max) => axisOf(unit, max, 4).map(({ text }) => text);
  assert.deepEqual(texts('tokens', 960000), ['0', '0.25 M', '0.5 M', '0.75 M', '1 M']);
  assert.deepEqual(texts('seconds', 0.03), ['0', '10 ms', '20 ms', '30 ms']);
  assert.deepEqual(texts('usd', 0.12), ['$0', '$0.05', '$0.1', '$0.15']);
  assert.deepEqual(texts('count', 3), ['0', '1', '2', '3']);
  assert.equal(formatValue('credits', 1), '1 credit');
  assert.equal(formatValue('tokens', 1234), '1,234 tokens');
  assert.equal(formatValue('usd', 0.004), '$0.004');
  assert.equal(formatValue('credits', null), '–');
});

test('times without anything have a bar, too', () => {
  const now = at(2026, 10, 21, 18, 40);
  const today = rangeSteps('today', rangeBounds('today', now), now, now);
  assert.equal(today.unit, 'hour');
  assert.ok(today.starts.length >= 23 && today.starts.length <= 25);
  assert.equal(today.starts[0], at(2026, 10, 21));
  const week = rangeSteps('week', rangeBounds('week', now), now, now);
  assert.deepEqual([week.unit, week.starts.length, week.starts.at(-1)], ['day', 7, at(2026, 10, 21)]);
  const month = rangeSteps('month', rangeBounds('month', now), now, now);
  assert.deepEqual([month.unit, month.starts.length, month.starts[0]], ['day', 30, at(2026, 10, 1)]);
  const year = rangeSteps('year', rangeBounds('year', now), now, now);
  assert.deepEqual([year.unit, year.starts.length, year.starts[0]], ['month', 12, at(2025, 11, 1)]);
  const all = rangeSteps('all', rangeBounds('all', now), at(2019, 3, 3), now);
  assert.deepEqual([all.unit, all.starts.length], ['year', 8]);
});

test('days of a custom time count whole, whatever their order', () => {
  const [first, last] = [readDay('2026-03-27'), readDay('2026-03-31')];
  assert.equal(writeDay(first), '2026-03-27');
  for (const bounds of [rangeBounds('custom', 0, first, last), rangeBounds('custom', 0, last, first)]) {
    assert.deepEqual(bounds, { from: at(2026, 2, 27), until: at(2026, 3, 1) });
    assert.equal(bucketsBetween(bounds.from, bounds.until, 'day').length, 5);
  }
  assert.equal(readDay('yesterday'), null);
});

const ROW = {
  requests: 2,
  failed: 1,
  input_tokens: 100,
  cached_tokens: 60,
  cache_write_tokens: 10,
  output_tokens: 50,
  reasoning_tokens: 20,
  nano_aiu: 3e9,
  estimated_nano_aiu: 1e9,
  unpriced: 1,
  bytes_in: 5,
  bytes_out: 6,
  seconds: 4,
};

test('sums add up, and nothing is invented', () => {
  const one = readSums(ROW);
  const two = readSums({ ...ROW, nano_aiu: null });
  assert.equal(addSums([one, two]).nano, 3e9);
  assert.equal(addSums([one, two]).requests, 4);
  assert.deepEqual(addSums([]), emptySums());
  const rows = [
    { name: 'b', time: 10, sums: two },
    { name: 'a', time: 20, sums: one },
    { name: 'a', time: 10, sums: one },
  ];
  assert.deepEqual(
    sumByName(rows).map(({ name, sums }) => [name, sums.nano]),
    [
      ['a', 6e9],
      ['b', 0],
    ],
  );
});

test('what is estimated is a series of its own', () => {
  const start = at(2026, 10, 21);
  const rows = [
    { name: 'a', time: start, sums: readSums(ROW) },
    { name: 'b', time: start, sums: readSums({ ...ROW, nano_aiu: null }) },
  ];
  const { series, estimated } = seriesByName(rows, [start, start + 86400], 'day', 'credits');
  assert.deepEqual(series, [{ name: 'a', values: [3, 0] }]);
  assert.deepEqual(estimated.values, [2, 0]);
  assert.equal(seriesByName(rows, [start], 'day', 'tokens').estimated, null);
  const kinds = seriesByKind(rows.slice(0, 1), [start], 'day');
  assert.equal(
    kinds.reduce((all, { values }) => all + values[0], 0),
    150,
    'kinds add up to all tokens',
  );
  assert.deepEqual(groupByBucket([{ time: start - 1 }], [start], 'day'), [[]], 'other days are left out');
});

test('the smallest of many series become one', () => {
  const series = Array.from({ length: 9 }, (_, i) => ({ name: `${i}`, values: [i, 1] }));
  const folded = foldSeries(series, 7);
  assert.equal(folded.length, 7);
  assert.equal(folded.at(-1).name, '3 others');
  assert.deepEqual(folded.at(-1).values, [3, 3]);
  assert.equal(foldSeries(series.slice(0, 7), 7).length, 7);
});

test('bars of a distribution end where the requests do', () => {
  const bars = [0, 0, 4, 0, 2, 0, 0].map((count, index) => ({ index, count }));
  assert.deepEqual(
    trimBars(bars).map(({ index }) => index),
    [1, 2, 3, 4, 5],
  );
  assert.deepEqual(trimBars([{ count: 0 }]), []);
});

test('names of budgets are read and written', () => {
  for (const name of ['day', 'month key:my laptop', 'session model:claude-opus-*', 'day key:my laptop model:gpt-5'])
    assert.equal(writeName(readName(name)), name);
  assert.deepEqual(readName('day key:my laptop model:gpt-5'), { period: 'day', key: 'my laptop', model: 'gpt-5' });
});

test('streams are read whatever their pieces', () => {
  const text = ': x-jumpseat-credits 0.42\r\nevent: a\r\ndata: {"x":\r\ndata: 1}\r\n\r\ndata: [DONE]\n\n';
  const whole = new StreamReader().feed(text);
  assert.deepEqual(whole, [
    { comment: 'x-jumpseat-credits 0.42' },
    { name: 'a', data: '{"x":\n1}' },
    { name: '', data: '[DONE]' },
  ]);
  const reader = new StreamReader();
  assert.deepEqual([...[...text].flatMap((letter) => reader.feed(letter)), ...reader.end()], whole);
  const lines = new StreamReader(true);
  assert.deepEqual(
    [...lines.feed('{"a":1}\n{"b"'), ...lines.feed(':2}'), ...lines.end()].map(({ data }) => data),
    ['{"a":1}', '{"b":2}'],
  );
  assert.equal(creditsOf(': x-jumpseat-credits 0.42'), 0.42);
  assert.equal(creditsOf('a comment'), undefined);
});

test('every API is asked in its own words', () => {
  const conversation = {
    model: 'm',
    system: 'Be brief.',
    maxTokens: 9,
    temperature: 0,
    effort: 'low',
    messages: [
      { role: 'user', text: 'Look', images: [{ type: 'image/png', data: 'AAAA' }] },
      { role: 'assistant', text: 'I see' },
    ],
  };
  const chat = APIS.chat.ask(conversation);
  assert.deepEqual(
    chat.messages.map(({ role }) => role),
    ['system', 'user', 'assistant'],
  );
  assert.equal(chat.messages[1].content[1].image_url.url, 'data:image/png;base64,AAAA');
  assert.deepEqual([chat.max_tokens, chat.temperature, chat.reasoning_effort], [9, 0, 'low']);
  const responses = APIS.responses.ask(conversation);
  assert.equal(responses.instructions, 'Be brief.');
  assert.deepEqual(
    responses.input.map(({ content }) => content[0].type),
    ['input_text', 'output_text'],
  );
  const messages = APIS.messages.ask(conversation);
  assert.equal(messages.messages[0].content[0].source.data, 'AAAA');
  assert.deepEqual([messages.system, messages.max_tokens, messages.output_config], ['Be brief.', 9, { effort: 'low' }]);
  const ollama = APIS.ollama.ask(conversation);
  assert.deepEqual(
    [ollama.messages[1].images, ollama.options, ollama.think],
    [['AAAA'], { num_predict: 9, temperature: 0 }, 'low'],
  );
  const searching = { ...conversation, webSearch: true };
  assert.deepEqual(APIS.chat.ask(searching).web_search_options, {});
  assert.deepEqual(APIS.responses.ask(searching).tools, [{ type: 'web_search' }]);
  assert.equal(APIS.messages.ask(searching).tools[0].type, 'web_search_20250305');
  assert.equal(APIS.ollama.ask(searching).tools, undefined);
  for (const api of [chat, responses, messages]) assert.equal(api.tools ?? api.web_search_options, undefined);
  assert.equal(chooseApi('auto', { supported_endpoints: ['/responses'] }), 'responses');
  assert.equal(chooseApi('ollama', null), 'ollama');
});

test('conversations are kept within bounds, without images', () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  const sessions = new ChatSessions(storage);
  for (let i = 0; i < 60; i++) {
    const session = sessions.create();
    session.messages.push({
      role: 'user',
      text: `Question ${i}`,
      images: [{ type: 'image/png', data: 'A'.repeat(1000) }],
    });
    sessions.touch(session);
  }
  const again = new ChatSessions(storage);
  assert.equal(again.list.length, 50);
  assert.equal(again.list[0].messages[0].n_images, 1);
  assert.doesNotMatch([...kept.values()].join(''), /AAAA/);
  const large = again.create();
  large.messages.push({ role: 'user', text: 'x'.repeat(3000000) });
  again.touch(large);
  assert.equal(new ChatSessions(storage).list.length, 1);
  assert.equal(new ChatSessions({ getItem: () => 'nonsense', setItem: () => {} }).list.length, 0);
});
