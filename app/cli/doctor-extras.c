/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "app/cli/doctor-extras.h"

#include "app/cli/doctor-desk.h"

#include <string.h>

typedef struct
{
  JsonArray *checks;
  gboolean has_failed;
  gboolean has_warned;
} Extras;

/* Takes @verdict. */
static void
add (Extras *self,
     const char *name,
     const char *group,
     const char *title,
     gint64 started,
     JumpVerdict *verdict)
{
  guint time = (guint) ((g_get_monotonic_time () - started) / 1000);
  g_autoptr (JumpFinding) finding = jump_finding_new (name, group, title, time, verdict);
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *text = NULL;

  self->has_failed |= verdict->state == JUMP_VERDICT_FAILED;
  self->has_warned |= verdict->state == JUMP_VERDICT_WARNING;
  jump_json_writer_init (&writer);
  jump_finding_write (finding, &writer);
  text = jump_json_writer_finish (&writer);
  json_array_add_object_element (self->checks, jump_json_parse_object (text, -1, NULL));
}

static guint
read_port (const char *name)
{
  if (!g_str_has_prefix (name, "control-"))
    return 0;
  return (guint) g_ascii_strtoull (name + strlen ("control-"), NULL, 10);
}

static void
describe_file (const JumpControlFile *file, GString *all, GString *others)
{
  gboolean is_other = g_strcmp0 (file->version, JUMPSEAT_VERSION) != 0;
  GString *text = is_other ? others : all;

  g_string_append_printf (text,
                          "%s%s at %s (pid %" G_GINT64_FORMAT ")",
                          text->len == 0 ? "" : ", ",
                          file->version == NULL ? "one without a version" : file->version,
                          file->url,
                          file->pid);
}

static JumpVerdict *
judge_instances (const char *runtime_dir)
{
  g_autoptr (GDir) dir = g_dir_open (runtime_dir, 0, NULL);
  g_autoptr (GString) same = g_string_new (NULL);
  g_autoptr (GString) others = g_string_new (NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      guint port = read_port (name);
      g_autoptr (JumpControlFile) file =
          port == 0 ? NULL : jump_control_file_find (runtime_dir, port, FALSE);

      if (file != NULL)
        describe_file (file, same, others);
    }
  if (others->len > 0)
    return jump_verdict_new_warning (
        "End the other Jumpseat with: jumpseat quit (a service: systemctl --user restart jumpseat), "
        "then start this one.",
        "%s, while this is %s",
        others->str,
        JUMPSEAT_VERSION);
  if (same->len > 0)
    return jump_verdict_new_ok ("%s", same->str);
  return jump_verdict_new_ok ("none: this command has looked by itself");
}

static const char *
name_state (const Extras *self, JsonObject *report)
{
  const char *state = jump_json_get_string (report, "state", "failed");

  if (self->has_failed || g_str_equal (state, "failed"))
    return "failed";
  return self->has_warned || g_str_equal (state, "warning") ? "warning" : "ok";
}

/**
 * jump_doctor_extras_add:
 * @report: of the service
 * @context: of the command
 * @tool: (nullable): to look at
 * @port: where Jumpseat listens
 */
void
jump_doctor_extras_add (JsonObject *report,
                        JumpCommandContext *context,
                        const JumpDoctorTool *tool,
                        guint port)
{
  Extras extras = { .checks = jump_json_get_array (report, "checks") };
  gint64 started = g_get_monotonic_time ();
  g_autofree char *state = NULL;

  if (extras.checks == NULL)
    return;
  add (&extras,
       "instances",
       "desktop",
       "Running Jumpseat",
       started,
       judge_instances (context->paths->runtime_dir));
  started = g_get_monotonic_time ();
  add (&extras, "tray", "desktop", "Tray", started, jump_doctor_desk_judge_tray ());
  started = g_get_monotonic_time ();
  add (&extras, "autostart", "desktop", "Autostart", started, jump_doctor_desk_judge_autostart ());
  started = g_get_monotonic_time ();
  if (tool != NULL)
    add (&extras, "client", "tool", tool->title, started, jump_doctor_tool_judge (tool, port));
  state = g_strdup (name_state (&extras, report));
  json_object_set_string_member (report, "state", state);
}
