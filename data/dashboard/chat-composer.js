// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Where a question is written. Enter sends, Shift+Enter is a new line; images by file, by paste or dropped.

import { h, replace } from './dom.js';
import { bytes } from './format.js';
import { icon } from './icons.js';
import { toast } from './toast.js';

const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const MOST_IMAGES = 8;
const MOST_IMAGE_BYTES = 5000000;

function readFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

export class Composer {
  // on: {send ({text, images}), stop ()}
  constructor(on) {
    this.on = on;
    this.images = [];
    this.isRunning = false;
    this.text = h('textarea', {
      class: 'textarea chat-text',
      rows: 3,
      'aria-label': 'Message',
      placeholder: 'Ask something…',
      onkeydown: (event) => this.onKey(event),
      onpaste: (event) => this.onFiles(event.clipboardData.files, event),
    });
    this.files = h('input', {
      type: 'file',
      accept: IMAGE_TYPES.join(','),
      multiple: true,
      hidden: true,
      'aria-label': 'Images',
      onchange: () => this.onFiles(this.files.files),
    });
    this.button = h('button', { type: 'submit', class: 'button primary' }, icon('send'), 'Send');
    this.stop = h(
      'button',
      { type: 'button', class: 'button', hidden: true, onclick: () => on.stop() },
      icon('stop'),
      'Stop',
    );
    this.list = h('div', { class: 'chat-images', hidden: true });
    this.element = h(
      'form',
      {
        class: 'chat-composer',
        onsubmit: (event) => {
          event.preventDefault();
          this.send();
        },
      },
      this.list,
      this.text,
      h(
        'div',
        { class: 'row' },
        h('button', { type: 'button', class: 'button', onclick: () => this.files.click() }, icon('plus'), 'Image'),
        this.files,
        h('span', { class: 'grow quiet chat-keys' }, 'Enter sends, Shift+Enter is a new line'),
        this.stop,
        this.button,
      ),
    );
    this.element.addEventListener('dragover', (event) => event.preventDefault());
    this.element.addEventListener('drop', (event) => this.onFiles(event.dataTransfer.files, event));
  }

  setRunning(isRunning) {
    this.isRunning = isRunning;
    this.stop.hidden = !isRunning;
    this.button.hidden = isRunning;
  }

  onKey(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  async onFiles(files, event) {
    const all = [...files];
    if (all.length === 0) return;
    event?.preventDefault();
    for (const file of all) {
      if (!IMAGE_TYPES.includes(file.type)) toast(`${file.name} is no PNG, JPEG, GIF or WebP image.`, 'bad');
      else if (file.size > MOST_IMAGE_BYTES) toast(`${file.name} is larger than ${bytes(MOST_IMAGE_BYTES)}.`, 'bad');
      else if (this.images.length >= MOST_IMAGES) toast(`No more than ${MOST_IMAGES} images at once.`, 'bad');
      else this.images.push({ type: file.type, name: file.name, data: await readFile(file) });
    }
    this.files.value = '';
    this.showImages();
  }

  showImages() {
    this.list.hidden = this.images.length === 0;
    replace(
      this.list,
      this.images.map((image) =>
        h(
          'span',
          { class: 'chat-thumb' },
          h('img', { src: `data:${image.type};base64,${image.data}`, alt: image.name }),
          h(
            'button',
            {
              type: 'button',
              class: 'icon-button',
              'aria-label': `Remove ${image.name}`,
              onclick: () => {
                this.images = this.images.filter((one) => one !== image);
                this.showImages();
                this.text.focus();
              },
            },
            icon('close'),
          ),
        ),
      ),
    );
  }

  send() {
    const text = this.text.value.trim();
    if (this.isRunning || (text === '' && this.images.length === 0)) return;
    const { images } = this;
    this.text.value = '';
    this.images = [];
    this.showImages();
    this.on.send({ text, images });
  }
}
