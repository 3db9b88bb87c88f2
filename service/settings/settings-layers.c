/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/settings/settings-layers.h"

static int
find_layer (const JumpSettingLayers *self, JumpSettingKey key)
{
  int layer = JUMP_N_LAYERS - 1;

  while (layer >= 0 && self->texts[key][layer] == NULL)
    layer--;
  return layer;
}

void
jump_setting_layers_clear (JumpSettingLayers *self)
{
  for (guint key = 0; key < JUMP_N_KEYS; key++)
    {
      for (guint layer = 0; layer < JUMP_N_LAYERS; layer++)
        {
          g_clear_pointer (&self->texts[key][layer], g_free);
          g_clear_pointer (&self->sources[key][layer], g_free);
        }
    }
}

gboolean
jump_setting_layers_set (JumpSettingLayers *self,
                         JumpSettingKey key,
                         JumpSettingLayer layer,
                         char *text,
                         const char *source)
{
  g_autofree char *before = g_strdup (jump_setting_layers_get (self, key));

  g_free (self->texts[key][layer]);
  g_free (self->sources[key][layer]);
  self->texts[key][layer] = text;
  self->sources[key][layer] = text == NULL ? NULL : g_strdup (source);
  return !g_str_equal (before, jump_setting_layers_get (self, key));
}

const char *
jump_setting_layers_get (const JumpSettingLayers *self, JumpSettingKey key)
{
  int layer = find_layer (self, key);

  return layer < 0 ? jump_setting_row (key)->fallback : self->texts[key][layer];
}

const char *
jump_setting_layers_get_source (const JumpSettingLayers *self, JumpSettingKey key)
{
  int layer = find_layer (self, key);

  return layer < 0 ? "default" : self->sources[key][layer];
}
