/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The menu of the icon: follows the service while it lives; labels change in place, so that nothing
 * flickers while it is open. */

#define JUMP_TYPE_TRAY_MENU (jump_tray_menu_get_type ())
G_DECLARE_FINAL_TYPE (JumpTrayMenu, jump_tray_menu, JUMP, TRAY_MENU, GtkMenu)

GtkWidget *jump_tray_menu_new (JumpService *service, GActionGroup *app_actions);
/* Returns: (transfer none): the item that opens the window */
GtkWidget *jump_tray_menu_get_open_item (JumpTrayMenu *self);
