/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/budget-columns.h"
#include "app/cli/instance.h"

#include <glib/gi18n-lib.h>

#define SETTING "budgets."

static gboolean
is_list (char **words)
{
  return words[0] == NULL || (g_str_equal (words[0], "list") && words[1] == NULL);
}

static gboolean
is_understood (char **words)
{
  guint n_words = g_strv_length (words);

  if (is_list (words))
    return TRUE;
  if (g_str_equal (words[0], "set"))
    return n_words == 4 || n_words == 5;
  return g_str_equal (words[0], "remove") && n_words == 2;
}

/* Returns: (transfer full) (nullable) */
static char **
parse_words (char **arguments, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (GStrv) words = NULL;

  if (!jump_options_parse_own (entries, arguments, &words, error))
    return NULL;
  if (is_understood (words))
    return g_steal_pointer (&words);
  g_set_error_literal (error,
                       G_OPTION_ERROR,
                       G_OPTION_ERROR_FAILED,
                       /* Translators: the words in small letters are typed */
                       _ ("budget takes set NAME CREDITS ACTION [MODEL], remove NAME, or nothing"));
  return NULL;
}

/* ---- without a running service ---- */

static void
write_row (JumpJsonWriter *writer, const JumpSettingPair *row)
{
  g_autoptr (JumpBudgetLimit) limit = jump_budget_limit_parse (row->name, row->target, NULL);

  if (limit == NULL)
    return;
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "name", limit->name);
  jump_json_writer_member_string (writer, "period", jump_budget_period_get_name (limit->period));
  jump_json_writer_member_string (writer, "key", limit->key);
  jump_json_writer_member_string (writer, "model", limit->model);
  jump_json_writer_member_double (writer, "credits", limit->credits);
  jump_json_writer_member_string (writer, "action", jump_budget_action_get_name (limit->action));
  jump_json_writer_member_string (writer, "cheaper_model", limit->cheaper);
  /* What was used, only a service knows. */
  jump_json_writer_member (writer, "used");
  jump_json_writer_null (writer);
  jump_json_writer_end_object (writer);
}

static JsonObject *
list_settings (JumpCommandContext *context, GError **error)
{
  GPtrArray *rows = jump_settings_get_table (context->settings, JUMP_TABLE_BUDGETS);
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *text = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "budgets");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < rows->len; i++)
    write_row (&writer, rows->pdata[i]);
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  text = jump_json_writer_finish (&writer);
  return jump_json_parse_object (text, -1, error);
}

/* ---- the verbs ---- */

static JumpExitCode
list (JumpCommandContext *context, JumpInstance *instance)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) answer =
      instance != NULL ? jump_instance_call (instance, "GET", "/api/budgets", NULL, &error)
                       : list_settings (context, &error);

  if (answer == NULL)
    return jump_exit_with_error (error);
  if (context->options.json)
    {
      jump_command_print_json (answer);
      return JUMP_EXIT_OK;
    }
  text = jump_budget_columns_new (answer);
  g_print ("%s", text);
  return JUMP_EXIT_OK;
}

static char *
build_path (const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);

  return g_strconcat ("/api/budgets/", escaped, NULL);
}

/* A number that is none is told in the words of the settings. */
static gboolean
change (JumpCommandContext *context, JumpInstance *instance, char **words, GError **error)
{
  g_autofree char *value = g_strjoinv (" ", words + 2);
  g_autofree char *setting = g_strconcat (SETTING, words[1], NULL);
  g_autofree char *path = build_path (words[1]);
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JumpBudgetLimit) limit = jump_budget_limit_parse (words[1], value, error);
  g_auto (JumpJsonWriter) writer = { 0 };

  if (limit == NULL)
    return FALSE;
  if (instance == NULL)
    return jump_settings_set_text (context->settings, setting, value, error);
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_double (&writer, "credits", limit->credits);
  jump_json_writer_member_string (&writer, "action", jump_budget_action_get_name (limit->action));
  jump_json_writer_member_string (&writer, "model", limit->cheaper);
  jump_json_writer_end_object (&writer);
  body = jump_json_writer_finish (&writer);
  answer = jump_instance_call (instance, "PUT", path, body, error);
  return answer != NULL;
}

static gboolean
remove_budget (JumpCommandContext *context,
               JumpInstance *instance,
               const char *name,
               GError **error)
{
  g_autofree char *setting = g_strconcat (SETTING, name, NULL);
  g_autofree char *path = build_path (name);
  g_autoptr (JsonObject) answer = NULL;

  if (instance == NULL)
    return jump_settings_reset (context->settings, setting, error);
  answer = jump_instance_call (instance, "DELETE", path, NULL, error);
  return answer != NULL;
}

static JumpExitCode
finish (JumpCommandContext *context, JumpInstance *instance, const char *sentence, const char *name)
{
  if (context->options.json)
    return list (context, instance);
  g_print ("%s %s\n", sentence, name);
  return JUMP_EXIT_OK;
}

/**
 * jump_command_budget:
 * @context: with settings loaded
 * @arguments: "budget" and what to do
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_budget (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = parse_words (arguments, &error);
  g_autoptr (JumpInstance) instance = NULL;

  if (words == NULL)
    return jump_command_refuse ("budget", error);
  instance = jump_instance_find_running (context);
  if (is_list (words))
    return list (context, instance);
  if (g_str_equal (words[0], "set"))
    return change (context, instance, words, &error)
        ? finish (context, instance, _ ("Set:"), words[1]) : jump_exit_with_error (error);
  return remove_budget (context, instance, words[1], &error)
      ? finish (context, instance, _ ("Removed:"), words[1]) : jump_exit_with_error (error);
}
