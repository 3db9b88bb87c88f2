/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What went through since midnight, as figures and as a chart. */

#define JUMP_TYPE_TODAY_CARD (jump_today_card_get_type ())
G_DECLARE_FINAL_TYPE (JumpTodayCard, jump_today_card, JUMP, TODAY_CARD, GtkBox)

void jump_today_card_set_service (JumpTodayCard *self, JumpService *service);
/* Shows how things are now. */
void jump_today_card_update (JumpTodayCard *self);
