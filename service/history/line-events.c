/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/line-events.h"

#include "service/base/limits.h"

#include <string.h>

typedef struct
{
  JumpJsonSpan frame; /* what stands in front of the data */
  JumpJsonSpan data;
} Piece;

static gboolean
is_lines (const char *api)
{
  return g_strcmp0 (api, "ollama") == 0;
}

/* These two name each event after the type in its data. */
static gboolean
names_events (const char *api)
{
  return g_strcmp0 (api, "messages") == 0 || g_strcmp0 (api, "responses") == 0;
}

/* Without carriage return and line feed. */
static gsize
line_length (const char *line, const char *end, const char **out_next)
{
  const char *stop = memchr (line, '\n', (gsize) (end - line));
  gsize length = (gsize) ((stop != NULL ? stop : end) - line);

  *out_next = stop != NULL ? stop + 1 : end;
  return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
}

/* How much of @line stands in front of data; -1: there is none in it. */
static gssize
find_data (const char *api, const char *line, gsize length)
{
  if (is_lines (api))
    return 0;
  if (length < strlen ("data:") || memcmp (line, "data:", strlen ("data:")) != 0)
    return -1;
  return length > strlen ("data:") && line[strlen ("data:")] == ' ' ? (gssize) strlen ("data: ")
                                                                    : (gssize) strlen ("data:");
}

/* What an API usually writes in front of @data. */
static void
append_frame (GString *out, const char *api, gboolean is_first, const char *data, gsize length)
{
  JumpJsonSpan type;
  g_autofree char *name = NULL;

  if (!is_first)
    g_string_append (out, is_lines (api) ? "\n" : "\n\n");
  if (is_lines (api))
    return;
  if (names_events (api) && jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL))
    {
      type = jump_json_find_member (jump_json_span_trim (data, length), "type");
      name = jump_json_span_dup_string (type);
    }
  if (name != NULL)
    g_string_append_printf (out, "event: %s\n", name);
  g_string_append (out, "data: ");
}

/* Others join several lines of one event's data by line feeds. */
static void
append_data (GString *out, const char *api, const char *data)
{
  g_auto (GStrv) lines = NULL;

  if (strchr (data, '\n') == NULL)
    {
      g_string_append (out, data);
      return;
    }
  lines = g_strsplit (data, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out,
                            "%s%s",
                            i == 0           ? ""
                            : is_lines (api) ? "\n"
                                             : "\ndata: ",
                            lines[i]);
}

static void
append_rest (GString *out, const char *api, gboolean has_any)
{
  if (has_any)
    g_string_append (out, is_lines (api) ? "\n" : "\n\n");
}

static void
write_span (JumpJsonWriter *writer, JumpJsonSpan text)
{
  g_autoptr (GString) string = g_string_sized_new (text.length + 16);

  g_string_append_c (string, '"');
  jump_json_append_escaped (string, text.start, (gssize) text.length);
  g_string_append_c (string, '"');
  jump_json_writer_raw (writer, string->str, (gssize) string->len);
}

static void
write_frame (JumpJsonWriter *writer,
             const char *name,
             gboolean *has_begun,
             guint number,
             JumpJsonSpan frame)
{
  char key[16];

  if (!*has_begun)
    {
      jump_json_writer_member (writer, name);
      jump_json_writer_begin_object (writer);
      *has_begun = TRUE;
    }
  g_snprintf (key, sizeof key, "%u", number);
  jump_json_writer_member (writer, key);
  write_span (writer, frame);
}

static gboolean
is_same (JumpJsonSpan span, const GString *text)
{
  return span.length == text->len && memcmp (span.start, text->str, text->len) == 0;
}

/* Returns: (transfer full) (element-type guint utf8): frames by their number */
static GHashTable *
read_frames (JumpJsonSpan frames)
{
  GHashTable *by_number = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan value;

  if (jump_json_span_kind (frames) != JUMP_JSON_OBJECT)
    return by_number;
  jump_json_cursor_init (&cursor, frames);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      g_autofree char *name = jump_json_span_dup_string (key);
      char *text = jump_json_span_dup_string (value);
      guint64 number;

      if (text != NULL && g_ascii_string_to_unsigned (name, 10, 0, G_MAXUINT, &number, NULL))
        g_hash_table_replace (by_number, GUINT_TO_POINTER ((guint) number), text);
      else
        g_free (text);
    }
  return by_number;
}

/**
 * jump_line_events_init:
 * @self: (out caller-allocates)
 * @api: (nullable): whose stream it is
 * @text: what the client got
 * @length: of it in bytes
 */
void
jump_line_events_init (JumpLineEvents *self, const char *api, const char *text, gsize length)
{
  const char *end = text + length;
  const char *frame = text;
  const char *line = text;

  self->api = api;
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  while (line < end)
    {
      const char *next;
      gsize n_bytes = line_length (line, end, &next);
      gssize skip = find_data (api, line, n_bytes);

      if (skip >= 0)
        {
          const char *data = line + skip;
          Piece piece = { { frame, (gsize) (data - frame) }, { data, n_bytes - (gsize) skip } };

          g_array_append_val (self->pieces, piece);
          frame = data + piece.data.length;
        }
      line = next;
    }
  self->rest = (JumpJsonSpan){ frame, (gsize) (end - frame) };
}

void
jump_line_events_clear (JumpLineEvents *self)
{
  g_clear_pointer (&self->pieces, g_array_unref);
}

gboolean
jump_line_events_has_any (const JumpLineEvents *self)
{
  return self->pieces->len > 0;
}

void
jump_line_events_write (const JumpLineEvents *self, JumpJsonWriter *writer)
{
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < self->pieces->len; i++)
    write_span (writer, g_array_index (self->pieces, Piece, i).data);
  jump_json_writer_end_array (writer);
}

/**
 * jump_line_events_write_frames:
 * @self: a reply
 * @writer: inside an object
 * @name: of the member
 */
void
jump_line_events_write_frames (const JumpLineEvents *self, JumpJsonWriter *writer, const char *name)
{
  g_autoptr (GString) usual = g_string_new (NULL);
  gboolean has_begun = FALSE;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);

      g_string_truncate (usual, 0);
      append_frame (usual, self->api, i == 0, piece->data.start, piece->data.length);
      if (!is_same (piece->frame, usual))
        write_frame (writer, name, &has_begun, i, piece->frame);
    }
  g_string_truncate (usual, 0);
  append_rest (usual, self->api, self->pieces->len > 0);
  if (!is_same (self->rest, usual))
    write_frame (writer, name, &has_begun, self->pieces->len, self->rest);
  if (has_begun)
    jump_json_writer_end_object (writer);
}

/**
 * jump_line_events_join:
 * @api: (nullable): whose stream it is
 * @events: a validated array; elements that are no strings are passed over
 * @frames: what jump_line_events_write_frames() wrote, or absent
 *
 * Returns: (transfer full): the bytes of the reply
 */
GByteArray *
jump_line_events_join (const char *api, JumpJsonSpan events, JumpJsonSpan frames)
{
  g_autoptr (GHashTable) unusual = read_frames (frames);
  g_autoptr (GString) out = g_string_new (NULL);
  GByteArray *bytes;
  JumpJsonCursor cursor;
  JumpJsonSpan value;
  const char *frame;
  gsize length;
  guint n = 0;

  jump_json_cursor_init (&cursor, events);
  while (jump_json_cursor_next (&cursor, NULL, &value))
    {
      g_autofree char *data = jump_json_span_dup_string (value);

      if (data == NULL)
        continue;
      frame = g_hash_table_lookup (unusual, GUINT_TO_POINTER (n));
      if (frame != NULL)
        g_string_append (out, frame);
      else
        append_frame (out, api, n == 0, data, strlen (data));
      append_data (out, api, data);
      n++;
    }
  frame = g_hash_table_lookup (unusual, GUINT_TO_POINTER (n));
  if (frame != NULL)
    g_string_append (out, frame);
  else
    append_rest (out, api, n > 0);
  length = out->len;
  bytes = g_byte_array_sized_new ((guint) length);
  return g_byte_array_append (bytes, (const guint8 *) out->str, (guint) length);
}
