/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The screen as a whole: owns window, tray, notifier and the sign-in dialog, adds its actions to the
 * application, and goes when the application shuts down. Rebuilds window and tray when the language
 * changes.
 *
 * Actions on the application (a GActionMap), by owner:
 *   app/:  quit · start-at-login (state b) · try-demo · restart · open-logs
 *   ui/:   show-window · show-page (s) · show-request (s: id) · sign-in · sign-out · pause (state b) ·
 *          copy-address (s: openai|anthropic|ollama) · open-uri (s) · refresh-token · about ·
 *          copy-diagnostics · check-connection · report · dashboard · answer-approval (ss: id; once|ten_minutes|always|deny)
 * All of them are reachable over D-Bus (org.gtk.Actions), for desktop file, notifications and tests. */

#define JUMP_TYPE_SCREEN (jump_screen_get_type ())
G_DECLARE_FINAL_TYPE (JumpScreen, jump_screen, JUMP, SCREEN, GObject)

JumpScreen *jump_screen_new (GApplication *application, JumpService *service);
JumpService *jump_screen_get_service (JumpScreen *self);
GApplication *jump_screen_get_application (JumpScreen *self);
/* Builds the window when there is none, raises it. */
void jump_screen_show_window (JumpScreen *self);
/* Returns: (transfer none) (nullable): the window, when it exists. */
GtkWindow *jump_screen_get_window (JumpScreen *self);
void jump_screen_show_page (JumpScreen *self, const char *page);
void jump_screen_show_request (JumpScreen *self, const char *id);
/* Shows the sign-in dialog, and starts a sign-in when none runs. */
void jump_screen_sign_in (JumpScreen *self);
/* Puts @text on the clipboard and says @done where people look: in the window, or as a notification. */
void jump_screen_copy (JumpScreen *self, const char *text, const char *done);
/* Shows @dialog instead of the last one; it goes with the screen. */
void jump_screen_show_dialog (JumpScreen *self, GtkWidget *dialog);
/* The dialog of that type, when one is open. Returns: whether it is */
gboolean jump_screen_raise_dialog (JumpScreen *self, GType type);
/* Returns: (transfer none) (nullable): what a dialog may stand in front of. */
GtkWindow *jump_screen_get_visible_window (JumpScreen *self);
/* Says @text, a short sentence, where people look. */
void jump_screen_tell (JumpScreen *self, const char *text);
/* Whether a panel shows the icon. */
gboolean jump_screen_has_tray (JumpScreen *self);
/* Opens a web address in the browser. */
void jump_screen_open_uri (JumpScreen *self, const char *uri);
