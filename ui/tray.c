/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/tray.h"

G_DEFINE_INTERFACE (JumpTray, jump_tray, G_TYPE_OBJECT)

static void
jump_tray_default_init (JumpTrayInterface *iface)
{
  g_signal_new ("visible-changed",
                JUMP_TYPE_TRAY,
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                1,
                G_TYPE_BOOLEAN);
  g_signal_new ("activated",
                JUMP_TYPE_TRAY,
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
}

/**
 * jump_tray_set_icon:
 * @self: the icon
 * @icon: a name of data/icons, without folder and extension
 * @description: the picture in words, for screen readers
 * @is_attention: whether the panel may make it stand out
 */
void
jump_tray_set_icon (JumpTray *self,
                    const char *icon,
                    const char *description,
                    gboolean is_attention)
{
  JUMP_TRAY_GET_IFACE (self)->set_icon (self, icon, description, is_attention);
}

/**
 * jump_tray_set_title:
 * @self: the icon
 * @title: one line of text, which most panels show as tooltip
 */
void
jump_tray_set_title (JumpTray *self, const char *title)
{
  JUMP_TRAY_GET_IFACE (self)->set_title (self, title);
}

/**
 * jump_tray_set_menu:
 * @self: the icon
 * @menu: (transfer none): what a click opens; kept
 * @main_item: (transfer none): the item of @menu that a click with the middle button activates
 */
void
jump_tray_set_menu (JumpTray *self, GtkMenu *menu, GtkWidget *main_item)
{
  JUMP_TRAY_GET_IFACE (self)->set_menu (self, menu, main_item);
}

/**
 * jump_tray_get_is_visible:
 * @self: the icon
 *
 * Returns: whether somebody shows it; FALSE as long as that is not known
 */
gboolean
jump_tray_get_is_visible (JumpTray *self)
{
  return JUMP_TRAY_GET_IFACE (self)->get_is_visible (self);
}

/**
 * jump_tray_emit_visible_changed:
 * @self: the icon, whose visibility became another one, or is known for the first time
 */
void
jump_tray_emit_visible_changed (JumpTray *self)
{
  g_signal_emit_by_name (self, "visible-changed", jump_tray_get_is_visible (self));
}

/**
 * jump_tray_emit_activated:
 * @self: the icon, which was clicked
 */
void
jump_tray_emit_activated (JumpTray *self)
{
  g_signal_emit_by_name (self, "activated");
}
