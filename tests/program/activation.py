#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Started by a service manager: sockets that listen already, and what it is told meanwhile. The manager is a
few lines here that do what systemd does before it starts a program."""

import json
import os
import signal
import socket
import sys

from stage import Client, Process, Stage, main, note, question, wait_until

from desk import fetch, free_port

# Binds the places, puts the sockets where they belong, and becomes the program. A session of its own: SIGHUP
# means something else in a terminal.
MANAGER = '''
import fcntl, json, os, signal, socket, sys
places, names, program = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3:]
opened = []
for place in places:
    if place.startswith('/'):
        one = socket.socket(socket.AF_UNIX)
        one.bind(place)
    else:
        address, port = place.rsplit(':', 1)
        kind = socket.SOCK_DGRAM if address.startswith('udp') else socket.SOCK_STREAM
        one = socket.socket(socket.AF_INET, kind)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((address.replace('udp ', ''), int(port)))
    if one.type == socket.SOCK_STREAM:
        one.listen(100)
    opened.append(fcntl.fcntl(one, fcntl.F_DUPFD, 100))
for number, fd in enumerate(opened):
    os.dup2(fd, 3 + number)
    os.close(fd)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(len(opened)), LISTEN_FDNAMES=names)
os.setsid()
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup(1) may have us
os.execv(program[0], program)
'''


class Managed(Stage):
    """A stage whose services get sockets, and where it is heard what they tell."""

    def __init__(self, programs, **extra):
        super().__init__(programs, **extra)
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.ear.bind(os.path.join(self.root, 'notify'))
        self.ear.settimeout(60)
        self.environment['NOTIFY_SOCKET'] = self.ear.getsockname()

    def __exit__(self, *error):
        self.ear.close()
        super().__exit__(*error)

    def activate(self, places, names='', *arguments):
        process = Process(self, (sys.executable, '-c', MANAGER, json.dumps(places), names, self.jumpseat,
                                 '--no-gui', *arguments))
        self.processes.append(process)
        process.process.args = [self.jumpseat]  # what it has become
        return process

    def hear(self, start):
        """The next message that begins so."""
        while True:
            text = self.ear.recv(4096).decode()
            if text.startswith(start):
                return text

    def end(self, process):
        process.signal(signal.SIGTERM)
        self.hear('STOPPING=1')
        assert process.end().code == 0, process.end()


def get(url):
    return fetch(url)[0]


def ask_local(path):
    with socket.socket(socket.AF_UNIX) as one:
        one.settimeout(60)
        one.connect(path)
        one.sendall(b'GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
        return one.recv(100)


def is_closed(port):
    with socket.socket() as probe:
        return probe.connect_ex(('127.0.0.1', port)) != 0


def sockets_win(programs):
    with Managed(programs) as stage:
        port, path = free_port(), os.path.join(stage.root, 'run', 'given.sock')
        stage.write_settings('[server]\nsocket=%s\n' % os.path.join(stage.root, 'run', 'said.sock'))
        service = stage.activate(['127.0.0.1:%d' % port, path], 'main:anything', '--demo')
        told = stage.hear('READY=1')
        assert 'STATUS=OpenAI http://127.0.0.1:%d/v1' % port in told and told.count('\n') == 1, told
        assert 'signed in as demo' in stage.hear('STATUS=')
        assert get('http://127.0.0.1:%d/livez' % port) == 200
        assert b' 200 ' in ask_local(path)
        assert is_closed(stage.port), 'the port of the settings is open'
        assert not os.path.exists(os.path.join(stage.root, 'run', 'said.sock'))
        status = stage.run('status', '--json').json()
        assert status['port'] == port and status['sockets'] == [
            {'name': 'main', 'role': 'main', 'place': '127.0.0.1:%d' % port},
            {'name': 'anything', 'role': 'local', 'place': path}], status
        assert 'Socket from the service manager: 127.0.0.1:%d (main)' % port in stage.run('status').out
        assert any('are not used' in line for line in service.err), service.err
        # Settings that change later move nothing.
        result = stage.run('config', 'set', 'server.port', str(free_port()))
        assert result.code == 0, result
        assert get('http://127.0.0.1:%d/livez' % port) == 200
        stage.end(service)
        assert os.path.exists(path), 'the file of the socket belongs to the manager'


def names_say_what_for(programs):
    with Managed(programs) as stage:
        model, control, ollama = free_port(), free_port(), free_port()
        places = ['127.0.0.1:%d' % port for port in (model, control, ollama)]
        service = stage.activate(places, 'model:control:ollama', '--demo')
        stage.hear('READY=1')
        for port, answers in ((model, (200, 200, 403)), (control, (200, 403, 401)), (ollama, (200, 200, 403))):
            url = 'http://127.0.0.1:%d' % port
            found = tuple(get(url + route) for route in ('/livez', '/v1/models', '/api/status'))
            assert found == answers, (port, found)
        body = json.dumps(question())
        status, text = fetch('http://127.0.0.1:%d/v1/chat/completions' % control, body,
                             headers={'Content-Type': 'application/json'})
        assert status == 403 and 'models have another' in text, text
        # The command line knows where to go.
        assert stage.run('status', '--json').json()['url'].endswith(':%d' % model)
        link = stage.run('dashboard', '--print').out
        assert ':%d/' % control in link, link
        stage.end(service)


def strangers_need_a_key(programs):
    with Managed(programs) as stage:
        port = free_port()
        service = stage.activate(['0.0.0.0:%d' % port], '')
        result = service.end()
        assert result.code == 78, result
        sentence = ('at 0.0.0.0:%d, a socket from the service manager, other computers reach this service, and '
                    'there is no client key' % port)
        assert sentence in result.err and 'ListenStream=127.0.0.1:%d' % port in result.err, result
        assert sentence in stage.hear('STATUS='), 'the manager is told'
        made = stage.run('keys', 'create', 'friend')
        stage.printed.remove(made.out)
        stage.secrets.append(made.out.strip())
        service = stage.activate(['0.0.0.0:%d' % port], '', '--log-level', 'info')
        stage.hear('READY=1')
        assert get('http://127.0.0.1:%d/livez' % port) == 200
        assert any('travel unencrypted' in line for line in service.err), service.err
        stage.end(service)


def useless_sockets_are_refused(programs):
    with Managed(programs) as stage:
        result = stage.activate(['udp 127.0.0.1:%d' % free_port()], 'main').end()
        assert result.code == 78, result
        assert 'file 3 (main) from the service manager is not a listening stream socket' in result.err, result


def settings_are_read_again(programs):
    with Managed(programs) as stage:
        stage.write_settings('[limits]\nhead_bytes=65536\n')
        service = stage.activate(['127.0.0.1:%d' % free_port()], 'main', '--demo')
        stage.hear('READY=1')
        service.signal(signal.SIGHUP)
        told = stage.hear('RELOADING=1')
        assert 'MONOTONIC_USEC=' in told, told
        stage.hear('READY=1')
        stage.write_settings('[limits]\nhead_bytes=nonsense\n')
        service.signal(signal.SIGHUP)
        stage.hear('RELOADING=1')
        stage.hear('READY=1')
        wait_until(lambda: any('the values of before stay in force' in line for line in service.err),
                   'a complaint')
        stage.end(service)


def signs_of_life(programs):
    with Managed(programs, WATCHDOG_USEC='200000') as stage:
        service = stage.activate(['127.0.0.1:%d' % free_port()], 'main', '--demo')
        stage.hear('READY=1')
        for _turn in range(5):
            stage.hear('WATCHDOG=1')
        # None from one that hangs.
        service.signal(signal.SIGSTOP)
        stage.ear.settimeout(0.6)
        try:
            for _turn in range(10):
                stage.hear('WATCHDOG=1')
            raise AssertionError('a stopped program gives signs of life')
        except TimeoutError:
            pass
        stage.ear.settimeout(60)
        service.signal(signal.SIGCONT)
        stage.hear('WATCHDOG=1')
        stage.end(service)


def what_waits_is_answered(programs):
    """Who came before the program had started."""
    with Managed(programs) as stage:
        port = free_port()
        stage.environment['JUMPSEAT_PORT'] = str(port)
        service = stage.activate(['127.0.0.1:%d' % port], 'main', '--demo')
        wait_until(lambda: not is_closed(port), 'the socket is there')
        with Client(stage) as client:
            status, body = client.ask(question())
        assert status == 200 and b'choices' in body, body
        stage.hear('READY=1')
        stage.end(service)
        note('asked while the program was starting')


main([sockets_win, names_say_what_for, strangers_need_a_key, useless_sockets_are_refused,
      settings_are_read_again, signs_of_life, what_waits_is_answered])
