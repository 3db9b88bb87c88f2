/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-history"

#include "service/history/history-store.h"

#include "service/base/limits.h"
#include "service/history/client-pattern.h"
#include "service/history/history-jobs.h"

/* So many are written at once without waiting for the time. */
#define MANY 2048
/* Between two tries to write what the disk did not take. */
#define RETRY_MS (5 * 1000)
/* What is too old goes when the start is over, and then every hour. */
#define FIRST_RETENTION_MS (10 * 1000)
#define RETENTION_MS       (60 * 60 * 1000)

struct _JumpHistoryStore
{
  GObject parent_instance;

  JumpClock *clock;          /* (owned) */
  JumpHistoryWorker *worker; /* (owned) */
  JumpHistoryPolicy *policy; /* (owned) */
  GError *problem;           /* (owned) (nullable) */
  guint flush_alarm;
  guint retention_alarm;
  gboolean is_flushing; /* the worker was told to write what waits */
  gboolean is_retaining;
  gboolean is_closed;
};

enum
{
  SIGNAL_PROBLEM,
  SIGNAL_RECOVERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpHistoryStore, jump_history_store, G_TYPE_OBJECT)

/* ---- writing ---- */

static void
flush (JumpHistoryStore *self)
{
  const JumpHistoryJob job = { NULL };

  jump_clock_clear_alarm (self->clock, &self->flush_alarm);
  if (self->is_flushing || self->is_closed)
    return;
  self->is_flushing = TRUE;
  jump_history_worker_push (self->worker, &job, NULL);
}

static void
on_flush_due (gpointer user_data)
{
  JumpHistoryStore *self = user_data;

  self->flush_alarm = 0;
  flush (self);
}

static void
flush_later (JumpHistoryStore *self, guint64 delay_ms)
{
  if (self->flush_alarm == 0 && !self->is_closed)
    self->flush_alarm = jump_clock_add_alarm (self->clock, delay_ms, on_flush_due, self);
}

static void
take_news (JumpHistoryStore *self)
{
  GError *news = NULL;

  while (jump_history_worker_take_problem (self->worker, &news))
    {
      g_clear_error (&self->problem);
      self->problem = news;
      if (self->problem != NULL)
        g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, self->problem);
      else
        g_signal_emit (self, signals[SIGNAL_RECOVERED], 0);
    }
}

static void
on_worker_woke (gpointer user_data)
{
  g_autoptr (JumpHistoryStore) self = g_object_ref (user_data);

  take_news (self);
  if (jump_history_worker_take_ended (self->worker) == 0)
    return;
  /* Each job wrote what waited before it. */
  self->is_flushing = FALSE;
  if (!jump_history_waiting_is_empty (jump_history_worker_get_waiting (self->worker)))
    flush_later (self, self->problem != NULL ? RETRY_MS : JUMP_LIMIT_HISTORY_FLUSH_MS);
}

/* @job: its data is taken */
static void
ask (JumpHistoryStore *self, JumpHistoryJob job, gpointer tag, GTask *new_task)
{
  g_autoptr (GTask) task = new_task;

  g_task_set_source_tag (task, tag);
  if (!self->is_closed)
    {
      jump_history_worker_push (self->worker, &job, g_steal_pointer (&task));
      return;
    }
  if (job.free_data != NULL)
    job.free_data (job.data);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the history is closed");
}

/* Returns: the number in a box that a job made, -1 with an error */
static gssize
take_count (GAsyncResult *result, GError **error)
{
  g_autofree gssize *count = g_task_propagate_pointer (G_TASK (result), error);

  return count != NULL ? *count : -1;
}

/* ---- keeping not too much ---- */

/* Steps until nothing is due; others have their turn between them. Whatever went wrong is told as a problem where
 * it hinders writing, and is tried again in an hour. */
static void
on_retention_step_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JumpHistoryStore *self = JUMP_HISTORY_STORE (source);
  g_autoptr (GError) error = NULL;
  gssize has_more = take_count (result, &error);

  if (error != NULL)
    g_debug ("removing what is old: %s", error->message);
  if (has_more > 0 && !self->is_closed)
    ask (self,
         jump_history_job_retain (self->policy, jump_clock_get_wall_seconds (self->clock)),
         on_retention_step_ended,
         g_task_new (self, NULL, on_retention_step_ended, NULL));
  else
    self->is_retaining = FALSE;
}

static void
on_retention_due (gpointer user_data)
{
  JumpHistoryStore *self = user_data;

  self->retention_alarm = jump_clock_add_alarm (self->clock, RETENTION_MS, on_retention_due, self);
  if (self->is_retaining)
    return;
  self->is_retaining = TRUE;
  ask (self,
       jump_history_job_retain (self->policy, jump_clock_get_wall_seconds (self->clock)),
       on_retention_due,
       g_task_new (self, NULL, on_retention_step_ended, NULL));
}

/* ---- object ---- */

static void
jump_history_store_dispose (GObject *object)
{
  jump_history_store_close (JUMP_HISTORY_STORE (object));
  G_OBJECT_CLASS (jump_history_store_parent_class)->dispose (object);
}

static void
jump_history_store_finalize (GObject *object)
{
  JumpHistoryStore *self = JUMP_HISTORY_STORE (object);

  jump_history_worker_free (self->worker);
  jump_history_policy_free (self->policy);
  g_clear_error (&self->problem);
  g_object_unref (self->clock);
  G_OBJECT_CLASS (jump_history_store_parent_class)->finalize (object);
}

static void
jump_history_store_class_init (JumpHistoryStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_history_store_dispose;
  object_class->finalize = jump_history_store_finalize;
  /**
   * JumpHistoryStore::problem:
   * @error: what fails
   *
   * Something fails, or something else than before; not again while it is the same. Also when something was lost.
   */
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_ERROR);
  /**
   * JumpHistoryStore::recovered:
   *
   * Nothing fails any more.
   */
  signals[SIGNAL_RECOVERED] = g_signal_new ("recovered",
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
jump_history_store_init (JumpHistoryStore *self)
{
  const JumpHistoryPolicy policy = { .is_kept = TRUE };

  self->policy = jump_history_policy_copy (&policy);
}

/**
 * jump_history_store_new:
 * @path: (nullable): the file; it is opened, or made, when there is something to write or to ask
 * @clock: for when to write and what is old
 *
 * Returns: (transfer full): one that keeps everything but headers and bodies, for good
 */
JumpHistoryStore *
jump_history_store_new (const char *path, JumpClock *clock)
{
  JumpHistoryStore *self = g_object_new (JUMP_TYPE_HISTORY_STORE, NULL);

  self->clock = g_object_ref (clock);
  self->worker = jump_history_worker_new (path, on_worker_woke, self);
  return self;
}

/**
 * jump_history_store_set_policy:
 * @policy: copied; holds for what is added from now on, and for what is removed after a while
 */
void
jump_history_store_set_policy (JumpHistoryStore *self, const JumpHistoryPolicy *policy)
{
  jump_history_policy_free (self->policy);
  self->policy = jump_history_policy_copy (policy);
  if (self->is_closed)
    return;
  jump_clock_clear_alarm (self->clock, &self->retention_alarm);
  self->retention_alarm =
      jump_clock_add_alarm (self->clock, FIRST_RETENTION_MS, on_retention_due, self);
}

const GError *
jump_history_store_get_problem (JumpHistoryStore *self)
{
  return self->problem;
}

guint
jump_history_store_get_waiting (JumpHistoryStore *self)
{
  return jump_history_waiting_get_length (jump_history_worker_get_waiting (self->worker));
}

/**
 * jump_history_store_add:
 * @record: has ended; may lose its bodies afterwards
 *
 * Costs nothing but a place in a queue.
 */
void
jump_history_store_add (JumpHistoryStore *self, JumpExchangeRecord *record)
{
  gboolean has_bodies;
  guint n_waiting;

  if (self->is_closed || !self->policy->is_kept)
    return;
  has_bodies = self->policy->keeps_bodies &&
               !jump_client_pattern_matches_any (self->policy->skip_clients, record);
  n_waiting = jump_history_waiting_add (
      jump_history_worker_get_waiting (self->worker),
      jump_history_entry_new (record, has_bodies, self->policy->body_bytes));
  if (n_waiting >= MANY && self->problem == NULL)
    flush (self);
  else
    flush_later (self, self->problem != NULL ? RETRY_MS : JUMP_LIMIT_HISTORY_FLUSH_MS);
}

void
jump_history_store_find_async (JumpHistoryStore *self,
                               const JumpHistoryQuery *query,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  ask (self,
       jump_history_job_find (query),
       jump_history_store_find_async,
       g_task_new (self, cancellable, callback, user_data));
}

JumpHistoryPage *
jump_history_store_find_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jump_history_store_get_async (JumpHistoryStore *self,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  ask (self,
       jump_history_job_get (id),
       jump_history_store_get_async,
       g_task_new (self, cancellable, callback, user_data));
}

JumpExchangeRecord *
jump_history_store_get_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jump_history_store_sum_async (JumpHistoryStore *self,
                              const JumpHistoryQuery *query,
                              JumpSumBy by,
                              JumpBucket bucket,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  ask (self,
       jump_history_job_sum (query, by, bucket),
       jump_history_store_sum_async,
       g_task_new (self, cancellable, callback, user_data));
}

GPtrArray *
jump_history_store_sum_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jump_history_store_histogram_async (JumpHistoryStore *self,
                                    const JumpHistoryQuery *query,
                                    JumpMetric metric,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  ask (self,
       jump_history_job_histogram (query, metric),
       jump_history_store_histogram_async,
       g_task_new (self, cancellable, callback, user_data));
}

JumpHistogram *
jump_history_store_histogram_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * jump_history_store_import_async:
 *
 * They are written even where nothing new is kept: somebody asked for it. Their bodies are as the policy says.
 */
void
jump_history_store_import_async (JumpHistoryStore *self,
                                 GPtrArray *records,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  ask (self,
       jump_history_job_import (records, self->policy),
       jump_history_store_import_async,
       g_task_new (self, cancellable, callback, user_data));
}

gssize
jump_history_store_import_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error)
{
  return take_count (result, error);
}

void
jump_history_store_purge_async (JumpHistoryStore *self,
                                gboolean only_bodies,
                                gint64 before,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  ask (self,
       jump_history_job_purge (only_bodies, before),
       jump_history_store_purge_async,
       g_task_new (self, cancellable, callback, user_data));
}

gssize
jump_history_store_purge_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error)
{
  return take_count (result, error);
}

void
jump_history_store_measure_async (JumpHistoryStore *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  ask (self,
       jump_history_job_measure (),
       jump_history_store_measure_async,
       g_task_new (self, cancellable, callback, user_data));
}

gboolean
jump_history_store_measure_finish (JumpHistoryStore *self,
                                   GAsyncResult *result,
                                   JumpHistoryMeasure *out_measure,
                                   GError **error)
{
  g_autofree JumpHistoryMeasure *measure = g_task_propagate_pointer (G_TASK (result), error);

  if (measure == NULL)
    return FALSE;
  *out_measure = *measure;
  return TRUE;
}

/**
 * jump_history_store_close:
 *
 * What was asked and not answered ends with G_IO_ERROR_CANCELLED; what was to be written is written.
 */
void
jump_history_store_close (JumpHistoryStore *self)
{
  if (self->is_closed)
    return;
  self->is_closed = TRUE;
  jump_clock_clear_alarm (self->clock, &self->flush_alarm);
  jump_clock_clear_alarm (self->clock, &self->retention_alarm);
  jump_history_worker_close (self->worker);
  take_news (self);
}
