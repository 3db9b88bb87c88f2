/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* All there is to say of one model, and what can be done with it. */

#define JUMP_TYPE_MODEL_DETAILS (jump_model_details_get_type ())
G_DECLARE_FINAL_TYPE (JumpModelDetails, jump_model_details, JUMP, MODEL_DETAILS, GtkBox)

void jump_model_details_set_service (JumpModelDetails *self, JumpService *service);
/* @model: (nullable) */
void jump_model_details_set_model (JumpModelDetails *self, JumpModel *model);
