/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/setting-words.h"

#include <glib/gi18n-lib.h>

/**
 * jump_settings_group_title:
 * @group: a group
 *
 * Returns: (transfer none): its heading
 */
const char *
jump_settings_group_title (JumpSettingsGroup group)
{
  switch (group)
    {
    case JUMP_SETTINGS_SERVING:
      return _ ("Serving");
    case JUMP_SETTINGS_ACCOUNT:
      return _ ("Account and GitHub");
    case JUMP_SETTINGS_IDENTITY:
      return _ ("Identity Headers");
    case JUMP_SETTINGS_MODELS:
      return _ ("Models");
    case JUMP_SETTINGS_MAPPINGS:
      return _ ("Model Names");
    case JUMP_SETTINGS_TRANSLATION:
      return _ ("Translation");
    case JUMP_SETTINGS_NETWORK:
      return _ ("Network");
    case JUMP_SETTINGS_LOGGING:
      return _ ("Logging");
    case JUMP_SETTINGS_DESKTOP:
      /* Translators: heading of the settings for window, icon, language. */
      return _ ("Desktop");
    case JUMP_N_SETTINGS_GROUPS:
      break;
    }
  return "";
}

/**
 * jump_settings_group_note:
 * @group: a group
 *
 * Returns: (transfer none) (nullable): what to know before changing anything in it
 */
const char *
jump_settings_group_note (JumpSettingsGroup group)
{
  switch (group)
    {
    case JUMP_SETTINGS_IDENTITY:
      return _ ("Who Jumpseat says it is to GitHub and Copilot. These values belong together: wrong "
                "ones make Copilot refuse every request. Change them only if you were told to.");
    case JUMP_SETTINGS_MAPPINGS:
      return _ ("Which model is used when a program asks for a name that Copilot does not have.");
    case JUMP_SETTINGS_SERVING:
    case JUMP_SETTINGS_ACCOUNT:
    case JUMP_SETTINGS_MODELS:
    case JUMP_SETTINGS_TRANSLATION:
    case JUMP_SETTINGS_NETWORK:
    case JUMP_SETTINGS_LOGGING:
    case JUMP_SETTINGS_DESKTOP:
    case JUMP_N_SETTINGS_GROUPS:
      break;
    }
  return NULL;
}

/**
 * jump_settings_group_fold_title:
 * @group: a group
 *
 * Returns: (transfer none): what its rows that are folded away are about
 */
const char *
jump_settings_group_fold_title (JumpSettingsGroup group)
{
  if (group == JUMP_SETTINGS_ACCOUNT)
    return _ ("Addresses of GitHub and Copilot");
  if (group == JUMP_SETTINGS_NETWORK)
    return _ ("Time Limits");
  return _ ("More");
}

/**
 * jump_setting_label:
 * @key: a key that the page shows
 *
 * Returns: (transfer none): what it is called there, translated
 */
const char *
jump_setting_label (JumpSettingKey key)
{
  switch (key)
    {
    case JUMP_KEY_SERVER_ADDRESS:
      return _ ("Address");
    case JUMP_KEY_SERVER_PORT:
      return _ ("Port");
    case JUMP_KEY_SERVER_OLLAMA_PORT:
      return _ ("Port for Ollama programs");
    case JUMP_KEY_SERVER_OPEN_BROWSER:
      return _ ("Open the browser when signing in");
    case JUMP_KEY_SECRETS_BACKEND:
      return _ ("Keep the sign-in in");
    case JUMP_KEY_UPSTREAM_DIRECT:
      return _ ("Use the GitHub sign-in at Copilot directly");
    case JUMP_KEY_UPSTREAM_GITHUB_URL:
      return _ ("GitHub address");
    case JUMP_KEY_UPSTREAM_GITHUB_API_URL:
      return _ ("GitHub API address");
    case JUMP_KEY_UPSTREAM_COPILOT_URL:
      return _ ("Copilot API address");
    case JUMP_KEY_IDENTITY_EDITOR_VERSION:
      return _ ("Editor version");
    case JUMP_KEY_IDENTITY_PLUGIN_VERSION:
      return _ ("Plugin version");
    case JUMP_KEY_IDENTITY_USER_AGENT:
      return _ ("User agent");
    case JUMP_KEY_IDENTITY_INTEGRATION_ID:
      return _ ("Integration ID");
    case JUMP_KEY_IDENTITY_API_VERSION:
      return _ ("API version");
    case JUMP_KEY_IDENTITY_INTENT:
      return _ ("Intent");
    case JUMP_KEY_MODELS_DEFAULT:
      return _ ("Default model");
    case JUMP_KEY_MODELS_SMALL:
      return _ ("Model for small tasks");
    case JUMP_KEY_MODELS_STRICT:
      return _ ("Refuse unknown models");
    case JUMP_KEY_MODELS_CACHE_SECONDS:
      return _ ("Seconds until the list of models is asked for again");
    case JUMP_KEY_TRANSLATION_REASONING_FIELD:
      return _ ("Field for a model’s reasoning");
    case JUMP_KEY_TRANSLATION_OLLAMA_VERSION:
      return _ ("Ollama version");
    case JUMP_KEY_UPSTREAM_PROXY:
      return _ ("Proxy");
    case JUMP_KEY_UPSTREAM_CA_FILE:
      return _ ("Certificates to trust");
    case JUMP_KEY_TIMEOUT_DIAL:
      return _ ("Seconds to reach Copilot");
    case JUMP_KEY_TIMEOUT_TLS_HANDSHAKE:
      return _ ("Seconds to encrypt the connection");
    case JUMP_KEY_TIMEOUT_PROXY_CONTEXT:
      return _ ("Seconds of silence in a model’s answer");
    case JUMP_KEY_TIMEOUT_HTTP_CLIENT:
      return _ ("Seconds for sign-in, token and list of models");
    case JUMP_KEY_TIMEOUT_CIRCUIT_BREAKER:
      return _ ("Seconds of rest after five failures in a row");
    case JUMP_KEY_TIMEOUT_KEEP_ALIVE:
      return _ ("Seconds between signs of life on a connection");
    case JUMP_KEY_TIMEOUT_IDLE_CONN:
      return _ ("Seconds until an unused connection to Copilot is closed");
    case JUMP_KEY_TIMEOUT_SERVER_READ:
      return _ ("Seconds a program may take to send a request");
    case JUMP_KEY_TIMEOUT_SERVER_WRITE:
      return _ ("Seconds a program may leave its answer unread");
    case JUMP_KEY_TIMEOUT_SERVER_IDLE:
      return _ ("Seconds until an unused connection of a program is closed");
    case JUMP_KEY_LOG_LEVEL:
      return _ ("How much is written to the log");
    case JUMP_KEY_SCREEN_LANGUAGE:
      return _ ("Language");
    case JUMP_KEY_SCREEN_THEME:
      return _ ("Colours");
    case JUMP_KEY_SCREEN_CLOSE:
      return _ ("When the window is closed");
    case JUMP_KEY_SCREEN_NOTIFICATIONS:
      return _ ("Show notifications");
    case JUMP_KEY_SERVER_BODY_LIMIT:
    case JUMP_KEY_UPSTREAM_CLIENT_ID:
    case JUMP_KEY_UPSTREAM_SCOPE:
    case JUMP_KEY_SERVER_HOST_NAMES:
    case JUMP_KEY_SERVER_ALLOWED_ORIGINS:
    case JUMP_KEY_SERVER_REQUIRE_KEY:
    case JUMP_KEY_SERVER_KEY_IN_QUERY:
    case JUMP_KEY_SERVER_SIGN_UP:
    case JUMP_KEY_SERVER_SOCKET:
    case JUMP_KEY_SERVER_TLS_PORT:
    case JUMP_KEY_SERVER_TLS_ADDRESS:
    case JUMP_KEY_SERVER_TLS_CERTIFICATE:
    case JUMP_KEY_SERVER_TLS_KEY:
    case JUMP_KEY_LIMITS_CONNECTIONS:
    case JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER:
    case JUMP_KEY_LIMITS_HEAD_BYTES:
    case JUMP_KEY_LIMITS_HEAD_FIELDS:
    case JUMP_KEY_LIMITS_HEAD_SECONDS:
    case JUMP_KEY_LIMITS_CONTROL_BODY:
    case JUMP_KEY_LIMITS_EVENT_BYTES:
    case JUMP_KEY_LIMITS_STREAM_BUFFER:
    case JUMP_KEY_LIMITS_REPLY_BYTES:
    case JUMP_KEY_TRAFFIC_CONCURRENT:
    case JUMP_KEY_TRAFFIC_WAITING:
    case JUMP_KEY_TRAFFIC_WAIT_SECONDS:
    case JUMP_KEY_TRAFFIC_SPACING_SECONDS:
    case JUMP_KEY_TRAFFIC_SPACING_ACTION:
    case JUMP_KEY_TRAFFIC_APPROVAL:
    case JUMP_KEY_TRAFFIC_APPROVAL_SECONDS:
    case JUMP_KEY_TRAFFIC_APPROVED_CLIENTS:
    case JUMP_KEY_TRAFFIC_BURST_REQUESTS:
    case JUMP_KEY_RETRIES_ATTEMPTS:
    case JUMP_KEY_STREAMS_KEEP_ALIVE:
    case JUMP_KEY_STREAMS_COMMIT_AFTER:
    case JUMP_N_KEYS:
      break;
    }
  return "";
}

/**
 * jump_setting_help:
 * @key: a key that the page shows
 *
 * Returns: (transfer none) (nullable): what to know about it, translated
 */
const char *
jump_setting_help (JumpSettingKey key)
{
  switch (key)
    {
    case JUMP_KEY_SERVER_ADDRESS:
      return _ ("Where programs on this computer reach Jumpseat. Other computers do not: whoever "
                "reaches the port uses your seat, so they would need keys of their own.");
    case JUMP_KEY_SERVER_PORT:
      return _ ("0 takes any free port.");
    case JUMP_KEY_SERVER_OLLAMA_PORT:
      return _ ("A second port for programs that only know Ollama’s own, 11434. 0 means none.");
    case JUMP_KEY_SECRETS_BACKEND:
      return _ ("The keyring is your desktop’s vault for passwords.");
    case JUMP_KEY_UPSTREAM_DIRECT:
      return _ ("Normally it is exchanged for a Copilot token first.");
    case JUMP_KEY_UPSTREAM_GITHUB_URL:
      return _ ("Where you sign in. Companies may have https://NAME.ghe.com.");
    case JUMP_KEY_UPSTREAM_COPILOT_URL:
      return _ ("Leave it empty to use the one that GitHub names for your account.");
    case JUMP_KEY_IDENTITY_INTEGRATION_ID:
      return _ ("It decides which models Copilot offers.");
    case JUMP_KEY_MODELS_DEFAULT:
      return _ ("For requests that name none.");
    case JUMP_KEY_MODELS_SMALL:
      return _ ("What agents ask beside the work itself, such as a title for the "
                "conversation. Leave it empty to use the model that they ask for.");
    case JUMP_KEY_MODELS_STRICT:
      return _ ("When off, unknown names are passed on to Copilot as they are.");
    case JUMP_KEY_TRANSLATION_REASONING_FIELD:
      return _ ("In chat completions. Most programs expect “reasoning_content”.");
    case JUMP_KEY_TRANSLATION_OLLAMA_VERSION:
      return _ ("What Ollama programs are told. Some want at least 0.6.4.");
    case JUMP_KEY_UPSTREAM_PROXY:
      return _ ("As in http://proxy.example:3128. Leave it empty to use the proxy of your "
                "session.");
    case JUMP_KEY_UPSTREAM_CA_FILE:
      return _ ("A PEM file, for companies whose proxy opens encrypted connections. Leave it "
                "empty to use the system’s.");
    case JUMP_KEY_LOG_LEVEL:
      return _ ("Tokens and what is asked of models are never written there.");
    case JUMP_KEY_SCREEN_CLOSE:
      return _ ("Only where no icon is shown in the panel. With an icon, Jumpseat goes on "
                "serving.");
    case JUMP_KEY_SCREEN_NOTIFICATIONS:
      return _ ("When something needs your attention.");
    case JUMP_KEY_SERVER_OPEN_BROWSER:
    case JUMP_KEY_UPSTREAM_GITHUB_API_URL:
    case JUMP_KEY_IDENTITY_EDITOR_VERSION:
    case JUMP_KEY_IDENTITY_PLUGIN_VERSION:
    case JUMP_KEY_IDENTITY_USER_AGENT:
    case JUMP_KEY_IDENTITY_API_VERSION:
    case JUMP_KEY_IDENTITY_INTENT:
    case JUMP_KEY_MODELS_CACHE_SECONDS:
    case JUMP_KEY_TIMEOUT_DIAL:
    case JUMP_KEY_TIMEOUT_TLS_HANDSHAKE:
    case JUMP_KEY_TIMEOUT_PROXY_CONTEXT:
    case JUMP_KEY_TIMEOUT_HTTP_CLIENT:
    case JUMP_KEY_TIMEOUT_CIRCUIT_BREAKER:
    case JUMP_KEY_TIMEOUT_KEEP_ALIVE:
    case JUMP_KEY_TIMEOUT_IDLE_CONN:
    case JUMP_KEY_TIMEOUT_SERVER_READ:
    case JUMP_KEY_TIMEOUT_SERVER_WRITE:
    case JUMP_KEY_TIMEOUT_SERVER_IDLE:
    case JUMP_KEY_SCREEN_LANGUAGE:
    case JUMP_KEY_SCREEN_THEME:
    case JUMP_KEY_SERVER_BODY_LIMIT:
    case JUMP_KEY_UPSTREAM_CLIENT_ID:
    case JUMP_KEY_UPSTREAM_SCOPE:
    case JUMP_KEY_SERVER_HOST_NAMES:
    case JUMP_KEY_SERVER_ALLOWED_ORIGINS:
    case JUMP_KEY_SERVER_REQUIRE_KEY:
    case JUMP_KEY_SERVER_KEY_IN_QUERY:
    case JUMP_KEY_SERVER_SIGN_UP:
    case JUMP_KEY_SERVER_SOCKET:
    case JUMP_KEY_SERVER_TLS_PORT:
    case JUMP_KEY_SERVER_TLS_ADDRESS:
    case JUMP_KEY_SERVER_TLS_CERTIFICATE:
    case JUMP_KEY_SERVER_TLS_KEY:
    case JUMP_KEY_LIMITS_CONNECTIONS:
    case JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER:
    case JUMP_KEY_LIMITS_HEAD_BYTES:
    case JUMP_KEY_LIMITS_HEAD_FIELDS:
    case JUMP_KEY_LIMITS_HEAD_SECONDS:
    case JUMP_KEY_LIMITS_CONTROL_BODY:
    case JUMP_KEY_LIMITS_EVENT_BYTES:
    case JUMP_KEY_LIMITS_STREAM_BUFFER:
    case JUMP_KEY_LIMITS_REPLY_BYTES:
    case JUMP_KEY_TRAFFIC_CONCURRENT:
    case JUMP_KEY_TRAFFIC_WAITING:
    case JUMP_KEY_TRAFFIC_WAIT_SECONDS:
    case JUMP_KEY_TRAFFIC_SPACING_SECONDS:
    case JUMP_KEY_TRAFFIC_SPACING_ACTION:
    case JUMP_KEY_TRAFFIC_APPROVAL:
    case JUMP_KEY_TRAFFIC_APPROVAL_SECONDS:
    case JUMP_KEY_TRAFFIC_APPROVED_CLIENTS:
    case JUMP_KEY_TRAFFIC_BURST_REQUESTS:
    case JUMP_KEY_RETRIES_ATTEMPTS:
    case JUMP_KEY_STREAMS_KEEP_ALIVE:
    case JUMP_KEY_STREAMS_COMMIT_AFTER:
    case JUMP_N_KEYS:
      break;
    }
  return NULL;
}

/**
 * jump_setting_table_title:
 * @table: a table of model names
 *
 * Returns: (transfer none): its heading
 */
const char *
jump_setting_table_title (JumpSettingTable table)
{
  switch (table)
    {
    case JUMP_TABLE_MODEL_MAPPING:
      return _ ("Whole Names");
    case JUMP_TABLE_MODEL_PREFIX_MAPPING:
      return _ ("Beginnings of Names");
    case JUMP_TABLE_MODEL_ALIASES:
      return _ ("Short Names");
    case JUMP_N_TABLES:
      break;
    }
  return "";
}

/**
 * jump_setting_table_help:
 * @table: a table of model names
 *
 * Returns: (transfer none): what its rows mean
 */
const char *
jump_setting_table_help (JumpSettingTable table)
{
  switch (table)
    {
    case JUMP_TABLE_MODEL_MAPPING:
      return _ ("A request for the name on the left uses the model on the right.");
    case JUMP_TABLE_MODEL_PREFIX_MAPPING:
      return _ ("A request for any name that begins like this uses the model on the right. The "
                "first row that fits decides.");
    case JUMP_TABLE_MODEL_ALIASES:
      return _ ("Names that are quick to type. A * on the right means the newest model that fits.");
    case JUMP_N_TABLES:
      break;
    }
  return "";
}
