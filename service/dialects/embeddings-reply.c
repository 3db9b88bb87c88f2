/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/embeddings-reply.h"

#include "service/base/error.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/embeddings-vector.h"

/* What stands around a vector in OpenAI's form, generously. */
#define ROOM_PER_VECTOR 80

static gboolean
fail (const char *what, GError **error)
{
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_PROTOCOL,
               "upstream's embeddings cannot be understood: %s",
               what);
  return FALSE;
}

/**
 * jump_embeddings_reply_init:
 * @self: (out caller-allocates): empty
 * @n_inputs: how many vectors have to come
 */
void
jump_embeddings_reply_init (JumpEmbeddingsReply *self, guint n_inputs)
{
  *self = (JumpEmbeddingsReply){
    .bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
    .vectors = g_new0 (JumpJsonSpan, n_inputs),
    .n_vectors = n_inputs,
    .usage = JUMP_USAGE_COUNT_UNKNOWN,
  };
}

void
jump_embeddings_reply_clear (JumpEmbeddingsReply *self)
{
  g_clear_pointer (&self->bodies, g_ptr_array_unref);
  g_clear_pointer (&self->vectors, g_free);
  self->n_vectors = 0;
}

/* HTTP 200 does not mean success. */
static gboolean
check_error (JumpJsonSpan body, GError **error)
{
  JumpJsonSpan problem = jump_json_find_member (body, "error");
  g_autofree char *message = NULL;

  if (jump_json_span_kind (problem) == JUMP_JSON_NULL)
    return TRUE;
  message = jump_json_span_dup_string (jump_json_span_kind (problem) == JUMP_JSON_OBJECT
                                           ? jump_json_find_member (problem, "message")
                                           : problem);
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_UPSTREAM,
               "upstream refused to embed: %s",
               message == NULL ? "it does not say why" : message);
  return FALSE;
}

/* The index is of the slice; an entry without one stands at its place. */
static gboolean
add_vector (JumpEmbeddingsReply *self,
            JumpJsonSpan entry,
            guint from,
            guint to,
            guint position,
            GError **error)
{
  JumpJsonSpan vector = jump_json_find_member (entry, "embedding");
  gint64 index = position;

  jump_json_span_get_int (jump_json_find_member (entry, "index"), &index);
  if (index < 0 || index >= (gint64) to - from)
    return fail ("an index is out of range", error);
  if (jump_json_span_kind (vector) != JUMP_JSON_ARRAY)
    return fail ("a vector is no array", error);
  if (self->vectors[from + index].start != NULL)
    return fail ("two vectors have the same index", error);
  self->vectors[from + index] = vector;
  return TRUE;
}

static gboolean
add_vectors (JumpEmbeddingsReply *self, JumpJsonSpan data, guint from, guint to, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan entry;
  guint n = 0;

  if (jump_json_span_kind (data) != JUMP_JSON_ARRAY)
    return fail ("data is no array", error);
  jump_json_cursor_init (&cursor, data);
  while (jump_json_cursor_next (&cursor, NULL, &entry))
    {
      if (!add_vector (self, entry, from, to, n++, error))
        return FALSE;
    }
  return n == to - from || fail ("there is not one vector per input", error);
}

static void
add_count (gint64 *sum, JumpJsonSpan object, const char *name)
{
  gint64 count;

  if (jump_json_span_get_int (jump_json_find_member (object, name), &count) && count >= 0)
    *sum = MAX (*sum, 0) + count;
}

/**
 * jump_embeddings_reply_add:
 * @body: a whole reply; object and model may be missing in it (protocol 6.4)
 * @from: index of the first input that was asked
 * @to: behind the last one
 *
 * Returns: whether every input of the slice has its vector now
 */
gboolean
jump_embeddings_reply_add (JumpEmbeddingsReply *self,
                           GBytes *body,
                           guint from,
                           guint to,
                           GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  JumpJsonSpan object;

  g_return_val_if_fail (from <= to && to <= self->n_vectors, FALSE);
  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    return fail ("it is no JSON", error);
  object = jump_json_span_trim (data, length);
  if (!check_error (object, error))
    return FALSE;
  g_ptr_array_add (self->bodies, g_bytes_ref (body));
  if (!add_vectors (self, jump_json_find_member (object, "data"), from, to, error))
    return FALSE;
  add_count (&self->usage.input_tokens, jump_json_find_member (object, "usage"), "prompt_tokens");
  add_count (&self->usage.nano_aiu,
             jump_json_find_member (object, "copilot_usage"),
             "total_nano_aiu");
  return TRUE;
}

static void
append_numbers (GString *out, JumpJsonSpan vector)
{
  g_string_append_len (out, vector.start, (gssize) vector.length);
}

static void
append_vector (GString *out, JumpJsonSpan vector, gboolean as_base64)
{
  if (as_base64)
    {
      g_string_append_c (out, '"');
      jump_embeddings_vector_append_base64 (out, vector);
      g_string_append_c (out, '"');
    }
  else
    append_numbers (out, vector);
}

static void
append_model (GString *out, const char *model)
{
  g_string_append (out, "\"model\":\"");
  jump_json_append_escaped (out, model, -1);
  g_string_append_c (out, '"');
}

static void
write_openai (const JumpEmbeddingsReply *self, GString *out, const char *model, gboolean as_base64)
{
  gint64 n_tokens = MAX (self->usage.input_tokens, 0);

  g_string_append (out, "{\"object\":\"list\",\"data\":[");
  for (guint i = 0; i < self->n_vectors; i++)
    {
      g_string_append_printf (out,
                              "%s{\"object\":\"embedding\",\"index\":%u,\"embedding\":",
                              i == 0 ? "" : ",",
                              i);
      append_vector (out, self->vectors[i], as_base64);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "],");
  append_model (out, model);
  g_string_append_printf (out,
                          ",\"usage\":{\"prompt_tokens\":%" G_GINT64_FORMAT
                          ",\"total_tokens\":%" G_GINT64_FORMAT "}}",
                          n_tokens,
                          n_tokens);
}

/* Nanoseconds, never 0: clients divide by it. */
static gint64
get_duration (const JumpReplyOptions *options)
{
  if (options->clock == NULL)
    return 1000;
  return MAX (jump_clock_get_monotonic_time (options->clock) - options->started, 1) * 1000;
}

static void
write_ollama (const JumpEmbeddingsReply *self, GString *out, const JumpReplyOptions *options)
{
  g_string_append_c (out, '{');
  append_model (out, options->client_model);
  g_string_append (out, ",\"embeddings\":[");
  for (guint i = 0; i < self->n_vectors; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_numbers (out, self->vectors[i]);
    }
  g_string_append_printf (out,
                          "],\"total_duration\":%" G_GINT64_FORMAT
                          ",\"load_duration\":0,\"prompt_eval_count\":%" G_GINT64_FORMAT "}",
                          get_duration (options),
                          MAX (self->usage.input_tokens, 0));
}

static void
write_one_vector (const JumpEmbeddingsReply *self, GString *out)
{
  g_string_append (out, "{\"embedding\":");
  if (self->n_vectors > 0)
    append_numbers (out, self->vectors[0]);
  else
    g_string_append (out, "[]");
  g_string_append_c (out, '}');
}

/**
 * jump_embeddings_reply_write:
 * @self: a complete reply
 * @request: says in which form; its spans are not looked at
 * @options: client_model, clock, started
 *
 * Returns: (transfer full): the body for the client
 */
GBytes *
jump_embeddings_reply_write (const JumpEmbeddingsReply *self,
                             const JumpEmbeddingsRequest *request,
                             const JumpReplyOptions *options)
{
  gsize room = 256;
  GString *out;

  for (guint i = 0; i < self->n_vectors; i++)
    room += self->vectors[i].length + ROOM_PER_VECTOR;
  out = g_string_sized_new (room);
  switch (request->form)
    {
    case JUMP_EMBEDDINGS_OPENAI:
      write_openai (self, out, options->client_model, request->wants_base64);
      break;
    case JUMP_EMBEDDINGS_OLLAMA:
      write_ollama (self, out, options);
      break;
    case JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR:
      write_one_vector (self, out);
      break;
    }
  return g_string_free_to_bytes (out);
}
