/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/line-headers.h"

#include "service/base/redact.h"

#include <string.h>

/* In records, and in lines (H-17). */
#define RECORDED "<redacted>"
#define WRITTEN  "***REDACTED***"

static char *
dup_written_value (const char *value)
{
  return g_strdup (g_str_equal (value, RECORDED) ? WRITTEN : value);
}

/* Names in their order, each once, whatever its case. */
static void
collect (const char *lines, GPtrArray *names, GHashTable *values)
{
  g_auto (GStrv) each = g_strsplit (lines, "\n", -1);

  for (gsize i = 0; each[i] != NULL; i++)
    {
      char *colon = strchr (each[i], ':');
      g_autofree char *value = NULL;
      g_autofree char *key = NULL;
      const char *before;

      if (colon == NULL)
        continue;
      *colon = '\0';
      value = dup_written_value (g_strstrip (colon + 1));
      key = g_ascii_strdown (each[i], -1);
      before = g_hash_table_lookup (values, key);
      if (before == NULL)
        g_ptr_array_add (names, g_strdup (each[i]));
      else
        {
          char *joined = g_strdup_printf ("%s, %s", before, value);

          g_free (g_steal_pointer (&value));
          value = joined;
        }
      g_hash_table_replace (values, g_steal_pointer (&key), g_steal_pointer (&value));
    }
}

/* One line is one header: nothing in it may begin another. */
static void
flatten (char *text)
{
  g_strdelimit (text, "\r\n", ' ');
}

static gboolean
is_secret (const char *name, const char *value)
{
  g_autofree char *line = g_strdup_printf ("%s: %s", name, value);
  g_autofree char *redacted = jump_redact (line);

  return g_str_equal (value, WRITTEN) || jump_redact_is_secret_name (name) ||
         strcmp (line, redacted) != 0;
}

/**
 * jump_line_headers_write:
 * @writer: where a value may stand
 * @lines: (nullable): of a record
 */
void
jump_line_headers_write (JumpJsonWriter *writer, const char *lines)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (lines != NULL)
    collect (lines, names, values);
  jump_json_writer_begin_object (writer);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *key = g_ascii_strdown (name, -1);

      jump_json_writer_member_string (writer, name, g_hash_table_lookup (values, key));
    }
  jump_json_writer_end_object (writer);
}

/**
 * jump_line_headers_read:
 * @object: a validated value, absent ones too
 *
 * Values that are no strings are left out.
 *
 * Returns: (transfer full) (nullable): lines for a record
 */
char *
jump_line_headers_read (JumpJsonSpan object)
{
  GString *lines = g_string_new (NULL);
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan member;

  if (jump_json_span_kind (object) == JUMP_JSON_OBJECT)
    {
      jump_json_cursor_init (&cursor, object);
      while (jump_json_cursor_next (&cursor, &key, &member))
        {
          g_autofree char *name = jump_json_span_dup_string (key);
          g_autofree char *value = jump_json_span_dup_string (member);

          if (value == NULL || *name == '\0')
            continue;
          g_strdelimit (name, ":\r\n", '-');
          flatten (value);
          g_string_append_printf (lines,
                                  "%s: %s\n",
                                  name,
                                  is_secret (name, value) ? RECORDED : value);
        }
    }
  return g_string_free (lines, lines->len == 0);
}
