/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/call-log.h"

/* Enough for every assertion, and a demo that runs for days does not grow. */
#define MAX_CALLS 200

struct _JumpCallLog
{
  GQueue calls;       /* (owned) (element-type JumpIncomingCall), newest first */
  GHashTable *counts; /* (owned) (element-type utf8 guint) */
};

JumpCallLog *
jump_call_log_new (void)
{
  JumpCallLog *self = g_new0 (JumpCallLog, 1);

  g_queue_init (&self->calls);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
jump_call_log_free (JumpCallLog *self)
{
  g_queue_clear_full (&self->calls, (GDestroyNotify) jump_incoming_call_free);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_free (self);
}

/**
 * jump_call_log_add:
 * @self: a log
 * @call: (transfer full): becomes the newest
 */
void
jump_call_log_add (JumpCallLog *self, JumpIncomingCall *call)
{
  guint count = jump_call_log_count (self, call->key);

  g_hash_table_insert (self->counts, g_strdup (call->key), GUINT_TO_POINTER (count + 1));
  g_queue_push_head (&self->calls, call);
  if (self->calls.length > MAX_CALLS)
    jump_incoming_call_free (g_queue_pop_tail (&self->calls));
}

/**
 * jump_call_log_count:
 * @self: a log
 * @key: as in "POST /chat/completions"
 *
 * Returns: how many arrived since the start
 */
guint
jump_call_log_count (const JumpCallLog *self, const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, key));
}

/**
 * jump_call_log_get:
 * @self: a log
 * @key: as in "POST /chat/completions"
 * @newest: 0 for the last one, 1 for the one before …
 *
 * Returns: (transfer none) (nullable): the request, NULL when there are fewer or it was forgotten
 */
const JumpIncomingCall *
jump_call_log_get (const JumpCallLog *self, const char *key, guint newest)
{
  for (GList *link = self->calls.head; link != NULL; link = link->next)
    {
      const JumpIncomingCall *call = link->data;

      if (!g_str_equal (call->key, key))
        continue;
      if (newest == 0)
        return call;
      newest--;
    }
  return NULL;
}
