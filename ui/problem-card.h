/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What went wrong last, and the button that helps; or that nothing did. */

#define JUMP_TYPE_PROBLEM_CARD (jump_problem_card_get_type ())
G_DECLARE_FINAL_TYPE (JumpProblemCard, jump_problem_card, JUMP, PROBLEM_CARD, GtkBox)

void jump_problem_card_set_service (JumpProblemCard *self, JumpService *service);
/* Shows how things are now. */
void jump_problem_card_update (JumpProblemCard *self);
