/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What can be done with everything that the history has: put it into a file, take in a file, delete. */

#define JUMP_TYPE_HISTORY_MENU (jump_history_menu_get_type ())
G_DECLARE_FINAL_TYPE (JumpHistoryMenu, jump_history_menu, JUMP, HISTORY_MENU, GtkMenuButton)

/* Emits "changed" when the history is another one now: after an import, and when something was deleted. */
void jump_history_menu_set_service (JumpHistoryMenu *self, JumpService *service);
/* As its item for that, for where the menu is not shown. */
void jump_history_menu_ask_import (JumpHistoryMenu *self);
