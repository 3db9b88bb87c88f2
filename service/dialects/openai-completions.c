/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-completions.h"

#include "service/base/limits.h"
#include "service/dialects/json-field.h"
#include "service/dialects/openai-chat.h"
#include "service/dialects/openai-error.h"

#include <string.h>

/* OpenAI's API from before chat: one text in, its continuation out. The text becomes the only turn
 * of a user. */

typedef struct
{
  JumpRequestFacts *facts;
  JumpJsonSpan prompt;
  JumpJsonSpan stream;
  JumpJsonSpan stream_options;
  JumpJsonSpan n;
  JumpJsonSpan user;
} Members;

static void
on_member_found (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  Members *self = user_data;

  if (jump_json_span_equals (key, "model"))
    {
      self->facts->model_key = key;
      self->facts->model = value;
    }
  else if (jump_json_span_equals (key, "prompt"))
    self->prompt = value;
  else if (jump_json_span_equals (key, "stream"))
    self->stream = value;
  else if (jump_json_span_equals (key, "stream_options"))
    self->stream_options = value;
  else if (jump_json_span_equals (key, "n"))
    self->n = value;
  else if (jump_json_span_equals (key, "user"))
    self->user = value;
}

/* Several prompts would be several requests, and numbers of tokens mean something else to every
 * model. @out_text: the string */
static gboolean
find_text (JumpJsonSpan prompt, JumpJsonSpan *out_text, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan next;

  *out_text = prompt;
  if (jump_json_span_kind (prompt) == JUMP_JSON_ARRAY)
    {
      jump_json_cursor_init (&cursor, prompt);
      if (!jump_json_cursor_next (&cursor, NULL, out_text))
        return jump_json_field_refuse (error, "prompt", "string");
      if (jump_json_span_kind (*out_text) != JUMP_JSON_STRING)
        return jump_json_field_refuse (error, "prompt", "text, not numbers of tokens");
      if (jump_json_cursor_next (&cursor, NULL, &next))
        return jump_json_field_refuse (error, "prompt", "one text, not several");
    }
  if (jump_json_span_kind (*out_text) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "prompt", "string");
  return TRUE;
}

static gboolean
take_facts (JumpRequestFacts *facts, const Members *members, GError **error)
{
  JumpJsonSpan text;
  gint64 n = 1;

  if (facts->model.start != NULL && jump_json_span_kind (facts->model) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "model", "string");
  if (!find_text (members->prompt, &text, error) ||
      !jump_json_field_boolean (members->stream, "stream", &facts->stream, error) ||
      !jump_json_field_is_object (members->stream_options, "stream_options", error) ||
      !jump_json_field_boolean (jump_json_find_member (members->stream_options, "include_usage"),
                                "stream_options.include_usage",
                                &facts->include_usage,
                                error) ||
      !jump_json_field_int (members->n, "n", 1, &n, error))
    return FALSE;
  facts->n = (guint) MIN (n, G_MAXUINT);
  facts->n_messages = 1;
  facts->text_bytes = text.length - 2;
  if (jump_json_span_kind (members->user) == JUMP_JSON_STRING)
    facts->session = members->user;
  facts->is_session_person = TRUE;
  return TRUE;
}

static gboolean
scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error)
{
  Members members = { facts };

  memset (facts, 0, sizeof *facts);
  if (!jump_json_validate_request (data, length, NULL, on_member_found, &members, error))
    return FALSE;
  facts->object = jump_json_span_trim (data, length);
  if (jump_json_span_kind (facts->object) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "body", "object");
  return take_facts (facts, &members, error);
}

/* What says nothing is no loss: null, false, "", and best_of 1. */
static void
drop_member (JumpPrompt *prompt, JumpJsonSpan key, JumpJsonSpan value)
{
  JumpJsonKind kind = jump_json_span_kind (value);
  g_autofree char *name = NULL;
  gint64 number = 0;

  if (kind == JUMP_JSON_NULL || kind == JUMP_JSON_FALSE || jump_json_span_is_empty_string (value) ||
      (jump_json_span_get_int (value, &number) && number == 1))
    return;
  name = jump_json_span_dup_string (key);
  jump_prompt_drop (prompt, name);
}

static gboolean
read_text (JumpPrompt *prompt, JumpJsonSpan value, GError **error)
{
  JumpMessage *message = jump_prompt_add_message (prompt, jump_message_new (JUMP_ROLE_USER));
  JumpPart *part = jump_message_add (message, jump_part_new (JUMP_PART_TEXT));
  JumpJsonSpan text;

  if (!find_text (value, &text, error))
    return FALSE;
  part->text = jump_json_span_dup_string (text);
  return TRUE;
}

static JumpPrompt *
read_prompt (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, jump_json_span_trim (data, length));
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      gboolean is_known = FALSE;

      if (jump_json_span_equals (key, "prompt"))
        {
          if (!read_text (prompt, value, error))
            return NULL;
          continue;
        }
      if (!jump_chat_read_option (prompt, key, value, &is_known, error))
        return NULL;
      if (!is_known)
        drop_member (prompt, key, value);
    }
  return g_steal_pointer (&prompt);
}

const JumpDialect jump_dialect_completions = {
  .id = JUMP_DIALECT_COMPLETIONS,
  .name = "completions",
  .upstream_path = NULL,
  .stream_type = "text/event-stream",
  .keep_alive = ": keepalive\n\n",
  .scan = scan,
  .read_prompt = read_prompt,
  .write_reply = jump_completions_write_reply,
  .new_encoder = jump_completions_encoder_new,
  .write_failure = jump_openai_error_write,
};
