// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What a request or a reply says, the same for every API: told by what is in it, since upstream may have been
// asked in another API than the client's. Pure: it runs without a browser, too.
//
//   conversation: { facts: [[name, text]], tools: [{ name, description, schema }], messages: [message] }
//   message: { role, name, parts: [part], note }
//   part: { kind: "text" | "thinking" | "refusal", text }, { kind: "image", source: data URL or null, note },
//         { kind: "call", name, id, input }, { kind: "result", id, isError, parts }, { kind: "other", name, value }

const FACTS = ['model', 'stream', 'max_tokens', 'max_completion_tokens', 'max_output_tokens', 'temperature', 'top_p',
               'tool_choice', 'previous_response_id', 'service_tier', 'stop', 'keep_alive'];

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const toText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

// Arguments come as text that should be JSON.
function readInput(value) {
  if (typeof value !== 'string') return value ?? {};
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

// Only pictures that are in the text itself: nothing is fetched from anywhere.
function makeImage(source, note) {
  const isData = typeof source === 'string' && /^data:image\/(png|jpeg|gif|webp);base64,/.test(source);
  return { kind: 'image', source: isData ? source : null, note: isData ? note ?? '' : `not shown: ${String(source ?? note ?? '').slice(0, 200)}` };
}

function readImageBlock(block) {
  const { source } = block;
  if (source?.type === 'base64') return makeImage(`data:${source.media_type};base64,${source.data}`);
  return makeImage(source?.url ?? source?.file_id);
}

// Ollama's pictures have no type; their first bytes tell it.
function makeBareImage(data) {
  const types = { iVBOR: 'png', '/9j/': 'jpeg', R0lGO: 'gif', UklGR: 'webp' };
  const type = Object.entries(types).find(([start]) => String(data).startsWith(start))?.[1];
  return type ? makeImage(`data:image/${type};base64,${data}`) : { kind: 'image', source: null, note: 'not shown: unknown type' };
}

function readBlock(block) {
  if (typeof block === 'string') return { kind: 'text', text: block };
  switch (block?.type) {
    case 'text': case 'input_text': case 'output_text': case 'summary_text': case 'reasoning_text':
      return { kind: 'text', text: block.text ?? '' };
    case 'refusal':
      return { kind: 'refusal', text: block.refusal ?? '' };
    case 'thinking':
      return { kind: 'thinking', text: block.thinking ?? '' };
    case 'redacted_thinking':
      return { kind: 'thinking', text: '', note: 'encrypted' };
    case 'image_url':
      return makeImage(block.image_url?.url ?? block.image_url);
    case 'input_image':
      return makeImage(block.image_url ?? block.file_id);
    case 'image':
      return readImageBlock(block);
    case 'tool_use': case 'server_tool_use':
      return { kind: 'call', name: block.name, id: block.id, input: readInput(block.input) };
    case 'tool_result':
      return { kind: 'result', id: block.tool_use_id, isError: Boolean(block.is_error), parts: readContent(block.content) };
    default:
      return { kind: 'other', name: block?.type ?? 'part', value: block };
  }
}

function readContent(content) {
  if (content === null || content === undefined || content === '') return [];
  if (Array.isArray(content)) return content.map(readBlock);
  if (isObject(content)) return [readBlock(content)];
  return [{ kind: 'text', text: String(content) }];
}

function readCalls(calls) {
  if (!Array.isArray(calls)) return [];
  return calls.map((call) => ({
    kind: 'call', id: call.id, name: call.function?.name ?? call.custom?.name ?? call.name,
    input: readInput(call.function?.arguments ?? call.custom?.input),
  }));
}

const thinkingOf = (message) => message.reasoning_content ?? message.reasoning_text ?? message.thinking ??
    (typeof message.reasoning === 'string' ? message.reasoning : null);

// A message of chat, messages and Ollama.
function readMessage(message) {
  const thinking = thinkingOf(message);
  let parts = readContent(message.content);
  if (message.role === 'tool' || message.role === 'function') {
    parts = [{ kind: 'result', id: message.tool_call_id ?? message.tool_name ?? message.name, parts }];
  }
  if (thinking) parts.unshift({ kind: 'thinking', text: thinking });
  if (message.refusal) parts.push({ kind: 'refusal', text: message.refusal });
  for (const image of message.images ?? []) parts.push(makeBareImage(image));
  parts.push(...readCalls(message.tool_calls));
  return { role: message.role ?? 'assistant', name: message.name ?? null, parts };
}

// An item of the Responses API.
function readItem(item) {
  if (typeof item === 'string') return { role: 'user', parts: [{ kind: 'text', text: item }] };
  switch (item?.type) {
    case 'function_call': case 'custom_tool_call':
      return { role: 'assistant', parts: [{ kind: 'call', id: item.call_id, name: item.name, input: readInput(item.arguments ?? item.input) }] };
    case 'function_call_output': case 'custom_tool_call_output':
      return { role: 'tool', parts: [{ kind: 'result', id: item.call_id, parts: readContent(item.output) }] };
    case 'reasoning': {
      const text = [...(item.content ?? []), ...(item.summary ?? [])].map((part) => part.text ?? '').join('\n\n');
      return { role: 'assistant', parts: [{ kind: 'thinking', text, note: text === '' ? 'encrypted' : null }] };
    }
    case undefined: case 'message':
      return { role: item?.role ?? 'assistant', parts: readContent(item?.content) };
    default:
      return { role: item.role ?? 'assistant', parts: [{ kind: 'other', name: item.type, value: item }] };
  }
}

// One turn may be several items: they are shown as one.
function join(messages) {
  const joined = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (last && last.role === message.role && last.role === 'assistant') last.parts.push(...message.parts);
    else joined.push({ ...message, parts: [...message.parts] });
  }
  return joined.filter(({ parts, note }) => parts.length > 0 || note);
}

function readTools(tools) {
  if (!Array.isArray(tools)) return [];
  return tools.map((tool) => {
    const own = tool.function ?? tool.custom ?? tool;
    return { name: own.name ?? tool.type, description: own.description ?? '',
             schema: own.parameters ?? own.input_schema ?? own.format ?? null };
  });
}

function readFacts(body) {
  const facts = FACTS.filter((name) => body[name] !== undefined && body[name] !== null).map((name) => [name, toText(body[name])]);
  const effort = body.reasoning_effort ?? body.reasoning?.effort ?? body.output_config?.effort;
  if (effort) facts.push(['reasoning effort', toText(effort)]);
  if (isObject(body.thinking) || body.think !== undefined) facts.push(['thinking', toText(body.thinking ?? body.think)]);
  if (body.options) facts.push(['options', toText(body.options)]);
  return facts;
}

// Returns: null when it is no conversation
export function readRequest(body) {
  if (!isObject(body)) return null;
  let messages;
  if (Array.isArray(body.messages)) messages = body.messages.map(readMessage);
  else if (body.input !== undefined) messages = [body.input].flat().map(readItem);
  else if (body.prompt !== undefined) {
    messages = [body.prompt].flat().map((text) => ({
      role: 'user', parts: [{ kind: 'text', text: toText(text) }, ...(body.images ?? []).map(makeBareImage)],
    }));
  } else return null;
  const before = body.system ?? body.instructions;
  if (before) messages.unshift({ role: 'system', parts: readContent(before) });
  return { facts: readFacts(body), tools: readTools(body.tools), messages: join(messages) };
}

function readChoices(choices) {
  return choices.map((choice) => {
    const message = choice.message ? readMessage(choice.message) : { role: 'assistant', parts: readContent(choice.text) };
    message.note = choice.finish_reason ? `finished: ${choice.finish_reason}` : null;
    return message;
  });
}

function readUsage(body) {
  const usage = body.usage ?? body.message?.usage;
  const facts = [];
  if (body.model) facts.push(['model', toText(body.model)]);
  for (const [name, value] of Object.entries(usage ?? {})) {
    if (typeof value === 'number') facts.push([name, String(value)]);
  }
  return facts;
}

// A whole reply; of streams as stream-events.js puts them together. Returns: null when it is none of them
export function readReply(body) {
  if (!isObject(body)) return null;
  if (body.error) {
    const { error } = body;
    const text = typeof error === 'string' ? error : error.message ?? JSON.stringify(error, null, 2);
    return { facts: [], tools: [], messages: [{ role: 'error', parts: [{ kind: 'text', text }] }] };
  }
  let messages;
  if (Array.isArray(body.choices)) messages = readChoices(body.choices);
  else if (Array.isArray(body.output)) {
    messages = body.output.map(readItem);
    if (body.status && body.status !== 'completed') messages.push({ role: 'note', parts: [], note: `ended as ${body.status}` });
  } else if (Array.isArray(body.content)) {
    messages = [{ role: body.role ?? 'assistant', parts: readContent(body.content), note: body.stop_reason ? `finished: ${body.stop_reason}` : null }];
  } else if (isObject(body.message)) {
    messages = [{ ...readMessage(body.message), note: body.done_reason ? `finished: ${body.done_reason}` : null }];
  } else if (typeof body.response === 'string') {
    messages = [readMessage({ role: 'assistant', content: body.response, thinking: body.thinking })];
  } else return null;
  return { facts: readUsage(body), tools: [], messages: join(messages) };
}
