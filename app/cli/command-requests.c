/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"
#include "app/cli/query-path.h"
#include "app/cli/request-columns.h"
#include "app/cli/request-follow.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define LIMIT     20
#define LIMIT_MAX 1000

typedef struct
{
  char *search; /* (owned) (nullable) */
  char *full;   /* (owned) (nullable) */
  int limit;
  gboolean follow;
} RequestOptions;

static void
request_options_clear (RequestOptions *self)
{
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->full, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RequestOptions, request_options_clear)

static gboolean
parse_options (RequestOptions *self, char **arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "search", 's', 0, G_OPTION_ARG_STRING, &self->search, NULL, NULL },
    { "full", 0, 0, G_OPTION_ARG_STRING, &self->full, NULL, NULL },
    { "limit", 'n', 0, G_OPTION_ARG_INT, &self->limit, NULL, NULL },
    { "follow", 'f', 0, G_OPTION_ARG_NONE, &self->follow, NULL, NULL },
    { NULL },
  };

  self->limit = LIMIT;
  if (!jump_options_parse_own (entries, arguments, NULL, error))
    return FALSE;
  if (self->limit >= 1 && self->limit <= LIMIT_MAX && (self->full == NULL || !self->follow))
    return TRUE;
  if (self->full != NULL && self->follow)
    g_set_error_literal (error,
                         G_OPTION_ERROR,
                         G_OPTION_ERROR_FAILED,
                         _ ("--full and --follow exclude each other"));
  else
    g_set_error (error,
                 G_OPTION_ERROR,
                 G_OPTION_ERROR_BAD_VALUE,
                 /* Translators: %d is the highest number */
                 _ ("--limit takes a number from 1 to %d"), LIMIT_MAX);
  return FALSE;
}

static char *
build_path (const RequestOptions *options)
{
  GString *path = g_string_new (options->full != NULL ? "/api/requests/search" : "/api/requests");

  jump_query_path_add (path, "q", options->full);
  jump_query_path_add (path, "search", options->search);
  jump_query_path_add_int (path, "per_page", options->limit);
  return g_string_free (path, FALSE);
}

static JumpExitCode
list (JumpCommandContext *context, JumpInstance *instance, const RequestOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = build_path (options);
  g_autoptr (JsonObject) answer = jump_instance_call (instance, "GET", path, NULL, &error);
  g_autofree char *text = NULL;

  if (answer == NULL)
    return jump_exit_with_error (error);
  if (context->options.json)
    jump_command_print_json (answer);
  else
    {
      text = jump_request_columns_new (answer);
      g_print ("%s", text);
    }
  return JUMP_EXIT_OK;
}

/**
 * jump_command_requests:
 * @context: with settings loaded
 * @arguments: "requests" and its options
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_requests (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (RequestOptions) options = { 0 };
  g_autoptr (JumpInstance) instance = NULL;

  if (!parse_options (&options, arguments, &error))
    return jump_command_refuse ("requests", error);
  instance = jump_instance_need_running (context, &error);
  if (instance == NULL)
    return jump_exit_with_error (error);
  if (options.follow)
    return jump_request_follow_run (context, instance, options.search);
  return list (context, instance, &options);
}
