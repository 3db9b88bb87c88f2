/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/usage-numbers.h"

#include "ui/usage-text.h"

#include <glib/gi18n-lib.h>

#define NANO_AIU_PER_CREDIT 1e9
/* More nobody reads, and a table of so many is slow: the rest is one line. */
#define MOST_ROWS 500

struct _JumpUsageNumbers
{
  GObject parent_instance;

  JumpService *service;      /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): of what is being asked */
  JumpUsageRange range;
  JumpSumBy by;
  gint64 asked_at;  /* wall seconds */
  GPtrArray *steps; /* (owned) (nullable) (element-type JumpUsageStep) */
  GPtrArray *rows;  /* (owned) (nullable) (element-type JumpUsageRow) */
  JumpUsageSums total;
  double month;
  GError *error; /* (owned) (nullable) */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpUsageNumbers, jump_usage_numbers, G_TYPE_OBJECT)

static void
row_free (gpointer data)
{
  JumpUsageRow *row = data;

  g_free (row->key);
  g_free (row->name);
  g_free (row);
}

static char *
name_row (JumpUsageNumbers *self, const JumpHistorySum *sum)
{
  JumpClientKey *key = NULL;

  if (self->by == JUMP_SUM_KEY && sum->name != NULL)
    key = jump_key_store_find (jump_service_get_keys (self->service), sum->name);
  return key != NULL ? g_strdup (jump_client_key_get_name (key))
                     : jump_usage_text_row_name (self->by, sum->name);
}

static JumpUsageRow *
add_row (JumpUsageNumbers *self, const char *key, char *name, gint64 order)
{
  JumpUsageRow *row = g_new0 (JumpUsageRow, 1);

  row->key = g_strdup (key);
  row->name = name;
  row->order = order;
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
take_rows (JumpUsageNumbers *self, GPtrArray *sums)
{
  JumpUsageRow *row = NULL;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < sums->len; i++)
    {
      const JumpHistorySum *sum = g_ptr_array_index (sums, i);

      if (i < MOST_ROWS)
        row = add_row (self, sum->name != NULL ? sum->name : "", name_row (self, sum), 0);
      else if (i == MOST_ROWS)
        /* Translators: a line of a table for all that have none of their own */
        row = add_row (self, "\n\n", g_strdup (_ ("Others")), 0);
      jump_usage_sums_merge (&row->sums, &sum->sums);
    }
}

/* The steps in which something went through, as rows. */
static void
take_steps_as_rows (JumpUsageNumbers *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const JumpUsageStep *step = g_ptr_array_index (self->steps, i);

      if (step->sums.n_requests > 0)
        add_row (self, step->title, g_strdup (step->title), step->begin)->sums = step->sums;
    }
}

static void
take_steps (JumpUsageNumbers *self, GPtrArray *sums)
{
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = jump_usage_series_new (self->range, sums, self->asked_at);
  self->total = (JumpUsageSums){ 0 };
  for (guint i = 0; i < sums->len; i++)
    jump_usage_sums_merge (&self->total, &((JumpHistorySum *) g_ptr_array_index (sums, i))->sums);
}

static void
end (JumpUsageNumbers *self, GError *error)
{
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->error = error;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Returns: (transfer full) (nullable): the answer; NULL when there is none, or nobody waits for it any more */
static GPtrArray *
take_answer (JumpUsageNumbers *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *sums = jump_history_store_sum_finish (JUMP_HISTORY_STORE (source), result, &error);

  if (sums == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end (self, g_steal_pointer (&error));
  return sums;
}

static void
ask_store (JumpUsageNumbers *self,
           gint64 from,
           JumpSumBy by,
           JumpBucket bucket,
           GAsyncReadyCallback callback)
{
  JumpHistoryQuery query = { .from = from, .excludes_imported = TRUE };

  jump_history_store_sum_async (jump_service_get_history_store (self->service),
                                &query,
                                by,
                                bucket,
                                self->cancellable,
                                callback,
                                g_object_ref (self));
}

static void
on_month_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpUsageNumbers) self = user_data;
  g_autoptr (GPtrArray) sums = take_answer (self, source, result);

  if (sums == NULL)
    return;
  self->month = 0;
  for (guint i = 0; i < sums->len; i++)
    self->month += (double) ((JumpHistorySum *) g_ptr_array_index (sums, i))->sums.nano_aiu /
                   NANO_AIU_PER_CREDIT;
  end (self, NULL);
}

static void
on_rows_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpUsageNumbers) self = user_data;
  g_autoptr (GPtrArray) sums = take_answer (self, source, result);

  if (sums == NULL)
    return;
  take_rows (self, sums);
  ask_store (
      self,
      jump_usage_month_begin (jump_quota_get_resets_at (jump_service_get_quota (self->service)),
                              self->asked_at),
      JUMP_SUM_ALL,
      JUMP_BUCKET_NONE,
      on_month_told);
}

static void
on_steps_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JumpUsageNumbers) self = user_data;
  g_autoptr (GPtrArray) sums = take_answer (self, source, result);

  if (sums == NULL)
    return;
  take_steps (self, sums);
  if (self->by == JUMP_USAGE_BY_TIME)
    {
      take_steps_as_rows (self);
      ask_store (
          self,
          jump_usage_month_begin (jump_quota_get_resets_at (jump_service_get_quota (self->service)),
                                  self->asked_at),
          JUMP_SUM_ALL,
          JUMP_BUCKET_NONE,
          on_month_told);
      return;
    }
  ask_store (self,
             jump_usage_range_get_from (self->range, self->asked_at),
             self->by,
             JUMP_BUCKET_NONE,
             on_rows_told);
}

static void
jump_usage_numbers_dispose (GObject *object)
{
  JumpUsageNumbers *self = JUMP_USAGE_NUMBERS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (jump_usage_numbers_parent_class)->dispose (object);
}

static void
jump_usage_numbers_finalize (GObject *object)
{
  JumpUsageNumbers *self = JUMP_USAGE_NUMBERS (object);

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (jump_usage_numbers_parent_class)->finalize (object);
}

static void
jump_usage_numbers_class_init (JumpUsageNumbersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_usage_numbers_dispose;
  object_class->finalize = jump_usage_numbers_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_usage_numbers_init (JumpUsageNumbers *self)
{
  self->month = -1;
}

/**
 * jump_usage_numbers_new:
 * @service: whose history
 *
 * Returns: (transfer full): knows nothing until it is asked
 */
JumpUsageNumbers *
jump_usage_numbers_new (JumpService *service)
{
  JumpUsageNumbers *self = g_object_new (JUMP_TYPE_USAGE_NUMBERS, NULL);

  self->service = g_object_ref (service);
  return self;
}

/**
 * jump_usage_numbers_ask:
 * @self: the figures
 * @range: of which time
 * @by: what the rows are
 */
void
jump_usage_numbers_ask (JumpUsageNumbers *self, JumpUsageRange range, JumpSumBy by)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->range = range;
  self->by = by;
  self->asked_at = jump_clock_get_wall_seconds (jump_service_get_clock (self->service));
  ask_store (self,
             jump_usage_range_get_from (range, self->asked_at),
             JUMP_SUM_ALL,
             jump_usage_range_get_bucket (range),
             on_steps_told);
}

JumpUsageRange
jump_usage_numbers_get_range (JumpUsageNumbers *self)
{
  return self->range;
}

JumpSumBy
jump_usage_numbers_get_by (JumpUsageNumbers *self)
{
  return self->by;
}

GPtrArray *
jump_usage_numbers_get_steps (JumpUsageNumbers *self)
{
  return self->steps;
}

GPtrArray *
jump_usage_numbers_get_rows (JumpUsageNumbers *self)
{
  return self->rows;
}

const JumpUsageSums *
jump_usage_numbers_get_total (JumpUsageNumbers *self)
{
  return &self->total;
}

double
jump_usage_numbers_get_month (JumpUsageNumbers *self)
{
  return self->month;
}

const GError *
jump_usage_numbers_get_error (JumpUsageNumbers *self)
{
  return self->error;
}
