/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/autostart.h"

G_DEFINE_INTERFACE (JumpAutostart, jump_autostart, G_TYPE_OBJECT)

static void
jump_autostart_default_init (JumpAutostartInterface *iface)
{
  /**
   * JumpAutostart::changed:
   *
   * Whether it is on is another answer now.
   */
  g_signal_new ("changed",
                JUMP_TYPE_AUTOSTART,
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
}

/**
 * jump_autostart_get_is_on:
 * @self: the desktop's way
 *
 * Returns: whether the next login starts Jumpseat, as far as can be known
 */
gboolean
jump_autostart_get_is_on (JumpAutostart *self)
{
  return JUMP_AUTOSTART_GET_IFACE (self)->get_is_on (self);
}

/**
 * jump_autostart_set_is_on_async:
 * @self: the desktop's way
 * @is_on: what is wanted
 * @cancellable: (nullable): to give up
 * @callback: called when the desktop has done it, or will not; it may ask the user first
 * @user_data: for @callback
 */
void
jump_autostart_set_is_on_async (JumpAutostart *self,
                                gboolean is_on,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  JUMP_AUTOSTART_GET_IFACE (self)->set_is_on_async (self, is_on, cancellable, callback, user_data);
}

/**
 * jump_autostart_set_is_on_finish:
 * @self: the desktop's way
 * @result: what the callback got
 * @error: JUMP_ERROR_STORE, JUMP_ERROR_FORBIDDEN when the user or the desktop says no,
 *   JUMP_ERROR_UNAVAILABLE when the desktop cannot do this
 *
 * Returns: whether it is as was wanted
 */
gboolean
jump_autostart_set_is_on_finish (JumpAutostart *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
