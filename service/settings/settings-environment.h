/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/settings/settings-keys.h"

/* Returns: (transfer full) (nullable): what the environment says about @key, NULL for nothing.
 * @out_variable: (out) (transfer full): the variable that says it. */
char *jump_setting_from_environment (JumpSettingKey key, char **out_variable);
