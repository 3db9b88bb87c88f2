/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/keys/client-key.h"

/* What only the store may do with a key: make it, change it, read and write its row. */

#define JUMP_CLIENT_KEY_HASH_BYTES 32

/* @secret: is not kept, only its hash and its end. */
JumpClientKey *jump_client_key_new (const char *id,
                                    const char *name,
                                    const char *display_name,
                                    const char *secret,
                                    JumpClientKeyState state,
                                    gint64 created);
/* Returns: (nullable): NULL with JUMP_ERROR_BAD_REQUEST, which names the member. Keeps members that it does
 * not know. */
JumpClientKey *jump_client_key_new_from_row (JsonObject *row, GError **error);
void jump_client_key_write_row (JumpClientKey *self, JumpJsonWriter *writer);

/* SHA-256 of @secret. */
void jump_client_key_hash (const char *secret, guint8 out_hash[JUMP_CLIENT_KEY_HASH_BYTES]);
/* In a time that does not depend on either. */
gboolean jump_client_key_has_hash (JumpClientKey *self,
                                   const guint8 hash[JUMP_CLIENT_KEY_HASH_BYTES]);

/* It comes from the file of client keys that somebody else writes, and goes with its line there. */
gboolean jump_client_key_is_given (JumpClientKey *self);
void jump_client_key_set_given (JumpClientKey *self, const char *secret);
void jump_client_key_set_state (JumpClientKey *self, JumpClientKeyState state);
void jump_client_key_set_limits (JumpClientKey *self, const JumpKeyLimits *limits);
/* Returns: whether that is another minute than before. */
gboolean jump_client_key_note_use (JumpClientKey *self, gint64 now);
/* Becomes what @newer is, and stays the object that observers know. The last use is the later one. */
void jump_client_key_become (JumpClientKey *self, JumpClientKey *newer);
