/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* A string that is wiped when the last reference goes. Never put one into a property, a log line
 * or an argument vector; peek only to hand it to the wire or to the secret store. */

typedef struct _JumpSecretText JumpSecretText;

JumpSecretText *jump_secret_text_new (const char *text);
JumpSecretText *jump_secret_text_new_take (char *text);
JumpSecretText *jump_secret_text_ref (JumpSecretText *self);
void jump_secret_text_unref (JumpSecretText *self);
const char *jump_secret_text_peek (const JumpSecretText *self);
gboolean jump_secret_text_equal (const JumpSecretText *self, const char *other);

void jump_secret_wipe (void *memory, gsize length);
void jump_secret_free (char *text);
gboolean jump_secret_equal (const char *a, const char *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpSecretText, jump_secret_text_unref)
