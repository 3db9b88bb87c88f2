/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Some models want back what they noted with a tool call (a thought signature). Anthropic's tool_use
 * has no place for it but the id, which clients give back with the call and with its result. */

/* @state: (nullable): %NULL yields a copy of @id. Returns: (transfer full) */
char *jump_anthropic_call_id_seal (const char *id, const char *state);
/* Takes the note out of @id again. Returns: (transfer full) (nullable): it */
char *jump_anthropic_call_id_open (char *id);
