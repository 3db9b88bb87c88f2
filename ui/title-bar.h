/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The window's header bar: the page and the state, the account, the menu. Its buttons act through
 * the groups "app." and "win.". */

#define JUMP_TYPE_TITLE_BAR (jump_title_bar_get_type ())
G_DECLARE_FINAL_TYPE (JumpTitleBar, jump_title_bar, JUMP, TITLE_BAR, GtkHeaderBar)

void jump_title_bar_set_service (JumpTitleBar *self, JumpService *service);
void jump_title_bar_set_page_title (JumpTitleBar *self, const char *title);
/* Whether there is a button to sign in while nobody is; not where the page has one. */
void jump_title_bar_set_offers_sign_in (JumpTitleBar *self, gboolean offers);
void jump_title_bar_open_menu (JumpTitleBar *self);
