/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/token-waiters.h"

/* The data of a waiting task. */
typedef struct
{
  JumpTokenWaiters *waiters; /* belongs to the task's source object */
  GSource *cancelled;        /* (owned) (nullable) */
} Waiter;

static void
waiter_free (Waiter *waiter)
{
  g_clear_pointer (&waiter->cancelled, g_source_unref);
  g_free (waiter);
}

/* The source holds a reference on the task, and the task one on the source. */
static void
stop_watching (GTask *task)
{
  Waiter *waiter = g_task_get_task_data (task);

  if (waiter->cancelled != NULL)
    g_source_destroy (waiter->cancelled);
}

static gboolean
on_waiter_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Waiter *waiter = g_task_get_task_data (task);

  if (g_queue_remove (&waiter->waiters->tasks, task))
    {
      g_task_return_error_if_cancelled (task);
      g_object_unref (task);
    }
  return G_SOURCE_REMOVE;
}

void
jump_token_waiters_init (JumpTokenWaiters *self)
{
  g_queue_init (&self->tasks);
}

gboolean
jump_token_waiters_is_empty (const JumpTokenWaiters *self)
{
  return self->tasks.length == 0;
}

/**
 * jump_token_waiters_add:
 * @task: referenced; its data becomes ours
 *
 * The task keeps its source object alive, and @self with it.
 */
void
jump_token_waiters_add (JumpTokenWaiters *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->waiters = self;
  g_task_set_task_data (task, waiter, (GDestroyNotify) waiter_free);
  if (cancellable != NULL)
    {
      waiter->cancelled = g_cancellable_source_new (cancellable);
      g_task_attach_source (task, waiter->cancelled, G_SOURCE_FUNC (on_waiter_cancelled));
    }
  g_queue_push_tail (&self->tasks, g_object_ref (task));
}

/**
 * jump_token_waiters_answer:
 * @token: (nullable)
 * @error: (nullable): without a token
 *
 * In the order in which they began to wait. Callbacks may come from inside this call; whoever begins
 * to wait in one of them waits for the next answer.
 */
void
jump_token_waiters_answer (JumpTokenWaiters *self, JumpToken *token, const GError *error)
{
  GQueue tasks = self->tasks;
  GTask *task;

  g_queue_init (&self->tasks);
  while ((task = g_queue_pop_head (&tasks)) != NULL)
    {
      stop_watching (task);
      if (token != NULL)
        g_task_return_pointer (task, jump_token_ref (token), (GDestroyNotify) jump_token_unref);
      else
        g_task_return_error (task, g_error_copy (error));
      g_object_unref (task);
    }
}
