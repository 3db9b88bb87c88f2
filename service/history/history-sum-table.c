/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-sum-table.h"

#include "service/history/history-store.h"

static guint
hash_sum (gconstpointer data)
{
  const JumpHistorySum *sum = data;

  return g_int64_hash (&sum->bucket) ^ (sum->name != NULL ? g_str_hash (sum->name) : 0);
}

static gboolean
equal_sums (gconstpointer a, gconstpointer b)
{
  const JumpHistorySum *one = a;
  const JumpHistorySum *other = b;

  return one->bucket == other->bucket && g_strcmp0 (one->name, other->name) == 0;
}

static int
compare_sums (gconstpointer a, gconstpointer b)
{
  const JumpHistorySum *one = *(const JumpHistorySum *const *) a;
  const JumpHistorySum *other = *(const JumpHistorySum *const *) b;

  if (one->bucket != other->bucket)
    return one->bucket < other->bucket ? -1 : 1;
  if (one->sums.nano_aiu != other->sums.nano_aiu)
    return one->sums.nano_aiu > other->sums.nano_aiu ? -1 : 1;
  if (one->sums.n_requests != other->sums.n_requests)
    return one->sums.n_requests > other->sums.n_requests ? -1 : 1;
  return g_strcmp0 (one->name, other->name);
}

/* Where a day begins an hour may be missing: then it begins with the next one. */
static gint64
get_day_begin (GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) begin = g_date_time_new (zone,
                                                 g_date_time_get_year (local),
                                                 g_date_time_get_month (local),
                                                 g_date_time_get_day_of_month (local),
                                                 0,
                                                 0,
                                                 0);

  return g_date_time_to_unix (begin);
}

static gint64
get_hour_begin (GTimeZone *zone, gint64 time)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time);
  gint64 local = time + g_time_zone_get_offset (zone, interval);

  return time - local % 3600;
}

static gint64
get_bucket_begin (JumpHistorySumTable *self, gint64 time)
{
  switch (self->bucket)
    {
    case JUMP_BUCKET_NONE:
      return 0;
    case JUMP_BUCKET_MINUTE:
      return time - time % 60;
    case JUMP_BUCKET_HOUR:
      return get_hour_begin (self->zone, time);
    case JUMP_BUCKET_DAY:
      return get_day_begin (self->zone, time);
    }
  return 0;
}

JumpHistorySumTable *
jump_history_sum_table_new (JumpBucket bucket)
{
  JumpHistorySumTable *self = g_new0 (JumpHistorySumTable, 1);

  self->bucket = bucket;
  self->last_time = G_MININT64;
  self->zone = g_time_zone_new_local ();
  self->sums = g_hash_table_new (hash_sum, equal_sums);
  return self;
}

void
jump_history_sum_table_free (JumpHistorySumTable *self)
{
  GHashTableIter iter;
  gpointer sum;

  g_hash_table_iter_init (&iter, self->sums);
  while (g_hash_table_iter_next (&iter, &sum, NULL))
    jump_history_sum_free (sum);
  g_hash_table_unref (self->sums);
  g_time_zone_unref (self->zone);
  g_free (self);
}

void
jump_history_sum_table_add (JumpHistorySumTable *self,
                            gint64 time,
                            const char *name,
                            const JumpUsageSums *sums)
{
  JumpHistorySum key = { .name = (char *) name };
  JumpHistorySum *sum;

  if (sums->n_requests == 0) /* sums of nothing are one row in SQL */
    return;
  if (time != self->last_time)
    {
      self->last_begin = get_bucket_begin (self, time);
      self->last_time = time;
    }
  key.bucket = self->last_begin;
  sum = g_hash_table_lookup (self->sums, &key);
  if (sum == NULL)
    {
      sum = g_new0 (JumpHistorySum, 1);
      sum->name = g_strdup (name);
      sum->bucket = key.bucket;
      g_hash_table_add (self->sums, sum);
    }
  jump_usage_sums_merge (&sum->sums, sums);
}

GPtrArray *
jump_history_sum_table_finish (JumpHistorySumTable *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_history_sum_free);
  GHashTableIter iter;
  gpointer sum;

  g_hash_table_iter_init (&iter, self->sums);
  while (g_hash_table_iter_next (&iter, &sum, NULL))
    {
      g_ptr_array_add (list, sum);
      g_hash_table_iter_steal (&iter);
    }
  g_ptr_array_sort (list, compare_sums);
  return list;
}
