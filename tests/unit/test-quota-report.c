/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/usage/plan-badge.h"
#include "service/usage/quota-report.h"

#define PREMIUM(text) "{\"quota_snapshots\":{\"premium_interactions\":{" text "}}}"
#define SEAT(text)    "{\"copilot_plan\":\"business\",\"quota_snapshots\":{" text "}}"

static JumpQuotaReport *
parse (const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JumpQuotaReport *report = jump_quota_report_new (body, &error);

  g_assert_no_error (error);
  return report;
}

typedef struct
{
  const char *body;
  JumpQuotaState state;
  double entitlement;
  double used;
  double percent;
} Row;

/* Protocol 3.1 to 3.4: every field may be missing. */
static const Row rows[] = {
  { "{}", JUMP_QUOTA_UNKNOWN, -1, -1, -1 },
  { PREMIUM ("\"entitlement\":1500,\"remaining\":1210,\"quota_remaining\":1210.5,"
             "\"percent_remaining\":80.7,\"unlimited\":false,\"has_quota\":true"),
    JUMP_QUOTA_METERED,
    1500,
    289.5,
    19.3 },
  { PREMIUM ("\"entitlement\":300,\"remaining\":75"), JUMP_QUOTA_METERED, 300, 225, 75 },
  { PREMIUM ("\"entitlement\":1000,\"percent_remaining\":25"), JUMP_QUOTA_METERED, 1000, 750, 75 },
  { PREMIUM ("\"percent_remaining\":25"), JUMP_QUOTA_METERED, -1, -1, 75 },
  { PREMIUM ("\"entitlement\":100,\"quota_remaining\":-20,\"overage_count\":20"),
    JUMP_QUOTA_EXHAUSTED,
    100,
    120,
    120 },
  { PREMIUM ("\"entitlement\":100,\"quota_remaining\":0,\"overage_count\":7.5"),
    JUMP_QUOTA_EXHAUSTED,
    100,
    107.5,
    107.5 },
  { PREMIUM ("\"entitlement\":100,\"quota_remaining\":50,\"has_quota\":false"),
    JUMP_QUOTA_EXHAUSTED,
    100,
    50,
    50 },
  { PREMIUM ("\"entitlement\":0,\"unlimited\":true,\"has_quota\":true"),
    JUMP_QUOTA_UNLIMITED,
    -1,
    -1,
    -1 },
  { PREMIUM ("\"entitlement\":-1"), JUMP_QUOTA_UNLIMITED, -1, -1, -1 },
  { PREMIUM ("\"unlimited\":true,\"has_quota\":false"), JUMP_QUOTA_EXHAUSTED, -1, -1, -1 },
  { PREMIUM ("\"entitlement\":\"many\",\"unlimited\":7"), JUMP_QUOTA_UNKNOWN, -1, -1, -1 },
  /* free: nothing of the paid kind, so the chats count */
  { "{\"access_type_sku\":\"free_limited_copilot\",\"copilot_plan\":\"individual\","
    "\"quota_snapshots\":{\"chat\":{\"entitlement\":200,\"remaining\":150,\"has_quota\":true},"
    "\"premium_interactions\":{\"entitlement\":0,\"percent_remaining\":0,\"has_quota\":false}}}",
    JUMP_QUOTA_METERED,
    200,
    50,
    25 },
  /* free, the old shape: only the ratio is to be believed */
  { "{\"copilot_plan\":\"individual\",\"limited_user_quotas\":{\"chat\":125,\"completions\":1},"
    "\"monthly_quotas\":{\"chat\":500,\"completions\":4000}}",
    JUMP_QUOTA_METERED,
    -1,
    -1,
    75 },
  { "{\"limited_user_quotas\":{\"chat\":0},\"monthly_quotas\":{\"chat\":500}}",
    JUMP_QUOTA_EXHAUSTED,
    -1,
    -1,
    100 },
  { "{\"limited_user_quotas\":{\"chat\":10},\"monthly_quotas\":{\"chat\":0}}",
    JUMP_QUOTA_UNKNOWN,
    -1,
    -1,
    -1 },
  /* seats */
  { "{\"copilot_plan\":\"enterprise\"}", JUMP_QUOTA_MANAGED, -1, -1, -1 },
  { SEAT ("\"chat\":{\"unlimited\":true}"), JUMP_QUOTA_MANAGED, -1, -1, -1 },
  { SEAT ("\"premium_interactions\":{\"entitlement\":0,\"has_quota\":false}"),
    JUMP_QUOTA_EXHAUSTED,
    -1,
    -1,
    -1 },
  { SEAT ("\"premium_interactions\":{\"entitlement\":4000,\"quota_remaining\":1000}"),
    JUMP_QUOTA_METERED,
    4000,
    3000,
    75 },
  /* the name of the bucket before */
  { "{\"quota_snapshots\":{\"premium_models\":{\"entitlement\":10,\"remaining\":5}}}",
    JUMP_QUOTA_METERED,
    10,
    5,
    50 },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JumpQuotaReport) report = parse (rows[i].body);
      const JumpQuotaBucket *bucket;
      JumpQuotaState state = jump_quota_report_decide (report, &bucket);

      g_test_message ("row %u", i);
      g_assert_cmpint (state, ==, rows[i].state);
      if (bucket == NULL)
        {
          g_assert_cmpfloat (rows[i].percent, ==, -1);
          continue;
        }
      g_assert_cmpfloat (jump_quota_bucket_get_entitlement (bucket), ==, rows[i].entitlement);
      g_assert_cmpfloat_with_epsilon (jump_quota_bucket_get_used (bucket), rows[i].used, 0.001);
      g_assert_cmpfloat_with_epsilon (jump_quota_bucket_get_percent_used (bucket),
                                      rows[i].percent,
                                      0.001);
    }
}

static void
test_facts (void)
{
  g_autoptr (JumpQuotaReport) report = parse (
      "{\"access_type_sku\":\"copilot_for_business_seat_quota\",\"copilot_plan\":\"business\","
      "\"token_based_billing\":true,\"quota_reset_date\":\"2026-07-01\","
      "\"organization_login_list\":[\"acme\"],"
      "\"organization_list\":[{\"login\":\"acme\",\"name\":\"Acme Inc\"}]}");
  g_autoptr (JumpQuotaReport) logins =
      parse ("{\"organization_login_list\":[\"acme\"],\"limited_user_reset_date\":\"2026-06-06\"}");

  g_assert_cmpstr (report->plan, ==, "Business");
  g_assert_cmpstr (report->organisation, ==, "Acme Inc");
  g_assert_cmpint (report->counts_credits, ==, TRUE);
  g_assert_cmpint (report->resets_at, ==, 1782864000);
  g_assert_cmpstr (logins->organisation, ==, "acme");
  g_assert_null (logins->plan);
  g_assert_cmpint (logins->counts_credits, ==, -1);
  g_assert_cmpint (logins->resets_at, ==, 1780704000);
}

static void
test_blocked_seat (void)
{
  static const struct
  {
    const char *has_quota;
    gboolean permits_overage;
  } seats[] = { { "true", TRUE }, { "false", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (seats); i++)
    {
      g_autofree char *body = g_strdup_printf (PREMIUM ("\"unlimited\":true,"
                                                        "\"overage_permitted\":true,"
                                                        "\"has_quota\":%s"),
                                               seats[i].has_quota);
      g_autoptr (JumpQuotaReport) report = parse (body);
      const JumpQuotaBucket *bucket;

      jump_quota_report_decide (report, &bucket);
      g_assert_cmpint (bucket->permits_overage, ==, seats[i].permits_overage);
    }
}

static void
test_headers (void)
{
  g_autoptr (JumpQuotaReport) report = parse (PREMIUM ("\"entitlement\":1500,\"has_quota\":false"));
  const JumpQuotaBucket *bucket;

  g_assert_true (jump_quota_report_take_header (
      report,
      "Premium_Interactions",
      "ent=1500&ov=0.0&ovPerm=true&rem=95.7&rst=2026-09-01T00%3A00%3A00Z&totRem=1435.5"));
  g_assert_cmpint (jump_quota_report_decide (report, &bucket), ==, JUMP_QUOTA_METERED);
  g_assert_cmpfloat (jump_quota_bucket_get_used (bucket), ==, 64.5);
  g_assert_true (bucket->permits_overage);
  g_assert_cmpint (bucket->resets_at, ==, 1788220800);
  /* the same again is no news */
  g_assert_false (jump_quota_report_take_header (
      report,
      "premium_interactions",
      "ent=1500&ov=0.0&ovPerm=true&rem=95.7&rst=2026-09-01T00%3A00%3A00Z&totRem=1435.5"));
  g_assert_true (
      jump_quota_report_take_header (report,
                                     "premium_interactions",
                                     "ent=1500&ov=3.5&ovPerm=true&rem=0.0&rst=&totRem=-3.5"));
  g_assert_cmpint (jump_quota_report_decide (report, &bucket), ==, JUMP_QUOTA_EXHAUSTED);
  g_assert_cmpfloat (jump_quota_bucket_get_used (bucket), ==, 1503.5);
  g_assert_cmpint (bucket->resets_at, ==, 1788220800);
  g_assert_true (
      jump_quota_report_take_header (report, "premium_interactions", "ent=-1&rem=100.0&totRem=-1"));
  g_assert_cmpint (jump_quota_report_decide (report, &bucket), ==, JUMP_QUOTA_UNLIMITED);
}

static void
test_header_nonsense (void)
{
  static const char *const values[] = {
    "", "ent", "ent=", "ent=x", "ent=inf", "rem=5", "ent=5&rst=%zz", "&&&", "=",
  };
  g_autoptr (JumpQuotaReport) report = parse ("{}");
  const JumpQuotaBucket *bucket;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_false (jump_quota_report_take_header (report, "premium_interactions", values[i]));
  g_assert_cmpint (jump_quota_report_decide (report, &bucket), ==, JUMP_QUOTA_UNKNOWN);
  /* Upstream cannot fill the memory with names. */
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("b%u", i);

      jump_quota_report_take_header (report, id, "ent=5&totRem=1");
    }
  g_assert_cmpuint (g_hash_table_size (report->buckets), <=, 32);
}

static void
test_no_json (void)
{
  static const char *const bodies[] = { "", "[]", "null", "Bad credentials", "{" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (bodies[i], strlen (bodies[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (jump_quota_report_new (body, &error));
      g_assert_nonnull (error);
    }
}

static void
test_badges (void)
{
  static const struct
  {
    const char *sku;
    const char *plan;
    const char *badge;
  } badges[] = {
    { "monthly_subscriber_quota", "individual", "Pro" },
    { "yearly_subscriber_quota", NULL, "Pro" },
    { "plus_monthly_subscriber_quota", "individual_pro", "Pro+" },
    { "free_limited_copilot", "individual", "Free" },
    { "free_educational_quota", "individual", "Student" },
    { "copilot_for_business_seat", "business", "Business" },
    { "copilot_enterprise_seat_quota", "enterprise", "Enterprise" },
    { "something_new", "individual_pro", "Pro+" },
    { "something_new", "max", "Max" },
    { "something_new", "golden", "golden" },
    { "something_new", NULL, "something_new" },
    { NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (badges); i++)
    g_assert_cmpstr (jump_plan_badge (badges[i].sku, badges[i].plan), ==, badges[i].badge);
}

/* Only what the sku does not say is left to can_signup_for_limited. */
static void
test_nobody (void)
{
  static const struct
  {
    const char *body;
    gboolean is_nobody;
  } cases[] = {
    { "{\"copilot_plan\":\"individual\",\"can_signup_for_limited\":true}", TRUE },
    { "{\"access_type_sku\":\"free_limited_copilot\",\"can_signup_for_limited\":true}", FALSE },
    { "{\"access_type_sku\":\"monthly_subscriber_quota\",\"can_signup_for_limited\":false}",
      FALSE },
    { "{\"can_signup_for_limited\":null}", FALSE },
    { "{}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      g_autoptr (JumpQuotaReport) report = jump_quota_report_new (body, NULL);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpint (report->is_nobody, ==, cases[i].is_nobody);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quota-report/states", test_states);
  g_test_add_func ("/quota-report/facts", test_facts);
  g_test_add_func ("/quota-report/blocked-seat", test_blocked_seat);
  g_test_add_func ("/quota-report/headers", test_headers);
  g_test_add_func ("/quota-report/header-nonsense", test_header_nonsense);
  g_test_add_func ("/quota-report/no-json", test_no_json);
  g_test_add_func ("/quota-report/badges", test_badges);
  g_test_add_func ("/quota-report/nobody", test_nobody);
  return g_test_run ();
}
