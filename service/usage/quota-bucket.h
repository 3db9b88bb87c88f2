/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* One kind of quota as upstream describes it, in GET /copilot_internal/user (protocol 3) or in a header
 * of a reply (protocol 7.4). Every field is optional there: NAN, -1 and 0 stand for what was not
 * said. */

typedef struct
{
  double entitlement;  /* NAN: not said */
  double remaining;    /* NAN: not said; may be negative once overage has begun */
  double percent_left; /* NAN: not said */
  double overage;      /* 0: none, or not said */
  gboolean is_unlimited;
  gboolean permits_overage;
  int has_quota;      /* -1: not said */
  int counts_credits; /* -1: not said */
  gint64 resets_at;   /* wall seconds, 0: not said */
} JumpQuotaBucket;

/* A bucket without entitlement and limit is for something else than this account's plan (3.4). */
gboolean jump_quota_bucket_applies (const JumpQuotaBucket *self);
gboolean jump_quota_bucket_is_spent (const JumpQuotaBucket *self);
/* -1 where upstream says too little. */
double jump_quota_bucket_get_entitlement (const JumpQuotaBucket *self);
double jump_quota_bucket_get_used (const JumpQuotaBucket *self);
double jump_quota_bucket_get_percent_used (const JumpQuotaBucket *self);
/* Below 0 in overage. @out_remaining: (out). FALSE: unknown */
gboolean jump_quota_bucket_get_remaining (const JumpQuotaBucket *self, double *out_remaining);

/* @snapshot: one member of quota_snapshots. */
void jump_quota_bucket_read (JumpQuotaBucket *self, JsonObject *snapshot);
/* @value: "ent=1500&ov=0.0&ovPerm=true&rem=95.7&rst=…&totRem=1435.5"; what it does not say stays
 * as it was. Returns: FALSE for a text that is nothing of the kind. */
gboolean jump_quota_bucket_read_header (JumpQuotaBucket *self, const char *value);
/* Returns: wall seconds of "2026-07-01" or "2026-07-01T00:00:00.000Z", 0 for anything else. */
gint64 jump_quota_read_date (const char *text);

extern const JumpQuotaBucket jump_quota_bucket_empty;
