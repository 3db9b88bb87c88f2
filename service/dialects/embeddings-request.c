/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/embeddings-request.h"

#include "service/base/error.h"
#include "service/base/json-write.h"
#include "service/base/limits.h"
#include "service/dialects/json-field.h"

#include <string.h>

/* Where the members of a request stand. */
typedef struct
{
  JumpJsonSpan model, input, prompt, dimensions, encoding_format, user;
} Members;

static const struct
{
  const char *name;
  gsize offset;
} places[] = {
  { "model", G_STRUCT_OFFSET (Members, model) },
  { "input", G_STRUCT_OFFSET (Members, input) },
  { "prompt", G_STRUCT_OFFSET (Members, prompt) },
  { "dimensions", G_STRUCT_OFFSET (Members, dimensions) },
  { "encoding_format", G_STRUCT_OFFSET (Members, encoding_format) },
  { "user", G_STRUCT_OFFSET (Members, user) },
};

static gboolean
check_string (JumpJsonSpan value, const char *path, GError **error)
{
  JumpJsonKind kind = jump_json_span_kind (value);

  return kind == JUMP_JSON_STRING || kind == JUMP_JSON_NULL ||
         jump_json_field_refuse (error, path, "string");
}

/* Nothing is lost of what only means Ollama's memory, and of what is not asked for. */
static gboolean
matters (JumpJsonSpan key, JumpJsonSpan value)
{
  JumpJsonKind kind = jump_json_span_kind (value);

  return kind != JUMP_JSON_NULL && kind != JUMP_JSON_FALSE &&
         !jump_json_span_equals (key, "keep_alive");
}

static void
find_members (JumpEmbeddingsRequest *self, Members *members, JumpJsonSpan object)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (places) && !jump_json_span_equals (key, places[i].name))
        i++;
      if (i < G_N_ELEMENTS (places))
        G_STRUCT_MEMBER (JumpJsonSpan, members, places[i].offset) = value;
      else if (matters (key, value))
        {
          g_autofree char *name = jump_json_span_dup_string (key);

          jump_changes_add_detail (&self->changes, "dropped:", name);
        }
    }
}

static gboolean
add_input (JumpEmbeddingsRequest *self, JumpJsonSpan text, const char *path, GError **error)
{
  if (jump_json_span_kind (text) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, path, "string");
  if (jump_json_span_is_empty_string (text))
    return jump_json_field_refuse (error, path, "text, not an empty string");
  g_array_append_val (self->inputs, text);
  self->text_bytes += text.length - 2;
  return TRUE;
}

static gboolean
read_array (JumpEmbeddingsRequest *self, JumpJsonSpan array, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan item;

  jump_json_cursor_init (&cursor, array);
  while (jump_json_cursor_next (&cursor, NULL, &item))
    {
      JumpJsonKind kind = jump_json_span_kind (item);
      char path[32];

      if (kind == JUMP_JSON_NUMBER || kind == JUMP_JSON_ARRAY)
        return jump_json_field_refuse (
            error,
            "input",
            "string or array of strings: Copilot takes text, no arrays of tokens");
      g_snprintf (path, sizeof path, "input[%u]", self->inputs->len);
      if (!add_input (self, item, path, error))
        return FALSE;
    }
  return TRUE;
}

/* Ollama's clients may send nothing, to have the model loaded; for OpenAI's it is a mistake (H-23). */
static gboolean
read_inputs (JumpEmbeddingsRequest *self, JumpJsonSpan input, const char *path, GError **error)
{
  gboolean is_openai = self->form == JUMP_EMBEDDINGS_OPENAI;
  JumpJsonKind kind = jump_json_span_kind (input);

  if (kind == JUMP_JSON_STRING && (is_openai || !jump_json_span_is_empty_string (input)))
    return add_input (self, input, path, error);
  if (kind == JUMP_JSON_ARRAY && self->form != JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR)
    {
      if (!read_array (self, input, error))
        return FALSE;
      return self->inputs->len > 0 || !is_openai ||
             jump_json_field_refuse (error, path, "at least one text");
    }
  if (kind != JUMP_JSON_STRING && (kind != JUMP_JSON_NULL || is_openai))
    return jump_json_field_refuse (
        error,
        path,
        self->form == JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR ? "string" : "string or array of strings");
  return TRUE;
}

static gboolean
read_dimensions (JumpEmbeddingsRequest *self, JumpJsonSpan dimensions, GError **error)
{
  gint64 value = -1;

  if (jump_json_span_kind (dimensions) == JUMP_JSON_NULL)
    return TRUE;
  if (!jump_json_span_get_int (dimensions, &value) || value < 0)
    return jump_json_field_refuse (error, "dimensions", "positive integer");
  if (value > 0) /* Ollama's word for all of them is 0 */
    self->dimensions = value;
  else if (self->form == JUMP_EMBEDDINGS_OPENAI)
    return jump_json_field_refuse (error, "dimensions", "positive integer");
  return TRUE;
}

static gboolean
read_encoding (JumpEmbeddingsRequest *self, JumpJsonSpan encoding, GError **error)
{
  if (self->form != JUMP_EMBEDDINGS_OPENAI || jump_json_span_kind (encoding) == JUMP_JSON_NULL ||
      jump_json_span_equals (encoding, "float"))
    return TRUE;
  if (!jump_json_span_equals (encoding, "base64"))
    return jump_json_field_refuse (error, "encoding_format", "\"float\" or \"base64\"");
  self->wants_base64 = TRUE;
  return TRUE;
}

static gboolean
read_members (JumpEmbeddingsRequest *self, JumpJsonSpan object, GError **error)
{
  gboolean is_old = self->form == JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR;
  Members members = { 0 };

  if (jump_json_span_kind (object) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "body", "object");
  find_members (self, &members, object);
  self->model = members.model;
  self->user = members.user;
  return check_string (members.model, "model", error) &&
         check_string (members.user, "user", error) &&
         read_dimensions (self, members.dimensions, error) &&
         read_encoding (self, members.encoding_format, error) &&
         read_inputs (self,
                      is_old ? members.prompt : members.input,
                      is_old ? "prompt" : "input",
                      error);
}

/**
 * jump_embeddings_request_read:
 * @self: (out caller-allocates): the request; its spans point into @data
 * @form: which API it came by
 * @data: the body, not terminated
 * @length: bytes of @data
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * A single string counts as an array of one, which is all that Copilot takes (H-23). Arrays of tokens
 * cannot be turned into text again: refused with a sentence that says so.
 *
 * Returns: whether the request can be asked upstream
 */
gboolean
jump_embeddings_request_read (JumpEmbeddingsRequest *self,
                              JumpEmbeddingsForm form,
                              const char *data,
                              gsize length,
                              GError **error)
{
  *self = (JumpEmbeddingsRequest){
    .form = form,
    .inputs = g_array_new (FALSE, FALSE, sizeof (JumpJsonSpan)),
    .dimensions = -1,
  };
  if (jump_json_validate_request (data, length, NULL, NULL, NULL, error) &&
      read_members (self, jump_json_span_trim (data, length), error))
    return TRUE;
  jump_embeddings_request_clear (self);
  return FALSE;
}

void
jump_embeddings_request_clear (JumpEmbeddingsRequest *self)
{
  g_clear_pointer (&self->inputs, g_array_unref);
  jump_changes_clear (&self->changes);
  self->model = self->user = (JumpJsonSpan){ NULL, 0 };
}

/**
 * jump_embeddings_request_write:
 * @self: a request whose bytes are still there
 * @model: as upstream calls it
 * @from: index of the first input
 * @to: behind the last one; more than the model's max_inputs at once are refused (protocol 6.4)
 *
 * The format is never asked for: upstream only knows numbers.
 *
 * Returns: (transfer full): the body
 */
GBytes *
jump_embeddings_request_write (const JumpEmbeddingsRequest *self,
                               const char *model,
                               guint from,
                               guint to)
{
  GString *text = g_string_sized_new (256);

  g_return_val_if_fail (from <= to && to <= self->inputs->len, NULL);
  g_string_append (text, "{\"model\":\"");
  jump_json_append_escaped (text, model, -1);
  g_string_append (text, "\",\"input\":[");
  for (guint i = from; i < to; i++)
    {
      JumpJsonSpan input = g_array_index (self->inputs, JumpJsonSpan, i);

      if (i > from)
        g_string_append_c (text, ',');
      g_string_append_len (text, input.start, (gssize) input.length);
    }
  g_string_append_c (text, ']');
  if (self->dimensions > 0)
    g_string_append_printf (text, ",\"dimensions\":%" G_GINT64_FORMAT, self->dimensions);
  if (jump_json_span_kind (self->user) == JUMP_JSON_STRING)
    {
      g_string_append (text, ",\"user\":");
      g_string_append_len (text, self->user.start, (gssize) self->user.length);
    }
  g_string_append_c (text, '}');
  return g_string_free_to_bytes (text);
}
