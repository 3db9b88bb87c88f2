/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-store.h"
#include "tests/support/clock-fake.h"
#include "tests/support/temp-home.h"

/* A store on a file of its own, and its answers waited for: the main loop runs until one is there. */

typedef struct
{
  JumpTempHome *home;      /* (owned) */
  JumpClock *clock;        /* (owned) */
  char *path;              /* (owned) */
  JumpHistoryStore *store; /* (owned) (nullable) */
} HistoryStage;

void history_stage_set_up (HistoryStage *stage, gconstpointer data);
void history_stage_tear_down (HistoryStage *stage, gconstpointer data);
/* Closes the store, and opens another on the same file. */
void history_stage_restart (HistoryStage *stage);
/* (transfer full): one that ended @seconds after the clock's first second, with prices and tokens from @number. */
JumpExchangeRecord *history_stage_make_record (const char *id, gint64 seconds, guint number);
void history_stage_give_bodies (JumpExchangeRecord *record, const char *request, const char *reply);
void history_stage_add (HistoryStage *stage, const char *id, gint64 seconds, guint number);
/* The fake clock goes on until everything is written. */
void history_stage_flush (HistoryStage *stage);
/* A policy that keeps bodies, as large as usual. */
JumpHistoryPolicy history_stage_get_policy (void);

/* (transfer full): without an error */
JumpHistoryPage *history_stage_find (HistoryStage *stage, const JumpHistoryQuery *query);
/* (transfer full): the ids of what is found, in a row: "a b" */
char *history_stage_find_ids (HistoryStage *stage, const JumpHistoryQuery *query);
JumpExchangeRecord *history_stage_get (HistoryStage *stage, const char *id);
GPtrArray *history_stage_sum (HistoryStage *stage,
                              const JumpHistoryQuery *query,
                              JumpSumBy by,
                              JumpBucket bucket);
JumpHistogram *
history_stage_histogram (HistoryStage *stage, const JumpHistoryQuery *query, JumpMetric metric);
gssize history_stage_import (HistoryStage *stage, GPtrArray *records);
gssize history_stage_purge (HistoryStage *stage, gboolean only_bodies, gint64 before);
JumpHistoryMeasure history_stage_measure (HistoryStage *stage);
/* Whether @text stands in the file or its log of changes. */
gboolean history_stage_is_on_disk (HistoryStage *stage, const char *text);
