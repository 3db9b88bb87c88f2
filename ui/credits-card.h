/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What is left of the month. */

#define JUMP_TYPE_CREDITS_CARD (jump_credits_card_get_type ())
G_DECLARE_FINAL_TYPE (JumpCreditsCard, jump_credits_card, JUMP, CREDITS_CARD, GtkBox)

void jump_credits_card_set_service (JumpCreditsCard *self, JumpService *service);
/* Shows how things are now. */
void jump_credits_card_update (JumpCreditsCard *self);
