/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/prefix-memory.h"

#include "service/base/json-write.h"

/* Beyond this everything is forgotten, so that a demo running for days stays small. */
#define MAX_PREFIXES 20000

struct _JumpPrefixMemory
{
  GHashTable *seen; /* (owned) (element-type guint64 guint64), a set of hashes */
};

/* FNV-1a: the hash of a prefix goes on with the next message. */
static guint64
hash_more (guint64 hash, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    hash = (hash ^ (guint8) *c) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

/**
 * jump_prefix_memory_new:
 */
JumpPrefixMemory *
jump_prefix_memory_new (void)
{
  JumpPrefixMemory *self = g_new0 (JumpPrefixMemory, 1);

  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

/**
 * jump_prefix_memory_free:
 * @self: (transfer full): a memory
 */
void
jump_prefix_memory_free (JumpPrefixMemory *self)
{
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_free (self);
}

/**
 * jump_prefix_memory_learn:
 * @self: a memory
 * @model: caches are per model
 * @messages: a conversation, remembered from now on
 *
 * Returns: the messages of its longest beginning that was seen before
 */
guint
jump_prefix_memory_learn (JumpPrefixMemory *self, const char *model, JsonArray *messages)
{
  guint64 hash = hash_more (G_GUINT64_CONSTANT (14695981039346656037), model);
  guint n_seen = 0;

  if (g_hash_table_size (self->seen) > MAX_PREFIXES)
    g_hash_table_remove_all (self->seen);
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      g_autofree char *text = jump_json_node_to_text (json_array_get_element (messages, i));

      hash = hash_more (hash, text);
      if (!g_hash_table_add (self->seen, g_memdup2 (&hash, sizeof hash)))
        n_seen = i + 1;
    }
  return n_seen;
}

/**
 * jump_estimate_tokens:
 */
gint64
jump_estimate_tokens (const char *text)
{
  return ((gint64) strlen (text) + 3) / 4;
}
