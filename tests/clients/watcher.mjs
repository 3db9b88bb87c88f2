// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The Jumpseat authors

// Stands between an agent, which shows no headers, and the program, and notes what passes.

import assert from 'node:assert/strict';
import { createServer, request as send } from 'node:http';

export class Watcher {
  static async start(jumpseat) {
    const self = new Watcher();
    // Requests in the order of their replies: path, coding of the body, status, route.
    self.exchanges = [];
    self.server = createServer((request, response) => self.#pass(jumpseat, request, response));
    await new Promise((resolve) => self.server.listen(0, '127.0.0.1', resolve));
    self.url = `http://127.0.0.1:${self.server.address().port}`;
    return self;
  }

  #pass(jumpseat, request, response) {
    const { method, url: path } = request;
    const headers = { ...request.headers, host: `127.0.0.1:${jumpseat.port}` };
    const onward = send({ host: '127.0.0.1', port: jumpseat.port, method, path, headers }, (reply) => {
      this.exchanges.push({ method, path, coding: request.headers['content-encoding'],
                            status: reply.statusCode, route: reply.headers['x-jumpseat-route'] });
      response.writeHead(reply.statusCode, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }

  // Checks that every question was answered, and on the way that fits model and dialect.
  checkRoutes(model, dialect) {
    const posts = this.exchanges.filter(({ method }) => method === 'POST');
    assert.ok(posts.length > 0);
    for (const { path, status, route } of posts) {
      assert.equal(status, 200, path);
      assert.match(`${route}`, model.route(dialect));
    }
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
