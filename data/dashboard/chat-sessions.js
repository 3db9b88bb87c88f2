// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Conversations of the playground, in the browser's own storage. Bounded: the oldest go when there are too many or
// they get too large; images stay in memory only, they would fill it at once.

const KEY = 'jumpseat.chat';
const MOST_SESSIONS = 50;
const MOST_BYTES = 2000000;

export const EMPTY = { model: '', api: 'auto', system: '', maxTokens: null, temperature: null, effort: '', webSearch: false };

function isSession(value) {
  return value !== null && typeof value === 'object' && typeof value.id === 'string' && Array.isArray(value.messages);
}

function withoutImages({ images, ...message }) {
  return images?.length ? { ...message, n_images: images.length } : message;
}

export class ChatSessions {
  // storage: like localStorage; what it throws (full, forbidden) only means that nothing is kept.
  constructor(storage) {
    this.storage = storage;
    this.list = [];
    try {
      const kept = JSON.parse(storage?.getItem(KEY) ?? '[]');
      if (Array.isArray(kept)) this.list = kept.filter(isSession);
    } catch {
      // somebody else's, or broken: begin anew
    }
  }

  create(settings = {}) {
    const session = {
      id: `${Date.now()}-${Math.random().toString(36).slice(2)}`,
      name: '',
      created: Date.now(),
      changed: Date.now(),
      ...EMPTY,
      ...settings,
      messages: [],
    };
    this.list.unshift(session);
    return session;
  }

  find(id) {
    return this.list.find((session) => session.id === id);
  }

  remove(id) {
    this.list = this.list.filter((session) => session.id !== id);
    this.save();
  }

  clear() {
    this.list = [];
    this.save();
  }

  touch(session) {
    session.changed = Date.now();
    if (!session.name) {
      const first = session.messages.find(({ role }) => role === 'user');
      if (first) session.name = first.text.trim().replace(/\s+/g, ' ').slice(0, 60);
    }
    this.list.sort((a, b) => b.changed - a.changed);
    this.save();
  }

  save() {
    const kept = this.list
      .slice(0, MOST_SESSIONS)
      .filter(({ messages }) => messages.length > 0)
      .map((session) => ({ ...session, messages: session.messages.map(withoutImages) }));
    let text = JSON.stringify(kept);
    while (text.length > MOST_BYTES && kept.length > 1) {
      kept.pop();
      text = JSON.stringify(kept);
    }
    try {
      this.storage?.setItem(KEY, text);
    } catch {
      return false;
    }
    return true;
  }

  static toMarkdown(session) {
    const parts = [`# ${session.name || 'Conversation'}`, `Model: ${session.model}`];
    if (session.system) parts.push(`## System\n\n${session.system}`);
    for (const { role, text } of session.messages) parts.push(`## ${role === 'user' ? 'You' : 'Answer'}\n\n${text}`);
    return `${parts.join('\n\n')}\n`;
  }
}
