/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Rows of cells below each other, on a terminal. Pure. */

typedef struct _JumpTextTable JumpTextTable;

/* @sides: for each column 'l' or 'r': where its text begins. */
JumpTextTable *jump_text_table_new (const char *sides);
void jump_text_table_free (JumpTextTable *self);
/* Takes @cell; cells come row by row. NULL is "-". Line ends in it become blanks. */
void jump_text_table_take (JumpTextTable *self, char *cell);
void jump_text_table_add (JumpTextTable *self, const char *cell);
/* Returns: (transfer full): with a line's end behind each row. */
char *jump_text_table_to_text (JumpTextTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpTextTable, jump_text_table_free)
