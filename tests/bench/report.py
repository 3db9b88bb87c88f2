# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The table that the benchmark prints, and the file that keeps the last one."""

import datetime
import os
import platform
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ('jumpseat', 'nginx', 'go', 'copilot-api')

# github-copilot-svcs is not run here. It was measured once with these bodies at so many times
# nginx's processor time per request; the goal of 0.15 of it is written in terms of nginx.
SVCS_PER_NGINX = {'agent-100k': 28, 'agent-1m': 46}


def number(value, unit=''):
    if value is None:
        return '-'
    text = '%.0f' % value if value >= 1000 else '%.1f' % value if value >= 10 else '%.2f' % value
    return text + unit


def ratio(a, b):
    return a / b if a is not None and b else None


class Table:
    def __init__(self):
        self.rows = []

    def add(self, title, values, to_nginx=None, to_go=None, at_most=None):
        """@values: of NAMES. Limits: ratio to nginx, to Go, or the value itself."""
        values = list(values) + [None] * (len(NAMES) - len(values))
        vs_nginx, vs_go = ratio(values[0], values[1]), ratio(values[0], values[2])
        checks = [(vs_nginx, to_nginx, ' nginx'), (vs_go, to_go, ' Go'), (values[0], at_most, '')]
        checks = [check for check in checks if check[1] is not None]
        goal = ', '.join('≤ %g%s' % (limit, of) for _value, limit, of in checks) or '-'
        if not checks or any(check[0] is None for check in checks):
            reached = '-'
        else:
            reached = 'yes' if all(value <= limit for value, limit, _of in checks) else 'NO'
        self.rows.append([title, *(number(value) for value in values), number(vs_nginx),
                          number(vs_go), goal, reached])

    def text(self):
        head = ['metric', 'Jumpseat', 'nginx', 'Go', 'copilot-api', '/ nginx', '/ Go',
                'goal now', 'reached']
        lines = [head] + self.rows
        widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
        out = []
        for n, line in enumerate(lines):
            cells = [cell.ljust(width) if i == 0 else cell.rjust(width)
                     for i, (cell, width) in enumerate(zip(line, widths))]
            out.append('| ' + ' | '.join(cells) + ' |')
            if n == 0:
                out.append('|' + '|'.join('-' * (width + 2) if i == 0 else '-' * (width + 1) + ':'
                                          for i, width in enumerate(widths)) + '|')
        return '\n'.join(out)


def table(bench):
    rows = Table()

    def values(work, field='cpu_us_per_unit', scale=1.0):
        found = [bench.value(work, name, field) for name in NAMES]
        return [value / scale if value is not None else None for value in found]

    def facts(fact, scale=1.0):
        found = [bench.facts.get((fact, name)) for name in NAMES]
        return [value / scale if value is not None else None for value in found]

    rows.add('small request c=1, CPU us', values('small-1'))
    rows.add('small request c=16, CPU us', values('small-16'), 3.5, 0.7)
    rows.add('small request c=128, CPU us', values('small-128'))
    rows.add('small request c=1, p50 us', values('small-1', 'p50_us'))
    rows.add('chunk, 4 streams @20 ms, CPU us', values('streams-4'))
    rows.add('chunk, 200 streams @20 ms, CPU us', values('streams-200'), 1.5, 1.0)
    rows.add('chunk, 1000 streams @100 ms, CPU us', values('streams-1000'), 2.0, 1.0)
    rewritten = bench.value('rewritten-200', 'jumpseat')
    verbatim = bench.value('streams-200', 'jumpseat')
    factor = ratio(rewritten, verbatim)
    rows.add('rewritten (Claude) chunk / verbatim chunk', [factor], at_most=3)
    rows.add('chunk latency p50, 4 streams, us', values('streams-4', 'chunk_p50_us'), 1.5)
    rows.add('chunk latency p99, 4 streams, us', values('streams-4', 'chunk_p99_us'))
    rows.add('chunk latency p50, 200 streams, us', values('streams-200', 'chunk_p50_us'))
    rows.add('first chunk p50, 200 streams, ms', values('streams-200', 'first_p50_us', 1000))
    rows.add('TLS upstream c=16, CPU us', values('tls-16'), 3.5, 0.7)
    for work, title in (('agent-100k', '100 KB'), ('agent-1m', '1 MB')):
        limit = round(0.15 * SVCS_PER_NGINX[work], 1)
        rows.add('%s agent request, CPU us' % title, values(work), limit)
    rows.add('5 MB agent request, CPU us', values('agent-5m'))
    rows.add('memory at 1000 streams, MB', values('streams-1000', 'rss_kb', 1024), None, 0.6)
    rows.add('memory idle, MB', facts('idle-kb', 1024))
    tls = [bench.facts.get(('idle-tls-kb', name)) for name in ('jumpseat-tls', 'nginx-tls', 'go-tls')]
    rows.add('memory idle, TLS ready, MB', [value and value / 1024 for value in tls], at_most=16)
    def lane(name):
        return bench.facts.get(('translation', name))

    for name, title in (('chat>messages', 'chat>Messages'),
                        ('responses>messages', 'Responses>Messages'),
                        ('responses>chat', 'Responses>chat'), ('messages>chat', 'Messages>chat'),
                        ('messages>responses', 'Messages>Responses'),
                        ('chat>ollama-chat', 'chat>Ollama')):
        own = name.split('>')[0]
        rows.add('chunk %s / verbatim %s' % (title, own), [ratio(lane(name), lane(own))], at_most=3)
    rows.add('1 MiB request Messages>chat, CPU ms', [lane('request messages>chat')], at_most=40)
    rows.add('1 MiB request Messages>Responses, CPU ms', [lane('request messages>responses')],
             at_most=40)
    rows.add('1 MiB request Messages, patched, CPU ms', [lane('request messages')])
    rows.add('start to first answer, ms', facts('start'), at_most=60)
    rows.add('wake-ups in 10 s when idle', facts('wakeups'), at_most=0)
    return rows.text()


def version(*command):
    if shutil.which(command[0]) is None and not os.path.exists(command[0]):
        return '-'
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    match = re.search(r'\d+\.\d+(\.\d+)?', done.stdout)
    return match.group(0) if match else '-'


def machine():
    model = 'unknown processor'
    with open('/proc/cpuinfo') as file:
        match = re.search(r'model name\s*:\s*(.*)', file.read())
        if match:
            model = match.group(1)
    return '%d cores (%s), Linux %s' % (os.cpu_count(), model, '.'.join(platform.release().split('.')[:2]))


def write(bench, text):
    with open(os.path.join(HERE, 'copilot-api', 'package.json')) as file:
        peer = re.search(r'"copilot-api": "([^"]+)"', file.read()).group(1)
    versions = 'GLib %s, libsoup %s, libcurl %s, nginx %s, Go %s, node %s, copilot-api %s' % (
        version('pkg-config', '--modversion', 'glib-2.0'),
        version('pkg-config', '--modversion', 'libsoup-3.0'),
        version('pkg-config', '--modversion', 'libcurl'),
        version(shutil.which('nginx') or '/usr/sbin/nginx', '-v'),
        version('go', 'version'), version('node', '--version'), peer)
    trouble = ''.join('- %s\n' % line for line in bench.trouble) or '- none\n'
    with open(os.path.join(HERE, 'RESULTS.md'), 'w') as file:
        file.write(f'''# The last benchmark

Made by `{'make bench QUICK=1' if bench.quick else 'make bench'} WRITE=1` on {datetime.date.today()}; what is measured and how: [README.md](README.md).

- Machine: {machine()}; other work may run beside it, so read the ratios.
- Versions: {versions}.
- Medians of {2 if bench.quick else 5} rounds in turns (copilot-api: {1 if bench.quick else 2}); CPU is user and system time of the program per unit.

{text}

The goals of the agent rows are 0.15 of github-copilot-svcs, which is not run here; it was measured
once at {SVCS_PER_NGINX['agent-100k']} times (100 KB) and {SVCS_PER_NGINX['agent-1m']} times (1 MB) nginx's CPU with the same bodies.
The other goals are ratios to nginx or Go, or the value itself.

Trouble in this run:

{trouble}''')
