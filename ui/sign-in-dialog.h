/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* Code, QR code, remaining time; then what came of it, in plain words with the next step. Closing it
 * does not end the sign-in; Cancel does. Uses the actions "app.open-uri" and "app.copy-…". */

#define JUMP_TYPE_SIGN_IN_DIALOG (jump_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (JumpSignInDialog, jump_sign_in_dialog, JUMP, SIGN_IN_DIALOG, GtkDialog)

/* @parent: (nullable). Starts a sign-in when none runs; opens the browser once the code is there,
 * unless server.open_browser is off. */
GtkWidget *
jump_sign_in_dialog_new (GtkWindow *parent, GActionGroup *app_actions, JumpService *service);
