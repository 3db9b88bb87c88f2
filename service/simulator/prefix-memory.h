/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* Which beginnings of conversations were seen before: what a prompt cache would hit. */

typedef struct _JumpPrefixMemory JumpPrefixMemory;

JumpPrefixMemory *jump_prefix_memory_new (void);
void jump_prefix_memory_free (JumpPrefixMemory *self);
/* Returns: how many of @messages, from the first on, were in an earlier request. */
guint jump_prefix_memory_learn (JumpPrefixMemory *self, const char *model, JsonArray *messages);

/* Four characters are one token: good enough to look right. */
gint64 jump_estimate_tokens (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpPrefixMemory, jump_prefix_memory_free)
