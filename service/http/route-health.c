/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/http/http-reply.h"
#include "service/http/process-memory.h"
#include "service/http/routes.h"

#include <gio/gio.h>

/* S-14: above these the service says that something is wrong with it. */
#define DEGRADED_BYTES  (G_GUINT64_CONSTANT (1) << 30)
#define UNHEALTHY_BYTES (G_GUINT64_CONSTANT (2) << 30)
#define LOW_DISK_BYTES  (G_GUINT64_CONSTANT (50) << 20)

typedef enum
{
  HEALTHY,
  DEGRADED,
  UNHEALTHY,
} Health;

typedef struct
{
  const char *name;
  Health health;
  char *message; /* (owned) */
  gint64 began;  /* monotonic µs */
} Check;

static const char *
health_to_string (Health health)
{
  switch (health)
    {
    case HEALTHY:
      return "healthy";
    case DEGRADED:
      return "degraded";
    case UNHEALTHY:
      return "unhealthy";
    }
  return "unhealthy";
}

static void
check_memory (Check *check, const JumpProcessMemory *memory)
{
  check->name = "memory";
  if (memory->resident > UNHEALTHY_BYTES)
    check->health = UNHEALTHY;
  else if (memory->resident > DEGRADED_BYTES)
    check->health = DEGRADED;
  check->message = g_strdup_printf ("%" G_GUINT64_FORMAT " MiB resident", memory->resident >> 20);
}

static void
check_token (Check *check, JumpHttpContext *context)
{
  JumpToken *token = jump_token_manager_peek (context->tokens);
  const JumpProblem *problem = jump_token_manager_get_problem (context->tokens);

  check->name = "token";
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
      check->health = DEGRADED;
      check->message = g_strdup (problem->message);
      return;
    }
  switch (jump_account_get_state (context->account))
    {
    case JUMP_ACCOUNT_LOADING:
      check->message = g_strdup ("the account is being loaded");
      break;
    case JUMP_ACCOUNT_SIGNED_OUT:
      check->health = DEGRADED;
      check->message = g_strdup ("nobody is signed in");
      break;
    case JUMP_ACCOUNT_SIGNED_IN:
      check->message = g_strdup ("signed in, no token asked for yet");
      break;
    }
}

static void
check_upstream (Check *check, JumpHttpContext *context)
{
  JumpUpstreamClient *upstream = jump_relay_get_upstream (context->relay);
  gint64 last = jump_upstream_client_get_last_reply (upstream);
  const char *error = jump_upstream_client_get_last_error (upstream);

  check->name = "upstream";
  if (error != NULL)
    {
      check->health = DEGRADED;
      check->message = g_strdup (error);
    }
  else if (last == 0)
    check->message = g_strdup ("not called yet");
  else
    check->message = g_strdup_printf ("answered %" G_GINT64_FORMAT " s ago",
                                      jump_clock_get_wall_seconds (context->clock) - last);
}

static void
check_breaker (Check *check, JumpHttpContext *context)
{
  check->name = "breaker";
  switch (jump_upstream_client_get_breaker_state (jump_relay_get_upstream (context->relay)))
    {
    case JUMP_BREAKER_CLOSED:
      check->message = g_strdup ("closed");
      break;
    case JUMP_BREAKER_OPEN:
      check->health = DEGRADED;
      check->message = g_strdup ("open: calls are refused for a while");
      break;
    case JUMP_BREAKER_HALF_OPEN:
      check->health = DEGRADED;
      check->message = g_strdup ("half-open: one call tries");
      break;
    }
}

static void
check_queue (Check *check, JumpHttpContext *context)
{
  check->name = "queue";
  check->message =
      g_strdup_printf ("%u exchanges run", jump_relay_get_open_exchanges (context->relay));
}

static void
check_disk (Check *check, JumpHttpContext *context)
{
  g_autoptr (GFile) dir = g_file_new_for_path (context->data_dir);
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (dir, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  guint64 left;

  check->name = "disk";
  if (info == NULL)
    {
      check->message = g_strdup ("the data folder does not exist yet");
      return;
    }
  left = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  if (left < LOW_DISK_BYTES)
    check->health = DEGRADED;
  check->message = g_strdup_printf ("%" G_GUINT64_FORMAT " MiB free", left >> 20);
}

static void
write_check (JumpJsonWriter *writer, const Check *check, gint64 now, const char *timestamp)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "name", check->name);
  jump_json_writer_member_string (writer, "status", health_to_string (check->health));
  jump_json_writer_member_string (writer, "message", check->message);
  jump_json_writer_member_double (writer, "duration", (double) (now - check->began) / 1000.0);
  jump_json_writer_member_string (writer, "last_checked", timestamp);
  jump_json_writer_end_object (writer);
}

static void
write_system (JumpJsonWriter *writer, const JumpProcessMemory *memory)
{
  jump_json_writer_member (writer, "system");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member (writer, "memory");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "resident", (gint64) memory->resident);
  jump_json_writer_member_int (writer, "resident_own", (gint64) memory->resident_own);
  jump_json_writer_member_int (writer, "virtual", (gint64) memory->virtual);
  jump_json_writer_end_object (writer);
  jump_json_writer_member_int (writer, "threads", memory->n_threads);
  jump_json_writer_member_int (writer, "open_files", memory->n_fds);
  jump_json_writer_member_int (writer, "num_cpu", g_get_num_processors ());
  jump_json_writer_end_object (writer);
}

static char *
format_now (JumpHttpContext *context)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (jump_clock_get_wall_seconds (context->clock));

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

static void
answer_health_json (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autofree char *timestamp = format_now (context);
  g_auto (JumpJsonWriter) writer = { 0 };
  JumpProcessMemory memory;
  Check checks[6] = { 0 };
  Health worst = HEALTHY;
  gint64 began = g_get_monotonic_time ();
  gint64 now;

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    checks[i].began = began;
  jump_process_memory_read (&memory);
  check_memory (&checks[0], &memory);
  check_token (&checks[1], context);
  check_upstream (&checks[2], context);
  check_breaker (&checks[3], context);
  check_queue (&checks[4], context);
  check_disk (&checks[5], context);
  now = g_get_monotonic_time ();

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    worst = MAX (worst, checks[i].health);
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  /* G-05 asks for "ok" and S-14 for three words; the second says more. */
  jump_json_writer_member_string (&writer, "status", health_to_string (worst));
  jump_json_writer_member_string (&writer,
                                  "message",
                                  worst == HEALTHY ? "Service is healthy"
                                                   : "Some checks need attention");
  jump_json_writer_member_string (&writer, "service", "jumpseat");
  jump_json_writer_member_string (&writer, "version", JUMPSEAT_VERSION);
  jump_json_writer_member_string (&writer, "timestamp", timestamp);
  jump_json_writer_member_double (
      &writer,
      "uptime",
      (double) (jump_clock_get_monotonic_time (context->clock) - context->started) /
          G_USEC_PER_SEC);
  jump_json_writer_member (&writer, "checks");
  jump_json_writer_begin_array (&writer);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      write_check (&writer, &checks[i], now, timestamp);
      g_free (checks[i].message);
    }
  jump_json_writer_end_array (&writer);
  write_system (&writer, &memory);
  jump_json_writer_member (&writer, "details");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_double (&writer,
                                  "health_check_duration",
                                  (double) (now - began) / 1000.0);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, worst == UNHEALTHY ? 503 : 200, &writer);
}

/* GET /health, /v1/health (S-14; P-11: plain text for who does not want JSON) */
void
jump_route_health (JumpHttpContext *context, JumpClientRequest *request)
{
  if (jump_client_request_accepts_json (request))
    answer_health_json (context, request);
  else
    jump_http_reply_text (request, 200, "OK");
}

/* GET /livez: the loop turns. */
void
jump_route_livez (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_http_reply_text (request, 200, "OK");
}

/* GET /readyz: a model request could be answered, as far as we know. */
void
jump_route_readyz (JumpHttpContext *context, JumpClientRequest *request)
{
  const JumpProblem *problem = jump_token_manager_get_problem (context->tokens);
  JumpToken *token = jump_token_manager_peek (context->tokens);

  if (jump_account_get_state (context->account) == JUMP_ACCOUNT_LOADING)
    jump_http_reply_text (request, 503, "the account is being loaded");
  else if (jump_account_get_state (context->account) == JUMP_ACCOUNT_SIGNED_OUT)
    jump_http_reply_text (request, 503, "nobody is signed in: run jumpseat login");
  /* a renewal that fails is no trouble yet, but a static token that is refused is */
  else if (problem != NULL && problem->kind != JUMP_PROBLEM_NONE &&
           (token == NULL || token->is_static))
    jump_http_reply_text (request, 503, problem->message);
  else
    jump_http_reply_text (request, 200, "OK");
}

/* GET and HEAD /api/hello: Claude Code opens its connection with it. */
void
jump_route_hello (JumpHttpContext *context, JumpClientRequest *request)
{
  jump_http_reply_text (request, 200, "");
}

/* GET /version */
void
jump_route_version (JumpHttpContext *context, JumpClientRequest *request)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "name", "jumpseat");
  jump_json_writer_member_string (&writer, "version", JUMPSEAT_VERSION);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}
