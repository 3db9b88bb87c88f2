/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/setting-layout.h"

#include <gtk/gtk.h>

/* One setting: label, help, control, what is wrong with the value, reset. Saves by itself when the
 * value is right; follows the file when somebody else changes it. */

#define JUMP_TYPE_SETTING_FIELD (jump_setting_field_get_type ())
G_DECLARE_FINAL_TYPE (JumpSettingField, jump_setting_field, JUMP, SETTING_FIELD, GtkListBoxRow)

GtkWidget *jump_setting_field_new (JumpSettings *settings, const JumpSettingEntry *entry);
/* Whether label, help or the key's name contain @text, without case. */
gboolean jump_setting_field_matches (JumpSettingField *self, const char *text);
