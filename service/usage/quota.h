/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/base/error.h"

#include <gio/gio.h>

/* What upstream says is left of the month: GET /copilot_internal/user (protocol 3) and the quota
 * headers of replies (protocol 7.4), whichever is newer. Asked for on demand, no more than once in
 * 60 s, every five minutes while somebody looks (jump_quota_watch()). Emits "changed". */

typedef enum
{
  JUMP_QUOTA_UNKNOWN, /* nobody has said anything yet, or could not be asked: see the error */
  JUMP_QUOTA_METERED, /* entitlement, used and remaining are numbers; of old free accounts only the
                       * percentage is to be believed (protocol 3.2), and they are -1 */
  JUMP_QUOTA_UNLIMITED,
  JUMP_QUOTA_MANAGED,   /* the organisation pays and tells no numbers */
  JUMP_QUOTA_EXHAUSTED, /* metered or managed, and nothing is left */
} JumpQuotaState;

/* Gets the body of GET /copilot_internal/user. finish returns (transfer full) the JSON text. */
typedef struct
{
  void (*fetch_async) (gpointer source,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  GBytes *(*fetch_finish) (gpointer source, GAsyncResult *result, GError **error);
  gpointer source; /* (unowned): outlives the quota */
} JumpQuotaSource;

#define JUMP_TYPE_QUOTA (jump_quota_get_type ())
G_DECLARE_FINAL_TYPE (JumpQuota, jump_quota, JUMP, QUOTA, GObject)

JumpQuota *jump_quota_new (JumpClock *clock, const JumpQuotaSource *source);

JumpQuotaState jump_quota_get_state (JumpQuota *self);
/* In credits, or in premium requests where billing is by requests (protocol 3.5); -1 unknown. */
double jump_quota_get_entitlement (JumpQuota *self);
double jump_quota_get_used (JumpQuota *self);
double jump_quota_get_remaining (JumpQuota *self); /* below 0 once overage has begun */
double jump_quota_get_percent_used (JumpQuota *self);
gboolean jump_quota_counts_credits (JumpQuota *self); /* FALSE: premium requests */
gboolean jump_quota_permits_overage (JumpQuota *self);
gint64 jump_quota_get_resets_at (JumpQuota *self); /* wall seconds, 0 unknown */
const char *jump_quota_get_plan (JumpQuota *self); /* (nullable) badge as "Pro+", else raw text */
const char *jump_quota_get_organisation (JumpQuota *self); /* (nullable) whose seat it is */
gint64 jump_quota_get_fetched_at (JumpQuota *self);        /* wall seconds, 0 never */
const GError *jump_quota_get_error (JumpQuota *self);      /* (nullable) of the last fetch */
/* Returns: (transfer full): all that is known, for GET /api/quota: state, plan, billing ("credits", "requests"),
 * entitlement, used, remaining, percent_used, resets_at, organisation, buckets by name; what is not known is
 * null. */
char *jump_quota_dup_json (JumpQuota *self);
/* Whether used is a sum of prices, as ours are: not of premium requests, nor of chat messages. */
gboolean jump_quota_is_about_credits (JumpQuota *self);

/* Fetches unless that was done less than 60 s ago. */
void jump_quota_refresh_async (JumpQuota *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean jump_quota_refresh_finish (JumpQuota *self, GAsyncResult *result, GError **error);
/* Each watch is one who looks; fetches now and every five minutes as long as there is one. */
void jump_quota_watch (JumpQuota *self);
void jump_quota_unwatch (JumpQuota *self);
/* The header x-quota-snapshot-@id of a reply said @value. */
void jump_quota_take_header (JumpQuota *self, const char *id, const char *value);
/* Another account. */
void jump_quota_forget (JumpQuota *self);
/* For the owner: whether asking can bring anything; FALSE at first. And: the computer has slept. */
void jump_quota_set_allowed (JumpQuota *self, gboolean is_allowed);
/* For the owner: whether the account has Copilot at all; TRUE at first. */
void jump_quota_set_has_copilot (JumpQuota *self, gboolean has_copilot);
void jump_quota_wake (JumpQuota *self);
