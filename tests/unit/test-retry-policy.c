/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/retry-policy.h"

#define NOW G_GINT64_CONSTANT (1800000000) /* Fri, 15 Jan 2027 08:00:00 GMT */

/* The middle of all chances: neither earlier nor later. */
#define EVEN (G_MAXUINT / 2)

static void
test_what (void)
{
  static const struct
  {
    JumpSendOutcome outcome;
    gboolean again;
  } rows[] = {
    { { .status = 0 }, TRUE },
    { { .status = 0, .is_final = TRUE }, FALSE },
    { { .status = 400 }, FALSE },
    { { .status = 401 }, FALSE },
    { { .status = 402 }, FALSE },
    { { .status = 403 }, FALSE },
    { { .status = 404 }, FALSE },
    { { .status = 408 }, TRUE },
    { { .status = 413 }, FALSE },
    { { .status = 421 }, FALSE },
    { { .status = 422 }, FALSE },
    { { .status = 424 }, FALSE },
    { { .status = 429 }, FALSE },
    { { .status = 429, .retry_after = "1" }, FALSE },
    { { .status = 466 }, FALSE },
    { { .status = 499 }, FALSE },
    { { .status = 500 }, TRUE },
    { { .status = 502 }, TRUE },
    { { .status = 503 }, TRUE },
    { { .status = 503, .retry_after = "30" }, TRUE },
    { { .status = 503, .retry_after = "31" }, FALSE },
    { { .status = 503, .retry_after = "Fri, 15 Jan 2027 08:00:30 GMT" }, TRUE },
    { { .status = 503, .retry_after = "Fri, 15 Jan 2027 08:00:31 GMT" }, FALSE },
    { { .status = 504 }, TRUE },
    { { .status = 511 }, FALSE },
    { { .status = 529 }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 wait_ms = 0;

      g_test_message ("row %u: %u", i, rows[i].outcome.status);
      g_assert_cmpint (jump_retry_policy_decide (3, 1, &rows[i].outcome, NOW, EVEN, &wait_ms),
                       ==,
                       rows[i].again);
    }
}

static void
test_how_often (void)
{
  static const struct
  {
    guint attempts;
    guint n_sent;
    gboolean again;
  } rows[] = {
    { 0, 1, FALSE }, { 1, 1, FALSE }, { 2, 1, TRUE },  { 2, 2, FALSE },
    { 3, 2, TRUE },  { 3, 3, FALSE }, { 10, 9, TRUE }, { 10, 10, FALSE },
  };
  const JumpSendOutcome outcome = { .status = 503 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 wait_ms = 0;

      g_assert_cmpint (jump_retry_policy_decide (rows[i].attempts,
                                                 rows[i].n_sent,
                                                 &outcome,
                                                 NOW,
                                                 EVEN,
                                                 &wait_ms),
                       ==,
                       rows[i].again);
    }
}

static void
test_waits (void)
{
  static const struct
  {
    guint n_sent;
    const char *retry_after;
    guint64 shortest;
    guint64 longest;
  } rows[] = {
    { 1, NULL, 800, 1200 },
    { 2, NULL, 3200, 4800 },
    { 3, NULL, 6400, 9600 },
    { 4, NULL, 6400, 9600 },
    { 50, NULL, 6400, 9600 },
    { 1, "", 800, 1200 },
    { 1, "soon", 800, 1200 },
    { 1, "0", 800, 1200 },
    { 1, "-5", 800, 1200 },
    { 1, "7", 7000, 8400 },
    { 2, "7", 7000, 8400 },
    { 1, "30", 30000, 36000 },
    { 1, "Fri, 15 Jan 2027 08:00:20 GMT", 20000, 24000 },
    { 2, "Fri, 15 Jan 2027 07:00:00 GMT", 3200, 4800 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const JumpSendOutcome outcome = { .status = 503, .retry_after = rows[i].retry_after };
      guint64 shortest = 0;
      guint64 longest = 0;

      g_test_message ("row %u", i);
      g_assert_true (jump_retry_policy_decide (100, rows[i].n_sent, &outcome, NOW, 0, &shortest));
      g_assert_true (
          jump_retry_policy_decide (100, rows[i].n_sent, &outcome, NOW, G_MAXUINT, &longest));
      g_assert_cmpuint (shortest, ==, rows[i].shortest);
      g_assert_cmpuint (longest, ==, rows[i].longest);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retry-policy/what", test_what);
  g_test_add_func ("/retry-policy/how-often", test_how_often);
  g_test_add_func ("/retry-policy/waits", test_waits);
  return g_test_run ();
}
