# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Builds, starts and stops what the benchmark compares."""

import atexit
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT_SECONDS = 30

NGINX = '''
daemon off;
master_process off;
pid {place}/nginx.pid;
error_log stderr crit;
worker_rlimit_nofile 16384;
events {{ worker_connections 8192; }}
http {{
  access_log off;
  client_body_temp_path {place}/body;
  proxy_temp_path {place}/proxy;
  fastcgi_temp_path {place}/fastcgi;
  uwsgi_temp_path {place}/uwsgi;
  scgi_temp_path {place}/scgi;
  keepalive_requests 100000000;
  client_max_body_size 0;
  client_body_buffer_size 8m;
  upstream up {{
    server 127.0.0.1:{upstream};
    keepalive 4096;
    keepalive_requests 100000000;
  }}
  server {{
    listen 127.0.0.1:{port}{listen};
    {server}
    location / {{
      proxy_pass {scheme}://up;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host localhost;
      proxy_buffering off;
      proxy_read_timeout 300s;
      {location}
    }}
  }}
}}
'''


def free_port():
    with socket.socket() as sock:
        sock.bind(('127.0.0.1', 0))
        return sock.getsockname()[1]


def answers(port, path='/', method='GET', body=b''):
    """Returns the status of one request on a new connection, or None."""
    head = '%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n' % (method, path, port)
    if body:
        head += 'Content-Type: application/json\r\nContent-Length: %d\r\n' % len(body)
    try:
        with socket.create_connection(('127.0.0.1', port), timeout=10) as sock:
            sock.sendall(head.encode() + b'\r\n' + body)
            reply = sock.recv(65536)
    except OSError:
        return None
    match = re.match(rb'HTTP/1\.[01] (\d+)', reply)
    return int(match.group(1)) if match else None


SMALL_QUESTION = (b'{"model":"gpt-4.1","stream":false,'
                  b'"messages":[{"role":"user","content":"hello"}]}')


def asks(program):
    """Returns the status of one small question."""
    return answers(program.port, program.path, 'POST', SMALL_QUESTION)


class Program:
    """One process that is measured, or that the measured ones need."""

    def __init__(self, name, command, port, env=None, path='/v1/chat/completions', cwd=None):
        self.name = name
        self.command = command
        self.port = port
        self.env = {'PATH': os.environ['PATH'], 'LANG': 'C', **(env or {})}
        self.path = path
        self.cwd = cwd
        self.process = None
        self.log = None
        atexit.register(self.stop)

    def spawn(self):
        self.log = open(os.path.join(self.cwd, self.name + '.log'), 'ab')
        self.process = subprocess.Popen(self.command, env=self.env, cwd=self.cwd,
                                        stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=subprocess.STDOUT)

    def start(self, ready=None):
        self.spawn()
        ready = ready or (lambda: asks(self) == 200)
        end = time.monotonic() + LIMIT_SECONDS
        while not ready():
            if self.process.poll() is not None or time.monotonic() > end:
                with open(self.log.name, errors='replace') as log:
                    sys.exit('bench: %s does not answer:\n%s' % (self.name, log.read()[-2000:]))
            time.sleep(0.02)
        return self

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
        self.log.close()

    def first_answer_ms(self):
        """Starts it and asks at once, again and again, until an answer comes."""
        begin = time.perf_counter()
        self.spawn()
        while asks(self) != 200:
            if time.perf_counter() - begin > LIMIT_SECONDS:
                sys.exit('bench: %s never answered' % self.name)
            time.sleep(0.0005)
        return (time.perf_counter() - begin) * 1000

    def status_sum(self, pattern):
        """Adds up the numbers of one row of /proc/PID/task/*/status."""
        total = 0
        folder = '/proc/%d/task' % self.process.pid
        for task in os.listdir(folder):
            with open('%s/%s/status' % (folder, task)) as file:
                match = re.search(pattern + r':\s+(\d+)', file.read())
                total += int(match.group(1)) if match else 0
        return total

    def rss_kb(self):
        with open('/proc/%d/status' % self.process.pid) as file:
            return int(re.search(r'VmRSS:\s+(\d+)', file.read()).group(1))

    def wake_ups(self):
        return self.status_sum('voluntary_ctxt_switches')


class Workshop:
    """A folder for everything that is made while measuring, and the programs made in it."""

    def __init__(self, place, build):
        self.place = os.path.abspath(place)
        self.build = os.path.abspath(build)
        os.makedirs(self.place, exist_ok=True)
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit[1], limit[1]))

    def path(self, *names):
        return os.path.join(self.place, *names)

    def folder(self, *names):
        path = self.path(*names)
        os.makedirs(path, mode=0o700, exist_ok=True)
        return path

    def run(self, *command, **options):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.place, **options)

    def make_certificates(self):
        """A certificate authority of this run, and a certificate for localhost."""
        def openssl(*words):
            self.run('openssl', *words, stderr=subprocess.DEVNULL)
        key = ('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes')
        openssl('req', '-x509', *key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2',
                '-subj', '/CN=Bench CA')
        openssl('req', *key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
        with open(self.path('server.ext'), 'w') as file:
            file.write('subjectAltName=DNS:localhost,IP:127.0.0.1\n')
        openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key',
                '-CAcreateserial', '-days', '2', '-extfile', 'server.ext', '-out', 'server.pem')

    def upstream(self, api_url=None):
        port = free_port()
        binary = os.path.join(self.build, 'tests', 'bench', 'bench-upstream')
        command = [binary, str(port)] + ([api_url] if api_url else [])
        return Program('upstream', command, port, cwd=self.place, path='/chat/completions')

    def nginx(self, name, upstream, scheme='http', listen='', server='', location=''):
        port = free_port()
        place = self.folder(name)
        with open(self.path(name, 'nginx.conf'), 'w') as file:
            file.write(NGINX.format(place=place, port=port, upstream=upstream, scheme=scheme,
                                    listen=listen, server=server, location=location))
        binary = shutil.which('nginx') or '/usr/sbin/nginx'
        command = [binary, '-p', place, '-c', os.path.join(place, 'nginx.conf'), '-e', 'stderr']
        return Program(name, command, port, cwd=self.place, path='/chat/completions')

    def tls_front(self, upstream):
        server = 'ssl_certificate %s; ssl_certificate_key %s;' % (
            self.path('server.pem'), self.path('server.key'))
        return self.nginx('tls-front', upstream, listen=' ssl', server=server)

    def nginx_to_tls(self, front):
        location = ('proxy_ssl_verify on; proxy_ssl_trusted_certificate %s; '
                    'proxy_ssl_name localhost;' % self.path('ca.pem'))
        return self.nginx('nginx-tls', front, scheme='https', location=location)

    def go(self, name, url):
        binary = self.path('reverse-proxy')
        if not os.path.exists(binary):
            env = {**os.environ, 'GO111MODULE': 'off', 'CGO_ENABLED': '0'}
            self.run('go', 'build', '-o', binary, os.path.join(HERE, 'reverse-proxy.go'), env=env)
        port = free_port()
        return Program(name, [binary, '127.0.0.1:%d' % port, url], port, cwd=self.place,
                       path='/chat/completions', env={'SSL_CERT_FILE': self.path('ca.pem')})

    def jumpseat(self, name, github, copilot, ca_file=None):
        port = free_port()
        home = self.folder(name)
        with open(os.path.join(self.folder(name, 'config'), 'jumpseat.conf'), 'w') as file:
            if ca_file:
                file.write('[upstream]\nca_file=%s\n' % ca_file)
        env = {
            'HOME': home,
            'JUMPSEAT_CONFIG_DIR': os.path.join(home, 'config'),
            'JUMPSEAT_DATA_DIR': self.folder(name, 'data'),
            'XDG_RUNTIME_DIR': self.folder(name, 'runtime'),
            'JUMPSEAT_GITHUB_URL': github,
            'JUMPSEAT_GITHUB_API_URL': github,
            'JUMPSEAT_COPILOT_URL': copilot,
            'JUMPSEAT_GITHUB_TOKEN': 'gho_bench',
            'JUMPSEAT_CONCURRENT': '0',
        }
        command = [os.path.join(self.build, 'app', 'jumpseat'), '--no-gui', '--port', str(port),
                   '--log-level', 'error']
        return Program(name, command, port, env=env, cwd=self.place)

    def copilot_api(self, url):
        """npm's copilot-api in a scratch copy whose addresses are the benchmark's upstream."""
        place = self.folder('copilot-api')
        source = os.path.join(HERE, 'copilot-api')
        lock = os.path.join(place, 'package-lock.json')
        with open(os.path.join(source, 'package-lock.json'), 'rb') as file:
            wanted = file.read()
        have = open(lock, 'rb').read() if os.path.exists(lock) else b''
        if wanted != have or not os.path.isdir(os.path.join(place, 'node_modules')):
            shutil.copy(os.path.join(source, 'package.json'), place)
            shutil.copy(os.path.join(source, 'package-lock.json'), place)
            subprocess.run(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund',
                            '--prefer-offline', '--loglevel=error'], cwd=place, check=True,
                           stdout=subprocess.DEVNULL)
        dist = os.path.join(place, 'node_modules', 'copilot-api', 'dist')
        with open(os.path.join(dist, 'main.js')) as file:
            text = file.read()
        hosts = r'https://(api\.githubcopilot\.com|api\.github\.com|github\.com|aur\.archlinux\.org)'
        with open(os.path.join(dist, 'bench.js'), 'w') as file:
            file.write(re.sub(hosts, url, text))
        port = free_port()
        env = {'HOME': self.folder('copilot-api', 'home'), 'NODE_ENV': 'production'}
        command = ['node', os.path.join(dist, 'bench.js'), 'start', '--port', str(port),
                   '--github-token', 'gho_bench']
        return Program('copilot-api', command, port, env=env, cwd=self.place)
