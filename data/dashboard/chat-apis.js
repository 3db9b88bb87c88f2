// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The four APIs as the playground speaks them: how a conversation is asked for, and what the events of a
// stream say. Pure, so that it can be tested without a browser.
//
// conversation: {model, system, messages: [{role, text, images: [{type, data}]}], maxTokens, temperature, effort,
// webSearch}
// An event's meaning: {text, reasoning, done, error, usage: {input, output, cached, reasoning}, nanoAiu}

const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const dataUrl = ({ type, data }) => `data:${type};base64,${data}`;

// Upstream writes the price at the top, some put it into usage (1 credit = 1e9).
function priceOf(event) {
  const nano = number(event.copilot_usage?.total_nano_aiu) ?? number(event.usage?.copilot_usage?.total_nano_aiu);
  return nano !== undefined && nano >= 0 ? nano : undefined;
}

function errorOf(event) {
  const { error } = event;
  if (error === undefined || error === null) return undefined;
  return typeof error === 'string' ? error : (error.message ?? JSON.stringify(error));
}

function clean(object) {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

const chat = {
  path: '/v1/chat/completions',
  searches: true,
  ask({ model, system, messages, maxTokens, temperature, effort, webSearch }) {
    const content = ({ text, images }) =>
      images?.length
        ? [
            { type: 'text', text },
            ...images.map((image) => ({ type: 'image_url', image_url: { url: dataUrl(image) } })),
          ]
        : text;
    return clean({
      model,
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: maxTokens,
      temperature,
      reasoning_effort: effort,
      web_search_options: webSearch ? {} : undefined,
      messages: [
        ...(system ? [{ role: 'system', content: system }] : []),
        ...messages.map((message) => ({ role: message.role, content: content(message) })),
      ],
    });
  },
  read(name, event) {
    const delta = event.choices?.[0]?.delta ?? event.choices?.[0]?.message ?? {};
    const { usage } = event;
    return clean({
      text: delta.content,
      reasoning: delta.reasoning_content ?? delta.reasoning_text,
      error: errorOf(event),
      nanoAiu: priceOf(event),
      model: event.model,
      stop: event.choices?.[0]?.finish_reason,
      usage:
        usage &&
        clean({
          input: usage.prompt_tokens,
          output: usage.completion_tokens,
          cached: usage.prompt_tokens_details?.cached_tokens,
          reasoning: usage.completion_tokens_details?.reasoning_tokens ?? usage.reasoning_tokens,
        }),
    });
  },
};

const responses = {
  path: '/v1/responses',
  searches: true,
  ask({ model, system, messages, maxTokens, temperature, effort, webSearch }) {
    const content = ({ role, text, images }) => [
      { type: role === 'assistant' ? 'output_text' : 'input_text', text },
      ...(images ?? []).map((image) => ({ type: 'input_image', image_url: dataUrl(image) })),
    ];
    return clean({
      model,
      stream: true,
      instructions: system,
      max_output_tokens: maxTokens,
      temperature,
      reasoning: effort ? { effort } : undefined,
      tools: webSearch ? [{ type: 'web_search' }] : undefined,
      input: messages.map((message) => ({ type: 'message', role: message.role, content: content(message) })),
    });
  },
  read(name, event) {
    const type = event.type ?? name;
    const { usage } = event.response ?? {};
    const failure =
      type === 'error'
        ? (event.message ?? errorOf(event))
        : type === 'response.failed'
          ? (event.response?.error?.message ?? 'the response failed')
          : undefined;
    const isEnd = type === 'response.completed' || type === 'response.incomplete';
    return clean({
      text: type === 'response.output_text.delta' || type === 'response.refusal.delta' ? event.delta : undefined,
      reasoning:
        type === 'response.reasoning_summary_text.delta' || type === 'response.reasoning_text.delta'
          ? event.delta
          : undefined,
      error: failure,
      nanoAiu: priceOf(event) ?? (event.response ? priceOf(event.response) : undefined),
      model: event.response?.model,
      stop: isEnd ? (event.response?.incomplete_details?.reason ?? event.response?.status) : undefined,
      usage: usage
        ? clean({
            input: usage.input_tokens,
            output: usage.output_tokens,
            cached: usage.input_tokens_details?.cached_tokens,
            reasoning: usage.output_tokens_details?.reasoning_tokens,
          })
        : undefined,
      done: isEnd || failure !== undefined ? true : undefined,
    });
  },
};

// This API wants a limit; the others have one of the model's own.
const MESSAGES_MAX_TOKENS = 4096;

const messages = {
  path: '/v1/messages',
  headers: { 'anthropic-version': '2023-06-01' },
  searches: true,
  ask({ model, system, messages: all, maxTokens, temperature, effort, webSearch }) {
    const content = ({ text, images }) =>
      images?.length
        ? [
            ...images.map(({ type, data }) => ({ type: 'image', source: { type: 'base64', media_type: type, data } })),
            { type: 'text', text },
          ]
        : text;
    return clean({
      model,
      stream: true,
      system,
      max_tokens: maxTokens ?? MESSAGES_MAX_TOKENS,
      temperature,
      output_config: effort ? { effort } : undefined,
      tools: webSearch ? [{ type: 'web_search_20250305', name: 'web_search', max_uses: 5 }] : undefined,
      messages: all.map((message) => ({ role: message.role, content: content(message) })),
    });
  },
  read(name, event) {
    const type = event.type ?? name;
    const usage = event.usage ?? event.message?.usage;
    return clean({
      text: type === 'content_block_delta' ? event.delta?.text : undefined,
      reasoning: type === 'content_block_delta' ? event.delta?.thinking : undefined,
      error: type === 'error' ? errorOf(event) : undefined,
      nanoAiu: priceOf(event),
      model: event.message?.model,
      stop: event.delta?.stop_reason,
      usage: usage
        ? clean({
            input:
              usage.input_tokens === undefined
                ? undefined
                : usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
            output: usage.output_tokens,
            cached: usage.cache_read_input_tokens,
          })
        : undefined,
      done: type === 'message_stop' ? true : undefined,
    });
  },
};

// Searching is no part of this API.
const ollama = {
  path: '/api/chat',
  isLines: true, // JSON lines, no server-sent events
  ask({ model, system, messages: all, maxTokens, temperature, effort }) {
    const options = clean({ num_predict: maxTokens, temperature });
    return clean({
      model,
      stream: true,
      think: effort || undefined,
      options: Object.keys(options).length ? options : undefined,
      messages: [
        ...(system ? [{ role: 'system', content: system }] : []),
        ...all.map(({ role, text, images }) =>
          clean({ role, content: text || ' ', images: images?.length ? images.map(({ data }) => data) : undefined }),
        ),
      ],
    });
  },
  read(name, event) {
    return clean({
      text: event.message?.content,
      reasoning: event.message?.thinking,
      error: errorOf(event),
      nanoAiu: priceOf(event),
      model: event.model,
      done: event.done ? true : undefined,
      stop: event.done_reason,
      usage: event.done ? clean({ input: event.prompt_eval_count, output: event.eval_count }) : undefined,
    });
  },
};

export const APIS = { chat, responses, messages, ollama };
export const API_NAMES = {
  auto: 'Automatic',
  chat: 'Chat completions',
  responses: 'Responses',
  messages: 'Messages',
  ollama: 'Ollama',
};

// The API that reaches the model without translation, where there is one.
export function chooseApi(wanted, model) {
  if (wanted !== 'auto') return wanted;
  const has = (path) => model?.supported_endpoints?.includes(path);
  if (has('/chat/completions')) return 'chat';
  if (has('/responses')) return 'responses';
  return has('/v1/messages') ? 'messages' : 'chat';
}
