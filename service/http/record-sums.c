/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/record-sums.h"

#include "service/http/record-filter.h"

#define MINUTE_SECONDS 60
#define HOUR_SECONDS   3600

/* Returns: (transfer full) (nullable) */
static char *
dup_name (const JumpExchangeRecord *record, JumpSumBy by)
{
  switch (by)
    {
    case JUMP_SUM_ALL:
      break;
    case JUMP_SUM_MODEL:
      return g_strdup (record->used_model);
    case JUMP_SUM_API:
      return g_strdup (record->api);
    case JUMP_SUM_CLIENT:
      return g_strdup (record->client_name);
    case JUMP_SUM_KEY:
      return g_strdup (record->client_key);
    case JUMP_SUM_SESSION:
      return g_strdup (record->session);
    case JUMP_SUM_STATUS:
      return g_strdup_printf ("%u", record->status);
    }
  return NULL;
}

static gint64
get_midnight (gint64 second)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (second);
  g_autoptr (GDateTime) day = g_date_time_new_local (g_date_time_get_year (time),
                                                     g_date_time_get_month (time),
                                                     g_date_time_get_day_of_month (time),
                                                     0,
                                                     0,
                                                     0);

  return g_date_time_to_unix (day);
}

static gint64
get_bucket (gint64 second, JumpBucket bucket)
{
  switch (bucket)
    {
    case JUMP_BUCKET_NONE:
      break;
    case JUMP_BUCKET_MINUTE:
      return second - second % MINUTE_SECONDS;
    case JUMP_BUCKET_HOUR:
      return second - second % HOUR_SECONDS;
    case JUMP_BUCKET_DAY:
      return get_midnight (second);
    }
  return 0;
}

static JumpHistorySum *
find_row (GPtrArray *rows, GHashTable *by_key, const char *name, gint64 bucket)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT "%c%s",
                                          bucket,
                                          name != NULL ? '=' : '-',
                                          name != NULL ? name : "");
  JumpHistorySum *row = g_hash_table_lookup (by_key, key);

  if (row != NULL)
    return row;
  row = g_new0 (JumpHistorySum, 1);
  row->name = g_strdup (name);
  row->bucket = bucket;
  g_ptr_array_add (rows, row);
  g_hash_table_insert (by_key, g_steal_pointer (&key), row);
  return row;
}

/* By bucket, then most credits first, then most tokens. */
static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const JumpHistorySum *first = *(JumpHistorySum *const *) a;
  const JumpHistorySum *second = *(JumpHistorySum *const *) b;
  guint64 first_cost = first->sums.nano_aiu + first->sums.estimated_nano_aiu;
  guint64 second_cost = second->sums.nano_aiu + second->sums.estimated_nano_aiu;

  if (first->bucket != second->bucket)
    return first->bucket < second->bucket ? -1 : 1;
  if (first_cost != second_cost)
    return first_cost > second_cost ? -1 : 1;
  return (first->sums.output_tokens < second->sums.output_tokens) -
         (first->sums.output_tokens > second->sums.output_tokens);
}

GPtrArray *
jump_record_sums_new (JumpHistoryRing *history,
                      const JumpHistoryQuery *query,
                      JumpSumBy by,
                      JumpBucket bucket)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_history_sum_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      g_autoptr (JumpExchangeItem) item = g_list_model_get_item (G_LIST_MODEL (history), i);
      const JumpExchangeRecord *record = jump_exchange_item_get_record (item);
      g_autofree char *name = dup_name (record, by);
      gint64 begin = get_bucket (record->started_wall / G_USEC_PER_SEC, bucket);

      if (jump_exchange_item_is_running (item) || !jump_record_filter_matches (query, record))
        continue;
      jump_usage_sums_add (&find_row (rows, by_key, name, begin)->sums, record);
    }
  g_ptr_array_sort (rows, compare_rows);
  return rows;
}

JumpHistogram *
jump_record_sums_new_histogram (JumpHistoryRing *history,
                                const JumpHistoryQuery *query,
                                JumpMetric metric)
{
  JumpHistogram *histogram = jump_histogram_new (metric);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      g_autoptr (JumpExchangeItem) item = g_list_model_get_item (G_LIST_MODEL (history), i);
      const JumpExchangeRecord *record = jump_exchange_item_get_record (item);
      gint64 value = jump_record_filter_measure (metric, record);

      if (value >= 0 && !jump_exchange_item_is_running (item) &&
          jump_record_filter_matches (query, record) &&
          jump_record_filter_finds (query, record, NULL, NULL))
        jump_histogram_count (histogram, value);
    }
  return histogram;
}
