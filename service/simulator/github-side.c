/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/github-side.h"

#include "service/base/json-write.h"
#include "service/simulator/allowance.h"

static JumpPlannedReply *
make_problem (guint status, const char *message)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *status_text = g_strdup_printf ("%u", status);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "message", message);
  jump_json_writer_member_string (&writer, "documentation_url", "https://docs.github.com/rest");
  jump_json_writer_member_string (&writer, "status", status_text);
  jump_json_writer_end_object (&writer);
  return jump_planned_reply_new_json (status, jump_json_writer_finish (&writer));
}

/* The envelope of protocol 2.4. */
static JumpPlannedReply *
make_refusal (const char *title,
              const char *message,
              const char *notification,
              gboolean may_sign_up)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_boolean (&writer, "can_signup_for_limited", may_sign_up);
  jump_json_writer_member (&writer, "error_details");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer,
                                  "url",
                                  "https://github.com/settings/copilot?editor={EDITOR}");
  jump_json_writer_member_string (&writer, "message", message);
  jump_json_writer_member_string (&writer, "title", title);
  jump_json_writer_member_string (&writer, "notification_id", notification);
  jump_json_writer_end_object (&writer);
  jump_json_writer_member_string (&writer, "message", "Resource not accessible by integration");
  jump_json_writer_end_object (&writer);
  return jump_planned_reply_new_json (403, jump_json_writer_finish (&writer));
}

/* Returns: (nullable): the token behind "token" or "Bearer". */
static const char *
get_token (const JumpIncomingCall *call)
{
  const char *header = jump_incoming_call_get_header (call, "Authorization");

  if (header != NULL && g_ascii_strncasecmp (header, "token ", 6) == 0)
    return header + 6;
  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    return header + 7;
  return NULL;
}

static gboolean
is_accepted (JumpSimulatorState *state, const char *token)
{
  return state->scenario->kind != JUMP_ACCOUNT_REVOKED &&
         jump_token_mint_has_github (state->mint, token);
}

/* Bare library agents are turned away (protocol 2.1). */
static gboolean
is_programmatic (const JumpIncomingCall *call)
{
  static const char *const agents[] = { "curl/",  "libcurl", "libsoup",
                                        "python", "Python",  "Go-http-client" };
  const char *agent = jump_incoming_call_get_header (call, "User-Agent");

  if (agent == NULL || *agent == '\0')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (agents); i++)
    {
      if (g_str_has_prefix (agent, agents[i]))
        return TRUE;
    }
  return FALSE;
}

static void
write_endpoints (const JumpSimulatorState *state, JumpJsonWriter *writer)
{
  static const char *const names[] = { "api", "origin-tracker", "proxy", "telemetry" };

  jump_json_writer_member (writer, "endpoints");
  jump_json_writer_begin_object (writer);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    jump_json_writer_member_string (writer, names[i], state->url);
  jump_json_writer_end_object (writer);
}

static void
write_null (JumpJsonWriter *writer, const char *name)
{
  jump_json_writer_member (writer, name);
  jump_json_writer_null (writer);
}

static void
write_organisations (const JumpSimulatorState *state, JumpJsonWriter *writer)
{
  if (state->shape->individual)
    {
      write_null (writer, "enterprise_list");
      write_null (writer, "organization_list");
      return;
    }
  jump_json_writer_member (writer, "enterprise_list");
  if (state->shape->enterprise)
    jump_json_writer_raw (writer, "[4711]", -1);
  else
    jump_json_writer_null (writer);
  jump_json_writer_member (writer, "organization_list");
  jump_json_writer_raw (writer, "[\"a5db0bcaae94032fe715fb34a5e4bce2\"]", -1);
}

static void
write_token_flags (const JumpSimulatorState *state, JumpJsonWriter *writer)
{
  static const char *const on[] = { "annotations_enabled",
                                    "chat_enabled",
                                    "chat_jetbrains_enabled",
                                    "code_quote_enabled",
                                    "codesearch",
                                    "prompt_8k",
                                    "xcode",
                                    "agent_mode_auto_approval" };
  static const char *const off[] = { "code_review_enabled",
                                     "copilotignore_enabled",
                                     "nes_enabled",
                                     "snippy_load_test_enabled",
                                     "blackbird_clientside_indexing",
                                     "xcode_chat",
                                     "vs_editor_fetcher",
                                     "vsc_panel_v2",
                                     "vsc_electron_fetcher_v2" };

  jump_json_writer_member_boolean (writer, "individual", state->shape->individual);
  for (guint i = 0; i < G_N_ELEMENTS (on); i++)
    jump_json_writer_member_boolean (writer, on[i], TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    jump_json_writer_member_boolean (writer, off[i], FALSE);
  jump_json_writer_member_string (writer, "public_suggestions", "disabled");
  jump_json_writer_member_string (writer, "telemetry", "enabled");
}

static void
write_limited_quotas (const JumpSimulatorState *state, JumpJsonWriter *writer)
{
  if (!g_str_equal (state->shape->plan, "free"))
    {
      write_null (writer, "limited_user_quotas");
      write_null (writer, "limited_user_reset_date");
      return;
    }
  jump_json_writer_member (writer, "limited_user_quotas");
  jump_json_writer_raw (writer, "{\"chat\":47,\"completions\":1998}", -1);
  jump_json_writer_member_int (writer,
                               "limited_user_reset_date",
                               jump_clock_get_wall_seconds (state->clock) + 14 * 24 * 3600);
}

static JumpPlannedReply *
make_token_reply (JumpSimulatorState *state)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  gint64 now = jump_clock_get_wall_seconds (state->clock);
  gint64 expires_at = now + state->scenario->token_ttl;
  const char *token = jump_token_mint_make_copilot (state->mint,
                                                    state->shape->sku,
                                                    state->url + strlen ("http://"),
                                                    now,
                                                    expires_at);

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  write_token_flags (state, &writer);
  write_endpoints (state, &writer);
  write_organisations (state, &writer);
  jump_json_writer_member_int (&writer, "expires_at", expires_at);
  write_limited_quotas (state, &writer);
  jump_json_writer_member_int (&writer, "refresh_in", state->scenario->token_refresh_in);
  jump_json_writer_member_string (&writer, "sku", state->shape->sku);
  jump_json_writer_member_string (&writer, "token", token);
  jump_json_writer_member_string (&writer, "tracking_id", "1f2e3d4c5b6a79880716253443526170");
  jump_json_writer_end_object (&writer);
  return jump_planned_reply_new_json (200, jump_json_writer_finish (&writer));
}

static JumpPlannedReply *
exchange (JumpSimulatorState *state, const JumpIncomingCall *call)
{
  const char *token = get_token (call);

  if (is_programmatic (call))
    return make_refusal ("Unsupported client",
                         "Please use one of the approved clients to access GitHub Copilot.",
                         "programmatic_token_generation",
                         FALSE);
  if (!is_accepted (state, token))
    return make_problem (401, "Bad credentials");
  if (!jump_token_mint_may_exchange (state->mint, token))
    return make_problem (404, "Not Found");
  if (state->scenario->kind == JUMP_ACCOUNT_NO_SEAT)
    {
      g_autofree char *message =
          g_strdup_printf ("No access to GitHub Copilot found. You are currently logged in as %s.",
                           state->scenario->login);

      return make_refusal ("Signup for GitHub Copilot", message, "no_copilot_access", TRUE);
    }
  if (state->scenario->kind == JUMP_ACCOUNT_GHE)
    return make_problem (403, "Resource not accessible by integration");
  return make_token_reply (state);
}

static void
write_legacy_quotas (const JumpSimulatorState *state, JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, "limited_user_quotas");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "chat", jump_allowance_get_legacy_chats (state));
  jump_json_writer_member_int (writer, "completions", 3990);
  jump_json_writer_end_object (writer);
  jump_json_writer_member (writer, "monthly_quotas");
  jump_json_writer_raw (writer, "{\"chat\":500,\"completions\":4000}", -1);
}

static void
write_seat (const JumpSimulatorState *state, JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, "assigned_date");
  if (state->shape->individual)
    {
      jump_json_writer_null (writer);
      jump_json_writer_member (writer, "organization_login_list");
      jump_json_writer_raw (writer, "[]", -1);
      jump_json_writer_member (writer, "organization_list");
      jump_json_writer_raw (writer, "[]", -1);
      return;
    }
  jump_json_writer_string (writer, "2025-11-03T10:00:00+01:00");
  jump_json_writer_member (writer, "organization_login_list");
  jump_json_writer_raw (writer, "[\"acme\"]", -1);
  jump_json_writer_member (writer, "organization_list");
  jump_json_writer_raw (writer, "[{\"login\":\"acme\",\"name\":\"Acme Inc\"}]", -1);
}

static JumpPlannedReply *
make_plan_reply (JumpSimulatorState *state)
{
  static const char *const on[] = { "chat_enabled",        "cli_enabled",
                                    "codex_agent_enabled", "editor_preview_features_enabled",
                                    "is_mcp_enabled",      "restricted_telemetry" };
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *reset = jump_allowance_dup_reset_date (state);
  g_autofree char *reset_utc = g_strconcat (reset, "T00:00:00.000Z", NULL);
  gboolean legacy = state->scenario->kind == JUMP_ACCOUNT_FREE_LEGACY;
  JumpPlannedReply *reply;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "login", state->scenario->login);
  jump_json_writer_member_string (&writer, "access_type_sku", state->shape->sku);
  jump_json_writer_member_string (&writer, "copilot_plan", state->shape->copilot_plan);
  jump_json_writer_member_string (&writer,
                                  "analytics_tracking_id",
                                  "1f2e3d4c5b6a79880716253443526170");
  jump_json_writer_member_boolean (&writer,
                                   "can_signup_for_limited",
                                   state->scenario->kind == JUMP_ACCOUNT_NO_SEAT);
  for (guint i = 0; i < G_N_ELEMENTS (on); i++)
    jump_json_writer_member_boolean (&writer, on[i], TRUE);
  /* The old reply of free accounts does not have it (protocol 3.2). */
  if (!legacy)
    jump_json_writer_member_boolean (&writer, "token_based_billing", !state->scenario->by_request);
  write_seat (state, &writer);
  write_endpoints (state, &writer);
  if (legacy)
    {
      write_legacy_quotas (state, &writer);
      jump_json_writer_member_string (&writer, "limited_user_reset_date", reset);
    }
  else
    {
      jump_json_writer_member_string (&writer, "quota_reset_date", reset);
      jump_json_writer_member_string (&writer, "quota_reset_date_utc", reset_utc);
      jump_allowance_write_snapshots (state, &writer);
    }
  jump_json_writer_end_object (&writer);
  reply = jump_planned_reply_new_json (200, jump_json_writer_finish (&writer));
  jump_planned_reply_add_header (reply, "Cache-Control", "private, max-age=60");
  return reply;
}

static JumpPlannedReply *
make_user_reply (JumpSimulatorState *state)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "login", state->scenario->login);
  jump_json_writer_member_int (&writer, "id", 583231);
  jump_json_writer_member_string (&writer, "node_id", "MDQ6VXNlcjU4MzIzMQ==");
  jump_json_writer_member_string (&writer, "type", "User");
  jump_json_writer_member_string (&writer, "name", "The Octocat");
  write_null (&writer, "email");
  jump_json_writer_end_object (&writer);
  return jump_planned_reply_new_json (200, jump_json_writer_finish (&writer));
}

/**
 * jump_github_side_answer:
 *
 * Returns: (transfer full) (nullable): NULL when the path is not GitHub's
 */
JumpPlannedReply *
jump_github_side_answer (JumpSimulatorState *state, const JumpIncomingCall *call)
{
  gboolean is_user = g_str_equal (call->key, "GET /user");

  if (g_str_equal (call->key, "GET /copilot_internal/v2/token"))
    return exchange (state, call);
  if (is_user || g_str_equal (call->key, "GET /copilot_internal/user"))
    {
      if (!is_accepted (state, get_token (call)))
        return make_problem (401, "Bad credentials");
      return is_user ? make_user_reply (state) : make_plan_reply (state);
    }
  if (g_str_has_prefix (call->path, "/copilot_internal/"))
    return make_problem (404, "Not Found");
  return NULL;
}
