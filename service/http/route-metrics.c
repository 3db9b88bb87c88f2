/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "service/http/http-reply.h"
#include "service/http/metrics-text.h"
#include "service/http/metrics.h"
#include "service/http/pending-answer.h"
#include "service/http/process-memory.h"
#include "service/http/routes.h"
#include "service/http/status-report.h"

#include <string.h>

/* What monitors ask: /metrics for Prometheus, /debug/vars for whoever looks for a fault. */

#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* ---- /metrics ---- */

static void
write_build (GString *text)
{
  const char *const labels[] = { "version", JUMPSEAT_VERSION, NULL };

  jump_metrics_text_begin (text,
                           "jumpseat_build_info",
                           JUMP_METRIC_GAUGE,
                           "Which Jumpseat this is; always 1.");
  jump_metrics_text_add (text, "jumpseat_build_info", labels, 1);
}

static void
write_breaker (GString *text, JumpUpstreamClient *upstream)
{
  static const struct
  {
    JumpBreakerState state;
    const char *name;
  } states[] = {
    { JUMP_BREAKER_CLOSED, "closed" },
    { JUMP_BREAKER_OPEN, "open" },
    { JUMP_BREAKER_HALF_OPEN, "half_open" },
  };

  jump_metrics_text_begin (text,
                           "jumpseat_breaker_state",
                           JUMP_METRIC_GAUGE,
                           "1 for the state that the circuit breaker is in.");
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const char *const labels[] = { "state", states[i].name, NULL };

      jump_metrics_text_add (text,
                             "jumpseat_breaker_state",
                             labels,
                             jump_upstream_client_get_breaker_state (upstream) == states[i].state);
    }
}

static void
write_traffic (GString *text, JumpHttpContext *context)
{
  JumpTrafficState traffic;

  jump_relay_get_traffic (context->relay, &traffic);
  jump_metrics_text_gauge (text,
                           "jumpseat_exchanges_open",
                           "Requests that have not ended.",
                           jump_relay_get_open_exchanges (context->relay));
  jump_metrics_text_gauge (text,
                           "jumpseat_queue_active",
                           "Requests that have their turn.",
                           traffic.active);
  jump_metrics_text_gauge (text,
                           "jumpseat_queue_waiting",
                           "Requests that wait for their turn.",
                           traffic.waiting);
  jump_metrics_text_gauge (text,
                           "jumpseat_approvals_waiting",
                           "Requests that wait for somebody to allow them.",
                           traffic.approvals);
  write_breaker (text, jump_relay_get_upstream (context->relay));
  jump_metrics_text_gauge (text,
                           "jumpseat_connections",
                           "Connections of clients.",
                           jump_connection_budget_count (context->connections, NULL));
}

static double
get_uptime (JumpHttpContext *context)
{
  return (double) (jump_clock_get_monotonic_time (context->clock) - context->started) /
         G_USEC_PER_SEC;
}

/* The names that Prometheus' own clients use. */
static void
write_process (GString *text, JumpHttpContext *context)
{
  JumpProcessMemory memory;

  jump_process_memory_read (&memory);
  if (memory.resident > 0)
    {
      jump_metrics_text_gauge (text,
                               "process_resident_memory_bytes",
                               "Memory that is in use, as the system counts it.",
                               (double) memory.resident);
      jump_metrics_text_gauge (text,
                               "process_open_fds",
                               "Files and sockets that are open.",
                               memory.n_fds);
    }
  jump_metrics_text_gauge (text,
                           "jumpseat_uptime_seconds",
                           "Since the service began.",
                           get_uptime (context));
}

/* @measure: (nullable): the disk does not do now, which is no reason to tell nothing */
static void
write_history (GString *text, JumpHistoryStore *store, const JumpHistoryMeasure *measure)
{
  jump_metrics_text_gauge (text,
                           "jumpseat_history_waiting",
                           "Requests that are to be kept on disk and are not there yet.",
                           jump_history_store_get_waiting (store));
  if (measure == NULL)
    return;
  jump_metrics_text_gauge (text,
                           "jumpseat_history_records",
                           "Requests that are kept on disk.",
                           (double) measure->n_records);
  jump_metrics_text_gauge (text,
                           "jumpseat_history_bytes",
                           "What they take there.",
                           (double) measure->bytes);
}

static void
on_metrics_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  JumpHistoryMeasure measure;
  gboolean is_measured =
      jump_history_store_measure_finish (JUMP_HISTORY_STORE (source), result, &measure, &error);
  JumpHttpContext *context = pending->context;
  JumpClientRequest *request = jump_pending_answer_take (pending);

  if (request == NULL)
    return;
  jump_metrics_write (context->metrics, text);
  write_traffic (text, context);
  write_history (text, context->store, is_measured ? &measure : NULL);
  write_process (text, context);
  write_build (text);
  body = g_string_free_to_bytes (g_steal_pointer (&text));
  jump_http_reply_bytes (request, 200, METRICS_TYPE, body);
}

/* GET /metrics */
void
jump_route_metrics (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpPendingAnswer *pending;

  if (!jump_settings_get_boolean (context->settings, JUMP_KEY_METRICS_ENABLED))
    jump_http_reply_text (request, 404, "metrics are off (setting metrics.enabled)\n");
  /* it would learn of the others */
  else if (request->pass != NULL && request->pass->models != NULL)
    jump_http_reply_refusal (request,
                             403,
                             "forbidden",
                             "metrics tell of all models, and this key is for some of them",
                             NULL);
  else
    {
      pending = jump_pending_answer_new (context, request);
      jump_history_store_measure_async (context->store,
                                        pending->cancellable,
                                        on_metrics_measured,
                                        pending);
    }
}

/* ---- /debug/vars ---- */

static void
write_relay_vars (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpUpstreamClient *upstream = jump_relay_get_upstream (context->relay);
  JumpResponseStore *responses = jump_relay_get_responses (context->relay);
  JumpTrafficState traffic;

  jump_relay_get_traffic (context->relay, &traffic);
  jump_json_writer_member (writer, "relay");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer,
                               "exchanges",
                               (gint64) jump_relay_get_total_exchanges (context->relay));
  jump_json_writer_member_int (writer, "open", jump_relay_get_open_exchanges (context->relay));
  jump_json_writer_member_int (writer, "streams", jump_metrics_get_streams (context->metrics));
  jump_json_writer_member_int (writer, "queue_active", traffic.active);
  jump_json_writer_member_int (writer, "queue_waiting", traffic.waiting);
  jump_json_writer_member_int (writer, "approvals", traffic.approvals);
  jump_json_writer_member_int (writer, "signs_of_life", (gint64) traffic.signs_of_life);
  jump_json_writer_member_int (writer, "requests_last_minute", traffic.requests_last_minute);
  jump_json_writer_member_int (writer,
                               "stored_responses",
                               jump_response_store_get_count (responses));
  jump_json_writer_member_int (writer,
                               "stored_response_bytes",
                               (gint64) jump_response_store_get_bytes (responses));
  jump_json_writer_end_object (writer);
  jump_json_writer_member (writer, "upstream");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member (writer, "breaker");
  jump_json_writer_begin_object (writer);
  jump_status_report_write_breaker (writer, upstream);
  jump_json_writer_end_object (writer);
  jump_status_report_write_limits (writer, upstream);
  jump_json_writer_member_int (writer,
                               "token_exchanges",
                               jump_token_manager_get_exchanges (context->tokens));
  jump_json_writer_member_int (
      writer,
      "catalog_fetches",
      jump_model_catalog_get_fetches (jump_relay_get_catalog (context->relay)));
  jump_json_writer_end_object (writer);
}

static void
write_process_vars (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpProcessMemory memory;

  jump_process_memory_read (&memory);
  jump_json_writer_member (writer, "process");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_double (writer, "uptime", get_uptime (context));
  jump_json_writer_member_int (writer, "resident_bytes", (gint64) memory.resident);
  jump_json_writer_member_int (writer, "own_bytes", (gint64) memory.resident_own);
  jump_json_writer_member_int (writer, "virtual_bytes", (gint64) memory.virtual);
  jump_json_writer_member_int (writer, "threads", memory.n_threads);
  jump_json_writer_member_int (writer, "fds", memory.n_fds);
  jump_json_writer_end_object (writer);
}

/* @measure: (nullable): the disk does not do now */
static void
write_store_vars (JumpJsonWriter *writer,
                  JumpHttpContext *context,
                  const JumpHistoryMeasure *measure)
{
  const GError *problem = jump_history_store_get_problem (context->store);

  jump_json_writer_member (writer, "history");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer,
                               "ring_rows",
                               g_list_model_get_n_items (G_LIST_MODEL (context->history)));
  jump_json_writer_member_int (writer,
                               "disk_waiting",
                               jump_history_store_get_waiting (context->store));
  jump_json_writer_member_int (writer,
                               "disk_records",
                               measure != NULL ? (gint64) measure->n_records : -1);
  jump_json_writer_member_int (writer,
                               "disk_bodies",
                               measure != NULL ? (gint64) measure->n_bodies : -1);
  jump_json_writer_member_int (writer,
                               "disk_bytes",
                               measure != NULL ? (gint64) measure->bytes : -1);
  jump_json_writer_member_string (writer, "problem", problem != NULL ? problem->message : NULL);
  jump_json_writer_end_object (writer);
}

static void
on_vars_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (JumpJsonWriter) writer = { 0 };
  JumpHistoryMeasure measure;
  gboolean is_measured =
      jump_history_store_measure_finish (JUMP_HISTORY_STORE (source), result, &measure, &error);
  JumpHttpContext *context = pending->context;
  JumpClientRequest *request = jump_pending_answer_take (pending);

  if (request == NULL)
    return;
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "version", JUMPSEAT_VERSION);
  jump_json_writer_member_int (&writer,
                               "connections",
                               jump_connection_budget_count (context->connections, NULL));
  jump_json_writer_member_int (&writer,
                               "body_bytes_read",
                               (gint64) jump_connection_budget_get_bytes (context->connections));
  write_relay_vars (&writer, context);
  write_store_vars (&writer, context, is_measured ? &measure : NULL);
  jump_json_writer_member_int (&writer,
                               "events",
                               (gint64) jump_event_feed_get_last (context->events));
  write_process_vars (&writer, context);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* GET /debug, /debug/vars */
void
jump_route_debug (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpPendingAnswer *pending;

  if (!jump_settings_get_boolean (context->settings, JUMP_KEY_METRICS_DEBUG))
    {
      jump_http_reply_text (request,
                            404,
                            "the inner counters are hidden (setting metrics.debug)\n");
      return;
    }
  pending = jump_pending_answer_new (context, request);
  jump_history_store_measure_async (context->store,
                                    pending->cancellable,
                                    on_vars_measured,
                                    pending);
}
