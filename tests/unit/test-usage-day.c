/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-day.h"
#include "tests/support/clock-fake.h"
#include "tests/support/signal-log.h"

/* The clock begins at 1 800 000 000 s: 15 January 2027, 08:00 UTC. */
#define HOUR_MS (60 * 60 * G_GUINT64_CONSTANT (1000))

static void
add (JumpUsageDay *day, guint status, const char *api, JumpUsageCount usage)
{
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();

  record->status = status;
  record->api = api;
  record->usage = usage;
  jump_usage_day_add (day, record);
}

static void
test_sums (void)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpUsageDay) day = jump_usage_day_new (clock);
  JumpUsageSums sums;

  jump_usage_day_get_sums (day, &sums);
  g_assert_cmpuint (sums.n_requests, ==, 0);
  add (day, 200, "chat", (JumpUsageCount){ 100, 20, 40, 5, -1, 2000000000 });
  add (day, 200, "messages", (JumpUsageCount){ 10, 5, -1, -1, -1, -1 });
  add (day, 200, "count", JUMP_USAGE_COUNT_UNKNOWN);
  add (day, 499, "chat", JUMP_USAGE_COUNT_UNKNOWN);
  add (day, 429, "chat", JUMP_USAGE_COUNT_UNKNOWN);
  add (day, 500, "chat", JUMP_USAGE_COUNT_UNKNOWN);
  jump_usage_day_get_sums (day, &sums);
  g_assert_cmpuint (sums.n_requests, ==, 6);
  g_assert_cmpuint (sums.n_failed, ==, 2);
  g_assert_cmpuint (sums.input_tokens, ==, 110);
  g_assert_cmpuint (sums.cached_tokens, ==, 40);
  g_assert_cmpuint (sums.output_tokens, ==, 25);
  g_assert_cmpuint (sums.nano_aiu, ==, 2000000000);
  g_assert_cmpuint (sums.n_unpriced, ==, 1);
}

/* A client that leaves in the middle has cost something all the same. */
static void
test_left_early (void)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpUsageDay) day = jump_usage_day_new (clock);
  g_autoptr (JumpExchangeRecord) record = jump_exchange_record_new ();
  JumpUsageSums sums;

  record->status = 499;
  record->api = "messages";
  record->usage = (JumpUsageCount){ 100, 20, -1, -1, -1, -1 };
  record->estimated_nano_aiu = 5000;
  jump_usage_day_add (day, record);
  jump_usage_day_get_sums (day, &sums);
  g_assert_cmpuint (sums.n_failed, ==, 0);
  g_assert_cmpuint (sums.n_unpriced, ==, 1);
  g_assert_cmpuint (sums.estimated_nano_aiu, ==, 5000);
}

static void
test_hours_and_midnight (void)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpUsageDay) day = jump_usage_day_new (clock);
  JumpUsageSums hours[24];
  JumpUsageSums sums;

  add (day, 200, "chat", (JumpUsageCount){ 1, 1, -1, -1, -1, 1 });
  jump_clock_fake_advance (clock, 15 * HOUR_MS); /* 23:00 */
  add (day, 200, "chat", (JumpUsageCount){ 2, 1, -1, -1, -1, 1 });
  jump_usage_day_get_hours (day, hours);
  g_assert_cmpuint (hours[8].input_tokens, ==, 1);
  g_assert_cmpuint (hours[23].input_tokens, ==, 2);
  g_assert_cmpuint (hours[0].n_requests, ==, 0);
  jump_clock_fake_sleep (clock, 60 * 60); /* midnight comes while nobody looks */
  jump_usage_day_get_sums (day, &sums);
  g_assert_cmpuint (sums.n_requests, ==, 0);
  add (day, 200, "chat", (JumpUsageCount){ 4, 1, -1, -1, -1, 1 });
  jump_usage_day_get_hours (day, hours);
  g_assert_cmpuint (hours[0].input_tokens, ==, 4);
  g_assert_cmpuint (hours[23].n_requests, ==, 0);
}

/* The same day of the year a year later is another day. */
static void
test_year (void)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpUsageDay) day = jump_usage_day_new (clock);
  JumpUsageSums sums;

  add (day, 200, "chat", JUMP_USAGE_COUNT_UNKNOWN);
  jump_clock_fake_sleep (clock, 365 * 24 * 60 * 60);
  jump_usage_day_get_sums (day, &sums);
  g_assert_cmpuint (sums.n_requests, ==, 0);
}

static void
test_changed (void)
{
  g_autoptr (JumpClock) clock = jump_clock_fake_new ();
  g_autoptr (JumpUsageDay) day = jump_usage_day_new (clock);
  guint n_changes = 0;
  gulong handler =
      g_signal_connect_swapped (day, "changed", G_CALLBACK (g_atomic_int_inc), &n_changes);

  add (day, 200, "chat", JUMP_USAGE_COUNT_UNKNOWN);
  add (day, 200, "chat", JUMP_USAGE_COUNT_UNKNOWN);
  g_assert_cmpuint (n_changes, ==, 2);
  g_signal_handler_disconnect (day, handler);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage-day/sums", test_sums);
  g_test_add_func ("/usage-day/left-early", test_left_early);
  g_test_add_func ("/usage-day/hours-and-midnight", test_hours_and_midnight);
  g_test_add_func ("/usage-day/year", test_year);
  g_test_add_func ("/usage-day/changed", test_changed);
  return g_test_run ();
}
