/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/relay/turn-queue.h"
#include "tests/support/clock-fake.h"

#include <string.h>

/* Turns: how many at once, who is next, how long somebody waits. */

typedef struct
{
  JumpClock *clock;     /* (owned) */
  JumpTurnQueue *queue; /* (owned) */
  GString *told;        /* (owned): "a" has its turn, "-a" does not get it */
  GPtrArray *asked;     /* (element-type Asked) (owned) */
} Stage;

typedef struct
{
  Stage *stage;
  const char *name;
  JumpTurn *turn;
  guint retry_after;
  int code;
} Asked;

static Stage *
stage_new (JumpTurnRules rules)
{
  Stage *self = g_new0 (Stage, 1);

  self->clock = jump_clock_fake_new ();
  self->queue = jump_turn_queue_new (self->clock);
  self->told = g_string_new (NULL);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  jump_turn_queue_set_rules (self->queue, &rules);
  return self;
}

static void
stage_free (Stage *self)
{
  jump_turn_queue_hold (self->queue, TRUE);
  for (guint i = 0; i < self->asked->len; i++)
    {
      Asked *asked = self->asked->pdata[i];

      g_clear_pointer (&asked->turn, jump_turn_return);
    }
  jump_turn_queue_free (self->queue);
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 0);
  g_object_unref (self->clock);
  g_string_free (self->told, TRUE);
  g_ptr_array_unref (self->asked);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stage, stage_free)

static void
on_decided (const GError *error, guint retry_after, gpointer user_data)
{
  Asked *asked = user_data;

  g_string_append_printf (asked->stage->told, "%s%s ", error != NULL ? "-" : "", asked->name);
  asked->retry_after = retry_after;
  asked->code = error != NULL ? error->code : -1;
  if (error != NULL)
    g_clear_pointer (&asked->turn, jump_turn_return);
}

/* @name: its first letter is the client. */
static Asked *
ask (Stage *stage, const char *name)
{
  Asked *asked = g_new0 (Asked, 1);
  const char client[] = { name[0], '\0' };
  g_autoptr (GError) error = NULL;

  asked->stage = stage;
  asked->name = name;
  asked->code = -1;
  asked->turn =
      jump_turn_queue_ask (stage->queue, client, on_decided, asked, &asked->retry_after, &error);
  g_assert_true ((asked->turn == NULL) == (error != NULL));
  if (error != NULL)
    {
      g_assert_cmpuint (error->domain, ==, JUMP_ERROR);
      asked->code = error->code;
    }
  g_ptr_array_add (stage->asked, asked);
  return asked;
}

static void
give_back (Asked *asked)
{
  g_clear_pointer (&asked->turn, jump_turn_return);
}

static void
assert_told (Stage *stage, const char *expected)
{
  g_assert_cmpstr (stage->told->str, ==, expected);
  g_string_truncate (stage->told, 0);
}

static void
assert_counts (Stage *stage, guint active, guint waiting)
{
  g_assert_cmpuint (jump_turn_queue_get_active (stage->queue), ==, active);
  g_assert_cmpuint (jump_turn_queue_get_waiting (stage->queue), ==, waiting);
}

static void
test_no_limit (void)
{
  g_autoptr (Stage) stage = stage_new ((JumpTurnRules){ 0 });

  for (guint i = 0; i < 100; i++)
    g_assert_true (jump_turn_is_given (ask (stage, "a")->turn));
  assert_counts (stage, 100, 0);
}

static void
test_order (void)
{
  g_autoptr (Stage) stage =
      stage_new ((JumpTurnRules){ .concurrent = 1, .waiting = 9, .wait_seconds = 30 });
  Asked *first = ask (stage, "a0");
  const char *const names[] = { "a1", "a2", "a3", "b1", "b2", "c1" };
  Asked *asked[6];

  g_assert_true (jump_turn_is_given (first->turn));
  for (guint i = 0; i < 6; i++)
    {
      asked[i] = ask (stage, names[i]);
      g_assert_false (jump_turn_is_given (asked[i]->turn));
    }
  assert_counts (stage, 1, 6);
  give_back (first);
  assert_told (stage, "a1 ");
  give_back (asked[0]);
  assert_told (stage, "b1 ");
  give_back (asked[3]);
  assert_told (stage, "c1 ");
  give_back (asked[5]);
  assert_told (stage, "a2 ");
  give_back (asked[4]); /* b2 leaves while it waits */
  assert_told (stage, "");
  give_back (asked[1]);
  assert_told (stage, "a3 ");
  assert_counts (stage, 1, 0);
}

static void
test_full (void)
{
  g_autoptr (Stage) stage =
      stage_new ((JumpTurnRules){ .concurrent = 2, .waiting = 2, .wait_seconds = 30 });
  Asked *refused;

  ask (stage, "a");
  ask (stage, "a");
  ask (stage, "b");
  ask (stage, "b");
  refused = ask (stage, "c");
  g_assert_cmpint (refused->code, ==, JUMP_ERROR_UNAVAILABLE);
  g_assert_cmpuint (refused->retry_after, ==, 30);
  assert_counts (stage, 2, 2);
  assert_told (stage, "");
}

static void
test_patience (void)
{
  g_autoptr (Stage) stage =
      stage_new ((JumpTurnRules){ .concurrent = 1, .waiting = 9, .wait_seconds = 30 });
  Asked *late;

  ask (stage, "a");
  late = ask (stage, "b");
  jump_clock_fake_advance (stage->clock, 20000);
  ask (stage, "c");
  jump_clock_fake_advance (stage->clock, 9999);
  assert_told (stage, "");
  jump_clock_fake_advance (stage->clock, 1);
  assert_told (stage, "-b ");
  g_assert_cmpint (late->code, ==, JUMP_ERROR_UNAVAILABLE);
  g_assert_cmpuint (late->retry_after, ==, 30);
  assert_counts (stage, 1, 1);
  jump_clock_fake_advance (stage->clock, 20000);
  assert_told (stage, "-c ");
  g_assert_cmpuint (jump_clock_fake_count_alarms (stage->clock), ==, 0);
}

static void
test_spacing_waits (void)
{
  g_autoptr (Stage) stage =
      stage_new ((JumpTurnRules){ .waiting = 9, .wait_seconds = 30, .spacing_seconds = 5 });

  g_assert_true (jump_turn_is_given (ask (stage, "a1")->turn));
  jump_clock_fake_advance (stage->clock, 2000);
  ask (stage, "a2");
  ask (stage, "a3");
  ask (stage, "b1");
  jump_clock_fake_advance (stage->clock, 2999);
  assert_told (stage, "");
  jump_clock_fake_advance (stage->clock, 1);
  assert_told (stage, "a2 ");
  jump_clock_fake_advance (stage->clock, 5000);
  assert_told (stage, "b1 ");
  jump_clock_fake_advance (stage->clock, 5000);
  assert_told (stage, "a3 ");
  jump_clock_fake_advance (stage->clock, 5000);
  g_assert_true (jump_turn_is_given (ask (stage, "b2")->turn));
}

static void
test_spacing_refuses (void)
{
  g_autoptr (Stage) stage = stage_new ((JumpTurnRules){ .waiting = 9,
                                                        .wait_seconds = 30,
                                                        .spacing_seconds = 10,
                                                        .spacing_refuses = TRUE });
  Asked *refused;

  ask (stage, "a1");
  jump_clock_fake_advance (stage->clock, 2500);
  refused = ask (stage, "a2");
  g_assert_cmpint (refused->code, ==, JUMP_ERROR_RATE_LIMITED);
  g_assert_cmpuint (refused->retry_after, ==, 8);
  jump_clock_fake_advance (stage->clock, 7500);
  g_assert_true (jump_turn_is_given (ask (stage, "a3")->turn));
}

static void
test_new_rules (void)
{
  g_autoptr (Stage) stage =
      stage_new ((JumpTurnRules){ .concurrent = 1, .waiting = 9, .wait_seconds = 30 });
  JumpTurnRules more = { .concurrent = 3, .waiting = 9, .wait_seconds = 30 };
  JumpTurnRules hasty = { .concurrent = 1, .waiting = 9, .wait_seconds = 5 };

  ask (stage, "a1");
  ask (stage, "a2");
  ask (stage, "a3");
  ask (stage, "a4");
  jump_turn_queue_set_rules (stage->queue, &more);
  assert_told (stage, "a2 a3 ");
  jump_clock_fake_advance (stage->clock, 6000);
  jump_turn_queue_set_rules (stage->queue, &hasty);
  assert_told (stage, "-a4 ");
  assert_counts (stage, 3, 0);
  ask (stage, "a5");
  give_back (stage->asked->pdata[0]);
  assert_told (stage, "");
  give_back (stage->asked->pdata[1]);
  assert_told (stage, "");
  give_back (stage->asked->pdata[2]);
  assert_told (stage, "a5 ");
}

static void
test_close (void)
{
  g_autoptr (Stage) stage =
      stage_new ((JumpTurnRules){ .concurrent = 1, .waiting = 9, .wait_seconds = 30 });
  g_autoptr (GError) error = g_error_new (JUMP_ERROR, JUMP_ERROR_UNAVAILABLE, "closed");

  ask (stage, "a1");
  ask (stage, "a2");
  ask (stage, "b1");
  jump_turn_queue_close (stage->queue, error);
  assert_told (stage, "-a2 -b1 ");
  g_assert_cmpint (ask (stage, "c1")->code, ==, JUMP_ERROR_UNAVAILABLE);
  assert_counts (stage, 1, 0);
}

/* Many come back at once, and nobody is to begin in between. */
static void
test_hold (void)
{
  g_autoptr (Stage) stage =
      stage_new ((JumpTurnRules){ .concurrent = 1, .waiting = 9, .wait_seconds = 30 });
  Asked *first = ask (stage, "a1");

  ask (stage, "a2");
  jump_turn_queue_hold (stage->queue, TRUE);
  give_back (first);
  assert_told (stage, "");
  jump_turn_queue_hold (stage->queue, FALSE);
  assert_told (stage, "a2 ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turn-queue/no-limit", test_no_limit);
  g_test_add_func ("/turn-queue/order", test_order);
  g_test_add_func ("/turn-queue/full", test_full);
  g_test_add_func ("/turn-queue/patience", test_patience);
  g_test_add_func ("/turn-queue/spacing-waits", test_spacing_waits);
  g_test_add_func ("/turn-queue/spacing-refuses", test_spacing_refuses);
  g_test_add_func ("/turn-queue/new-rules", test_new_rules);
  g_test_add_func ("/turn-queue/close", test_close);
  g_test_add_func ("/turn-queue/hold", test_hold);
  return g_test_run ();
}
