/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-worker.h"

#include "service/base/error.h"
#include "service/history/history-batch.h"

#include <glib/gstdio.h>

/* What may wait for a disk that hangs: a busy hour without bodies, some minutes with them. */
#define MAX_WAITING 20000
#define MAX_BYTES   (64 * 1024 * 1024)

typedef struct
{
  JumpHistoryJob job;
  GTask *task;     /* (owned) (nullable) */
  gpointer result; /* (owned) (nullable) */
  GError *error;   /* (owned) (nullable) */
  gboolean is_last;
} Order;

/* What fails, on its way to the main loop. */
typedef struct
{
  GError *error; /* (owned) (nullable): NULL: nothing any more */
} News;

struct _JumpHistoryWorker
{
  char *path;                  /* (owned) (nullable) */
  JumpHistoryWaiting *waiting; /* (owned) */
  GAsyncQueue *orders;         /* (owned) (element-type Order): to the thread */
  GAsyncQueue *ended;          /* (owned) (element-type Order): and back */
  GAsyncQueue *news;           /* (owned) (element-type News) */
  GThread *thread;             /* (owned) (nullable) */
  GSource *source;             /* (owned): wakes the main loop */
  JumpHistoryWake wake;
  gpointer user_data;
  int is_closing; /* atomic */

  /* The thread's own. */
  JumpHistoryDatabase *database; /* (owned) (nullable) */
  char *told; /* (owned) (nullable): what the main loop was told last; NULL: that all is well */
};

static void
order_free (gpointer data)
{
  Order *self = data;

  if (self->job.free_data != NULL)
    self->job.free_data (self->job.data);
  if (self->result != NULL && self->job.free_result != NULL)
    self->job.free_result (self->result);
  g_clear_error (&self->error);
  g_clear_object (&self->task);
  g_free (self);
}

static void
news_free (gpointer data)
{
  News *self = data;

  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (News, news_free)

/* ---- on the thread ---- */

/* Only what is new: a full disk is the same news each second. */
static void
tell_news (JumpHistoryWorker *self, const GError *problem)
{
  News *news;

  if (g_strcmp0 (self->told, problem != NULL ? problem->message : NULL) == 0)
    return;
  g_free (self->told);
  self->told = problem != NULL ? g_strdup (problem->message) : NULL;
  news = g_new0 (News, 1);
  news->error = problem != NULL ? g_error_copy (problem) : NULL;
  g_async_queue_push (self->news, news);
  g_source_set_ready_time (self->source, 0);
}

static void
rename_with_ending (const char *path, const char *aside, const char *ending)
{
  g_autofree char *from = g_strconcat (path, ending, NULL);
  g_autofree char *to = g_strconcat (aside, ending, NULL);

  g_rename (from, to);
}

/* Nothing is thrown away: somebody may know how to mend it. */
static void
put_aside (JumpHistoryWorker *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) problem = NULL;

  g_clear_pointer (&self->database, jump_history_database_close);
  if (self->path == NULL)
    return;
  aside = g_strconcat (self->path, ".broken-", time, NULL);
  name = g_path_get_basename (aside);
  rename_with_ending (self->path, aside, "");
  rename_with_ending (self->path, aside, "-wal");
  rename_with_ending (self->path, aside, "-shm");
  problem = g_error_new (JUMP_ERROR,
                         JUMP_ERROR_STORE,
                         "the history was damaged and is kept as %s; a new one was begun",
                         name);
  tell_news (self, problem);
}

static gboolean
open_once (JumpHistoryWorker *self, GError **error)
{
  if (self->database == NULL)
    self->database = jump_history_database_open (self->path, error);
  return self->database != NULL && !jump_history_database_is_damaged (self->database);
}

static gboolean
ensure_open (JumpHistoryWorker *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (open_once (self, &problem))
    return TRUE;
  if (self->database != NULL)
    {
      put_aside (self);
      g_clear_error (&problem);
      if (open_once (self, &problem))
        return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
write_waiting (JumpHistoryWorker *self, GError **error)
{
  GQueue *entries;
  guint n_refused;

  if (jump_history_waiting_is_empty (self->waiting))
    return TRUE;
  entries = jump_history_waiting_take (self->waiting);
  if (!jump_history_batch_write (self->database, entries, &n_refused, error))
    {
      jump_history_waiting_put_back (self->waiting, entries);
      return FALSE;
    }
  for (; n_refused > 0; n_refused--)
    jump_history_waiting_count_lost (self->waiting);
  g_queue_free_full (entries, (GDestroyNotify) jump_history_entry_free);
  return TRUE;
}

/* Opens and writes; a file that turns out to be damaged is replaced and the writing done once more. */
static gboolean
prepare (JumpHistoryWorker *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!ensure_open (self, error))
    return FALSE;
  if (write_waiting (self, &problem))
    return TRUE;
  if (jump_history_database_is_damaged (self->database))
    {
      put_aside (self);
      return ensure_open (self, error) && write_waiting (self, error);
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
run_job (JumpHistoryWorker *self, Order *order)
{
  GCancellable *cancellable =
      order->job.is_question && order->task != NULL ? g_task_get_cancellable (order->task) : NULL;

  if (order->job.is_question && g_atomic_int_get (&self->is_closing))
    {
      g_set_error (&order->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the history is being closed");
      return;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, &order->error))
    return;
  jump_history_database_set_cancellable (self->database, cancellable);
  order->result = order->job.run (self->database, order->job.data, &order->error);
  jump_history_database_set_cancellable (self->database, NULL);
  if (jump_history_database_is_damaged (self->database))
    put_aside (self);
}

static void
tell_state (JumpHistoryWorker *self, const GError *problem)
{
  guint n_lost = jump_history_waiting_take_lost (self->waiting);
  g_autoptr (GError) loss = NULL;

  if (n_lost > 0)
    {
      loss = g_error_new (JUMP_ERROR,
                          JUMP_ERROR_STORE,
                          "%u exchanges were not kept%s%s",
                          n_lost,
                          problem != NULL ? ": " : "",
                          problem != NULL ? problem->message : "");
      tell_news (self, loss);
    }
  tell_news (self, problem);
}

/* What waits may be unwritten for want of room, and questions be answered all the same. */
static void
run_order (JumpHistoryWorker *self, Order *order)
{
  g_autoptr (GError) problem = NULL;

  prepare (self, &problem);
  tell_state (self, problem);
  if (order->job.run == NULL)
    return;
  if (self->database != NULL && !jump_history_database_is_damaged (self->database))
    run_job (self, order);
  else
    order->error = problem != NULL ? g_error_copy (problem)
                                   : g_error_new (JUMP_ERROR, JUMP_ERROR_STORE, "no history");
}

static gpointer
run_thread (gpointer data)
{
  JumpHistoryWorker *self = data;
  gboolean is_last = FALSE;

  while (!is_last)
    {
      Order *order = g_async_queue_pop (self->orders);

      is_last = order->is_last;
      /* Nobody has added anything: there need be no file for that. */
      if (!is_last || !jump_history_waiting_is_empty (self->waiting))
        run_order (self, order);
      g_async_queue_push (self->ended, order);
      g_source_set_ready_time (self->source, 0);
    }
  g_clear_pointer (&self->database, jump_history_database_close);
  return NULL;
}

/* ---- on the main loop ---- */

static gboolean
on_source_ready (gpointer user_data)
{
  JumpHistoryWorker *self = user_data;

  g_source_set_ready_time (self->source, -1);
  self->wake (self->user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_source (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs worker_source_funcs = {
  .dispatch = dispatch_source,
};

static GSource *
make_source (JumpHistoryWorker *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  GSource *source = g_source_new (&worker_source_funcs, sizeof (GSource));

  g_source_set_static_name (source, "jumpseat-history");
  g_source_set_callback (source, on_source_ready, self, NULL);
  g_source_set_ready_time (source, -1);
  g_source_attach (source, context);
  return source;
}

/**
 * jump_history_worker_new:
 * @path: (nullable): the file, made when it is needed; NULL: one in memory
 * @wake: called on the main context of whoever calls this
 */
JumpHistoryWorker *
jump_history_worker_new (const char *path, JumpHistoryWake wake, gpointer user_data)
{
  JumpHistoryWorker *self = g_new0 (JumpHistoryWorker, 1);

  self->path = g_strdup (path);
  self->waiting = jump_history_waiting_new (MAX_WAITING, MAX_BYTES);
  self->orders = g_async_queue_new_full (order_free);
  self->ended = g_async_queue_new_full (order_free);
  self->news = g_async_queue_new_full (news_free);
  self->wake = wake;
  self->user_data = user_data;
  self->source = make_source (self);
  return self;
}

void
jump_history_worker_free (JumpHistoryWorker *self)
{
  jump_history_worker_close (self);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_async_queue_unref (self->orders);
  g_async_queue_unref (self->ended);
  g_async_queue_unref (self->news);
  jump_history_waiting_free (self->waiting);
  g_free (self->path);
  g_free (self->told);
  g_free (self);
}

JumpHistoryWaiting *
jump_history_worker_get_waiting (JumpHistoryWorker *self)
{
  return self->waiting;
}

static void
push (JumpHistoryWorker *self, Order *order)
{
  if (self->thread == NULL)
    self->thread = g_thread_new ("jumpseat-history", run_thread, self);
  g_async_queue_push (self->orders, order);
}

void
jump_history_worker_push (JumpHistoryWorker *self, const JumpHistoryJob *job, GTask *task)
{
  Order *order = g_new0 (Order, 1);

  order->job = *job;
  order->task = task;
  push (self, order);
}

static void
answer (Order *order)
{
  if (order->task == NULL)
    return;
  if (order->error != NULL)
    g_task_return_error (order->task, g_steal_pointer (&order->error));
  else
    g_task_return_pointer (order->task, g_steal_pointer (&order->result), order->job.free_result);
}

guint
jump_history_worker_take_ended (JumpHistoryWorker *self)
{
  guint n = 0;
  Order *next;

  while ((next = g_async_queue_try_pop (self->ended)) != NULL)
    {
      g_autoptr (Order) order = next;

      answer (order);
      n++;
    }
  return n;
}

gboolean
jump_history_worker_take_problem (JumpHistoryWorker *self, GError **out_problem)
{
  g_autoptr (News) news = g_async_queue_try_pop (self->news);

  if (news == NULL)
    return FALSE;
  *out_problem = g_steal_pointer (&news->error);
  return TRUE;
}

void
jump_history_worker_close (JumpHistoryWorker *self)
{
  Order *last;

  if (g_atomic_int_get (&self->is_closing))
    return;
  g_atomic_int_set (&self->is_closing, 1);
  if (self->thread == NULL && jump_history_waiting_is_empty (self->waiting))
    return;
  last = g_new0 (Order, 1);
  last->is_last = TRUE;
  push (self, last);
  g_thread_join (g_steal_pointer (&self->thread));
  jump_history_worker_take_ended (self);
}
