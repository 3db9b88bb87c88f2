# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The desk of the command line's tests with a screen on it: an X server, a session bus and an
accessibility bus of its own. The program is seen and driven through AT-SPI, as a screen reader does."""

import faulthandler
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, '..', 'cli'))
sys.path.insert(0, os.path.join(HERE, '..', 'program'))

from desk import (CaseFailure, LIMIT, Desk, Process, fetch, free_port, open_stream,  # noqa: E402,F401
                  reason_of, run_cases, visit)
from reports import finding  # noqa: E402
from stage import ALARMS, is_sanitized, note, wait_until  # noqa: E402,F401
from x_server import XServer  # noqa: E402

APP_ID = 'io.github.jumpseat.Jumpseat'
APP_PATH = '/io/github/jumpseat/Jumpseat'
BUS_CONFIG = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><keep_umask/><listen>unix:tmpdir=%(root)s</listen>
<auth>EXTERNAL</auth><servicedir>%(root)s/services</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>'''
A11Y_SERVICES = '/usr/share/dbus-1/services/org.a11y.Bus.service'

def first_line(process, limit=LIMIT):
    """What a helper program tells first (a display number, an address)."""
    ready, _, _ = select.select([process.stdout], [], [], limit)
    assert ready, 'nothing came from %s' % process.args[0]
    return process.stdout.readline().decode().strip()


class ScreenDesk(Desk):
    """A desk whose programs have a display. @size: of the X screen."""

    leaks_of_libraries = ()  # suppressions beside those of tests/lsan.supp

    def __init__(self, programs, size='1280x900', locale='C.UTF-8', **extra):
        super().__init__(programs, **extra)
        self.helpers = []
        build = os.path.dirname(os.path.dirname(os.path.abspath(self.jumpseat)))
        self.environment.update({
            'LANG': locale, 'JUMPSEAT_BUILD_DIR': build, 'GDK_BACKEND': 'x11',
            'GSETTINGS_BACKEND': 'memory', 'NO_AT_BRIDGE': '0',
            'GIO_USE_PROXY_RESOLVER': 'dummy', 'GTK_A11Y': 'atspi',
        })
        self.environment.update(extra)
        if is_sanitized(self.jumpseat):
            supp = os.path.join(self.root, 'lsan.supp')
            shutil.copy(os.path.join(HERE, '..', 'lsan.supp'), supp)
            with open(supp, 'a', encoding='ascii') as file:
                file.writelines('leak:%s\n' % name for name in self.leaks_of_libraries)
            self.environment['LSAN_OPTIONS'] = 'suppressions=%s:print_suppressions=0' % supp
            # Whole frames, because the libraries of the screen have no frame pointers; and few, so that
            # a suppression only covers what a library allocates, and not what we do when it calls us.
            self.environment['ASAN_OPTIONS'] = ':'.join(
                [self.environment.get('ASAN_OPTIONS', 'exitcode=99'),
                 'fast_unwind_on_malloc=0', 'malloc_context_size=10', 'intercept_tls_get_addr=0',
                 'handle_sigtrap=1'])  # what ends the program at a critical message tells where it was
            # GLib's own allocator would hide leaks and stale pointers.
            self.environment['G_SLICE'] = 'always-malloc'
        self.start_display(size)
        self.start_bus()

    def help_with(self, arguments, **options):
        process = subprocess.Popen(arguments, env=self.environment, cwd=self.root,
                                   stdin=subprocess.DEVNULL, **options)
        self.helpers.append(process)
        return process

    def start_display(self, size):
        self.x_server = XServer(size + 'x24', self.environment)
        self.helpers.append(self.x_server.process)
        self.environment['DISPLAY'] = self.x_server.display

    def start_bus(self):
        services = self.folder('services')
        if os.path.exists(A11Y_SERVICES):
            os.symlink(A11Y_SERVICES, os.path.join(services, 'org.a11y.Bus.service'))
        config = os.path.join(self.root, 'bus.conf')
        with open(config, 'w', encoding='utf-8') as file:
            file.write(BUS_CONFIG % {'root': self.root})
        bus = self.help_with(['dbus-daemon', '--config-file=' + config, '--print-address',
                              '--nofork', '--nopidfile'],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = first_line(bus)

    def open(self, *arguments):
        """The program with its window."""
        process = self.spawn(*arguments)
        process.wait_for('  Health ')
        return process

    def screenshot(self, path):
        subprocess.run(['import', '-window', 'root', '-strip', path], env=self.environment,
                       check=True, timeout=LIMIT)

    def act(self, action, parameter=None, app_id=APP_ID):
        """Activates one of the program's actions over the bus. @parameter: as GVariant text."""
        given = '[]' if parameter is None else '[<%s>]' % parameter
        path = '/' + app_id.replace('.', '/')
        subprocess.run(['gdbus', 'call', '--session', '--timeout', str(LIMIT), '-d', app_id, '-o', path, '-m',
                        'org.gtk.Actions.Activate', action, given, '{}'],
                       env=self.environment, check=True, timeout=LIMIT,
                       stdout=subprocess.DEVNULL)

    def type(self, *keys):
        subprocess.run(['xdotool', 'key', '--delay', '20', *keys], env=self.environment, check=True,
                       timeout=LIMIT)

    def finish(self, process):
        """Quits as a person does; no sanitizer may have anything to say."""
        self.act('quit')
        result = self.note(process.end())
        assert finding(result.err) is None, finding(result.err)
        assert result.code == 0, result
        assert not ALARMS.search(result.err), result
        return result

    def tell_of_programs(self):
        """How they are when something went wrong."""
        for process in self.processes:
            code = process.process.poll()
            note('process %d, %s: %s' % (process.pid, ' '.join(process.process.args[1:]),
                                         'runs' if code is None else 'ended with %d' % code))
            for line in process.err[-5:]:
                note('  ' + line.rstrip()[:300])

    def __exit__(self, *error):
        if error[0] is not None:
            self.tell_of_programs()
        try:
            super().__exit__(*error)
        finally:
            for helper in reversed(self.helpers):
                if helper.poll() is None:
                    helper.terminate()
            for helper in self.helpers:
                try:
                    helper.wait(10)
                except subprocess.TimeoutExpired:
                    helper.kill()
                    helper.wait()
                if helper.stdout:
                    helper.stdout.close()
            self.check_sanitizers()

    def check_sanitizers(self):
        """Says which report came, whatever else went wrong because of it."""
        for process in self.processes:
            report = finding(''.join(process.err))
            assert report is None, 'process %d: %s' % (process.pid, report)


class TookTooLong(BaseException):
    """The time of a case is over. Nothing that waits for better times may catch it."""


def limit_time(seconds, told):
    """Has the case fail when it takes longer than @seconds: by an exception that says where it was waiting, or,
    where that does not come through, by an end that writes the stack into @told."""
    def on_alarm(*_arguments):
        signal.alarm(60)  # a callback of GLib may have swallowed this one
        raise TookTooLong('took longer than %d s' % seconds)

    signal.signal(signal.SIGALRM, on_alarm)
    signal.alarm(seconds)
    faulthandler.dump_traceback_later(seconds + 180, exit=True, file=told)


def run_in_child(case, programs, seconds, told):
    """The exit status; what went wrong goes into @told."""
    try:
        os.setpgrp()
        limit_time(seconds, told)
        case(programs)
        return 0
    except BaseException as error:  # noqa: BLE001: told by the parent
        signal.alarm(0)
        told.write(reason_of(error).encode(errors='replace'))
        return 1
    finally:
        sys.stdout.flush()
        told.flush()


def run_screen_cases(cases, programs, limit=120):
    """run_cases(), each case in a process of its own: AT-SPI knows one bus for a process's whole life.
    @limit: seconds for one case, more under sanitizers."""
    def alone(case):
        def run(given):
            with tempfile.TemporaryFile() as told:
                child = os.fork()
                if child == 0:
                    os._exit(run_in_child(case, given, limit * patience(given), told))
                _, status = os.waitpid(child, 0)
                told.seek(0)
                reason = told.read().decode(errors='replace')
            if status != 0:
                end_group(child)
                raise CaseFailure(reason + describe_end(status, bool(reason)))
        run.__name__ = case.__name__
        return run

    return run_cases([alone(case) for case in cases], programs)


def end_group(leader):
    """What a case left behind that could not clean up."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass


def describe_end(status, has_reason):
    if os.WIFSIGNALED(status):
        return '\nthe case was ended by signal %d' % os.WTERMSIG(status)
    return '' if has_reason else 'the case ended with status %d and said nothing' % os.WEXITSTATUS(status)


def main(cases, limit=120):
    """What each program of tests/ui does: JUMPSEAT SIMULATOR_PROGRAM [WORD of a case's name]."""
    chosen = [case for case in cases if len(sys.argv) < 4 or sys.argv[3] in case.__name__]
    sys.exit(1 if run_screen_cases(chosen, sys.argv[1:3], limit) else 0)


def patience(programs):
    return 4 if is_sanitized(programs[0]) else 1


def settle(seconds):
    """For pictures only: an animation has no end that could be waited for."""
    time.sleep(seconds)
