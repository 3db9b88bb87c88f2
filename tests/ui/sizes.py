# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""The same scene on a small screen, and with all that is special: big text, right to left, contrast."""

from studio import SPECIAL

KINDS = {'narrow': '800x600', **{kind: '1100x760' for kind in SPECIAL}}


def in_all_sizes(name, shoot):
    """Scenes that call @shoot (programs, folder, kind, size)."""
    def scene_of(kind):
        def scene(programs, folder, theme):
            if theme == 'light':  # once is enough
                shoot(programs, folder, kind, KINDS[kind])
        scene.__name__ = '%s_%s' % (name, kind.replace('-', '_'))
        return scene
    return [scene_of(kind) for kind in KINDS]
