/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* One client key: name, state, what it allows, and what can be done with it. */

#define JUMP_TYPE_KEY_ROW (jump_key_row_get_type ())
G_DECLARE_FINAL_TYPE (JumpKeyRow, jump_key_row, JUMP, KEY_ROW, GtkListBoxRow)

GtkWidget *jump_key_row_new (JumpKeyStore *keys, JumpClientKey *key);
