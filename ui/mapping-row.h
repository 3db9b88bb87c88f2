/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* One row of a table of model names: two entries, a button that removes it, and what is wrong.
 * "finished": Enter, or the focus left both entries, and something was typed.
 * "removed": the button. The editor decides what becomes of it. */

#define JUMP_TYPE_MAPPING_ROW (jump_mapping_row_get_type ())
G_DECLARE_FINAL_TYPE (JumpMappingRow, jump_mapping_row, JUMP, MAPPING_ROW, GtkListBoxRow)

/* @pair: (nullable): NULL for a new, empty row. Copied. */
GtkWidget *jump_mapping_row_new (const JumpSettingPair *pair);
/* Returns: (transfer none) (nullable): its name in the table, NULL while it is not there. */
const char *jump_mapping_row_get_saved_name (JumpMappingRow *self);
/* Returns: (transfer full): as typed */
char *jump_mapping_row_dup_name (JumpMappingRow *self);
char *jump_mapping_row_dup_target (JumpMappingRow *self);
/* It is in the table as typed. */
void jump_mapping_row_set_saved (JumpMappingRow *self);
/* @text: (nullable) */
void jump_mapping_row_set_error (JumpMappingRow *self, const char *text);
void jump_mapping_row_edit (JumpMappingRow *self);
