# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Where a package is tried: a copy of the sources, a throw-away Debian, and cases that print what they have seen.

    run('deb', Cases, ['build', 'lint', ...])     # the methods of Cases, in their order

Everything happens in a folder of its own and in a mount namespace of its own, so that nothing stays mounted. With
JUMPSEAT_PACKAGE_WORK=FOLDER that folder stays, and words on the command line choose cases: to try one again."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

from journey import CHECKOUT, LIMIT, Journey, note, plain_environment

INSIDE = 'JUMPSEAT_PACKAGE_STAGE'  # says that we are in the namespace already
USER = 10001


def run_command(arguments, **options):
    """Output of a command that has to succeed."""
    done = subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors='replace', check=False, **options)
    assert done.returncode == 0, '%s: exit %d\n%s' % (' '.join(arguments), done.returncode, done.stdout[-6000:])
    return done.stdout


def copy_sources(target):
    """The files of the checkout as they are, without what is built or ignored."""
    listed = subprocess.run(['git', '-C', CHECKOUT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
                            check=False, stdout=subprocess.PIPE).stdout.decode()
    names = [name for name in listed.split('\0') if name] or walk(CHECKOUT)
    for name in names:
        source, copy = os.path.join(CHECKOUT, name), os.path.join(target, name)
        if os.path.lexists(source):
            os.makedirs(os.path.dirname(copy), exist_ok=True)
            shutil.copy2(source, copy, follow_symlinks=False)


def walk(top):
    """Of an unpacked archive, which knows no git."""
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith('build')]
        for name in files:
            yield os.path.relpath(os.path.join(folder, name), top)


def version():
    return run_command([os.path.join(CHECKOUT, 'scripts', 'version')]).strip()


def mirror():
    """Where this machine gets its packages."""
    for name in ('/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'):
        if os.path.exists(name):
            with open(name, encoding='utf-8') as file:
                for line in file:
                    words = line.split()
                    if words[:1] == ['URIs:'] or words[:1] == ['deb']:
                        return next(word for word in words[1:] if '://' in word)
    raise AssertionError('apt has no source')


def make_system(root):
    """A Debian 12 as small as apt allows, as a folder. It gets its packages as this machine does. scripts/packages has
    a place for it, where it is made once and copied."""
    place = os.environ.get('JUMPSEAT_PACKAGE_SYSTEM')
    if not place:
        bootstrap(root)
        return
    kept = os.path.join(place, 'system')
    with open(os.path.join(place, 'lock'), 'w', encoding='ascii') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(kept):
            bootstrap(kept + '.new')
            os.rename(kept + '.new', kept)
    run_command(['cp', '--archive', kept, root])


def bootstrap(root):
    settings = [name for name in sorted(os.listdir('/etc/apt/apt.conf.d')) if 'artifact' in name or 'proxy' in name]
    options = ['--aptopt=' + os.path.join('/etc/apt/apt.conf.d', name) for name in settings]
    run_command(['mmdebstrap', '--quiet', '--variant=minbase', '--format=directory',
                 '--dpkgopt=path-exclude=/usr/share/man/*', '--dpkgopt=path-exclude=/usr/share/doc/*',
                 '--dpkgopt=path-include=/usr/share/doc/jumpseat*', '--dpkgopt=path-include=/usr/share/man/*/jumpseat*',
                 *options, 'bookworm', root, mirror()])
    for name in settings:
        shutil.copy(os.path.join('/etc/apt/apt.conf.d', name), os.path.join(root, 'etc/apt/apt.conf.d'))


class Root:
    """A system in a folder, and programs in it."""

    def __init__(self, path, shared):
        """@shared: a folder of ours that it sees at the same place"""
        self.path = path
        for name in ('proc', 'dev', 'tmp', shared.lstrip('/')):
            os.makedirs(os.path.join(path, name), exist_ok=True)
        run_command(['mount', '-t', 'proc', 'proc', os.path.join(path, 'proc')])
        run_command(['mount', '--bind', '/dev', os.path.join(path, 'dev')])
        run_command(['mount', '--bind', shared, os.path.join(path, shared.lstrip('/'))])
        shutil.copy('/etc/resolv.conf', os.path.join(path, 'etc/resolv.conf'))

    def command(self, *arguments, user=None):
        return ['chroot', *(['--userspec=%d:%d' % (user, user)] if user else []), self.path, *arguments]

    def run(self, *arguments, **variables):
        environment = plain_environment() | {'DEBIAN_FRONTEND': 'noninteractive', 'HOME': '/root', 'TMPDIR': '/tmp'}
        return run_command(self.command(*arguments), env=environment | variables)

    def has(self, name):
        return os.path.lexists(os.path.join(self.path, name.lstrip('/')))


def home_environment(work, name='home'):
    """A user's own folders below @work, for the user of the tests."""
    home = os.path.join(work, name)
    if not os.path.isdir(home):
        os.mkdir(home, 0o700)
        os.chown(home, USER, USER)
    return plain_environment() | {'HOME': home, 'TMPDIR': '/tmp'}


def installed_journey(simulator, root, environment):
    return Journey(simulator, root.command('/usr/bin/jumpseat', user=USER), environment)


def size_of(*paths):
    """MB on disk of files and folders."""
    total = sum(int(line.split()[0]) for line in run_command(['du', '-sk', *paths]).splitlines())
    return total / 1024


def reason_of(error):
    place = traceback.extract_tb(error.__traceback__)[-1]
    return '%s\n%s line %d: %s' % (error, os.path.basename(place.filename), place.lineno, place.line)


def enter(title):
    """Into a mount namespace of our own."""
    if os.geteuid() != 0:
        print('ok 1 - %s # SKIP only root can make a system to install it in' % title)
        sys.exit(0)
    if os.environ.get(INSIDE):
        return
    os.environ[INSIDE] = '1'
    os.execvp('unshare', ['unshare', '--mount', '--propagation', 'private', sys.executable, *sys.argv])


def run(group, cases_type, names, needs_mounts=True, on_demand=()):
    """@names: methods of @cases_type, each returns what was seen. One that fails ends it: the next ones build on it.
    @on_demand: those of them that run only when the command line names them."""
    if needs_mounts:
        enter(group)
    run_command([os.path.join(CHECKOUT, 'scripts', 'setup'), group])
    kept = os.environ.get('JUMPSEAT_PACKAGE_WORK')
    if kept:
        os.makedirs(kept, exist_ok=True)
    work = kept or tempfile.mkdtemp(prefix='jumpseat-%s-' % group)
    names = ([name for name in names if name in sys.argv[1:]] or
             [name for name in names if name not in on_demand])
    os.chmod(work, 0o755)
    begun, failed = time.monotonic(), False
    cases = cases_type(work)
    try:
        for number, name in enumerate(names, 1):
            started = time.monotonic()
            try:
                print('ok %d - %s' % (number, getattr(cases, name)()), flush=True)
            except (AssertionError, OSError, KeyError, ValueError, StopIteration, subprocess.SubprocessError) as error:
                failed = True
                print('not ok %d - %s' % (number, name))
                print('\n'.join('# ' + line for line in reason_of(error).splitlines()), flush=True)
            note('%s: %.1f s' % (name, time.monotonic() - started))
            if failed:
                break
    finally:
        if hasattr(cases, 'close'):
            cases.close(kept)
        for line in reversed(open('/proc/mounts', encoding='utf-8').read().splitlines()):
            if line.split()[1].startswith(work + '/'):
                subprocess.run(['umount', '--lazy', line.split()[1]], check=False)
        if not kept:
            shutil.rmtree(work, ignore_errors=True)
    note('all of it: %.0f s' % (time.monotonic() - begun))
    assert kept or not os.path.exists(work), work
    return 1 if failed else 0


def end(process):
    process.terminate()
    try:
        process.wait(LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
