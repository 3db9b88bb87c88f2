/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What people were told and need not hear again, kept from one start to the next: a small key file
 * in the data folder. */

typedef struct _JumpToldBefore JumpToldBefore;

/* @path: (nullable): NULL remembers for this run only */
JumpToldBefore *jump_told_before_new (const char *path);
void jump_told_before_free (JumpToldBefore *self);
/* Returns: (transfer full) (nullable): what was told of that name last */
char *jump_told_before_get (JumpToldBefore *self, const char *name);
void jump_told_before_set (JumpToldBefore *self, const char *name, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpToldBefore, jump_told_before_free)
