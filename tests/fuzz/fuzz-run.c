/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-run.h"

#include <stdlib.h>

static guint
read_number (const char *variable, guint fallback)
{
  const char *text = g_getenv (variable);

  return text == NULL ? fallback : (guint) g_ascii_strtoull (text, NULL, 10);
}

/**
 * fuzz_run:
 * @n_rounds: few enough for everybody's test runs
 * @play: one round
 * @user_data: for @play
 */
void
fuzz_run (guint n_rounds, FuzzRoundFunc play, gpointer user_data)
{
  guint first = read_number ("FUZZ_FIRST", 0);
  guint n = read_number ("FUZZ_ROUNDS", n_rounds);
  gboolean is_traced = g_getenv ("FUZZ_TRACE") != NULL;
  FuzzRun run = { 0 };

  run.problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < n; i++)
    {
      run.round = first + i;
      run.dice = g_rand_new_with_seed (run.round);
      run.input = g_string_new (NULL);
      if (is_traced)
        g_printerr ("round %u\n", run.round);
      play (&run, user_data);
      g_string_free (run.input, TRUE);
      g_rand_free (run.dice);
    }
  g_hash_table_unref (run.problems);
}

void
fuzz_run_once (GBytes *bytes, FuzzRoundFunc play, gpointer user_data)
{
  FuzzRun run = { .round = g_bytes_hash (bytes) };

  run.dice = g_rand_new_with_seed (run.round);
  run.input = g_string_new (NULL);
  play (&run, user_data);
  g_string_free (run.input, TRUE);
  g_rand_free (run.dice);
}

guint
fuzz_roll (FuzzRun *run, guint n)
{
  return n <= 1 ? 0 : (guint) g_rand_int_range (run->dice, 0, (gint32) n);
}

gboolean
fuzz_once_in (FuzzRun *run, guint n)
{
  return fuzz_roll (run, n) == 0;
}

void
fuzz_run_show (FuzzRun *run, const char *what, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (g_getenv ("FUZZ_SHOW") == NULL)
    return;
  g_printerr ("---- %u %s\n%.*s\n", run->round, what, (int) length, data);
}

/**
 * fuzz_run_complain:
 * @run: whose round has a problem
 * @format: the same words for the same problem, which is told only once
 * @...: its arguments
 */
void
fuzz_run_complain (FuzzRun *run, const char *format, ...)
{
  va_list args;
  char *text;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (run->problems == NULL)
    {
      g_printerr ("Assertion: %s\n", text);
      abort (); /* unlike g_error(), libFuzzer notices that */
    }
  g_test_fail ();
  if (g_hash_table_contains (run->problems, text))
    {
      g_free (text);
      return;
    }
  g_test_message ("round %u: %s", run->round, text);
  g_hash_table_add (run->problems, text);
}
