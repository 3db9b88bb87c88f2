/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/conversation/usage-sums.h"
#include "service/history/history-query.h"

#include <gio/gio.h>

/* Finished exchanges on disk: SQLite (WAL) behind one worker thread. What is added is on disk within
 * JUMP_LIMIT_HISTORY_FLUSH_MS; whatever is asked sees everything that was added before. The main loop never
 * waits for the disk. Emits "problem" (const GError *) once when the disk fails, and goes on trying; records may be
 * lost then, requests never. Emits "recovered" when all is well again. Several programs may share the file.
 * All callbacks come on the main loop. Errors: JUMP_ERROR_STORAGE-like ones of the disk, G_IO_ERROR_CANCELLED. */

#define JUMP_TYPE_HISTORY_STORE (jump_history_store_get_type ())
G_DECLARE_FINAL_TYPE (JumpHistoryStore, jump_history_store, JUMP, HISTORY_STORE, GObject)

/* What is kept, and for how long. */
typedef struct
{
  gboolean is_kept; /* FALSE: nothing new is written; what is there stays readable */
  gboolean keeps_bodies;
  gsize body_bytes;                /* larger ones are replaced by H-16's {"_truncated":true,…} */
  const char *const *skip_clients; /* (nullable): "*" at the end for any ending */
  guint days;                      /* 0: for good */
  guint body_days;
  guint megabytes; /* 0: no limit */
} JumpHistoryPolicy;

/* (transfer full): with strings of its own. */
JumpHistoryPolicy *jump_history_policy_copy (const JumpHistoryPolicy *self);
void jump_history_policy_free (JumpHistoryPolicy *self);

typedef struct
{
  GPtrArray *records; /* (owned) (element-type JumpExchangeRecord) */
  guint64 total;      /* that fit; when is_total_cut, at least so many */
  gboolean is_total_cut;
  gint64 last_row; /* for JumpHistoryQuery.after_row; 0 when there are no more */
} JumpHistoryPage;

/* One row of sums. */
typedef struct
{
  char *name;    /* (owned) (nullable): the model, API, client…; NULL: unknown, or all */
  gint64 bucket; /* wall seconds of its begin; 0 without buckets */
  JumpUsageSums sums;
} JumpHistorySum;

typedef struct
{
  gint64 lower;
  gint64 upper; /* 0: no end */
  guint64 count;
} JumpHistogramBar;

typedef struct
{
  GArray *bars; /* (owned) (element-type JumpHistogramBar) */
  guint64 count;
  double sum;
  gint64 least;
  gint64 most;
} JumpHistogram;

typedef struct
{
  guint64 n_records;
  guint64 n_bodies;
  guint64 n_imported;
  guint64 bytes; /* on disk */
  gint64 oldest; /* wall seconds, 0 none */
} JumpHistoryMeasure;

/* @path: (nullable): NULL for one that lives in memory, as in a demo. The file is opened by the worker. */
JumpHistoryStore *jump_history_store_new (const char *path, JumpClock *clock);
void jump_history_store_set_policy (JumpHistoryStore *self, const JumpHistoryPolicy *policy);
/* (nullable): why the disk does not do now. */
const GError *jump_history_store_get_problem (JumpHistoryStore *self);
/* Exchanges that are not on disk yet. */
guint jump_history_store_get_waiting (JumpHistoryStore *self);
/* @record: has ended. Referenced until it is written; with its bodies only when the policy wants them. */
void jump_history_store_add (JumpHistoryStore *self, JumpExchangeRecord *record);

void jump_history_store_find_async (JumpHistoryStore *self,
                                    const JumpHistoryQuery *query,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
JumpHistoryPage *
jump_history_store_find_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error);
/* One, with all that is kept of it. finish: (transfer full) (nullable): NULL without error: not there. */
void jump_history_store_get_async (JumpHistoryStore *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
JumpExchangeRecord *
jump_history_store_get_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error);
/* Adds up by @by, in buckets of time; imported ones only when @query asks for them (excludes_imported FALSE).
 * Times, model, api, client, client_key, session and status of @query hold; text and metric do not.
 * finish: (transfer container) (element-type JumpHistorySum): by bucket, then most credits first. */
void jump_history_store_sum_async (JumpHistoryStore *self,
                                   const JumpHistoryQuery *query,
                                   JumpSumBy by,
                                   JumpBucket bucket,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *
jump_history_store_sum_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error);
/* Bars as in features.md B3: size 0, 511, 1 KiB … 64 MiB; duration 100, 250, 500 ms, 1, 2, 5 … 600 s;
 * tokens 0, 16, 32 … 131072; credits in tenths. */
void jump_history_store_histogram_async (JumpHistoryStore *self,
                                         const JumpHistoryQuery *query,
                                         JumpMetric metric,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
JumpHistogram *
jump_history_store_histogram_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error);
/* @records: (element-type JumpExchangeRecord): marked as imported; one with the id of another replaces it, unless
 * that one is our own. finish: how many were written, -1 with an error. */
void jump_history_store_import_async (JumpHistoryStore *self,
                                      GPtrArray *records,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gssize
jump_history_store_import_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error);
/* Removes for good, also from free pages of the file and from the log of changes: bodies only, or all, of
 * exchanges before @before (wall seconds; 0: all there are). finish: how many, -1 with an error. */
void jump_history_store_purge_async (JumpHistoryStore *self,
                                     gboolean only_bodies,
                                     gint64 before,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gssize
jump_history_store_purge_finish (JumpHistoryStore *self, GAsyncResult *result, GError **error);
void jump_history_store_measure_async (JumpHistoryStore *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean jump_history_store_measure_finish (JumpHistoryStore *self,
                                            GAsyncResult *result,
                                            JumpHistoryMeasure *out_measure,
                                            GError **error);
/* Writes what is left and closes the file; waits for the worker. Nothing is written afterwards. */
void jump_history_store_close (JumpHistoryStore *self);

void jump_history_page_free (JumpHistoryPage *self);
void jump_history_sum_free (JumpHistorySum *self);
/* Returns: (transfer full): with @metric's bars, all empty; none of them for JUMP_METRIC_NONE */
JumpHistogram *jump_histogram_new (JumpMetric metric);
/* @value: not below 0 */
void jump_histogram_count (JumpHistogram *self, gint64 value);
void jump_histogram_free (JumpHistogram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistoryPage, jump_history_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistorySum, jump_history_sum_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistogram, jump_histogram_free)
