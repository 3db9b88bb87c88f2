/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The one window: header bar, sidebar, pages, and a bar for what went wrong. Knows the application's
 * actions by name only ("app." group), which the screen gives it. Remembers size and page.
 *
 * A page with something to search has an action signal "find" (G_SIGNAL_RUN_LAST, no arguments), which
 * Ctrl+F emits; pages are built when they are first shown. Its own actions, the "win." group: find ·
 * close · shortcuts · menu · leave-welcome. */

#define JUMP_TYPE_WINDOW (jump_window_get_type ())
G_DECLARE_FINAL_TYPE (JumpWindow, jump_window, JUMP, WINDOW, GtkWindow)

GtkWidget *jump_window_new (JumpService *service, GActionGroup *app_actions);
/* @page: "overview", "requests", "usage", "models", "settings" or "welcome". */
void jump_window_show_page (JumpWindow *self, const char *page);
const char *jump_window_get_page (JumpWindow *self);
void jump_window_show_request (JumpWindow *self, const char *id);
/* A short confirmation that fades by itself ("Address copied"). */
void jump_window_tell (JumpWindow *self, const char *text);
