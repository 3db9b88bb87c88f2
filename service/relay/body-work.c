/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/body-work.h"

#include "service/base/limits.h"

typedef struct
{
  const JumpBodyWork *work; /* const data */
  gpointer owner;           /* (owned) */
} WorkTask;

static void
free_work_task (WorkTask *self)
{
  self->work->unref (self->owner);
  g_free (self);
}

static void
work_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WorkTask *self = task_data;
  GError *error = NULL;

  if (self->work->work (self->owner, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_thread_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WorkTask *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  self->work->done (self->owner, error);
}

/**
 * jump_body_work_do:
 * @work: what to do
 * @owner: of the body; a reference is held while a thread works on it
 * @size: bytes of the body
 */
void
jump_body_work_do (const JumpBodyWork *work, gpointer owner, gsize size)
{
  g_autoptr (GError) error = NULL;

  if (size > JUMP_LIMIT_SCAN_ON_LOOP)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, on_thread_done, NULL);
      WorkTask *self = g_new0 (WorkTask, 1);

      self->work = work;
      self->owner = work->ref (owner);
      g_task_set_source_tag (task, jump_body_work_do);
      g_task_set_task_data (task, self, (GDestroyNotify) free_work_task);
      g_task_run_in_thread (task, work_in_thread);
      return;
    }
  work->work (owner, &error);
  work->done (owner, error);
}
