// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Tabs: arrows move between them, their panel is filled when they are chosen.

import { h, replace } from './dom.js';

let last = 0;

// tabs: [{ name, title, fill () → nodes }]. on (name): somebody has chosen. Returns { element, panel, show (name), getName () }.
export function makeTabs(label, tabs, on = () => {}) {
  const own = `tabs-${++last}`;
  let current = null;
  const panel = h('div', { class: 'tab-panel', role: 'tabpanel', id: own, tabindex: 0 });
  const buttons = tabs.map(({ name, title }) =>
    h('button', { role: 'tab', id: `${own}-${name}`, 'aria-controls': own, data: { name }, onclick: () => choose(name) }, title));
  const element = h('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, buttons);

  function show(name) {
    current = tabs.some((tab) => tab.name === name) ? name : tabs[0].name;
    for (const button of buttons) {
      const isChosen = button.dataset.name === current;
      button.setAttribute('aria-selected', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `${own}-${current}`);
    replace(panel, tabs.find((tab) => tab.name === current).fill());
  }

  function choose(name) {
    show(name);
    on(name);
  }

  element.addEventListener('keydown', (event) => {
    const at = tabs.findIndex(({ name }) => name === current);
    const targets = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    if (!Object.hasOwn(targets, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (targets[event.key] + tabs.length) % tabs.length;
    choose(tabs[next].name);
    buttons[next].focus();
  });
  return { element, panel, show, getName: () => current };
}
