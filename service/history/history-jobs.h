/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-store.h"
#include "service/history/history-worker.h"

/* What the store has its worker do, each as a job with what it needs to know. */

JumpHistoryJob jump_history_job_find (const JumpHistoryQuery *query);
JumpHistoryJob jump_history_job_get (const char *id);
JumpHistoryJob
jump_history_job_sum (const JumpHistoryQuery *query, JumpSumBy by, JumpBucket bucket);
JumpHistoryJob jump_history_job_histogram (const JumpHistoryQuery *query, JumpMetric metric);
JumpHistoryJob jump_history_job_measure (void);
/* Results of the next three: (owned) gssize, or gboolean of whether there is more to do. */
JumpHistoryJob jump_history_job_import (GPtrArray *records, const JumpHistoryPolicy *policy);
JumpHistoryJob jump_history_job_purge (gboolean only_bodies, gint64 before);
JumpHistoryJob jump_history_job_retain (const JumpHistoryPolicy *policy, gint64 now);
