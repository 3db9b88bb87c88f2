/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/quota-json.h"

#include "service/base/json-write.h"

#include <math.h>
#include <string.h>

/* A nano-credit. */
#define DECIMALS 1e9

static void
write_number (JumpJsonWriter *writer, const char *member, double value)
{
  jump_json_writer_member (writer, member);
  /* What binary fractions leave behind is nothing that GitHub said. */
  if (isfinite (value))
    jump_json_writer_double (writer, round (value * DECIMALS) / DECIMALS);
  else
    jump_json_writer_null (writer);
}

/* Of what is never below 0, -1 stands for unknown. */
static void
write_known (JumpJsonWriter *writer, const char *member, double value)
{
  write_number (writer, member, value < 0 ? NAN : value);
}

static void
write_time (JumpJsonWriter *writer, const char *member, gint64 seconds)
{
  jump_json_writer_member (writer, member);
  if (seconds > 0)
    jump_json_writer_int (writer, seconds);
  else
    jump_json_writer_null (writer);
}

static void
write_flag (JumpJsonWriter *writer, const char *member, int flag)
{
  jump_json_writer_member (writer, member);
  if (flag < 0)
    jump_json_writer_null (writer);
  else
    jump_json_writer_boolean (writer, flag);
}

static const char *
get_unit (gboolean counts_credits)
{
  return counts_credits ? "credits" : "requests";
}

/* @bucket: (nullable) */
static void
write_numbers (JumpJsonWriter *writer, const JumpQuotaBucket *bucket)
{
  double remaining = NAN;

  if (bucket == NULL)
    bucket = &jump_quota_bucket_empty;
  if (!jump_quota_bucket_get_remaining (bucket, &remaining))
    remaining = NAN;
  write_known (writer, "entitlement", jump_quota_bucket_get_entitlement (bucket));
  write_known (writer, "used", jump_quota_bucket_get_used (bucket));
  write_number (writer, "remaining", remaining);
  write_known (writer, "percent_used", jump_quota_bucket_get_percent_used (bucket));
  jump_json_writer_member_boolean (writer, "unlimited", bucket->is_unlimited);
  jump_json_writer_member_double (writer, "overage", MAX (bucket->overage, 0.0));
  jump_json_writer_member_boolean (writer, "overage_permitted", bucket->permits_overage);
}

static void
write_bucket (JumpJsonWriter *writer, const JumpQuotaBucket *bucket)
{
  jump_json_writer_begin_object (writer);
  write_numbers (writer, bucket);
  jump_json_writer_member_boolean (writer, "applies", jump_quota_bucket_applies (bucket));
  write_flag (writer, "has_quota", bucket->has_quota);
  jump_json_writer_member_string (writer,
                                  "billing",
                                  bucket->counts_credits < 0 ? NULL
                                                             : get_unit (bucket->counts_credits));
  write_time (writer, "resets_at", bucket->resets_at);
  jump_json_writer_end_object (writer);
}

static void
write_buckets (JumpJsonWriter *writer, const JumpQuotaReport *report)
{
  g_autoptr (GList) names =
      g_list_sort (g_hash_table_get_keys (report->buckets), (GCompareFunc) strcmp);

  jump_json_writer_member (writer, "buckets");
  jump_json_writer_begin_object (writer);
  for (const GList *link = names; link != NULL; link = link->next)
    {
      jump_json_writer_member (writer, link->data);
      write_bucket (writer, g_hash_table_lookup (report->buckets, link->data));
    }
  jump_json_writer_end_object (writer);
}

const char *
jump_quota_state_get_name (JumpQuotaState state)
{
  switch (state)
    {
    case JUMP_QUOTA_METERED:
      return "metered";
    case JUMP_QUOTA_UNLIMITED:
      return "unlimited";
    case JUMP_QUOTA_MANAGED:
      return "managed";
    case JUMP_QUOTA_EXHAUSTED:
      return "exhausted";
    case JUMP_QUOTA_UNKNOWN:
      break;
    }
  return "unknown";
}

/**
 * jump_quota_json_get_bucket:
 * @report: a report
 * @bucket: (nullable): one of its buckets
 *
 * Returns: (transfer none) (nullable): what upstream calls it
 */
const char *
jump_quota_json_get_bucket (const JumpQuotaReport *report, const JumpQuotaBucket *bucket)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, report->buckets);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value == bucket)
      return name;
  return NULL;
}

/**
 * jump_quota_json_new:
 * @facts: all that is known
 *
 * Old free accounts have percentages only (protocol 3.2), seats whose organisation keeps its numbers to
 * itself none at all, and accounts of which nothing was heard yet no unit.
 *
 * Returns: (transfer full): an object
 */
char *
jump_quota_json_new (const JumpQuotaFacts *facts)
{
  const JumpQuotaReport *report = facts->report;
  const JumpQuotaBucket *bucket = facts->bucket;
  const char *name = jump_quota_json_get_bucket (report, bucket);
  gboolean is_known =
      !facts->has_no_copilot && (facts->fetched_at > 0 || facts->state != JUMP_QUOTA_UNKNOWN);
  /* What free accounts have so many of are messages, however the rest is billed. */
  gboolean counts_credits = facts->counts_credits && g_strcmp0 (name, "chat") != 0;
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer,
                                  "state",
                                  facts->has_no_copilot ? "none"
                                                        : jump_quota_state_get_name (facts->state));
  jump_json_writer_member_string (&writer, "plan", report->plan);
  jump_json_writer_member_string (&writer, "organisation", report->organisation);
  jump_json_writer_member_boolean (&writer, "is_seat", report->is_seat);
  jump_json_writer_member_string (&writer, "billing", is_known ? get_unit (counts_credits) : NULL);
  jump_json_writer_member_string (&writer, "bucket", name);
  write_numbers (&writer, bucket);
  write_time (&writer,
              "resets_at",
              bucket != NULL && bucket->resets_at > 0 ? bucket->resets_at : report->resets_at);
  write_time (&writer, "fetched_at", facts->fetched_at);
  jump_json_writer_member_string (&writer,
                                  "error",
                                  facts->error != NULL ? facts->error->message : NULL);
  write_buckets (&writer, report);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}
