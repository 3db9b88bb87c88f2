/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* Whether the service listens, where, and a button that pauses it. */

#define JUMP_TYPE_SERVING_CARD (jump_serving_card_get_type ())
G_DECLARE_FINAL_TYPE (JumpServingCard, jump_serving_card, JUMP, SERVING_CARD, GtkBox)

void jump_serving_card_set_service (JumpServingCard *self, JumpService *service);
/* Shows how things are now. */
void jump_serving_card_update (JumpServingCard *self);
