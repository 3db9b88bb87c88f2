/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/secret/secret-deadline.h"

#include "service/base/error.h"

static void
on_time_passed (gpointer user_data)
{
  JumpSecretDeadline *self = user_data;

  self->alarm = 0;
  self->has_expired = TRUE;
  g_cancellable_cancel (self->cancellable);
}

static void
on_outer_cancelled (GCancellable *outer, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

/**
 * jump_secret_deadline_new:
 * @seconds: from now
 * @outer: (nullable): the caller's
 *
 * Returns: (transfer full): free it when the call has come back, not before
 */
JumpSecretDeadline *
jump_secret_deadline_new (JumpClock *clock, guint seconds, GCancellable *outer)
{
  JumpSecretDeadline *self = g_new0 (JumpSecretDeadline, 1);

  self->clock = g_object_ref (clock);
  self->cancellable = g_cancellable_new ();
  self->seconds = seconds;
  if (outer != NULL)
    {
      self->outer = g_object_ref (outer);
      self->outer_handler = g_cancellable_connect (outer,
                                                   G_CALLBACK (on_outer_cancelled),
                                                   g_object_ref (self->cancellable),
                                                   g_object_unref);
    }
  self->alarm = jump_clock_add_alarm (clock, (guint64) seconds * 1000, on_time_passed, self);
  return self;
}

void
jump_secret_deadline_free (JumpSecretDeadline *self)
{
  if (self == NULL)
    return;
  jump_clock_clear_alarm (self->clock, &self->alarm);
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_handler);
  g_clear_object (&self->outer);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  g_free (self);
}

void
jump_secret_deadline_explain (JumpSecretDeadline *self, GError **error)
{
  if (!self->has_expired || error == NULL ||
      !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (error);
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_STORE,
               "the secret service did not answer within %u s",
               self->seconds);
}
