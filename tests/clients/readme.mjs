// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// What the README shows to copy, with the address of the program under test.

import { readFileSync } from 'node:fs';

export class Readme {
  constructor(jumpseat) {
    this.text = readFileSync(process.env.JUMPSEAT_README, 'utf8')
        .replaceAll('http://127.0.0.1:8081', jumpseat.url);
  }

  // The blocks of one language: whom they are said to be for, and their text.
  blocks(language) {
    const pattern = new RegExp(`\\*\\*([^*]+)\\*\\*[^*]*?\`\`\`${language}\\n(.*?)\`\`\``, 'gs');
    return [...this.text.matchAll(pattern)].map(([, name, code]) => ({ name, code }));
  }

  block(language) {
    return this.blocks(language)[0].code;
  }
}
