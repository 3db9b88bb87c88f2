/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/live-rows.h"
#include "tests/support/clock-fake.h"

#include <string.h>

typedef struct
{
  JumpClock *clock;    /* (owned) */
  JumpEventFeed *feed; /* (owned) */
  JumpLiveRows *rows;  /* (owned) */
  GPtrArray *records;  /* (owned) (element-type JumpExchangeRecord) */
} Stage;

static void
set_up (Stage *self, gconstpointer data)
{
  self->clock = jump_clock_fake_new ();
  self->feed = jump_event_feed_new ();
  self->rows = jump_live_rows_new (self->feed, self->clock);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);
  for (guint i = 0; i < 3; i++)
    {
      JumpExchangeRecord *record = jump_exchange_record_new ();

      record->id = g_strdup_printf ("r%u", i);
      record->path = g_strdup ("/v1/messages");
      g_ptr_array_add (self->records, record);
    }
}

static void
tear_down (Stage *self, gconstpointer data)
{
  g_ptr_array_unref (self->records);
  jump_live_rows_free (self->rows);
  g_object_unref (self->feed);
  g_object_unref (self->clock);
}

static void
note (Stage *self, guint index, JumpExchangeState state)
{
  JumpExchangeRecord *record = g_ptr_array_index (self->records, index);

  record->state = state;
  record->status = state == JUMP_EXCHANGE_ENDED ? 200 : 0;
  jump_live_rows_note (self->rows, record);
}

static void
assert_event (Stage *self, guint64 number, const char *id, const char *state)
{
  gboolean is_gap;
  const JumpEvent *event = jump_event_feed_get_next (self->feed, number - 1, &is_gap);
  g_autofree char *id_text = g_strdup_printf ("\"id\":\"%s\"", id);
  g_autofree char *state_text = g_strdup_printf ("\"state\":\"%s\"", state);

  g_assert_nonnull (event);
  g_assert_false (is_gap);
  g_assert_cmpstr (event->name, ==, "request");
  g_assert_nonnull (strstr (event->data, id_text));
  g_assert_nonnull (strstr (event->data, state_text));
}

/* The first at once, the rest of the moment together and as it is then. */
static void
test_pace (Stage *self, gconstpointer data)
{
  jump_event_feed_follow (self->feed);
  note (self, 0, JUMP_EXCHANGE_RECEIVED);
  g_assert_cmpuint (jump_event_feed_get_last (self->feed), ==, 1);
  note (self, 0, JUMP_EXCHANGE_WAITING);
  note (self, 1, JUMP_EXCHANGE_RECEIVED);
  note (self, 0, JUMP_EXCHANGE_STREAMING);
  note (self, 0, JUMP_EXCHANGE_ENDED);
  g_assert_cmpuint (jump_event_feed_get_last (self->feed), ==, 1);
  jump_clock_fake_advance (self->clock, 199);
  g_assert_cmpuint (jump_event_feed_get_last (self->feed), ==, 1);
  jump_clock_fake_advance (self->clock, 1);
  g_assert_cmpuint (jump_event_feed_get_last (self->feed), ==, 3);
  assert_event (self, 1, "r0", "pending");
  assert_event (self, 2, "r0", "completed");
  assert_event (self, 3, "r1", "pending");
  jump_clock_fake_advance (self->clock, 1000);
  note (self, 1, JUMP_EXCHANGE_ENDED);
  assert_event (self, 4, "r1", "completed");
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 0);
}

static void
test_nobody (Stage *self, gconstpointer data)
{
  gboolean is_gap;

  note (self, 0, JUMP_EXCHANGE_RECEIVED);
  note (self, 0, JUMP_EXCHANGE_ENDED);
  g_assert_null (jump_event_feed_get_next (self->feed, 0, &is_gap));
  g_assert_true (is_gap);
  g_assert_cmpuint (jump_clock_fake_count_alarms (self->clock), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/live-rows/pace", Stage, NULL, set_up, test_pace, tear_down);
  g_test_add ("/live-rows/nobody", Stage, NULL, set_up, test_nobody, tear_down);
  return g_test_run ();
}
