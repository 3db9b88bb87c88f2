# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
"""What AT-SPI tells of a window. The bus address is taken at import, so a process sees one desk only:
each program of tests/ui is one desk."""

import os
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))

from desk import LIMIT  # noqa: E402


TRUSTED = 3  # seconds for which a tree that lacks what it should have is believed


class Tree:
    """The accessible tree of one application."""

    def __init__(self, desk, name='jumpseat', limit=LIMIT):
        os.environ.update({key: desk.environment[key]
                           for key in ('DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'XDG_RUNTIME_DIR', 'HOME')})
        os.environ.pop('AT_SPI_BUS_ADDRESS', None)
        import gi
        gi.require_version('Atspi', '2.0')
        from gi.repository import Atspi
        self.Atspi = Atspi
        Atspi.set_timeout(1000 * limit, 1000 * limit)  # its own of less than a second is short on a busy machine
        self.limit = limit
        self.name = name
        self.root = None
        self.wait(self.find_root, 'the application %s' % name)

    def find_root(self):
        desktop = self.Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_name() == self.name:
                self.root = child
                return True
        return False

    def wait(self, condition, what, limit=None):
        """The first true value of @condition; what vanishes while it is read does not count."""
        end = time.monotonic() + (limit or self.limit)
        stale = time.monotonic() + TRUSTED
        while True:
            value = None
            try:
                value = condition()
            except Exception as error:  # noqa: BLE001: GLib.GError of objects that are gone
                if 'atspi' not in repr(error) and 'GError' not in type(error).__name__ and \
                        'Error' not in type(error).__name__:
                    raise
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError('waited in vain: %s\n%s' % (what, self.dump()))
            if time.monotonic() > stale:
                self.forget()
                stale = time.monotonic() + TRUSTED
            time.sleep(0.05)

    def forget(self):
        """Asks for everything anew. AT-SPI keeps what it was told, and when a widget changed in the moment in which
        it was read for the first time, that stays as it was for ever: a list without rows, say."""
        try:
            self.root.clear_cache()
            self.find_root()
        except Exception:  # noqa: BLE001: the program is ending, or there is none yet
            pass

    def walk(self, node=None, depth=0):
        node = node or self.root
        yield depth, node
        for index in range(min(node.get_child_count(), 400)):
            try:
                child = node.get_child_at_index(index)
            except Exception:  # noqa: BLE001: it is gone
                continue
            if child is not None:
                yield from self.walk(child, depth + 1)

    def is_showing(self, node):
        states = node.get_state_set()
        return states.contains(self.Atspi.StateType.SHOWING)

    def called(self, node):
        """What a screen reader calls it: its own name, or that of its label."""
        name = node.get_name()
        if name:
            return name
        for relation in node.get_relation_set():
            if relation.get_relation_type() == self.Atspi.RelationType.LABELLED_BY:
                return relation.get_target(0).get_name() or ''
        return ''

    def all(self, role=None, name=None, contains=None, showing=True, inside=None):
        found = []
        for _, node in self.walk(inside):
            if role is not None and node.get_role_name() != role:
                continue
            if name is not None and self.called(node) != name:
                continue
            text = node.get_name() or ''
            if contains is not None and contains not in text and contains not in self.text(node):
                continue
            if showing and not self.is_showing(node):
                continue
            found.append(node)
        return found

    def find(self, role=None, name=None, contains=None, inside=None, limit=None):
        return self.wait(lambda: (self.all(role, name, contains, inside=inside) or [None])[0],
                         'a %s named %r with %r' % (role, name, contains), limit)

    def gone(self, role=None, name=None, contains=None):
        return self.wait(lambda: not self.all(role, name, contains),
                         'no %s named %r with %r' % (role, name, contains))

    def text(self, node):
        try:
            if node.get_text_iface() is None:
                return ''
            return self.Atspi.Text.get_text(node, 0, -1) or ''
        except Exception:  # noqa: BLE001
            return ''

    def press(self, role, name, inside=None):
        node = self.find(role, name, inside=inside)
        self.do(node)
        return node

    def do(self, node, action=0):
        assert node.get_action_iface() is not None, 'nothing can be done with %r' % node.get_name()
        assert self.Atspi.Action.do_action(node, action)

    def write(self, node, text):
        assert self.Atspi.EditableText.set_text_contents(node, text)

    def choose(self, node, index):
        assert self.Atspi.Selection.select_child(node, index)

    def dump(self, node=None, showing=True):
        lines = []
        try:
            for depth, each in self.walk(node):
                if showing and depth > 1 and not self.is_showing(each):
                    continue
                text = self.text(each)
                lines.append('%s%s %r%s' % ('  ' * depth, each.get_role_name(), each.get_name(),
                                            ' = %r' % text if text and text != each.get_name() else ''))
        except Exception as error:  # noqa: BLE001
            lines.append('(%s)' % error)
        return '\n'.join(lines)

    CONTROLS = ('push button', 'toggle button', 'check box', 'radio button', 'combo box', 'text',
                'password text', 'spin button', 'slider', 'switch', 'entry', 'menu item',
                'check menu item', 'menu', 'page tab', 'list box', 'table', 'tree table')

    def unnamed(self, node=None):
        """Controls that a screen reader could not call anything."""
        bad = []
        for _, each in self.walk(node):
            if each.get_role_name() not in self.CONTROLS or not self.is_showing(each):
                continue
            if not self.called(each) and not each.get_description():
                bad.append(self.path(each))
        return bad

    def path(self, node):
        parts = []
        while node is not None and len(parts) < 7:
            parts.append('%s %r %d' % (node.get_role_name(), node.get_name(),
                                       node.get_index_in_parent()))
            node = node.get_parent()
        return ' < '.join(parts)

    def tab_through(self, desk, limit=150, patience=1):
        """Presses Tab until the focus comes round; returns the set of what had it, as text."""
        from gi.repository import GLib
        seen, order, arrived = set(), [], []

        def on_focus(event, *_):
            if event.detail1 == 1 and event.source is not None:
                arrived.append(event.source)

        listener = self.Atspi.EventListener.new(on_focus)
        listener.register('object:state-changed:focused')
        context = GLib.MainContext.default()
        stalls = 0
        try:
            for _ in range(limit):
                del arrived[:]
                desk.type('Tab')
                end = time.monotonic() + (2 if not order else 0.5) * patience
                while not arrived and time.monotonic() < end:
                    context.iteration(False)
                    time.sleep(0.002)
                if not arrived:
                    # What is told may be late on a busy machine; what is asked is answered when the key was read.
                    self.forget()
                    focused = self.focused()
                    if focused is not None and order and self.path(focused) != order[-1]:
                        arrived.append(focused)
                if not arrived:
                    stalls += 1
                    assert stalls < 3, 'Tab goes no further than %s' % (order or [''])[-1]
                    continue
                stalls = 0
                name = self.path(arrived[-1])
                if order and name == order[0] and len(order) > 2:
                    break
                order.append(name)
                seen.add(name)
        finally:
            listener.deregister('object:state-changed:focused')
        return order

    def focused(self):
        def find():
            return [node for _, node in self.walk()
                    if node.get_state_set().contains(self.Atspi.StateType.FOCUSED)] or [None]
        return self.wait(find, 'the tree')[-1]
