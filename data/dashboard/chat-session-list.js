// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// The conversations that this browser keeps: open, rename, export, delete.

import { ChatSessions } from './chat-sessions.js';
import { confirm, openDialog } from './dialog.js';
import { h, replace } from './dom.js';
import { moment } from './format.js';
import { icon } from './icons.js';
import { saveFile } from './save-file.js';

const nameOf = (session) => session.name || 'New conversation';
const fileName = (session) =>
  nameOf(session)
    .replace(/[^\w-]+/g, '_')
    .slice(0, 40);

// on: {open (session), create (), removed ()}
export function makeSessionList(sessions, on) {
  let current = null;
  const list = h('ul', { class: 'chat-sessions' });
  const rename = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Rename this conversation', onclick: onRename },
    icon('edit'),
  );
  const download = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Export this conversation', onclick: onExport },
    icon('download'),
  );
  const remove = h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': 'Delete this conversation', onclick: onRemove },
    icon('trash'),
  );
  const newButton = h(
    'button',
    { type: 'button', class: 'button primary', onclick: () => on.create() },
    icon('plus'),
    'New conversation',
  );

  function show(session = current) {
    current = session;
    const kept = sessions.list.filter(({ id, messages }) => messages.length > 0 || id === session.id);
    replace(
      list,
      kept.map((one) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'chat-session',
              'aria-current': one === session ? 'true' : null,
              onclick: () => on.open(one),
            },
            h('span', { class: 'chat-session-name' }, nameOf(one)),
            h('span', { class: 'quiet' }, moment(one.changed / 1000)),
          ),
        ),
      ),
    );
  }

  function onRename() {
    const input = h('input', { class: 'input', value: current.name, maxlength: 100, 'aria-label': 'Name' });
    const save = () => {
      current.name = input.value.trim();
      sessions.save();
      show();
      dialog.close();
    };
    const form = h(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault();
          save();
        },
      },
      input,
    );
    const dialog = openDialog({
      title: 'Name of the Conversation',
      content: form,
      buttons: [
        h('button', { class: 'button', onclick: () => dialog.close() }, 'Cancel'),
        h('button', { class: 'button primary', onclick: save }, 'Rename'),
      ],
    });
    input.select();
  }

  function onExport() {
    const save = (text, ending, type) => {
      saveFile(`${fileName(current)}.${ending}`, text, type);
      dialog.close();
    };
    const dialog = openDialog({
      title: 'Export the Conversation',
      content: h('p', {}, 'Markdown is for people, JSON has everything that was kept.'),
      buttons: [
        h('button', { class: 'button', onclick: () => dialog.close() }, 'Cancel'),
        h(
          'button',
          { class: 'button', onclick: () => save(JSON.stringify(current, null, 2), 'json', 'application/json') },
          'JSON',
        ),
        h(
          'button',
          { class: 'button primary', onclick: () => save(ChatSessions.toMarkdown(current), 'md', 'text/markdown') },
          'Markdown',
        ),
      ],
    });
  }

  async function onRemove() {
    if (
      current.messages.length > 0 &&
      !(await confirm({
        title: 'Delete This Conversation?',
        message: `“${nameOf(current)}” is kept in this browser only.`,
        action: 'Delete',
      }))
    )
      return;
    sessions.remove(current.id);
    on.removed();
  }

  return {
    element: h(
      'details',
      { class: 'card chat-list', open: window.matchMedia('(min-width: 900px)').matches },
      h('summary', {}, 'Conversations'),
      h('div', { class: 'row chat-list-tools' }, rename, download, remove),
      list,
    ),
    newButton,
    show,
  };
}
