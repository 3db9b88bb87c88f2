/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/setting-words.h"

#include <glib/gi18n-lib.h>

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
    case JUMP_KEY_UPDATES_CHECK:
      return _ ("Look for newer versions");
    case JUMP_KEY_UPDATES_FEED_URL:
      return _ ("Where newer versions are announced");
    case JUMP_KEY_SERVER_HOST_NAMES:
      return _ ("More names of this computer");
    case JUMP_KEY_SERVER_ALLOWED_ORIGINS:
      return _ ("Web pages that may use models");
    case JUMP_KEY_SERVER_REQUIRE_KEY:
      return _ ("Programs on this computer need a key");
    case JUMP_KEY_SERVER_KEY_IN_QUERY:
      return _ ("Accept keys in addresses");
    case JUMP_KEY_SERVER_SIGN_UP:
      return _ ("Let others ask for a key");
    case JUMP_KEY_SERVER_SOCKET:
      return _ ("Unix socket");
    case JUMP_KEY_SERVER_TLS_PORT:
      return _ ("Port for encrypted connections");
    case JUMP_KEY_SERVER_TLS_ADDRESS:
      return _ ("Address for encrypted connections");
    case JUMP_KEY_SERVER_TLS_CERTIFICATE:
      return _ ("Certificate");
    case JUMP_KEY_SERVER_TLS_KEY:
      return _ ("Private key of the certificate");
    case JUMP_KEY_LIMITS_CONNECTIONS:
      return _ ("Connections at once");
    case JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER:
      return _ ("Connections at once from one computer");
    case JUMP_KEY_LIMITS_HEAD_BYTES:
      return _ ("Largest headers of a request, in bytes");
    case JUMP_KEY_LIMITS_HEAD_FIELDS:
      return _ ("Most headers of a request");
    case JUMP_KEY_LIMITS_HEAD_SECONDS:
      return _ ("Seconds a program may take to send headers");
    case JUMP_KEY_LIMITS_CONTROL_BODY:
      return _ ("Largest control request, in bytes");
    case JUMP_KEY_LIMITS_EVENT_BYTES:
      return _ ("Largest event of a stream, in bytes");
    case JUMP_KEY_LIMITS_STREAM_BUFFER:
      return _ ("Bytes kept for a program that does not read");
    case JUMP_KEY_LIMITS_REPLY_BYTES:
      return _ ("Largest answer, in bytes");
    case JUMP_KEY_TRAFFIC_CONCURRENT:
      return _ ("Requests to Copilot at once");
    case JUMP_KEY_TRAFFIC_WAITING:
      return _ ("Requests that may wait for their turn");
    case JUMP_KEY_TRAFFIC_WAIT_SECONDS:
      return _ ("Seconds a request may wait for its turn");
    case JUMP_KEY_TRAFFIC_SPACING_SECONDS:
      return _ ("Seconds between two requests");
    case JUMP_KEY_TRAFFIC_SPACING_ACTION:
      return _ ("A request that comes too soon");
    case JUMP_KEY_TRAFFIC_APPROVAL:
      return _ ("Ask before each request");
    case JUMP_KEY_TRAFFIC_APPROVAL_SECONDS:
      return _ ("Seconds until a request that nobody allowed is refused");
    case JUMP_KEY_TRAFFIC_APPROVED_CLIENTS:
      return _ ("Programs that need no permission");
    case JUMP_KEY_TRAFFIC_BURST_REQUESTS:
      return _ ("Warn from so many requests in a minute");
    case JUMP_KEY_RETRIES_ATTEMPTS:
      return _ ("Tries in all when Copilot fails");
    case JUMP_KEY_STREAMS_KEEP_ALIVE:
      return _ ("Seconds of silence until a program gets a sign of life");
    case JUMP_KEY_STREAMS_COMMIT_AFTER:
      return _ ("Seconds until a program gets the beginning of an answer");
    case JUMP_KEY_SERVER_BODY_LIMIT:
      return _ ("Largest request, in bytes");
    case JUMP_KEY_HISTORY_STORE:
      return _ ("Keep finished requests");
    case JUMP_KEY_HISTORY_MEMORY:
      return _ ("Keep questions and answers in memory");
    case JUMP_KEY_HISTORY_BODIES:
      return _ ("Keep questions and answers, too");
    case JUMP_KEY_HISTORY_BODY_BYTES:
      return _ ("Largest question or answer to keep, in bytes");
    case JUMP_KEY_HISTORY_SKIP_CLIENTS:
      return _ ("Programs whose questions are never kept");
    case JUMP_KEY_HISTORY_DAYS:
      return _ ("Days until requests are removed");
    case JUMP_KEY_HISTORY_BODY_DAYS:
      return _ ("Days until questions and answers are removed");
    case JUMP_KEY_HISTORY_MEGABYTES:
      return _ ("Most megabytes on disk");
    case JUMP_KEY_HISTORY_REQUEST_FILES:
      return _ ("Also write a file of requests for each day");
    case JUMP_KEY_HISTORY_ERROR_LOG:
      return _ ("Also write failed requests to a log");
    case JUMP_KEY_USAGE_FOLDER:
      return _ ("Folder for the usage of all your computers");
    case JUMP_KEY_USAGE_MACHINE:
      return _ ("Name of this computer there");
    case JUMP_KEY_BUDGET_CHEAPER_MODEL:
      return _ ("Model to change to when a budget is used up");
    case JUMP_KEY_STREAMS_CREDITS:
      return _ ("End streams with what they cost");
    case JUMP_KEY_METRICS_ENABLED:
      return _ ("Answer Prometheus at /metrics");
    case JUMP_KEY_METRICS_DEBUG:
      return _ ("Show inner counters at /debug/");
    case JUMP_KEY_UPSTREAM_CLIENT_ID:
    case JUMP_KEY_UPSTREAM_SCOPE:
    case JUMP_N_KEYS:
      break;
    }
  return "";
}
