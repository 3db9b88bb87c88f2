/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/keys/key-meter.h"
#include "service/keys/key-store.h"

/* The client keys as JSON: what the control API asks and answers, and the same for a command line when
 * nothing runs. A key is
 *
 *   {"id","name","display_name","hint","state","created","last_used","models","requests_per_minute",
 *    "concurrent","daily_credits","running","requests_last_minute","credits_today"}
 *
 * with null for what is not limited, and "secret" in the one answer that makes it. Times are seconds since the
 * epoch; the last three are there only where a meter is. Errors are those of the store, and
 * JUMP_ERROR_BAD_REQUEST, which names the member. */

/* @body: JSON text. @meter: (nullable). All: Returns: (transfer full) (nullable): JSON text */

/* {"keys":[…],"problem":null}: @problem: why the file cannot be used. */
char *jump_key_desk_list (JumpKeyStore *store, JumpKeyMeter *meter);
/* {"name", and limits}. jump_secret_free() the answer. */
char *jump_key_desk_create (JumpKeyStore *store, JumpKeyMeter *meter, GBytes *body, GError **error);
/* {limits, and "state": "active" or "revoked"}: what is not there stays. */
char *jump_key_desk_change (JumpKeyStore *store,
                            JumpKeyMeter *meter,
                            const char *id_or_name,
                            GBytes *body,
                            GError **error);
char *jump_key_desk_remove (JumpKeyStore *store, const char *id_or_name, GError **error);
/* Returns: (transfer none) (nullable): NULL with JUMP_ERROR_NOT_FOUND */
JumpClientKey *jump_key_desk_need (JumpKeyStore *store, const char *id_or_name, GError **error);
