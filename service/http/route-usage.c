/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/http-reply.h"
#include "service/http/pending-answer.h"
#include "service/http/record-query.h"
#include "service/http/record-shelf.h"
#include "service/http/record-sums.h"
#include "service/http/routes.h"
#include "service/http/usage-period.h"
#include "service/usage/usage-csv.h"
#include "service/usage/usage-overview.h"

#include <string.h>

#define NANO_PER_CREDIT 1e9
#define USD_PER_CREDIT  0.01
/* Where lines of token usage are without a folder of the user's own. */
#define USAGE_DIR "usage"

static const char *const by_names[] = { "none", "model",   "api",    "client",
                                        "key",  "session", "status", NULL };
static const char *const bucket_names[] = { "none", "minute", "hour", "day", NULL };
static const char *const formats[] = { "json", "csv", NULL };

/* What was asked for; by and bucket are JumpSumBy and JumpBucket, which have the order of the names. */
typedef struct
{
  JumpPendingAnswer *answer; /* (owned) */
  JumpHistoryQuery query;    /* its strings are gone by the time of the answer */
  guint range;               /* JumpUsagePeriod, or behind the last: from and until */
  guint by;
  guint bucket;
  guint format;
} Asking;

static void
member_share (JumpJsonWriter *writer, const char *name, guint64 part, guint64 all)
{
  jump_json_writer_member (writer, name);
  if (all > 0)
    jump_json_writer_double (writer, (double) part / (double) all);
  else
    jump_json_writer_null (writer);
}

static void
write_counts (JumpJsonWriter *writer, const JumpUsageSums *sums)
{
  const struct
  {
    const char *name;
    guint64 value;
  } numbers[] = {
    { "requests", sums->n_requests },
    { "failed", sums->n_failed },
    { "input_tokens", sums->input_tokens },
    { "cached_tokens", sums->cached_tokens },
    { "cache_write_tokens", sums->cache_write_tokens },
    { "output_tokens", sums->output_tokens },
    { "reasoning_tokens", sums->reasoning_tokens },
    { "total_tokens", sums->input_tokens + sums->output_tokens },
    { "bytes_in", sums->bytes_in },
    { "bytes_out", sums->bytes_out },
    { "unpriced", sums->n_unpriced },
    { "estimated_nano_aiu", sums->estimated_nano_aiu },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    jump_json_writer_member_int (writer, numbers[i].name, (gint64) numbers[i].value);
}

/* Credits are null where upstream named no price at all; an estimate stands beside them, never in them. */
static void
write_sums (JumpJsonWriter *writer, const JumpUsageSums *sums)
{
  double credits = (double) sums->nano_aiu / NANO_PER_CREDIT;
  double estimated = (double) sums->estimated_nano_aiu / NANO_PER_CREDIT;

  write_counts (writer, sums);
  member_share (writer, "cached_share", sums->cached_tokens, sums->input_tokens);
  jump_json_writer_member_double (writer, "seconds", (double) sums->total_us / G_USEC_PER_SEC);
  if (sums->n_unpriced < sums->n_requests || sums->nano_aiu > 0)
    {
      jump_json_writer_member_int (writer, "nano_aiu", (gint64) sums->nano_aiu);
      jump_json_writer_member_double (writer, "credits", credits);
      jump_json_writer_member_double (writer, "usd", credits * USD_PER_CREDIT);
    }
  else
    {
      static const char *const unknown[] = { "nano_aiu", "credits", "usd" };

      for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
        {
          jump_json_writer_member (writer, unknown[i]);
          jump_json_writer_null (writer);
        }
    }
  jump_json_writer_member_double (writer, "estimated_credits", estimated);
  jump_json_writer_member_double (writer, "estimated_usd", estimated * USD_PER_CREDIT);
}

static void
write_row (JumpJsonWriter *writer, const JumpHistorySum *row)
{
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "name", row->name);
  jump_json_writer_member (writer, "time");
  if (row->bucket != 0)
    jump_json_writer_int (writer, row->bucket);
  else
    jump_json_writer_null (writer);
  write_sums (writer, &row->sums);
  jump_json_writer_end_object (writer);
}

static void
answer_json (JumpClientRequest *request, const Asking *self, GPtrArray *rows)
{
  JumpUsageSums totals = { 0 };
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (
      &writer,
      "range",
      self->range <= JUMP_USAGE_ALL ? jump_usage_period_get_names ()[self->range] : NULL);
  jump_json_writer_member_int (&writer, "from", self->query.from);
  jump_json_writer_member_int (&writer, "until", self->query.until);
  jump_json_writer_member_string (&writer, "by", by_names[self->by]);
  jump_json_writer_member_string (&writer, "bucket", bucket_names[self->bucket]);
  jump_json_writer_member (&writer, "rows");
  jump_json_writer_begin_array (&writer);
  for (guint i = 0; i < rows->len; i++)
    {
      const JumpHistorySum *row = g_ptr_array_index (rows, i);

      write_row (&writer, row);
      jump_usage_sums_merge (&totals, &row->sums);
    }
  jump_json_writer_end_array (&writer);
  jump_json_writer_member (&writer, "totals");
  jump_json_writer_begin_object (&writer);
  write_sums (&writer, &totals);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  jump_http_reply_json (request, 200, &writer);
}

static void
answer_csv (JumpClientRequest *request, const Asking *self, GPtrArray *rows)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;

  jump_usage_csv_append_head (text, self->by == JUMP_SUM_ALL ? "name" : by_names[self->by]);
  for (guint i = 0; i < rows->len; i++)
    {
      const JumpHistorySum *row = g_ptr_array_index (rows, i);

      jump_usage_csv_append_row (text, row->name, row->bucket, &row->sums);
    }
  body = g_string_free_to_bytes (text);
  jump_http_reply_bytes (request, 200, "text/csv; charset=utf-8", body);
}

static void
answer_rows (JumpClientRequest *request, const Asking *self, GPtrArray *rows)
{
  if (self->format == 1)
    answer_csv (request, self, rows);
  else
    answer_json (request, self, rows);
}

static void
on_added_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      jump_history_store_sum_finish (JUMP_HISTORY_STORE (source), result, &error);
  JumpClientRequest *request = jump_pending_answer_take (self->answer);

  if (request != NULL && rows == NULL)
    jump_http_reply_error (request, error);
  else if (request != NULL)
    answer_rows (request, self, rows);
  jump_pending_answer_free (self->answer);
  g_free (self);
}

static gboolean
read_question (Asking *self,
               const JumpQueryString *parameters,
               JumpHttpContext *context,
               GError **error)
{
  gint64 now = jump_clock_get_wall_seconds (context->clock);
  gboolean has_bounds;

  self->range = JUMP_USAGE_ALL + 1;
  if (!jump_record_query_read (&self->query, parameters, context->keys, error) ||
      !jump_query_string_get_choice (parameters,
                                     "range",
                                     jump_usage_period_get_names (),
                                     &self->range,
                                     error) ||
      !jump_query_string_get_choice (parameters, "by", by_names, &self->by, error) ||
      !jump_query_string_get_choice (parameters, "bucket", bucket_names, &self->bucket, error) ||
      !jump_query_string_get_choice (parameters, "format", formats, &self->format, error))
    return FALSE;
  has_bounds = self->query.from != 0 || self->query.until != 0;
  if (self->range > JUMP_USAGE_ALL && !has_bounds)
    self->range = JUMP_USAGE_ALL;
  if (self->range <= JUMP_USAGE_ALL)
    {
      self->query.from = jump_usage_period_get_begin (self->range, now);
      self->query.until = 0;
    }
  self->query.excludes_imported = TRUE;
  return TRUE;
}

/* GET /api/usage?range=today|…, or from and until; by=, bucket=, model=, api=, client=, key=, session=, status=,
 * format=json|csv. What was imported is no usage of this computer's. */
void
jump_route_usage (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpQueryString) parameters = jump_query_string_new (request->query, &error);
  Asking asking = { 0 };
  Asking *kept;

  if (parameters == NULL || !read_question (&asking, parameters, context, &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  if (!jump_record_shelf_uses_store (context))
    {
      g_autoptr (GPtrArray) rows = jump_record_sums_new (context->history,
                                                         &asking.query,
                                                         (JumpSumBy) asking.by,
                                                         (JumpBucket) asking.bucket);

      answer_rows (request, &asking, rows);
      return;
    }
  kept = g_memdup2 (&asking, sizeof asking);
  kept->answer = jump_pending_answer_new (context, request);
  jump_history_store_sum_async (context->store,
                                &kept->query,
                                (JumpSumBy) kept->by,
                                (JumpBucket) kept->bucket,
                                kept->answer->cancellable,
                                on_added_up,
                                kept);
}

/* ---- all computers ---- */

/* What was asked for, with strings of its own. */
typedef struct
{
  JumpPendingAnswer *answer;    /* (owned) (nullable) */
  JumpUsageOverviewQuery query; /* range is (owned), machine and user are (owned) (nullable) */
} Overview;

static void
free_overview (Overview *self)
{
  g_clear_pointer (&self->answer, jump_pending_answer_free);
  g_free ((char *) self->query.range);
  g_free ((char *) self->query.machine);
  g_free ((char *) self->query.user);
  g_free (self);
}

static void
on_overview_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Overview *self = user_data;
  g_autoptr (GError) error = NULL;
  char *text = jump_usage_overview_read_finish (result, &error);
  g_autoptr (GBytes) body = text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
  JumpClientRequest *request = jump_pending_answer_take (self->answer);

  if (request != NULL && body != NULL)
    jump_http_reply_bytes (request, 200, "application/json", body);
  else if (request != NULL)
    jump_http_reply_error (request, error);
  free_overview (self);
}

static void
on_lines_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Overview *self = user_data;
  JumpHttpContext *context = self->answer->context;
  g_autofree char *own = NULL;
  const char *chosen;

  if (self->answer->request == NULL) /* nor is there perhaps a context any more */
    {
      free_overview (self);
      return;
    }
  chosen = jump_settings_get_string (context->settings, JUMP_KEY_USAGE_FOLDER);
  own = g_build_filename (context->data_dir, USAGE_DIR, NULL);
  jump_usage_overview_read_async (*chosen != '\0' ? chosen : own,
                                  &self->query,
                                  self->answer->cancellable,
                                  on_overview_read,
                                  self);
}

/* What was used a moment ago counts as well. */
static void
read_overview (JumpHttpContext *context,
               JumpClientRequest *request,
               const JumpUsageOverviewQuery *query)
{
  Overview *self = g_new0 (Overview, 1);

  self->answer = jump_pending_answer_new (context, request);
  self->query.range = g_strdup (query->range);
  self->query.machine = g_strdup (query->machine);
  self->query.user = g_strdup (query->user);
  self->query.now = query->now;
  self->query.from = query->from;
  self->query.until = query->until;
  jump_usage_lines_flush_async (context->usage_lines, on_lines_written, self);
}

/* GET /api/config-manager/token-usage?range=&machine=&user= (features.md B3); from= and until= instead of a range */
void
jump_route_token_usage (JumpHttpContext *context, JumpClientRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpQueryString) parameters = jump_query_string_new (request->query, &error);
  JumpUsageOverviewQuery query = { .range = "week" };

  if (parameters == NULL ||
      !jump_query_string_get_int (parameters,
                                  "from",
                                  0,
                                  JUMP_RECORD_LAST_SECOND,
                                  &query.from,
                                  &error) ||
      !jump_query_string_get_int (parameters,
                                  "until",
                                  0,
                                  JUMP_RECORD_LAST_SECOND,
                                  &query.until,
                                  &error))
    {
      jump_http_reply_error (request, error);
      return;
    }
  if (query.from > 0 || query.until > 0)
    query.range = "all";
  if (jump_query_string_get (parameters, "range") != NULL)
    query.range = jump_query_string_get (parameters, "range");
  if (!jump_usage_overview_knows_range (query.range))
    {
      error = g_error_new (JUMP_ERROR,
                           JUMP_ERROR_BAD_REQUEST,
                           "range: expected one of all, hour, day, week, month");
      jump_http_reply_error (request, error);
      return;
    }
  query.machine = jump_query_string_get (parameters, "machine");
  query.user = jump_query_string_get (parameters, "user");
  query.now = jump_clock_get_wall_seconds (context->clock);
  read_overview (context, request, &query);
}
