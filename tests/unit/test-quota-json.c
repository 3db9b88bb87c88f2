/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/quota-json.h"
#include "tests/unit/simulator-fixture.h"

#include <math.h>

/* What every kind of account looks like in GET /api/quota. NAN and NULL stand for null. */

typedef struct
{
  const char *scenario;
  const char *state;
  const char *billing;
  const char *bucket;
  double entitlement;
  double used;
  double remaining;
  double percent;
  gboolean is_seat;
} Row;

static const Row rows[] = {
  { "test", "metered", "credits", "premium_interactions", 1500, 289.6, 1210.4, 19.3, FALSE },
  { "free", "metered", "requests", "chat", 200, NAN, NAN, NAN, FALSE },
  { "free-legacy", "metered", "requests", "chat", NAN, NAN, NAN, NAN, FALSE },
  { "by-request", "metered", "requests", "premium_interactions", 300, 41, 259, 13.67, FALSE },
  { "business", "metered", "credits", "premium_interactions", NAN, NAN, NAN, NAN, TRUE },
  { "pooled", "unlimited", "credits", "premium_interactions", NAN, NAN, NAN, NAN, TRUE },
  { "pooled-blocked", "exhausted", "credits", "premium_interactions", NAN, NAN, NAN, NAN, TRUE },
  { "managed", "managed", "credits", NULL, NAN, NAN, NAN, NAN, TRUE },
  { "overage", "exhausted", "credits", "premium_interactions", 1500, 1512, -12, 100.8, FALSE },
  { "exhausted", "exhausted", "credits", "premium_interactions", 1500, 1500, 0, 100, FALSE },
};

/* Returns: (transfer full) */
static JsonObject *
write_json (GBytes *body)
{
  g_autoptr (JumpQuotaReport) report = jump_quota_report_new (body, NULL);
  JumpQuotaFacts facts = { .report = report, .fetched_at = body != NULL ? 1800000000 : 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  facts.state = jump_quota_report_decide (report, &facts.bucket);
  facts.counts_credits = facts.bucket != NULL && facts.bucket->counts_credits >= 0
                             ? facts.bucket->counts_credits
                             : report->counts_credits > 0;
  text = jump_quota_json_new (&facts);
  g_test_message ("%s", text);
  object = jump_json_parse_object (text, -1, &error);
  g_assert_no_error (error);
  return object;
}

static void
assert_number (JsonObject *object, const char *member, double expected)
{
  if (isnan (expected))
    return;
  g_assert_cmpfloat_with_epsilon (jump_json_get_double (object, member, NAN), expected, 0.01);
}

static void
test_accounts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *authorization = g_strconcat ("token ", fixture->github, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_auto (Reply) reply = { 0 };
      g_autoptr (GBytes) body = NULL;
      g_autoptr (JsonObject) object = NULL;

      set_scenario (fixture, row->scenario);
      reply = ask (fixture, "GET /copilot_internal/user", NULL, authorization);
      g_test_message ("%s", row->scenario);
      g_assert_cmpuint (reply.status, ==, 200);
      body = g_bytes_new (reply.body, strlen (reply.body));
      object = write_json (body);
      g_assert_cmpstr (jump_json_get_string (object, "state", NULL), ==, row->state);
      g_assert_cmpstr (jump_json_get_string (object, "billing", NULL), ==, row->billing);
      g_assert_cmpstr (jump_json_get_string (object, "bucket", NULL), ==, row->bucket);
      g_assert_cmpint (jump_json_get_boolean (object, "is_seat", -1), ==, row->is_seat);
      assert_number (object, "entitlement", row->entitlement);
      assert_number (object, "used", row->used);
      assert_number (object, "remaining", row->remaining);
      assert_number (object, "percent_used", row->percent);
      g_assert_nonnull (jump_json_get_object (object, "buckets"));
      g_assert_cmpint (jump_json_get_int (object, "fetched_at", 0), ==, 1800000000);
    }
}

static void
assert_null (JsonObject *object, const char *member)
{
  g_assert_true (json_object_has_member (object, member));
  g_assert_true (json_object_get_null_member (object, member));
}

static void
test_nothing_known (void)
{
  static const char *const members[] = { "plan",      "organisation", "billing",   "bucket",
                                         "used",      "entitlement",  "remaining", "percent_used",
                                         "resets_at", "fetched_at",   "error" };
  g_autoptr (JsonObject) object = write_json (NULL);

  g_assert_cmpstr (jump_json_get_string (object, "state", NULL), ==, "unknown");
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    assert_null (object, members[i]);
}

/* Of old free accounts the percentages are all that is right. */
static void
test_legacy (void)
{
  const char *text =
      "{\"copilot_plan\":\"individual\",\"limited_user_quotas\":{\"chat\":125},"
      "\"monthly_quotas\":{\"chat\":500},\"limited_user_reset_date\":\"2027-02-06\"}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonObject) object = write_json (body);

  assert_null (object, "used");
  assert_null (object, "entitlement");
  g_assert_cmpfloat (jump_json_get_double (object, "percent_used", 0), ==, 75);
  g_assert_cmpint (jump_json_get_int (object, "resets_at", 0), ==, 1801872000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/quota-json/accounts", Fixture, NULL, set_up, test_accounts, tear_down);
  g_test_add_func ("/quota-json/nothing-known", test_nothing_known);
  g_test_add_func ("/quota-json/legacy", test_legacy);
  return g_test_run ();
}
