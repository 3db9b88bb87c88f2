/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib-object.h>

/* Writes down what objects emit, so that a test can say: exactly these emissions, in this order,
 * and nothing more. An entry is the signal and its arguments: "changed (3)",
 * "notify::state", "problem (message of the error)". Freeing a log that still holds entries fails the test. */

typedef struct _JumpSignalLog JumpSignalLog;

JumpSignalLog *jump_signal_log_new (void);
void jump_signal_log_free (JumpSignalLog *self);
/* @signal may have a detail, as in "notify::state". Several objects may share a log. */
void jump_signal_log_attach (JumpSignalLog *self, GObject *object, const char *signal);
/* Asserts that exactly these entries came since the last call, and forgets them.
 * @...: strings up to NULL; none at all for "nothing happened". */
void jump_signal_log_assert (JumpSignalLog *self, ...) G_GNUC_NULL_TERMINATED;
guint jump_signal_log_count (JumpSignalLog *self);
void jump_signal_log_clear (JumpSignalLog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpSignalLog, jump_signal_log_free)
