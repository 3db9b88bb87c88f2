/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/clock-system.h"

/* From here on an alarm may be late by up to a second for the sake of fewer wake-ups. */
#define COALESCED_FROM_MS 1000
/* An alarm that is set again from its own function starts a moment after the mark; without this
 * allowance each round would last a second longer than asked for. */
#define EARLY_US (50 * 1000)

struct _JumpClockSystem
{
  GObject parent_instance;
};

typedef struct
{
  GSourceOnceFunc func;
  gpointer user_data;
} Alarm;

static void clock_iface_init (JumpClockInterface *iface);

G_DEFINE_TYPE_WITH_CODE (JumpClockSystem,
                         jump_clock_system,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (JUMP_TYPE_CLOCK, clock_iface_init))

static gboolean
on_alarm_due (gpointer user_data)
{
  Alarm *alarm = user_data;

  alarm->func (alarm->user_data);
  return G_SOURCE_REMOVE;
}

/* All longer alarms fall on whole seconds of monotonic time, so that they share wake-ups. */
static gint64
round_to_mark (gint64 due)
{
  gint64 seconds = (due - EARLY_US + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  return seconds * G_USEC_PER_SEC;
}

static gint64
jump_clock_system_get_wall_time (JumpClock *clock)
{
  return g_get_real_time ();
}

static gint64
jump_clock_system_get_monotonic_time (JumpClock *clock)
{
  return g_get_monotonic_time ();
}

static guint
jump_clock_system_add_alarm (JumpClock *clock,
                             guint64 delay_ms,
                             GSourceOnceFunc func,
                             gpointer user_data)
{
  g_autoptr (GSource) source = g_timeout_source_new (0);
  gint64 due = g_get_monotonic_time () + (gint64) MIN (delay_ms, G_MAXINT32) * 1000;
  Alarm *alarm = g_new (Alarm, 1);

  alarm->func = func;
  alarm->user_data = user_data;
  g_source_set_ready_time (source, delay_ms < COALESCED_FROM_MS ? due : round_to_mark (due));
  g_source_set_callback (source, on_alarm_due, alarm, g_free);
  g_source_set_name (source, "jumpseat alarm");
  return g_source_attach (source, NULL);
}

static void
jump_clock_system_remove_alarm (JumpClock *clock, guint alarm_id)
{
  g_source_remove (alarm_id);
}

static void
clock_iface_init (JumpClockInterface *iface)
{
  iface->get_wall_time = jump_clock_system_get_wall_time;
  iface->get_monotonic_time = jump_clock_system_get_monotonic_time;
  iface->add_alarm = jump_clock_system_add_alarm;
  iface->remove_alarm = jump_clock_system_remove_alarm;
}

static void
jump_clock_system_class_init (JumpClockSystemClass *klass)
{
}

static void
jump_clock_system_init (JumpClockSystem *self)
{
}

/**
 * jump_clock_system_new:
 *
 * Alarms go off in the default main context.
 *
 * Returns: (transfer full): the machine's time
 */
JumpClock *
jump_clock_system_new (void)
{
  return g_object_new (JUMP_TYPE_CLOCK_SYSTEM, NULL);
}
