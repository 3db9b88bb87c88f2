/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/quota-report.h"

#include "service/base/json-read.h"
#include "service/usage/plan-badge.h"

#include <math.h>
#include <string.h>

/* More kinds than these are no quota of anybody's. */
#define MAX_BUCKETS 32

/* What the plan is about, the most telling first. The second is an older name (protocol 7.4). */
static const char *const paid_ids[] = { "premium_interactions", "premium_models" };

static JumpQuotaBucket *
add_bucket (JumpQuotaReport *self, const char *id)
{
  JumpQuotaBucket *bucket = g_hash_table_lookup (self->buckets, id);

  if (bucket != NULL || g_hash_table_size (self->buckets) >= MAX_BUCKETS)
    return bucket;
  bucket = g_new (JumpQuotaBucket, 1);
  *bucket = jump_quota_bucket_empty;
  g_hash_table_insert (self->buckets, g_strdup (id), bucket);
  return bucket;
}

static void
read_snapshots (JumpQuotaReport *self, JsonObject *snapshots)
{
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  if (snapshots == NULL)
    return;
  json_object_iter_init (&iter, snapshots);
  while (json_object_iter_next (&iter, &id, &node))
    {
      JsonObject *snapshot = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JumpQuotaBucket *bucket = snapshot == NULL ? NULL : add_bucket (self, id);

      if (bucket != NULL)
        jump_quota_bucket_read (bucket, snapshot);
    }
}

/* The old reply of free accounts: what is left, and what there was at the beginning of the month, of
 * which the ratio is right and the numbers are not (protocol 3.2). */
static void
read_legacy (JumpQuotaReport *self, JsonObject *user)
{
  JsonObject *left = jump_json_get_object (user, "limited_user_quotas");
  JsonObject *whole = jump_json_get_object (user, "monthly_quotas");
  double n_left = jump_json_get_double (left, "chat", NAN);
  double n_whole = jump_json_get_double (whole, "chat", NAN);
  JumpQuotaBucket *bucket;

  if (isnan (n_left) || !(n_whole > 0) || g_hash_table_size (self->buckets) > 0)
    return;
  bucket = add_bucket (self, "chat");
  bucket->percent_left = CLAMP (n_left * 100 / n_whole, 0, 100);
  self->is_legacy = TRUE;
}

static gint64
read_reset (JsonObject *user)
{
  static const char *const members[] = {
    "quota_reset_date_utc",
    "quota_reset_date",
    "limited_user_reset_date",
  };
  gint64 date = 0;

  for (guint i = 0; i < G_N_ELEMENTS (members) && date == 0; i++)
    date = jump_quota_read_date (jump_json_get_string (user, members[i], NULL));
  return date;
}

static char *
read_organisation (JsonObject *user)
{
  JsonArray *list = jump_json_get_array (user, "organization_list");
  JsonArray *logins = jump_json_get_array (user, "organization_login_list");
  const char *name = NULL;

  if (list != NULL && json_array_get_length (list) > 0)
    {
      JsonObject *first = jump_json_array_get_object (list, 0);

      name = jump_json_get_string (first, "name", jump_json_get_string (first, "login", NULL));
    }
  if (name == NULL && logins != NULL && json_array_get_length (logins) > 0)
    name = jump_json_array_get_string (logins, 0);
  return g_strdup (name);
}

static gboolean
is_seat (const char *sku, const char *plan)
{
  return g_strcmp0 (plan, "business") == 0 || g_strcmp0 (plan, "enterprise") == 0 ||
         (sku != NULL && strstr (sku, "_seat") != NULL);
}

/* Some free accounts may sign up, too, as far as this says: theirs is what their sku tells. */
static gboolean
is_nobody (const char *sku, JsonObject *user)
{
  return g_strcmp0 (sku, "free_limited_copilot") != 0 &&
         jump_json_get_boolean (user, "can_signup_for_limited", FALSE);
}

static void
read_user (JumpQuotaReport *self, JsonObject *user)
{
  const char *sku = jump_json_get_string (user, "access_type_sku", NULL);
  const char *plan = jump_json_get_string (user, "copilot_plan", NULL);

  self->plan = g_strdup (jump_plan_badge (sku, plan));
  self->organisation = read_organisation (user);
  self->is_seat = is_seat (sku, plan);
  self->is_nobody = is_nobody (sku, user);
  self->resets_at = read_reset (user);
  if (jump_json_has_value (user, "token_based_billing"))
    self->counts_credits = jump_json_get_boolean (user, "token_based_billing", FALSE);
  read_snapshots (self, jump_json_get_object (user, "quota_snapshots"));
  read_legacy (self, user);
}

JumpQuotaReport *
jump_quota_report_new (GBytes *body, GError **error)
{
  g_autoptr (JumpQuotaReport) self = g_new0 (JumpQuotaReport, 1);
  g_autoptr (JsonObject) user = NULL;
  gsize length;
  const char *text;

  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->counts_credits = -1;
  if (body == NULL)
    return g_steal_pointer (&self);
  text = g_bytes_get_data (body, &length);
  user = jump_json_parse_object (text, (gssize) length, error);
  if (user == NULL)
    return NULL;
  read_user (self, user);
  return g_steal_pointer (&self);
}

void
jump_quota_report_free (JumpQuotaReport *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->buckets);
  g_free (self->plan);
  g_free (self->organisation);
  g_free (self);
}

static gboolean
is_same_number (double a, double b)
{
  return isnan (a) ? isnan (b) : !(a < b) && !(a > b) && !isnan (b);
}

static gboolean
is_same_bucket (const JumpQuotaBucket *a, const JumpQuotaBucket *b)
{
  return is_same_number (a->entitlement, b->entitlement) &&
         is_same_number (a->remaining, b->remaining) &&
         is_same_number (a->percent_left, b->percent_left) &&
         is_same_number (a->overage, b->overage) && a->is_unlimited == b->is_unlimited &&
         a->permits_overage == b->permits_overage && a->has_quota == b->has_quota &&
         a->counts_credits == b->counts_credits && a->resets_at == b->resets_at;
}

gboolean
jump_quota_report_take_header (JumpQuotaReport *self, const char *id, const char *value)
{
  g_autofree char *name = g_ascii_strdown (id, -1);
  JumpQuotaBucket *known = g_hash_table_lookup (self->buckets, name);
  JumpQuotaBucket bucket = known != NULL ? *known : jump_quota_bucket_empty;
  JumpQuotaBucket *place;

  if (!jump_quota_bucket_read_header (&bucket, value))
    return FALSE;
  if (known != NULL && is_same_bucket (known, &bucket))
    return FALSE;
  place = known != NULL ? known : add_bucket (self, name);
  if (place == NULL)
    return FALSE;
  *place = bucket;
  return TRUE;
}

/* A bucket of the month's allowance, also one that is of no use to this account. */
static const JumpQuotaBucket *
find_paid (const JumpQuotaReport *self)
{
  const JumpQuotaBucket *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paid_ids) && found == NULL; i++)
    found = g_hash_table_lookup (self->buckets, paid_ids[i]);
  return found;
}

/**
 * jump_quota_report_decide:
 *
 * The allowance of the month counts; accounts without one live on their chat messages (protocol 3.2).
 * A seat whose organisation tells no numbers is managed by it, and blocked when it says that there is
 * no quota.
 */
JumpQuotaState
jump_quota_report_decide (const JumpQuotaReport *self, const JumpQuotaBucket **out_bucket)
{
  const JumpQuotaBucket *paid = find_paid (self);
  const JumpQuotaBucket *chat = g_hash_table_lookup (self->buckets, "chat");

  *out_bucket = paid != NULL && jump_quota_bucket_applies (paid) ? paid : NULL;
  if (*out_bucket == NULL && self->is_seat)
    return paid != NULL && paid->has_quota == FALSE ? JUMP_QUOTA_EXHAUSTED : JUMP_QUOTA_MANAGED;
  if (*out_bucket == NULL && chat != NULL && jump_quota_bucket_applies (chat))
    *out_bucket = chat;
  if (*out_bucket == NULL)
    return JUMP_QUOTA_UNKNOWN;
  if (jump_quota_bucket_is_spent (*out_bucket))
    return JUMP_QUOTA_EXHAUSTED;
  return (*out_bucket)->is_unlimited ? JUMP_QUOTA_UNLIMITED : JUMP_QUOTA_METERED;
}
