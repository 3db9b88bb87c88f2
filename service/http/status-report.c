/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/http/status-report.h"

#ifdef G_OS_WIN32
#include <process.h>
#else
#include <unistd.h>
#endif

#include "service/base/json-write.h"

/* S-04's four words. */
static const char *
token_status (JumpToken *token, gint64 now)
{
  if (token == NULL)
    return "not_authenticated";
  if (jump_token_is_expired (token, now))
    return "token_expired";
  if (jump_token_is_due (token, now))
    return "token_will_refresh_soon";
  return "healthy";
}

static const char *
breaker_to_string (JumpBreakerState state)
{
  switch (state)
    {
    case JUMP_BREAKER_CLOSED:
      return "closed";
    case JUMP_BREAKER_OPEN:
      return "open";
    case JUMP_BREAKER_HALF_OPEN:
      return "half_open";
    }
  return "closed";
}

static const char *
origin_to_string (JumpCatalogOrigin origin)
{
  switch (origin)
    {
    case JUMP_CATALOG_EMPTY:
      return "empty";
    case JUMP_CATALOG_BUILTIN:
      return "builtin";
    case JUMP_CATALOG_DISK:
      return "disk";
    case JUMP_CATALOG_LIVE:
      return "live";
    }
  return "empty";
}

static const char *
account_state_to_string (JumpAccountState state)
{
  switch (state)
    {
    case JUMP_ACCOUNT_LOADING:
      return "loading";
    case JUMP_ACCOUNT_SIGNED_OUT:
      return "signed_out";
    case JUMP_ACCOUNT_SIGNED_IN:
      return "signed_in";
    }
  return "signed_out";
}

static void
write_token (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpToken *token = jump_token_manager_peek (context->tokens);
  gint64 now = jump_clock_get_wall_seconds (context->clock);
  gboolean is_signed_in = jump_account_get_state (context->account) == JUMP_ACCOUNT_SIGNED_IN;
  JumpAccountSource source = jump_account_get_source (context->account);

  jump_json_writer_member_boolean (writer, "authenticated", token != NULL || is_signed_in);
  jump_json_writer_member_boolean (writer,
                                   "has_github_token",
                                   is_signed_in && source != JUMP_SOURCE_COPILOT_TOKEN);
  jump_json_writer_member_int (writer, "refresh_interval", token != NULL ? token->refresh_in : 0);
  jump_json_writer_member_int (writer, "token_expires_at", token != NULL ? token->expires_at : 0);
  jump_json_writer_member_int (writer,
                               "token_expires_in_seconds",
                               token != NULL && token->expires_at > 0 ? token->expires_at - now
                                                                      : 0);
  jump_json_writer_member_int (writer,
                               "refresh_threshold",
                               token != NULL ? jump_token_get_threshold (token) : 0);
  jump_json_writer_member_string (writer,
                                  "status",
                                  is_signed_in && token == NULL ? "token_expired"
                                                                : token_status (token, now));
  jump_json_writer_member_string (writer, "api_url", token != NULL ? token->api_url : NULL);
  jump_json_writer_member_string (writer, "sku", token != NULL ? token->sku : NULL);
  jump_json_writer_member_boolean (writer, "direct", token != NULL && token->is_direct);
  jump_json_writer_member_int (writer,
                               "token_exchanges",
                               jump_token_manager_get_exchanges (context->tokens));
}

static void
write_problem (JumpJsonWriter *writer, const JumpProblem *problem)
{
  jump_json_writer_member (writer, "problem");
  if (problem == NULL || problem->kind == JUMP_PROBLEM_NONE)
    {
      jump_json_writer_null (writer);
      return;
    }
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "kind", jump_problem_kind_to_string (problem->kind));
  jump_json_writer_member_string (writer, "title", problem->title);
  jump_json_writer_member_string (writer, "message", problem->message);
  jump_json_writer_member_string (writer, "url", problem->url);
  jump_json_writer_end_object (writer);
}

static void
write_limit (const JumpCooldown *cooldown, guint seconds, gpointer user_data)
{
  JumpJsonWriter *writer = user_data;

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "scope", jump_limit_scope_to_string (cooldown->scope));
  jump_json_writer_member_string (writer, "model", cooldown->model);
  jump_json_writer_member_int (writer, "seconds", seconds);
  jump_json_writer_member_string (writer, "code", cooldown->code);
  jump_json_writer_end_object (writer);
}

/* Inside an object: the member "cooldowns", the limits of upstream that hold now. */
void
jump_status_report_write_limits (JumpJsonWriter *writer, JumpUpstreamClient *upstream)
{
  jump_json_writer_member (writer, "cooldowns");
  jump_json_writer_begin_array (writer);
  jump_upstream_client_foreach_limit (upstream, write_limit, writer);
  jump_json_writer_end_array (writer);
}

/* Inside an object: state, failures in a row, seconds until a call may try. */
void
jump_status_report_write_breaker (JumpJsonWriter *writer, JumpUpstreamClient *upstream)
{
  jump_json_writer_member_string (
      writer,
      "state",
      breaker_to_string (jump_upstream_client_get_breaker_state (upstream)));
  jump_json_writer_member_int (writer,
                               "failures",
                               jump_upstream_client_get_breaker_failures (upstream));
  jump_json_writer_member_int (writer,
                               "probe_in",
                               jump_upstream_client_get_breaker_wait (upstream));
}

static void
write_traffic (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpModelCatalog *catalog = jump_relay_get_catalog (context->relay);
  JumpUpstreamClient *upstream = jump_relay_get_upstream (context->relay);
  JumpTrafficState traffic;

  jump_json_writer_member_string (
      writer,
      "breaker",
      breaker_to_string (jump_upstream_client_get_breaker_state (upstream)));
  jump_json_writer_member (writer, "breaker_details");
  jump_json_writer_begin_object (writer);
  jump_status_report_write_breaker (writer, upstream);
  jump_json_writer_end_object (writer);
  jump_status_report_write_limits (writer, upstream);
  jump_json_writer_member_int (writer,
                               "open_exchanges",
                               jump_relay_get_open_exchanges (context->relay));
  jump_relay_get_traffic (context->relay, &traffic);
  jump_json_writer_member_int (writer, "active", traffic.active);
  jump_json_writer_member_int (writer, "waiting", traffic.waiting);
  jump_json_writer_member_int (writer, "approvals", traffic.approvals);
  jump_json_writer_member_int (writer, "requests_last_minute", traffic.requests_last_minute);
  jump_json_writer_member_boolean (writer, "bursting", traffic.is_bursting);
  jump_json_writer_member_int (writer,
                               "requests",
                               (gint64) jump_relay_get_total_exchanges (context->relay));
  jump_json_writer_member (writer, "catalog");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer,
                                  "origin",
                                  origin_to_string (jump_model_catalog_get_origin (catalog)));
  jump_json_writer_member_int (writer, "models", g_list_model_get_n_items (G_LIST_MODEL (catalog)));
  jump_json_writer_member_int (writer, "fetched_at", jump_model_catalog_get_fetched_at (catalog));
  jump_json_writer_end_object (writer);
}

/* The member "update": a newer version, or null. */
static void
write_update (JumpJsonWriter *writer, JumpUpdateWatch *updates)
{
  const JumpRelease *release = updates == NULL ? NULL : jump_update_watch_get_release (updates);

  jump_json_writer_member (writer, "update");
  if (release == NULL)
    {
      jump_json_writer_null (writer);
      return;
    }
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "version", release->version);
  jump_json_writer_member_string (writer, "url", release->url);
  jump_json_writer_member_string (writer, "published_at", release->published_at);
  jump_json_writer_member_string (writer, "notes", release->notes);
  jump_json_writer_end_object (writer);
}

/* Where it listens because a service manager said so, whatever the settings say. */
static void
write_sockets (JumpJsonWriter *writer, const GPtrArray *sockets)
{
  jump_json_writer_member (writer, "sockets");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; sockets != NULL && i < sockets->len; i++)
    {
      const JumpInheritedSocket *socket = g_ptr_array_index (sockets, i);

      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "name", socket->name);
      jump_json_writer_member_string (writer, "role", jump_socket_role_to_string (socket->role));
      jump_json_writer_member_string (writer, "place", socket->place);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
}

char *
jump_status_report_new (JumpHttpContext *context, const char *url)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer,
                                  "config_file",
                                  jump_settings_get_path (context->settings));
  jump_json_writer_member_int (&writer, "port", context->port);
  write_token (&writer, context);
  jump_json_writer_member_string (&writer, "version", JUMPSEAT_VERSION);
  write_update (&writer, context->updates);
  jump_json_writer_member_boolean (&writer, "running", url != NULL);
  jump_json_writer_member_int (&writer, "pid", url != NULL ? getpid () : 0);
  jump_json_writer_member_string (&writer, "url", url);
  write_sockets (&writer, context->inherited);
  jump_json_writer_member_double (
      &writer,
      "uptime",
      url == NULL ? 0
                  : (double) (jump_clock_get_monotonic_time (context->clock) - context->started) /
                        G_USEC_PER_SEC);
  jump_json_writer_member_boolean (&writer, "demo", context->is_demo);
  jump_json_writer_member_boolean (&writer, "paused", context->is_paused);
  jump_json_writer_member_string (
      &writer,
      "account_state",
      account_state_to_string (jump_account_get_state (context->account)));
  jump_json_writer_member_string (&writer, "login", jump_account_get_login (context->account));
  jump_json_writer_member_string (
      &writer,
      "source",
      jump_account_source_to_string (jump_account_get_source (context->account)));
  jump_json_writer_member_string (&writer,
                                  "secret_store",
                                  jump_account_get_store_name (context->account));
  write_problem (&writer, jump_token_manager_get_problem (context->tokens));
  write_traffic (&writer, context);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}
