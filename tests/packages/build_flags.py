# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The compiler's flags of every package that is compiled to be tried, not handed out."""

import os
import shutil
import subprocess

CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def build_flags(sources):
    """Variables with which a build in @sources compiles as the Debian package does. One that has them is spared what
    another has compiled, where scripts/packages has a cache for its run."""
    flags = '-g -O2'
    if shutil.which('dpkg-buildflags'):
        flags = ' '.join(subprocess.run(['dpkg-buildflags', '--get', name], cwd=CHECKOUT, check=True,
                                        env=dict(os.environ, DEB_BUILD_MAINT_OPTIONS='hardening=+all'),
                                        stdout=subprocess.PIPE, text=True).stdout.strip()
                         for name in ('CFLAGS', 'CPPFLAGS'))
        # it names the folder that it is asked in
        flags = flags.replace('=%s=' % os.path.realpath(CHECKOUT), '=%s=' % sources)
    return {'CFLAGS': flags, 'CPPFLAGS': '', 'LDFLAGS': ''}
