/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/local-doctor.h"

#include "app/cli/wait.h"

static void
open_account (JumpService *service)
{
  g_auto (JumpWait) wait = { 0 };

  jump_wait_init (&wait, JUMP_DOCTOR_CHECK_SECONDS);
  jump_service_open_async (service, wait.cancellable, jump_wait_on_done, &wait);
  /* what went wrong is one of the findings */
  jump_service_open_finish (service, jump_wait_for_result (&wait), NULL);
}

static void
stop (JumpService *service)
{
  g_auto (JumpWait) wait = { 0 };

  jump_wait_init (&wait, 0);
  jump_service_stop_async (service, jump_wait_on_done, &wait);
  jump_service_stop_finish (service, jump_wait_for_result (&wait), NULL);
}

static JsonObject *
examine (JumpService *service, const JumpDoctorWish *wish, GError **error)
{
  g_auto (JumpWait) wait = { 0 };
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *text = NULL;
  gint64 started = g_get_monotonic_time ();

  jump_wait_init (&wait, 0);
  jump_service_examine_async (service, wish, wait.cancellable, jump_wait_on_done, &wait);
  findings = jump_service_examine_finish (service, jump_wait_for_result (&wait), error);
  if (findings == NULL)
    return NULL;
  text = jump_doctor_report_new (findings,
                                 FALSE,
                                 (guint) ((g_get_monotonic_time () - started) / 1000));
  return jump_json_parse_object (text, -1, error);
}

/**
 * jump_local_doctor_examine:
 * @context: with settings, perhaps wrong ones
 * @wish: what to leave out
 * @error: G_IO_ERROR_CANCELLED
 *
 * Nobody is asked for a password: whether one would be needed is a finding.
 */
JsonObject *
jump_local_doctor_examine (JumpCommandContext *context, const JumpDoctorWish *wish, GError **error)
{
  g_autoptr (JumpService) service = jump_command_context_build_service (context, FALSE, FALSE);
  JsonObject *report;

  open_account (service);
  if (!wish->is_offline && !wish->no_calls && wish->settings_error == NULL)
    jump_service_listen_privately (service, NULL);
  report = examine (service, wish, error);
  stop (service);
  return report;
}
