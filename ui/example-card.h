/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* Something to copy that works at once, for the program that one has. */

#define JUMP_TYPE_EXAMPLE_CARD (jump_example_card_get_type ())
G_DECLARE_FINAL_TYPE (JumpExampleCard, jump_example_card, JUMP, EXAMPLE_CARD, GtkBox)

void jump_example_card_set_service (JumpExampleCard *self, JumpService *service);
/* Shows how things are now. */
void jump_example_card_update (JumpExampleCard *self);
