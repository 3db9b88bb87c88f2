/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>
#include <windows.h>

/* What the taskbar knows of our icon. Belongs to the thread of the window that gets its messages. */

typedef struct
{
  HWND window; /* (unowned): while the icon is there */
  UINT message;
  char *name;    /* (owned): the tooltip until there is one */
  char *tooltip; /* (owned) (nullable) */
  HICON icon;    /* (owned) (nullable) */
  HICON picture; /* (owned) (nullable): the program's, for notices */
  guint notice;  /* the last one's number; 0: none, or it was hidden */
  gboolean is_added;
} JumpShellIcon;

/* @message: sent to @window for whatever happens to the icon. Returns: whether the taskbar has it. */
gboolean jump_shell_icon_add (JumpShellIcon *self, HWND window, UINT message);
void jump_shell_icon_remove (JumpShellIcon *self);
/* @icon: (transfer full) */
void jump_shell_icon_take_icon (JumpShellIcon *self, HICON icon);
/* @tooltip: (transfer full) */
void jump_shell_icon_take_tooltip (JumpShellIcon *self, char *tooltip);
void jump_shell_icon_show_notice (JumpShellIcon *self,
                                  guint number,
                                  const char *title,
                                  const char *text,
                                  gboolean is_urgent);
void jump_shell_icon_hide_notice (JumpShellIcon *self, guint number);
/* Gives the keyboard back to the taskbar, when our window still has it. */
void jump_shell_icon_focus (JumpShellIcon *self);
void jump_shell_icon_clear (JumpShellIcon *self);
