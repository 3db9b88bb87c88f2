#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""Every page, dialog and state as a picture, light and dark.

usage: tests/ui/screenshots.py JUMPSEAT SIMULATOR_PROGRAM FOLDER [WORD of a scene's name]

Pictures are for people to look at; a scene that cannot be brought about is an error."""

import importlib
import os
import sys

from studio import DEMO, Studio, some_requests


def demo_pages(programs, folder, theme):
    with Studio(programs, folder, theme) as desk:
        desk.look('--demo')
        some_requests(desk.url)
        for page in ('overview', 'requests', 'models', 'settings'):
            desk.page(page, DEMO)
            desk.shoot(page, 1.5)


def all_scenes():
    """Those of the files beside this one as well."""
    here = os.path.dirname(os.path.abspath(__file__))
    scenes = [demo_pages]
    for name in sorted(os.listdir(here)):
        if name.startswith('scenes_') and name.endswith('.py'):
            scenes += importlib.import_module(name[:-3]).SCENES
    return scenes


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    programs, folder = sys.argv[1:3], os.path.abspath(sys.argv[3])
    os.makedirs(folder, exist_ok=True)
    failed = 0
    for scene in all_scenes():
        if len(sys.argv) > 4 and sys.argv[4] not in scene.__name__:
            continue
        for theme in getattr(scene, 'themes', ('light', 'dark')):
            child = os.fork()
            if child == 0:
                try:
                    scene(programs, folder, theme)
                except BaseException as error:  # noqa: BLE001
                    print('%s, %s: %s' % (scene.__name__, theme, error), file=sys.stderr, flush=True)
                    os._exit(1)
                os._exit(0)
            failed += os.waitpid(child, 0)[1] != 0
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
