/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The keys of clients, and the button that makes a new one. */

#define JUMP_TYPE_KEY_LIST (jump_key_list_get_type ())
G_DECLARE_FINAL_TYPE (JumpKeyList, jump_key_list, JUMP, KEY_LIST, GtkBox)

GtkWidget *jump_key_list_new (JumpService *service);
