#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A question is sent as often as retries.attempts says, and never behind anybody's back: an upstream that hangs up
may have answered, and charged, already."""

import json
import socket
import time

from stage import Stage, events_of, main, question, wait_until
from upstream import Upstream, completion, piece

LARGE = 'x' * (1024 * 1024)


def check_refusal(reply, status=502):
    assert reply[0] == status, reply
    error = json.loads(reply[1])['error']
    assert isinstance(error['message'], str) and error['message'], error
    assert set(error) == {'message', 'type', 'param', 'code'}, error


def after_the_whole_question(programs):
    """It has read everything, on a connection that served before, and hangs up without a word."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.write_settings('[retries]\nattempts=1\n')
        stage.start()
        for hang_up in ('close', 'reset'):
            for stream in (False, True):
                for text in ('Hello', LARGE):
                    assert stage.ask(question('first'))[0] == 200
                    n_before = len(upstream.chats())
                    upstream.hooks['POST /chat/completions'] = (
                        lambda call, way=hang_up: getattr(call, way)())
                    check_refusal(stage.ask(question(text, stream)))
                    del upstream.hooks['POST /chat/completions']
                    last = upstream.chats()[-1]
                    assert len(upstream.chats()) == n_before + 1
                    assert last.number > 1, 'it came on a connection that was used before'
                    assert last.json()['messages'][0]['content'] == text
        assert len(upstream.chats()) == 16


def in_the_middle_of_the_question(programs):
    """Nobody knows what an upstream does that takes only the head."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.write_settings('[retries]\nattempts=1\n')
        stage.start()
        heads = []

        def hang_up(connection, lines):
            if not lines[0].startswith('POST /chat'):
                return False
            heads.append(connection)
            return len(heads) % 2 == 0
        upstream.on_head = hang_up
        for text in ('Hello', LARGE):
            assert stage.ask(question('first'))[0] == 200
            n_before = len(heads)
            check_refusal(stage.ask(question(text)))
            assert len(heads) == n_before + 1, len(heads)


def in_the_middle_of_the_answer(programs):
    def half_an_answer(call):
        data = json.dumps(completion('cut off')).encode()
        call.socket.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
                            b'Content-Length: %d\r\n\r\n' % len(data) + data[:50])
        call.close()

    def half_a_head(call):
        call.socket.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: appl')
        call.close()

    def half_a_stream(call):
        call.start_stream()
        call.event(piece('cut '))
        call.close()

    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.write_settings('[retries]\nattempts=1\n')
        stage.start()
        for cut, stream in ((half_an_answer, False), (half_a_head, False), (half_a_head, True)):
            assert stage.ask(question('first'))[0] == 200
            n_before = len(upstream.chats())
            upstream.hooks['POST /chat/completions'] = cut
            check_refusal(stage.ask(question(stream=stream)))
            del upstream.hooks['POST /chat/completions']
            assert len(upstream.chats()) == n_before + 1
        assert stage.ask(question('first'))[0] == 200
        n_before = len(upstream.chats())
        upstream.hooks['POST /chat/completions'] = half_a_stream
        status, body = stage.ask(question(stream=True))
        events = events_of(body)
        assert status == 200 and len(upstream.chats()) == n_before + 1
        assert json.loads(events[0])['choices'][0]['delta']['content'] == 'cut ', events
        assert 'error' in json.loads(events[-1]) and '[DONE]' not in events, events


def as_often_as_the_setting_says(programs):
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        stage.write_settings('[retries]\nattempts=2\n')
        stage.start()
        upstream.hooks['POST /chat/completions'] = lambda call: call.close()
        check_refusal(stage.ask(question('twice')))
        assert len(upstream.chats()) == 2
        assert [call.json()['messages'][0]['content'] for call in upstream.chats()] == ['twice'] * 2
        answers = []

        def second_time(call):
            answers.append(call)
            if len(answers) == 1:
                call.close()
            else:
                call.reply(200, json.dumps(completion('here')).encode())
        upstream.hooks['POST /chat/completions'] = second_time
        status, body = stage.ask(question('again'))
        assert status == 200 and 'here' in body.decode(), body
        assert len(answers) == 2


def an_idle_connection_that_was_closed(programs):
    """What is told in time costs nobody an answer."""
    with Upstream() as upstream, Stage(programs) as stage:
        stage.point_to(upstream)
        service = stage.start()
        previous, was_closed = None, False
        for number in range(20):
            assert stage.ask(question())[0] == 200
            connection = upstream.chats()[-1].connection
            assert previous is None or (connection is previous) != was_closed
            previous, was_closed = connection, number % 2 == 0
            if was_closed:
                connection.socket.shutdown(socket.SHUT_RDWR)
                wait_until(lambda c=connection: c.is_closed, 'the connection is closed')
                time.sleep(0.02)  # for the news to arrive
        assert len(upstream.chats()) == 20
        assert 'status=502' not in ''.join(service.err)


if __name__ == '__main__':
    main([after_the_whole_question, in_the_middle_of_the_question, in_the_middle_of_the_answer,
          as_often_as_the_setting_says, an_idle_connection_that_was_closed])
