/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/settings/settings-keys.h"

/* Which texts a key takes. Pure. */

/* Returns: (transfer full) (nullable): @text in the one form that the rest of the program knows
 * ("true" for "yes", no slash at the end of an address), or NULL with JUMP_ERROR_SETTINGS. */
char *jump_setting_normalize (JumpSettingKey key, const char *text, GError **error);

/* Returns: (transfer full): "unknown key server.prot (did you mean server.port?)" */
char *jump_setting_describe_unknown (const char *dotted_name);
