// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// A web server of somebody else's, with a page that knows every attack; and the list of routes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const here = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');

export const PAGE = `<!doctype html><meta charset="utf-8"><title>A page</title><body><script>${here('attack-page.js')}</script>`;

// /sandboxed has an origin that is none.
export async function startSite() {
  const server = createServer((request, response) => {
    const headers = { 'Content-Type': 'text/html; charset=utf-8' };
    if (request.url.startsWith('/sandboxed')) {
      headers['Content-Security-Policy'] = 'sandbox allow-scripts allow-forms allow-popups';
    }
    response.writeHead(200, headers);
    response.end(PAGE);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { port: server.address().port, stop: () => { server.closeAllConnections(); server.close(); } };
}

// Every row of the table of routes, as {method, path, access}; patterns filled in.
export function readRoutes() {
  const text = here('../../service/http/route-table.c');
  const table = text.slice(text.indexOf('routes[] = {'), text.indexOf('\n};'));
  const rows = [...table.matchAll(/\{\s*"([A-Z]+)",\s*"([^"]+)",\s*JUMP_ACCESS_([A-Z]+)/g)];
  const n_rows = [...table.matchAll(/JUMP_ACCESS_/g)].length;
  assert.equal(rows.length, n_rows, 'a row of route-table.c looks different');
  assert.ok(n_rows > 50, `only ${n_rows} routes?`);
  return rows.map(([, method, path, access]) => ({
    method, access: access.toLowerCase(), path: path.replace(/\{[^}]+\}/g, 'gpt-4.1'),
  }));
}
