#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Ways to upstream that are not plain: TLS with authorities of a company's own, certificates that do
not hold, a computer with IPv6 alone. What does not work is named, and not tried in a storm."""

import json
import os
import socket
import ssl
import subprocess
import threading

from stage import Desk, Stage, main, note, question, wait_until
from upstream import Connection, Upstream

# `openssl ca` is the one command of all versions that makes certificates of the past.
CONFIG = '''[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = .
default_md = sha256
policy = any
rand_serial = yes
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[server]
subjectAltName = NAMES
basicConstraints = CA:FALSE
'''
KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
PAST = ('20200101000000Z', '20200201000000Z')
NOW = ('20200101000000Z', '20491231000000Z')


class Authority:
    """A company that signs certificates, made for one case and gone with it."""

    def __init__(self, folder):
        self.folder, self.names = folder, 'DNS:localhost'
        os.mkdir(folder, 0o700)
        for name, text in (('ca.cnf', CONFIG), ('index.txt', '')):
            with open(self.path(name), 'w', encoding='utf-8') as file:
                file.write(text)
        self.run('req', '-x509', *KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30',
                 '-subj', '/CN=Company')

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *words):
        done = subprocess.run(('openssl',) + words, cwd=self.folder, capture_output=True,
                              text=True, timeout=30, check=False)
        assert done.returncode == 0, done.stderr

    def serve(self, start, end):
        """How a server shows a certificate of that time."""
        with open(self.path('ca.cnf'), 'w', encoding='utf-8') as file:
            file.write(CONFIG.replace('NAMES', self.names))
        self.run('req', '-new', *KEY, '-keyout', 'server.key', '-out', 'server.csr', '-config',
                 'ca.cnf', '-subj', '/CN=localhost')
        self.run('ca', '-batch', '-config', 'ca.cnf', '-notext', '-cert', 'ca.pem', '-keyfile',
                 'ca.key', '-in', 'server.csr', '-out', 'server.pem', '-extensions', 'server',
                 '-startdate', start, '-enddate', end)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path('server.pem'), self.path('server.key'))
        return context


class SecureUpstream(Upstream):
    """On a name, behind TLS."""

    def __init__(self, context, host='localhost'):
        self.context, self.n_arrived = context, 0
        super().__init__()
        self.github_url = self.github_url.replace('http://127.0.0.1', 'https://' + host)
        self.copilot_url = self.copilot_url.replace('http://127.0.0.1', 'https://' + host)

    def greet(self, sock, side):
        try:
            secure = self.context.wrap_socket(sock, server_side=True)
        except (OSError, ssl.SSLError):
            sock.close()
            return
        connection = Connection(self, secure, side)
        self.connections.append(connection)
        connection.run()

    def accept(self, listener, side):
        while True:
            try:
                sock, _address = listener.accept()
            except OSError:
                return
            self.n_arrived += 1
            threading.Thread(target=self.greet, args=(sock, side), daemon=True).start()


class SixUpstream(Upstream):
    """On ::1 alone; 127.0.0.1 refuses at the same ports."""

    def __init__(self):
        super().__init__()
        self.github_url = self.github_url.replace('127.0.0.1', 'localhost')
        self.copilot_url = self.copilot_url.replace('127.0.0.1', '[::1]')

    def listen(self, side):
        listener = socket.socket(socket.AF_INET6)
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(('::1', 0))
        listener.listen(256)
        self.listeners.append(listener)
        threading.Thread(target=self.accept, args=(listener, side), daemon=True).start()
        return listener.getsockname()[1]


def ask(stage):
    status, body = stage.ask(question())
    return status, json.loads(body)


def refused(stage, upstream, *words):
    """A chat fails with @words in the error, and nobody storms upstream."""
    Desk.start(stage, '--log-level', 'debug')  # nobody will be signed in
    status, body = ask(stage)
    message = body['error']['message']
    assert status in (500, 502, 503), (status, body)
    for word in words:
        assert word in message, (word, message)
    arrived = upstream.n_arrived
    assert arrived <= 12, '%d connections for one question' % arrived
    assert not upstream.calls, 'a request was sent'
    note('%d, %d connections: %s' % (status, arrived, message))
    return body


def room(programs, upstream):
    stage = Stage(programs)
    stage.point_to(upstream)
    return stage


def a_company_that_is_trusted(programs):
    with Stage(programs) as stage:
        authority = Authority(os.path.join(stage.root, 'company'))
        with SecureUpstream(authority.serve(*NOW)) as upstream:
            stage.point_to(upstream)
            stage.environment['JUMPSEAT_CA_FILE'] = authority.path('ca.pem')
            stage.start()
            for stream in (False, True):
                status, body = stage.ask(question(stream=stream))
                assert status == 200, (status, body)


def a_company_that_is_not_trusted(programs):
    with Stage(programs) as stage:
        authority = Authority(os.path.join(stage.root, 'company'))
        with SecureUpstream(authority.serve(*NOW)) as upstream:
            stage.point_to(upstream)
            refused(stage, upstream, 'certificate of "localhost" is not trusted')


def a_certificate_of_the_past(programs):
    with Stage(programs) as stage:
        authority = Authority(os.path.join(stage.root, 'company'))
        with SecureUpstream(authority.serve(*PAST)) as upstream:
            stage.point_to(upstream)
            stage.environment['JUMPSEAT_CA_FILE'] = authority.path('ca.pem')
            refused(stage, upstream, 'certificate', 'expired')


def a_certificate_of_somebody_else(programs):
    with Stage(programs) as stage:
        authority = Authority(os.path.join(stage.root, 'company'))
        with SecureUpstream(authority.serve(*NOW), '127.0.0.1') as upstream:
            stage.point_to(upstream)
            stage.environment['JUMPSEAT_CA_FILE'] = authority.path('ca.pem')
            refused(stage, upstream, 'certificate of "127.0.0.1" is not trusted')


def a_file_that_is_no_certificate(programs):
    with Stage(programs) as stage:
        authority = Authority(os.path.join(stage.root, 'company'))
        with SecureUpstream(authority.serve(*NOW)) as upstream:
            stage.point_to(upstream)
            file = os.path.join(stage.root, 'later.pem')
            stage.environment['JUMPSEAT_CA_FILE'] = file
            refused(stage, upstream, 'upstream.ca_file', 'later.pem')
            for text in ('hello', '-----BEGIN CERTIFICATE-----\nhello\n-----END CERTIFICATE-----\n'):
                with open(file, 'w', encoding='utf-8') as other:
                    other.write(text)
                stage.run('refresh')
                status, body = ask(stage)
                assert status >= 500 and 'upstream.ca_file' in body['error']['message'], body
            assert not upstream.calls


def a_file_that_comes_later(programs):
    with Stage(programs) as stage:
        authority = Authority(os.path.join(stage.root, 'company'))
        with SecureUpstream(authority.serve(*NOW)) as upstream:
            stage.point_to(upstream)
            file = os.path.join(stage.root, 'later.pem')
            stage.environment['JUMPSEAT_CA_FILE'] = file
            refused(stage, upstream, 'upstream.ca_file')
            os.rename(authority.path('ca.pem'), file)
            stage.run('refresh')
            wait_until(lambda: ask(stage)[0] == 200, 'the file is read')


def has_six():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(('::1', 0))
        return any(row[4][0] == '::1' for row in socket.getaddrinfo('localhost', 80))
    except OSError:
        return False


def a_computer_with_ipv6_alone(programs):
    if not has_six():
        note('skipped: here "localhost" is not ::1')
        return
    with SixUpstream() as upstream, room(programs, upstream) as stage:
        stage.start()
        for stream in (False, True):
            status, body = stage.ask(question(stream=stream))
            assert status == 200, (status, body)


def a_name_that_nobody_knows(programs):
    with Stage(programs) as stage:
        stage.environment['JUMPSEAT_GITHUB_URL'] = 'https://github.invalid'
        stage.environment['JUMPSEAT_GITHUB_API_URL'] = 'https://api.github.invalid'
        stage.environment['JUMPSEAT_GITHUB_TOKEN'] = 'gho_' + 'x' * 36
        stage.environment['GIO_USE_PROXY_RESOLVER'] = 'dummy'
        Desk.start(stage)
        status, body = ask(stage)
        assert status in (502, 503), (status, body)
        assert 'could not resolve host "api.github.invalid"' in body['error']['message'], body


if __name__ == '__main__':
    main([a_company_that_is_trusted, a_company_that_is_not_trusted, a_certificate_of_the_past,
          a_certificate_of_somebody_else, a_file_that_is_no_certificate, a_file_that_comes_later,
          a_computer_with_ipv6_alone, a_name_that_nobody_knows])
