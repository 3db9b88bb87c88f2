/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/key-meter.h"
#include "service/keys/key-store.h"
#include "tests/support/clock-fake.h"

/* The clock begins at 1 800 000 000 s: 15 January 2027, 08:00 UTC. Tests run in UTC. */
#define HOUR_MS (60 * 60 * G_GUINT64_CONSTANT (1000))

typedef struct
{
  JumpClock *clock;    /* (owned) */
  JumpKeyStore *store; /* (owned) */
  JumpKeyMeter *meter; /* (owned) */
  guint n_requests;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = jump_clock_fake_new ();
  fixture->store = jump_key_store_new (NULL, fixture->clock);
  fixture->meter = jump_key_meter_new (fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->meter, jump_key_meter_free);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->clock);
}

static JumpClientKey *
add_key (Fixture *fixture, const char *name, guint per_minute, guint concurrent, double credits)
{
  JumpKeyLimits limits = { NULL, per_minute, concurrent, credits };
  g_autofree char *secret = NULL;
  g_autoptr (GError) error = NULL;
  JumpClientKey *key = jump_key_store_create (fixture->store, name, &limits, &secret, &error);

  g_assert_no_error (error);
  return key;
}

static JumpKeyVerdict
begin (Fixture *fixture, JumpClientKey *key, const char *id, guint *out_wait)
{
  return jump_key_meter_begin (fixture->meter, key, id, out_wait);
}

/* A whole request. Returns: whether it was admitted; else @wait is what was said */
static gboolean
pass (Fixture *fixture, JumpClientKey *key, double credits, guint *wait)
{
  g_autofree char *id = g_strdup_printf ("r%u", fixture->n_requests++);

  if (begin (fixture, key, id, wait) != JUMP_KEY_ADMITTED)
    return FALSE;
  jump_key_meter_end (fixture->meter, id, credits);
  return TRUE;
}

static void
test_pace (Fixture *fixture, gconstpointer data)
{
  JumpClientKey *key = add_key (fixture, "a", 3, 0, 0);
  const char *id = jump_client_key_get_id (key);
  guint wait = 7;

  g_assert_true (pass (fixture, key, 0, &wait));
  g_assert_cmpuint (wait, ==, 0);
  jump_clock_fake_advance (fixture->clock, 10 * 1000);
  g_assert_true (pass (fixture, key, 0, &wait));
  jump_clock_fake_advance (fixture->clock, 5500);
  g_assert_true (pass (fixture, key, 0, &wait));
  g_assert_cmpint (begin (fixture, key, "x", &wait), ==, JUMP_KEY_TOO_FAST);
  g_assert_cmpuint (wait, ==, 45); /* 44.5 s until the first is a minute old */
  g_assert_cmpuint (jump_key_meter_get_last_minute (fixture->meter, id), ==, 3);
  jump_clock_fake_advance (fixture->clock, 44 * 1000);
  g_assert_false (pass (fixture, key, 0, &wait));
  g_assert_cmpuint (wait, ==, 1);
  jump_clock_fake_advance (fixture->clock, 500);
  g_assert_true (pass (fixture, key, 0, &wait));
  g_assert_false (pass (fixture, key, 0, &wait));
  g_assert_cmpuint (wait, ==, 10);
  jump_clock_fake_advance (fixture->clock, 60 * 1000);
  g_assert_cmpuint (jump_key_meter_get_last_minute (fixture->meter, id), ==, 0);
}

static void
test_lower_pace (Fixture *fixture, gconstpointer data)
{
  JumpClientKey *key = add_key (fixture, "a", 0, 0, 0);
  JumpKeyLimits limits = { NULL, 2, 0, 0 };
  g_autoptr (GError) error = NULL;
  guint wait;

  for (int i = 0; i < 5; i++)
    {
      g_assert_true (pass (fixture, key, 0, &wait));
      jump_clock_fake_advance (fixture->clock, 1000);
    }
  g_assert_true (
      jump_key_store_set_limits (fixture->store, jump_client_key_get_id (key), &limits, &error));
  /* four of the five have to be a minute old */
  g_assert_false (pass (fixture, key, 0, &wait));
  g_assert_cmpuint (wait, ==, 58);
  jump_clock_fake_advance (fixture->clock, 58 * 1000);
  g_assert_true (pass (fixture, key, 0, &wait));
}

static void
test_concurrent (Fixture *fixture, gconstpointer data)
{
  JumpClientKey *key = add_key (fixture, "a", 0, 2, 0);
  JumpClientKey *other = add_key (fixture, "b", 0, 2, 0);
  const char *id = jump_client_key_get_id (key);
  guint wait;

  g_assert_cmpint (begin (fixture, key, "1", &wait), ==, JUMP_KEY_ADMITTED);
  g_assert_cmpint (begin (fixture, key, "2", &wait), ==, JUMP_KEY_ADMITTED);
  g_assert_cmpint (begin (fixture, key, "3", &wait), ==, JUMP_KEY_TOO_MANY);
  g_assert_cmpuint (wait, ==, 0);
  g_assert_cmpint (begin (fixture, other, "4", &wait), ==, JUMP_KEY_ADMITTED);
  /* one that was turned away, one that nobody knows, and twice the same end */
  jump_key_meter_end (fixture->meter, "3", 5);
  jump_key_meter_end (fixture->meter, "99", 5);
  g_assert_cmpuint (jump_key_meter_get_running (fixture->meter, id), ==, 2);
  jump_key_meter_end (fixture->meter, "1", 0);
  jump_key_meter_end (fixture->meter, "1", 5);
  g_assert_cmpuint (jump_key_meter_get_running (fixture->meter, id), ==, 1);
  g_assert_cmpfloat (jump_key_meter_get_credits_today (fixture->meter, id), ==, 0);
  g_assert_cmpint (begin (fixture, key, "5", &wait), ==, JUMP_KEY_ADMITTED);
  /* its key may be gone by then */
  jump_key_meter_end (fixture->meter, "2", 0);
  jump_key_meter_end (fixture->meter, "5", 0);
  g_assert_cmpuint (jump_key_meter_get_running (fixture->meter, id), ==, 0);
}

static void
test_credits (Fixture *fixture, gconstpointer data)
{
  JumpClientKey *key = add_key (fixture, "a", 0, 0, 2);
  const char *id = jump_client_key_get_id (key);
  guint wait;

  g_assert_true (pass (fixture, key, 1.5, &wait));
  g_assert_true (pass (fixture, key, 0, &wait));
  g_assert_true (pass (fixture, key, 0.75, &wait));
  g_assert_cmpfloat (jump_key_meter_get_credits_today (fixture->meter, id), ==, 2.25);
  g_assert_cmpint (begin (fixture, key, "x", &wait), ==, JUMP_KEY_OUT_OF_CREDITS);
  g_assert_cmpuint (wait, ==, 16 * 3600);
  /* a laptop that sleeps over midnight wakes to a new day */
  jump_clock_fake_sleep (fixture->clock, 16 * 3600 - 1);
  g_assert_false (pass (fixture, key, 0, &wait));
  g_assert_cmpuint (wait, ==, 1);
  jump_clock_fake_sleep (fixture->clock, 1);
  g_assert_cmpfloat (jump_key_meter_get_credits_today (fixture->meter, id), ==, 0);
  g_assert_true (pass (fixture, key, 3, &wait));
  g_assert_false (pass (fixture, key, 3, &wait));
  jump_clock_fake_advance (fixture->clock, 24 * HOUR_MS);
  g_assert_true (pass (fixture, key, 1, &wait));
}

/* What ends after midnight counts for the new day, and brings nothing of the old one along. */
static void
test_over_midnight (Fixture *fixture, gconstpointer data)
{
  JumpClientKey *key = add_key (fixture, "a", 0, 0, 2);
  const char *id = jump_client_key_get_id (key);
  guint wait;

  g_assert_true (pass (fixture, key, 1.5, &wait));
  g_assert_cmpint (begin (fixture, key, "long", &wait), ==, JUMP_KEY_ADMITTED);
  jump_clock_fake_advance (fixture->clock, 17 * HOUR_MS);
  jump_key_meter_end (fixture->meter, "long", 1);
  g_assert_cmpfloat (jump_key_meter_get_credits_today (fixture->meter, id), ==, 1);
}

/* The day goes on where an earlier run left it. */
static void
test_restore (Fixture *fixture, gconstpointer data)
{
  JumpClientKey *key = add_key (fixture, "a", 0, 0, 2);
  const char *id = jump_client_key_get_id (key);
  guint wait;

  g_assert_true (pass (fixture, key, 0.5, &wait));
  jump_key_meter_restore (fixture->meter, id, 1.5);
  jump_key_meter_restore (fixture->meter, id, 0);
  g_assert_cmpfloat (jump_key_meter_get_credits_today (fixture->meter, id), ==, 2);
  g_assert_false (pass (fixture, key, 0, &wait));
  jump_clock_fake_advance (fixture->clock, 24 * HOUR_MS);
  g_assert_cmpfloat (jump_key_meter_get_credits_today (fixture->meter, id), ==, 0);
}

static void
test_no_limits (Fixture *fixture, gconstpointer data)
{
  JumpClientKey *key = add_key (fixture, "a", 0, 0, 0);
  guint wait;

  /* more than is remembered of a minute */
  for (int i = 0; i < 7000; i++)
    g_assert_true (pass (fixture, key, 1, &wait));
  g_assert_cmpuint (jump_key_meter_get_last_minute (fixture->meter, jump_client_key_get_id (key)),
                    ==,
                    6000);
  g_assert_cmpuint (jump_key_meter_get_last_minute (fixture->meter, "nobody"), ==, 0);
  g_assert_cmpuint (jump_key_meter_get_running (fixture->meter, "nobody"), ==, 0);
  g_assert_cmpfloat (jump_key_meter_get_credits_today (fixture->meter, "nobody"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/key-meter/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("pace", test_pace);
  ADD ("lower-pace", test_lower_pace);
  ADD ("concurrent", test_concurrent);
  ADD ("credits", test_credits);
  ADD ("over-midnight", test_over_midnight);
  ADD ("restore", test_restore);
  ADD ("no-limits", test_no_limits);
  return g_test_run ();
}
