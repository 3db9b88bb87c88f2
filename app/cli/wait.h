/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* Runs the main loop until one asynchronous call is done: commands do one thing after the other.
 * A limit cancels the call. */

typedef struct
{
  GCancellable *cancellable; /* (owned) hand it to the call */
  GAsyncResult *result;      /* (owned) (nullable) */
  guint limit_id;
} JumpWait;

void jump_wait_init (JumpWait *self, guint limit_seconds);
void jump_wait_clear (JumpWait *self);
void jump_wait_on_done (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *jump_wait_for_result (JumpWait *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpWait, jump_wait_clear)
