/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/golden.h"

#include <string.h>

#define CONTEXT_LINES 3
#define MAX_LINES     40
#define MAX_WIDTH     400

struct _JumpGolden
{
  char *folder;     /* (owned) */
  GHashTable *seen; /* (owned) (element-type utf8 utf8): names read or checked */
  gboolean is_writing;
};

/**
 * jump_golden_new:
 *
 * Returns: (transfer full): a folder of which nothing has been looked at
 */
JumpGolden *
jump_golden_new (const char *folder)
{
  JumpGolden *self = g_new0 (JumpGolden, 1);

  self->folder = g_strdup (folder);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->is_writing = g_strcmp0 (g_getenv ("JUMPSEAT_FIXTURES"), "write") == 0;
  return self;
}

void
jump_golden_free (JumpGolden *self)
{
  g_free (self->folder);
  g_hash_table_unref (self->seen);
  g_free (self);
}

gboolean
jump_golden_has (const JumpGolden *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

GBytes *
jump_golden_read (JumpGolden *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  char *text;
  gsize length;

  g_hash_table_add (self->seen, g_strdup (name));
  return g_file_get_contents (path, &text, &length, NULL) ? g_bytes_new_take (text, length) : NULL;
}

static void
put_lines (GString *out, const char *mark, char **lines, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      if (i - from == MAX_LINES)
        {
          g_string_append_printf (out, "%s… %u more\n", mark, to - i);
          return;
        }
      g_string_append_printf (out,
                              "%s%.*s%s\n",
                              mark,
                              MAX_WIDTH,
                              lines[i],
                              strlen (lines[i]) > MAX_WIDTH ? "…" : "");
    }
}

/**
 * jump_golden_diff:
 * @expected: lines
 * @actual: lines
 *
 * One block from the first to the last line that differs: enough to see what happened; whoever wants
 * more writes the files and asks git.
 */
char *
jump_golden_diff (const char *expected, const char *actual)
{
  g_auto (GStrv) old_lines = g_strsplit (expected, "\n", -1);
  g_auto (GStrv) new_lines = g_strsplit (actual, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);
  guint n_old = g_strv_length (old_lines);
  guint n_new = g_strv_length (new_lines);
  guint first = 0;
  guint tail = 0;

  if (strcmp (expected, actual) == 0)
    return g_strdup ("");
  while (first < MIN (n_old, n_new) && strcmp (old_lines[first], new_lines[first]) == 0)
    first++;
  while (tail < MIN (n_old, n_new) - first &&
         strcmp (old_lines[n_old - 1 - tail], new_lines[n_new - 1 - tail]) == 0)
    tail++;
  g_string_append_printf (out, "line %u:\n", first + 1);
  put_lines (out, " ", old_lines, first > CONTEXT_LINES ? first - CONTEXT_LINES : 0, first);
  put_lines (out, "-", old_lines, first, n_old - tail);
  put_lines (out, "+", new_lines, first, n_new - tail);
  put_lines (out, " ", old_lines, n_old - tail, n_old - tail + MIN (tail, CONTEXT_LINES));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
write_file (const JumpGolden *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *old_text = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_get_contents (path, &old_text, NULL, NULL) && strcmp (old_text, text) == 0)
    return;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_test_message ("wrote %s/%s", self->folder, name);
}

void
jump_golden_check (JumpGolden *self, const char *name, const char *actual)
{
  g_autoptr (GBytes) bytes = jump_golden_read (self, name);
  g_autofree char *expected = NULL;
  g_autofree char *diff = NULL;

  if (self->is_writing)
    {
      write_file (self, name, actual);
      return;
    }
  if (bytes == NULL)
    {
      g_test_message ("%s/%s is missing; JUMPSEAT_FIXTURES=write makes it", self->folder, name);
      g_test_fail ();
      return;
    }
  expected = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (strcmp (expected, actual) == 0)
    return;
  diff = jump_golden_diff (expected, actual);
  g_test_message ("%s/%s differs, %s", self->folder, name, diff);
  g_test_fail ();
}

void
jump_golden_finish (JumpGolden *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_hash_table_contains (self->seen, name))
        continue;
      g_test_message ("%s/%s: nothing reads or makes this file", self->folder, name);
      g_test_fail ();
    }
}
