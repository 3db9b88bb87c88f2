/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/token-gauge.h"

static void
test_estimate (void)
{
  JumpRequestFacts facts = { .text_bytes = 4001, .n_messages = 2, .n_tools = 3, .n_images = 1 };

  g_assert_cmpint (jump_token_gauge_estimate (&facts), ==, 1001 + 2 * 4 + 3 + 3 * 8 + 1200);
}

static void
test_never_one (void)
{
  g_autoptr (JumpTokenGauge) gauge = jump_token_gauge_new ();
  JumpRequestFacts facts = { 0 };
  JumpRequestFacts big = { .text_bytes = 400000 };

  for (guint i = 0; i < 50; i++)
    jump_token_gauge_learn (gauge, "x", &big, 1);
  g_assert_cmpint (jump_token_gauge_count (gauge, "x", &facts), >=, 2);
  g_assert_cmpfloat_with_epsilon (jump_token_gauge_get_factor (gauge, "x"), 0.25, 0.001);
}

static void
test_learn (void)
{
  g_autoptr (JumpTokenGauge) gauge = jump_token_gauge_new ();
  JumpRequestFacts facts = { .text_bytes = 4000 * 4 - 3 * 4 };

  g_assert_cmpint (jump_token_gauge_estimate (&facts), ==, 4000);
  g_assert_cmpint (jump_token_gauge_count (gauge, "a", &facts), ==, 4000);
  g_assert_cmpuint (jump_token_gauge_get_samples (gauge, "a"), ==, 0);
  /* the first report counts whole, the second half */
  jump_token_gauge_learn (gauge, "a", &facts, 6000);
  g_assert_cmpint (jump_token_gauge_count (gauge, "a", &facts), ==, 6000);
  jump_token_gauge_learn (gauge, "a", &facts, 5000);
  g_assert_cmpint (jump_token_gauge_count (gauge, "a", &facts), ==, 5500);
  g_assert_cmpuint (jump_token_gauge_get_samples (gauge, "a"), ==, 2);
  /* each model on its own */
  g_assert_cmpint (jump_token_gauge_count (gauge, "b", &facts), ==, 4000);
  /* after very many it still moves */
  for (guint i = 0; i < 200; i++)
    jump_token_gauge_learn (gauge, "a", &facts, 8000);
  g_assert_cmpint (jump_token_gauge_count (gauge, "a", &facts), ==, 8000);
}

static void
test_not_learned (void)
{
  g_autoptr (JumpTokenGauge) gauge = jump_token_gauge_new ();
  JumpRequestFacts image = { .text_bytes = 4000, .n_images = 1 };
  JumpRequestFacts small = { .text_bytes = 40 };
  JumpRequestFacts facts = { .text_bytes = 4000 };

  jump_token_gauge_learn (gauge, "a", &image, 3000);
  jump_token_gauge_learn (gauge, "a", &small, 100);
  jump_token_gauge_learn (gauge, "a", &facts, -1);
  jump_token_gauge_learn (gauge, "a", &facts, 0);
  g_assert_cmpuint (jump_token_gauge_get_samples (gauge, "a"), ==, 0);
  jump_token_gauge_learn (gauge, "a", &facts, 1000000);
  g_assert_cmpfloat_with_epsilon (jump_token_gauge_get_factor (gauge, "a"), 4.0, 0.001);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token-gauge/estimate", test_estimate);
  g_test_add_func ("/token-gauge/never-one", test_never_one);
  g_test_add_func ("/token-gauge/learn", test_learn);
  g_test_add_func ("/token-gauge/not-learned", test_not_learned);
  return g_test_run ();
}
