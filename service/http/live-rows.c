/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/live-rows.h"

#include "service/history/history-line.h"

#define PAUSE_MS 200
#define NAME     "request"

struct _JumpLiveRows
{
  JumpEventFeed *feed; /* (owned) */
  JumpClock *clock;    /* (owned) */
  GPtrArray *waiting;  /* (owned) (element-type JumpExchangeRecord): each once */
  gint64 told_at;      /* monotonic µs; -1: never */
  guint alarm;
};

static void
tell (JumpLiveRows *self)
{
  self->told_at = jump_clock_get_monotonic_time (self->clock);
  for (guint i = 0; i < self->waiting->len; i++)
    {
      g_auto (JumpJsonWriter) writer = { 0 };

      jump_json_writer_init (&writer);
      jump_history_line_write_item (&writer, g_ptr_array_index (self->waiting, i));
      jump_event_feed_publish (self->feed, NAME, jump_json_writer_finish (&writer));
    }
  g_ptr_array_set_size (self->waiting, 0);
}

static void
on_pause_over (gpointer user_data)
{
  JumpLiveRows *self = user_data;

  self->alarm = 0;
  tell (self);
}

JumpLiveRows *
jump_live_rows_new (JumpEventFeed *feed, JumpClock *clock)
{
  JumpLiveRows *self = g_new0 (JumpLiveRows, 1);

  self->feed = g_object_ref (feed);
  self->clock = g_object_ref (clock);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_exchange_record_unref);
  self->told_at = -1;
  return self;
}

void
jump_live_rows_free (JumpLiveRows *self)
{
  jump_clock_clear_alarm (self->clock, &self->alarm);
  g_ptr_array_unref (self->waiting);
  g_object_unref (self->feed);
  g_object_unref (self->clock);
  g_free (self);
}

/**
 * jump_live_rows_note:
 * @record: referenced until it was told of
 *
 * The first one is told of at once, what follows within 200 ms together, as it is then.
 */
void
jump_live_rows_note (JumpLiveRows *self, JumpExchangeRecord *record)
{
  gint64 passed_us;

  if (!jump_event_feed_has_followers (self->feed))
    {
      jump_event_feed_skip (self->feed);
      return;
    }
  if (g_ptr_array_find (self->waiting, record, NULL))
    return;
  g_ptr_array_add (self->waiting, jump_exchange_record_ref (record));
  if (self->alarm != 0)
    return;
  passed_us = jump_clock_get_monotonic_time (self->clock) - self->told_at;
  if (self->told_at < 0 || passed_us >= PAUSE_MS * 1000)
    tell (self);
  else
    self->alarm = jump_clock_add_alarm (self->clock,
                                        PAUSE_MS - (guint64) (passed_us / 1000),
                                        on_pause_over,
                                        self);
}
