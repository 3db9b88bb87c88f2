/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The other names of one model: those of the settings, to add to and to take from. */

#define JUMP_TYPE_ALIAS_LIST (jump_alias_list_get_type ())
G_DECLARE_FINAL_TYPE (JumpAliasList, jump_alias_list, JUMP, ALIAS_LIST, GtkBox)

void jump_alias_list_set_service (JumpAliasList *self, JumpService *service);
void jump_alias_list_set_model (JumpAliasList *self, const char *id);
