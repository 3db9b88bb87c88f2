// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Markdown of models as elements. Text only ever becomes text nodes, addresses are shown and never followed: what
// a model says can show nothing here but words. Headings, paragraphs, lists, quotes, tables, code, emphasis.

import { h } from './dom.js';

const FENCE = /^(\s*)(`{3,}|~{3,})\s*([\w+#.-]*).*$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ROW = /^\s*\|.*\|\s*$/;
const ROW_LINE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
// Longer text in one go would only be slow to look at.
const MOST_INLINE = 20000;
// Every part is bounded: what has a beginning and no end must not be searched through again and again.
const PARTS = [
  /(?<!`)(`{1,5})([^`]|[^`][\s\S]{0,1000}?[^`])\1(?!`)/, // code: its fence, what is in it
  /\*\*(?=\S)([^*]{1,1000}?)\*\*/,
  /__(?=\S)([^_]{1,1000}?)__(?!\w)/,
  /\*(?=[^\s*])([^*\n]{1,1000}?)\*/,
  /(?<!\w)_(?=[^\s_])([^_\n]{1,1000}?)_(?!\w)/,
  /~~([^~\n]{1,1000}?)~~/,
  /!?\[([^\][\n]{0,300})\]\(([^()\s]{1,1000})[^()\n]{0,300}\)/, // a link or picture: its words, its address
];
const INLINE = new RegExp(PARTS.map(({ source }) => source).join('|'), 'g');

// Returns: an array of strings and nodes.
export function inline(text, depth = 0) {
  if (text.length > MOST_INLINE || depth > 4) return [text];
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > at) nodes.push(text.slice(at, found.index));
    const [whole, , code, strong, strong2, em, em2, gone, label, address] = found;
    if (code !== undefined) nodes.push(h('code', {}, code.replace(/^ (.*) $/, '$1')));
    else if (strong ?? strong2) nodes.push(h('strong', {}, ...inline(strong ?? strong2, depth + 1)));
    else if (em ?? em2) nodes.push(h('em', {}, ...inline(em ?? em2, depth + 1)));
    else if (gone) nodes.push(h('del', {}, ...inline(gone, depth + 1)));
    else nodes.push(label && label !== address ? `${label} (${address})` : address);
    at = found.index + whole.length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

class Reader {
  constructor(text, onCopy) {
    this.lines = text.replace(/\r\n?/g, '\n').split('\n');
    this.at = 0;
    this.onCopy = onCopy;
  }

  line() {
    return this.lines[this.at];
  }

  code() {
    const [, indent, fence, language] = this.lines[this.at++].match(FENCE);
    const body = [];
    const end = new RegExp(`^\\s*${fence[0] === '~' ? '~' : '`'}{${fence.length},}\\s*$`);
    while (this.at < this.lines.length && !end.test(this.line())) {
      body.push(this.line().startsWith(indent) ? this.line().slice(indent.length) : this.line());
      this.at++;
    }
    this.at++;
    const text = body.join('\n');
    const copy = h('button', { type: 'button', class: 'small' }, 'Copy');
    copy.addEventListener('click', () => this.onCopy?.(text));
    return h(
      'div',
      { class: 'md-code' },
      h('div', { class: 'md-code-head' }, h('span', {}, language || 'code'), copy),
      h('pre', { tabindex: '0' }, h('code', {}, text)),
    );
  }

  list(depth) {
    const [, first, sign] = this.line().match(ITEM);
    const isNumbered = /\d/.test(sign);
    const list = h(isNumbered ? 'ol' : 'ul', isNumbered ? { start: parseInt(sign, 10) } : {});
    while (this.at < this.lines.length) {
      const found = this.line().match(ITEM);
      if (
        !found ||
        found[1].length < first.length ||
        (found[1].length === first.length && /\d/.test(found[2]) !== isNumbered)
      )
        break;
      this.at++;
      const task = found[3].match(/^\[([ xX])\]\s+(.*)$/);
      const text = [task ? `${task[1] === ' ' ? '☐' : '☑'} ${task[2]}` : found[3]];
      while (
        this.at < this.lines.length &&
        /^\s{2,}\S/.test(this.line()) &&
        !ITEM.test(this.line()) &&
        !FENCE.test(this.line())
      )
        text.push(this.lines[this.at++].trim());
      const item = h('li', {}, ...inline(text.join('\n')));
      for (;;) {
        const inner = this.at < this.lines.length && this.line().match(ITEM);
        if (inner && inner[1].length > first.length + 1 && depth < 8) item.append(this.list(depth + 1));
        else if (this.at < this.lines.length && FENCE.test(this.line()) && /^\s{2,}/.test(this.line()))
          item.append(this.code());
        else break;
      }
      list.append(item);
      // one empty line between items does not end the list
      if (this.line() === '' && ITEM.test(this.lines[this.at + 1] ?? '')) this.at++;
    }
    return list;
  }

  table() {
    const cells = (line) =>
      line
        .trim()
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => cell.trim());
    const head = h('tr', {}, ...cells(this.lines[this.at]).map((cell) => h('th', { scope: 'col' }, ...inline(cell))));
    const body = h('tbody', {});
    this.at += 2;
    while (this.at < this.lines.length && ROW.test(this.line()))
      body.append(h('tr', {}, ...cells(this.lines[this.at++]).map((cell) => h('td', {}, ...inline(cell)))));
    return h(
      'div',
      { class: 'md-table', tabindex: '0', role: 'region', 'aria-label': 'Table' },
      h('table', {}, h('thead', {}, head), body),
    );
  }

  quote(depth) {
    const inner = [];
    while (this.at < this.lines.length && /^\s*>/.test(this.line()))
      inner.push(this.lines[this.at++].replace(/^\s*> ?/, ''));
    const reader = new Reader(inner.join('\n'), this.onCopy);
    return h('blockquote', {}, ...reader.blocks(depth + 1));
  }

  startsBlock() {
    const line = this.line();
    return (
      line.trim() === '' ||
      FENCE.test(line) ||
      HEADING.test(line) ||
      ITEM.test(line) ||
      RULE.test(line) ||
      /^\s*>/.test(line)
    );
  }

  paragraph() {
    const text = [this.lines[this.at++]];
    while (this.at < this.lines.length && !this.startsBlock()) text.push(this.lines[this.at++]);
    return h('p', {}, ...inline(text.join('\n')));
  }

  blocks(depth = 0) {
    const nodes = [];
    while (this.at < this.lines.length) {
      const line = this.line();
      if (line.trim() === '') this.at++;
      else if (FENCE.test(line)) nodes.push(this.code());
      // An answer stands below the page's own headings.
      else if (HEADING.test(line))
        nodes.push(
          h(
            'p',
            { class: 'md-heading', role: 'heading', 'aria-level': '4' },
            ...inline(this.lines[this.at++].match(HEADING)[2]),
          ),
        );
      else if (RULE.test(line)) nodes.push((this.at++, h('hr', {})));
      else if (ITEM.test(line)) nodes.push(this.list(0));
      else if (/^\s*>/.test(line) && depth < 6) nodes.push(this.quote(depth));
      else if (ROW.test(line) && ROW_LINE.test(this.lines[this.at + 1] ?? '')) nodes.push(this.table());
      else nodes.push(this.paragraph());
    }
    return nodes;
  }
}

// Returns: an array of elements. onCopy (text): somebody wants a piece of code.
export function markdown(text, onCopy = null) {
  return new Reader(text, onCopy).blocks();
}
