/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"
#include "app/cli/query-path.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  GStrv words;  /* (owned) */
  char *from;   /* (owned) (nullable) */
  char *until;  /* (owned) (nullable) */
  char *search; /* (owned) (nullable) */
} ExportOptions;

static void
export_options_clear (ExportOptions *self)
{
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->until, g_free);
  g_clear_pointer (&self->search, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ExportOptions, export_options_clear)

/* Where the lines go. */
typedef struct
{
  JumpWholeFile *file; /* (owned) (nullable): NULL: standard output */
  GError *error;       /* (owned) (nullable) */
  guint64 n_lines;
} Target;

static void
target_clear (Target *self)
{
  g_clear_pointer (&self->file, jump_whole_file_free);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

static gboolean
add_day (GString *path, const char *name, const char *day, gboolean is_end, GError **error)
{
  gint64 time;

  if (day == NULL)
    return TRUE;
  if (jump_query_path_read_day (day, is_end, &time))
    {
      jump_query_path_add_int (path, name, time);
      return TRUE;
    }
  g_set_error (error,
               G_OPTION_ERROR,
               G_OPTION_ERROR_BAD_VALUE,
               /* Translators: %s is an option */
               _ ("--%s takes a day, as in 2026-08-16"), name);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the path to ask for */
static char *
parse_options (ExportOptions *self, char **arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &self->from, NULL, NULL },
    { "until", 0, 0, G_OPTION_ARG_STRING, &self->until, NULL, NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &self->search, NULL, NULL },
    { NULL },
  };
  g_autoptr (GString) path = g_string_new ("/api/requests/export");

  if (!jump_options_parse_own (entries, arguments, &self->words, error))
    return NULL;
  if (g_strv_length (self->words) != 1)
    {
      g_set_error_literal (error,
                           G_OPTION_ERROR,
                           G_OPTION_ERROR_FAILED,
                           _ ("export takes the name of a file, or - for standard output"));
      return NULL;
    }
  if (!add_day (path, "from", self->from, FALSE, error) ||
      !add_day (path, "until", self->until, TRUE, error))
    return NULL;
  jump_query_path_add (path, "search", self->search);
  return g_strdup (path->str);
}

static gboolean
on_piece (const char *data, gsize length, gpointer user_data)
{
  Target *target = user_data;
  const char *end = data + length;

  for (const char *at = data; (at = memchr (at, '\n', (gsize) (end - at))) != NULL; at++)
    target->n_lines++;
  if (target->file == NULL)
    return fwrite (data, 1, length, stdout) == length;
  return g_output_stream_write_all (jump_whole_file_get_stream (target->file),
                                    data,
                                    length,
                                    NULL,
                                    NULL,
                                    &target->error);
}

static gboolean
open_target (Target *target, const char *name, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (name, "-"))
    return TRUE;
  file = g_file_new_for_commandline_arg (name);
  target->file = jump_whole_file_new (file, error);
  return target->file != NULL;
}

static gboolean
close_target (Target *target, GError **error)
{
  if (target->file != NULL)
    return jump_whole_file_finish (target->file, error);
  return fflush (stdout) == 0;
}

static void
tell (JumpCommandContext *context, const Target *target, const char *name)
{
  if (target->file == NULL)
    return;
  if (context->options.json)
    g_print ("{\"exported\":%" G_GUINT64_FORMAT "}\n", target->n_lines);
  else
    /* Translators: %1$u is how many, %2$s the name of a file */
    g_print (ngettext ("Exported %1$u request to %2$s\n",
                       "Exported %1$u requests to %2$s\n",
                       (gulong) target->n_lines),
             (guint) target->n_lines,
             name);
}

/**
 * jump_command_export:
 * @context: with settings loaded
 * @arguments: "export", its options and a file
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_export (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (ExportOptions) options = { 0 };
  g_autofree char *path = parse_options (&options, arguments, &error);
  const JumpControlQuestion question = { .method = "GET", .path = path };
  g_autoptr (JumpInstance) instance = NULL;
  g_auto (Target) target = { 0 };

  if (path == NULL)
    return jump_command_refuse ("export", error);
  instance = jump_instance_need_running (context, &error);
  if (instance == NULL || !open_target (&target, options.words[0], &error))
    return jump_exit_with_error (error);
  if (!jump_control_stream_run (jump_instance_get_client (instance),
                                &question,
                                on_piece,
                                &target,
                                NULL,
                                &error))
    return jump_exit_with_error (target.error != NULL ? target.error : error);
  if (!close_target (&target, &error))
    return error != NULL ? jump_exit_with_error (error) : JUMP_EXIT_FAILURE;
  tell (context, &target, options.words[0]);
  return JUMP_EXIT_OK;
}
