/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/embedding-side.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"

#include <math.h>

#define DEFAULT_DIMENSIONS 1536

static gboolean
is_text_array (JsonArray *input)
{
  if (input == NULL || json_array_get_length (input) == 0)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (input); i++)
    {
      if (jump_json_array_get_string (input, i) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
write_vector (const char *text, guint dimensions, JumpJsonWriter *writer)
{
  GRand *random = g_rand_new_with_seed (g_str_hash (text));
  g_autofree double *values = g_new (double, dimensions);
  double square = 0;

  for (guint i = 0; i < dimensions; i++)
    {
      values[i] = g_rand_double_range (random, -1, 1);
      square += values[i] * values[i];
    }
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < dimensions; i++)
    jump_json_writer_double (writer, values[i] / sqrt (square));
  jump_json_writer_end_array (writer);
  g_rand_free (random);
}

static void
write_vectors (JsonArray *input, guint dimensions, gint64 *out_tokens, JumpJsonWriter *writer)
{
  *out_tokens = 0;
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < json_array_get_length (input); i++)
    {
      const char *text = jump_json_array_get_string (input, i);

      *out_tokens += jump_estimate_tokens (text);
      jump_json_writer_begin_object (writer);
      jump_json_writer_member (writer, "embedding");
      write_vector (text, dimensions, writer);
      jump_json_writer_member_int (writer, "index", i);
      jump_json_writer_member_string (writer, "object", "embedding");
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
}

/**
 * jump_embedding_side_answer:
 *
 * The caller's token was checked already.
 */
JumpPlannedReply *
jump_embedding_side_answer (JumpSimulatorState *state, const JumpIncomingCall *call)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  JsonObject *body = jump_incoming_call_get_object (call);
  JsonArray *input = body == NULL ? NULL : jump_json_get_array (body, "input");
  JsonObject *model;
  gint64 dimensions;
  gint64 tokens;

  if (!is_text_array (input))
    return jump_planned_reply_new_text (400, "text/plain; charset=utf-8", "Bad Request\n");
  model = jump_model_shelf_find (state->shelf, jump_json_get_string (body, "model", NULL));
  if (model == NULL || !jump_model_is_type (model, "embeddings"))
    return jump_planned_reply_new_error (400,
                                         "model_not_supported",
                                         "model",
                                         "The requested model is not supported.");
  if (json_array_get_length (input) > jump_model_get_limit (model, "max_inputs"))
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         "input",
                                         "too many inputs: at most 512 are allowed");
  dimensions = jump_json_get_int (body, "dimensions", DEFAULT_DIMENSIONS);
  if (dimensions < 1 || dimensions > DEFAULT_DIMENSIONS)
    return jump_planned_reply_new_error (400,
                                         "invalid_request_body",
                                         "dimensions",
                                         "dimensions must be between 1 and 1536");

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "data");
  write_vectors (input, (guint) dimensions, &tokens, &writer);
  jump_json_writer_member (&writer, "usage");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_int (&writer, "prompt_tokens", tokens);
  jump_json_writer_member_int (&writer, "total_tokens", tokens);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  return jump_planned_reply_new_json (200, jump_json_writer_finish (&writer));
}
