/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The names of what was changed on the way, each once, in order: "model", "tools-renamed" … They go
 * to the log, the record and the X-Jumpseat-Changes header. */

typedef struct
{
  GString *names; /* (owned) (nullable): comma-separated; NULL: none so far */
} JumpChanges;

void jump_changes_clear (JumpChanges *self);
/* @name: lower case words joined by dashes; may hold ":" and a detail behind */
void jump_changes_add (JumpChanges *self, const char *name);
/* @prefix: and @name, as in "dropped:" "logit_bias" */
void jump_changes_add_detail (JumpChanges *self, const char *prefix, const char *name);
/* @names: comma-separated */
void jump_changes_add_all (JumpChanges *self, const char *names);
/* Never NULL. */
const char *jump_changes_get (const JumpChanges *self);
/* Returns: (transfer full): "" for none */
char *jump_changes_steal (JumpChanges *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpChanges, jump_changes_clear)
