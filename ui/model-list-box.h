/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"
#include "ui/model-filter.h"

#include <gtk/gtk.h>

/* The rows of the models. Made a few at a time while nothing else is to do, and kept where a new
 * catalogue has the same models. "selected" (JumpModel *): (nullable) another row, or none. */

#define JUMP_TYPE_MODEL_LIST_BOX (jump_model_list_box_get_type ())
G_DECLARE_FINAL_TYPE (JumpModelListBox, jump_model_list_box, JUMP, MODEL_LIST_BOX, GtkBox)

void jump_model_list_box_set_catalog (JumpModelListBox *self, JumpModelCatalog *catalog);
void jump_model_list_box_set_default (JumpModelListBox *self, const char *id);
/* @filter: taken, empty afterwards */
void jump_model_list_box_set_filter (JumpModelListBox *self, JumpModelFilter *filter);
/* Whether a model of the catalogue fits the filter. */
gboolean jump_model_list_box_has_match (JumpModelListBox *self);
