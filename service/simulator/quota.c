/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/quota.h"

typedef struct
{
  const char *id;
  double entitlement;
  double remaining;
  gboolean unlimited;
  gboolean overage_permitted;
} Bucket;

static double
get_percent (const Bucket *bucket)
{
  if (bucket->unlimited)
    return 100;
  return bucket->entitlement <= 0 ? 0 : MAX (0, bucket->remaining * 100 / bucket->entitlement);
}

/* Three buckets: chat, completions, premium_interactions. */
static void
fill_buckets (const JumpSimulatorState *state, Bucket buckets[3])
{
  const JumpAccountShape *shape = state->shape;
  gboolean is_free = state->scenario->kind == JUMP_ACCOUNT_FREE;

  buckets[0] = (Bucket){ "chat", 0, 0, TRUE, FALSE };
  buckets[1] = (Bucket){ "completions", 0, 0, TRUE, FALSE };
  buckets[2] = (Bucket){ "premium_interactions",
                         shape->entitlement,
                         shape->entitlement - shape->used - state->credits_used,
                         FALSE,
                         shape->overage_permitted };
  if (is_free)
    {
      buckets[0] = (Bucket){ "chat", 200, 153, FALSE, FALSE };
      buckets[1] = (Bucket){ "completions", 2000, 1998, FALSE, FALSE };
      buckets[2] = (Bucket){ "premium_interactions", 0, 0, FALSE, FALSE };
    }
}

static void
write_bucket (const Bucket *bucket, const char *timestamp, JumpJsonWriter *writer)
{
  jump_json_writer_member (writer, bucket->id);
  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "quota_id", bucket->id);
  jump_json_writer_member_int (writer, "entitlement", (gint64) bucket->entitlement);
  jump_json_writer_member_int (writer, "remaining", (gint64) bucket->remaining);
  jump_json_writer_member_double (writer, "quota_remaining", bucket->remaining);
  jump_json_writer_member_double (writer, "percent_remaining", get_percent (bucket));
  jump_json_writer_member_boolean (writer, "unlimited", bucket->unlimited);
  jump_json_writer_member_int (writer, "overage_count", 0);
  jump_json_writer_member_boolean (writer, "overage_permitted", bucket->overage_permitted);
  jump_json_writer_member_boolean (writer,
                                   "has_quota",
                                   bucket->unlimited || bucket->entitlement > 0);
  jump_json_writer_member_int (writer, "quota_reset_at", 0);
  jump_json_writer_member_boolean (writer, "token_based_billing", TRUE);
  jump_json_writer_member_string (writer, "timestamp_utc", timestamp);
  jump_json_writer_end_object (writer);
}

/**
 * jump_quota_dup_reset_date:
 */
char *
jump_quota_dup_reset_date (const JumpSimulatorState *state)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (jump_clock_get_wall_seconds (state->clock));
  g_autoptr (GDateTime) next = g_date_time_add_months (now, 1);

  return g_date_time_format (next, "%Y-%m-01");
}

/**
 * jump_quota_add_headers:
 * @state: whose account
 * @reply: (inout): a chat reply of status 200 (protocol 7.4)
 */
void
jump_quota_add_headers (const JumpSimulatorState *state, JumpPlannedReply *reply)
{
  g_autofree char *reset = jump_quota_dup_reset_date (state);
  Bucket buckets[3];

  fill_buckets (state, buckets);
  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    {
      const Bucket *bucket = &buckets[i];
      g_autofree char *name = g_strconcat ("x-quota-snapshot-", bucket->id, NULL);
      char percent[G_ASCII_DTOSTR_BUF_SIZE];
      char left[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *value = NULL;

      g_ascii_formatd (percent, sizeof percent, "%.1f", get_percent (bucket));
      g_ascii_formatd (left, sizeof left, "%.1f", bucket->remaining);
      value = g_strdup_printf ("ent=%d&ov=0.0&ovPerm=%s&rem=%s&rst=%sT00%%3A00%%3A00Z&totRem=%s",
                               bucket->unlimited ? -1 : (int) bucket->entitlement,
                               bucket->overage_permitted ? "true" : "false",
                               percent,
                               reset,
                               bucket->unlimited ? "-1" : left);
      jump_planned_reply_add_header (reply, name, value);
    }
}

/**
 * jump_quota_write_snapshots:
 * @state: whose account
 * @writer: where an object is open; gets the member quota_snapshots
 */
void
jump_quota_write_snapshots (const JumpSimulatorState *state, JumpJsonWriter *writer)
{
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (jump_clock_get_wall_seconds (state->clock));
  g_autofree char *timestamp = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.000Z");
  Bucket buckets[3];

  fill_buckets (state, buckets);
  jump_json_writer_member (writer, "quota_snapshots");
  jump_json_writer_begin_object (writer);
  for (guint i = 0; i < G_N_ELEMENTS (buckets); i++)
    write_bucket (&buckets[i], timestamp, writer);
  jump_json_writer_end_object (writer);
}
