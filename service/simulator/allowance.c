/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/allowance.h"

#include "service/base/json-read.h"

typedef struct
{
  const char *id;
  double entitlement;
  double remaining;
  gboolean unlimited;
  gboolean overage_permitted;
  gboolean blocked;
} Bucket;

#define N_BUCKETS 3

static double
get_percent (const Bucket *bucket)
{
  if (bucket->unlimited)
    return 100;
  return bucket->entitlement <= 0 ? 0 : MAX (0, bucket->remaining * 100 / bucket->entitlement);
}

/* Protocol 3.2: more than the documented allowance, as it was captured. */
#define LEGACY_CHATS 480

static Bucket
make_premium (const JumpSimulatorState *state)
{
  const JumpScenario *scenario = state->scenario;
  const JumpAccountShape *shape = state->shape;
  double entitlement =
      scenario->entitlement >= 0 ? (double) scenario->entitlement : shape->entitlement;
  double used = scenario->used >= 0 ? (double) scenario->used : shape->used;
  gboolean overage = scenario->overage >= 0 ? scenario->overage != 0 : shape->overage_permitted;
  gboolean pooled =
      scenario->allowance == JUMP_ALLOWANCE_POOLED || scenario->allowance == JUMP_ALLOWANCE_BLOCKED;

  used += scenario->by_request ? state->requests_used : state->credits_used;
  if (pooled)
    return (Bucket){
      .id = "premium_interactions",
      .unlimited = TRUE,
      .overage_permitted = overage,
      .blocked = scenario->allowance == JUMP_ALLOWANCE_BLOCKED,
    };
  return (Bucket){
    .id = "premium_interactions",
    .entitlement = entitlement,
    .remaining = entitlement <= 0 ? 0 : entitlement - used,
    .overage_permitted = overage,
  };
}

/* Chat, completions, premium_interactions; a seat without numbers has none (protocol 3.3). Returns:
 * how many there are */
static guint
fill_buckets (const JumpSimulatorState *state, Bucket buckets[N_BUCKETS])
{
  gboolean is_free = state->scenario->kind == JUMP_ACCOUNT_FREE;
  gboolean is_legacy = state->scenario->kind == JUMP_ACCOUNT_FREE_LEGACY;

  if (state->scenario->allowance == JUMP_ALLOWANCE_MANAGED)
    return 0;
  buckets[0] = (Bucket){ .id = "chat", .unlimited = TRUE };
  buckets[1] = (Bucket){ .id = "completions", .unlimited = TRUE };
  buckets[2] = make_premium (state);
  if (is_free)
    {
      buckets[0] =
          (Bucket){ .id = "chat", .entitlement = 200, .remaining = 153.0 - state->n_chats };
      buckets[1] = (Bucket){ .id = "completions", .entitlement = 2000, .remaining = 1998 };
    }
  if (is_legacy)
    {
      buckets[0] = (Bucket){ .id = "chat",
                             .entitlement = 500,
                             .remaining = jump_allowance_get_legacy_chats (state) };
      buckets[1] = (Bucket){ .id = "completions", .entitlement = 4000, .remaining = 3990 };
    }
  return N_BUCKETS;
}

static double
get_overage (const Bucket *bucket)
{
  return bucket->unlimited ? 0 : MAX (0, -bucket->remaining);
}

static void
write_bucket (const JumpSimulatorState *state,
              const Bucket *bucket,
              const char *timestamp,
              JumpJsonWriter *writer)
{
  gboolean has_quota = bucket->unlimited || bucket->entitlement > 0;

  jump_json_writer_member (writer, bucket->id);
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "quota_id", bucket->id);
  jump_json_writer_member_int (writer, "entitlement", (gint64) bucket->entitlement);
  jump_json_writer_member_int (writer, "remaining", (gint64) bucket->remaining);
  jump_json_writer_member_double (writer, "quota_remaining", bucket->remaining);
  jump_json_writer_member_double (writer, "percent_remaining", get_percent (bucket));
  jump_json_writer_member_boolean (writer, "unlimited", bucket->unlimited);
  jump_json_writer_member_double (writer, "overage_count", get_overage (bucket));
  jump_json_writer_member_boolean (writer, "overage_permitted", bucket->overage_permitted);
  jump_json_writer_member_boolean (writer, "has_quota", has_quota && !bucket->blocked);
  jump_json_writer_member_int (writer, "quota_reset_at", 0);
  jump_json_writer_member_boolean (writer, "token_based_billing", !state->scenario->by_request);
  jump_json_writer_member_string (writer, "timestamp_utc", timestamp);
  jump_json_writer_end_object (writer);
}

/**
 * jump_allowance_get_legacy_chats:
 *
 * Returns: what is left of the chats of an old free account (protocol 3.2)
 */
guint
jump_allowance_get_legacy_chats (const JumpSimulatorState *state)
{
  return LEGACY_CHATS - MIN (state->n_chats, LEGACY_CHATS);
}

/**
 * jump_allowance_take:
 * @state: whose account
 * @credits: what an answer cost
 * @model: the one that answered
 */
void
jump_allowance_take (JumpSimulatorState *state, double credits, JsonObject *model)
{
  JsonObject *billing = jump_json_get_object (model, "billing");

  state->credits_used += credits;
  state->requests_used += jump_json_get_double (billing, "multiplier", 0);
  state->n_chats++;
}

/**
 * jump_allowance_refuse:
 * @state: whose account
 * @model: the one that is asked for; those that are not premium go on without an allowance
 *
 * Returns: (transfer full) (nullable): the 402 of protocol 7.2, when nothing is left
 */
JumpPlannedReply *
jump_allowance_refuse (const JumpSimulatorState *state, JsonObject *model)
{
  JsonObject *billing = jump_json_get_object (model, "billing");
  Bucket buckets[N_BUCKETS];
  const Bucket *premium = &buckets[N_BUCKETS - 1];
  gboolean is_spent;

  if (!jump_json_get_boolean (billing, "is_premium", FALSE) || fill_buckets (state, buckets) == 0)
    return NULL;
  is_spent = premium->blocked || (!premium->unlimited && premium->entitlement > 0 &&
                                  premium->remaining <= 0 && !premium->overage_permitted);
  if (!is_spent)
    return NULL;
  return jump_planned_reply_new_error (402,
                                       "quota_exceeded",
                                       NULL,
                                       "You have exceeded your monthly quota. [Manage your budget]"
                                       "(https://github.com/settings/billing).");
}

/**
 * jump_allowance_dup_reset_date:
 */
char *
jump_allowance_dup_reset_date (const JumpSimulatorState *state)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (jump_clock_get_wall_seconds (state->clock));
  g_autoptr (GDateTime) next = g_date_time_add_months (now, 1);

  return g_date_time_format (next, "%Y-%m-01");
}

/**
 * jump_allowance_add_headers:
 * @state: whose account
 * @reply: (inout): a chat reply of status 200 (protocol 7.4)
 */
void
jump_allowance_add_headers (const JumpSimulatorState *state, JumpPlannedReply *reply)
{
  g_autofree char *reset = jump_allowance_dup_reset_date (state);
  Bucket buckets[N_BUCKETS];
  guint n_buckets = fill_buckets (state, buckets);

  for (guint i = 0; i < n_buckets; i++)
    {
      const Bucket *bucket = &buckets[i];
      g_autofree char *name = g_strconcat ("x-quota-snapshot-", bucket->id, NULL);
      char percent[G_ASCII_DTOSTR_BUF_SIZE];
      char left[G_ASCII_DTOSTR_BUF_SIZE];
      char overage[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *value = NULL;

      g_ascii_formatd (percent, sizeof percent, "%.1f", get_percent (bucket));
      g_ascii_formatd (left, sizeof left, "%.1f", bucket->remaining);
      g_ascii_formatd (overage, sizeof overage, "%.1f", get_overage (bucket));
      value = g_strdup_printf ("ent=%d&ov=%s&ovPerm=%s&rem=%s&rst=%sT00%%3A00%%3A00Z&totRem=%s",
                               bucket->unlimited ? -1 : (int) bucket->entitlement,
                               overage,
                               bucket->overage_permitted ? "true" : "false",
                               percent,
                               reset,
                               bucket->unlimited ? "-1" : left);
      jump_planned_reply_add_header (reply, name, value);
    }
}

/**
 * jump_allowance_write_snapshots:
 * @state: whose account
 * @writer: where an object is open; gets the member quota_snapshots
 */
void
jump_allowance_write_snapshots (const JumpSimulatorState *state, JumpJsonWriter *writer)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (jump_clock_get_wall_seconds (state->clock));
  g_autofree char *timestamp = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.000Z");
  Bucket buckets[N_BUCKETS];
  guint n_buckets = fill_buckets (state, buckets);

  jump_json_writer_member (writer, "quota_snapshots");
  jump_json_writer_begin_object (writer);
  for (guint i = 0; i < n_buckets; i++)
    write_bucket (state, &buckets[i], timestamp, writer);
  jump_json_writer_end_object (writer);
}
