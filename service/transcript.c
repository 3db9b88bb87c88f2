/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/transcript.h"

#include "service/dialects/dialect.h"
#include "service/dialects/embeddings-request.h"
#include "service/transcript-part.h"
#include "service/transcript-reply.h"

#include <string.h>

/* A view of more than this is nobody's to read, and takes long to build. */
#define MAX_BYTES (1024 * 1024)
/* Of texts to be embedded: whole libraries come in one request. */
#define MAX_INPUTS 100

/* The record names Ollama's APIs and both ways to count alike. Returns: (nullable) */
static const JumpDialect *
find_dialect (const JumpExchangeRecord *record)
{
  const char *api = record->api != NULL ? record->api : "";

  if (g_str_equal (api, "ollama"))
    return jump_dialect_get (g_str_has_suffix (record->path, "/generate")
                                 ? JUMP_DIALECT_OLLAMA_GENERATE
                                 : JUMP_DIALECT_OLLAMA_CHAT);
  if (g_str_equal (api, "count"))
    return jump_dialect_get (g_str_has_suffix (record->path, "/input_tokens")
                                 ? JUMP_DIALECT_RESPONSES
                                 : JUMP_DIALECT_MESSAGES);
  return jump_dialect_find (api);
}

/* ---- the request ---- */

static JumpTranscriptKind
get_kind (JumpRole role)
{
  switch (role)
    {
    case JUMP_ROLE_SYSTEM:
    case JUMP_ROLE_DEVELOPER:
      return JUMP_TRANSCRIPT_SYSTEM;
    case JUMP_ROLE_USER:
      return JUMP_TRANSCRIPT_USER;
    case JUMP_ROLE_ASSISTANT:
      return JUMP_TRANSCRIPT_ASSISTANT;
    }
  return JUMP_TRANSCRIPT_USER;
}

static void
add_prompt (GPtrArray *list, const JumpDialect *dialect, GBytes *body)
{
  JumpRequestFacts facts;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JumpPrompt) prompt = NULL;

  if (!dialect->scan (&facts, data, length, NULL))
    return;
  prompt = dialect->read_prompt (data, length, NULL);
  for (guint i = 0; prompt != NULL && i < prompt->messages->len; i++)
    {
      const JumpMessage *message = g_ptr_array_index (prompt->messages, i);

      jump_transcript_add_parts (list, get_kind (message->role), message->name, message->parts);
    }
}

static JumpEmbeddingsForm
get_form (const char *path)
{
  if (g_str_has_suffix (path, "/api/embed"))
    return JUMP_EMBEDDINGS_OLLAMA;
  return g_str_has_suffix (path, "/api/embeddings") ? JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR
                                                    : JUMP_EMBEDDINGS_OPENAI;
}

static void
add_inputs (GPtrArray *list, const JumpExchangeRecord *record)
{
  g_auto (JumpEmbeddingsRequest) request = { 0 };
  gsize length;
  const char *data = g_bytes_get_data (record->request_body, &length);

  if (!jump_embeddings_request_read (&request, get_form (record->path), data, length, NULL))
    return;
  for (guint i = 0; i < MIN (request.inputs->len, MAX_INPUTS); i++)
    {
      g_autofree char *text =
          jump_json_span_dup_string (g_array_index (request.inputs, JumpJsonSpan, i));

      if (text != NULL)
        jump_transcript_add (list, JUMP_TRANSCRIPT_USER, NULL, text, strlen (text));
    }
  if (request.inputs->len > MAX_INPUTS)
    {
      g_autofree char *note = g_strdup_printf ("[%u more: the raw view has all of them]",
                                               request.inputs->len - MAX_INPUTS);

      jump_transcript_add (list, JUMP_TRANSCRIPT_USER, NULL, note, strlen (note));
    }
}

/**
 * jump_transcript_new:
 * @record: of any exchange, running or ended
 *
 * Texts above %JUMP_TRANSCRIPT_MAX_TEXT are cut; of very long conversations the end is shown. Reads all of
 * the bodies: some milliseconds for each MiB.
 *
 * Returns: (transfer full) (element-type JumpTranscriptPart): frees its parts
 */
GPtrArray *
jump_transcript_new (const JumpExchangeRecord *record)
{
  GPtrArray *list = jump_transcript_list_new ();
  const JumpDialect *dialect = find_dialect (record);
  gboolean is_embedding = g_strcmp0 (record->api, "embeddings") == 0;

  if (record->request_body != NULL && is_embedding)
    add_inputs (list, record);
  else if (record->request_body != NULL && dialect != NULL)
    add_prompt (list, dialect, record->request_body);
  if (record->request_body != NULL || record->reply_body != NULL)
    jump_transcript_add_reply (list, dialect, record);
  jump_transcript_limit (list, MAX_BYTES);
  return list;
}
