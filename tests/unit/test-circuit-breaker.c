/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/breaker-ticket.h"

#define OPEN_US (30 * G_USEC_PER_SEC)

/* One row is one step at a time in seconds: a call is admitted or refused, or one ends. */
typedef enum
{
  ADMIT,
  REFUSE,
  SUCCEED,
  FAIL,
  ABANDON,
} Step;

typedef struct
{
  Step step;
  gint64 seconds;
  JumpBreakerState state;
  gint64 wait_seconds; /* REFUSE only */
} Row;

static void
play (const Row *rows, guint n_rows)
{
  JumpCircuitBreaker breaker;

  jump_circuit_breaker_init (&breaker, 5, OPEN_US);
  for (guint i = 0; i < n_rows; i++)
    {
      gint64 now = rows[i].seconds * G_USEC_PER_SEC;
      gint64 wait_us = -1;

      g_test_message ("row %u", i);
      switch (rows[i].step)
        {
        case ADMIT:
          g_assert_true (jump_circuit_breaker_admit (&breaker, now, &wait_us));
          g_assert_cmpint (wait_us, ==, 0);
          break;
        case REFUSE:
          g_assert_false (jump_circuit_breaker_admit (&breaker, now, &wait_us));
          g_assert_cmpint (wait_us, ==, rows[i].wait_seconds * G_USEC_PER_SEC);
          break;
        case SUCCEED:
          jump_circuit_breaker_succeeded (&breaker);
          break;
        case FAIL:
          jump_circuit_breaker_failed (&breaker, now);
          break;
        case ABANDON:
          jump_circuit_breaker_abandoned (&breaker);
          break;
        }
      g_assert_cmpint (jump_circuit_breaker_get_state (&breaker, now), ==, rows[i].state);
    }
}

#define FOUR_FAILURES                                                 \
  { FAIL, 0, JUMP_BREAKER_CLOSED }, { FAIL, 0, JUMP_BREAKER_CLOSED }, \
      { FAIL, 0, JUMP_BREAKER_CLOSED },                               \
  {                                                                   \
    FAIL, 0, JUMP_BREAKER_CLOSED                                      \
  }

static void
test_opens_after_five (void)
{
  static const Row rows[] = {
    FOUR_FAILURES,
    { ADMIT, 1, JUMP_BREAKER_CLOSED },
    { FAIL, 2, JUMP_BREAKER_OPEN },
    { REFUSE, 2, JUMP_BREAKER_OPEN, 30 },
    { REFUSE, 12, JUMP_BREAKER_OPEN, 20 },
    { REFUSE, 31, JUMP_BREAKER_OPEN, 1 },
  };

  play (rows, G_N_ELEMENTS (rows));
}

static void
test_success_starts_over (void)
{
  static const Row rows[] = {
    FOUR_FAILURES,
    { SUCCEED, 0, JUMP_BREAKER_CLOSED },
    FOUR_FAILURES,
    { ABANDON, 0, JUMP_BREAKER_CLOSED },
    { ADMIT, 0, JUMP_BREAKER_CLOSED },
    { FAIL, 0, JUMP_BREAKER_OPEN },
  };

  play (rows, G_N_ELEMENTS (rows));
}

static void
test_one_probe (void)
{
  static const Row rows[] = {
    FOUR_FAILURES,
    { FAIL, 0, JUMP_BREAKER_OPEN },
    { ADMIT, 30, JUMP_BREAKER_HALF_OPEN },
    { REFUSE, 30, JUMP_BREAKER_HALF_OPEN, 1 },
    { REFUSE, 500, JUMP_BREAKER_HALF_OPEN, 1 },
    { FAIL, 501, JUMP_BREAKER_OPEN },
    { REFUSE, 502, JUMP_BREAKER_OPEN, 29 },
    { ADMIT, 531, JUMP_BREAKER_HALF_OPEN },
    { SUCCEED, 532, JUMP_BREAKER_CLOSED },
    { ADMIT, 532, JUMP_BREAKER_CLOSED },
    FOUR_FAILURES,
  };

  play (rows, G_N_ELEMENTS (rows));
}

static void
test_abandoned_probe (void)
{
  static const Row rows[] = {
    FOUR_FAILURES,
    { FAIL, 0, JUMP_BREAKER_OPEN },
    { ADMIT, 31, JUMP_BREAKER_HALF_OPEN },
    { ABANDON, 32, JUMP_BREAKER_OPEN },
    { ADMIT, 32, JUMP_BREAKER_HALF_OPEN },
    { REFUSE, 32, JUMP_BREAKER_HALF_OPEN, 1 },
  };

  play (rows, G_N_ELEMENTS (rows));
}

static void
test_late_outcomes (void)
{
  static const Row rows[] = {
    FOUR_FAILURES,
    { ADMIT, 0, JUMP_BREAKER_CLOSED },
    { ADMIT, 0, JUMP_BREAKER_CLOSED },
    { FAIL, 0, JUMP_BREAKER_OPEN },
    { FAIL, 20, JUMP_BREAKER_OPEN }, /* admitted before: the 30 s do not start again */
    { REFUSE, 20, JUMP_BREAKER_OPEN, 10 },
    { SUCCEED, 21, JUMP_BREAKER_CLOSED },
  };

  play (rows, G_N_ELEMENTS (rows));
}

/* An older call that ends while the probe is on its way makes no room for a second probe. */
static void
test_tickets (void)
{
  JumpCircuitBreaker breaker;
  JumpBreakerTicket tickets[7];

  jump_circuit_breaker_init (&breaker, 5, OPEN_US);
  for (guint i = 0; i < 6; i++)
    g_assert_true (jump_breaker_ticket_take (&tickets[i], &breaker, 0, NULL));
  for (guint i = 0; i < 5; i++)
    {
      jump_breaker_ticket_failed (&tickets[i], 0);
      jump_breaker_ticket_failed (&tickets[i], 0); /* the first outcome counts */
      jump_breaker_ticket_succeeded (&tickets[i]);
    }
  g_assert_cmpint (jump_circuit_breaker_get_state (&breaker, 0), ==, JUMP_BREAKER_OPEN);
  g_assert_false (jump_breaker_ticket_take (&tickets[6], &breaker, 1, NULL));
  jump_breaker_ticket_succeeded (&tickets[6]); /* a refused one has no say */
  g_assert_cmpint (jump_circuit_breaker_get_state (&breaker, 1), ==, JUMP_BREAKER_OPEN);

  g_assert_true (jump_breaker_ticket_take (&tickets[6], &breaker, OPEN_US, NULL));
  jump_breaker_ticket_give_back (&tickets[5]);
  g_assert_false (jump_breaker_ticket_take (&tickets[0], &breaker, OPEN_US, NULL));
  jump_breaker_ticket_give_back (&tickets[6]);
  g_assert_true (jump_breaker_ticket_take (&tickets[0], &breaker, OPEN_US, NULL));
  jump_breaker_ticket_succeeded (&tickets[0]);
  g_assert_cmpint (jump_circuit_breaker_get_state (&breaker, OPEN_US), ==, JUMP_BREAKER_CLOSED);
}

/* A thousand callers at the moment it half-opens: one call. Its end, whichever, lets in one more. */
static void
test_no_storm (void)
{
  JumpCircuitBreaker breaker;
  JumpBreakerTicket probe;
  JumpBreakerTicket ticket;

  jump_circuit_breaker_init (&breaker, 5, OPEN_US);
  for (guint i = 0; i < 5; i++)
    jump_circuit_breaker_failed (&breaker, 0);
  for (guint round = 0; round < 3; round++)
    {
      gint64 now = (round + 1) * OPEN_US;

      g_assert_true (jump_breaker_ticket_take (&probe, &breaker, now, NULL));
      g_assert_false (jump_breaker_ticket_allows_retry (&probe));
      for (guint i = 0; i < 1000; i++)
        {
          g_assert_false (jump_breaker_ticket_take (&ticket, &breaker, now + i, NULL));
          jump_breaker_ticket_give_back (&ticket);
        }
      if (round == 0)
        {
          jump_breaker_ticket_give_back (&probe);
          g_assert_true (jump_breaker_ticket_take (&probe, &breaker, now, NULL));
        }
      jump_breaker_ticket_failed (&probe, now);
      g_assert_cmpint (jump_circuit_breaker_get_state (&breaker, now), ==, JUMP_BREAKER_OPEN);
    }
}

/* Calls from before it opened have no say in the probe's outcome, nor has a probe of an earlier time. */
static void
test_old_calls (void)
{
  JumpCircuitBreaker breaker;
  JumpBreakerTicket tickets[6];
  JumpBreakerTicket old;
  JumpBreakerTicket probe;

  jump_circuit_breaker_init (&breaker, 5, OPEN_US);
  for (guint i = 0; i < 6; i++)
    g_assert_true (jump_breaker_ticket_take (&tickets[i], &breaker, 0, NULL));
  for (guint i = 0; i < 4; i++)
    jump_breaker_ticket_failed (&tickets[i], 0);
  g_assert_true (jump_breaker_ticket_allows_retry (&tickets[4]));
  jump_circuit_breaker_failed (&breaker, 0);
  g_assert_false (jump_breaker_ticket_allows_retry (&tickets[4]));
  g_assert_true (jump_breaker_ticket_take (&old, &breaker, OPEN_US, NULL));
  jump_breaker_ticket_failed (&tickets[4], OPEN_US);
  g_assert_cmpint (jump_circuit_breaker_get_state (&breaker, OPEN_US), ==, JUMP_BREAKER_HALF_OPEN);

  jump_breaker_ticket_succeeded (&tickets[5]); /* somebody answered: closed */
  for (guint i = 0; i < 5; i++)
    jump_circuit_breaker_failed (&breaker, OPEN_US);
  g_assert_true (jump_breaker_ticket_take (&probe, &breaker, 2 * OPEN_US, NULL));
  jump_breaker_ticket_give_back (&old);
  g_assert_false (jump_breaker_ticket_take (&tickets[0], &breaker, 2 * OPEN_US, NULL));
  jump_breaker_ticket_succeeded (&probe);
  g_assert_cmpint (jump_circuit_breaker_get_state (&breaker, 2 * OPEN_US), ==, JUMP_BREAKER_CLOSED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circuit-breaker/opens-after-five", test_opens_after_five);
  g_test_add_func ("/circuit-breaker/success-starts-over", test_success_starts_over);
  g_test_add_func ("/circuit-breaker/one-probe", test_one_probe);
  g_test_add_func ("/circuit-breaker/abandoned-probe", test_abandoned_probe);
  g_test_add_func ("/circuit-breaker/late-outcomes", test_late_outcomes);
  g_test_add_func ("/circuit-breaker/tickets", test_tickets);
  g_test_add_func ("/circuit-breaker/no-storm", test_no_storm);
  g_test_add_func ("/circuit-breaker/old-calls", test_old_calls);
  return g_test_run ();
}
