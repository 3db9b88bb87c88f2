/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/signal-watch.h"

#include <windows.h>

struct _JumpSignalWatch
{
  JumpSignalFunc func;
  gpointer user_data;
  GSource *source; /* (owned) */
  HANDLE event;    /* (owned) set by the console's thread */
};

typedef struct
{
  GSource parent;
  GPollFD poll;
} EventSource;

/* The console calls its handler in a thread of its own and hands it nothing, so the event has a
 * name that only this process has. */
static char *
build_event_name (void)
{
  return g_strdup_printf ("Local\\jumpseat-signal-%lu", GetCurrentProcessId ());
}

static BOOL WINAPI
on_console_event (DWORD type)
{
  g_autofree char *name = build_event_name ();
  HANDLE event = OpenEventA (EVENT_MODIFY_STATE, FALSE, name);

  if (event == NULL)
    return FALSE;
  SetEvent (event);
  CloseHandle (event);
  return TRUE;
}

static gboolean
on_event_set (gpointer user_data)
{
  JumpSignalWatch *self = user_data;

  self->func (self->user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
event_source_prepare (GSource *source, int *timeout)
{
  *timeout = -1;
  return FALSE;
}

static gboolean
event_source_check (GSource *source)
{
  return (((EventSource *) source)->poll.revents & G_IO_IN) != 0;
}

static gboolean
event_source_dispatch (GSource *source, GSourceFunc func, gpointer user_data)
{
  return func (user_data);
}

static const GSourceFuncs event_source_funcs = {
  .prepare = event_source_prepare,
  .check = event_source_check,
  .dispatch = event_source_dispatch,
};

/**
 * jump_signal_watch_new:
 * @func: called from the main loop at Ctrl-C, Ctrl-Break, and when the console closes
 * @user_data: for @func
 *
 * Returns: (transfer full): the watch; without one these end the program at once
 */
JumpSignalWatch *
jump_signal_watch_new (JumpSignalFunc func, gpointer user_data)
{
  JumpSignalWatch *self = g_new0 (JumpSignalWatch, 1);
  g_autofree char *name = build_event_name ();
  EventSource *source;

  self->func = func;
  self->user_data = user_data;
  self->event = CreateEventA (NULL, FALSE, FALSE, name);
  self->source = g_source_new ((GSourceFuncs *) &event_source_funcs, sizeof (EventSource));
  source = (EventSource *) self->source;
  source->poll.fd = (gintptr) self->event;
  source->poll.events = G_IO_IN;
  g_source_add_poll (self->source, &source->poll);
  g_source_set_callback (self->source, on_event_set, self, NULL);
  g_source_attach (self->source, NULL);
  SetConsoleCtrlHandler (on_console_event, TRUE);
  return self;
}

/**
 * jump_signal_watch_free:
 * @self: (transfer full): the watch
 */
void
jump_signal_watch_free (JumpSignalWatch *self)
{
  SetConsoleCtrlHandler (on_console_event, FALSE);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  CloseHandle (self->event);
  g_free (self);
}
