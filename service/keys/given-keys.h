/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/secret-text.h"

/* Client keys that somebody else has chosen, such as a container's operator: a file with one key in each line,
 *
 *   # comment
 *   laptop jmp_9f…
 *
 * a name and the key; a line without a name makes the key "default". */

typedef struct
{
  char *name;             /* (owned) */
  JumpSecretText *secret; /* (owned) */
} JumpGivenKey;

void jump_given_key_free (JumpGivenKey *self);

/* Returns: (transfer full) (element-type JumpGivenKey) (nullable): NULL with JUMP_ERROR_SETTINGS, which names
 * the file and the line, no key. */
GPtrArray *jump_given_keys_read (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpGivenKey, jump_given_key_free)
