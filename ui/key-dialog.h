/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* Makes a client key: asks for its name and limits, then shows its secret, this once. Destroys itself when it is
 * closed. */

#define JUMP_TYPE_KEY_DIALOG (jump_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (JumpKeyDialog, jump_key_dialog, JUMP, KEY_DIALOG, GtkDialog)

GtkWidget *jump_key_dialog_new (GtkWindow *parent, JumpKeyStore *keys);
