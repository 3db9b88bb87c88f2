# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The order of events in a stream of Responses, and that everything said in pieces is said again as
a whole, the same, three times: in the piece's end, in the item's and in the response's."""

from responses_shape import REFUSAL_PART, TEXT_PART, check_item, check_part, check_response
from shape import Reply, check, members, shorten

NUMBER = {'type': 'text', 'sequence_number': 'count'}
PLACE = {**NUMBER, 'item_id': 'text', 'output_index': 'count'}
CONTENT = {**PLACE, 'content_index': 'count'}
SUMMARY = {**PLACE, 'summary_index': 'count'}
NOISE = {'obfuscation': 'str'}
ENDS = {'response.completed': 'completed', 'response.incomplete': 'incomplete'}


class Item:
    """The item that is open."""

    def __init__(self, event):
        self.start = event['item']
        self.id, self.kind = self.start['id'], self.start['type']
        self.parts = []      # texts of what is finished
        self.part = None     # what is open, as it was announced
        self.text = ''
        self.is_said = False  # the piece's text was told as a whole


class ResponseEvents:
    """Takes events one by one; raises at the first that should not come now."""

    def __init__(self, model, closed):
        self.model, self.closed = model, closed
        self.next_number, self.last = 0, None
        self.id, self.final, self.item = None, None, None
        self.items, self.texts = [], []
        self.reply = Reply()

    def check_number(self, event):
        check(event.get('sequence_number') == self.next_number,
              'sequence_number: expected %d, got %s', self.next_number,
              event.get('sequence_number'))
        self.next_number += 1

    def add(self, name, event):
        check(self.final is None, 'an event behind the end: %s', name)
        check(name is not None, 'an event without a name: %s', shorten(event))
        check(event.get('type') == name, 'event %s has type %s', name, event.get('type'))
        self.check_number(event)
        handler = getattr(self, 'on_' + name.replace('.', '_'), None)
        check(handler is not None, '%s is no event of this API', name)
        if self.last is None or self.last == 'response.created':
            wanted = 'response.created' if self.last is None else 'response.in_progress'
            check(name == wanted, 'expected %s, got %s', wanted, name)
        handler(event)
        self.last = name

    # The response as a whole.

    def check_whole(self, event):
        more = None if self.closed else {'copilot_usage': 'dict'}
        members(event, event['type'], {**NUMBER, 'response': 'dict'}, more, self.closed)
        check_response(event['response'], event['type'], self.model, self.closed)
        self.id = self.id or event['response']['id']
        check(event['response']['id'] == self.id, 'the response changes its id')

    def on_response_created(self, event):
        check(self.last is None, 'response.created again')
        self.check_whole(event)
        response = event['response']
        check(response['status'] == 'in_progress' and response['output'] == [] and
              response.get('usage') is None, 'not a start: %s', shorten(response))

    def on_response_in_progress(self, event):
        check(self.last == 'response.created', 'response.in_progress behind %s', self.last)
        self.check_whole(event)
        check(event['response']['output'] == [], 'in_progress with an output')

    def end(self, event):
        self.check_whole(event)
        check(self.item is None, 'the end comes before that of an item')
        response = event['response']
        check(response['status'] == ENDS[event['type']], '%s with status %s', event['type'],
              response['status'])
        check(response['output'] == self.items, 'the output differs from the items:\n%s\n%s',
              shorten(response['output'], 900), shorten(self.items, 900))
        self.final = response

    on_response_completed = end
    on_response_incomplete = end

    # Items.

    def on_response_output_item_added(self, event):
        members(event, event['type'], {**NUMBER, 'output_index': 'count', 'item': 'dict'}, None,
                self.closed)
        check(self.item is None, 'an item begins inside another')
        check(event['output_index'] == len(self.items), 'output_index: expected %d, got %d',
              len(self.items), event['output_index'])
        item = event['item']
        check(item.get('type') in ('message', 'function_call', 'reasoning'), 'item.type: %s',
              item.get('type'))
        if item['type'] == 'message':
            members(item, 'item', {'id': 'text', 'type': 'text', 'role': '=assistant',
                                   'status': '=in_progress', 'content': 'list'},
                    {'phase': 'str'}, self.closed)
            check(item['content'] == [], 'a message is announced with content')
        elif item['type'] == 'function_call':
            members(item, 'item', {'id': 'text', 'type': 'text', 'call_id': 'text', 'name': 'text',
                                   'arguments': 'str', 'status': '=in_progress'},
                    {'namespace': 'str'}, self.closed)
            check(item['arguments'] == '', 'a call is announced with arguments')
        else:
            members(item, 'item', {'id': 'text', 'type': 'text', 'summary': 'list'},
                    {'content': 'list', 'encrypted_content': 'str|null', 'status': 'str|null'},
                    self.closed)
            check(item['summary'] == [], 'reasoning is announced with a summary')
        check(item['id'] not in [done['id'] for done in self.items], 'an id comes twice')
        self.item = Item(event)

    def on_response_output_item_done(self, event):
        members(event, event['type'], {**NUMBER, 'output_index': 'count', 'item': 'dict'}, None,
                self.closed)
        check(self.item is not None, 'an item ends that did not begin')
        item, done = self.item, event['item']
        check(event['output_index'] == len(self.items), 'output_index: expected %d, got %d',
              len(self.items), event['output_index'])
        check(item.part is None, 'an item ends before its part')
        check_item(done, 'item', self.closed)
        for name in ('id', 'type', 'call_id', 'name', 'role', 'phase'):
            check(done.get(name) == item.start.get(name), 'an item changes its %s: %s, then %s',
                  name, item.start.get(name), done.get(name))
        self.check_contents(item, done)
        self.items.append(done)
        self.item = None

    def check_contents(self, item, done):
        if item.kind == 'message':
            found = [part.get('text', part.get('refusal')) for part in done['content']]
        elif item.kind == 'reasoning':
            found = [part['text'] for part in done['summary']]
        else:
            check(item.is_said, 'a call without response.function_call_arguments.done')
            found = [done['arguments']]
            item.parts = [item.text]
        check(found == item.parts, 'an item differs from its pieces:\n%s\n%s', found, item.parts)

    def get_item(self, event, kind, needed, optional=None):
        """The open item, which @event must be about."""
        members(event, event['type'], needed, optional, self.closed)
        item = self.item
        check(item is not None and item.kind == kind, '%s outside a %s', event['type'], kind)
        check(event['item_id'] == item.id, '%s: item_id is %s, the item has %s', event['type'],
              event['item_id'], item.id)
        check(event['output_index'] == len(self.items), '%s: output_index is %d', event['type'],
              event['output_index'])
        for name in ('content_index', 'summary_index'):
            check(event.get(name) in (None, len(item.parts)), '%s: %s is %s', event['type'], name,
                  event.get(name))
        return item

    # Parts of a message.

    def on_response_content_part_added(self, event):
        item = self.get_item(event, 'message', {**CONTENT, 'part': 'dict'})
        check(item.part is None, 'a part begins inside another')
        check_part(event['part'], 'part', self.closed)
        check(not event['part'].get('text', event['part'].get('refusal')),
              'a part is announced with text')
        item.part, item.text, item.is_said = event['part'], '', False

    def add_piece(self, item, event):
        check(item.part is not None and not item.is_said, '%s outside a part', event['type'])
        item.text += event['delta']
        self.reply.n_pieces += 1

    def say_whole(self, item, event, member):
        check(item.part is not None and not item.is_said, '%s outside a part', event['type'])
        check(event[member] == item.text, '%s differs from its pieces:\n%s\n%s', event['type'],
              event[member], item.text)
        item.is_said = True

    def on_response_output_text_delta(self, event):
        item = self.get_item(event, 'message', {**CONTENT, 'delta': 'str'},
                             {'logprobs': 'list', **NOISE})
        self.add_piece(item, event)
        self.texts.append(event['delta'])

    def on_response_output_text_done(self, event):
        item = self.get_item(event, 'message', {**CONTENT, 'text': 'str'}, {'logprobs': 'list'})
        self.say_whole(item, event, 'text')

    def on_response_refusal_delta(self, event):
        self.add_piece(self.get_item(event, 'message', {**CONTENT, 'delta': 'str'}, NOISE), event)

    def on_response_refusal_done(self, event):
        self.say_whole(self.get_item(event, 'message', {**CONTENT, 'refusal': 'str'}), event,
                       'refusal')

    def end_part(self, item, event, member):
        check(item.part is not None and item.is_said, '%s without the whole text', event['type'])
        check(event['part']['type'] == item.part['type'], 'a part changes its type')
        check(event['part'][member] == item.text, '%s differs from its pieces', event['type'])
        item.parts.append(item.text)
        item.part = None

    def on_response_content_part_done(self, event):
        item = self.get_item(event, 'message', {**CONTENT, 'part': 'dict'})
        shape = REFUSAL_PART if event['part'].get('type') == 'refusal' else TEXT_PART
        members(event['part'], 'part', shape, {'logprobs': 'list'}, self.closed)
        self.end_part(item, event, 'refusal' if shape is REFUSAL_PART else 'text')

    # Parts of a summary.

    def on_response_reasoning_summary_part_added(self, event):
        item = self.get_item(event, 'reasoning', {**SUMMARY, 'part': 'dict'})
        check(item.part is None, 'a part begins inside another')
        check(event['part'] == {'type': 'summary_text', 'text': ''}, 'part: %s', event['part'])
        item.part, item.text, item.is_said = event['part'], '', False

    def on_response_reasoning_summary_text_delta(self, event):
        self.add_piece(self.get_item(event, 'reasoning', {**SUMMARY, 'delta': 'str'}, NOISE), event)

    def on_response_reasoning_summary_text_done(self, event):
        self.say_whole(self.get_item(event, 'reasoning', {**SUMMARY, 'text': 'str'}), event, 'text')

    def on_response_reasoning_summary_part_done(self, event):
        item = self.get_item(event, 'reasoning', {**SUMMARY, 'part': 'dict'})
        members(event['part'], 'part', {'type': '=summary_text', 'text': 'str'}, None, self.closed)
        self.end_part(item, event, 'text')

    # Arguments.

    def on_response_function_call_arguments_delta(self, event):
        item = self.get_item(event, 'function_call', {**PLACE, 'delta': 'str'}, NOISE)
        check(not item.is_said, 'arguments behind their end')
        item.text += event['delta']
        self.reply.n_pieces += 1

    def on_response_function_call_arguments_done(self, event):
        item = self.get_item(event, 'function_call', {**PLACE, 'arguments': 'str'},
                             {'name': 'text'})
        check(not item.is_said, 'arguments end twice')
        check(event['arguments'] == item.text, 'arguments differ from their pieces:\n%s\n%s',
              event['arguments'], item.text)
        item.is_said = True
