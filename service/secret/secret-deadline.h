/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"

#include <gio/gio.h>

/* Puts a time limit on one asynchronous call: a cancellable that also follows the caller's own. */

typedef struct
{
  JumpClock *clock;          /* (owned) */
  GCancellable *cancellable; /* (owned): hand this to the call */
  GCancellable *outer;       /* (owned) (nullable) */
  gulong outer_handler;
  guint alarm;
  guint seconds;
  gboolean has_expired;
} JumpSecretDeadline;

JumpSecretDeadline *jump_secret_deadline_new (JumpClock *clock, guint seconds, GCancellable *outer);
void jump_secret_deadline_free (JumpSecretDeadline *self);
/* A call that failed because time ran out says so, instead of "cancelled". */
void jump_secret_deadline_explain (JumpSecretDeadline *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpSecretDeadline, jump_secret_deadline_free)
