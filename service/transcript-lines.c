/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/transcript-lines.h"

#include "service/base/json-scan.h"
#include "service/base/limits.h"
#include "service/sse/sse-parser.h"
#include "service/transcript-part.h"

#include <string.h>

/* Alternatives of one request; nobody reads more. */
#define MAX_CHOICES 16

/* A reply while it is read: pieces of one kind become one part. */
typedef struct
{
  GPtrArray *list;             /* (unowned) */
  GString *texts[MAX_CHOICES]; /* (owned) (nullable) */
  JumpTranscriptKind kind;     /* of the first text */
  gboolean is_complete;
} Pieces;

static void
flush (Pieces *self)
{
  for (guint i = 0; i < MAX_CHOICES; i++)
    {
      GString *text = self->texts[i];

      if (text == NULL)
        continue;
      if (text->len > 0)
        jump_transcript_add (self->list, self->kind, NULL, text->str, text->len);
      g_string_free (g_steal_pointer (&self->texts[i]), TRUE);
    }
}

static void
add_piece (Pieces *self, JumpTranscriptKind kind, guint choice, JumpJsonSpan piece)
{
  g_autofree char *text = NULL;

  if (!jump_json_span_has_text (piece) || choice >= MAX_CHOICES)
    return;
  if (kind != self->kind)
    flush (self);
  self->kind = kind;
  text = jump_json_span_dup_string (piece);
  if (self->texts[choice] == NULL)
    self->texts[choice] = g_string_new (NULL);
  if (text != NULL)
    g_string_append (self->texts[choice], text);
}

/* {"error":"words"} or {"error":{"message":"words"}}. Returns: whether it is one */
static gboolean
add_error (Pieces *self, JumpJsonSpan object)
{
  JumpJsonSpan error = jump_json_find_member (object, "error");
  g_autofree char *words = NULL;

  if (jump_json_span_kind (error) == JUMP_JSON_OBJECT)
    error = jump_json_find_member (error, "message");
  words = jump_json_span_dup_string (error);
  if (words == NULL)
    return FALSE;
  flush (self);
  jump_transcript_add (self->list, JUMP_TRANSCRIPT_ERROR, NULL, words, strlen (words));
  self->is_complete = TRUE;
  return TRUE;
}

static gboolean
parse (JumpJsonSpan *out_object, const char *data, gsize length)
{
  if (!jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    return FALSE;
  *out_object = jump_json_span_trim (data, length);
  return jump_json_span_kind (*out_object) == JUMP_JSON_OBJECT;
}

/* ---- Ollama ---- */

static void
add_calls (Pieces *self, JumpJsonSpan calls)
{
  JumpJsonCursor cursor;
  JumpJsonSpan call;

  if (jump_json_span_kind (calls) != JUMP_JSON_ARRAY)
    return;
  flush (self);
  jump_json_cursor_init (&cursor, calls);
  while (jump_json_cursor_next (&cursor, NULL, &call))
    {
      JumpJsonSpan function = jump_json_find_member (call, "function");
      JumpJsonSpan arguments = jump_json_find_member (function, "arguments");
      g_autofree char *name = jump_json_span_dup_string (jump_json_find_member (function, "name"));

      jump_transcript_add (self->list,
                           JUMP_TRANSCRIPT_TOOL_CALL,
                           name,
                           arguments.start != NULL ? arguments.start : "",
                           arguments.length);
    }
}

static void
take_object (Pieces *self, JumpJsonSpan object)
{
  JumpJsonSpan message;

  if (add_error (self, object))
    return;
  message = jump_json_find_member (object, "message");
  if (jump_json_span_kind (message) != JUMP_JSON_OBJECT)
    message = object; /* of /api/generate: all in one */
  add_piece (self, JUMP_TRANSCRIPT_THINKING, 0, jump_json_find_member (message, "thinking"));
  add_piece (self, JUMP_TRANSCRIPT_ASSISTANT, 0, jump_json_find_member (message, "content"));
  add_piece (self, JUMP_TRANSCRIPT_ASSISTANT, 0, jump_json_find_member (message, "response"));
  add_calls (self, jump_json_find_member (message, "tool_calls"));
  if (jump_json_span_kind (jump_json_find_member (object, "done")) == JUMP_JSON_TRUE)
    self->is_complete = TRUE;
}

gboolean
jump_transcript_add_lines (GPtrArray *list, const char *data, gsize length)
{
  Pieces self = { .list = list };
  const char *end = data + length;
  JumpJsonSpan object;

  if (parse (&object, data, length))
    {
      take_object (&self, object);
      data = end;
    }
  while (data < end)
    {
      const char *newline = memchr (data, '\n', (gsize) (end - data));
      const char *line_end = newline != NULL ? newline : end;

      if (parse (&object, data, (gsize) (line_end - data)))
        take_object (&self, object);
      data = newline != NULL ? newline + 1 : end;
    }
  flush (&self);
  return self.is_complete;
}

/* ---- completions ---- */

static void
take_completion (Pieces *self, const char *data, gsize length)
{
  JumpJsonSpan object;
  JumpJsonSpan choices;
  JumpJsonCursor cursor;
  JumpJsonSpan choice;

  if (!parse (&object, data, length) || add_error (self, object))
    return;
  choices = jump_json_find_member (object, "choices");
  if (jump_json_span_kind (choices) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, choices);
  while (jump_json_cursor_next (&cursor, NULL, &choice))
    {
      gint64 index = 0;

      jump_json_span_get_int (jump_json_find_member (choice, "index"), &index);
      if (index >= 0)
        add_piece (self,
                   JUMP_TRANSCRIPT_ASSISTANT,
                   (guint) MIN (index, MAX_CHOICES),
                   jump_json_find_member (choice, "text"));
      if (jump_json_span_kind (jump_json_find_member (choice, "finish_reason")) == JUMP_JSON_STRING)
        self->is_complete = TRUE;
    }
}

gboolean
jump_transcript_add_completion (GPtrArray *list, const char *data, gsize length)
{
  Pieces self = { .list = list };

  take_completion (&self, data, length);
  flush (&self);
  return self.is_complete;
}

static gboolean
on_completion_event (const JumpSseEvent *event, gpointer user_data)
{
  take_completion (user_data, event->data, event->data_length);
  return TRUE;
}

gboolean
jump_transcript_add_completions (GPtrArray *list, const char *data, gsize length)
{
  Pieces self = { .list = list };
  g_autoptr (JumpSseParser) parser =
      jump_sse_parser_new (JUMP_LIMIT_SSE_EVENT, on_completion_event, NULL, &self);

  jump_sse_parser_push (parser, data, length, NULL);
  flush (&self);
  return self.is_complete;
}

/* ---- vectors ---- */

/* Of an array of numbers, or of base64 of float32. */
static guint
count_numbers (JumpJsonSpan vector)
{
  JumpJsonCursor cursor;
  JumpJsonSpan number;
  guint n = 0;

  if (jump_json_span_kind (vector) == JUMP_JSON_STRING)
    return (guint) ((vector.length - 2) / 4 * 3 / 4);
  if (jump_json_span_kind (vector) != JUMP_JSON_ARRAY)
    return 0;
  jump_json_cursor_init (&cursor, vector);
  while (jump_json_cursor_next (&cursor, NULL, &number))
    n++;
  return n;
}

/* OpenAI says {"data":[{"embedding":[…]}]}, Ollama {"embeddings":[[…]]} or {"embedding":[…]}. */
static guint
count_vectors (JumpJsonSpan object, JumpJsonSpan *out_first)
{
  JumpJsonSpan vectors = jump_json_find_member (object, "data");
  JumpJsonSpan vector;
  JumpJsonCursor cursor;
  guint n = 0;

  *out_first = jump_json_find_member (object, "embedding");
  if (jump_json_span_kind (*out_first) == JUMP_JSON_ARRAY)
    return 1;
  if (jump_json_span_kind (vectors) != JUMP_JSON_ARRAY)
    vectors = jump_json_find_member (object, "embeddings");
  if (jump_json_span_kind (vectors) != JUMP_JSON_ARRAY)
    return 0;
  jump_json_cursor_init (&cursor, vectors);
  while (jump_json_cursor_next (&cursor, NULL, &vector))
    if (n++ == 0)
      *out_first = jump_json_span_kind (vector) == JUMP_JSON_OBJECT
                       ? jump_json_find_member (vector, "embedding")
                       : vector;
  return n;
}

gboolean
jump_transcript_add_vectors (GPtrArray *list, const char *data, gsize length)
{
  JumpJsonSpan object;
  JumpJsonSpan first;
  g_autofree char *text = NULL;
  guint n;

  if (!parse (&object, data, length))
    return FALSE;
  n = count_vectors (object, &first);
  text = g_strdup_printf ("%u %s of %u numbers",
                          n,
                          n == 1 ? "vector" : "vectors",
                          count_numbers (first));
  jump_transcript_add (list, JUMP_TRANSCRIPT_ASSISTANT, NULL, text, strlen (text));
  return TRUE;
}
