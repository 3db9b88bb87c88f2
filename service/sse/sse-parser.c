/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/sse/sse-parser.h"

#include "service/base/error.h"

#include <string.h>

#define BOM        "\xEF\xBB\xBF"
#define BOM_LENGTH 3
/* A store that one huge event made larger than this is given back afterwards. */
#define KEEP_STORE (64 * 1024)

/* A value of the event that is being collected. It stays where it came in until the push ends or
 * another line is joined to it. */
typedef struct
{
  const char *text;
  gsize length;
  GString *store; /* (owned) */
  gboolean is_stored;
} Field;

struct _JumpSseParser
{
  gsize max_event;
  JumpSseEventFunc on_event;
  JumpSseCommentFunc on_comment;
  gpointer user_data;

  GString *line; /* (owned) the beginning of a line whose end has not come */
  Field event;
  Field data;
  gboolean has_data;
  guint bom_matched; /* bytes; BOM_LENGTH: behind the place where one may stand */
  gboolean skip_lf;  /* the last byte was a CR */
  gboolean has_stopped;
  gboolean has_failed;
};

/* Where the next LF stands, so that bytes with CR ends only are not searched again per line. */
typedef struct
{
  const char *lf; /* NULL: none */
  gboolean is_valid;
} LineScan;

static GString *
empty_store (GString *store)
{
  if (store->allocated_len > KEEP_STORE)
    {
      g_string_free (store, TRUE);
      return g_string_new (NULL);
    }
  return g_string_truncate (store, 0);
}

static void
field_clear (Field *field)
{
  field->text = NULL;
  field->length = 0;
  field->is_stored = FALSE;
  field->store = empty_store (field->store);
}

static void
field_set (Field *field, const char *text, gsize length)
{
  field->text = text;
  field->length = length;
  field->is_stored = FALSE;
}

static void
field_keep (Field *field)
{
  if (field->is_stored || field->text == NULL)
    return;
  g_string_truncate (field->store, 0);
  g_string_append_len (field->store, field->text, (gssize) field->length);
  field->text = field->store->str;
  field->is_stored = TRUE;
}

static void
field_append_line (Field *field, const char *text, gsize length)
{
  field_keep (field);
  g_string_append_c (field->store, '\n');
  g_string_append_len (field->store, text, (gssize) length);
  field->text = field->store->str;
  field->length = field->store->len;
}

static void
reset_event (JumpSseParser *self)
{
  field_clear (&self->event);
  field_clear (&self->data);
  self->has_data = FALSE;
}

/* An event without any data line is dropped, as the standard wants it. */
static void
dispatch_event (JumpSseParser *self)
{
  JumpSseEvent event = {
    .event = self->event.length > 0 ? self->event.text : NULL,
    .event_length = self->event.length,
    .data = self->data.text,
    .data_length = self->data.length,
  };

  if (self->has_data && !self->on_event (&event, self->user_data))
    self->has_stopped = TRUE;
  reset_event (self);
}

static gboolean
is_name (const char *line, gsize length, const char *name)
{
  return length == strlen (name) && memcmp (line, name, length) == 0;
}

static void
take_data (JumpSseParser *self, const char *value, gsize length)
{
  if (self->has_data)
    field_append_line (&self->data, value, length);
  else
    field_set (&self->data, value, length);
  self->has_data = TRUE;
}

/* id and retry serve reconnecting, which nobody does here. A name with a zero byte is none, as the
 * standard says of ids: names go on to clients that take them for C strings. */
static void
take_field (JumpSseParser *self, const char *line, gsize length)
{
  const char *colon = memchr (line, ':', length);
  gsize name_length = colon == NULL ? length : (gsize) (colon - line);
  const char *value = colon == NULL ? line + length : colon + 1;
  const char *end = line + length;

  if (value < end && *value == ' ')
    value++;
  if (is_name (line, name_length, "data"))
    take_data (self, value, (gsize) (end - value));
  else if (is_name (line, name_length, "event") &&
           memchr (value, '\0', (gsize) (end - value)) == NULL)
    field_set (&self->event, value, (gsize) (end - value));
}

static gboolean
fail_too_large (JumpSseParser *self, GError **error)
{
  self->has_failed = TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_PROTOCOL,
               "an event is larger than %" G_GSIZE_FORMAT " bytes (setting limits.event_bytes)",
               self->max_event);
  return FALSE;
}

static gboolean
check_size (JumpSseParser *self, gsize line_length, GError **error)
{
  if (line_length > self->max_event ||
      self->event.length + self->data.length > self->max_event - line_length)
    return fail_too_large (self, error);
  return TRUE;
}

static gboolean
take_line (JumpSseParser *self, const char *line, gsize length, GError **error)
{
  if (length == 0)
    {
      dispatch_event (self);
      return TRUE;
    }
  if (!check_size (self, length, error))
    return FALSE;
  if (line[0] != ':')
    take_field (self, line, length);
  else if (self->on_comment != NULL)
    self->on_comment (line + 1, length - 1, self->user_data);
  return TRUE;
}

static gboolean
take_stored_line (JumpSseParser *self, GError **error)
{
  gboolean is_taken = take_line (self, self->line->str, self->line->len, error);

  field_keep (&self->event);
  field_keep (&self->data);
  self->line = empty_store (self->line);
  return is_taken;
}

static gboolean
keep_line_start (JumpSseParser *self, const char *text, gsize length, GError **error)
{
  if (!check_size (self, self->line->len + length, error))
    return FALSE;
  g_string_append_len (self->line, text, (gssize) length);
  return TRUE;
}

static const char *
find_line_end (LineScan *scan, const char *position, const char *end)
{
  const char *cr;

  if (!scan->is_valid || (scan->lf != NULL && scan->lf < position))
    {
      scan->lf = memchr (position, '\n', (gsize) (end - position));
      scan->is_valid = TRUE;
    }
  cr = memchr (position, '\r', (gsize) ((scan->lf == NULL ? end : scan->lf) - position));
  return cr != NULL ? cr : scan->lf;
}

/* Half of a mark that turns out not to be one is the start of the first line. */
static const char *
skip_bom (JumpSseParser *self, const char *position, const char *end)
{
  while (position < end && self->bom_matched < BOM_LENGTH)
    {
      if (*position != BOM[self->bom_matched])
        {
          g_string_append_len (self->line, BOM, self->bom_matched);
          self->bom_matched = BOM_LENGTH;
          break;
        }
      self->bom_matched++;
      position++;
    }
  return position;
}

static gboolean
push_lines (JumpSseParser *self, const char *position, const char *end, GError **error)
{
  LineScan scan = { NULL, FALSE };

  while (position < end && !self->has_stopped)
    {
      const char *line_end = find_line_end (&scan, position, end);
      gsize length = (gsize) ((line_end == NULL ? end : line_end) - position);

      if (line_end == NULL)
        return keep_line_start (self, position, length, error);
      if (self->line->len == 0)
        {
          if (!take_line (self, position, length, error))
            return FALSE;
        }
      else if (!keep_line_start (self, position, length, error) || !take_stored_line (self, error))
        return FALSE;
      position = line_end + 1;
      if (*line_end != '\r')
        continue;
      self->skip_lf = position == end;
      if (position < end && *position == '\n')
        position++;
    }
  return TRUE;
}

/**
 * jump_sse_parser_new:
 * @max_event: bytes of one event that are kept at most; more is an error
 * @on_event: called for each event
 * @on_comment: (nullable):
 *
 * Returns: (transfer full):
 */
JumpSseParser *
jump_sse_parser_new (gsize max_event,
                     JumpSseEventFunc on_event,
                     JumpSseCommentFunc on_comment,
                     gpointer user_data)
{
  JumpSseParser *self = g_new0 (JumpSseParser, 1);

  self->max_event = max_event;
  self->on_event = on_event;
  self->on_comment = on_comment;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->event.store = g_string_new (NULL);
  self->data.store = g_string_new (NULL);
  return self;
}

void
jump_sse_parser_free (JumpSseParser *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->event.store, TRUE);
  g_string_free (self->data.store, TRUE);
  g_free (self);
}

/**
 * jump_sse_parser_push:
 * @bytes: the next bytes of the stream, cut anywhere
 *
 * After an error every push fails; after on_event wanted to stop, bytes are ignored.
 *
 * Returns: %FALSE with %JUMP_ERROR_PROTOCOL when an event is larger than the limit
 */
gboolean
jump_sse_parser_push (JumpSseParser *self, const char *bytes, gsize length, GError **error)
{
  const char *position = bytes;
  const char *end;

  if (self->has_failed)
    return fail_too_large (self, error);
  if (self->has_stopped || length == 0)
    return TRUE;
  end = bytes + length;
  if (self->bom_matched < BOM_LENGTH)
    position = skip_bom (self, position, end);
  if (self->skip_lf && position < end)
    {
      self->skip_lf = FALSE;
      if (*position == '\n')
        position++;
    }
  if (!push_lines (self, position, end, error))
    return FALSE;
  field_keep (&self->event);
  field_keep (&self->data);
  return TRUE;
}

/**
 * jump_sse_parser_finish:
 *
 * The stream has ended: hands out what is there, even half a line. The parser may then be used
 * for the next stream.
 *
 * Returns: %FALSE as jump_sse_parser_push() does
 */
gboolean
jump_sse_parser_finish (JumpSseParser *self, GError **error)
{
  if (self->has_failed)
    return fail_too_large (self, error);
  if (!self->has_stopped)
    {
      if (self->line->len > 0 && !take_stored_line (self, error))
        return FALSE;
      dispatch_event (self);
    }
  reset_event (self);
  self->line = empty_store (self->line);
  self->bom_matched = 0;
  self->skip_lf = FALSE;
  self->has_stopped = FALSE;
  return TRUE;
}

/**
 * jump_sse_parser_get_pending:
 *
 * Returns: bytes that are held because their event is not complete
 */
gsize
jump_sse_parser_get_pending (const JumpSseParser *self)
{
  return self->line->len + self->event.length + self->data.length;
}
