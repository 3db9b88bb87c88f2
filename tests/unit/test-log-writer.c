/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/log-writer.h"

#include <stdio.h>
#include <sys/stat.h>

#define MOMENT (G_GINT64_CONSTANT (1795237567123456)) /* 2026-11-21T05:06:07.123456Z */

static void
assert_line (GLogLevelFlags level, const char *domain, const char *message, const char *expected)
{
  g_autofree char *line = jump_log_writer_format (MOMENT, level, domain, message);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_format (void)
{
  assert_line (G_LOG_LEVEL_INFO,
               "jumpseat-relay",
               "text",
               "2026-11-21T05:06:07.123Z INFO  relay: text\n");
  assert_line (G_LOG_LEVEL_DEBUG, "jumpseat", "text", "2026-11-21T05:06:07.123Z DEBUG app: text\n");
  assert_line (G_LOG_LEVEL_MESSAGE,
               "jumpseat-auth",
               "text",
               "2026-11-21T05:06:07.123Z INFO  auth: text\n");
  assert_line (G_LOG_LEVEL_WARNING, "Gtk", "text", "2026-11-21T05:06:07.123Z WARN  Gtk: text\n");
  assert_line (G_LOG_LEVEL_CRITICAL, NULL, NULL, "2026-11-21T05:06:07.123Z ERROR other: \n");
  assert_line (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL,
               "jumpseat-net",
               "x",
               "2026-11-21T05:06:07.123Z ERROR net: x\n");
}

static void
assert_journal_line (GLogLevelFlags level, const char *expected)
{
  g_autofree char *line =
      jump_log_writer_format_journal (level, "jumpseat-auth", "token=abc\n<0>x");

  g_assert_cmpstr (line, ==, expected);
}

static void
test_journal (void)
{
  assert_journal_line (G_LOG_LEVEL_ERROR | G_LOG_FLAG_FATAL, "<3>auth: token=***\\n<0>x\n");
  assert_journal_line (G_LOG_LEVEL_CRITICAL, "<3>auth: token=***\\n<0>x\n");
  assert_journal_line (G_LOG_LEVEL_WARNING, "<4>auth: token=***\\n<0>x\n");
  assert_journal_line (G_LOG_LEVEL_MESSAGE, "<6>auth: token=***\\n<0>x\n");
  assert_journal_line (G_LOG_LEVEL_INFO, "<6>auth: token=***\\n<0>x\n");
  assert_journal_line (G_LOG_LEVEL_DEBUG, "<7>auth: token=***\\n<0>x\n");
}

static void
test_one_line (void)
{
  assert_line (
      G_LOG_LEVEL_INFO,
      "jumpseat-relay",
      "a\nb\rc\x1b[1m\tGr\xc3\xbc\xc3\x9f",
      "2026-11-21T05:06:07.123Z INFO  relay: a\\nb\\x0dc\\x1b[1m\\x09Gr\xc3\xbc\xc3\x9f\n");
}

/* U+009B is what ESC [ is to a terminal; and a path may be no text at all. */
static void
test_other_control_characters (void)
{
  assert_line (G_LOG_LEVEL_INFO,
               "jumpseat-http",
               "a\xc2\x9b"
               "31mb\x9b"
               "31mc\xc2\x85 \xe2\x82 \xe2\x82\xac",
               "2026-11-21T05:06:07.123Z INFO  http: a\\u009b31mb\\x9b31mc\\u0085 \\xe2\\x82 "
               "\xe2\x82\xac\n");
}

static void
test_redacted (void)
{
  assert_line (G_LOG_LEVEL_INFO,
               "jumpseat-auth",
               "Authorization: Bearer abc\nx-api-key: 0123456789abcdef",
               "2026-11-21T05:06:07.123Z INFO  auth: Authorization: ***\\nx-api-key: ***\n");
}

static void
test_passes (void)
{
  static const GLogLevelFlags levels[] = {
    G_LOG_LEVEL_ERROR,   G_LOG_LEVEL_CRITICAL, G_LOG_LEVEL_WARNING,
    G_LOG_LEVEL_MESSAGE, G_LOG_LEVEL_INFO,     G_LOG_LEVEL_DEBUG,
  };
  static const struct
  {
    GLogLevelFlags threshold;
    guint n_own;   /* how many of the levels pass for our domains */
    guint n_other; /* and for those of libraries */
  } rows[] = {
    { G_LOG_LEVEL_CRITICAL, 2, 2 },
    { G_LOG_LEVEL_WARNING, 3, 3 },
    { G_LOG_LEVEL_INFO, 5, 3 },
    { G_LOG_LEVEL_DEBUG, 6, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (guint n = 0; n < G_N_ELEMENTS (levels); n++)
        {
          GLogLevelFlags threshold = rows[i].threshold;

          g_assert_cmpint (jump_log_writer_passes (threshold, levels[n], "jumpseat-relay"),
                           ==,
                           n < rows[i].n_own);
          g_assert_cmpint (jump_log_writer_passes (threshold, levels[n], "jumpseatx"),
                           ==,
                           n < rows[i].n_other);
          g_assert_cmpint (jump_log_writer_passes (threshold, levels[n], NULL),
                           ==,
                           n < rows[i].n_other);
        }
    }
}

static void
test_installed_child (void)
{
  JumpLogWriter *writer = jump_log_writer_install ("info");

  g_log ("jumpseat-relay", G_LOG_LEVEL_DEBUG, "hidden one");
  g_log ("jumpseat-relay", G_LOG_LEVEL_INFO, "shown one, token=abc");
  jump_log_writer_set_level (writer, "debug");
  g_log ("jumpseat-relay", G_LOG_LEVEL_DEBUG, "shown two");
  g_log ("libsoup", G_LOG_LEVEL_DEBUG, "hidden two");
  g_log_structured ("jumpseat-relay", G_LOG_LEVEL_INFO, "MESSAGE", "shown %s", "three");
  jump_log_writer_set_level (writer, "error");
  g_log ("jumpseat-relay", G_LOG_LEVEL_INFO, "hidden three");
}

static void
test_installed (void)
{
  if (g_test_subprocess ())
    {
      test_installed_child ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*Z INFO  relay: shown one, token=***\n"
                             "*Z DEBUG relay: shown two\n*Z INFO  relay: shown three\n");
  g_test_trap_assert_stderr_unmatched ("*hidden*");
  g_test_trap_assert_stderr_unmatched ("*abc*");
}

/* As systemd does it: standard error has the name that stands in the environment. */
static void
test_installed_in_journal (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *name = NULL;
      struct stat facts;

      g_assert_cmpint (fstat (fileno (stderr), &facts), ==, 0);
      name = g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                              (guint64) facts.st_dev,
                              (guint64) facts.st_ino);
      g_setenv ("JOURNAL_STREAM", name, TRUE);
      jump_log_writer_install ("info");
      g_log ("jumpseat-relay", G_LOG_LEVEL_INFO, "one");
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("<6>relay: one\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-writer/format", test_format);
  g_test_add_func ("/log-writer/one-line", test_one_line);
  g_test_add_func ("/log-writer/other-control-characters", test_other_control_characters);
  g_test_add_func ("/log-writer/redacted", test_redacted);
  g_test_add_func ("/log-writer/passes", test_passes);
  g_test_add_func ("/log-writer/installed", test_installed);
  g_test_add_func ("/log-writer/journal", test_journal);
  g_test_add_func ("/log-writer/installed-in-journal", test_installed_in_journal);
  return g_test_run ();
}
