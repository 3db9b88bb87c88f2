/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/line-fields.h"

#include "service/base/error.h"
#include "service/conversation/usage-count.h"
#include "service/history/history-line.h"

#include <math.h>
#include <string.h>

/* Of members that we do not know: enough for what other tools add, too little to fill a disk. */
#define UNKNOWN_MAX       (256 * 1024)
#define MICROS_PER_SECOND 1000000
/* In the year 2255, when microseconds outgrow the numbers of JSON. Later ones are milliseconds, or nonsense. */
#define TIME_MAX (JUMP_USAGE_COUNT_MAX / MICROS_PER_SECOND - 1)

static const char *const their_names[] = { "id",
                                           "timestamp",
                                           "client_ip",
                                           "request_headers",
                                           "original_request_body",
                                           "request_body",
                                           "response_body",
                                           "raw_events",
                                           "model",
                                           "translated_model",
                                           "endpoint",
                                           "status_code",
                                           "request_size",
                                           "response_size",
                                           "input_tokens",
                                           "output_tokens",
                                           "cache_creation_input_tokens",
                                           "cache_read_input_tokens",
                                           "duration",
                                           "state",
                                           "user_id",
                                           JUMP_HISTORY_LINE_OURS,
                                           NULL };

static const char *const our_names[] = { "method",
                                         "api",
                                         "client",
                                         "client_key",
                                         "client_name",
                                         "process",
                                         "session",
                                         "asked_model",
                                         "used_model",
                                         "route",
                                         "changes",
                                         "error",
                                         "upstream_id",
                                         "upstream_status",
                                         "streamed",
                                         "started",
                                         "queued",
                                         "first_byte",
                                         "total",
                                         "attempts",
                                         "all_input_tokens",
                                         "all_output_tokens",
                                         "cache_read_tokens",
                                         "cache_write_tokens",
                                         "reasoning_tokens",
                                         "nano_aiu",
                                         "estimated_nano_aiu",
                                         "body_size",
                                         "is_reply_cut",
                                         "is_imported",
                                         "reply_headers",
                                         "frames",
                                         "request_bytes",
                                         "sent_bytes",
                                         "reply_bytes",
                                         NULL };

G_GNUC_PRINTF (3, 4)
static gboolean
fail (GError **error, const char *name, const char *format, ...)
{
  g_autofree char *expected = NULL;
  va_list args;

  va_start (args, format);
  expected = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected %s", name, expected);
  return FALSE;
}

static gboolean
append_unknown (JumpLineFields *self, JumpJsonSpan key, JumpJsonSpan value, GError **error)
{
  if (self->unknown->len + key.length + value.length > UNKNOWN_MAX)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "expected at most %u KiB of other members",
                   UNKNOWN_MAX / 1024);
      return FALSE;
    }
  if (self->unknown->len > 0)
    g_string_append_c (self->unknown, ',');
  g_string_append_len (self->unknown, key.start, (gssize) key.length);
  g_string_append_c (self->unknown, ':');
  g_string_append_len (self->unknown, value.start, (gssize) value.length);
  return TRUE;
}

/* Two readers might take different ones of two equal names. */
static gboolean
init (JumpLineFields *self, JumpJsonSpan object, const char *const *names, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan value;

  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->unknown = g_string_new (NULL);
  self->is_there = jump_json_span_kind (object) == JUMP_JSON_OBJECT;
  if (!self->is_there)
    return TRUE;
  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      g_autofree char *name = jump_json_span_dup_string (key);

      if (!g_strv_contains (names, name) && !append_unknown (self, key, value, error))
        return FALSE;
      if (g_hash_table_contains (self->known, name))
        {
          g_autofree char *shown = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), 64));

          return fail (error, shown, "it once");
        }
      g_hash_table_insert (self->known, g_steal_pointer (&name), g_memdup2 (&value, sizeof value));
    }
  return TRUE;
}

/**
 * jump_line_fields_init_theirs:
 * @self: (out caller-allocates): to be cleared also after an error
 * @object: a line
 * @error: see jump_history_line_read(), as in the others
 *
 * Returns: whether it can be read
 */
gboolean
jump_line_fields_init_theirs (JumpLineFields *self, JumpJsonSpan object, GError **error)
{
  return init (self, object, their_names, error);
}

/**
 * jump_line_fields_init_ours:
 * @self: (out caller-allocates): to be cleared also after an error
 * @object: the member of a line that is ours; anything but an object counts as absent
 * @error: as there
 *
 * Returns: whether it can be read
 */
gboolean
jump_line_fields_init_ours (JumpLineFields *self, JumpJsonSpan object, GError **error)
{
  return init (self, object, our_names, error);
}

void
jump_line_fields_clear (JumpLineFields *self)
{
  g_clear_pointer (&self->known, g_hash_table_unref);
  if (self->unknown != NULL)
    g_string_free (g_steal_pointer (&self->unknown), TRUE);
}

JumpJsonSpan
jump_line_fields_get (const JumpLineFields *self, const char *name)
{
  const JumpJsonSpan *value = g_hash_table_lookup (self->known, name);

  return value != NULL ? *value : (JumpJsonSpan){ NULL, 0 };
}

gboolean
jump_line_fields_is_true (const JumpLineFields *self, const char *name)
{
  return jump_json_span_kind (jump_line_fields_get (self, name)) == JUMP_JSON_TRUE;
}

/**
 * jump_line_fields_read_texts:
 * @self: members
 * @texts: (array length=n_texts): which, how long, and where they go
 * @n_texts: how many
 * @error: as above
 *
 * Returns: whether each of them is a text, null or absent
 */
gboolean
jump_line_fields_read_texts (const JumpLineFields *self,
                             const JumpLineText *texts,
                             gsize n_texts,
                             GError **error)
{
  for (gsize i = 0; i < n_texts; i++)
    {
      JumpJsonSpan value = jump_line_fields_get (self, texts[i].name);

      if (jump_json_span_kind (value) == JUMP_JSON_NULL)
        continue;
      if (jump_json_span_kind (value) != JUMP_JSON_STRING ||
          value.length > 6 * texts[i].max_length + 2)
        return fail (error, texts[i].name, "a text of at most %zu bytes", texts[i].max_length);
      g_free (*texts[i].place);
      *texts[i].place = jump_json_span_dup_string (value);
      if (strlen (*texts[i].place) > texts[i].max_length)
        return fail (error, texts[i].name, "a text of at most %zu bytes", texts[i].max_length);
    }
  return TRUE;
}

gboolean
jump_line_fields_read_numbers (const JumpLineFields *self,
                               const JumpLineNumber *numbers,
                               gsize n_numbers,
                               GError **error)
{
  for (gsize i = 0; i < n_numbers; i++)
    {
      JumpJsonSpan value = jump_line_fields_get (self, numbers[i].name);
      gint64 number = -1;

      if (jump_json_span_kind (value) == JUMP_JSON_NULL)
        continue;
      if (!jump_json_span_get_int (value, &number) || number < 0 || number > JUMP_USAGE_COUNT_MAX)
        return fail (error, numbers[i].name, "a whole number from 0 on");
      *numbers[i].place = number;
    }
  return TRUE;
}

static gboolean
to_double (const char *text, double *out_number)
{
  char *end = NULL;

  *out_number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*out_number);
}

/**
 * jump_line_fields_read_double:
 * @self: members
 * @name: of one
 * @max: the highest that makes sense
 * @out_number: (out): left alone when it is null or absent
 * @error: as above
 *
 * Returns: whether it is a number from 0 to @max
 */
gboolean
jump_line_fields_read_double (const JumpLineFields *self,
                              const char *name,
                              double max,
                              double *out_number,
                              GError **error)
{
  JumpJsonSpan value = jump_line_fields_get (self, name);
  g_autofree char *text = NULL;
  double number;

  if (jump_json_span_kind (value) == JUMP_JSON_NULL)
    return TRUE;
  text = g_strndup (value.start, value.length);
  if (jump_json_span_kind (value) != JUMP_JSON_NUMBER || !to_double (text, &number) || number < 0 ||
      number > max)
    return fail (error, name, "a number from 0 to %.0f", max);
  *out_number = number;
  return TRUE;
}

static gboolean
read_date (char *text, gint64 *out_time)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = NULL;

  if (strlen (text) > 10 && text[10] == ' ')
    text[10] = 'T';
  time = g_date_time_new_from_iso8601 (text, local);
  if (time == NULL || g_date_time_to_unix (time) < 0 || g_date_time_to_unix (time) > TIME_MAX)
    return FALSE;
  *out_time = g_date_time_to_unix (time) * MICROS_PER_SECOND + g_date_time_get_microsecond (time);
  return TRUE;
}

gboolean
jump_line_fields_read_time (const JumpLineFields *self,
                            const char *name,
                            gint64 *out_time,
                            GError **error)
{
  JumpJsonSpan value = jump_line_fields_get (self, name);
  g_autofree char *text = NULL;
  const gint64 latest = TIME_MAX;
  double seconds;

  if (jump_json_span_kind (value) == JUMP_JSON_STRING && value.length < 128)
    text = jump_json_span_dup_string (value);
  else if (jump_json_span_kind (value) == JUMP_JSON_NUMBER)
    text = g_strndup (value.start, value.length);
  if (text != NULL && to_double (text, &seconds) && seconds >= 0 && seconds <= (double) latest)
    *out_time = (gint64) (seconds * MICROS_PER_SECOND + 0.5);
  else if (text == NULL || !read_date (text, out_time))
    return fail (error, name, "seconds since 1970, or a date as in ISO 8601");
  return TRUE;
}
