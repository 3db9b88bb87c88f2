/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What one check came to. Pure. Whatever is not well says what to do about it, in one plain sentence
 * that names the command, the setting or the page. */

typedef enum
{
  JUMP_VERDICT_OK,
  JUMP_VERDICT_WARNING, /* works, but somebody should know */
  JUMP_VERDICT_FAILED,
  JUMP_VERDICT_SKIPPED, /* was not tried: found says why */
} JumpVerdictState;

typedef struct
{
  JumpVerdictState state;
  char *found;    /* (owned): no secrets, the home folder as ~ */
  char *remedy;   /* (owned) (nullable): never NULL for a warning or a failure */
  gboolean stops; /* what needs this check is not tried; as a rule whatever has failed */
} JumpVerdict;

/* Returns: (transfer full) */
JumpVerdict *jump_verdict_new_ok (const char *format, ...) G_GNUC_PRINTF (1, 2);
JumpVerdict *jump_verdict_new_warning (const char *remedy, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
JumpVerdict *jump_verdict_new_failed (const char *remedy, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
JumpVerdict *jump_verdict_new_skipped (const char *format, ...) G_GNUC_PRINTF (1, 2);
void jump_verdict_free (JumpVerdict *self);
/* Returns: "ok", "warning", "failed", "skipped" */
const char *jump_verdict_state_to_string (JumpVerdictState state);
/* Returns: (transfer full): @path, with ~ for the home folder */
char *jump_verdict_shorten_path (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpVerdict, jump_verdict_free)
