/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/shell-icon-windows.h"

#include "ui/notification-menu-windows.h"

#include <shellapi.h>
#include <string.h>

#define ICON_NUMBER 1

static void
fill_data (JumpShellIcon *self, NOTIFYICONDATAW *data)
{
  memset (data, 0, sizeof *data);
  data->cbSize = sizeof *data;
  data->hWnd = self->window;
  data->uID = ICON_NUMBER;
  data->uFlags = NIF_MESSAGE | NIF_ICON | NIF_TIP | NIF_SHOWTIP;
  data->uCallbackMessage = self->message;
  data->hIcon = self->icon;
  jump_notification_text_copy (data->szTip,
                               G_N_ELEMENTS (data->szTip),
                               self->tooltip != NULL ? self->tooltip : self->name);
}

static void
update (JumpShellIcon *self)
{
  NOTIFYICONDATAW data;

  if (!self->is_added)
    return;
  fill_data (self, &data);
  if (!Shell_NotifyIconW (NIM_MODIFY, &data))
    g_debug ("the taskbar did not take the icon's change: %lu", GetLastError ());
}

/* A taskbar that is too busy to answer may have done a NIM_ADD that is said to have failed. */
gboolean
jump_shell_icon_add (JumpShellIcon *self, HWND window, UINT message)
{
  NOTIFYICONDATAW data;

  self->window = window;
  self->message = message;
  fill_data (self, &data);
  self->is_added = Shell_NotifyIconW (NIM_ADD, &data) || Shell_NotifyIconW (NIM_MODIFY, &data);
  if (self->is_added)
    {
      data.uVersion = NOTIFYICON_VERSION_4;
      Shell_NotifyIconW (NIM_SETVERSION, &data);
    }
  return self->is_added;
}

void
jump_shell_icon_remove (JumpShellIcon *self)
{
  NOTIFYICONDATAW data;

  fill_data (self, &data);
  Shell_NotifyIconW (NIM_DELETE, &data);
  self->is_added = FALSE;
}

void
jump_shell_icon_take_icon (JumpShellIcon *self, HICON icon)
{
  HICON before = self->icon;

  self->icon = icon;
  update (self);
  if (before != NULL)
    DestroyIcon (before);
}

void
jump_shell_icon_take_tooltip (JumpShellIcon *self, char *tooltip)
{
  g_free (self->tooltip);
  self->tooltip = tooltip;
  update (self);
}

void
jump_shell_icon_show_notice (JumpShellIcon *self,
                             guint number,
                             const char *title,
                             const char *text,
                             gboolean is_urgent)
{
  NOTIFYICONDATAW data;

  if (!self->is_added)
    return;
  fill_data (self, &data);
  data.uFlags |= NIF_INFO;
  data.dwInfoFlags = self->picture != NULL ? NIIF_USER | NIIF_LARGE_ICON : NIIF_INFO;
  if (!is_urgent)
    data.dwInfoFlags |= NIIF_RESPECT_QUIET_TIME;
  data.hBalloonIcon = self->picture;
  jump_notification_text_copy (data.szInfoTitle, G_N_ELEMENTS (data.szInfoTitle), title);
  jump_notification_text_copy (data.szInfo, G_N_ELEMENTS (data.szInfo), text);
  self->notice = number;
  Shell_NotifyIconW (NIM_MODIFY, &data);
}

void
jump_shell_icon_hide_notice (JumpShellIcon *self, guint number)
{
  NOTIFYICONDATAW data;

  if (!self->is_added || self->notice != number)
    return;
  self->notice = 0;
  fill_data (self, &data);
  data.uFlags |= NIF_INFO; /* with no text: the notice goes */
  Shell_NotifyIconW (NIM_MODIFY, &data);
}

void
jump_shell_icon_focus (JumpShellIcon *self)
{
  NOTIFYICONDATAW data;

  if (!self->is_added || GetForegroundWindow () != self->window)
    return;
  fill_data (self, &data);
  Shell_NotifyIconW (NIM_SETFOCUS, &data);
}

void
jump_shell_icon_clear (JumpShellIcon *self)
{
  g_clear_pointer (&self->icon, DestroyIcon);
  g_clear_pointer (&self->picture, DestroyIcon);
  g_clear_pointer (&self->tooltip, g_free);
  g_clear_pointer (&self->name, g_free);
}
