/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/keys/client-key.h"

/* keys.json: {"version":1,"keys":[…]}. Members that it does not know survive, those of the rows and
 * its own. A file that cannot be understood is never written over. */

typedef struct _JumpKeyFile JumpKeyFile;

JumpKeyFile *jump_key_file_new (const char *path);
void jump_key_file_free (JumpKeyFile *self);

/* Somebody else has written it since it was last read or written here. TRUE before the first time. */
gboolean jump_key_file_has_changed (JumpKeyFile *self);
/* Returns: (transfer full) (element-type JumpClientKey) (nullable): empty when there is no file; NULL with
 * JUMP_ERROR_STORE, which names the file and the place. */
GPtrArray *jump_key_file_read (JumpKeyFile *self, GError **error);
/* The old file or the new one is there, whatever happens. JUMP_ERROR_STORE, also when what was last read
 * could not be understood. */
gboolean jump_key_file_write (JumpKeyFile *self, GPtrArray *keys, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpKeyFile, jump_key_file_free)
