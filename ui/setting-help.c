/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/setting-words.h"

#include <glib/gi18n-lib.h>

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
    case JUMP_KEY_HISTORY_STORE:
      return _ ("Who, when, which model and what it cost; not what was asked and answered.");
    case JUMP_KEY_HISTORY_MEMORY:
      return _ ("Of the last thousand requests, until Jumpseat ends.");
    case JUMP_KEY_HISTORY_BODIES:
      return _ ("Then they can be searched after a restart. They may hold code and secrets of your work.");
    case JUMP_KEY_HISTORY_SKIP_CLIENTS:
      return _ ("Names of keys or programs, separated by commas. A * at the end stands for any ending.");
    case JUMP_KEY_HISTORY_DAYS:
      return _ ("0: never.");
    case JUMP_KEY_HISTORY_BODY_DAYS:
      return _ ("0: never.");
    case JUMP_KEY_HISTORY_MEGABYTES:
      return _ ("0: no limit. Questions and answers go first.");
    case JUMP_KEY_HISTORY_ERROR_LOG:
      return _ ("With question and answer.");
    case JUMP_KEY_USAGE_FOLDER:
      return _ ("One that is synchronised shows them together. Empty: this computer only.");
    case JUMP_KEY_BUDGET_CHEAPER_MODEL:
      return _ ("Empty: the cheapest one.");
    case JUMP_KEY_STREAMS_CREDITS:
      return _ ("Programs overlook it.");
    case JUMP_KEY_SERVER_ADDRESS:
      return _ ("“loopback” for programs on this computer only, “any” for all networks, or one address "
                "of this computer. Whoever reaches the port uses your seat, so other computers need "
                "a key.");
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
    case JUMP_KEY_UPDATES_CHECK:
      return _ ("Asks GitHub once a day which version is the newest, and tells you. Nothing is "
                "installed.");
    case JUMP_KEY_UPDATES_FEED_URL:
      return _ ("A web address that answers as GitHub’s list of releases does.");
    case JUMP_KEY_SERVER_HOST_NAMES:
      return _ ("Names under which other computers reach Jumpseat, separated by commas. Requests "
                "to any other name are refused.");
    case JUMP_KEY_SERVER_ALLOWED_ORIGINS:
      return _ ("As in https://chat.example, separated by commas. All other web pages are "
                "refused.");
    case JUMP_KEY_SERVER_REQUIRE_KEY:
      return _ ("Other computers, and other users of this one, always need one.");
    case JUMP_KEY_SERVER_KEY_IN_QUERY:
      return _ ("As in ?api_key=…. Addresses end up in the logs of other programs, so this is "
                "off.");
    case JUMP_KEY_SERVER_SIGN_UP:
      return _ ("They send POST /signup. The key works once you have approved it here.");
    case JUMP_KEY_SERVER_SOCKET:
      return _ ("A file that only you can open, for programs that can use one. Leave it empty for "
                "none.");
    case JUMP_KEY_SERVER_TLS_PORT:
      return _ ("For other computers, with https. It needs a certificate and a key of a client. 0 "
                "means none.");
    case JUMP_KEY_SERVER_TLS_ADDRESS:
      return _ ("“any” for all networks, “loopback”, or one address of this computer.");
    case JUMP_KEY_SERVER_TLS_CERTIFICATE:
      return _ ("A PEM file with the certificate and those that signed it.");
    case JUMP_KEY_SERVER_TLS_KEY:
      return _ ("A PEM file that only you can read.");
    case JUMP_KEY_LIMITS_CONNECTIONS:
      return _ ("When there are more, those that rest are closed first.");
    case JUMP_KEY_TRAFFIC_CONCURRENT:
      return _ ("GitHub takes very many at once for abuse. 0 means no limit.");
    case JUMP_KEY_TRAFFIC_SPACING_SECONDS:
      return _ ("0 means that none are kept apart.");
    case JUMP_KEY_TRAFFIC_APPROVAL:
      return _ ("Nothing is sent to Copilot until you allow it.");
    case JUMP_KEY_TRAFFIC_APPROVED_CLIENTS:
      return _ ("Their names, separated by commas.");
    case JUMP_KEY_TRAFFIC_BURST_REQUESTS:
      return _ ("GitHub can suspend accounts for very many requests. 0 means never.");
    case JUMP_KEY_RETRIES_ATTEMPTS:
      return _ ("Never after the first word of an answer.");
    case JUMP_KEY_STREAMS_KEEP_ALIVE:
      return _ ("So that programs do not give up while a model thinks. 0 means never.");
    case JUMP_KEY_STREAMS_COMMIT_AFTER:
      return _ ("Even when Copilot has not answered yet. 0 means never.");
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
    case JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER:
    case JUMP_KEY_LIMITS_HEAD_BYTES:
    case JUMP_KEY_LIMITS_HEAD_FIELDS:
    case JUMP_KEY_LIMITS_HEAD_SECONDS:
    case JUMP_KEY_LIMITS_CONTROL_BODY:
    case JUMP_KEY_LIMITS_EVENT_BYTES:
    case JUMP_KEY_LIMITS_STREAM_BUFFER:
    case JUMP_KEY_LIMITS_REPLY_BYTES:
    case JUMP_KEY_TRAFFIC_WAITING:
    case JUMP_KEY_TRAFFIC_WAIT_SECONDS:
    case JUMP_KEY_TRAFFIC_SPACING_ACTION:
    case JUMP_KEY_TRAFFIC_APPROVAL_SECONDS:
    case JUMP_KEY_HISTORY_BODY_BYTES:
    case JUMP_KEY_HISTORY_REQUEST_FILES:
    case JUMP_KEY_USAGE_MACHINE:
    case JUMP_KEY_METRICS_ENABLED:
    case JUMP_KEY_METRICS_DEBUG:
    case JUMP_N_KEYS:
      break;
    }
  return NULL;
}
