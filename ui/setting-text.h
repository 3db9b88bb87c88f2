/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Choices and mistakes of settings in the words of people. Pure. */

/* Returns: (transfer none): "Follow the desktop" for "system" of screen.theme; languages by their
 * own names; @choice itself where it says enough. */
const char *jump_setting_choice_label (JumpSettingKey key, const char *choice);
/* Returns: (transfer full): "A number from 1 to 65535." */
char *jump_setting_describe_expected (JumpSettingKey key);
/* Returns: (transfer full) (nullable): why a change in the file would not hold, from
 * jump_settings_get_source(). NULL if it would. */
char *jump_setting_describe_override (const char *source);
/* Whether source means that the value in force is not the default. */
gboolean jump_setting_source_is_file (const char *source);
/* Returns: (transfer full) (nullable): what is wrong with a row of a table of names; NULL if
 * nothing is. @others: (element-type JumpSettingPair): rows it may not repeat.
 * @old_name: (nullable): its own name among them. */
char *jump_setting_describe_pair (const char *name,
                                  const char *target,
                                  const GPtrArray *others,
                                  const char *old_name);
