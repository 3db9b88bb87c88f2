/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/settings/settings-content.h"
#include "service/settings/settings-layers.h"
#include "service/settings/settings-watch.h"
#include "service/settings/settings.h"

/* What settings.c (values and who says them) and settings-save.c (changes) share. */

struct _JumpSettings
{
  GObject parent_instance;

  char *path; /* (owned) */
  JumpSettingLayers layers;
  GPtrArray
      *tables[JUMP_N_TABLES]; /* (owned) (element-type JumpSettingPair) as the file has them */
  GPtrArray *session_tables[JUMP_N_TABLES]; /* (owned) (nullable): instead, for this run */
  JumpSettingsWatch *watch;                 /* (owned) (nullable) */
};

/* What a change is about. */
typedef struct
{
  gboolean keys[JUMP_N_KEYS];
  gboolean tables[JUMP_N_TABLES];
} JumpSettingsTouched;

/* Returns: (transfer full) (nullable): NULL with JUMP_ERROR_SETTINGS, which names the file */
JumpSettingsContent *
jump_settings_parse_text (JumpSettings *self, const char *text, GError **error);
/* @content: of the file, as it stands on disk now. What this run said of the @touched ends. */
void jump_settings_take_saved (JumpSettings *self,
                               JumpSettingsContent *content,
                               const JumpSettingsTouched *touched);
/* The @touched of @content hold for this run. */
void jump_settings_take_session (JumpSettings *self,
                                 JumpSettingsContent *content,
                                 const JumpSettingsTouched *touched);
