/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/connection-budget.h"

#define N_SEATS 8

typedef struct
{
  JumpConnectionBudget *budget;
  JumpConnectionSeat seats[N_SEATS];
} Fixture;

static void
on_evicted (gpointer user_data)
{
  jump_connection_seat_leave (user_data);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->budget = jump_connection_budget_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_SEATS; i++)
    jump_connection_seat_leave (&fixture->seats[i]);
  g_assert_cmpuint (jump_connection_budget_count (fixture->budget, NULL), ==, 0);
  jump_connection_budget_unref (fixture->budget);
}

static gboolean
take (Fixture *fixture, guint index, const char *peer)
{
  JumpConnectionSeat *seat = &fixture->seats[index];

  return jump_connection_seat_take (seat, fixture->budget, peer, on_evicted, seat);
}

static gboolean
is_in (Fixture *fixture, guint index)
{
  return fixture->seats[index].budget != NULL;
}

/* Who rests for longest goes first, whoever came first. */
static void
test_longest_rest (Fixture *fixture, gconstpointer data)
{
  jump_connection_budget_set_limits (fixture->budget, 3, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (take (fixture, i, "127.0.0.1"));
  jump_connection_seat_set_state (&fixture->seats[0], JUMP_SEAT_ANSWERED);
  jump_connection_seat_set_state (&fixture->seats[0], JUMP_SEAT_RESTING);
  g_assert_true (take (fixture, 3, "127.0.0.1"));
  g_assert_false (is_in (fixture, 1));
  g_assert_true (take (fixture, 4, "127.0.0.1"));
  g_assert_false (is_in (fixture, 2));
  g_assert_true (is_in (fixture, 0));
  g_assert_cmpuint (jump_connection_budget_count (fixture->budget, "127.0.0.1"), ==, 3);
}

/* Resting ones, then heads, then bodies; what is answered stays. */
static void
test_order_of_states (Fixture *fixture, gconstpointer data)
{
  static const JumpSeatState states[] = { JUMP_SEAT_ANSWERED,
                                          JUMP_SEAT_SENDING_BODY,
                                          JUMP_SEAT_SENDING_HEAD,
                                          JUMP_SEAT_RESTING };

  jump_connection_budget_set_limits (fixture->budget, 4, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (take (fixture, i, "unix"));
      jump_connection_seat_set_state (&fixture->seats[i], states[i]);
    }
  for (guint i = 4; i < 7; i++)
    {
      g_assert_true (take (fixture, i, "unix"));
      jump_connection_seat_set_state (&fixture->seats[i], JUMP_SEAT_ANSWERED);
      g_assert_false (is_in (fixture, 7 - i));
    }
  g_assert_false (take (fixture, 7, "unix"));
  g_assert_false (take (fixture, 7, "192.0.2.1"));
  g_assert_true (is_in (fixture, 0));
}

/* The peer with the most gives one, not the one that was there first. */
static void
test_largest_peer_gives (Fixture *fixture, gconstpointer data)
{
  jump_connection_budget_set_limits (fixture->budget, 4, 4);
  g_assert_true (take (fixture, 0, "192.0.2.1"));
  for (guint i = 1; i < 4; i++)
    g_assert_true (take (fixture, i, "192.0.2.2"));
  g_assert_true (take (fixture, 4, "192.0.2.3"));
  g_assert_true (is_in (fixture, 0));
  g_assert_false (is_in (fixture, 1));
}

static void
test_per_peer (Fixture *fixture, gconstpointer data)
{
  jump_connection_budget_set_limits (fixture->budget, 100, 2);
  g_assert_true (take (fixture, 0, "192.0.2.1"));
  g_assert_true (take (fixture, 1, "192.0.2.2"));
  g_assert_true (take (fixture, 2, "192.0.2.2"));
  g_assert_true (take (fixture, 3, "192.0.2.2"));
  g_assert_true (is_in (fixture, 0));
  g_assert_false (is_in (fixture, 1));
  jump_connection_seat_set_state (&fixture->seats[2], JUMP_SEAT_ANSWERED);
  jump_connection_seat_set_state (&fixture->seats[3], JUMP_SEAT_ANSWERED);
  g_assert_false (take (fixture, 4, "192.0.2.2"));
  g_assert_true (take (fixture, 4, "192.0.2.1"));
}

/* One machine has a whole IPv6 network to itself; programs here share one address anyway. */
static void
test_networks (Fixture *fixture, gconstpointer data)
{
  jump_connection_budget_set_limits (fixture->budget, 100, 1);
  g_assert_true (take (fixture, 0, "2001:db8:0:1::1"));
  g_assert_true (take (fixture, 1, "2001:db8:0:1:ffff::2"));
  g_assert_false (is_in (fixture, 0));
  g_assert_true (take (fixture, 2, "2001:db8:0:2::1"));
  g_assert_true (is_in (fixture, 1));
  g_assert_true (take (fixture, 3, "::1"));
  g_assert_cmpuint (jump_connection_budget_count (fixture->budget, NULL), ==, 3);
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  gsize half = 128 * 1024 * 1024;

  g_assert_true (jump_connection_budget_take_bytes (fixture->budget, half));
  g_assert_true (jump_connection_budget_take_bytes (fixture->budget, half));
  g_assert_false (jump_connection_budget_take_bytes (fixture->budget, 1));
  jump_connection_budget_give_bytes (fixture->budget, half);
  g_assert_false (jump_connection_budget_take_bytes (fixture->budget, half + 1));
  g_assert_true (jump_connection_budget_take_bytes (fixture->budget, half));
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/connection-budget/longest-rest", test_longest_rest);
  add ("/connection-budget/order-of-states", test_order_of_states);
  add ("/connection-budget/largest-peer-gives", test_largest_peer_gives);
  add ("/connection-budget/per-peer", test_per_peer);
  add ("/connection-budget/networks", test_networks);
  add ("/connection-budget/bytes", test_bytes);
  return g_test_run ();
}
