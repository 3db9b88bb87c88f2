/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/call-log.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"

/* Enough for every assertion, and a demo that runs for days does not grow. */
#define MAX_CALLS 200

struct _JumpCallLog
{
  GQueue calls;       /* (owned) (element-type JumpIncomingCall), newest first */
  GHashTable *counts; /* (owned) (element-type utf8 guint) */
  guint n_arrived;    /* forgotten ones included */
};

/* What upstream learns about a request beside its body (protocol 5.1). */
static const struct
{
  const char *member;
  const char *header;
} logged[] = {
  { "initiator", "X-Initiator" },           { "intent", "OpenAI-Intent" },
  { "interaction_id", "X-Interaction-Id" }, { "interaction_type", "X-Interaction-Type" },
  { "anthropic_beta", "anthropic-beta" },   { "anthropic_version", "anthropic-version" },
  { "vision", "Copilot-Vision-Request" },   { "integration", "Copilot-Integration-Id" },
  { "user_agent", "User-Agent" },
};

static void
write_call (const JumpIncomingCall *call, guint number, JumpJsonWriter *writer)
{
  JsonObject *body = jump_incoming_call_get_object (call);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "number", number);
  jump_json_writer_member_string (writer, "method", call->method);
  jump_json_writer_member_string (writer, "path", call->path);
  jump_json_writer_member_int (writer, "status", call->status);
  jump_json_writer_member_string (writer,
                                  "model",
                                  body == NULL ? NULL : jump_json_get_string (body, "model", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (logged); i++)
    jump_json_writer_member_string (writer,
                                    logged[i].member,
                                    jump_incoming_call_get_header (call, logged[i].header));
  jump_json_writer_member_int (writer, "reasoning_states", call->n_seals);
  jump_json_writer_end_object (writer);
}

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
  self->n_arrived++;
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

/**
 * jump_call_log_write:
 */
char *
jump_call_log_write (const JumpCallLog *self)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  guint number = self->n_arrived;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_array (&writer);
  for (GList *link = self->calls.head; link != NULL; link = link->next)
    write_call (link->data, number--, &writer);
  jump_json_writer_end_array (&writer);
  return jump_json_writer_finish (&writer);
}
