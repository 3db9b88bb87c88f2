// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Small pictures, drawn with lines of the text's colour. Decoration: what they mean stands beside them or in
// the label of the button.

import { svg } from './dom.js';

const PATHS = {
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 10l3.5 3.5',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3l7.5 5L5 13z',
  stop: 'M4 4h8v8H4z',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3',
  download: 'M8 2v8M4.5 7L8 10.5 11.5 7M3 13.5h10',
  upload: 'M8 10.5V2.5M4.5 6L8 2.5 11.5 6M3 13.5h10',
  trash: 'M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.5 9h6l.5-9',
  light: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  dark: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z',
  auto: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  back: 'M10 3L5 8l5 5',
  forward: 'M6 3l5 5-5 5',
  check: 'M3 8.5l3.5 3.5L13 4.5',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.5M8 11.5v.5',
  more: 'M3.5 8h.5M8 8h.5M12.5 8h.5',
  plus: 'M8 3v10M3 8h10',
  edit: 'M3 13l.5-3L11 2.5 13.5 5 6 12.5z',
  send: 'M2.5 8L13.5 3 11 13l-3.5-3.5zM7.5 9.5L13.5 3',
  wrench: 'M10 2.5a3.5 3.5 0 0 0-3 5L2.5 12 4 13.5 8.5 9a3.5 3.5 0 0 0 5-4l-2 2-2-.5-.5-2z',
};

export function icon(name) {
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
             svg('path', { d: PATHS[name] ?? PATHS.more }));
}
