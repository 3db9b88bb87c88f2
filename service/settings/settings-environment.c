/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/settings/settings-environment.h"

/* Other programs read these variables too, so they hold words that are none of ours. */
static const struct
{
  const char *word;
  const char *level;
} foreign_levels[] = {
  { "trace", "debug" }, { "verbose", "debug" }, { "warn", "warning" },
  { "err", "error" },   { "fatal", "error" },   { "critical", "error" },
};

/* DEBUG=1 asks for debug. DEBUG=express:* and the like mean somebody else, DEBUG=0 means no. */
static char *
read_debug_switch (const char *value)
{
  static const char *const words[] = { "1", "true", "yes", "on", NULL };
  g_autofree char *lower = g_ascii_strdown (value, -1);

  return g_strv_contains (words, lower) ? g_strdup ("debug") : NULL;
}

static char *
read_level (const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_levels); i++)
    {
      if (g_ascii_strcasecmp (value, foreign_levels[i].word) == 0)
        return g_strdup (foreign_levels[i].level);
    }
  return g_strdup (value);
}

/* An empty variable counts as not set: that is how a container file switches one off. */
char *
jump_setting_from_environment (JumpSettingKey key, char **out_variable)
{
  const JumpSettingRow *row = jump_setting_row (key);
  g_auto (GStrv) names = g_strsplit (row->environment == NULL ? "" : row->environment, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = g_getenv (names[i]);
      g_autofree char *text = NULL;

      if (value == NULL || *value == '\0')
        continue;
      if (g_str_equal (names[i], "DEBUG"))
        text = read_debug_switch (value);
      else if (key == JUMP_KEY_LOG_LEVEL)
        text = read_level (value);
      else
        text = g_strdup (value);
      if (text == NULL)
        continue;
      *out_variable = g_strdup (names[i]);
      return g_steal_pointer (&text);
    }
  return NULL;
}
