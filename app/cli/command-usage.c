/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"
#include "app/cli/query-path.h"
#include "app/cli/usage-columns.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct
{
  char *range; /* (owned) (nullable) */
  char *by;    /* (owned) (nullable) */
  gboolean csv;
} UsageOptions;

static void
usage_options_clear (UsageOptions *self)
{
  g_clear_pointer (&self->range, g_free);
  g_clear_pointer (&self->by, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UsageOptions, usage_options_clear)

static const char *const ranges[] = { "hour", "today", "week", "month", "year", "all", NULL };
static const char *const ways[] = { "model",  "api",  "client", "key", "session",
                                    "status", "hour", "day",    NULL };

static gboolean
refuse_choice (GError **error, const char *option, const char *const *choices)
{
  g_autofree char *list = g_strjoinv (", ", (char **) choices);

  /* Translators: the first %s is an option, the second the words that it takes */
  g_set_error (error,
               G_OPTION_ERROR,
               G_OPTION_ERROR_BAD_VALUE,
               _ ("%s takes one of %s"), option, list);
  return FALSE;
}

static gboolean
parse_options (UsageOptions *self, char **arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "range", 'r', 0, G_OPTION_ARG_STRING, &self->range, NULL, NULL },
    { "by", 'b', 0, G_OPTION_ARG_STRING, &self->by, NULL, NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &self->csv, NULL, NULL },
    { NULL },
  };

  if (!jump_options_parse_own (entries, arguments, NULL, error))
    return FALSE;
  if (self->range == NULL)
    self->range = g_strdup ("today");
  if (self->by == NULL)
    self->by = g_strdup ("model");
  if (!g_strv_contains (ranges, self->range))
    return refuse_choice (error, "--range", ranges);
  return g_strv_contains (ways, self->by) || refuse_choice (error, "--by", ways);
}

/* Hours and days are stretches of time to the service, not something to add up by. */
static char *
build_path (const UsageOptions *options)
{
  GString *path = g_string_new ("/api/usage");
  gboolean is_time = g_str_equal (options->by, "hour") || g_str_equal (options->by, "day");

  jump_query_path_add (path, "range", options->range);
  jump_query_path_add (path, is_time ? "bucket" : "by", options->by);
  if (options->csv)
    jump_query_path_add (path, "format", "csv");
  return g_string_free (path, FALSE);
}

static gboolean
on_piece (const char *data, gsize length, gpointer user_data)
{
  return fwrite (data, 1, length, stdout) == length;
}

static JumpExitCode
print_csv (JumpInstance *instance, const char *path)
{
  const JumpControlQuestion question = { .method = "GET", .path = path };
  g_autoptr (GError) error = NULL;

  if (!jump_control_stream_run (jump_instance_get_client (instance),
                                &question,
                                on_piece,
                                NULL,
                                NULL,
                                &error))
    return jump_exit_with_error (error);
  return fflush (stdout) == 0 ? JUMP_EXIT_OK : JUMP_EXIT_FAILURE;
}

/**
 * jump_command_usage:
 * @context: with settings loaded
 * @arguments: "usage" and its options
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_usage (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (UsageOptions) options = { 0 };
  g_autoptr (JumpInstance) instance = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (!parse_options (&options, arguments, &error))
    return jump_command_refuse ("usage", error);
  instance = jump_instance_need_running (context, &error);
  if (instance == NULL)
    return jump_exit_with_error (error);
  path = build_path (&options);
  if (options.csv)
    return print_csv (instance, path);
  answer = jump_instance_call (instance, "GET", path, NULL, &error);
  if (answer == NULL)
    return jump_exit_with_error (error);
  if (context->options.json)
    {
      jump_command_print_json (answer);
      return JUMP_EXIT_OK;
    }
  text = jump_usage_columns_new (answer, options.by);
  g_print ("%s", text);
  return JUMP_EXIT_OK;
}
