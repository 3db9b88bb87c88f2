// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The conversation as it is read: questions, answers with markdown, reasoning folded away, what each cost.

import { markdown } from './chat-markdown.js';
import { API_NAMES } from './chat-apis.js';
import { h, replace, setText } from './dom.js';
import { credits, duration, integer, usd } from './format.js';
import { icon } from './icons.js';
import { copy } from './toast.js';

const DRAW_MS = 60;
// From here on markdown waits until the answer is whole; drawing it again and again would take all the time.
const MARKDOWN_WHILE_STREAMING = 60000;

function costOf({ nanoAiu, credits: said }) {
  if (nanoAiu !== undefined) return nanoAiu / 1e9;
  return said;
}

// "gpt-5-mini · Responses · 1,203 in (512 cached), 55 out · 0.42 credits ($0.0042) · 3.2 s"
export function footOf({ model, api, usage, seconds, isEstimate, ...price }) {
  const parts = [model, API_NAMES[api]];
  if (usage?.input !== undefined || usage?.output !== undefined) {
    const cached = usage.cached ? ` (${integer(usage.cached)} cached)` : '';
    const thought = usage.reasoning ? ` (${integer(usage.reasoning)} reasoning)` : '';
    parts.push(`${integer(usage.input ?? null)} in${cached}, ${integer(usage.output ?? null)} out${thought}`);
  }
  const cost = costOf(price);
  parts.push(cost === undefined ? 'price not told' : `${credits(cost, isEstimate)} credits (${usd(cost, isEstimate)})`);
  if (seconds !== undefined) parts.push(duration(seconds));
  return parts.filter(Boolean).join(' · ');
}

function imagesOf(message) {
  if (message.images?.length)
    return message.images.map(({ type, data, name }) =>
      h('img', { class: 'chat-image', src: `data:${type};base64,${data}`, alt: name ?? 'Image' }),
    );
  return message.n_images
    ? [h('p', { class: 'quiet' }, `${message.n_images} image${message.n_images === 1 ? '' : 's'}, not kept`)]
    : [];
}

class Bubble {
  constructor(message, log) {
    this.message = message;
    this.isAnswer = message.role === 'assistant';
    this.body = h('div', { class: 'chat-body' });
    this.thought = h('div', { class: 'chat-thought' });
    this.thoughtBox = h('details', { hidden: true }, h('summary', {}, 'Reasoning'), this.thought);
    this.error = h('p', { class: 'chat-error', role: 'alert', hidden: true });
    this.foot = h('span', { class: 'quiet' });
    const tools = h(
      'span',
      { class: 'chat-tools' },
      this.isAnswer &&
        h('button', { type: 'button', class: 'button small', onclick: () => log.onWire(message) }, 'Wire'),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': 'Copy this message', onclick: () => copy(message.text) },
        icon('copy'),
      ),
    );
    this.element = h(
      'article',
      { class: `chat-message ${message.role}`, 'aria-label': this.isAnswer ? 'Answer' : 'You' },
      this.thoughtBox,
      this.body,
      this.error,
      h('footer', { class: 'chat-foot' }, this.foot, tools),
    );
    this.draw();
  }

  draw(isRunning = false) {
    const { message } = this;
    const isLong = isRunning && message.text.length > MARKDOWN_WHILE_STREAMING;
    if (!this.isAnswer || isLong)
      replace(this.body, imagesOf(message), h('div', { class: 'chat-plain' }, message.text));
    else if (isRunning && message.text === '')
      replace(this.body, h('p', { class: 'quiet' }, 'Waiting for the answer…'));
    else replace(this.body, markdown(message.text, copy));
    setText(this.thought, message.reasoning ?? '');
    this.thoughtBox.hidden = !message.reasoning;
    setText(this.error, message.error ?? '');
    this.error.hidden = !message.error;
    this.element.setAttribute('aria-busy', `${isRunning}`);
    setText(this.foot, this.isAnswer && !isRunning ? footOf(message) + (message.stopped ? ' · stopped' : '') : '');
  }
}

export class ChatLog {
  // onWire (message): somebody wants to see what went over the wire for it.
  constructor(onWire) {
    this.onWire = onWire;
    this.element = h('div', { class: 'chat-log', role: 'log', 'aria-label': 'Conversation', tabindex: 0 });
    this.timer = 0;
  }

  show(messages, hint) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.bubbles = new Map(messages.map((message) => [message, new Bubble(message, this)]));
    replace(
      this.element,
      messages.length === 0
        ? h('p', { class: 'empty' }, hint)
        : [...this.bubbles.values()].map(({ element }) => element),
    );
    this.element.scrollTop = this.element.scrollHeight;
  }

  add(message) {
    if (this.bubbles.size === 0) replace(this.element);
    const bubble = new Bubble(message, this);
    this.bubbles.set(message, bubble);
    this.element.append(bubble.element);
    this.element.scrollTop = this.element.scrollHeight;
  }

  // The message has grown; drawn soon, not for every word.
  grow(message) {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.draw(message, true);
    }, DRAW_MS);
  }

  finish(message) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.draw(message, false);
  }

  draw(message, isRunning) {
    const { element } = this;
    const followed = element.scrollHeight - element.scrollTop - element.clientHeight < 60;
    this.bubbles.get(message)?.draw(isRunning);
    if (followed) element.scrollTop = element.scrollHeight;
  }
}
