// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The events of a stream put together to the reply that would have come whole. Pure.

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// What stands behind "data:" in the text of a stream; of Ollama's the lines themselves.
export function splitStream(text) {
  const lines = text.split(/\r?\n/);
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart());
  return data.length > 0 ? data : lines.filter((line) => line.startsWith('{'));
}

function addDelta(message, delta) {
  for (const name of ['content', 'reasoning_content', 'reasoning_text', 'refusal', 'thinking']) {
    if (typeof delta[name] === 'string') message[name] = (message[name] ?? '') + delta[name];
  }
  if (delta.role) message.role = delta.role;
  for (const piece of delta.tool_calls ?? []) {
    message.tool_calls ??= [];
    const index = piece.index ?? message.tool_calls.length;
    const call = (message.tool_calls[index] ??= { id: piece.id, function: { name: '', arguments: '' } });
    call.id ??= piece.id;
    call.function.name ||= piece.function?.name ?? '';
    const more = piece.function?.arguments;
    if (more) call.function.arguments += typeof more === 'string' ? more : JSON.stringify(more);
  }
}

function joinChat(events) {
  const whole = { choices: [] };
  for (const event of events) {
    whole.model ??= event.model;
    if (event.usage) whole.usage = event.usage;
    if (event.error) whole.error = event.error;
    for (const choice of event.choices ?? []) {
      const mine = (whole.choices[choice.index ?? 0] ??= choice.text === undefined ? { message: { role: 'assistant' } } : { text: '' });
      if (choice.text !== undefined) mine.text += choice.text ?? '';
      if (choice.delta && mine.message) addDelta(mine.message, choice.delta);
      if (choice.finish_reason) mine.finish_reason = choice.finish_reason;
    }
  }
  for (const { message } of whole.choices.filter(Boolean)) {
    if (message?.tool_calls) message.tool_calls = message.tool_calls.filter(Boolean);
  }
  whole.choices = whole.choices.filter(Boolean);
  return whole;
}

function addBlockDelta(block, delta) {
  if (delta.type === 'text_delta') block.text = (block.text ?? '') + delta.text;
  else if (delta.type === 'thinking_delta') block.thinking = (block.thinking ?? '') + delta.thinking;
  else if (delta.type === 'input_json_delta') block.written = (block.written ?? '') + delta.partial_json;
}

function joinMessages(events) {
  let whole = { type: 'message', role: 'assistant', content: [] };
  for (const event of events) {
    if (event.type === 'message_start') whole = { ...event.message, content: [...(event.message.content ?? [])] };
    else if (event.type === 'content_block_start') whole.content[event.index] = { ...event.content_block };
    else if (event.type === 'content_block_delta') addBlockDelta((whole.content[event.index] ??= { type: 'text' }), event.delta);
    else if (event.type === 'message_delta') {
      whole.stop_reason = event.delta?.stop_reason ?? whole.stop_reason;
      whole.usage = { ...whole.usage, ...event.usage };
    } else if (event.type === 'error') whole.error = event.error;
  }
  whole.content = whole.content.filter(Boolean).map(({ written, ...block }) =>
    (written === undefined ? block : { ...block, input: parse(written) ?? written }));
  return whole;
}

const ENDS = ['response.completed', 'response.failed', 'response.incomplete'];

function joinResponses(events) {
  const whole = { object: 'response', status: 'incomplete', output: [] };
  for (const event of events) {
    if (event.response) Object.assign(whole, event.response, { output: event.response.output?.length ? event.response.output : whole.output });
    if (ENDS.includes(event.type)) continue;
    if (event.type === 'error') whole.error = event.error ?? { message: event.message };
    else if (event.type === 'response.output_item.added' || event.type === 'response.output_item.done') {
      whole.output = [...whole.output];
      whole.output[event.output_index] = structuredClone(event.item);
    } else if (event.type === 'response.output_text.delta') {
      const item = (whole.output[event.output_index] ??= { type: 'message', role: 'assistant', content: [] });
      item.content ??= [];
      const part = (item.content[event.content_index ?? 0] ??= { type: 'output_text', text: '' });
      part.text = (part.text ?? '') + event.delta;
    }
  }
  whole.output = whole.output.filter(Boolean);
  return whole;
}

function joinOllama(events) {
  const whole = {};
  for (const { message, response, thinking, ...rest } of events) {
    Object.assign(whole, rest);
    if (message) {
      whole.message ??= { role: 'assistant', content: '' };
      addDelta(whole.message, { ...message, tool_calls: undefined });
      if (message.tool_calls) whole.message.tool_calls = [...(whole.message.tool_calls ?? []), ...message.tool_calls];
    }
    if (typeof response === 'string') whole.response = (whole.response ?? '') + response;
    if (thinking) whole.thinking = (whole.thinking ?? '') + thinking;
  }
  return whole;
}

// `data`: texts of events. Returns the reply, null when nothing makes sense.
export function joinEvents(data) {
  const events = data.map((item) => (typeof item === 'string' ? parse(item) : item)).filter((event) => event !== null && typeof event === 'object');
  const types = new Set(events.map(({ type }) => type));
  if (events.length === 0) return null;
  if ([...types].some((type) => type?.startsWith?.('response.'))) return joinResponses(events);
  if (types.has('message_start') || types.has('content_block_delta')) return joinMessages(events);
  if (events.some(({ choices }) => Array.isArray(choices))) return joinChat(events);
  if (events.some(({ message, response }) => message || typeof response === 'string')) return joinOllama(events);
  return events.find(({ error }) => error) ?? null;
}

// Of a full entry: the reply, however it was kept.
export function wholeReply(entry) {
  if (Array.isArray(entry.raw_events) && entry.raw_events.length > 0) return joinEvents(entry.raw_events);
  const body = entry.response_body;
  if (typeof body !== 'string') return body ?? null;
  return parse(body) ?? joinEvents(splitStream(body));
}
