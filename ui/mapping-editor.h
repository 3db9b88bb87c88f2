/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* One of the ordered tables of model names: a row per name, changed in place and saved at once. */

#define JUMP_TYPE_MAPPING_EDITOR (jump_mapping_editor_get_type ())
G_DECLARE_FINAL_TYPE (JumpMappingEditor, jump_mapping_editor, JUMP, MAPPING_EDITOR, GtkBox)

GtkWidget *jump_mapping_editor_new (JumpSettings *settings, JumpSettingTable table);
