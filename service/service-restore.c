/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/service-private.h"

/* What was used before this run, read from the history at the start: of requests that began before it did.
 * Those of this run are counted as they end, so that none is counted twice, whenever the disk gets to its
 * answers; what began in the very second of the start, under a program that is gone, is left out. */

#define N_HOURS         24
#define NANO_PER_CREDIT 1e9
/* More keys than these are told apart by nobody's limits. */
#define MAX_KEYS 200

/* One answer that is waited for. */
typedef struct
{
  JumpUsageRestore *restore; /* (owned) */
  char *key;                 /* (owned) (nullable): whose sums they are */
  GPtrArray *sums;           /* (owned) (nullable) (element-type JumpHistorySum) */
} Answer;

struct _JumpUsageRestore
{
  guint n_refs;
  JumpService *service;      /* (unowned) (nullable): NULL once nobody wants it */
  GCancellable *cancellable; /* (owned) */
  guint n_waiting;
  gint64 today; /* wall seconds of its begin */
  gint64 month;
  gint64 start; /* of this run */
  Answer hours;
  Answer all;
  Answer sessions;
  GPtrArray *keys; /* (owned) (element-type Answer) */
};

static void
clear_answer (Answer *answer)
{
  g_clear_pointer (&answer->key, g_free);
  g_clear_pointer (&answer->sums, g_ptr_array_unref);
}

static void
free_answer (gpointer memory)
{
  clear_answer (memory);
  g_free (memory);
}

static void
restore_unref (JumpUsageRestore *self)
{
  if (--self->n_refs > 0)
    return;
  clear_answer (&self->hours);
  clear_answer (&self->all);
  clear_answer (&self->sessions);
  g_ptr_array_unref (self->keys);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* ---- taking it over ---- */

static void
restore_hours (JumpUsageRestore *self)
{
  JumpUsageSums hours[N_HOURS] = { 0 };

  for (guint i = 0; self->hours.sums != NULL && i < self->hours.sums->len; i++)
    {
      const JumpHistorySum *sum = self->hours.sums->pdata[i];
      g_autoptr (GDateTime) begin = g_date_time_new_from_unix_local (sum->bucket);

      jump_usage_sums_merge (&hours[g_date_time_get_hour (begin)], &sum->sums);
    }
  jump_usage_day_restore (self->service->usage_day, hours);
}

/* Of what all used: @part is somebody's. */
static void
take_away (JumpUsageRestore *self, const JumpHistorySum *part)
{
  for (guint i = 0; self->all.sums != NULL && i < self->all.sums->len; i++)
    {
      JumpHistorySum *sum = self->all.sums->pdata[i];

      if (sum->bucket != part->bucket || g_strcmp0 (sum->name, part->name) != 0)
        continue;
      sum->sums.nano_aiu -= MIN (sum->sums.nano_aiu, part->sums.nano_aiu);
      sum->sums.estimated_nano_aiu -=
          MIN (sum->sums.estimated_nano_aiu, part->sums.estimated_nano_aiu);
    }
}

static void
restore_key (JumpUsageRestore *self, const Answer *answer)
{
  JumpService *service = self->service;
  double credits = 0;

  for (guint i = 0; answer->sums != NULL && i < answer->sums->len; i++)
    {
      const JumpHistorySum *sum = answer->sums->pdata[i];

      take_away (self, sum);
      jump_budget_restore (service->budget, sum->bucket, answer->key, sum->name, NULL, &sum->sums);
      if (sum->bucket >= self->today)
        credits += (double) sum->sums.nano_aiu / NANO_PER_CREDIT;
    }
  jump_key_meter_restore (service->key_meter, answer->key, credits);
}

/* What no key of today used: without a key, or with one that is gone. */
static void
restore_rest (JumpUsageRestore *self)
{
  for (guint i = 0; self->all.sums != NULL && i < self->all.sums->len; i++)
    {
      const JumpHistorySum *sum = self->all.sums->pdata[i];

      jump_budget_restore (self->service->budget, sum->bucket, NULL, sum->name, NULL, &sum->sums);
    }
}

/* By which key and model is not known any more: limits of conversations that want to know count from the
 * start of the program. */
static void
restore_sessions (JumpUsageRestore *self)
{
  for (guint i = 0; self->sessions.sums != NULL && i < self->sessions.sums->len; i++)
    {
      const JumpHistorySum *sum = self->sessions.sums->pdata[i];

      if (sum->name != NULL)
        jump_budget_restore (self->service->budget, self->month, NULL, NULL, sum->name, &sum->sums);
    }
}

static void
take_over (JumpUsageRestore *self)
{
  JumpService *service = self->service;

  restore_hours (self);
  for (guint i = 0; i < self->keys->len; i++)
    restore_key (self, self->keys->pdata[i]);
  restore_rest (self);
  restore_sessions (self);
  jump_service_note_change (service);
}

/* ---- asking ---- */

/* The disk may fail, and history may be off: then nothing is known of before. */
static void
on_sum_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  JumpUsageRestore *self = answer->restore;
  g_autoptr (GError) error = NULL;

  answer->sums = jump_history_store_sum_finish (JUMP_HISTORY_STORE (source), result, &error);
  if (error != NULL)
    g_debug ("what was used before is not known: %s", error->message);
  self->n_waiting--;
  if (self->n_waiting == 0 && self->service != NULL)
    {
      take_over (self);
      g_clear_pointer (&self->service->usage_restore, restore_unref);
    }
  restore_unref (self);
}

static void
ask (JumpUsageRestore *self, Answer *answer, gint64 from, JumpSumBy by, JumpBucket bucket)
{
  JumpHistoryQuery query = {
    .client_key = answer->key,
    .from = from,
    .until = self->start,
    .excludes_imported = TRUE,
  };

  answer->restore = self;
  self->n_refs++;
  self->n_waiting++;
  jump_history_store_sum_async (self->service->history_store,
                                &query,
                                by,
                                bucket,
                                self->cancellable,
                                on_sum_read,
                                answer);
}

static void
ask_for_keys (JumpUsageRestore *self)
{
  GListModel *keys = G_LIST_MODEL (self->service->keys);
  guint n_keys = MIN (g_list_model_get_n_items (keys), MAX_KEYS);

  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (JumpClientKey) key = g_list_model_get_item (keys, i);
      Answer *answer = g_new0 (Answer, 1);

      answer->key = g_strdup (jump_client_key_get_id (key));
      g_ptr_array_add (self->keys, answer);
      ask (self, answer, self->month, JUMP_SUM_MODEL, JUMP_BUCKET_DAY);
    }
}

static void
read_spans (JumpUsageRestore *self)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_local (jump_clock_get_wall_seconds (self->service->clock));
  int year = g_date_time_get_year (now);
  int month = g_date_time_get_month (now);
  g_autoptr (GDateTime) midnight =
      g_date_time_new_local (year, month, g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr (GDateTime) first = g_date_time_new_local (year, month, 1, 0, 0, 0);

  self->today = g_date_time_to_unix (midnight);
  self->month = g_date_time_to_unix (first);
  self->start = g_date_time_to_unix (now);
}

/**
 * jump_service_restore_usage:
 * @self: a service that knows its keys; no request has ended yet
 *
 * Once: gives back to the day, the budgets and the keys what was used before this run.
 */
void
jump_service_restore_usage (JumpService *self)
{
  JumpUsageRestore *restore;

  if (self->has_restored_usage)
    return;
  self->has_restored_usage = TRUE;
  restore = g_new0 (JumpUsageRestore, 1);
  restore->n_refs = 1;
  restore->service = self;
  restore->cancellable = g_cancellable_new ();
  restore->keys = g_ptr_array_new_with_free_func (free_answer);
  self->usage_restore = restore;
  read_spans (restore);
  ask (restore, &restore->hours, restore->today, JUMP_SUM_ALL, JUMP_BUCKET_HOUR);
  ask (restore, &restore->all, restore->month, JUMP_SUM_MODEL, JUMP_BUCKET_DAY);
  ask (restore, &restore->sessions, restore->month, JUMP_SUM_SESSION, JUMP_BUCKET_NONE);
  ask_for_keys (restore);
}

void
jump_service_forget_restore (JumpService *self)
{
  JumpUsageRestore *restore = g_steal_pointer (&self->usage_restore);

  if (restore == NULL)
    return;
  restore->service = NULL;
  g_cancellable_cancel (restore->cancellable);
  restore_unref (restore);
}
