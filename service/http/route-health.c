/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/http/health-check.h"
#include "service/http/http-reply.h"
#include "service/http/process-memory.h"
#include "service/http/routes.h"

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

/* Whether it works is no secret, whose account it is may be one: GitHub's words name it. */
static gboolean
is_stranger (const JumpClientRequest *request)
{
  return !request->is_local && request->pass == NULL;
}

static void
answer_health_json (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autofree char *timestamp = format_now (context);
  g_auto (JumpJsonWriter) writer = { 0 };
  JumpProcessMemory memory;
  JumpHealthCheck checks[JUMP_HEALTH_CHECKS];
  gint64 began = g_get_monotonic_time ();
  JumpHealth worst = jump_health_judge (checks, context);
  gint64 now = g_get_monotonic_time ();

  jump_process_memory_read (&memory);
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  /* G-05 asks for "ok" and S-14 for three words; the second says more. */
  jump_json_writer_member_string (&writer, "status", jump_health_to_string (worst));
  jump_json_writer_member_string (&writer,
                                  "message",
                                  worst == JUMP_HEALTH_HEALTHY ? "Service is healthy"
                                                               : "Some checks need attention");
  jump_json_writer_member_string (&writer, "service", "jumpseat");
  jump_json_writer_member_string (&writer, "version", JUMPSEAT_VERSION);
  jump_json_writer_member_string (&writer, "timestamp", timestamp);
  jump_json_writer_member_double (
      &writer,
      "uptime",
      (double) (jump_clock_get_monotonic_time (context->clock) - context->started) /
          G_USEC_PER_SEC);
  jump_health_write (checks, context, timestamp, is_stranger (request), &writer);
  jump_health_clear (checks);
  write_system (&writer, &memory);
  jump_json_writer_member (&writer, "details");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_double (&writer,
                                  "health_check_duration",
                                  (double) (now - began) / 1000.0);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, worst == JUMP_HEALTH_UNHEALTHY ? 503 : 200, &writer);
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
    jump_http_reply_text (request,
                          503,
                          is_stranger (request) ? jump_problem_kind_to_string (problem->kind)
                                                : problem->message);
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
