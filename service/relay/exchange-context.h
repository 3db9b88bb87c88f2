/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"
#include "service/conversation/spending-guard.h"
#include "service/dialects/dialect.h"
#include "service/models/model-catalog.h"
#include "service/models/model-mapping.h"
#include "service/relay/approval-desk.h"
#include "service/relay/burst-watch.h"
#include "service/relay/response-store.h"
#include "service/relay/token-gauge.h"
#include "service/relay/turn-queue.h"
#include "service/upstream/upstream-client.h"

/* What exchanges share: the relay's organs and settings. Outlives them. */

typedef struct
{
  JumpUpstreamClient *upstream;
  JumpModelCatalog *catalog;
  const JumpModelMapping *mapping;
  JumpResponseStore *responses;
  JumpTokenGauge *gauge;
  JumpTurnQueue *turns;
  JumpApprovalDesk *approvals;
  JumpBurstWatch *bursts;
  JumpSpendingGuard guard; /* its ask may be NULL */
  GHashTable
      *without_search;       /* (element-type utf8): models for which upstream refused web_search */
  const char *default_model; /* (nullable) */
  const char *small_model;   /* (nullable): for turns that any small model can do; NULL: as asked */
  gboolean is_strict;
  JumpReasoningField reasoning_field;
  JumpClock *clock;
  gboolean keeps_bodies;    /* records get headers and bodies */
  gsize *kept_replies;      /* bytes of replies under way that records hold */
  gboolean shows_credits;   /* streams end with what they cost */
  guint keep_alive_seconds; /* of silence in a stream; 0: no sign of life */
  guint commit_seconds;     /* before upstream answers; 0: never */
  guint64 *signs_of_life;   /* how many were sent */
  gsize stream_buffer;      /* bytes, of each client */
  gsize event_bytes;        /* the largest of an upstream's stream */
  gsize reply_bytes;        /* the largest that is no stream */
  /* A record says something new; it has not ended. */
  void (*on_changed) (JumpExchangeRecord *record, gpointer changed_data);
  gpointer changed_data;
} JumpExchangeContext;
