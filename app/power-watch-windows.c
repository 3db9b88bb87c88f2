/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/power-watch.h"

#include <windows.h>

/* after windows.h, which it needs */
#include <powrprof.h>

/* powrprof.h of mingw does not have these yet. */
typedef ULONG CALLBACK (*PowerCallback) (gpointer context, ULONG type, gpointer setting);
typedef struct
{
  PowerCallback callback;
  gpointer context;
} PowerSubscription;

DWORD WINAPI PowerRegisterSuspendResumeNotification (DWORD flags,
                                                     HANDLE recipient,
                                                     gpointer *registration);
DWORD WINAPI PowerUnregisterSuspendResumeNotification (gpointer registration);

#define NOTIFY_BY_CALLBACK 2 /* DEVICE_NOTIFY_CALLBACK */

struct _JumpPowerWatch
{
  JumpWakeFunc func;
  gpointer user_data;
  PowerSubscription subscription; /* Windows reads it as long as we are registered */
  gpointer registration;          /* (owned) (nullable) */
  GSource *source;                /* (owned): made ready by the callback, in a thread of Windows */
};

static gboolean
on_source_ready (gpointer user_data)
{
  JumpPowerWatch *self = user_data;

  g_source_set_ready_time (self->source, -1);
  self->func (self->user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_source (GSource *source, GSourceFunc func, gpointer user_data)
{
  return func (user_data);
}

static const GSourceFuncs source_funcs = { .dispatch = dispatch_source };

static ULONG CALLBACK
on_power_changed (gpointer context, ULONG type, gpointer setting)
{
  JumpPowerWatch *self = context;

  /* PBT_APMRESUMEAUTOMATIC comes after each sleep; PBT_APMRESUMESUSPEND only follows it */
  if (type == PBT_APMRESUMEAUTOMATIC)
    g_source_set_ready_time (self->source, 0);
  return ERROR_SUCCESS;
}

/**
 * jump_power_watch_new:
 * @func: called from the main loop when the computer is awake again
 * @user_data: for @func
 *
 * By a callback and not by messages to a window: without a screen nobody would fetch those.
 *
 * Returns: (transfer full): the watch
 */
JumpPowerWatch *
jump_power_watch_new (JumpWakeFunc func, gpointer user_data)
{
  JumpPowerWatch *self = g_new0 (JumpPowerWatch, 1);

  self->func = func;
  self->user_data = user_data;
  self->source = g_source_new ((GSourceFuncs *) &source_funcs, sizeof (GSource));
  g_source_set_callback (self->source, on_source_ready, self, NULL);
  g_source_attach (self->source, NULL);
  self->subscription = (PowerSubscription){ on_power_changed, self };
  if (PowerRegisterSuspendResumeNotification (NOTIFY_BY_CALLBACK,
                                              &self->subscription,
                                              &self->registration) != ERROR_SUCCESS)
    self->registration = NULL;
  return self;
}

/**
 * jump_power_watch_free:
 * @self: (transfer full): the watch
 */
void
jump_power_watch_free (JumpPowerWatch *self)
{
  if (self->registration != NULL)
    PowerUnregisterSuspendResumeNotification (self->registration);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}
