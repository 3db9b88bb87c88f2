/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The order to write a file, as in "create a file hello.txt with the text good morning". */

typedef struct
{
  char *name;    /* (owned): as the prompt spells it */
  char *content; /* (owned) */
} JumpFileOrder;

/* Returns: FALSE when the prompt orders no file, or not what stands in it; @self is empty then */
gboolean jump_file_order_read (JumpFileOrder *self, const char *prompt);
void jump_file_order_clear (JumpFileOrder *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpFileOrder, jump_file_order_clear)
