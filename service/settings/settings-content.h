/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/settings/settings.h"

/* What one text of a settings file says, checked as a whole. */

typedef struct
{
  char *values[JUMP_N_KEYS];        /* (owned) (nullable) normalised; NULL: not in the file */
  GPtrArray *tables[JUMP_N_TABLES]; /* (owned) (nullable) (element-type JumpSettingPair) */
} JumpSettingsContent;

/* Returns: (transfer full) (nullable): NULL with JUMP_ERROR_SETTINGS, which lists every mistake. */
JumpSettingsContent *jump_settings_content_parse (const char *text, GError **error);
void jump_settings_content_free (JumpSettingsContent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpSettingsContent, jump_settings_content_free)
