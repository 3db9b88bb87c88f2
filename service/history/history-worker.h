/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-database.h"
#include "service/history/history-waiting.h"

#include <gio/gio.h>

/* The one thread that touches the file: opens it, writes what waits before each job, runs the jobs in their order.
 * A damaged file is put aside and a new one begun. Answers and problems come on the main loop. */

typedef struct _JumpHistoryWorker JumpHistoryWorker;

/* On the thread. Returns: (nullable): for the task; an error when @error is set */
typedef gpointer (*JumpHistoryRun) (JumpHistoryDatabase *database, gpointer data, GError **error);
/* On the main loop: jobs have ended, or what fails has changed. */
typedef void (*JumpHistoryWake) (gpointer user_data);

typedef struct
{
  JumpHistoryRun run; /* (nullable): only writes what waits */
  gpointer data;      /* (owned) (nullable) */
  GDestroyNotify free_data;
  GDestroyNotify free_result; /* (nullable) */
  gboolean
      is_question; /* changes nothing: is given up when the file is closed or its task cancelled */
} JumpHistoryJob;

/* @path: (nullable): NULL: in memory. The thread begins with the first job. */
JumpHistoryWorker *
jump_history_worker_new (const char *path, JumpHistoryWake wake, gpointer user_data);
void jump_history_worker_free (JumpHistoryWorker *self);
JumpHistoryWaiting *jump_history_worker_get_waiting (JumpHistoryWorker *self);
/* @job: copied. @task: (transfer full) (nullable) */
void jump_history_worker_push (JumpHistoryWorker *self, const JumpHistoryJob *job, GTask *task);
/* From the wake function: answers the tasks. Returns: how many jobs have ended */
guint jump_history_worker_take_ended (JumpHistoryWorker *self);
/* (transfer full) (nullable): from the wake function, until it says FALSE: what fails now, NULL: nothing any more */
gboolean jump_history_worker_take_problem (JumpHistoryWorker *self, GError **out_problem);
/* Writes what waits, waits for the thread, answers what was asked. */
void jump_history_worker_close (JumpHistoryWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistoryWorker, jump_history_worker_free)
