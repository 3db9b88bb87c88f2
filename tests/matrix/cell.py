# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""One cell of the matrix: a client, a model, a case, streamed or not; what upstream got of it."""

import re

from desk import fetch
from inexact import find_mend, find_reason
from scenario import ENDPOINTS, name_twin
from shape import check, parse
from wire import ask

# Changes that are made to what comes back: the request went as it came all the same.
OF_REPLIES = {'', 'reply-repaired', 'fields-filled', 'choices-merged', 'tool-calls-repaired', 'finish-corrected',
              'extras-hidden', 'usage-hidden', 'reasoning-renamed', 'ids-normalised', 'usage-estimated',
              'end-added', 'overflow-reworded'}


class Upstream:
    """The simulator's log of calls."""

    def __init__(self, url):
        self.url, self.seen = url, 0
        self.read()

    def read(self):
        """The calls to models since the last time, oldest first."""
        status, text = fetch(self.url + '/_simulator/calls')
        check(status == 200, 'the simulator tells no calls: %s', status)
        calls = [call for call in parse(text, 'calls') if call['number'] > self.seen]
        self.seen = max([self.seen] + [call['number'] for call in calls])
        return [call for call in reversed(calls) if call['method'] == 'POST' and
                call['path'] in ENDPOINTS.values()]


def choose_api(client, model):
    """The API that a request has to take: the client's own, Messages for Claude, Responses where
    there is reasoning, then what there is."""
    order = [client.ROUTE, 'chat', 'responses', 'messages']
    if model.thinks:
        order.insert(1, 'responses')
    if model.vendor == 'Anthropic':
        order.insert(1, 'messages')
    return next(api for api in order if api in model.apis)


class Cell:
    """@pin: the API that the model's name is to say; None: the name alone."""

    def __init__(self, account, client, model, case, stream, pin=None):
        self.account, self.client, self.model = account, client, model
        self.case, self.stream, self.pin = case, stream, pin
        self.api = pin or choose_api(client, model)
        self.stage = self.upstream = None

    @property
    def place(self):
        return {'client': self.client.NAME, 'model': self.model.name, 'upstream': self.api,
                'case': self.case}

    @property
    def reason(self):
        return find_reason(**self.place)

    @property
    def is_exact(self):
        return self.reason is None

    @property
    def is_translated(self):
        return self.api != self.client.ROUTE

    @property
    def name(self):
        return '%s: %s × %s × %s, %s' % (
            self.account.name, self.client.NAME, self.asked, self.case,
            'streamed' if self.stream else 'whole')

    @property
    def asked(self):
        return self.model.name + ('@' + self.pin if self.pin else '')

    def check_route(self, answer, model):
        route = answer.headers.get('x-jumpseat-route', 'none')
        if self.is_translated:
            wanted = 'translated; %s>%s; model=%s' % (self.client.ROUTE, self.api, model)
        else:
            wanted = '(verbatim|patched); %s; model=%s' % (self.api, model)
        check(re.fullmatch(wanted, route), 'X-Jumpseat-Route: expected %s, got %s', wanted, route)
        check(answer.headers.get('x-request-id'), 'no X-Request-Id: %s', answer.headers)
        changes = answer.headers.get('x-jumpseat-changes')
        mend = find_mend(**self.place)
        check(mend is None or mend in (changes or ''), 'X-Jumpseat-Changes: expected %s, got %s',
              mend, changes)
        asked = set((changes or '').split(',')) - OF_REPLIES
        check(not asked if route.startswith('verbatim') else changes or self.is_translated,
              'X-Jumpseat-Route: %s, and X-Jumpseat-Changes: %s', route, changes)

    def check_call(self, answer, model, status, initiator, vision, n_states):
        calls = self.upstream.read()
        if find_mend(**self.place) and len(calls) == 2:
            check(calls.pop(0)['status'] == 400, 'it was sent twice')
        check(len(calls) == 1, 'upstream got %d calls: %s', len(calls), calls)
        call = calls[0]
        wanted = {'path': ENDPOINTS[self.api], 'status': status, 'model': model,
                  'initiator': initiator, 'vision': 'true' if vision else None,
                  'reasoning_states': n_states}
        found = {name: call[name] for name in wanted}
        check(found == wanted, 'upstream: expected %s, got %s', wanted, found)

    def send(self, turns, failure=None, status=200, initiator='user', vision=False,
             sent_status=None, **options):
        """The bytes of the answer, once the way it took was looked at. @failure: which of the
        models that fail. @sent_status: of upstream's answer, when the client gets another. All
        states that @turns hold must have arrived."""
        n_states = sum(len(turn[1].states) for turn in turns if turn[0] == 'reply')
        model = self.model.name
        if failure:
            model = name_twin(model, failure, self.client.NAME, self.stream)
        asked = model if failure else self.asked
        body = self.client.make_request(asked, turns, self.stream, **options)
        answer = ask(self.stage, self.client.PATH, body, self.client.HEADERS)
        statuses = status if isinstance(status, tuple) else (status,)
        check(answer.status in statuses, 'status: expected %s, got %s\nupstream: %s', status,
              answer, self.upstream.read() if answer.status not in statuses else '')
        self.check_call(answer, model, sent_status or status, initiator, vision, n_states)
        self.check_route(answer, model)
        return answer

    def converse(self, turns, **options):
        """A reply that is none of a failure."""
        answer = self.send(turns, **options)
        read = self.client.read_stream if self.stream else self.client.read_reply
        try:
            reply = read(answer, self.asked, self.is_translated)
            check(reply.n_input > 0 and reply.n_output > 0, 'no usage')
        except AssertionError as error:
            raise AssertionError('%s\n%s' % (error, answer)) from error
        return reply
