/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gio/gio.h>

/* Whether the desktop starts Jumpseat, with its icon only, when somebody logs in. One file per way:
 * autostart-xdg (a file in the folder of all Linux desktops), autostart-portal (inside Flatpak),
 * autostart-windows (the Run key). */

#define JUMP_TYPE_AUTOSTART (jump_autostart_get_type ())
G_DECLARE_INTERFACE (JumpAutostart, jump_autostart, JUMP, AUTOSTART, GObject)

struct _JumpAutostartInterface
{
  GTypeInterface parent_iface;

  gboolean (*get_is_on) (JumpAutostart *self);
  void (*set_is_on_async) (JumpAutostart *self,
                           gboolean is_on,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
};

/* "changed": it is on now, or off; also when somebody else has done that. */

/* @program: how it is started. Returns: (transfer full): the way of this desktop. Implemented in
 * autostart-unix.c and autostart-windows.c. */
JumpAutostart *jump_autostart_new (const char *program, const JumpPaths *paths);

gboolean jump_autostart_get_is_on (JumpAutostart *self);
void jump_autostart_set_is_on_async (JumpAutostart *self,
                                     gboolean is_on,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
jump_autostart_set_is_on_finish (JumpAutostart *self, GAsyncResult *result, GError **error);
