/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/settings/settings-keys.h"

/* The values of all keys, as the file, the environment, the command line and this run say them; a later
 * layer wins over an earlier one, and the default holds where no layer says anything. */

typedef enum
{
  JUMP_LAYER_FILE,
  JUMP_LAYER_ENVIRONMENT,
  JUMP_LAYER_COMMAND_LINE,
  JUMP_LAYER_SESSION, /* said while running, and not saved */
  JUMP_N_LAYERS,
} JumpSettingLayer;

typedef struct
{
  char *texts[JUMP_N_KEYS][JUMP_N_LAYERS];   /* (owned) (nullable) normalised */
  char *sources[JUMP_N_KEYS][JUMP_N_LAYERS]; /* (owned) (nullable) */
} JumpSettingLayers;

void jump_setting_layers_clear (JumpSettingLayers *self);
/* @text: (transfer full) (nullable): NULL for a layer that says nothing.
 * Returns: whether the value in force became another one. */
gboolean jump_setting_layers_set (JumpSettingLayers *self,
                                  JumpSettingKey key,
                                  JumpSettingLayer layer,
                                  char *text,
                                  const char *source);
const char *jump_setting_layers_get (const JumpSettingLayers *self, JumpSettingKey key);
const char *jump_setting_layers_get_source (const JumpSettingLayers *self, JumpSettingKey key);
