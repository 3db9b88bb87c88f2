/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/config-change.h"

#include "app/cli/instance.h"

#include <glib/gi18n-lib.h>

/* A running instance saves the value itself, so that it takes effect at once and is not
 * overwritten; but only if it reads the same file. */
static JumpInstance *
find_instance (JumpCommandContext *context)
{
  g_autoptr (JumpInstance) instance = jump_instance_find_running (context);
  g_autoptr (JsonObject) status = NULL;

  if (instance == NULL)
    return NULL;
  status = jump_instance_call (instance, "GET", "/api/status", NULL, NULL);
  if (status == NULL || g_strcmp0 (jump_json_get_string (status, "config_file", NULL),
                                   jump_settings_get_path (context->settings)) != 0)
    return NULL;
  return g_steal_pointer (&instance);
}

static gboolean
change_in_instance (JumpInstance *instance,
                    const char *name,
                    const char *value,
                    gboolean *out_needs_restart,
                    GError **error)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *body = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "name", name);
  jump_json_writer_member_string (&writer, "value", value);
  jump_json_writer_end_object (&writer);
  body = jump_json_writer_finish (&writer);
  answer = jump_instance_call (instance, "POST", "/api/settings", body, error);
  if (answer == NULL)
    return FALSE;
  *out_needs_restart = jump_json_get_boolean (answer, "needs_restart", FALSE);
  return TRUE;
}

static void
print_change (JumpCommandContext *context,
              const char *name,
              const char *value,
              gboolean needs_restart)
{
  g_autoptr (JsonObject) outcome = NULL;

  if (!context->options.json)
    {
      g_print ("%s = %s\n", name, value);
      if (needs_restart)
        g_print ("%s", _ ("This takes effect when Jumpseat is started again.\n"));
      return;
    }
  outcome = json_object_new ();
  json_object_set_string_member (outcome, "name", name);
  json_object_set_string_member (outcome, "value", value);
  json_object_set_boolean_member (outcome, "needs_restart", needs_restart);
  jump_command_print_json (outcome);
}

/**
 * jump_config_change:
 * @context: with settings loaded
 * @name: group and name, "server.port"
 * @value: as it would stand in the file
 *
 * Returns: the exit status
 */
JumpExitCode
jump_config_change (JumpCommandContext *context, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpInstance) instance = NULL;
  gboolean needs_restart = FALSE;
  gboolean ok;
  JumpSettingKey key;

  if (jump_setting_find (name, &key) && !jump_setting_check (key, value, &error))
    return jump_exit_with_error (error);
  instance = find_instance (context);
  if (instance != NULL)
    ok = change_in_instance (instance, name, value, &needs_restart, &error);
  else
    ok = jump_settings_set_text (context->settings, name, value, &error);
  if (!ok)
    return jump_exit_with_error (error);
  print_change (context, name, value, needs_restart);
  return JUMP_EXIT_OK;
}
