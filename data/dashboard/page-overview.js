// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

import { h, replace } from './dom.js';

export default {
  title: 'Overview',
  mount(root) {
    replace(root, h('h1', {}, 'Overview'), h('p', { class: 'empty' }, 'Nothing here yet.'));
    return () => {};
  },
};
