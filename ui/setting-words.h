/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/setting-layout.h"

/* The words beside the settings, translated: headings, labels, and what to know. Pure. */

const char *jump_settings_group_title (JumpSettingsGroup group);
/* Returns: (transfer none) (nullable): what to know before changing anything here */
const char *jump_settings_group_note (JumpSettingsGroup group);
/* Returns: (transfer none): translated; what the rows that are folded away are about */
const char *jump_settings_group_fold_title (JumpSettingsGroup group);
const char *jump_setting_label (JumpSettingKey key);
/* Returns: (transfer none) (nullable) */
const char *jump_setting_help (JumpSettingKey key);
const char *jump_setting_table_title (JumpSettingTable table);
const char *jump_setting_table_help (JumpSettingTable table);
