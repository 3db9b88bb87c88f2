# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The Flatpak, built from the real manifest for the runtime that was made here, and installed for a user of its own."""

import json
import os
import shutil
import subprocess
import sys
import time

import yaml

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import runtime  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
CHECKOUT = os.path.abspath(os.path.join(HERE, '..', '..', '..'))
APP_ID = 'io.github.jumpseat.Jumpseat'
MANIFEST = os.path.join(CHECKOUT, 'flatpak', APP_ID + '.yaml')
BUILD_LIMIT = 900  # seconds


def read_manifest():
    with open(MANIFEST, encoding='utf-8') as file:
        return yaml.safe_load(file)


def list_sources():
    """What belongs to the checkout, whatever else lies in its folder."""
    listed = subprocess.run(['git', '-C', CHECKOUT, 'ls-files', '-co', '--exclude-standard'], check=False,
                            capture_output=True, text=True)
    if listed.returncode == 0:
        return [name for name in listed.stdout.splitlines() if os.path.isfile(os.path.join(CHECKOUT, name))]
    return [os.path.relpath(os.path.join(folder, name), CHECKOUT)
            for folder, folders, names in os.walk(CHECKOUT) for name in names
            if not os.path.relpath(folder, CHECKOUT).startswith(('build', '.git', 'node_modules'))]


class Installation:
    """@work: an empty folder. Its programs get .environment, and HOME and XDG_RUNTIME_DIR from the test."""

    def __init__(self, work):
        self.work = work
        self.repository = os.path.join(work, 'repo')
        self.user_dir = os.path.join(work, 'installation')
        self.environment = {'PATH': os.environ['PATH'], 'LANG': 'C.UTF-8', 'FLATPAK_USER_DIR': self.user_dir,
                            'HOME': self.folder('home'), 'XDG_RUNTIME_DIR': self.folder('run'),
                            'XDG_CACHE_HOME': self.folder('cache'),
                            'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent'}

    def folder(self, name):
        path = os.path.join(self.work, name)
        os.makedirs(path, 0o700, exist_ok=True)
        return path

    def call(self, *arguments, limit=120):
        done = subprocess.run(arguments, env=self.environment, capture_output=True, text=True, timeout=limit,
                              check=False, cwd=self.work)
        assert done.returncode == 0, '%s: exit %d\n%s\n%s' % (
            ' '.join(arguments), done.returncode, done.stdout[-4000:], done.stderr[-4000:])
        return done.stdout

    def make_runtime(self):
        """How many packages it has."""
        tree = self.folder('tree')
        begun = time.monotonic()
        number = runtime.make_tree(tree)
        copied = time.monotonic()
        runtime.export(tree, self.repository)
        shutil.rmtree(tree)
        exported = time.monotonic()
        self.call('flatpak', '--user', 'remote-add', '--no-gpg-verify', 'made-here', 'file://' + self.repository)
        self.call('flatpak', '--user', 'install', '-y', '--noninteractive', 'made-here',
                  '%s//%s' % (runtime.NAME, runtime.BRANCH))
        print('# copied in %.0f s, exported in %.0f s, installed in %.0f s' % (
            copied - begun, exported - copied, time.monotonic() - exported), flush=True)
        return number

    def write_manifest(self):
        """The real one on our runtime, which has the libraries that the real one builds. The rest is as it is."""
        manifest = read_manifest()
        sources = self.folder('sources')
        for name in list_sources():
            target = os.path.join(sources, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy2(os.path.join(CHECKOUT, name), target)
        manifest.update({'runtime': runtime.NAME, 'sdk': runtime.NAME, 'runtime-version': runtime.BRANCH,
                         'appstream-compose': False, 'build-options': {'no-debuginfo': True, 'strip': True}})
        manifest['modules'] = [module for module in manifest['modules'] if module['name'] == 'jumpseat']
        manifest['modules'][0]['sources'] = [{'type': 'dir', 'path': sources}]
        # it would be stripped anyhow
        manifest['modules'][0]['config-opts'].append('-Ddebug=false')
        path = os.path.join(self.work, APP_ID + '.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(manifest, file, indent=1)
        return path

    def build(self):
        # it lets ninja wait while the machine has more than twice so many processes to run
        jobs = 4 * (os.cpu_count() or 1)
        self.call('flatpak-builder', '--user', '--jobs=%d' % jobs, '--disable-rofiles-fuse',
                  '--disable-updates', '--force-clean', '--repo=' + self.repository,
                  '--state-dir=' + os.path.join(self.work, 'state'), os.path.join(self.work, 'build'), self.write_manifest(), limit=BUILD_LIMIT)

    def install(self):
        self.call('flatpak', '--user', 'install', '-y', '--noninteractive', 'made-here', APP_ID)

    def bundle(self):
        """The file that can be handed on; its size in bytes."""
        path = os.path.join(self.work, 'jumpseat.flatpak')
        self.call('flatpak', 'build-bundle', self.repository, path, APP_ID)
        return os.path.getsize(path)

    def uninstall(self, *options, home):
        """On a bus of its own: with the data go the permissions that portals have kept."""
        self.environment['HOME'] = home
        self.call('dbus-run-session', '--', 'flatpak', '--user', 'uninstall', '-y', '--noninteractive', *options,
                  APP_ID)

    def exported(self):
        """The files that the desktop sees."""
        root = os.path.join(self.user_dir, 'exports', 'share')
        return sorted(os.path.relpath(os.path.join(folder, name), root)
                      for folder, _, names in os.walk(root) for name in names)

    def installed_size(self):
        root = os.path.join(self.user_dir, 'app', APP_ID, 'current', 'active', 'files')
        return sum(os.lstat(os.path.join(folder, name)).st_size
                   for folder, _, names in os.walk(os.path.realpath(root)) for name in names)
