/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/support/clock-fake.h"

typedef struct
{
  guint id;
  gint64 due; /* monotonic µs */
  GSourceOnceFunc func;
  gpointer user_data;
} Alarm;

struct _JumpClockFake
{
  GObject parent_instance;

  gint64 wall;
  gint64 monotonic;
  guint last_id;
  GArray *alarms; /* (owned) (element-type Alarm), in no order */
};

static void clock_iface_init (JumpClockInterface *iface);

G_DEFINE_TYPE_WITH_CODE (JumpClockFake,
                         jump_clock_fake,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (JUMP_TYPE_CLOCK, clock_iface_init))

static Alarm *
find_next (JumpClockFake *self)
{
  Alarm *next = NULL;

  for (guint i = 0; i < self->alarms->len; i++)
    {
      Alarm *alarm = &g_array_index (self->alarms, Alarm, i);

      if (next == NULL || alarm->due < next->due ||
          (alarm->due == next->due && alarm->id < next->id))
        next = alarm;
    }
  return next;
}

static void
remove_alarm_by_id (JumpClockFake *self, guint id)
{
  for (guint i = 0; i < self->alarms->len; i++)
    {
      if (g_array_index (self->alarms, Alarm, i).id == id)
        {
          g_array_remove_index (self->alarms, i);
          return;
        }
    }
}

static gint64
jump_clock_fake_get_wall_time (JumpClock *clock)
{
  return JUMP_CLOCK_FAKE (clock)->wall;
}

static gint64
jump_clock_fake_get_monotonic_time (JumpClock *clock)
{
  return JUMP_CLOCK_FAKE (clock)->monotonic;
}

static guint
jump_clock_fake_add_alarm (JumpClock *clock,
                           guint64 delay_ms,
                           GSourceOnceFunc func,
                           gpointer user_data)
{
  JumpClockFake *self = JUMP_CLOCK_FAKE (clock);
  Alarm alarm = {
    .id = ++self->last_id,
    .due = self->monotonic + (gint64) delay_ms * 1000,
    .func = func,
    .user_data = user_data,
  };

  g_array_append_val (self->alarms, alarm);
  return alarm.id;
}

static void
jump_clock_fake_remove_alarm (JumpClock *clock, guint alarm_id)
{
  remove_alarm_by_id (JUMP_CLOCK_FAKE (clock), alarm_id);
}

static void
clock_iface_init (JumpClockInterface *iface)
{
  iface->get_wall_time = jump_clock_fake_get_wall_time;
  iface->get_monotonic_time = jump_clock_fake_get_monotonic_time;
  iface->add_alarm = jump_clock_fake_add_alarm;
  iface->remove_alarm = jump_clock_fake_remove_alarm;
}

static void
jump_clock_fake_finalize (GObject *object)
{
  JumpClockFake *self = JUMP_CLOCK_FAKE (object);

  g_clear_pointer (&self->alarms, g_array_unref);
  G_OBJECT_CLASS (jump_clock_fake_parent_class)->finalize (object);
}

static void
jump_clock_fake_class_init (JumpClockFakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jump_clock_fake_finalize;
}

static void
jump_clock_fake_init (JumpClockFake *self)
{
  self->wall = G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC;
  self->monotonic = G_GINT64_CONSTANT (1000) * G_USEC_PER_SEC;
  self->alarms = g_array_new (FALSE, FALSE, sizeof (Alarm));
}

JumpClock *
jump_clock_fake_new (void)
{
  return g_object_new (JUMP_TYPE_CLOCK_FAKE, NULL);
}

void
jump_clock_fake_advance (JumpClock *clock, guint64 ms)
{
  g_autoptr (JumpClockFake) self = g_object_ref (JUMP_CLOCK_FAKE (clock));
  gint64 end = self->monotonic + (gint64) ms * 1000;

  while (TRUE)
    {
      Alarm *next = find_next (self);
      Alarm alarm;

      if (next == NULL || next->due > end)
        break;
      alarm = *next;
      remove_alarm_by_id (self, alarm.id);
      if (alarm.due > self->monotonic)
        {
          self->wall += alarm.due - self->monotonic;
          self->monotonic = alarm.due;
        }
      alarm.func (alarm.user_data);
    }
  self->wall += end - self->monotonic;
  self->monotonic = end;
}

void
jump_clock_fake_sleep (JumpClock *clock, gint64 seconds)
{
  JUMP_CLOCK_FAKE (clock)->wall += seconds * G_USEC_PER_SEC;
}

guint
jump_clock_fake_count_alarms (JumpClock *clock)
{
  return JUMP_CLOCK_FAKE (clock)->alarms->len;
}

gint64
jump_clock_fake_get_next_alarm (JumpClock *clock)
{
  JumpClockFake *self = JUMP_CLOCK_FAKE (clock);
  Alarm *next = find_next (self);

  return next == NULL ? -1 : MAX (0, (next->due - self->monotonic) / 1000);
}
