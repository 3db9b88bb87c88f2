/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/instance.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
print_short (JsonArray *models)
{
  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *model = jump_json_array_get_object (models, i);

      if (model != NULL)
        g_print ("  - %s (%s)\n",
                 jump_json_get_string (model, "id", ""),
                 jump_json_get_string (model, "owned_by", _ ("unknown")));
    }
}

static char *
number_to_text (JsonObject *model, const char *member)
{
  gint64 value = jump_json_get_int (model, member, 0);

  return value == 0 ? g_strdup ("-") : g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static void
print_long (JsonArray *models)
{
  int width = 5;

  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *model = jump_json_array_get_object (models, i);

      if (model != NULL)
        width = MAX (width, (int) strlen (jump_json_get_string (model, "id", "")));
    }
  g_print ("  %-*s  %10s  %10s  %s\n", width, "MODEL", "CONTEXT", "OUTPUT", "OWNER");
  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *model = jump_json_array_get_object (models, i);
      g_autofree char *context = NULL;
      g_autofree char *output = NULL;

      if (model == NULL)
        continue;
      context = number_to_text (model, "context_length");
      output = number_to_text (model, "max_output_tokens");
      g_print ("  %-*s  %10s  %10s  %s\n",
               width,
               jump_json_get_string (model, "id", ""),
               context,
               output,
               jump_json_get_string (model, "owned_by", _ ("unknown")));
    }
}

/* Which API reaches which model how: "direct" bytes pass, "via" they are translated. */
static void
print_routes (JsonArray *models)
{
  static const char *const apis[] = { "chat", "responses", "messages", "ollama" };
  int width = 5;

  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *model = jump_json_array_get_object (models, i);

      if (model != NULL)
        width = MAX (width, (int) strlen (jump_json_get_string (model, "id", "")));
    }
  g_print ("  %-*s  %-13s  %-13s  %-13s  %s\n",
           width,
           "MODEL",
           "CHAT",
           "RESPONSES",
           "MESSAGES",
           "OLLAMA");
  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonObject *model = jump_json_array_get_object (models, i);
      JsonObject *routes = model != NULL ? jump_json_get_object (model, "routes") : NULL;

      if (routes == NULL || !g_str_equal (jump_json_get_string (model, "kind", "chat"), "chat"))
        continue;
      g_print ("  %-*s", width, jump_json_get_string (model, "id", ""));
      for (gsize j = 0; j < G_N_ELEMENTS (apis); j++)
        g_print (j + 1 < G_N_ELEMENTS (apis) ? "  %-13s" : "  %s",
                 jump_json_get_string (routes, apis[j], "-"));
      g_print ("\n");
    }
}

/* On standard error, so that what is read by a program stays the same. */
static void
warn_about_origin (const char *origin)
{
  if (g_str_equal (origin, "builtin"))
    g_printerr (
        "%s",
        _ ("Copilot did not send its list: these are the models Jumpseat knows by itself.\n"));
  else if (g_str_equal (origin, "disk"))
    g_printerr ("%s", _ ("Copilot did not send its list: this is the one it sent last time.\n"));
}

/* The list is the one that clients get; where it comes from is part of the status. */
static JsonObject *
ask_running (JumpInstance *instance, GError **error)
{
  g_autoptr (JsonObject) status = jump_instance_call (instance, "GET", "/api/status", NULL, error);
  JsonObject *catalog;
  JsonObject *answer;

  if (status == NULL)
    return NULL;
  if (g_str_equal (jump_json_get_string (status, "account_state", ""), "signed_out"))
    {
      g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_SIGNED_OUT, _ ("nobody is signed in"));
      return NULL;
    }
  answer = jump_instance_call (instance, "GET", "/api/models", NULL, error);
  if (answer == NULL || json_object_has_member (answer, "origin"))
    return answer;
  g_clear_pointer (&status, json_object_unref);
  status = jump_instance_call (instance, "GET", "/api/status", NULL, NULL);
  catalog = status == NULL ? NULL : jump_json_get_object (status, "catalog");
  if (catalog != NULL)
    {
      json_object_set_string_member (answer,
                                     "origin",
                                     jump_json_get_string (catalog, "origin", "live"));
      json_object_set_int_member (answer,
                                  "fetched_at",
                                  jump_json_get_int (catalog, "fetched_at", 0));
    }
  return answer;
}

static JsonObject *
ask (JumpInstance *instance, GError **error)
{
  if (jump_instance_is_running (instance))
    return ask_running (instance, error);
  return jump_instance_call (instance, "GET", "/api/models", NULL, error);
}

static void
print_models (JsonObject *answer, gboolean is_long, gboolean with_routes)
{
  JsonArray *models = jump_json_get_array (answer, "data");
  guint count = models == NULL ? 0 : json_array_get_length (models);

  warn_about_origin (jump_json_get_string (answer, "origin", ""));
  g_print (ngettext ("Available models (%u total):\n", "Available models (%u total):\n", count),
           count);
  if (models == NULL)
    return;
  if (with_routes)
    print_routes (models);
  else if (is_long)
    print_long (models);
  else
    print_short (models);
}

/**
 * jump_command_models:
 * @context: with settings loaded
 * @arguments: "models", perhaps --long or --routes
 *
 * Returns: the exit status
 */
JumpExitCode
jump_command_models (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpInstance) instance = NULL;
  g_autoptr (JsonObject) answer = NULL;
  gboolean is_long = FALSE;
  gboolean with_routes = FALSE;
  const GOptionEntry entries[] = {
    { "long", 'l', 0, G_OPTION_ARG_NONE, &is_long, NULL, NULL },
    { "routes", 'r', 0, G_OPTION_ARG_NONE, &with_routes, NULL, NULL },
    { NULL },
  };

  if (!jump_options_parse_own (entries, arguments, NULL, &error))
    return jump_command_refuse ("models", error);
  instance = jump_instance_open (context, &error);
  if (instance == NULL)
    return jump_exit_with_error (error);
  answer = ask (instance, &error);
  if (answer == NULL)
    return jump_exit_with_error (error);
  if (context->options.json)
    jump_command_print_json (answer);
  else
    print_models (answer, is_long, with_routes);
  return JUMP_EXIT_OK;
}
