// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { h, replace } from './dom.js';

export default {
  title: 'Usage',
  mount(root) {
    replace(root, h('h1', {}, 'Usage'), h('p', { class: 'empty' }, 'Nothing here yet.'));
    return () => {};
  },
};
