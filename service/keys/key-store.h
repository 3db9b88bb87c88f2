/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/keys/client-key.h"

/* The client keys: a GListModel of JumpClientKey, oldest first, kept in one 0600 file (keys.json in
 * the data folder), written atomically at every change. Secrets are 256 random bits ("jmp_" and 43
 * characters), so a plain SHA-256 is enough for the file and nobody can go back from it.
 * Emits "keys-changed" behind every change, also of a key's state or limits. */

#define JUMP_KEY_STORE_FILE "keys.json"

#define JUMP_TYPE_KEY_STORE (jump_key_store_get_type ())
G_DECLARE_FINAL_TYPE (JumpKeyStore, jump_key_store, JUMP, KEY_STORE, GObject)

/* @path: (nullable): NULL keeps everything in memory (demo). Reads nothing yet. */
JumpKeyStore *jump_key_store_new (const char *path, JumpClock *clock);
/* JUMP_ERROR_STORE names file and place. A missing file is an empty store. */
gboolean jump_key_store_load (JumpKeyStore *self, GError **error);
/* Why the file cannot be used: nothing can be changed then. After a load that failed no key works; keys
 * that were read before stay in force. Returns: (transfer none) (nullable) */
const GError *jump_key_store_get_problem (JumpKeyStore *self);

/* Makes a key that works at once. @out_secret: (out) (transfer full): shown this
 * once; jump_secret_free() it. JUMP_ERROR_BAD_REQUEST for a name that is taken or not
 * [A-Za-z0-9 _.-]{1,64}; JUMP_ERROR_STORE. Returns: (transfer none) (nullable) */
JumpClientKey *jump_key_store_create (JumpKeyStore *self,
                                      const char *name,
                                      const JumpKeyLimits *limits,
                                      char **out_secret,
                                      GError **error);
/* Makes a key that waits for approval. As above, for a @name [A-Za-z0-9_.-]{1,64} and a @display_name of
 * 1 to 128 characters; JUMP_ERROR_RATE_LIMITED when too many wait already, or come too fast. */
JumpClientKey *jump_key_store_sign_up (JumpKeyStore *self,
                                       const char *name,
                                       const char *display_name,
                                       char **out_secret,
                                       GError **error);
/* JUMP_ERROR_NOT_FOUND, JUMP_ERROR_BAD_REQUEST (a state that cannot be reached), JUMP_ERROR_STORE. */
gboolean jump_key_store_set_state (JumpKeyStore *self,
                                   const char *id,
                                   JumpClientKeyState state,
                                   GError **error);
gboolean jump_key_store_set_limits (JumpKeyStore *self,
                                    const char *id,
                                    const JumpKeyLimits *limits,
                                    GError **error);
gboolean jump_key_store_remove (JumpKeyStore *self, const char *id, GError **error);

/* Makes the keys that come from a file those of @given, made by jump_given_keys_read(): new ones are made,
 * others get the secret that stands there now, and those that do not stand there any more are removed.
 * Limits and revocations stay. NULL: there is no such file. JUMP_ERROR_STORE; JUMP_ERROR_SETTINGS for the name of a
 * key that does not come from a file. */
gboolean jump_key_store_take_given (JumpKeyStore *self, GPtrArray *given, GError **error);

/* By id or by name. Returns: (transfer none) (nullable) */
JumpClientKey *jump_key_store_find (JumpKeyStore *self, const char *id_or_name);
/* Whose secret is @presented? Compares with every key in constant time. Returns: (transfer none)
 * (nullable), in any state: the caller looks at it. */
JumpClientKey *jump_key_store_match (JumpKeyStore *self, const char *presented);
gboolean jump_key_store_has_active (JumpKeyStore *self);
/* It was used now; written to disk at most once a minute, and with the last reference of the store. */
void jump_key_store_note_use (JumpKeyStore *self, JumpClientKey *key);
