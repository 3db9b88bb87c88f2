# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""GitHub and Copilot as far as a proxy needs them, on two ports, each connection a thread. It
writes down every request, and a test decides what happens to each: answer, wait, hang up."""

import json
import secrets
import socket
import string
import struct
import threading
import time

LIMIT = 30
MODELS = ('gpt-4.1', 'gpt-4o', 'claude-sonnet-4.5')


def random_word(length):
    """Letters and digits, as tokens have them."""
    return ''.join(secrets.choice(string.ascii_letters + string.digits) for _i in range(length))


def model(name):
    return {'id': name, 'name': name, 'object': 'model', 'vendor': 'Test', 'version': name,
            'preview': False, 'model_picker_enabled': True,
            'supported_endpoints': ['/chat/completions'],
            'policy': {'state': 'enabled', 'terms': ''},
            'capabilities': {'type': 'chat', 'family': name, 'object': 'model_capabilities',
                             'tokenizer': 'o200k_base',
                             'limits': {'max_context_window_tokens': 128000,
                                        'max_output_tokens': 16384},
                             'supports': {'streaming': True, 'tool_calls': True, 'vision': True}}}


def completion(text):
    return {'id': 'chatcmpl-1', 'model': 'gpt-4.1-2025-04-14',
            'choices': [{'index': 0, 'finish_reason': 'stop',
                         'message': {'role': 'assistant', 'content': text}}],
            'usage': {'prompt_tokens': 9, 'completion_tokens': 3, 'total_tokens': 12}}


def piece(text, finish=None):
    return {'id': 'chatcmpl-1', 'created': 1760000000, 'model': 'gpt-4.1-2025-04-14',
            'object': 'chat.completion.chunk',
            'choices': [{'index': 0, 'finish_reason': finish, 'delta': {'content': text}}]}


class Call:
    """A request, and the means to answer it."""

    def __init__(self, connection, number, lines, body):
        self.connection, self.number = connection, number
        self.socket = connection.socket
        self.method, self.path, _version = lines[0].split(' ')
        self.key = '%s %s' % (self.method, self.path)
        self.lines, self.body = lines[1:], body
        self.headers = {}
        for line in self.lines:
            name, value = line.split(':', 1)
            self.headers[name.lower()] = value.strip()
        self.time = time.monotonic()
        self.gone = threading.Event()
        self.gone_at = None

    def json(self):
        return json.loads(self.body)

    def reply(self, status, body, content_type='application/json', headers=()):
        if isinstance(body, dict):
            body = json.dumps(body)
        data = body.encode() if isinstance(body, str) else body
        lines = ['HTTP/1.1 %d Whatever' % status, 'Content-Type: ' + content_type,
                 'Content-Length: %d' % len(data)]
        lines += ['%s: %s' % pair for pair in headers]
        self.socket.sendall('\r\n'.join(lines + ['', '']).encode() + data)

    def start_stream(self, headers=()):
        lines = ['HTTP/1.1 200 OK', 'Content-Type: text/event-stream',
                 'Transfer-Encoding: chunked']
        lines += ['%s: %s' % pair for pair in headers]
        self.socket.sendall('\r\n'.join(lines + ['', '']).encode())

    def send(self, data):
        self.socket.sendall(b'%x\r\n%s\r\n' % (len(data), data))

    def event(self, value):
        text = value if isinstance(value, str) else json.dumps(value)
        self.send(('data: %s\n\n' % text).encode())

    def end_stream(self):
        self.event(piece('', 'stop'))
        self.event('[DONE]')
        self.socket.sendall(b'0\r\n\r\n')

    def stream(self, *texts):
        self.start_stream()
        for text in texts:
            self.event(piece(text))
        self.end_stream()

    def close(self):
        self.connection.close()

    def reset(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.close()

    def wait_gone(self):
        """Until the other side has left; notes when that was."""
        try:
            self.socket.settimeout(LIMIT)
            data = self.socket.recv(1)
        except ConnectionResetError:
            data = b''
        self.note_gone()
        assert data == b'', data

    def note_gone(self):
        self.gone_at = time.monotonic()
        self.gone.set()


class Connection:
    def __init__(self, upstream, sock, side):
        self.upstream, self.socket, self.side = upstream, sock, side
        self.is_closed = False
        self.n_requests = 0
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        self.is_closed = True
        self.socket.close()

    def read_request(self, file):
        lines = []
        while not lines or lines[-1]:
            line = file.readline()
            if not line.endswith(b'\r\n'):
                return None
            lines.append(line[:-2].decode('latin-1'))
        length = 0
        for line in lines:
            if line.lower().startswith('content-length:'):
                length = int(line.split(':', 1)[1])
        lines.pop()
        if self.upstream.on_head(self, lines) or self.is_closed:
            return None
        body = file.read(length)
        if len(body) < length:
            return None
        self.n_requests += 1
        return Call(self, self.n_requests, lines, body)

    def run(self):
        try:
            with self.socket.makefile('rb') as file:
                while not self.is_closed:
                    call = self.read_request(file)
                    if call is None:
                        break
                    self.upstream.answer(call)
        except (ConnectionError, ValueError, OSError):
            pass
        self.close()


class Upstream:
    def __init__(self, send_buffer=None):
        self.calls, self.connections, self.failures = [], [], []
        self.lock = threading.Lock()
        self.send_buffer = send_buffer
        self.github_token = 'gho_' + random_word(36)
        self.device_code = secrets.token_hex(20)
        self.copilot_tokens = {}  # token: monotonic time of its end
        self.told_life = 1800
        self.real_life = None  # as told
        self.exchange_seconds = 0
        self.exchanging = self.most_exchanging = self.n_exchanges = 0
        self.on_head = lambda connection, lines: False
        self.hooks = {}
        self.listeners = []
        self.github_url = 'http://127.0.0.1:%d' % self.listen('github')
        self.copilot_url = 'http://127.0.0.1:%d' % self.listen('copilot')

    def __enter__(self):
        return self

    def __exit__(self, kind, *_error):
        for listener in self.listeners:
            listener.close()
        for connection in self.connections:
            connection.close()
        if kind is None:
            assert not self.failures, self.failures[0]

    def listen(self, side):
        listener = socket.socket()
        if self.send_buffer:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self.send_buffer)
        listener.bind(('127.0.0.1', 0))
        listener.listen(256)
        self.listeners.append(listener)
        threading.Thread(target=self.accept, args=(listener, side), daemon=True).start()
        return listener.getsockname()[1]

    def accept(self, listener, side):
        while True:
            try:
                sock, _address = listener.accept()
            except OSError:
                return
            connection = Connection(self, sock, side)
            self.connections.append(connection)
            threading.Thread(target=connection.run, daemon=True).start()

    def answer(self, call):
        """The test's hook answers, or what is usual."""
        self.calls.append(call)
        try:
            self.hooks.get(call.key, self.answer_usual)(call)
        except (ConnectionError, BrokenPipeError):
            call.note_gone()
            call.close()
        except Exception as error:  # nobody else would see it
            self.failures.append(error)
            call.close()
            raise

    def chats(self):
        return [call for call in self.calls if call.key == 'POST /chat/completions']

    def mint(self):
        now = time.time()
        token = 'tid=%s;exp=%d;sku=monthly_subscriber_quota;st=dotcom;chat=1:%s' % (
            secrets.token_hex(16), now + self.told_life, secrets.token_hex(32))
        life = self.told_life if self.real_life is None else self.real_life
        self.copilot_tokens[token] = time.monotonic() + life
        return token

    def exchange(self, call):
        with self.lock:
            self.n_exchanges += 1
            self.exchanging += 1
            self.most_exchanging = max(self.most_exchanging, self.exchanging)
        time.sleep(self.exchange_seconds)
        with self.lock:
            self.exchanging -= 1
        call.reply(200, {'token': self.mint(), 'expires_at': int(time.time() + self.told_life),
                         'refresh_in': max(1, self.told_life - 300), 'chat_enabled': True,
                         'sku': 'monthly_subscriber_quota',
                         'endpoints': {'api': self.copilot_url}})

    def is_accepted(self, call):
        words = call.headers.get('authorization', '').split(' ', 1)
        if len(words) != 2:
            return False
        if call.connection.side == 'github':
            return words[1] == self.github_token
        return self.copilot_tokens.get(words[1], 0) > time.monotonic()

    def answer_usual(self, call):
        if call.key == 'POST /login/device/code':
            call.reply(200, {'device_code': self.device_code, 'user_code': 'WDJB-MJHT',
                             'verification_uri': self.github_url + '/login/device',
                             'expires_in': 899, 'interval': 1})
        elif call.key == 'POST /login/oauth/access_token':
            call.reply(200, {'access_token': self.github_token, 'token_type': 'bearer',
                             'scope': 'read:user'})
        elif not self.is_accepted(call):
            call.reply(401, 'unauthorized: token expired\n', 'text/plain')
        elif call.key == 'GET /copilot_internal/v2/token':
            self.exchange(call)
        elif call.key in ('GET /user', 'GET /copilot_internal/user'):
            call.reply(200, {'login': 'octocat', 'id': 1, 'copilot_plan': 'individual',
                             'access_type_sku': 'monthly_subscriber_quota',
                             'chat_enabled': True, 'endpoints': {'api': self.copilot_url}})
        elif call.key == 'GET /models':
            call.reply(200, {'object': 'list', 'data': [model(name) for name in MODELS]})
        elif call.key == 'POST /chat/completions':
            if call.json().get('stream'):
                call.stream('You ', 'are ', 'heard')
            else:
                call.reply(200, completion('You are heard'))
        else:
            call.reply(404, '404 page not found\n', 'text/plain')
