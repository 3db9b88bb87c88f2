/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* The token of Copilot: how long it is still good, and a button that renews it. */

#define JUMP_TYPE_TOKEN_CARD (jump_token_card_get_type ())
G_DECLARE_FINAL_TYPE (JumpTokenCard, jump_token_card, JUMP, TOKEN_CARD, GtkBox)

void jump_token_card_set_service (JumpTokenCard *self, JumpService *service);
/* Shows how things are now. */
void jump_token_card_update (JumpTokenCard *self);
/* Only while somebody looks is the time that is left counted down. */
