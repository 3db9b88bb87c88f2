/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/base/json-write.h"

/* Sums of token usage by computer, user and model, as lines and overview name them (features.md B3 "token-usage").
 * There is a limit on the number of rows. Pure. */

typedef enum
{
  JUMP_USAGE_REQUESTS,
  JUMP_USAGE_INPUT,
  JUMP_USAGE_CACHE_CREATION,
  JUMP_USAGE_CACHE_READ,
  JUMP_USAGE_OUTPUT,
  JUMP_USAGE_TOKENS,
  JUMP_USAGE_SENT,
  JUMP_USAGE_RECEIVED,
  JUMP_USAGE_DATA,
  JUMP_N_USAGE_COUNTS,
} JumpUsageCountKind;

typedef struct
{
  gint64 count[JUMP_N_USAGE_COUNTS];
  gint64 nano_aiu; /* -1: nobody said */
} JumpUsageCounts;

#define JUMP_USAGE_COUNTS_NONE ((JumpUsageCounts){ { 0 }, -1 })

typedef struct _JumpUsageRows JumpUsageRows;

/* @object: what a line says of one model. */
void jump_usage_counts_read (JumpUsageCounts *self, JumpJsonSpan object);
void jump_usage_counts_add (JumpUsageCounts *self, const JumpUsageCounts *other);
/* Members of an object. */
void jump_usage_counts_write (const JumpUsageCounts *self, JumpJsonWriter *writer);
/* No number of JSON that a reader might round. */
gint64 jump_usage_counts_add_numbers (gint64 one, gint64 other);

JumpUsageRows *jump_usage_rows_new (void);
void jump_usage_rows_free (JumpUsageRows *self);
/* FALSE: there are too many rows. */
gboolean jump_usage_rows_add (JumpUsageRows *self,
                              const char *machine,
                              const char *user,
                              const char *model,
                              const JumpUsageCounts *counts);
/* Members "rows", without users, and "user_rows" and "totals". */
void jump_usage_rows_write (JumpUsageRows *self, JumpJsonWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpUsageRows, jump_usage_rows_free)
