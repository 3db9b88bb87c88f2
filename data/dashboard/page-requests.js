// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { h, replace } from './dom.js';

export default {
  title: 'Requests',
  mount(root) {
    replace(root, h('h1', {}, 'Requests'), h('p', { class: 'empty' }, 'Nothing here yet.'));
    return () => {};
  },
};
