/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/signal-watch.h"

#include <windows.h>

struct _JumpSignalWatch
{
  JumpSignalFunc func;
  gpointer user_data;
  GSource *source;   /* (owned) */
  HANDLE event;      /* (owned) set by the threads of console and session */
  GThread *thread;   /* (owned) fetches the messages of a window */
  HANDLE is_started; /* (owned) set when the thread has its window */
  HWND window;       /* the thread's; NULL where there are no windows */
  int is_ending;     /* atomic: Windows waits for us */
};

#define CLASS_NAME L"JumpseatSession"
/* Windows ends a program that takes longer than 5 s. */
#define END_MS 4000

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

/* At the end of the session: whoever returns from this message may be ended at once, so it stays here while
 * the main loop comes to its end, and with it the process. */
static LRESULT CALLBACK
on_window_told (HWND window, UINT message, WPARAM first, LPARAM second)
{
  JumpSignalWatch *self = (JumpSignalWatch *) GetWindowLongPtrW (window, GWLP_USERDATA);

  if (message == WM_ENDSESSION && first != 0 && self != NULL)
    {
      g_atomic_int_set (&self->is_ending, TRUE);
      SetEvent (self->event);
      Sleep (END_MS);
      return 0;
    }
  if (message == WM_DESTROY)
    PostQuitMessage (0);
  return DefWindowProcW (window, message, first, second);
}

/* A window that is never shown: programs with windows hear of the end of the session only by them. */
static gpointer
run_window (gpointer data)
{
  JumpSignalWatch *self = data;
  WNDCLASSW window_class = {
    .lpfnWndProc = on_window_told,
    .hInstance = GetModuleHandleW (NULL),
    .lpszClassName = CLASS_NAME,
  };
  HWND window;
  MSG message;

  RegisterClassW (&window_class);
  window =
      CreateWindowExW (0, CLASS_NAME, L"", 0, 0, 0, 0, 0, NULL, NULL, window_class.hInstance, NULL);
  if (window != NULL)
    SetWindowLongPtrW (window, GWLP_USERDATA, (LONG_PTR) self);
  g_atomic_pointer_set (&self->window, window);
  SetEvent (self->is_started);
  while (window != NULL && GetMessageW (&message, NULL, 0, 0) > 0)
    DispatchMessageW (&message);
  return NULL;
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
 * @func: called from the main loop at Ctrl-C, Ctrl-Break, when the console closes, and at the end of the session
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
  self->is_started = CreateEventA (NULL, FALSE, FALSE, NULL);
  self->thread = g_thread_new ("session-watch", run_window, self);
  WaitForSingleObject (self->is_started, INFINITE);
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
  /* The thread is not to return then; it ends with the process, and so does what it uses. */
  if (g_atomic_int_get (&self->is_ending))
    return;
  if (self->window != NULL)
    PostMessageW (self->window, WM_CLOSE, 0, 0);
  g_thread_join (self->thread);
  CloseHandle (self->is_started);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  CloseHandle (self->event);
  g_free (self);
}
