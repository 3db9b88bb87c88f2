// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { h, replace } from './dom.js';

export default {
  title: 'Chat',
  mount(root) {
    replace(root, h('h1', {}, 'Chat'), h('p', { class: 'empty' }, 'Nothing here yet.'));
    return () => {};
  },
};
