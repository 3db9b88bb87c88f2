# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Where the version stands. meson.build has it; what repeats it for tools that cannot ask meson is listed here,
for the check (check-version) and for what changes it (scripts/version)."""

import fnmatch
import os
import re

SOURCE = 'meson.build'
SOURCE_PATTERN = r"^  version: '([^']+)',$"
SEMVER = re.compile(r'(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?')

# What the version looks like there: a pre-release comes before the release in each world's own way.
PLAIN = 'plain'    # 1.2.3-rc.1
TILDE = 'tilde'    # 1.2.3~rc.1: dpkg, rpm
ARCH = 'arch'      # 1.2.3rc.1: pacman allows no hyphen
NUMBERS = 'numbers'  # 1.2.3.0: Windows

# Lists whose newest entry is the version: file pattern, first match counts, form, whether it has to be there.
ENTRIES = [
    ('data/io.github.jumpseat.Jumpseat.metainfo.xml.in', r'<release version="([^"]+)"', PLAIN, True),
    ('CHANGELOG.md', r'^## \[([^\]]+)\] – ', PLAIN, True),
    ('packages/debian/changelog', r'^jumpseat \(([^)]+?)(?:-\d[^-)]*)?\)', TILDE, True),
    ('packages/rpm/*.spec', r'^\* \w+ \w+ \d+ \d+ .* - (\S+?)(?:-\d+)?$', TILDE, True),
]
# Files with a single place that have to be there.
NEEDED = ('packages/rpm/*.spec', 'packages/arch/PKGBUILD')
# Single places, each of which has to be the version: file pattern, pattern, form.
PLACES = [
    ('packages/rpm/*.spec', r'^Version:\s*(\S+)$', TILDE),
    ('packages/arch/PKGBUILD', r'^pkgver=(\S+)$', ARCH),
    ('packages/arch/.SRCINFO', r'^\tpkgver = (\S+)$', ARCH),
    ('packages/*', r'org\.opencontainers\.image\.version[= "]+([^"\s$]+)', PLAIN),
    ('packages/*', r'\bjumpseat:(\d[^\s"\']*)', PLAIN),
    ('windows/*', r'^PackageVersion:\s*(\S+)$', PLAIN),
    ('windows/*', r'releases/download/v([^/\s]+)/', PLAIN),
    ('packages/*', r'\bjumpseat-(\d+\.\d+\.\d+[^\s"\']*?)\.tar\.xz', PLAIN),
    ('packages/*', r'releases/download/v(\d[^/\s]*)/', PLAIN),
    ('flatpak/*', r'^\s*tag:\s*v(\d\S*)$', PLAIN),
    ('windows/*', r'\bjumpseat-(\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+?)?)-(?:setup|portable|windows|x86_64|x64)', PLAIN),
    ('windows/*', r'(?i)(?:file|product)version\b[ ="]+(\d+[.,]\d+[.,]\d+[.,]\d+)', NUMBERS),
]


def shape(version, form):
    """@version in the form that a place wants."""
    if form == TILDE:
        return version.replace('-', '~', 1)
    if form == ARCH:
        return version.replace('-', '', 1)
    if form == NUMBERS:
        return version.split('-')[0] + '.0'
    return version


def fits(pattern, name):
    return fnmatch.fnmatch(name, pattern)


def project_version(text):
    match = re.search(SOURCE_PATTERN, text, re.MULTILINE)
    if match is None or not SEMVER.fullmatch(match.group(1)):
        return None
    return match.group(1)


def line_at(text, offset):
    return text.count('\n', 0, offset) + 1


def newest_entry(text, pattern):
    """The match of a list's first entry that is a version; sections such as [Unreleased] are none."""
    for match in re.finditer(pattern, text, re.MULTILINE):
        if match.group(1)[:1].isdigit():
            return match
    return None


def problems_in(version, files):
    """What does not say @version. @files: {name: text}, all that may repeat it."""
    problems = []
    for pattern, entry, form, is_needed in ENTRIES:
        names = [name for name in files if fits(pattern, name)]
        if is_needed and not names:
            problems.append('%s: is not there' % pattern)
        for name in names:
            match = newest_entry(files[name], entry)
            wanted = shape(version, form)
            if match is None:
                # A list that some tool makes of the history is nobody's to keep.
                if is_needed:
                    problems.append('%s: no entry of a version; expected %s' % (name, wanted))
            elif match.group(1) != wanted:
                problems.append('%s:%d: the newest entry is of %s, meson.build has %s' % (
                    name, line_at(files[name], match.start()), match.group(1), wanted))
    problems += ['%s: is not there' % pattern for pattern in NEEDED
                 if not any(fits(pattern, name) for name in files)]
    for pattern, place, form in PLACES:
        for name in files:
            if not fits(pattern, name):
                continue
            for match in re.finditer(place, files[name], re.MULTILINE):
                found = match.group(1).replace(',', '.')
                if found != shape(version, form) and not re.match(r'[@$<{&%]', found):
                    problems.append('%s:%d: says %s, meson.build has %s' % (
                        name, line_at(files[name], match.start()), match.group(1), shape(version, form)))
    return problems


def candidates(names):
    """Those of @names that may repeat the version."""
    patterns = [row[0] for row in ENTRIES] + [row[0] for row in PLACES]
    return [name for name in names if any(fits(pattern, name) for pattern in patterns)
            and not name.endswith(('.png', '.ico', '.svg', '.bmp')) and not os.path.basename(name) == 'README.md']
