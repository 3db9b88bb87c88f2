/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* A model in the list: name, limits, price, abilities, state. */

#define JUMP_TYPE_MODEL_ROW (jump_model_row_get_type ())
G_DECLARE_FINAL_TYPE (JumpModelRow, jump_model_row, JUMP, MODEL_ROW, GtkListBoxRow)

GtkWidget *jump_model_row_new (JumpModel *model);
JumpModel *jump_model_row_get_model (JumpModelRow *self);
void jump_model_row_set_model (JumpModelRow *self, JumpModel *model);
/* Where it stands in upstream's list. */
guint jump_model_row_get_position (JumpModelRow *self);
void jump_model_row_set_position (JumpModelRow *self, guint position);
void jump_model_row_set_is_default (JumpModelRow *self, gboolean is_default);
