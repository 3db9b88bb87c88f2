/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-write.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/routes.h"
#include "service/usage/forecast.h"

#include <math.h>
#include <string.h>

/* What upstream says is left, beside what went through here: the difference is what other computers and
 * programs spent with the same seat. */

#define NANO_PER_CREDIT 1e9
#define DAY_SECONDS     (24.0 * 60 * 60)

/* A month before the quota is renewed, or the first of this one where nobody says when that is. */
static gint64
get_period_begin (JumpHttpContext *context)
{
  gint64 resets_at = jump_quota_get_resets_at (context->quota);
  gint64 now = jump_clock_get_wall_seconds (context->clock);
  g_autoptr (GDateTime) end = g_date_time_new_from_unix_utc (resets_at > 0 ? resets_at : now);
  g_autoptr (GDateTime) begin = resets_at > 0 ? g_date_time_add_months (end, -1)
                                              : g_date_time_new_utc (g_date_time_get_year (end),
                                                                     g_date_time_get_month (end),
                                                                     1,
                                                                     0,
                                                                     0,
                                                                     0);

  return g_date_time_to_unix (begin);
}

static void
write_number (JumpJsonWriter *writer, const char *member, double value)
{
  jump_json_writer_member (writer, member);
  if (isfinite (value))
    jump_json_writer_double (writer, value);
  else
    jump_json_writer_null (writer);
}

/* @sums: (nullable): NULL: the history cannot be read */
static void
write_ours (JumpJsonWriter *writer, JumpHttpContext *context, const JumpUsageSums *sums)
{
  JumpQuota *quota = context->quota;
  double credits = sums == NULL ? NAN : (double) sums->nano_aiu / NANO_PER_CREDIT;
  gboolean is_comparable = jump_quota_is_about_credits (quota) && jump_quota_get_used (quota) >= 0;

  jump_json_writer_member (writer, "ours");
  if (sums == NULL)
    jump_json_writer_null (writer);
  else
    {
      jump_json_writer_begin_object (writer);
      jump_json_writer_member_int (writer, "since", get_period_begin (context));
      jump_json_writer_member_double (writer, "credits", credits);
      jump_json_writer_member_double (writer,
                                      "estimated",
                                      (double) sums->estimated_nano_aiu / NANO_PER_CREDIT);
      jump_json_writer_member_int (writer, "requests", (gint64) sums->n_requests);
      jump_json_writer_member_int (writer, "unpriced", (gint64) sums->n_unpriced);
      jump_json_writer_end_object (writer);
    }
  write_number (writer, "difference", is_comparable ? jump_quota_get_used (quota) - credits : NAN);
}

static const char *
get_forecast_name (JumpForecast forecast)
{
  switch (forecast)
    {
    case JUMP_FORECAST_LASTS:
      return "lasts";
    case JUMP_FORECAST_RUNS_OUT:
      return "runs_out";
    case JUMP_FORECAST_SPENT:
      return "spent";
    case JUMP_FORECAST_UNKNOWN:
      break;
    }
  return "unknown";
}

/* By what the whole seat used since the period began, here and elsewhere. */
static void
write_forecast (JumpJsonWriter *writer, JumpHttpContext *context)
{
  JumpQuota *quota = context->quota;
  gint64 now = jump_clock_get_wall_seconds (context->clock);
  double days = MAX ((double) (now - get_period_begin (context)) / DAY_SECONDS, 1);
  gboolean is_known = jump_quota_get_used (quota) >= 0;
  gboolean is_paced = is_known && jump_quota_get_resets_at (quota) > 0;
  JumpForecastFacts facts = {
    .remaining = is_known ? jump_quota_get_remaining (quota) : NAN,
    .per_day = is_paced ? jump_quota_get_used (quota) / days : NAN,
    .now = now,
    .resets_at = jump_quota_get_resets_at (quota),
  };
  gint64 when;
  JumpForecast forecast = jump_forecast_make (&facts, &when);

  jump_json_writer_member (writer, "forecast");
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "state", get_forecast_name (forecast));
  write_number (writer, "when", when > 0 ? (double) when : NAN);
  write_number (writer, "per_day", facts.per_day);
  jump_json_writer_end_object (writer);
}

/* @sums: (nullable) */
static void
reply (JumpHttpContext *context, JumpClientRequest *request, const JumpUsageSums *sums)
{
  g_autofree char *theirs = jump_quota_dup_json (context->quota);
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  write_ours (&writer, context, sums);
  write_forecast (&writer, context);
  jump_json_writer_end_object (&writer);
  /* Two objects become one: "{a" and "b}". */
  theirs[strlen (theirs) - 1] = ',';
  g_string_erase (writer.text, 0, 1);
  g_string_prepend (writer.text, theirs);
  jump_http_reply_json (request, 200, &writer);
}

static void
on_sums_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GPtrArray) rows =
      jump_history_store_sum_finish (JUMP_HISTORY_STORE (source), result, NULL);
  JumpClientRequest *request = jump_pending_answer_take (pending);
  JumpUsageSums sums = { 0 };

  if (request == NULL)
    return;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    jump_usage_sums_merge (&sums, &((const JumpHistorySum *) rows->pdata[i])->sums);
  reply (pending->context, request, rows != NULL ? &sums : NULL);
}

/* GET /api/quota */
void
jump_route_quota (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpPendingAnswer *pending = jump_pending_answer_new (context, request);
  JumpHistoryQuery query = { .from = get_period_begin (context), .excludes_imported = TRUE };

  jump_history_store_sum_async (context->store,
                                &query,
                                JUMP_SUM_ALL,
                                JUMP_BUCKET_NONE,
                                pending->cancellable,
                                on_sums_read,
                                pending);
}

static void
on_quota_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpPendingAnswer) pending = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_fresh = jump_quota_refresh_finish (JUMP_QUOTA (source), result, &error);
  JumpClientRequest *request = jump_pending_answer_take (pending);

  if (request == NULL)
    return;
  if (is_fresh)
    jump_route_quota (pending->context, request);
  else
    jump_http_reply_error (request, error);
}

/* POST /api/quota/refresh: no more than once a minute; else the last answer is the newest. */
void
jump_route_quota_refresh (JumpHttpContext *context, JumpClientRequest *request)
{
  JumpPendingAnswer *pending = jump_pending_answer_new (context, request);

  jump_quota_refresh_async (context->quota, pending->cancellable, on_quota_refreshed, pending);
}
