/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What to look for among finished exchanges. Zeroed it asks for the first 50 of all, newest first. Strings
 * are unowned while a function runs; those that answer later copy what they need. */

typedef enum
{
  JUMP_METRIC_NONE,
  JUMP_METRIC_REQUEST_SIZE, /* bytes */
  JUMP_METRIC_REPLY_SIZE,   /* bytes */
  JUMP_METRIC_DURATION,     /* µs, from first to last byte */
  JUMP_METRIC_INPUT_TOKENS,
  JUMP_METRIC_OUTPUT_TOKENS,
  JUMP_METRIC_NANO_AIU,
} JumpMetric;

typedef struct
{
  const char
      *text; /* (nullable): part of model, route, client, session, path, error; without case */
  const char
      *full_text; /* (nullable): words in them or in questions and answers, where those are kept */
  const char *model;      /* (nullable): as upstream was asked */
  const char *api;        /* (nullable) */
  const char *client;     /* (nullable): client_name */
  const char *client_key; /* (nullable): id; "": of those that showed no key */
  const char *session;    /* (nullable) */
  guint status;           /* 0: any; 2, 4, 5: that hundred; 200 and up: that one */
  gint64 from;            /* wall seconds, that one too; 0: any */
  gint64 until;           /* wall seconds, that one not; 0: any */
  gint64 after_row; /* for going on: rows behind it, oldest first; see JumpHistoryPage.last_row */
  gboolean is_oldest_first; /* in the order in which they were written */
  gboolean excludes_imported;
  JumpMetric metric; /* with the next two */
  gint64 at_least;
  gint64 below;   /* 0: no end */
  guint page;     /* from 1; 0 is 1 */
  guint per_page; /* 0: 50; at most 1000 */
  gboolean with_bodies;
} JumpHistoryQuery;

/* By what to add up. */
typedef enum
{
  JUMP_SUM_ALL,
  JUMP_SUM_MODEL,
  JUMP_SUM_API,
  JUMP_SUM_CLIENT, /* client_name */
  JUMP_SUM_KEY,
  JUMP_SUM_SESSION,
  JUMP_SUM_STATUS,
} JumpSumBy;

typedef enum
{
  JUMP_BUCKET_NONE,
  JUMP_BUCKET_MINUTE,
  JUMP_BUCKET_HOUR,
  JUMP_BUCKET_DAY, /* local midnights */
} JumpBucket;

/* (transfer full): with strings of its own. */
JumpHistoryQuery *jump_history_query_copy (const JumpHistoryQuery *self);
void jump_history_query_free (JumpHistoryQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistoryQuery, jump_history_query_free)
