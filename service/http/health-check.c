/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/health-check.h"

#include "service/http/process-memory.h"
#include "service/http/status-report.h"

#include <gio/gio.h>

/* S-14: above these the service says that something is wrong with it. */
#define DEGRADED_BYTES  (G_GUINT64_CONSTANT (1) << 30)
#define UNHEALTHY_BYTES (G_GUINT64_CONSTANT (2) << 30)
#define LOW_DISK_BYTES  (G_GUINT64_CONSTANT (50) << 20)

typedef struct
{
  const char *name;
  void (*judge) (JumpHealthCheck *check, JumpHttpContext *context);
  void (*write_details) (JumpJsonWriter *writer, JumpHttpContext *context); /* (nullable) */
} CheckRow;

static void
check_memory (JumpHealthCheck *check, JumpHttpContext *context)
{
  JumpProcessMemory memory;

  jump_process_memory_read (&memory);
  if (memory.resident > UNHEALTHY_BYTES)
    check->health = JUMP_HEALTH_UNHEALTHY;
  else if (memory.resident > DEGRADED_BYTES)
    check->health = JUMP_HEALTH_DEGRADED;
  check->message = g_strdup_printf ("%" G_GUINT64_FORMAT " MiB resident", memory.resident >> 20);
}

static void
check_token (JumpHealthCheck *check, JumpHttpContext *context)
{
  JumpToken *token = jump_token_manager_peek (context->tokens);
  const JumpProblem *problem = jump_token_manager_get_problem (context->tokens);

  if (token != NULL)
    {
      gint64 left = token->expires_at - jump_clock_get_wall_seconds (context->clock);

      check->message = token->expires_at == 0
                           ? g_strdup ("valid, does not expire")
                           : g_strdup_printf ("valid for %" G_GINT64_FORMAT " s", left);
      return;
    }
  if (problem != NULL)
    {
      check->health = JUMP_HEALTH_DEGRADED;
      check->message = g_strdup (problem->message);
      return;
    }
  switch (jump_account_get_state (context->account))
    {
    case JUMP_ACCOUNT_LOADING:
      check->message = g_strdup ("the account is being loaded");
      break;
    case JUMP_ACCOUNT_SIGNED_OUT:
      check->health = JUMP_HEALTH_DEGRADED;
      check->message = g_strdup ("nobody is signed in");
      break;
    case JUMP_ACCOUNT_SIGNED_IN:
      check->message = g_strdup ("signed in, no token asked for yet");
      break;
    }
}

static void
check_upstream (JumpHealthCheck *check, JumpHttpContext *context)
{
  JumpUpstreamClient *upstream = jump_relay_get_upstream (context->relay);
  gint64 last = jump_upstream_client_get_last_reply (upstream);
  const char *error = jump_upstream_client_get_last_error (upstream);
  guint seconds;

  if (jump_upstream_client_get_limit (upstream, &seconds) != NULL)
    {
      check->health = JUMP_HEALTH_DEGRADED;
      check->message = g_strdup_printf ("limits requests for another %u s", seconds);
    }
  else if (error != NULL)
    {
      check->health = JUMP_HEALTH_DEGRADED;
      check->message = g_strdup (error);
    }
  else if (last == 0)
    check->message = g_strdup ("not called yet");
  else
    check->message = g_strdup_printf ("answered %" G_GINT64_FORMAT " s ago",
                                      jump_clock_get_wall_seconds (context->clock) - last);
}

static void
check_breaker (JumpHealthCheck *check, JumpHttpContext *context)
{
  JumpUpstreamClient *upstream = jump_relay_get_upstream (context->relay);

  switch (jump_upstream_client_get_breaker_state (upstream))
    {
    case JUMP_BREAKER_CLOSED:
      check->message = g_strdup ("closed");
      break;
    case JUMP_BREAKER_OPEN:
      check->health = JUMP_HEALTH_DEGRADED;
      check->message = g_strdup_printf ("open: calls are refused, the next may try in %u s",
                                        jump_upstream_client_get_breaker_wait (upstream));
      break;
    case JUMP_BREAKER_HALF_OPEN:
      check->health = JUMP_HEALTH_DEGRADED;
      check->message = g_strdup ("half-open: one call tries");
      break;
    }
}

static void
check_queue (JumpHealthCheck *check, JumpHttpContext *context)
{
  JumpTrafficState traffic;

  jump_relay_get_traffic (context->relay, &traffic);
  check->message = g_strdup_printf ("%u exchanges run, %u wait for their turn",
                                    jump_relay_get_open_exchanges (context->relay),
                                    traffic.waiting);
}

static void
check_disk (JumpHealthCheck *check, JumpHttpContext *context)
{
  g_autoptr (GFile) dir = g_file_new_for_path (context->data_dir);
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (dir, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  guint64 left;

  if (info == NULL)
    {
      check->message = g_strdup ("the data folder does not exist yet");
      return;
    }
  left = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  if (left < LOW_DISK_BYTES)
    check->health = JUMP_HEALTH_DEGRADED;
  check->message = g_strdup_printf ("%" G_GUINT64_FORMAT " MiB free", left >> 20);
}

/* ---- details ---- */

static void
write_memory (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpProcessMemory memory;

  jump_process_memory_read (&memory);
  jump_json_writer_member_int (writer, "resident", (gint64) memory.resident);
}

static void
write_token (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpToken *token = jump_token_manager_peek (context->tokens);
  const JumpProblem *problem = jump_token_manager_get_problem (context->tokens);

  if (token != NULL && token->expires_at != 0)
    jump_json_writer_member_int (writer,
                                 "expires_in",
                                 token->expires_at - jump_clock_get_wall_seconds (context->clock));
  jump_json_writer_member_string (writer,
                                  "problem",
                                  problem == NULL ? NULL
                                                  : jump_problem_kind_to_string (problem->kind));
}

static void
write_upstream (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpUpstreamClient *upstream = jump_relay_get_upstream (context->relay);

  jump_json_writer_member_int (writer,
                               "open_calls",
                               jump_upstream_client_get_open_calls (upstream));
  jump_status_report_write_limits (writer, upstream);
}

static void
write_breaker (JumpJsonWriter *writer, JumpHttpContext *context)
{
  jump_status_report_write_breaker (writer, jump_relay_get_upstream (context->relay));
}

static void
write_queue (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpTrafficState traffic;

  jump_relay_get_traffic (context->relay, &traffic);
  jump_json_writer_member_int (writer, "active", traffic.active);
  jump_json_writer_member_int (writer, "waiting", traffic.waiting);
}

static const CheckRow check_rows[JUMP_HEALTH_CHECKS] = {
  { "memory", check_memory, write_memory },       { "token", check_token, write_token },
  { "upstream", check_upstream, write_upstream }, { "breaker", check_breaker, write_breaker },
  { "queue", check_queue, write_queue },          { "disk", check_disk, NULL },
};

JumpHealth
jump_health_judge (JumpHealthCheck checks[JUMP_HEALTH_CHECKS], JumpHttpContext *context)
{
  JumpHealth worst = JUMP_HEALTH_HEALTHY;

  for (guint i = 0; i < JUMP_HEALTH_CHECKS; i++)
    {
      gint64 began = g_get_monotonic_time ();

      checks[i] = (JumpHealthCheck){ 0 };
      check_rows[i].judge (&checks[i], context);
      checks[i].took = g_get_monotonic_time () - began;
      worst = MAX (worst, checks[i].health);
    }
  return worst;
}

void
jump_health_clear (JumpHealthCheck checks[JUMP_HEALTH_CHECKS])
{
  for (guint i = 0; i < JUMP_HEALTH_CHECKS; i++)
    g_clear_pointer (&checks[i].message, g_free);
}

void
jump_health_write (const JumpHealthCheck checks[JUMP_HEALTH_CHECKS],
                   JumpHttpContext *context,
                   const char *timestamp,
                   gboolean is_for_stranger,
                   JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, "checks");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < JUMP_HEALTH_CHECKS; i++)
    {
      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "name", check_rows[i].name);
      jump_json_writer_member_string (writer, "status", jump_health_to_string (checks[i].health));
      jump_json_writer_member_string (writer,
                                      "message",
                                      is_for_stranger ? jump_health_to_string (checks[i].health)
                                                      : checks[i].message);
      jump_json_writer_member_double (writer, "duration", (double) checks[i].took / 1000.0);
      jump_json_writer_member_string (writer, "last_checked", timestamp);
      jump_json_writer_member (writer, "details");
      jump_json_writer_begin_object (writer);
      if (check_rows[i].write_details != NULL && !is_for_stranger)
        check_rows[i].write_details (writer, context);
      jump_json_writer_end_object (writer);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
}

/**
 * jump_health_to_string:
 *
 * Returns: one of the three words of S-14
 */
const char *
jump_health_to_string (JumpHealth health)
{
  switch (health)
    {
    case JUMP_HEALTH_HEALTHY:
      return "healthy";
    case JUMP_HEALTH_DEGRADED:
      return "degraded";
    case JUMP_HEALTH_UNHEALTHY:
      return "unhealthy";
    }
  return "unhealthy";
}
