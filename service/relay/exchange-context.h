/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"
#include "service/dialects/dialect.h"
#include "service/models/model-catalog.h"
#include "service/models/model-mapping.h"
#include "service/relay/response-store.h"
#include "service/relay/token-gauge.h"
#include "service/upstream/upstream-client.h"

/* What exchanges share: the relay's organs and settings. Outlives them. */

typedef struct
{
  JumpUpstreamClient *upstream;
  JumpModelCatalog *catalog;
  const JumpModelMapping *mapping;
  JumpResponseStore *responses;
  JumpTokenGauge *gauge;
  GHashTable
      *without_search;       /* (element-type utf8): models for which upstream refused web_search */
  const char *default_model; /* (nullable) */
  const char *small_model;   /* (nullable): for turns that any small model can do; NULL: as asked */
  gboolean is_strict;
  JumpReasoningField reasoning_field;
  JumpClock *clock;
  gboolean keeps_bodies; /* records get headers and bodies */
  /* A record says something new; it has not ended. */
  void (*on_changed) (JumpExchangeRecord *record, gpointer changed_data);
  gpointer changed_data;
} JumpExchangeContext;
