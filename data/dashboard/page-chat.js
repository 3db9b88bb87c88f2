// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// A playground: any chat model through any of the APIs, with all that goes over the wire.

import { get } from './api.js';
import { chooseApi } from './chat-apis.js';
import { Composer } from './chat-composer.js';
import { ChatLog } from './chat-log.js';
import { makeParameters } from './chat-parameters.js';
import { ChatSessions } from './chat-sessions.js';
import { makeSessionList } from './chat-session-list.js';
import { runCall } from './chat-stream.js';
import { WireRecord, showWire } from './chat-wire.js';
import { h, replace } from './dom.js';
import { toastError } from './toast.js';

const HINT = 'Ask any model of the account. What it costs stands below each answer.';
const MOST_WIRES = 30;

function getStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

class ChatPage {
  constructor(root, context) {
    this.sessions = new ChatSessions(getStorage());
    this.session = this.sessions.list[0] ?? this.sessions.create();
    this.models = [];
    this.wires = new Map(); // message → WireRecord
    this.abort = null;
    this.build(root);
    if (context.params.get('model')) this.session = this.sessions.create({ model: context.params.get('model') });
    this.open(this.session);
    this.load();
  }

  build(root) {
    this.log = new ChatLog((message) => this.openWire(message));
    this.composer = new Composer({ send: (message) => this.send(message), stop: () => this.abort?.abort() });
    this.parameters = makeParameters((changed) => {
      Object.assign(this.session, changed);
      if (this.session.messages.length > 0) this.sessions.save();
    });
    this.list = makeSessionList(this.sessions, {
      open: (session) => this.open(session),
      create: () => this.open(this.sessions.create(this.parameters.get())),
      removed: () => this.open(this.sessions.list[0] ?? this.sessions.create(this.parameters.get())),
    });
    this.wire = h('div', { class: 'card chat-wire', id: 'chat-wire', hidden: true });
    this.wireButton = h(
      'button',
      {
        type: 'button',
        class: 'button',
        'aria-pressed': 'false',
        'aria-controls': 'chat-wire',
        onclick: () => this.toggleWire(),
      },
      'Raw view',
    );
    replace(
      root,
      h('div', { class: 'page-head' }, h('h1', {}, 'Chat'), this.wireButton, this.list.newButton),
      h(
        'div',
        { class: 'chat-frame' },
        this.list.element,
        h(
          'div',
          { class: 'chat-main' },
          this.parameters.element,
          h(
            'div',
            { class: 'chat-sides' },
            h('div', { class: 'card chat-card' }, this.log.element, this.composer.element),
            this.wire,
          ),
        ),
      ),
    );
  }

  async load() {
    try {
      const { data } = await get('/api/models');
      this.models = data.filter(({ kind, type }) => (kind ?? type) === 'chat' || kind === undefined);
      this.parameters.setModels(this.models);
      if (!this.session.model) Object.assign(this.session, this.parameters.get());
    } catch (error) {
      toastError(error);
    }
  }

  open(session) {
    this.abort?.abort();
    this.session = session;
    this.parameters.set(session);
    this.log.show(session.messages, HINT);
    this.list.show(session);
    this.current = session.messages.findLast(({ role }) => role === 'assistant') ?? null;
    this.drawWire();
  }

  // ---- the wire ----

  toggleWire(shows = this.wire.hidden) {
    this.wire.hidden = !shows;
    this.wireButton.setAttribute('aria-pressed', `${shows}`);
    this.drawWire();
  }

  openWire(message) {
    this.current = message;
    this.toggleWire(true);
    this.wire.scrollIntoView({ block: 'nearest' });
  }

  drawWire() {
    if (!this.wire.hidden) showWire(this.wire, this.wires.get(this.current));
  }

  keepWire(message, record) {
    this.wires.set(message, record);
    if (this.wires.size > MOST_WIRES) this.wires.delete(this.wires.keys().next().value);
  }

  // ---- a call ----

  async send({ text, images }) {
    const { session } = this;
    const settings = this.parameters.get();
    const model = this.models.find(({ id }) => id === settings.model);
    const api = chooseApi(settings.api, model);
    const question = { role: 'user', text, images };
    const answer = { role: 'assistant', text: '', reasoning: '', api, model: settings.model };
    const record = new WireRecord();
    // What failed said nothing that the model should read again.
    const before = session.messages.filter(({ role, error, text: said }, i, all) =>
      role === 'user' ? !all[i + 1]?.error || all[i + 1].text : !error || said,
    );
    Object.assign(session, settings);
    session.messages.push(question, answer);
    this.sessions.touch(session);
    this.list.show(session);
    this.log.add(question);
    this.log.add(answer);
    this.current = answer;
    this.keepWire(answer, record);
    await this.run(session, api, { ...settings, messages: [...before, question] }, answer, record);
  }

  async run(session, api, conversation, answer, record) {
    const began = performance.now();
    const abort = new AbortController();
    this.abort = abort;
    this.composer.setRunning(true);
    this.log.grow(answer);
    try {
      await runCall(
        api,
        conversation,
        { ...record.on, meaning: (meaning) => this.take(answer, meaning) },
        abort.signal,
      );
    } catch (error) {
      if (error.name === 'AbortError') answer.stopped = true;
      else answer.error = error.message;
    }
    answer.seconds = (performance.now() - began) / 1000;
    if (!answer.reasoning) delete answer.reasoning;
    await this.lookUpPrice(answer, record);
    this.sessions.touch(session);
    if (this.abort === abort) {
      this.abort = null;
      this.composer.setRunning(false);
    }
    this.log.finish(answer);
    this.drawWire();
  }

  // Some APIs have no place for the price: the record of the request has it.
  async lookUpPrice(answer, { head }) {
    const id = head?.headers.find(([name]) => name === 'x-request-id')?.[1];
    if (answer.nanoAiu !== undefined || answer.credits !== undefined || !id || answer.error) return;
    const kept = await get(`/api/requests/${encodeURIComponent(id)}`).catch(() => null);
    const { nano_aiu: nano, estimated_nano_aiu: estimate } = kept?.jumpseat ?? {};
    if (nano !== undefined && nano !== null) answer.nanoAiu = nano;
    else if (estimate) Object.assign(answer, { nanoAiu: estimate, isEstimate: true });
  }

  take(answer, { text, reasoning, usage, nanoAiu, credits, model }) {
    if (typeof text === 'string') answer.text += text;
    if (typeof reasoning === 'string') answer.reasoning += reasoning;
    if (usage) answer.usage = { ...answer.usage, ...usage };
    if (nanoAiu !== undefined) answer.nanoAiu = nanoAiu;
    if (credits !== undefined) answer.credits = credits;
    if (model) answer.model = model;
    this.log.grow(answer);
  }

  unmount() {
    this.abort?.abort();
  }
}

export default {
  title: 'Chat',
  mount(root, context) {
    const page = new ChatPage(root, context);
    return () => page.unmount();
  },
};
