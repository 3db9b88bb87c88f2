/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/conversation/exchange-record.h"

/* What this run has counted, by user, model and endpoint (features.md B3, GET /api/stats). Nothing of it is kept, and
 * what is imported never counts. */

typedef struct _JumpRequestCounters JumpRequestCounters;

JumpRequestCounters *jump_request_counters_new (void);
void jump_request_counters_free (JumpRequestCounters *self);
/* @record: has ended */
void jump_request_counters_add (JumpRequestCounters *self, const JumpExchangeRecord *record);
/* Inside an object: the members total_requests, failed_requests, bytes_sent, bytes_received, model_stats and
 * endpoint_stats of @user (nullable: all). */
void jump_request_counters_write (const JumpRequestCounters *self,
                                  JumpJsonWriter *writer,
                                  const char *user);
/* Inside an object: a member "mod.<name>" for each kind of change that was made, and others of that kind. */
void jump_request_counters_write_changes (const JumpRequestCounters *self, JumpJsonWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpRequestCounters, jump_request_counters_free)
