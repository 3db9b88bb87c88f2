/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/quota-bucket.h"

#include "service/base/json-read.h"

#include <math.h>

const JumpQuotaBucket jump_quota_bucket_empty = {
  .entitlement = NAN,
  .remaining = NAN,
  .percent_left = NAN,
  .has_quota = -1,
  .counts_credits = -1,
};

gboolean
jump_quota_bucket_applies (const JumpQuotaBucket *self)
{
  if (self->is_unlimited || self->entitlement > 0)
    return TRUE;
  return isnan (self->entitlement) && !isnan (self->percent_left);
}

/**
 * jump_quota_bucket_is_spent:
 *
 * has_quota is the last word where it is said: an unlimited seat of a pool may be blocked all the same
 * (protocol 3.3).
 *
 * Returns: whether nothing is left
 */
gboolean
jump_quota_bucket_is_spent (const JumpQuotaBucket *self)
{
  double remaining;

  if (self->has_quota == FALSE)
    return TRUE;
  if (self->is_unlimited)
    return FALSE;
  if (jump_quota_bucket_get_remaining (self, &remaining))
    return remaining <= 0;
  return !isnan (self->percent_left) && self->percent_left <= 0;
}

double
jump_quota_bucket_get_entitlement (const JumpQuotaBucket *self)
{
  return !self->is_unlimited && self->entitlement > 0 ? self->entitlement : -1;
}

gboolean
jump_quota_bucket_get_remaining (const JumpQuotaBucket *self, double *out_remaining)
{
  if (self->is_unlimited || !(self->entitlement > 0))
    return FALSE;
  if (!isnan (self->remaining))
    /* Some replies stop at 0 and count what is over it apart. */
    *out_remaining = self->remaining > 0 || self->remaining < 0 ? self->remaining : -self->overage;
  else if (!isnan (self->percent_left))
    *out_remaining = self->entitlement * self->percent_left / 100;
  else
    return FALSE;
  return TRUE;
}

double
jump_quota_bucket_get_used (const JumpQuotaBucket *self)
{
  double remaining;

  if (!jump_quota_bucket_get_remaining (self, &remaining))
    return -1;
  return MAX (0, self->entitlement - remaining);
}

double
jump_quota_bucket_get_percent_used (const JumpQuotaBucket *self)
{
  double used = jump_quota_bucket_get_used (self);

  if (used >= 0)
    return used * 100 / self->entitlement;
  if (self->is_unlimited || isnan (self->percent_left))
    return -1;
  return CLAMP (100 - self->percent_left, 0, 100);
}

static int
read_flag (JsonObject *object, const char *member)
{
  return jump_json_has_value (object, member) ? jump_json_get_boolean (object, member, FALSE) : -1;
}

void
jump_quota_bucket_read (JumpQuotaBucket *self, JsonObject *snapshot)
{
  *self = jump_quota_bucket_empty;
  self->entitlement = jump_json_get_double (snapshot, "entitlement", NAN);
  self->remaining = jump_json_get_double (snapshot,
                                          "quota_remaining",
                                          jump_json_get_double (snapshot, "remaining", NAN));
  self->percent_left = jump_json_get_double (snapshot, "percent_remaining", NAN);
  self->overage = MAX (0, jump_json_get_double (snapshot, "overage_count", 0));
  self->is_unlimited =
      jump_json_get_boolean (snapshot, "unlimited", FALSE) || self->entitlement < 0;
  self->has_quota = read_flag (snapshot, "has_quota");
  /* A seat of a pool that is blocked has nothing to go over (protocol 3.3). */
  self->permits_overage = jump_json_get_boolean (snapshot, "overage_permitted", FALSE) &&
                          !(self->is_unlimited && self->has_quota == FALSE);
  self->counts_credits = read_flag (snapshot, "token_based_billing");
  self->resets_at = MAX (0, jump_json_get_int (snapshot, "quota_reset_at", 0));
}

/* Returns: whether @text is a finite number */
static gboolean
read_number (const char *text, double *out_number)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (number))
    return FALSE;
  *out_number = number;
  return TRUE;
}

static gboolean
read_pair (JumpQuotaBucket *self, const char *name, const char *value)
{
  gint64 date;

  if (g_str_equal (name, "ent"))
    {
      if (!read_number (value, &self->entitlement))
        return FALSE;
      self->is_unlimited = self->entitlement < 0;
    }
  else if (g_str_equal (name, "totRem"))
    {
      double left;

      /* -1 stands for no limit; the same number in overage is told apart by what "ent" says. */
      if (read_number (value, &left) && !self->is_unlimited)
        self->remaining = left;
    }
  else if (g_str_equal (name, "rem"))
    read_number (value, &self->percent_left);
  else if (g_str_equal (name, "ov"))
    read_number (value, &self->overage);
  else if (g_str_equal (name, "ovPerm"))
    self->permits_overage = g_ascii_strcasecmp (value, "true") == 0;
  else if (g_str_equal (name, "rst"))
    {
      date = jump_quota_read_date (value);
      self->resets_at = date > 0 ? date : self->resets_at;
    }
  return TRUE;
}

/**
 * jump_quota_bucket_read_header:
 *
 * The header says nothing of has_quota: what an earlier reply said of it holds only as long as the
 * numbers do not say otherwise.
 */
gboolean
jump_quota_bucket_read_header (JumpQuotaBucket *self, const char *value)
{
  g_auto (GStrv) pairs = g_strsplit (value, "&", -1);
  JumpQuotaBucket read = *self;
  gboolean has_entitlement = FALSE;

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      g_autofree char *text = NULL;

      if (equals == NULL)
        continue;
      *equals = '\0';
      text = g_uri_unescape_string (equals + 1, NULL);
      if (text == NULL || !read_pair (&read, pairs[i], text))
        return FALSE;
      has_entitlement |= g_str_equal (pairs[i], "ent");
    }
  if (!has_entitlement)
    return FALSE;
  read.has_quota = -1;
  *self = read;
  return TRUE;
}

gint64
jump_quota_read_date (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *whole = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL)
    return 0;
  whole = strchr (text, 'T') == NULL ? g_strconcat (text, "T00:00:00Z", NULL) : g_strdup (text);
  date = g_date_time_new_from_iso8601 (whole, utc);
  return date == NULL ? 0 : MAX (0, g_date_time_to_unix (date));
}
