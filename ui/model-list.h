/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"
#include "ui/model-filter.h"

#include <gtk/gtk.h>

/* The rows of the models. Made a few at a time while nothing else is to do, and kept where a new
 * catalogue has the same models. "selected" (JumpModel *): (nullable) another row, or none. */

#define JUMP_TYPE_MODEL_LIST (jump_model_list_get_type ())
G_DECLARE_FINAL_TYPE (JumpModelList, jump_model_list, JUMP, MODEL_LIST, GtkBox)

void jump_model_list_set_catalog (JumpModelList *self, JumpModelCatalog *catalog);
void jump_model_list_set_default (JumpModelList *self, const char *id);
/* @filter: taken, empty afterwards */
void jump_model_list_set_filter (JumpModelList *self, JumpModelFilter *filter);
/* Whether a model of the catalogue fits the filter. */
gboolean jump_model_list_has_match (JumpModelList *self);
