# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""A Flatpak runtime, at once the SDK, made of the files that this machine's Debian packages have installed: what
stands in for org.gnome.Platform where that cannot be fetched. Copying what is there takes seconds, and no network;
a bootstrap of its own would take minutes."""

import os
import re
import shutil
import subprocess

NAME, BRANCH = 'io.github.jumpseat.TestPlatform', '12'
# What the program is built with and runs on; the rest comes by their dependencies.
PACKAGES = '''gcc libc6-dev meson ninja-build pkg-config gettext libgtk-3-dev gtk-update-icon-cache libgtksourceview-4-dev
libayatana-appindicator3-dev libqrencode-dev libsoup-3.0-dev libcurl4-openssl-dev libjson-glib-dev libsqlite3-dev
libzstd-dev libbrotli-dev libsecret-1-dev glib-networking ca-certificates adwaita-icon-theme hicolor-icon-theme
librsvg2-common desktop-file-utils appstream shared-mime-info libglib2.0-bin fonts-dejavu-core bash dash coreutils sed grep
findutils tar gzip diffutils'''.split()
# Drivers and databases that no test looks at, and of no use in a sandbox.
LEFT_OUT = {'dpkg', 'adduser', 'passwd', 'systemd', 'init-system-helpers', 'libgl1-mesa-dri', 'libllvm15', 'debconf',
            'perl-modules-5.36', 'perl', 'libperl5.36', 'libvulkan-dev', 'fonts-urw-base35', 'libicu-dev', 'libpam-modules',
            'libpam-systemd', 'dbus'}
SKIPPED = re.compile(r'^usr/(share/(doc|man|info|locale|lintian|help|gir-1\.0|gtk-doc|vala|bash-completion|bug)/'
                     r'|games|src|lib/(systemd|udev)/'
                     r'|share/icons/Adwaita/cursors/|bin/[^/]*lto-dump'
                     r'|lib/([^/]+|gcc/[^/]+/[^/]+)/(lto1|cc1plus|lib([atl]|ub)san))'
                     r'|^(var|boot|dev|proc|sys|run|tmp|root|home)/')
LARGE_ARCHIVE = 100000  # bytes; smaller static libraries are parts of the C library
# Written when packages are installed, and so owned by none of them. Paths in them are those of the sandbox.
GENERATED = ('usr/share/mime', 'etc/ssl/certs', 'etc/alternatives',
             'usr/lib/{arch}/gdk-pixbuf-2.0/2.10.0/loaders.cache', 'usr/lib/{arch}/gio/modules/giomodule.cache',
             'usr/lib/{arch}/gtk-3.0/3.0.0/immodules.cache')
ALTERNATIVES = ('usr/bin/cc', 'usr/bin/awk', 'usr/bin/sh')
# Where Flatpak puts the program's own libraries.
LD_CONF = '''/app/lib
include /run/flatpak/ld.so.conf.d/app-*-*.conf
include /usr/etc/ld.so.conf.d/*.conf
include /run/flatpak/ld.so.conf.d/runtime-*-*.conf
'''


def read_packages():
    """{name: [names it depends on]} of what is installed; a virtual package leads to those that provide it."""
    listed = subprocess.run(['dpkg-query', '-W', '-f', '${Package}\t${Provides}\t${Pre-Depends}, ${Depends}\t'
                             '${db:Status-Abbrev}\n'], check=True, capture_output=True, text=True).stdout
    depends, provides = {}, {}
    for line in listed.splitlines():
        name, virtual, needed, status = line.split('\t')
        if status.strip() != 'ii':
            continue
        words = [re.sub(r'[:(\s].*', '', word.strip()) for word in re.split(r'[,|]', needed)]
        depends.setdefault(name, []).extend(word for word in words if word)
        for word in virtual.split(','):
            provides.setdefault(re.sub(r'[:(\s].*', '', word.strip()), []).append(name)
    return depends, provides


def find_all(wanted):
    """The packages @wanted and all that they need, as far as they are installed."""
    depends, provides = read_packages()
    missing = [name for name in wanted if name not in depends]
    assert not missing, 'not installed: ' + ' '.join(missing)
    found, waiting = set(), list(wanted)
    while waiting:
        name = waiting.pop()
        if name in found or name in LEFT_OUT:
            continue
        if name not in depends:
            waiting += provides.get(name, [])
            continue
        found.add(name)
        waiting += depends[name]
    return sorted(found)


def list_files(packages):
    listed = subprocess.run(['dpkg-query', '-L', *packages], check=True, capture_output=True, text=True).stdout
    return sorted({line.strip('/') for line in listed.splitlines() if line.startswith('/')})


def place(root, path):
    """Where a file of the machine lies in the runtime: all of it below usr, as on machines whose /lib is a link."""
    return os.path.join(root, path if path.startswith('usr/') else 'usr/' + path)


def copy(root, paths):
    """@paths: without the first slash. tar is many times faster than a loop of ours would be."""
    for target, part in ((root, [path for path in paths if path.startswith('usr/')]),
                         (os.path.join(root, 'usr'), [path for path in paths if not path.startswith('usr/')])):
        os.makedirs(target, exist_ok=True)
        sender = subprocess.Popen(['tar', '-C', '/', '-c', '--no-recursion', '--null', '-T', '-'],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        receiver = subprocess.Popen(['tar', '-C', target, '-x', '--skip-old-files'], stdin=sender.stdout)
        sender.stdout.close()
        sender.stdin.write('\0'.join(part).encode())
        sender.stdin.close()
        assert sender.wait() == 0 and receiver.wait() == 0, 'tar'


def copy_generated(root):
    arch = subprocess.run(['dpkg-architecture', '-qDEB_HOST_MULTIARCH'], capture_output=True, text=True,
                          check=False).stdout.strip() or os.uname().machine + '-linux-gnu'
    paths = [path for path in ALTERNATIVES if os.path.lexists('/' + path)]
    for pattern in GENERATED:
        path = pattern.format(arch=arch)
        if os.path.isdir('/' + path):
            paths += [os.path.join(folder, name).lstrip('/')
                      for folder, _, names in os.walk('/' + path) for name in names]
        elif os.path.exists('/' + path):
            paths.append(path)
    copy(root, paths)
    subprocess.run(['glib-compile-schemas', os.path.join(root, 'usr/share/glib-2.0/schemas')], check=True,
                   stderr=subprocess.DEVNULL)


def is_wanted(path):
    # /bin and /lib themselves are links
    if '/' not in path or not os.path.lexists('/' + path):
        return False
    if path.endswith('.a') and os.path.getsize('/' + path) > LARGE_ARCHIVE and 'libgcc' not in path:
        return False
    return not SKIPPED.match(path + ('/' if os.path.isdir('/' + path) else ''))


def make_tree(root):
    """The runtime's files in @root/usr, its description in @root/metadata. Returns how many packages it is made of."""
    packages = find_all(PACKAGES)
    copy(root, [path for path in list_files(packages) if is_wanted(path)])
    copy_generated(root)
    etc = os.path.join(root, 'usr/etc')
    for name in ('resolv.conf', 'hostname', 'mtab', 'shadow', 'gshadow', 'machine-id'):
        if os.path.lexists(os.path.join(etc, name)):
            os.unlink(os.path.join(etc, name))
    with open(os.path.join(etc, 'ld.so.conf'), 'w', encoding='ascii') as file:
        file.write(LD_CONF)
    with open(os.path.join(etc, 'machine-id'), 'w', encoding='ascii'):
        pass
    os.makedirs(os.path.join(root, 'files'), exist_ok=True)  # build-export wants one
    for name in ('passwd', 'group'):
        shutil.copy('/etc/' + name, os.path.join(etc, name))
    with open(os.path.join(root, 'metadata'), 'w', encoding='ascii') as file:
        file.write('[Runtime]\nname=%(name)s\nruntime=%(ref)s\nsdk=%(ref)s\n\n[Environment]\n'
                   'XDG_DATA_DIRS=/app/share:/usr/share:/run/host/user-share:/run/host/share\n'
                   % {'name': NAME, 'ref': reference()})
    return len(packages)


def reference():
    return '%s/%s/%s' % (NAME, os.uname().machine, BRANCH)


def export(tree, repository):
    """Puts the tree into a new repository. bare-user: the files as they are, an installation links to them."""
    subprocess.run(['ostree', '--repo=' + repository, 'init', '--mode=bare-user'], check=True)
    subprocess.run(['flatpak', 'build-export', '--disable-sandbox', '--disable-fsync', '--no-update-summary',
                    '--runtime', repository, tree, BRANCH], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(['flatpak', 'build-update-repo', repository], check=True, stdout=subprocess.DEVNULL)
