/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* One folder of files, some written by hand, the others made by a program and reviewed by a person:
 * the golden ones. A test makes them again and compares; with JUMPSEAT_FIXTURES=write in the
 * environment it writes them where the sources are. Belongs to a test. */

typedef struct _JumpGolden JumpGolden;

/* @folder: an absolute path */
JumpGolden *jump_golden_new (const char *folder);
void jump_golden_free (JumpGolden *self);
gboolean jump_golden_has (const JumpGolden *self, const char *name);
/* Reads a file that was written by hand. Returns: (transfer full) (nullable): NULL: there is none */
GBytes *jump_golden_read (JumpGolden *self, const char *name);
/* Compares @actual with the file or writes it; another content or a missing file fails the test
 * with the lines that differ. */
void jump_golden_check (JumpGolden *self, const char *name, const char *actual);
/* Fails for files that were neither read nor checked: nobody makes them any more. */
void jump_golden_finish (JumpGolden *self);
/* Returns: (transfer full): the lines that only @expected ("-") or only @actual ("+") has, with some
 * around them; "" when both are the same */
char *jump_golden_diff (const char *expected, const char *actual);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpGolden, jump_golden_free)
