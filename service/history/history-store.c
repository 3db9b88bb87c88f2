/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-store.h"

struct _JumpHistoryStore
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (JumpHistoryStore, jump_history_store, G_TYPE_OBJECT)

static void
jump_history_store_class_init (JumpHistoryStoreClass *class)
{
  g_signal_new ("problem",
                G_TYPE_FROM_CLASS (class),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                1,
                G_TYPE_POINTER);
}

static void
jump_history_store_init (JumpHistoryStore *self)
{
}

JumpHistoryStore *
jump_history_store_new (const char *path, JumpClock *clock)
{
  return g_object_new (JUMP_TYPE_HISTORY_STORE, NULL);
}

void
jump_history_store_set_policy (JumpHistoryStore *self, const JumpHistoryPolicy *policy)
{
}

const GError *
jump_history_store_get_problem (JumpHistoryStore *self)
{
  return NULL;
}

void
jump_history_store_add (JumpHistoryStore *self, JumpExchangeRecord *record)
{
}

void
jump_history_store_find_async (JumpHistoryStore *self,
                               const JumpHistoryQuery *query,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_task_report_new_error (self,
                           callback,
                           user_data,
                           NULL,
                           G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "no history yet");
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
  g_task_report_new_error (self,
                           callback,
                           user_data,
                           NULL,
                           G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "no history yet");
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
  g_task_report_new_error (self,
                           callback,
                           user_data,
                           NULL,
                           G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "no history yet");
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
  g_task_report_new_error (self,
                           callback,
                           user_data,
                           NULL,
                           G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "no history yet");
}

JumpHistogram *
jump_history_store_histogram_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jump_history_store_import_async (JumpHistoryStore *self,
                                 GPtrArray *records,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_task_report_new_error (self,
                           callback,
                           user_data,
                           NULL,
                           G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "no history yet");
}

gssize
jump_history_store_import_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

void
jump_history_store_purge_async (JumpHistoryStore *self,
                                gboolean only_bodies,
                                gint64 before,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_task_report_new_error (self,
                           callback,
                           user_data,
                           NULL,
                           G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "no history yet");
}

gssize
jump_history_store_purge_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

void
jump_history_store_measure_async (JumpHistoryStore *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_task_report_new_error (self,
                           callback,
                           user_data,
                           NULL,
                           G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "no history yet");
}

gboolean
jump_history_store_measure_finish (JumpHistoryStore *self,
                                   GAsyncResult *result,
                                   JumpHistoryMeasure *out_measure,
                                   GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
jump_history_store_close (JumpHistoryStore *self)
{
}

void
jump_history_page_free (JumpHistoryPage *self)
{
  g_ptr_array_unref (self->records);
  g_free (self);
}

void
jump_history_sum_free (JumpHistorySum *self)
{
  g_free (self->name);
  g_free (self);
}

void
jump_histogram_free (JumpHistogram *self)
{
  g_array_unref (self->bars);
  g_free (self);
}
