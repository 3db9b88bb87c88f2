/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/figure-text.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>

typedef struct
{
  gint64 value;
  const char *text;
} Row;

typedef char *(*FigureFunc) (gint64 value);

static void
check_rows (FigureFunc func, const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *text = func (rows[i].value);

      g_test_message ("%" G_GINT64_FORMAT, rows[i].value);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_count (void)
{
  static const Row rows[] = { { -1, "–" }, { 0, "0" }, { 999, "999" }, { 120400, "120400" } };

  check_rows (jump_figure_text_count, rows, G_N_ELEMENTS (rows));
}

static void
test_tokens (void)
{
  static const Row rows[] = {
    { -1, "–" },         { 0, "0" },         { 842, "842" },      { 999, "999" },
    { 1000, "1k" },      { 1049, "1k" },     { 1050, "1.1k" },    { 12345, "12.3k" },
    { 99949, "99.9k" },  { 99950, "100k" },  { 128000, "128k" },  { 999499, "999k" },
    { 999500, "1M" },    { 1000000, "1M" },  { 1234567, "1.2M" }, { 999499999, "999M" },
    { 999500000, "1G" }, { 1e13, "10000G" },
  };

  check_rows (jump_figure_text_tokens, rows, G_N_ELEMENTS (rows));
}

static void
test_credits (void)
{
  static const Row rows[] = {
    { -1, "–" },
    { 0, "0" },
    { 1, "<0.01" },
    { 4999999, "<0.01" },
    { 5000000, "0.01" },
    { 420000000, "0.42" },
    { G_GINT64_CONSTANT (9994000000), "9.99" },
    { G_GINT64_CONSTANT (9996000000), "10.0" },
    { G_GINT64_CONSTANT (12340000000), "12.3" },
    { G_GINT64_CONSTANT (99960000000), "100" },
    { G_GINT64_CONSTANT (1204300000000), "1204" },
  };

  check_rows (jump_figure_text_credits, rows, G_N_ELEMENTS (rows));
}

static void
test_amount (void)
{
  static const struct
  {
    double amount;
    const char *text;
  } rows[] = { { 0, "0" },   { -12.34, "-12.3" }, { 1210.4, "1210" }, { 0.001, "<0.01" },
               { -1, "-1" }, { NAN, "–" },        { INFINITY, "–" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_figure_text_amount (rows[i].amount);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_latency (void)
{
  static const Row rows[] = {
    { -1, "–" },
    { 0, "0 ms" },
    { 85000, "85 ms" },
    { 999499, "999 ms" },
    { 999500, "1.0 s" },
    { 2440000, "2.4 s" },
    { 59949000, "59.9 s" },
    { 59950000, "1:00 min" },
    { 65000000, "1:05 min" },
    { G_GINT64_CONSTANT (3599600000), "1:00:00 h" },
    { G_GINT64_CONSTANT (3725000000), "1:02:05 h" },
  };

  check_rows (jump_figure_text_latency, rows, G_N_ELEMENTS (rows));
}

static void
test_duration (void)
{
  static const Row rows[] = {
    { -1, "–" },
    { 0, "0 seconds" },
    { 1, "1 second" },
    { 59, "59 seconds" },
    { 60, "1 minute" },
    { 119, "1 minute" },
    { 1440, "24 minutes" },
    { 3600, "1 hour" },
    { 7500, "2 hours 5 minutes" },
    { 86399, "23 hours 59 minutes" },
    { 86400, "1 day" },
    { 100000, "1 day 3 hours" },
    { 864000, "10 days" },
  };

  check_rows (jump_figure_text_duration, rows, G_N_ELEMENTS (rows));
}

static void
test_countdown (void)
{
  static const Row rows[] = { { -1, "–" },        { 0, "0:00" },     { 7, "0:07" },
                              { 899, "14:59" },   { 3599, "59:59" }, { 3600, "1:00:00" },
                              { 5025, "1:23:45" } };

  check_rows (jump_figure_text_countdown, rows, G_N_ELEMENTS (rows));
}

/* The time zone is UTC here. */
static void
test_times (void)
{
  static const Row clocks[] = { { -1, "–" },
                                { 0, "00:00:00" },
                                { G_GINT64_CONSTANT (1764597909999999), "14:05:09" } };
  static const Row days[] = { { -1, "–" }, { 0, "1 January" }, { 1764597909, "1 December" } };

  check_rows (jump_figure_text_clock, clocks, G_N_ELEMENTS (clocks));
  check_rows (jump_figure_text_day, days, G_N_ELEMENTS (days));
}

static void
test_percent (void)
{
  static const struct
  {
    double percent;
    const char *text;
  } rows[] = { { -1, "–" },     { 0, "0%" },     { 0.2, "1%" },   { 19.3, "19%" },
               { 99.7, "99%" }, { 100, "100%" }, { 104, "104%" }, { NAN, "–" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = jump_figure_text_percent (rows[i].percent);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_bytes (void)
{
  g_autofree char *text = jump_figure_text_bytes (1200000);

  g_assert_cmpstr (text, ==, "1.2\302\240MB");
}

/* A locale of our own making, since few are installed where tests run. */
static void
test_locale (void)
{
  g_autofree char *folder = g_dir_make_tmp ("jumpseat-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "de_DE.UTF-8", NULL);
  g_autofree char *command = g_strdup_printf ("localedef --quiet -i de_DE -f UTF-8 '%s'", path);
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", folder);
  g_autofree char *credits = NULL;
  g_autofree char *large = NULL;
  g_autofree char *count = NULL;
  g_autofree char *tokens = NULL;

  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_setenv ("LOCPATH", folder, TRUE);
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no locale to be made here");
      g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
      return;
    }
  credits = jump_figure_text_credits (420000000);
  large = jump_figure_text_amount (1204.2);
  count = jump_figure_text_count (1234567);
  tokens = jump_figure_text_tokens (12345);
  g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpstr (credits, ==, "0,42");
  g_assert_cmpstr (large, ==, "1.204");
  g_assert_cmpstr (count, ==, "1.234.567");
  g_assert_cmpstr (tokens, ==, "12,3k");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_setenv ("LANGUAGE", "C", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-text/count", test_count);
  g_test_add_func ("/figure-text/tokens", test_tokens);
  g_test_add_func ("/figure-text/credits", test_credits);
  g_test_add_func ("/figure-text/amount", test_amount);
  g_test_add_func ("/figure-text/latency", test_latency);
  g_test_add_func ("/figure-text/duration", test_duration);
  g_test_add_func ("/figure-text/countdown", test_countdown);
  g_test_add_func ("/figure-text/times", test_times);
  g_test_add_func ("/figure-text/percent", test_percent);
  g_test_add_func ("/figure-text/bytes", test_bytes);
  g_test_add_func ("/figure-text/locale", test_locale);
  return g_test_run ();
}
