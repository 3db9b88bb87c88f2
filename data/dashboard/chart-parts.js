// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Pieces of charts: SVG elements, and the tooltip, which is SVG itself and so needs no inline style.

import { svg } from './dom.js';

const LINE = 17;
const PADDING = 9;

export const describe = (text) => svg('desc', {}, text);

// Whole pixels; 0 while it is not shown.
export function widthOf(element) {
  return Math.floor(element.clientWidth);
}

export class Tip {
  constructor(root, width) {
    this.root = root;
    this.width = width;
    this.group = svg('g', { class: 'chart-tip', 'aria-hidden': 'true', visibility: 'hidden' });
    root.append(this.group);
  }

  isShown() {
    return this.group.getAttribute('visibility') === 'visible';
  }

  // lines: [{text, k}], k the colour of the square before it.
  show(lines, x, y) {
    const height = lines.length * LINE + 2 * PADDING - 3;
    const ground = svg('rect', { class: 'chart-tip-ground', rx: 5, height });
    this.group.replaceChildren(ground);
    let widest = 0;
    lines.forEach(({ text, k }, i) => {
      const at = PADDING + 12 + i * LINE;
      if (k !== undefined)
        this.group.append(svg('rect', { x: PADDING, y: at - 9, width: 9, height: 9, class: `series-${k}` }));
      const line = svg('text', {
        class: i === 0 ? 'chart-tip-head' : 'chart-tip-line',
        x: PADDING + (k === undefined ? 0 : 15),
        y: at,
      });
      line.textContent = text;
      this.group.append(line);
      widest = Math.max(widest, line.getComputedTextLength() + (k === undefined ? 0 : 15));
    });
    const wide = widest + 2 * PADDING;
    const left = Math.max(0, Math.min(this.width - wide, x > this.width / 2 ? x - wide - 14 : x + 14));
    const most = Number(this.root.getAttribute('height')) - height;
    ground.setAttribute('width', wide);
    this.group.setAttribute('transform', `translate(${left} ${Math.max(0, Math.min(most, y))})`);
    this.group.setAttribute('visibility', 'visible');
  }

  hide() {
    this.group.setAttribute('visibility', 'hidden');
  }
}
