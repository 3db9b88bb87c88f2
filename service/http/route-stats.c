/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/record-query.h"
#include "service/http/record-shelf.h"
#include "service/http/record-sums.h"
#include "service/http/routes.h"

/* ---- this run ---- */

static void
write_counters (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpTrafficState traffic;

  jump_relay_get_traffic (context->relay, &traffic);
  jump_json_writer_member (writer, "counters");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_int (writer, "ping_sent", (gint64) traffic.signs_of_life);
  jump_request_counters_write_changes (context->counters, writer);
  jump_json_writer_member_int (writer,
                               "bg.requests.open",
                               jump_relay_get_open_exchanges (context->relay));
  jump_json_writer_member_int (writer, "bg.requests.waiting", traffic.waiting);
  jump_json_writer_member_int (writer, "bg.requests.approvals", traffic.approvals);
  jump_json_writer_end_object (writer);
}

/* GET /api/stats?user=: what this run has counted (features.md B3) */
void
jump_route_stats (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpQueryString) query = jump_query_string_new (request->query, &error);
  g_auto (JumpJsonWriter) writer = { 0 };
  const char *user;

  if (query == NULL)
    {
      jump_http_reply_error (request, error);
      return;
    }
  user = jump_query_string_get (query, "user");
  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "user_id", user);
  jump_json_writer_member_int (&writer,
                               "cached_requests",
                               g_list_model_get_n_items (G_LIST_MODEL (context->history)));
  jump_request_counters_write (context->counters, &writer, user);
  write_counters (&writer, context);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

/* ---- all that is kept ---- */

typedef struct
{
  JumpPendingAnswer *answer; /* (owned) */
  JumpMetric metric;
} Asking;

static const char *
get_unit (JumpMetric metric)
{
  switch (metric)
    {
    case JUMP_METRIC_NONE:
    case JUMP_METRIC_REQUEST_SIZE:
    case JUMP_METRIC_REPLY_SIZE:
      break;
    case JUMP_METRIC_DURATION:
      return "microseconds";
    case JUMP_METRIC_INPUT_TOKENS:
    case JUMP_METRIC_OUTPUT_TOKENS:
      return "tokens";
    case JUMP_METRIC_NANO_AIU:
      return "nano_aiu";
    }
  return "bytes";
}

static void
write_bars (JumpJsonWriter *writer, const JumpHistogram *histogram)
{
  jump_json_writer_member (writer, "bars");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < histogram->bars->len; i++)
    {
      const JumpHistogramBar *bar = &g_array_index (histogram->bars, JumpHistogramBar, i);

      jump_json_writer_begin_object (writer);
      jump_json_writer_member_int (writer, "index", i);
      jump_json_writer_member_int (writer, "lower", bar->lower);
      jump_json_writer_member (writer, "upper");
      if (bar->upper != 0)
        jump_json_writer_int (writer, bar->upper);
      else
        jump_json_writer_null (writer);
      jump_json_writer_member_int (writer, "count", (gint64) bar->count);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
}

static void
answer_histogram (JumpClientRequest *request, JumpMetric metric, const JumpHistogram *histogram)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  gboolean is_empty = histogram->count == 0;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (
      &writer,
      "metric",
      jump_record_query_get_metrics ()[metric - JUMP_METRIC_REQUEST_SIZE]);
  jump_json_writer_member_string (&writer, "unit", get_unit (metric));
  jump_json_writer_member_int (&writer, "count", (gint64) histogram->count);
  jump_json_writer_member_double (&writer, "sum", histogram->sum);
  jump_json_writer_member_double (&writer,
                                  "average",
                                  is_empty ? 0 : histogram->sum / (double) histogram->count);
  jump_json_writer_member_int (&writer, "least", is_empty ? 0 : histogram->least);
  jump_json_writer_member_int (&writer, "most", is_empty ? 0 : histogram->most);
  write_bars (&writer, histogram);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
on_histogram_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpHistogram) histogram =
      jump_history_store_histogram_finish (JUMP_HISTORY_STORE (source), result, &error);
  JumpClientRequest *request = jump_pending_answer_take (self->answer);

  if (request != NULL && histogram != NULL)
    answer_histogram (request, self->metric, histogram);
  else if (request != NULL)
    jump_http_reply_error (request, error);
  jump_pending_answer_free (self->answer);
  g_free (self);
}

/* GET /api/request-stats?metric=duration and the filters of record-query.h: how many requests lie in which range */
void
jump_route_request_stats (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpQueryString) parameters = jump_query_string_new (request->query, &error);
  JumpHistoryQuery query;
  JumpMetric metric;
  Asking *asking;

  if (parameters == NULL || !jump_record_query_read (&query, parameters, context->keys, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  metric = query.metric != JUMP_METRIC_NONE ? query.metric : JUMP_METRIC_REQUEST_SIZE;
  /* The metric is what is shown, unless there is a range of it. */
  if (query.at_least == 0 && query.below == 0)
    query.metric = JUMP_METRIC_NONE;
  if (!jump_record_shelf_uses_store (context))
    {
      g_autoptr (JumpHistogram) histogram =
          jump_record_sums_new_histogram (context->history, &query, metric);

      answer_histogram (request, metric, histogram);
      return;
    }
  asking = g_new0 (Asking, 1);
  asking->answer = jump_pending_answer_new (context, request);
  asking->metric = metric;
  jump_history_store_histogram_async (context->store,
                                      &query,
                                      metric,
                                      asking->answer->cancellable,
                                      on_histogram_made,
                                      asking);
}
