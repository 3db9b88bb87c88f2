/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/log-writer.h"

#include "service/service.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define OWN_DOMAIN "jumpseat"

struct _JumpLogWriter
{
  int threshold;     /* a GLogLevelFlags; atomic, since any thread may log */
  JumpLogFile *file; /* (owned) (nullable); atomic; stays for good */
  gboolean is_journal;
};

/* In GLib a smaller number is a graver level. */
static GLogLevelFlags
parse_level (const char *level)
{
  if (g_strcmp0 (level, "debug") == 0)
    return G_LOG_LEVEL_DEBUG;
  if (g_strcmp0 (level, "warning") == 0)
    return G_LOG_LEVEL_WARNING;
  if (g_strcmp0 (level, "error") == 0)
    return G_LOG_LEVEL_CRITICAL;
  return G_LOG_LEVEL_INFO;
}

static const char *
describe_level (GLogLevelFlags level)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
    return "ERROR";
  if ((level & G_LOG_LEVEL_WARNING) != 0)
    return "WARN ";
  if ((level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO)) != 0)
    return "INFO ";
  return "DEBUG";
}

/* What sd-daemon(3) puts between < and >. */
static int
rate_level (GLogLevelFlags level)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
    return 3;
  if ((level & G_LOG_LEVEL_WARNING) != 0)
    return 4;
  if ((level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO)) != 0)
    return 6;
  return 7;
}

/* JOURNAL_STREAM names the file that systemd gave; whoever sent standard error elsewhere meanwhile has another. */
static gboolean
is_stderr_journal (void)
{
  const char *stream = g_getenv ("JOURNAL_STREAM");
  g_autofree char *own = NULL;
  struct stat facts;

  if (stream == NULL || fstat (fileno (stderr), &facts) != 0)
    return FALSE;
  own = g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                         (guint64) facts.st_dev,
                         (guint64) facts.st_ino);
  return g_str_equal (stream, own);
}

static gboolean
is_own_domain (const char *domain)
{
  gsize length = strlen (OWN_DOMAIN);

  return domain != NULL && strncmp (domain, OWN_DOMAIN, length) == 0 &&
         (domain[length] == '\0' || domain[length] == '-');
}

static const char *
get_area (const char *domain)
{
  if (domain == NULL)
    return "other";
  if (!is_own_domain (domain))
    return domain;
  return domain[strlen (OWN_DOMAIN)] == '\0' ? "app" : domain + strlen (OWN_DOMAIN "-");
}

/* One record is one line, and text: nobody forges a second one with a line end in a name of a
 * model, or writes to the terminal with its control characters. */
static void
append_one_line (GString *line, const char *text)
{
  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char_validated (text, -1);
      const char *next = c >= (gunichar) -2 ? text + 1 : g_utf8_next_char (text);

      if (c == '\n')
        g_string_append (line, "\\n");
      else if (c >= (gunichar) -2 || c < 0x20 || c == 0x7f)
        g_string_append_printf (line, "\\x%02x", (guchar) *text);
      else if (g_unichar_iscntrl (c))
        g_string_append_printf (line, "\\u%04x", c);
      else
        g_string_append_len (line, text, next - text);
      text = next;
    }
}

static char *
dup_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      if (strcmp (fields[i].key, key) != 0 || fields[i].value == NULL)
        continue;
      if (fields[i].length < 0)
        return g_strdup (fields[i].value);
      return g_strndup (fields[i].value, (gsize) fields[i].length);
    }
  return NULL;
}

static void
print_line (JumpLogWriter *self,
            GLogLevelFlags level,
            const char *domain,
            const char *message,
            const char *line)
{
  g_autofree char *told =
      self->is_journal ? jump_log_writer_format_journal (level, domain, message) : NULL;

  fputs (told == NULL ? line : told, stderr);
  fflush (stderr);
}

static GLogWriterOutput
on_message_logged (GLogLevelFlags level,
                   const GLogField *fields,
                   gsize n_fields,
                   gpointer user_data)
{
  JumpLogWriter *self = user_data;
  g_autofree char *domain = dup_field (fields, n_fields, "GLIB_DOMAIN");
  g_autofree char *message = NULL;
  g_autofree char *line = NULL;
  JumpLogFile *file;

  if (!jump_log_writer_passes ((GLogLevelFlags) g_atomic_int_get (&self->threshold), level, domain))
    return G_LOG_WRITER_HANDLED;
  message = dup_field (fields, n_fields, "MESSAGE");
  line = jump_log_writer_format (g_get_real_time (), level, domain, message);
  print_line (self, level, domain, message, line);
  file = g_atomic_pointer_get (&self->file);
  if (file != NULL)
    jump_log_file_write (file, line);
  return G_LOG_WRITER_HANDLED;
}

JumpLogWriter *
jump_log_writer_install (const char *level)
{
  JumpLogWriter *self = g_new0 (JumpLogWriter, 1);

  self->is_journal = is_stderr_journal ();
  jump_log_writer_set_level (self, level);
  g_log_set_writer_func (on_message_logged, self, g_free);
  return self;
}

void
jump_log_writer_set_level (JumpLogWriter *self, const char *level)
{
  g_atomic_int_set (&self->threshold, (int) parse_level (level));
}

void
jump_log_writer_take_file (JumpLogWriter *self, JumpLogFile *file)
{
  g_return_if_fail (self->file == NULL);
  g_atomic_pointer_set (&self->file, file);
}

gboolean
jump_log_writer_passes (GLogLevelFlags threshold, GLogLevelFlags level, const char *domain)
{
  GLogLevelFlags plain = level & G_LOG_LEVEL_MASK;

  if (!is_own_domain (domain))
    threshold = MIN (threshold, G_LOG_LEVEL_WARNING);
  return plain <= threshold;
}

char *
jump_log_writer_format (gint64 wall_time,
                        GLogLevelFlags level,
                        const char *domain,
                        const char *message)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (wall_time / G_USEC_PER_SEC);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *redacted = jump_redact (message == NULL ? "" : message);
  GString *line = g_string_new (seconds);

  g_string_append_printf (line,
                          ".%03dZ %s %s: ",
                          (int) (wall_time % G_USEC_PER_SEC / 1000),
                          describe_level (level),
                          get_area (domain));
  append_one_line (line, redacted);
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}

char *
jump_log_writer_format_journal (GLogLevelFlags level, const char *domain, const char *message)
{
  g_autofree char *redacted = jump_redact (message == NULL ? "" : message);
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "<%d>%s: ", rate_level (level), get_area (domain));
  append_one_line (line, redacted);
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}
