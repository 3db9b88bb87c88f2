/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* Who is signed in, with which plan, and where that is kept. Signs in and out through the
 * application's actions. */

#define JUMP_TYPE_ACCOUNT_CARD (jump_account_card_get_type ())
G_DECLARE_FINAL_TYPE (JumpAccountCard, jump_account_card, JUMP, ACCOUNT_CARD, GtkBox)

void jump_account_card_set_service (JumpAccountCard *self, JumpService *service);
/* Shows how things are now. */
void jump_account_card_update (JumpAccountCard *self);
