/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/start-values.h"

#define VALUES_KEY "jump-start-values"

/**
 * jump_start_values_keep:
 * @settings: as the program started with them
 */
void
jump_start_values_keep (JumpSettings *settings)
{
  char **values;

  if (g_object_get_data (G_OBJECT (settings), VALUES_KEY) != NULL)
    return;
  values = g_new0 (char *, JUMP_N_KEYS + 1);
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    values[i] = g_strdup (jump_settings_get_string (settings, (JumpSettingKey) i));
  g_object_set_data_full (G_OBJECT (settings), VALUES_KEY, values, (GDestroyNotify) g_strfreev);
}

/**
 * jump_start_values_is_waiting:
 * @settings: the settings
 * @key: a key
 *
 * A value that was put back waits for nothing.
 *
 * Returns: whether the value in force now is only used after a restart
 */
gboolean
jump_start_values_is_waiting (JumpSettings *settings, JumpSettingKey key)
{
  char **values = g_object_get_data (G_OBJECT (settings), VALUES_KEY);

  return values != NULL && jump_setting_row (key)->needs_restart &&
         g_strcmp0 (values[key], jump_settings_get_string (settings, key)) != 0;
}

/**
 * jump_start_values_any_is_waiting:
 * @settings: the settings
 *
 * Returns: whether a restart would change anything
 */
gboolean
jump_start_values_any_is_waiting (JumpSettings *settings)
{
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      if (jump_start_values_is_waiting (settings, (JumpSettingKey) i))
        return TRUE;
    }
  return FALSE;
}
