/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* What the account offers: search, abilities, ways, terms to accept, aliases. */

#define JUMP_TYPE_PAGE_MODELS (jump_page_models_get_type ())
G_DECLARE_FINAL_TYPE (JumpPageModels, jump_page_models, JUMP, PAGE_MODELS, GtkBox)

GtkWidget *jump_page_models_new (JumpService *service);
