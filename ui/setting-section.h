/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/setting-layout.h"

#include <gtk/gtk.h>

/* One group of the settings: heading, note, its rows, and those that are rarely needed folded away. */

#define JUMP_TYPE_SETTING_SECTION (jump_setting_section_get_type ())
G_DECLARE_FINAL_TYPE (JumpSettingSection, jump_setting_section, JUMP, SETTING_SECTION, GtkBox)

/* With the fields that the layout puts into @group. */
GtkWidget *jump_setting_section_new (JumpSettings *settings, JumpSettingsGroup group);
/* A row that is no setting of the file. */
void jump_setting_section_add_action (JumpSettingSection *self,
                                      const char *label,
                                      const char *help,
                                      GtkWidget *control);
/* Something of another shape below the rows, or above them. */
void jump_setting_section_add_widget (JumpSettingSection *self, GtkWidget *widget);
void jump_setting_section_add_widget_above (JumpSettingSection *self, GtkWidget *widget);
/* Shows only what fits. Returns: whether anything does. */
gboolean jump_setting_section_filter (JumpSettingSection *self, const char *text);
