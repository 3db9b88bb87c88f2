/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* That there is a newer version, what is new in it, and a button that opens its page. Hidden as long as there
 * is none. */

#define JUMP_TYPE_UPDATE_CARD (jump_update_card_get_type ())
G_DECLARE_FINAL_TYPE (JumpUpdateCard, jump_update_card, JUMP, UPDATE_CARD, GtkBox)

GtkWidget *jump_update_card_new (JumpService *service, GActionGroup *app_actions);
