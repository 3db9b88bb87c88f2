/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/routes.h"

#include <string.h>

/* Who is signed in, and the same as tools written for ghc-api ask it (features.md B3). */

/* ---- /api/accounts ---- */

/* GET /api/accounts: a list, although there is never more than one. */
void
jump_route_accounts (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpAccount *account = context->account;
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_boolean (&writer, "multiple", FALSE);
  jump_json_writer_member (&writer, "accounts");
  jump_json_writer_begin_array (&writer);
  if (jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN)
    {
      jump_json_writer_begin_object (&writer);
      jump_json_writer_member_string (&writer, "login", jump_account_get_login (account));
      jump_json_writer_member_string (&writer, "host", jump_account_get_host (account)->web_url);
      jump_json_writer_member_string (&writer, "plan", jump_quota_get_plan (context->quota));
      jump_json_writer_member_string (&writer,
                                      "organisation",
                                      jump_quota_get_organisation (context->quota));
      jump_json_writer_member_string (
          &writer,
          "source",
          jump_account_source_to_string (jump_account_get_source (account)));
      jump_json_writer_member_boolean (&writer, "active", TRUE);
      jump_json_writer_end_object (&writer);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* ---- /api/config-manager ---- */

static const char *
token_source (JumpAccount *account)
{
  switch (jump_account_get_source (account))
    {
    case JUMP_SOURCE_NONE:
    case JUMP_SOURCE_COPILOT_TOKEN:
      return "unconfigured";
    case JUMP_SOURCE_ENVIRONMENT_OWN:
    case JUMP_SOURCE_ENVIRONMENT_GITHUB:
      return "environment";
    case JUMP_SOURCE_STORED:
      return "file";
    }
  return "unconfigured";
}

/* A sign-in that ended well is gone from the account: then there is an account instead. */
static const char *
flow_status (JumpAccount *account, JumpDeviceFlow *flow)
{
  if (flow == NULL)
    return jump_account_get_source (account) == JUMP_SOURCE_STORED ? "success" : "idle";
  switch (jump_device_flow_get_state (flow))
    {
    case JUMP_DEVICE_FLOW_IDLE:
      return "idle";
    case JUMP_DEVICE_FLOW_STARTING:
      return "starting";
    case JUMP_DEVICE_FLOW_PENDING:
      return "pending";
    case JUMP_DEVICE_FLOW_SUCCESS:
      return "completing";
    case JUMP_DEVICE_FLOW_EXPIRED:
    case JUMP_DEVICE_FLOW_DENIED:
    case JUMP_DEVICE_FLOW_CANCELLED:
    case JUMP_DEVICE_FLOW_FAILED:
      return "error";
    }
  return "idle";
}

static const char *
flow_error (JumpDeviceFlow *flow)
{
  const GError *error = flow == NULL ? NULL : jump_device_flow_get_error (flow);

  if (error != NULL)
    return error->message;
  if (flow == NULL || !jump_device_flow_is_final (flow) ||
      jump_device_flow_get_state (flow) == JUMP_DEVICE_FLOW_SUCCESS)
    return NULL;
  return jump_device_flow_state_to_string (jump_device_flow_get_state (flow));
}

/* 0: nobody knows, or never. */
static void
write_time (JumpJsonWriter *writer, const char *name, gint64 seconds)
{
  jump_json_writer_member (writer, name);
  if (seconds > 0)
    jump_json_writer_int (writer, seconds);
  else
    jump_json_writer_null (writer);
}

/* An object. The device code never leaves the service: only what a person needs to see. */
static void
write_flow (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpDeviceFlow *flow = jump_account_get_sign_in (context->account);
  gint64 expires_at = flow == NULL ? 0 : jump_device_flow_get_expires_at (flow);
  gint64 now = jump_clock_get_wall_seconds (context->clock);
  const char *status = flow_status (context->account, flow);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "status", status);
  jump_json_writer_member_string (writer,
                                  "user_code",
                                  flow == NULL ? NULL : jump_device_flow_get_user_code (flow));
  jump_json_writer_member_string (writer,
                                  "verification_uri",
                                  flow == NULL ? NULL
                                               : jump_device_flow_get_verification_uri (flow));
  write_time (writer, "expires_in", expires_at - now);
  write_time (writer, "interval", flow == NULL ? 0 : jump_device_flow_get_interval (flow));
  write_time (writer, "started_at", flow == NULL ? 0 : jump_device_flow_get_started_at (flow));
  write_time (writer, "expires_at", expires_at);
  jump_json_writer_member_string (writer, "error", flow_error (flow));
  jump_json_writer_member_string (writer,
                                  "message",
                                  g_str_equal (status, "pending")
                                      ? "Enter the code at the address, and allow the access."
                                      : NULL);
  jump_json_writer_end_object (writer);
}

static void
write_token (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpTokenManager *tokens = context->tokens;
  JumpToken *token = jump_token_manager_peek (tokens);
  const JumpProblem *problem = jump_token_manager_get_problem (tokens);
  gboolean has_problem = problem != NULL && problem->kind != JUMP_PROBLEM_NONE;

  jump_json_writer_member_boolean (writer, "copilot_token_configured", token != NULL);
  write_time (writer, "copilot_token_expires_at", token == NULL ? 0 : token->expires_at);
  write_time (writer, "last_refresh_attempt_at", jump_token_manager_get_last_attempt (tokens));
  write_time (writer, "last_refresh_success_at", jump_token_manager_get_last_success (tokens));
  jump_json_writer_member (writer, "last_refresh_succeeded");
  if (jump_token_manager_get_last_attempt (tokens) == 0)
    jump_json_writer_null (writer);
  else
    jump_json_writer_boolean (writer, !has_problem);
  jump_json_writer_member_string (writer,
                                  "last_refresh_error",
                                  has_problem ? problem->message : NULL);
}

/* GET /api/config-manager/token-status */
void
jump_route_token_status (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpAccount *account = context->account;
  const JumpGithubHost *host = jump_account_get_host (account);
  JumpToken *token = jump_token_manager_peek (context->tokens);
  JumpAccountSource source = jump_account_get_source (account);
  g_autofree char *copilot_url = token != NULL && token->api_url != NULL
                                     ? g_strdup (token->api_url)
                                     : jump_github_host_get_default_copilot_url (host);
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "github_api_base_url", host->api_url);
  jump_json_writer_member_string (&writer, "github_oauth_base_url", host->web_url);
  jump_json_writer_member_string (&writer,
                                  "github_device_flow_error",
                                  flow_error (jump_account_get_sign_in (account)));
  jump_json_writer_member_string (&writer, "copilot_api_base_url", copilot_url);
  jump_json_writer_member_boolean (&writer,
                                   "github_token_configured",
                                   source != JUMP_SOURCE_NONE &&
                                       source != JUMP_SOURCE_COPILOT_TOKEN);
  jump_json_writer_member_string (&writer, "github_token_source", token_source (account));
  jump_json_writer_member_boolean (&writer,
                                   "local_token_file_exists",
                                   source == JUMP_SOURCE_STORED &&
                                       g_strcmp0 (jump_account_get_store_name (account), "file") ==
                                           0);
  write_token (&writer, context);
  jump_json_writer_member (&writer, "device_flow");
  write_flow (&writer, context);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* ---- signing in ---- */

static void
answer_flow (JumpHttpContext *context, JumpClientRequest *request, JumpDeviceFlow *flow)
{
  gboolean has_failed = jump_device_flow_is_final (flow) &&
                        jump_device_flow_get_state (flow) != JUMP_DEVICE_FLOW_SUCCESS;
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  write_flow (&writer, context);
  jump_http_reply_json (request, has_failed ? 502 : 202, &writer);
}

static void
on_flow_changed (JumpDeviceFlow *flow, gpointer user_data)
{
  JumpPendingAnswer *pending = user_data;
  JumpHttpContext *context = pending->context;
  JumpClientRequest *request;

  if (jump_device_flow_get_state (flow) == JUMP_DEVICE_FLOW_STARTING)
    return;
  request = jump_pending_answer_take (pending);
  g_signal_handlers_disconnect_by_func (flow, on_flow_changed, pending);
  if (request != NULL)
    answer_flow (context, request, flow);
}

static void
free_pending (gpointer pending, G_GNUC_UNUSED GClosure *closure)
{
  jump_pending_answer_free (pending);
}

/* POST /api/config-manager/github-device-login: answers once there is a code. */
void
jump_route_device_login (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpDeviceFlow *flow = context->sign_in (NULL, NULL, context->user_data);

  if (jump_device_flow_get_state (flow) == JUMP_DEVICE_FLOW_STARTING)
    g_signal_connect_data (flow,
                           "changed",
                           G_CALLBACK (on_flow_changed),
                           jump_pending_answer_new (context, request),
                           free_pending,
                           0);
  else
    answer_flow (context, request, flow);
}
