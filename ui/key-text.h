/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* What is shown of a client key. Pure. All return (transfer full) unless it says otherwise. */

/* What it allows: "All models, 10 a minute, 20 credits a day". */
char *jump_key_text_limits (const JumpKeyLimits *limits);
/* "Ends in …a1b2, used 3 May 14:05". @now: wall seconds. */
char *jump_key_text_facts (JumpClientKey *key);
const char *jump_key_text_state (JumpClientKeyState state); /* (transfer none) */
/* From an entry: "gpt-5*, claude-opus-4.6" becomes names; NULL for none. */
GStrv jump_key_text_parse_models (const char *text);
