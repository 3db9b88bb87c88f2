/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/setting-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME_LENGTH 200

typedef const char *(*LabelFunc) (const char *choice);

static const char *
label_direct (const char *choice)
{
  if (strcmp (choice, "auto") == 0)
    return _ ("When the exchange is refused");
  if (strcmp (choice, "always") == 0)
    return _ ("Always");
  return strcmp (choice, "never") == 0 ? _ ("Never") : choice;
}

static const char *
label_backend (const char *choice)
{
  if (strcmp (choice, "auto") == 0)
    return _ ("The keyring, if there is one");
  if (strcmp (choice, "keyring") == 0)
    return _ ("The keyring only");
  return strcmp (choice, "file") == 0 ? _ ("A file that only you can read") : choice;
}

static const char *
label_level (const char *choice)
{
  if (strcmp (choice, "debug") == 0)
    return _ ("Everything, to find a fault");
  if (strcmp (choice, "info") == 0)
    return _ ("A line for each request");
  if (strcmp (choice, "warning") == 0)
    return _ ("Warnings and errors");
  return strcmp (choice, "error") == 0 ? _ ("Errors only") : choice;
}

static const char *
label_spacing (const char *choice)
{
  if (strcmp (choice, "wait") == 0)
    return _ ("Waits");
  return strcmp (choice, "refuse") == 0 ? _ ("Is refused") : choice;
}

static const char *
label_theme (const char *choice)
{
  if (strcmp (choice, "system") == 0)
    return _ ("As the desktop has them");
  if (strcmp (choice, "light") == 0)
    return _ ("Light");
  return strcmp (choice, "dark") == 0 ? _ ("Dark") : choice;
}

static const char *
label_close (const char *choice)
{
  if (strcmp (choice, "ask") == 0)
    return _ ("Ask what to do");
  if (strcmp (choice, "keep") == 0)
    return _ ("Go on serving");
  return strcmp (choice, "quit") == 0 ? _ ("Quit Jumpseat") : choice;
}

/* In their own words, never translated: so that everybody finds theirs. */
static const struct
{
  const char *choice;
  const char *label;
} languages[] = {
  { "en", "English" },     { "de", "Deutsch" }, { "es", "Español" },
  { "fr", "Français" },    { "ja", "日本語" },  { "pt_BR", "Português (Brasil)" },
  { "zh_CN", "简体中文" },
};

static const char *
label_language (const char *choice)
{
  if (strcmp (choice, "system") == 0)
    return _ ("Language of the desktop");
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      if (strcmp (languages[i].choice, choice) == 0)
        return languages[i].label;
    }
  return choice;
}

static const struct
{
  JumpSettingKey key;
  LabelFunc label;
} choices[] = {
  { JUMP_KEY_TRAFFIC_SPACING_ACTION, label_spacing },
  { JUMP_KEY_UPSTREAM_DIRECT, label_direct },
  { JUMP_KEY_SECRETS_BACKEND, label_backend },
  { JUMP_KEY_LOG_LEVEL, label_level },
  { JUMP_KEY_SCREEN_THEME, label_theme },
  { JUMP_KEY_SCREEN_CLOSE, label_close },
  { JUMP_KEY_SCREEN_LANGUAGE, label_language },
};

/**
 * jump_setting_choice_label:
 * @key: a key of type JUMP_SETTING_CHOICE
 * @choice: one of its words
 *
 * Returns: (transfer none): what to show for it; @choice itself where it says enough
 */
const char *
jump_setting_choice_label (JumpSettingKey key, const char *choice)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      if (choices[i].key == key)
        return choices[i].label (choice);
    }
  return choice;
}

/**
 * jump_setting_describe_expected:
 * @key: a key
 *
 * The service's own message is English and for logs.
 *
 * Returns: (transfer full): what @key takes
 */
char *
jump_setting_describe_expected (JumpSettingKey key)
{
  const JumpSettingRow *row = jump_setting_row (key);

  switch (row->type)
    {
    case JUMP_SETTING_BOOLEAN:
      return g_strdup (_ ("Either on or off."));
    case JUMP_SETTING_INT:
      /* Translators: the smallest and the largest number that a setting takes. */
      return g_strdup_printf (_ ("A number from %d to %d."), (int) row->min, (int) row->max);
    case JUMP_SETTING_CHOICE:
      return g_strdup (_ ("One of the words in the list."));
    case JUMP_SETTING_URL:
      return g_strdup (_ ("An address that begins with https://, without question mark. http:// is "
                          "for this computer only."));
    case JUMP_SETTING_PROXY:
      return g_strdup (_ ("The address of a proxy, as in http://proxy.example:3128 or "
                          "socks5://127.0.0.1:1080."));
    case JUMP_SETTING_ADDRESS:
      return g_strdup (_ ("The word loopback, the word any, or an IP address."));
    case JUMP_SETTING_HOSTS:
      return g_strdup (_ ("Names of computers, separated by commas."));
    case JUMP_SETTING_ORIGINS:
      return g_strdup (_ ("Web addresses without a path, as in https://chat.example, separated by "
                          "commas."));
    case JUMP_SETTING_STRING:
      break;
    }
  if (row->may_be_empty)
    return g_strdup (_ ("A text of one line."));
  return g_strdup (_ ("A text of one line, not empty."));
}

/**
 * jump_setting_source_is_file:
 * @source: from jump_settings_get_source()
 *
 * Returns: whether the settings file holds the value
 */
gboolean
jump_setting_source_is_file (const char *source)
{
  return strcmp (source, "file") == 0;
}

/**
 * jump_setting_describe_override:
 * @source: from jump_settings_get_source()
 *
 * Returns: (transfer full) (nullable): who holds the value, when it is not the file
 */
char *
jump_setting_describe_override (const char *source)
{
  if (strcmp (source, "default") == 0 || jump_setting_source_is_file (source))
    return NULL;
  if (g_str_has_prefix (source, "--"))
    /* Translators: %s is an option of the command line such as "--port". */
    return g_strdup_printf (_ ("Set by %s on the command line."), source);
  /* Translators: %s is the name of an environment variable. */
  return g_strdup_printf (_ ("Set by the environment variable %s."), source);
}

static gboolean
has_control (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text < 0x20 || *text == 0x7f)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_known (const GPtrArray *pairs, const char *name)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (pairs, i);

      if (g_ascii_strcasecmp (pair->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_setting_describe_pair:
 * @name: what is asked for
 * @target: the model instead
 * @others: (element-type JumpSettingPair): the table as it is
 * @old_name: (nullable): the name of the row that is being changed, NULL for a new one
 *
 * Returns: (transfer full) (nullable): what is wrong with it
 */
char *
jump_setting_describe_pair (const char *name,
                            const char *target,
                            const GPtrArray *others,
                            const char *old_name)
{
  gboolean is_own = old_name != NULL && g_ascii_strcasecmp (name, old_name) == 0;

  if (*name == '\0')
    return g_strdup (_ ("Type the name that a program asks for."));
  if (*target == '\0')
    return g_strdup (_ ("Type the model to use instead."));
  if (has_control (name) || has_control (target) || strlen (name) > MAX_NAME_LENGTH ||
      strlen (target) > MAX_NAME_LENGTH)
    return g_strdup (_ ("Names of models are short texts of one line."));
  if (strcmp (name, target) == 0)
    return g_strdup (_ ("Both names are the same."));
  if (!is_own && is_known (others, name))
    return g_strdup (_ ("This name is in the list already."));
  return NULL;
}
