// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { h, replace } from './dom.js';

export default {
  title: 'Sign In',
  mount(root) {
    replace(root, h('h1', {}, 'Sign In'), h('p', { class: 'empty' }, 'Nothing here yet.'));
    return () => {};
  },
};
