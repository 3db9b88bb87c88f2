// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// One model: everything that is known of it, and its terms.

import { post } from './api.js';
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { ABSENT, integer } from './format.js';
import { APIS, capabilityName, describePolicy, describeWay, price } from './models-table.js';
import { toast, toastError } from './toast.js';

const tokens = (value) => (value ? `${integer(value)} tokens` : ABSENT);
const facts = (rows) =>
  h(
    'dl',
    { class: 'facts' },
    rows.filter(([, value]) => value).map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  );

export function openModel(model, onEnable) {
  const prices = model.prices ?? model.price ?? null;
  const dialog = openDialog({
    title: model.display_name || model.id,
    wide: true,
    content: h(
      'div',
      { class: 'stack' },
      (model.warnings ?? []).map((text) => h('p', { class: 'notice warn' }, text)),
      facts([
        ['Id', h('code', {}, model.id)],
        ['Vendor', model.owned_by],
        ['Kind', model.kind],
        ['State', describePolicy(model).text],
        ['Context', tokens(model.context_length)],
        ['Longest prompt', tokens(model.max_prompt_tokens)],
        ['Longest answer', tokens(model.max_output_tokens)],
        ['Abilities', model.capabilities?.map(capabilityName).join(', ') || ABSENT],
        ['Reasoning efforts', model.efforts?.join(', ')],
        [
          'Price',
          prices
            ? `${price(prices.input)} in, ${price(prices.cache_read)} cached, ${price(prices.cache_write)} to the cache, ` +
              `${price(prices.output)} out: credits for a million tokens`
            : 'not told',
        ],
        ['Premium requests', model.multiplier >= 0 ? `${model.multiplier} a turn` : null],
        ['Asked upstream at', model.supported_endpoints?.join(', ')],
        ...APIS.map(([api, title]) => [`${title} API`, describeWay(model.routes?.[api]).text]),
      ]),
    ),
    buttons: [
      model.enabled === false &&
        h(
          'button',
          {
            class: 'button',
            onclick: () => {
              dialog.close();
              onEnable(model);
            },
          },
          'Enable…',
        ),
      model.kind === 'chat' &&
        h(
          'a',
          { class: 'button', href: `#/chat?model=${encodeURIComponent(model.id)}`, onclick: () => dialog.close() },
          'Chat',
        ),
      h('button', { class: 'button primary', onclick: () => dialog.close() }, 'Close'),
    ],
  });
}

// Upstream writes terms with links as Markdown; an address is shown, the person decides whether to go there.
function termsOf(text) {
  return (text || 'This model has terms of its own, which GitHub names on the page of your Copilot settings.')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => h('p', {}, line.replace(/\[([^\]]*)\]\((https?:\/\/[^)\s]+)\)/g, '$1 ($2)')));
}

// Asks first; resolves to whether the model is enabled now.
export function askEnable(model) {
  return new Promise((resolve) => {
    let isEnabled = false;
    const accept = h(
      'button',
      {
        class: 'button primary',
        onclick: async () => {
          accept.disabled = true;
          try {
            await post(`/api/models/${encodeURIComponent(model.id)}/enable`, { accept_terms: true });
            isEnabled = true;
            toast(`${model.display_name || model.id} is enabled.`, 'good');
          } catch (error) {
            toastError(error);
          }
          dialog.close();
        },
      },
      'Accept and Enable',
    );
    const terms = model.terms ?? model.policy?.terms;
    const dialog = openDialog({
      title: `Enable ${model.display_name || model.id}?`,
      content: h(
        'div',
        { class: 'stack' },
        termsOf(terms),
        h('p', {}, 'Enabling accepts these terms for your account.'),
      ),
      buttons: [h('button', { class: 'button', onclick: () => dialog.close() }, 'Cancel'), accept],
      onClose: () => resolve(isEnabled),
    });
  });
}
