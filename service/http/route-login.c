/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/routes.h"

#include <gio/gio.h>
#include <string.h>

/* The device code never leaves the service: only what a person needs to see. */
static void
answer_state (JumpHttpContext *context, JumpClientRequest *request, guint status)
{
  JumpDeviceFlow *flow = jump_account_get_sign_in (context->account);
  const GError *error = flow != NULL ? jump_device_flow_get_error (flow) : NULL;
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (
      &writer,
      "status",
      jump_device_flow_state_to_string (flow != NULL ? jump_device_flow_get_state (flow)
                                                     : JUMP_DEVICE_FLOW_IDLE));
  jump_json_writer_member_string (&writer,
                                  "user_code",
                                  flow != NULL ? jump_device_flow_get_user_code (flow) : NULL);
  jump_json_writer_member_string (&writer,
                                  "verification_uri",
                                  flow != NULL ? jump_device_flow_get_verification_uri (flow)
                                               : NULL);
  jump_json_writer_member_int (&writer,
                               "expires_in",
                               flow == NULL
                                   ? 0
                                   : MAX (0,
                                          jump_device_flow_get_expires_at (flow) -
                                              jump_clock_get_wall_seconds (context->clock)));
  jump_json_writer_member_int (&writer,
                               "interval",
                               flow != NULL ? jump_device_flow_get_interval (flow) : 0);
  jump_json_writer_member_string (&writer, "error", error != NULL ? error->message : NULL);
  jump_json_writer_member_boolean (&writer,
                                   "signed_in",
                                   jump_account_get_state (context->account) ==
                                       JUMP_ACCOUNT_SIGNED_IN);
  jump_json_writer_member_string (&writer, "login", jump_account_get_login (context->account));
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, status, &writer);
}

/* GET /api/login */
void
jump_route_login_state (JumpHttpContext *context, JumpClientRequest *request)
{
  answer_state (context, request, 200);
}

/* @out_tenant: (out) (transfer full) (nullable): NULL: where the settings say */
static gboolean
read_tenant (GBytes *body, char **out_tenant, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) object = NULL;
  const char *tenant = NULL;

  *out_tenant = NULL;
  if (length == 0)
    return TRUE;
  object = jump_json_parse_request (data, length, error);
  if (object == NULL)
    return FALSE;
  if (!jump_json_has_value (object, "tenant"))
    return TRUE;
  if (!jump_json_need_string (object, "", "tenant", &tenant, error))
    return FALSE;
  *out_tenant = g_strdup (tenant);
  return TRUE;
}

/* POST /api/login {"tenant":"acme.ghe.com"}; the body may be left out */
void
jump_route_login_start (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *tenant = NULL;

  if (read_tenant (request->body, &tenant, &error) &&
      context->sign_in (tenant, &error, context->user_data) != NULL)
    answer_state (context, request, 202);
  else
    jump_http_reply_error (request, error);
}

/* DELETE /api/login */
void
jump_route_login_cancel (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpDeviceFlow *flow = jump_account_get_sign_in (context->account);

  if (flow != NULL)
    jump_device_flow_cancel (flow);
  answer_state (context, request, 200);
}

static void
answer_signed_in (JumpPendingAnswer *pending, JumpClientRequest *request)
{
  JumpAccount *account = pending->context->account;
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_boolean (&writer,
                                   "signed_in",
                                   jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN);
  jump_json_writer_member_string (&writer, "login", jump_account_get_login (account));
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
on_token_adopted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_adopted = jump_account_adopt_finish (JUMP_ACCOUNT (source), result, &error);
  JumpClientRequest *request = jump_pending_answer_take (pending);

  if (request == NULL)
    return;
  if (is_adopted)
    answer_signed_in (pending, request);
  else
    jump_http_reply_error (request, error);
}

/* A token that cannot be asked about now is taken unseen, so it must at least look like one. */
static gboolean
check_token (const char *text, GError **error)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isgraph (text[i]))
        length = 0;
    }
  if (length > 0)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "token: expected a GitHub token, without spaces");
  return FALSE;
}

/* POST /api/login/token {"token":"gho_…"} */
void
jump_route_login_token (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JumpSecretText) token = NULL;
  const char *text = NULL;
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);

  object = jump_json_parse_request (data, length, &error);
  jump_secret_wipe ((char *) data, length);
  if (object == NULL || !jump_json_need_string (object, "", "token", &text, &error) ||
      !check_token (text, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  token = jump_secret_text_new (text);
  jump_secret_wipe ((char *) text, strlen (text));
  jump_account_adopt_async (context->account,
                            token,
                            NULL,
                            on_token_adopted,
                            jump_pending_answer_new (context, request));
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_out = jump_account_sign_out_finish (JUMP_ACCOUNT (source), result, &error);
  JumpClientRequest *request = jump_pending_answer_take (pending);

  if (request == NULL)
    return;
  if (is_out)
    answer_signed_in (pending, request);
  else
    jump_http_reply_error (request, error);
}

/* POST /api/logout */
void
jump_route_logout (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_account_sign_out_async (context->account,
                               NULL,
                               on_signed_out,
                               jump_pending_answer_new (context, request));
}
