/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Plays what the fuzzers have found again: every file of tests/fixtures/fuzz, its beginnings, and a few bytes that
 * are hard on everybody. */

#include "tests/fuzz/targets/fuzz-target.h"

#include <string.h>

static void
play_copy (const FuzzTarget *target, const char *data, gsize length)
{
  /* Its own copy, so that a sanitizer sees every read outside. */
  g_autofree guint8 *copy = g_memdup2 (data, length);

  target->play (length == 0 ? (const guint8 *) "" : copy, length);
}

static void
play_file (const FuzzTarget *target, const char *path)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  g_test_message ("%s", path);
  play_copy (target, data, length);
  for (gsize part = 1; part < 4; part++)
    play_copy (target, data, length * part / 4);
}

static void
test_found (gconstpointer user_data)
{
  const FuzzTarget *target = user_data;
  g_autofree char *folder =
      g_test_build_filename (G_TEST_DIST, "fixtures", "fuzz", target->name, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      play_file (target, path);
    }
}

static void
test_plain (gconstpointer user_data)
{
  static const char *const texts[] = {
    "",   "{",  "{}",       "[]",           "0{}",      "1{\"model\":\"m\"}",
    "\"", "\\", "\r\n\r\n", "data: {}\n\n", "\xff\xfe",
  };
  const FuzzTarget *target = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    play_copy (target, texts[i], strlen (texts[i]));
  for (int byte = 0; byte < 256; byte++)
    {
      char pair[] = { (char) byte, (char) byte };

      play_copy (target, pair, sizeof pair);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const FuzzTarget *target = fuzz_targets; target->name != NULL; target++)
    {
      g_autofree char *found = g_strdup_printf ("/fuzz-found/%s", target->name);
      g_autofree char *plain = g_strdup_printf ("/fuzz-found/%s/plain", target->name);

      g_test_add_data_func (found, target, test_found);
      g_test_add_data_func (plain, target, test_plain);
    }
  return g_test_run ();
}
