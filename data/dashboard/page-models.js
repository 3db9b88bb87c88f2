// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { h, replace } from './dom.js';

export default {
  title: 'Models',
  mount(root) {
    replace(root, h('h1', {}, 'Models'), h('p', { class: 'empty' }, 'Nothing here yet.'));
    return () => {};
  },
};
