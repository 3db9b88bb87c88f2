/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/doctor-columns.h"
#include "app/cli/doctor-extras.h"
#include "app/cli/instance.h"
#include "app/cli/local-doctor.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

typedef struct
{
  gboolean is_offline;
  gboolean no_calls;
  char *tool_name; /* (owned) (nullable) */
  const JumpDoctorTool *tool;
} DoctorOptions;

static void
doctor_options_clear (DoctorOptions *self)
{
  g_clear_pointer (&self->tool_name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DoctorOptions, doctor_options_clear)

static gboolean
parse_options (DoctorOptions *self, char **arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "offline", 0, 0, G_OPTION_ARG_NONE, &self->is_offline, NULL, NULL },
    { "no-requests", 0, 0, G_OPTION_ARG_NONE, &self->is_offline, NULL, NULL },
    { "no-calls", 0, 0, G_OPTION_ARG_NONE, &self->no_calls, NULL, NULL },
    { "client", 0, 0, G_OPTION_ARG_STRING, &self->tool_name, NULL, NULL },
    { NULL },
  };
  g_autofree char *list = NULL;

  if (!jump_options_parse_own (entries, arguments, NULL, error))
    return FALSE;
  if (self->tool_name == NULL)
    return TRUE;
  self->tool = jump_doctor_tool_find (self->tool_name);
  if (self->tool != NULL)
    return TRUE;
  list = jump_doctor_tool_list ();
  /* Translators: the first %s is an option, the second the words that it takes */
  g_set_error (error,
               G_OPTION_ERROR,
               G_OPTION_ERROR_BAD_VALUE,
               _ ("%s takes one of %s"), "--client", list);
  return FALSE;
}

/* Money is at stake, however little. */
static void
announce (const DoctorOptions *options)
{
  if (options->is_offline)
    g_print ("%s", _ ("Looking, without asking anybody outside this computer…\n\n"));
  else if (options->no_calls)
    g_print ("%s", _ ("Looking, without model calls…\n\n"));
  else
    g_print ("%s",
             _ ("Looking… One short call is made to each API, and one stream; all of them\n"
                "together cost less than one credit. (--no-calls leaves them out.)\n\n"));
  fflush (stdout);
}

static JsonObject *
ask_running (JumpInstance *instance, const DoctorOptions *options, GError **error)
{
  g_autofree char *body = g_strdup_printf ("{\"offline\":%s,\"calls\":%s}",
                                           options->is_offline ? "true" : "false",
                                           options->no_calls ? "false" : "true");

  return jump_instance_call (instance, "POST", "/api/doctor", body, error);
}

/* Returns: (transfer full): the report of whoever knows best */
static JsonObject *
examine (JumpCommandContext *context,
         const DoctorOptions *options,
         const GError *settings_error,
         GError **error)
{
  JumpDoctorWish wish = {
    .is_offline = options->is_offline,
    .no_calls = options->no_calls,
    .settings_error = settings_error,
  };
  gboolean may_ask = settings_error == NULL && !context->options.demo;
  g_autoptr (JumpInstance) instance = may_ask ? jump_instance_find_running (context) : NULL;
  g_autoptr (GError) problem = NULL;
  JsonObject *report;

  if (instance == NULL)
    return jump_local_doctor_examine (context, &wish, error);
  report = ask_running (instance, options, &problem);
  if (report != NULL)
    return report;
  /* an older one, which knows nothing of this: that is a finding by itself */
  if (g_error_matches (problem, JUMP_ERROR, JUMP_ERROR_NOT_FOUND))
    return jump_local_doctor_examine (context, &wish, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static guint
find_port (JumpCommandContext *context)
{
  guint port = (guint) jump_settings_get_int (context->settings, JUMP_KEY_SERVER_PORT);
  g_autoptr (JumpControlFile) file =
      jump_control_file_find (context->paths->runtime_dir,
                              port,
                              port == 0 || context->options.port == NULL);

  return file == NULL ? port : file->port;
}

static gboolean
wants_colour (void)
{
  const char *no_colour = g_getenv ("NO_COLOR");

  return (no_colour == NULL || *no_colour == '\0') && g_log_writer_supports_color (fileno (stdout));
}

static void
print_report (JumpCommandContext *context, JsonObject *report)
{
  g_autofree char *text = NULL;

  if (context->options.json)
    {
      jump_command_print_json (report);
      return;
    }
  text = jump_doctor_columns_new (report, wants_colour ());
  fputs (text, stdout); /* with its colours; the rest is plain already */
  fflush (stdout);
}

/**
 * jump_command_doctor:
 * @context: whose settings may be wrong: that is one of the findings
 * @arguments: "doctor" and its options
 *
 * Returns: JUMP_EXIT_OK, also with warnings; JUMP_EXIT_FAILURE when a check has failed
 */
JumpExitCode
jump_command_doctor (JumpCommandContext *context, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) settings_error = NULL;
  g_auto (DoctorOptions) options = { 0 };
  g_autoptr (JsonObject) report = NULL;

  if (!parse_options (&options, arguments, &error))
    return jump_command_refuse ("doctor", error);
  if (!jump_command_context_load_settings (context, &settings_error) && context->settings == NULL)
    return jump_exit_with_error (settings_error);
  /* what others warn of is told here in lines of its own */
  jump_log_writer_set_level (context->log,
                             context->options.log_level != NULL && settings_error == NULL
                                 ? context->options.log_level
                                 : "error");
  if (!context->options.json)
    announce (&options);
  report = examine (context, &options, settings_error, &error);
  if (report == NULL)
    return jump_exit_with_error (error);
  jump_doctor_extras_add (report, context, options.tool, find_port (context));
  print_report (context, report);
  return g_str_equal (jump_json_get_string (report, "state", "failed"), "failed")
             ? JUMP_EXIT_FAILURE
             : JUMP_EXIT_OK;
}
