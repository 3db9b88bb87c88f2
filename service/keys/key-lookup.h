/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/keys/client-key-private.h"

/* Looking through the keys. @keys: (element-type JumpClientKey), everywhere; keys that are found are
 * (transfer none) (nullable). */

JumpClientKey *jump_key_lookup_find_id (GPtrArray *keys, const char *id);
JumpClientKey *jump_key_lookup_find (GPtrArray *keys, const char *id_or_name);
/* Compares with all of them, whoever it is, in a time that tells nothing. */
JumpClientKey *jump_key_lookup_find_hash (GPtrArray *keys,
                                          const guint8 hash[JUMP_CLIENT_KEY_HASH_BYTES]);
/* Is there a key with that name or id, in whatever case? */
gboolean jump_key_lookup_is_taken (GPtrArray *keys, const char *word);
guint jump_key_lookup_count (GPtrArray *keys, JumpClientKeyState state);
/* Returns: (transfer full): 8 hex digits that no key has */
char *jump_key_lookup_make_id (GPtrArray *keys);
/* Returns: (transfer full) (element-type JumpClientKey): what @newer says, as the objects that @before has
 * already where it has them. */
GPtrArray *jump_key_lookup_merge (GPtrArray *before, GPtrArray *newer);
