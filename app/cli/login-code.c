/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/login.h"
#include "app/cli/sign-in-view.h"
#include "app/signal-watch.h"

/* Twice a second: the countdown never skips one, and a running instance is on loopback. */
#define LOOK_MS 500
/* GitHub has said yes, but the token is not stored and the name not known yet: how many looks at
 * that are enough. */
#define MAX_UNSTORED_LOOKS 60

typedef struct
{
  JumpInstance *instance;
  JumpSignInView *view;
  gboolean is_over;
  gboolean is_interrupted;
  guint n_unstored_looks;
  GError *error; /* (owned) (nullable) */
  JumpExitCode code;
} SignInRun;

static gboolean
is_final (const char *status, JumpExitCode *out_code)
{
  static const struct
  {
    const char *status;
    JumpExitCode code;
  } ends[] = {
    { "success", JUMP_EXIT_OK },     { "expired", JUMP_EXIT_FAILURE },
    { "denied", JUMP_EXIT_FAILURE }, { "failed", JUMP_EXIT_UNAVAILABLE },
    { "idle", JUMP_EXIT_FAILURE },   { "cancelled", JUMP_EXIT_INTERRUPTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_equal (status, ends[i].status))
        {
          *out_code = ends[i].code;
          return TRUE;
        }
    }
  return FALSE;
}

static void
set_status (JsonObject *state, const char *status, const char *problem)
{
  json_object_set_string_member (state, "status", status);
  if (problem != NULL)
    json_object_set_string_member (state, "error", problem);
}

/* "success" says that GitHub has said yes; the sign-in is over when it is gone and the account is
 * there instead. Returns: whether there is something to show. */
static gboolean
settle (SignInRun *run, JsonObject *state)
{
  const char *status = jump_json_get_string (state, "status", "failed");

  if (g_str_equal (status, "idle"))
    {
      if (jump_json_get_boolean (state, "signed_in", FALSE))
        set_status (state, "success", NULL);
      else
        set_status (state, "failed", "the sign-in is gone");
      return TRUE;
    }
  if (!g_str_equal (status, "success"))
    return TRUE;
  if (++run->n_unstored_looks < MAX_UNSTORED_LOOKS)
    return FALSE;
  set_status (state, "failed", "the account was not stored in time");
  return TRUE;
}

static void
look (SignInRun *run, const char *method, const char *body)
{
  g_autoptr (JsonObject) state =
      jump_instance_call (run->instance, method, "/api/login", body, &run->error);

  if (state == NULL)
    {
      run->is_over = TRUE;
      return;
    }
  if (!settle (run, state))
    return;
  jump_sign_in_view_show (run->view, state);
  run->is_over = is_final (jump_json_get_string (state, "status", "failed"), &run->code);
}

static char *
make_request (const char *tenant)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "tenant", tenant);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

static gboolean
on_look_due (gpointer user_data)
{
  SignInRun *run = user_data;

  if (!run->is_over)
    look (run, "GET", NULL);
  return G_SOURCE_CONTINUE;
}

static void
on_signal_received (gpointer user_data)
{
  SignInRun *run = user_data;

  if (run->is_over)
    return;
  run->is_interrupted = TRUE;
  look (run, "DELETE", NULL);
  run->is_over = TRUE;
}

/**
 * jump_login_with_code:
 * @context: what the command got
 * @instance: who signs in
 * @tenant: (nullable): a company on ghe.com ("acme.ghe.com"); NULL: the host of the settings
 * @open_browser: whether to open GitHub's page, where there is a display
 *
 * Device flow. Ends by itself when GitHub says yes or no, when the code expires, and at Ctrl-C.
 *
 * Returns: the exit status
 */
JumpExitCode
jump_login_with_code (JumpCommandContext *context,
                      JumpInstance *instance,
                      const char *tenant,
                      gboolean open_browser)
{
  g_auto (JumpSignInView) view = { 0 };
  g_autoptr (JumpSignalWatch) watch = NULL;
  g_autofree char *body = tenant == NULL ? NULL : make_request (tenant);
  SignInRun run = { .instance = instance, .view = &view };
  guint look_id;

  jump_sign_in_view_init (&view, context->options.json, open_browser);
  watch = jump_signal_watch_new (on_signal_received, &run);
  look_id = g_timeout_add (LOOK_MS, on_look_due, &run);
  look (&run, "POST", body);
  while (!run.is_over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (look_id);

  if (run.is_interrupted)
    {
      g_clear_error (&run.error);
      return JUMP_EXIT_INTERRUPTED;
    }
  if (run.error != NULL)
    {
      g_autoptr (GError) error = g_steal_pointer (&run.error);

      return jump_exit_with_error (error);
    }
  return run.code;
}
