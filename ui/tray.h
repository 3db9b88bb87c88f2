/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* The icon in the panel. One file per backend (tray-appindicator.c, tray-windows.c), chosen by the
 * build. Knows pictures and a menu, nothing of the service. */

#define JUMP_TYPE_TRAY (jump_tray_get_type ())
G_DECLARE_INTERFACE (JumpTray, jump_tray, JUMP, TRAY, GObject)

struct _JumpTrayInterface
{
  GTypeInterface parent_iface;

  void (*set_icon) (JumpTray *self,
                    const char *icon,
                    const char *description,
                    gboolean is_attention);
  void (*set_title) (JumpTray *self, const char *title);
  void (*set_menu) (JumpTray *self, GtkMenu *menu, GtkWidget *main_item);
  gboolean (*get_is_visible) (JumpTray *self);
};

/* "visible-changed" (gboolean): somebody shows the icon now, or nobody does any more. Panels come
 * late at login, so the first one, of either kind, comes when it is certain.
 * "activated": the icon itself was clicked, where the desktop tells. */

/* @id: "jumpseat". @application: for its bus connection. Returns: (transfer full): the backend's */
JumpTray *jump_tray_new (const char *id, GApplication *application);
/* @icon: a name of data/icons. @description: for screen readers. */
void jump_tray_set_icon (JumpTray *self,
                         const char *icon,
                         const char *description,
                         gboolean is_attention);
void jump_tray_set_title (JumpTray *self, const char *title);
/* @main_item: of @menu; what a click with the middle button does. */
void jump_tray_set_menu (JumpTray *self, GtkMenu *menu, GtkWidget *main_item);
/* Whether a panel shows it, as far as can be known. */
gboolean jump_tray_get_is_visible (JumpTray *self);

/* For backends. */
void jump_tray_emit_visible_changed (JumpTray *self);
void jump_tray_emit_activated (JumpTray *self);
