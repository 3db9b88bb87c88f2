/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* The parser of event streams beside a slow and simple one, whole and in pieces. The first byte chooses the limit
 * and the pieces. */

#include "service/base/error.h"
#include "service/sse/sse-parser.h"
#include "tests/fuzz/targets/fuzz-target.h"

#include <string.h>

static void
append_event (GString *log, const char *name, gsize name_length, const char *data, gsize length)
{
  g_string_append_printf (log, "<%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ">", name_length, length);
  g_string_append_len (log, name, (gssize) name_length);
  g_string_append_len (log, data, (gssize) length);
}

static gboolean
on_event (const JumpSseEvent *event, gpointer user_data)
{
  append_event (user_data, event->event, event->event_length, event->data, event->data_length);
  return TRUE;
}

/* @step: bytes of each piece. Returns: (transfer full) */
static GString *
play (const char *text, gsize length, gsize limit, gsize step)
{
  GString *log = g_string_new (NULL);
  g_autoptr (JumpSseParser) parser = jump_sse_parser_new (limit, on_event, NULL, log);
  g_autoptr (GError) error = NULL;

  for (gsize at = 0; at < length && error == NULL; at += step)
    {
      gsize piece = MIN (step, length - at);
      g_autofree char *copy = g_memdup2 (text + at, piece);

      jump_sse_parser_push (parser, copy, piece, &error);
      /* A piece may end in the middle of a line that is joined to nothing yet. */
      g_assert_cmpuint (jump_sse_parser_get_pending (parser), <=, limit + 3);
    }
  if (error == NULL)
    jump_sse_parser_finish (parser, &error);
  if (error == NULL)
    return log;
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_PROTOCOL);
  g_string_append (log, "<too large>");
  return log;
}

/* ---- the simple one ---- */

typedef struct
{
  GString *log;
  GString *name;
  GString *data;
  gboolean has_data;
} Reader;

static void
end_event (Reader *self)
{
  if (self->has_data)
    append_event (self->log, self->name->str, self->name->len, self->data->str, self->data->len);
  g_string_truncate (self->name, 0);
  g_string_truncate (self->data, 0);
  self->has_data = FALSE;
}

static void
take_line (Reader *self, const char *line, gsize length)
{
  const char *colon = length == 0 ? NULL : memchr (line, ':', length);
  gsize name_length = colon == NULL ? length : (gsize) (colon - line);
  const char *value = colon == NULL ? line + length : colon + 1;
  const char *end = line + length;

  if (length == 0)
    end_event (self);
  if (value < end && *value == ' ')
    value++;
  if (name_length == 4 && memcmp (line, "data", 4) == 0)
    {
      if (self->has_data)
        g_string_append_c (self->data, '\n');
      g_string_append_len (self->data, value, end - value);
      self->has_data = TRUE;
    }
  else if (name_length == 5 && memcmp (line, "event", 5) == 0 &&
           memchr (value, '\0', (gsize) (end - value)) == NULL)
    {
      g_string_truncate (self->name, 0);
      g_string_append_len (self->name, value, end - value);
    }
}

static GString *
play_simply (const char *text, gsize length)
{
  Reader reader = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), FALSE };
  gsize at = length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

  while (at < length)
    {
      gsize end = at;

      while (end < length && text[end] != '\n' && text[end] != '\r')
        end++;
      take_line (&reader, text + at, end - at);
      at = end + (end + 1 < length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
    }
  end_event (&reader);
  g_string_free (reader.name, TRUE);
  g_string_free (reader.data, TRUE);
  return reader.log;
}

void
fuzz_target_sse (const guint8 *data, gsize length)
{
  gboolean is_limited = length > 0 && data[0] >= 0x80;
  gsize limit = is_limited ? 1 + (data[0] & 0x0f) : 1 << 20;
  g_autoptr (GString) whole = NULL;
  g_autoptr (GString) split = NULL;
  g_autoptr (GString) simple = NULL;
  const char *text;

  if (length < 2)
    return;
  text = (const char *) data + 1;
  length--;
  whole = play (text, length, limit, length);
  split = play (text, length, limit, 1 + (data[0] & 0x07));
  g_assert_true (g_string_equal (whole, split));
  simple = play_simply (text, length);
  g_assert_true (is_limited || g_string_equal (whole, simple));
}
