/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/config-text.h"

#include "app/cli/duration-text.h"
#include "app/cli/status-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *header;
  JumpSettingKey key;
} HeaderRow;

/* S-05's values. X-Initiator is the one that is not a setting: it says who wrote the last message
 * of each request. */
static const HeaderRow headers[] = {
  { "User-Agent", JUMP_KEY_IDENTITY_USER_AGENT },
  { "Editor-Version", JUMP_KEY_IDENTITY_EDITOR_VERSION },
  { "Editor-Plugin-Version", JUMP_KEY_IDENTITY_PLUGIN_VERSION },
  { "Copilot-Integration-Id", JUMP_KEY_IDENTITY_INTEGRATION_ID },
  { "OpenAI-Intent", JUMP_KEY_IDENTITY_INTENT },
  { "X-GitHub-Api-Version", JUMP_KEY_IDENTITY_API_VERSION },
};

static char *
build_name (JumpSettingKey key)
{
  const JumpSettingRow *row = jump_setting_row (key);

  return g_strconcat (row->group, ".", row->name, NULL);
}

/* http://me:password@proxy.example loses the password. */
static char *
hide_password (char *address)
{
  const char *start = strstr (address, "://");
  const char *at = strrchr (address, '@');
  const char *colon = start == NULL || at == NULL ? NULL : strchr (start + 3, ':');
  char *shown;

  if (colon == NULL || colon > at)
    return address;
  shown = g_strdup_printf ("%.*s:***%s", (int) (colon - address), address, at);
  g_free (address);
  return shown;
}

static char *
describe_expiry (JsonObject *status)
{
  gint64 expires_at = jump_json_get_int (status, "token_expires_at", 0);
  gint64 left = jump_json_get_int (status, "token_expires_in_seconds", 0);
  g_autofree char *duration = jump_duration_to_text (MAX (left, 0));

  if (!jump_status_has_token (status))
    return g_strdup (_ ("there is none yet"));
  if (expires_at == 0)
    return g_strdup (_ ("never"));
  /* Translators: after "Token expires:"; a duration */
  return left > 0 ? g_strdup_printf (_ ("in %s"), duration) : g_strdup (_ ("EXPIRED"));
}

/**
 * jump_config_dup_shown:
 * @settings: loaded
 * @name: of a setting, such as "upstream.proxy"
 * @error: %JUMP_ERROR_SETTINGS when there is no such setting
 *
 * Returns: (transfer full) (nullable): its value without a password that stands in it: what is printed
 *   ends up in reports
 */
char *
jump_config_dup_shown (JumpSettings *settings, const char *name, GError **error)
{
  char *value = jump_settings_get_text (settings, name, error);

  return value == NULL ? NULL : hide_password (value);
}

/**
 * jump_config_to_text:
 * @settings: loaded
 * @status: the answer of GET /api/status
 *
 * Returns: (transfer full): where the settings are, and what upstream gets to see; no token
 */
char *
jump_config_to_text (JumpSettings *settings, JsonObject *status)
{
  GString *text = g_string_new (NULL);
  g_autofree char *expiry = describe_expiry (status);
  gboolean has_token = jump_json_get_boolean (status, "has_github_token", FALSE);

  g_string_append_printf (text, _ ("Configuration file: %s\n"), jump_settings_get_path (settings));
  g_string_append_printf (text,
                          _ ("Port: %d\n"),
                             (int) jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT));
  g_string_append_printf (text, _ ("Has GitHub token: %s\n"), has_token ? _ ("true") : _ ("false"));
  g_string_append_printf (text, _ ("Token expires: %s\n"), expiry);
  g_string_append (text, _ ("Headers:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    g_string_append_printf (text,
                            "  %s: %s\n",
                            headers[i].header,
                            jump_settings_get_string (settings, headers[i].key));
  g_string_append (text, _ ("  X-Initiator: user or agent, from the last message\n"));
  return g_string_free (text, FALSE);
}

/**
 * jump_config_to_json:
 * @settings: loaded
 * @status: the answer of GET /api/status
 *
 * Returns: (transfer full): the same, and every setting with its source
 */
JsonObject *
jump_config_to_json (JumpSettings *settings, JsonObject *status)
{
  JsonObject *object = json_object_new ();
  JsonObject *header_object = json_object_new ();
  JsonObject *setting_object = json_object_new ();

  json_object_set_string_member (object, "config_file", jump_settings_get_path (settings));
  json_object_set_int_member (object,
                              "port",
                              jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT));
  json_object_set_boolean_member (object,
                                  "has_github_token",
                                  jump_json_get_boolean (status, "has_github_token", FALSE));
  json_object_set_int_member (object,
                              "token_expires_at",
                              jump_json_get_int (status, "token_expires_at", 0));
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    json_object_set_string_member (header_object,
                                   headers[i].header,
                                   jump_settings_get_string (settings, headers[i].key));
  json_object_set_object_member (object, "headers", header_object);
  for (int key = 0; key < JUMP_N_KEYS; key++)
    {
      g_autofree char *name = build_name ((JumpSettingKey) key);
      g_autofree char *value = jump_config_dup_shown (settings, name, NULL);
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "value", value);
      json_object_set_string_member (row,
                                     "source",
                                     jump_settings_get_source (settings, (JumpSettingKey) key));
      json_object_set_object_member (setting_object, name, row);
    }
  json_object_set_object_member (object, "settings", setting_object);
  return object;
}

/**
 * jump_config_describe_all:
 * @settings: loaded
 *
 * Returns: (transfer full): one line per setting: name, value, source
 */
char *
jump_config_describe_all (JumpSettings *settings)
{
  GString *text = g_string_new (NULL);

  for (int key = 0; key < JUMP_N_KEYS; key++)
    {
      g_autofree char *name = build_name ((JumpSettingKey) key);
      g_autofree char *value = jump_config_dup_shown (settings, name, NULL);

      g_string_append_printf (text,
                              "%s = %s (%s)\n",
                              name,
                              value == NULL ? "" : value,
                              jump_settings_get_source (settings, (JumpSettingKey) key));
    }
  return g_string_free (text, FALSE);
}
