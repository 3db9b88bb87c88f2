/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/power-watch.h"

#include <windows.h>

#define CLASS_NAME L"JumpseatPowerWatch"

struct _JumpPowerWatch
{
  JumpWakeFunc func;
  gpointer user_data;
  HWND window; /* (owned): never shown; Windows tells windows only. GLib's loop serves it */
};

static LRESULT CALLBACK
on_window_told (HWND window, UINT message, WPARAM event, LPARAM details)
{
  JumpPowerWatch *self = (JumpPowerWatch *) GetWindowLongPtrW (window, GWLP_USERDATA);

  /* PBT_APMRESUMEAUTOMATIC comes after each sleep; PBT_APMRESUMESUSPEND only follows it */
  if (message == WM_POWERBROADCAST && event == PBT_APMRESUMEAUTOMATIC && self != NULL)
    {
      self->func (self->user_data);
      return TRUE;
    }
  return DefWindowProcW (window, message, event, details);
}

/**
 * jump_power_watch_new:
 * @func: called from the main loop when the computer is awake again
 * @user_data: for @func
 *
 * A top-level window: message-only ones get no broadcasts.
 *
 * Returns: (transfer full): the watch
 */
JumpPowerWatch *
jump_power_watch_new (JumpWakeFunc func, gpointer user_data)
{
  JumpPowerWatch *self = g_new0 (JumpPowerWatch, 1);
  WNDCLASSW window_class = {
    .lpfnWndProc = on_window_told,
    .hInstance = GetModuleHandleW (NULL),
    .lpszClassName = CLASS_NAME,
  };

  self->func = func;
  self->user_data = user_data;
  RegisterClassW (&window_class);
  self->window =
      CreateWindowExW (0, CLASS_NAME, L"", 0, 0, 0, 0, 0, NULL, NULL, window_class.hInstance, NULL);
  if (self->window != NULL)
    SetWindowLongPtrW (self->window, GWLP_USERDATA, (LONG_PTR) self);
  return self;
}

/**
 * jump_power_watch_free:
 * @self: (transfer full): the watch
 */
void
jump_power_watch_free (JumpPowerWatch *self)
{
  if (self->window != NULL)
    DestroyWindow (self->window);
  UnregisterClassW (CLASS_NAME, GetModuleHandleW (NULL));
  g_free (self);
}
