/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/settings/settings-keys.h"

#include "service/base/limits.h"

#include <string.h>

/* Ranges and defaults of [timeouts] are those of S-11. */
static const JumpSettingRow rows[] = {
  [JUMP_KEY_SERVER_ADDRESS] = {
    .group = "server",
    .name = "address",
    .type = JUMP_SETTING_ADDRESS,
    .fallback = "loopback",
    .environment = "JUMPSEAT_ADDRESS",
    .doc = "Where to listen: loopback means 127.0.0.1 and ::1, any means all networks; or one "
           "IP address of this computer. Whoever reaches the port uses your seat, so anything "
           "but loopback needs a client key.",
  },
  [JUMP_KEY_SERVER_PORT] = {
    .group = "server",
    .name = "port",
    .type = JUMP_SETTING_INT,
    .fallback = "8081",
    .min = 0,
    .max = 65535,
    .environment = "JUMPSEAT_PORT,PORT",
    .doc = "TCP port to listen on; 0 takes any free one.",
  },
  [JUMP_KEY_SERVER_BODY_LIMIT] = {
    .group = "server",
    .name = "body_limit",
    .type = JUMP_SETTING_INT,
    .fallback = "33554432", /* JUMP_LIMIT_BODY_DEFAULT */
    .min = 1024,
    .max = JUMP_LIMIT_BODY_MAX,
    .doc = "Largest request body in bytes. Larger ones are refused with status 413.",
  },
  [JUMP_KEY_SERVER_OLLAMA_PORT] = {
    .group = "server",
    .name = "ollama_port",
    .type = JUMP_SETTING_INT,
    .fallback = "0",
    .min = 0,
    .max = 65535,
    .environment = "JUMPSEAT_OLLAMA_PORT",
    .doc = "A second port to listen on, for Ollama clients that only know their own: 11434. 0: "
           "none.",
  },
  [JUMP_KEY_SERVER_OPEN_BROWSER] = {
    .group = "server",
    .name = "open_browser",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "true",
    .doc = "Whether signing in opens the browser where there is one.",
  },
  [JUMP_KEY_SERVER_HOST_NAMES] = {
    .group = "server",
    .name = "host_names",
    .type = JUMP_SETTING_HOSTS,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "More names under which clients reach this service, separated by commas, such "
           "as the computer's name in the network. Requests with another name in their "
           "Host header are refused.",
  },
  [JUMP_KEY_SERVER_ALLOWED_ORIGINS] = {
    .group = "server",
    .name = "allowed_origins",
    .type = JUMP_SETTING_ORIGINS,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "Web pages that may use the model API, as origins separated by commas: "
           "https://chat.example. Desktop programs that are made of pages have origins "
           "such as app://name. Pages of all other sites are refused, whatever they send.",
  },
  [JUMP_KEY_SERVER_REQUIRE_KEY] = {
    .group = "server",
    .name = "require_key",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "false",
    .environment = "JUMPSEAT_REQUIRE_KEY",
    .doc = "Whether programs on this computer need a client key, too. Other computers "
           "always do.",
  },
  [JUMP_KEY_SERVER_KEY_IN_QUERY] = {
    .group = "server",
    .name = "key_in_query",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "false",
    .doc = "Whether a client key may stand in the address as ?api_key=. Addresses end up "
           "in the logs of others, so headers are better.",
  },
  [JUMP_KEY_SERVER_SIGN_UP] = {
    .group = "server",
    .name = "sign_up",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "false",
    .doc = "Whether anybody who reaches the service may ask for a key with POST /signup. "
           "It works once you have approved it.",
  },
  [JUMP_KEY_SERVER_SOCKET] = {
    .group = "server",
    .name = "socket",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .environment = "JUMPSEAT_SOCKET",
    .doc = "Path of a Unix socket to listen on as well; only you can open it. Empty: none.",
  },
  [JUMP_KEY_SERVER_TLS_PORT] = {
    .group = "server",
    .name = "tls_port",
    .type = JUMP_SETTING_INT,
    .fallback = "0",
    .min = 0,
    .max = 65535,
    .environment = "JUMPSEAT_TLS_PORT",
    .doc = "TCP port for encrypted connections (https); needs tls_certificate and tls_key. "
           "0: none.",
  },
  [JUMP_KEY_SERVER_TLS_ADDRESS] = {
    .group = "server",
    .name = "tls_address",
    .type = JUMP_SETTING_ADDRESS,
    .fallback = "any",
    .doc = "Where to listen for encrypted connections: any for all networks, loopback, or "
           "one address of this computer.",
  },
  [JUMP_KEY_SERVER_TLS_CERTIFICATE] = {
    .group = "server",
    .name = "tls_certificate",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "File with the certificate for tls_port and those that signed it (PEM).",
  },
  [JUMP_KEY_SERVER_TLS_KEY] = {
    .group = "server",
    .name = "tls_key",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "File with the private key of that certificate (PEM).",
  },
  [JUMP_KEY_UPSTREAM_GITHUB_URL] = {
    .group = "upstream",
    .name = "github_url",
    .type = JUMP_SETTING_URL,
    .fallback = "https://github.com",
    .needs_restart = TRUE,
    .environment = "JUMPSEAT_GITHUB_URL",
    .doc = "GitHub itself, where you sign in. Companies with data residency use "
           "https://NAME.ghe.com.",
  },
  [JUMP_KEY_UPSTREAM_GITHUB_API_URL] = {
    .group = "upstream",
    .name = "github_api_url",
    .type = JUMP_SETTING_URL,
    .fallback = "https://api.github.com",
    .needs_restart = TRUE,
    .environment = "JUMPSEAT_GITHUB_API_URL",
    .doc = "GitHub's API, which hands out Copilot tokens.",
  },
  [JUMP_KEY_UPSTREAM_COPILOT_URL] = {
    .group = "upstream",
    .name = "copilot_url",
    .type = JUMP_SETTING_URL,
    .fallback = "",
    .may_be_empty = TRUE,
    .environment = "JUMPSEAT_COPILOT_URL",
    .doc = "The Copilot API. Empty: the address that GitHub names for your account; an "
           "address here wins over GitHub's.",
  },
  [JUMP_KEY_UPSTREAM_CLIENT_ID] = {
    .group = "upstream",
    .name = "client_id",
    .type = JUMP_SETTING_STRING,
    .fallback = "Iv1.b507a08c87ecfe98",
    .needs_restart = TRUE,
    .environment = "JUMPSEAT_CLIENT_ID",
    .doc = "Client id of the GitHub application that you sign in to.",
  },
  [JUMP_KEY_UPSTREAM_SCOPE] = {
    .group = "upstream",
    .name = "scope",
    .type = JUMP_SETTING_STRING,
    .fallback = "read:user",
    .may_be_empty = TRUE,
    .needs_restart = TRUE,
    .environment = "JUMPSEAT_SCOPE",
    .doc = "Rights to ask for when signing in, separated by spaces.",
  },
  [JUMP_KEY_UPSTREAM_PROXY] = {
    .group = "upstream",
    .name = "proxy",
    .type = JUMP_SETTING_PROXY,
    .fallback = "",
    .may_be_empty = TRUE,
    .environment = "JUMPSEAT_PROXY",
    .doc = "Proxy for all upstream calls, as in http://proxy.example:3128; schemes http, "
           "https, socks4, socks4a, socks5 and socks5h. Empty: the variables HTTPS_PROXY, "
           "ALL_PROXY and NO_PROXY decide; without them the computer's own settings, scripts "
           "(PAC) included.",
  },
  [JUMP_KEY_UPSTREAM_CA_FILE] = {
    .group = "upstream",
    .name = "ca_file",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .environment = "JUMPSEAT_CA_FILE",
    .doc = "File with certificates (PEM) to trust besides the system's, for companies whose proxy "
           "opens TLS.",
  },
  [JUMP_KEY_UPSTREAM_DIRECT] = {
    .group = "upstream",
    .name = "direct",
    .type = JUMP_SETTING_CHOICE,
    .fallback = "auto",
    .choices = "auto|always|never",
    .doc = "Whether the GitHub token is used at Copilot directly, without exchanging it: "
           "auto does so only when the exchange is refused.",
  },
  [JUMP_KEY_IDENTITY_EDITOR_VERSION] = {
    .group = "identity",
    .name = "editor_version",
    .type = JUMP_SETTING_STRING,
    .fallback = "vscode/1.124.2",
    .doc = "Header Editor-Version. The values of this group belong to one real build of an "
           "editor: change them together.",
  },
  [JUMP_KEY_IDENTITY_PLUGIN_VERSION] = {
    .group = "identity",
    .name = "plugin_version",
    .type = JUMP_SETTING_STRING,
    .fallback = "copilot-chat/0.52.0",
    .doc = "Header Editor-Plugin-Version.",
  },
  [JUMP_KEY_IDENTITY_USER_AGENT] = {
    .group = "identity",
    .name = "user_agent",
    .type = JUMP_SETTING_STRING,
    .fallback = "GitHubCopilotChat/0.52.0",
    .doc = "Header User-Agent.",
  },
  [JUMP_KEY_IDENTITY_INTEGRATION_ID] = {
    .group = "identity",
    .name = "integration_id",
    .type = JUMP_SETTING_STRING,
    .fallback = "vscode-chat",
    .doc = "Header Copilot-Integration-Id. It decides which models are offered.",
  },
  [JUMP_KEY_IDENTITY_API_VERSION] = {
    .group = "identity",
    .name = "api_version",
    .type = JUMP_SETTING_STRING,
    .fallback = "2025-05-01",
    .doc = "Header X-GitHub-Api-Version.",
  },
  [JUMP_KEY_IDENTITY_INTENT] = {
    .group = "identity",
    .name = "intent",
    .type = JUMP_SETTING_STRING,
    .fallback = "conversation-agent",
    .doc = "Header OpenAI-Intent.",
  },
  [JUMP_KEY_MODELS_DEFAULT] = {
    .group = "models",
    .name = "default",
    .type = JUMP_SETTING_STRING,
    .fallback = "gpt-4.1",
    .doc = "Model for requests that name none.",
  },
  [JUMP_KEY_MODELS_STRICT] = {
    .group = "models",
    .name = "strict",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "true",
    .doc = "Whether unknown model names are refused with status 404. If not, they are passed "
           "on as they are.",
  },
  [JUMP_KEY_MODELS_CACHE_SECONDS] = {
    .group = "models",
    .name = "cache_seconds",
    .type = JUMP_SETTING_INT,
    .fallback = "600",
    .min = 10,
    .max = 86400,
    .doc = "How long the list of models counts as fresh, in seconds.",
  },
  [JUMP_KEY_MODELS_SMALL] = {
    .group = "models",
    .name = "small",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "Model for what agents ask beside the work itself, such as a title for the "
           "conversation. Empty: the model that they ask for.",
  },
  [JUMP_KEY_TRANSLATION_REASONING_FIELD] = {
    .group = "translation",
    .name = "reasoning_field",
    .type = JUMP_SETTING_CHOICE,
    .fallback = "reasoning_content",
    .choices = "reasoning_content|reasoning_text",
    .doc = "Where chat completions show a model's reasoning: reasoning_content as most clients "
           "expect it, or reasoning_text as Copilot calls it.",
  },
  [JUMP_KEY_TRANSLATION_OLLAMA_VERSION] = {
    .group = "translation",
    .name = "ollama_version",
    .type = JUMP_SETTING_STRING,
    .fallback = "0.12.6",
    .doc = "The version that Ollama clients are told; some want at least 0.6.4.",
  },
  [JUMP_KEY_TIMEOUT_HTTP_CLIENT] = {
    .group = "timeouts",
    .name = "http_client",
    .type = JUMP_SETTING_INT,
    .fallback = "300",
    .min = 1,
    .max = 3600,
    .doc = "Seconds for the whole of a small upstream call: sign-in, token, list of models.",
  },
  [JUMP_KEY_TIMEOUT_SERVER_READ] = {
    .group = "timeouts",
    .name = "server_read",
    .type = JUMP_SETTING_INT,
    .fallback = "30",
    .min = 1,
    .max = 300,
    .doc = "Seconds that a client may take to send a request.",
  },
  [JUMP_KEY_TIMEOUT_SERVER_WRITE] = {
    .group = "timeouts",
    .name = "server_write",
    .type = JUMP_SETTING_INT,
    .fallback = "300",
    .min = 1,
    .max = 3600,
    .doc = "Seconds after which a client that reads nothing of its answer is cut off.",
  },
  [JUMP_KEY_TIMEOUT_SERVER_IDLE] = {
    .group = "timeouts",
    .name = "server_idle",
    .type = JUMP_SETTING_INT,
    .fallback = "120",
    .min = 1,
    .max = 3600,
    .doc = "Seconds after which an unused client connection is closed.",
  },
  [JUMP_KEY_TIMEOUT_PROXY_CONTEXT] = {
    .group = "timeouts",
    .name = "proxy_context",
    .type = JUMP_SETTING_INT,
    .fallback = "300",
    .min = 1,
    .max = 3600,
    .doc = "Longest silence of upstream in a model call, in seconds. It never cuts a stream "
           "that still produces data.",
  },
  [JUMP_KEY_TIMEOUT_CIRCUIT_BREAKER] = {
    .group = "timeouts",
    .name = "circuit_breaker",
    .type = JUMP_SETTING_INT,
    .fallback = "30",
    .min = 1,
    .max = 300,
    .doc = "Seconds for which calls are refused after five failures in a row.",
  },
  [JUMP_KEY_TIMEOUT_KEEP_ALIVE] = {
    .group = "timeouts",
    .name = "keep_alive",
    .type = JUMP_SETTING_INT,
    .fallback = "30",
    .min = 1,
    .max = 300,
    .doc = "Seconds between TCP keep-alive probes on upstream connections.",
  },
  [JUMP_KEY_TIMEOUT_TLS_HANDSHAKE] = {
    .group = "timeouts",
    .name = "tls_handshake",
    .type = JUMP_SETTING_INT,
    .fallback = "10",
    .min = 1,
    .max = 300,
    .doc = "Seconds for the TLS handshake with upstream; bounds connecting together with "
           "dial_timeout.",
  },
  [JUMP_KEY_TIMEOUT_DIAL] = {
    .group = "timeouts",
    .name = "dial_timeout",
    .type = JUMP_SETTING_INT,
    .fallback = "10",
    .min = 1,
    .max = 300,
    .doc = "Seconds for finding and reaching upstream.",
  },
  [JUMP_KEY_TIMEOUT_IDLE_CONN] = {
    .group = "timeouts",
    .name = "idle_conn_timeout",
    .type = JUMP_SETTING_INT,
    .fallback = "90",
    .min = 1,
    .max = 3600,
    .doc = "Seconds after which an unused upstream connection is closed.",
  },
  [JUMP_KEY_LIMITS_CONNECTIONS] = {
    .group = "limits",
    .name = "connections",
    .type = JUMP_SETTING_INT,
    .fallback = "4096", /* JUMP_LIMIT_CONNECTIONS */
    .min = 16,
    .max = 65536,
    .doc = "Client connections at once. When there are more, those that rest are closed "
           "first.",
  },
  [JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER] = {
    .group = "limits",
    .name = "connections_per_peer",
    .type = JUMP_SETTING_INT,
    .fallback = "1024", /* JUMP_LIMIT_CONNECTIONS_PER_PEER */
    .min = 4,
    .max = 65536,
    .doc = "Client connections at once from one address.",
  },
  [JUMP_KEY_LIMITS_HEAD_BYTES] = {
    .group = "limits",
    .name = "head_bytes",
    .type = JUMP_SETTING_INT,
    .fallback = "65536", /* JUMP_LIMIT_REQUEST_HEAD */
    .min = 4096,
    .max = 1048576,
    .doc = "Largest request line and headers in bytes. Larger ones are refused with status "
           "431.",
  },
  [JUMP_KEY_LIMITS_HEAD_FIELDS] = {
    .group = "limits",
    .name = "head_fields",
    .type = JUMP_SETTING_INT,
    .fallback = "100", /* JUMP_LIMIT_HEAD_FIELDS */
    .min = 10,
    .max = 1000,
    .doc = "Most header fields of a request.",
  },
  [JUMP_KEY_LIMITS_HEAD_SECONDS] = {
    .group = "limits",
    .name = "head_seconds",
    .type = JUMP_SETTING_INT,
    .fallback = "10", /* JUMP_LIMIT_HEAD_SECONDS */
    .min = 1,
    .max = 300,
    .doc = "Seconds that a client may take to send the headers of a request.",
  },
  [JUMP_KEY_LIMITS_CONTROL_BODY] = {
    .group = "limits",
    .name = "control_body",
    .type = JUMP_SETTING_INT,
    .fallback = "1048576", /* JUMP_LIMIT_CONTROL_BODY */
    .min = 1024,
    .max = 67108864,
    .doc = "Largest body of a request to the control API in bytes.",
  },
  [JUMP_KEY_LIMITS_EVENT_BYTES] = {
    .group = "limits",
    .name = "event_bytes",
    .type = JUMP_SETTING_INT,
    .fallback = "16777216", /* JUMP_LIMIT_SSE_EVENT */
    .min = 65536,
    .max = 67108864,
    .doc = "Largest single event, and longest line, of a stream of upstream, in bytes.",
  },
  [JUMP_KEY_LIMITS_STREAM_BUFFER] = {
    .group = "limits",
    .name = "stream_buffer",
    .type = JUMP_SETTING_INT,
    .fallback = "32768", /* JUMP_LIMIT_STREAM_BUFFER */
    .min = 4096,
    .max = 4194304,
    .doc = "Bytes that are kept for a client that does not read, for each stream; upstream "
           "waits then.",
  },
  [JUMP_KEY_LIMITS_REPLY_BYTES] = {
    .group = "limits",
    .name = "reply_bytes",
    .type = JUMP_SETTING_INT,
    .fallback = "67108864", /* JUMP_LIMIT_REPLY */
    .min = 1048576,
    .max = 268435456,
    .doc = "Largest reply, in bytes, that is no stream or is translated for another API.",
  },
  [JUMP_KEY_TRAFFIC_CONCURRENT] = {
    .group = "traffic",
    .name = "concurrent",
    .type = JUMP_SETTING_INT,
    .fallback = "4", /* JUMP_LIMIT_CONCURRENT */
    .min = 0,
    .max = 256,
    .environment = "JUMPSEAT_CONCURRENT",
    .doc = "Model requests at once. GitHub takes many at once for abuse. 0: no limit.",
  },
  [JUMP_KEY_TRAFFIC_WAITING] = {
    .group = "traffic",
    .name = "waiting",
    .type = JUMP_SETTING_INT,
    .fallback = "32", /* JUMP_LIMIT_WAITING */
    .min = 0,
    .max = 4096,
    .doc = "Model requests that may wait for their turn; more are refused with status 503.",
  },
  [JUMP_KEY_TRAFFIC_WAIT_SECONDS] = {
    .group = "traffic",
    .name = "wait_seconds",
    .type = JUMP_SETTING_INT,
    .fallback = "30", /* JUMP_LIMIT_WAIT_SECONDS */
    .min = 1,
    .max = 600,
    .doc = "Seconds that a model request may wait for its turn.",
  },
  [JUMP_KEY_TRAFFIC_SPACING_SECONDS] = {
    .group = "traffic",
    .name = "spacing_seconds",
    .type = JUMP_SETTING_INT,
    .fallback = "0",
    .min = 0,
    .max = 3600,
    .doc = "Seconds between the beginnings of two model requests. 0: none.",
  },
  [JUMP_KEY_TRAFFIC_SPACING_ACTION] = {
    .group = "traffic",
    .name = "spacing_action",
    .type = JUMP_SETTING_CHOICE,
    .fallback = "wait",
    .choices = "wait|refuse",
    .doc = "What happens to a model request that comes too soon after another: it waits, "
           "or it is refused with status 429.",
  },
  [JUMP_KEY_TRAFFIC_APPROVAL] = {
    .group = "traffic",
    .name = "approval",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "false",
    .doc = "Whether each model request waits until somebody allows it.",
  },
  [JUMP_KEY_TRAFFIC_APPROVAL_SECONDS] = {
    .group = "traffic",
    .name = "approval_seconds",
    .type = JUMP_SETTING_INT,
    .fallback = "60",
    .min = 5,
    .max = 600,
    .doc = "Seconds after which a request that nobody allowed is refused.",
  },
  [JUMP_KEY_TRAFFIC_APPROVED_CLIENTS] = {
    .group = "traffic",
    .name = "approved_clients",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "Clients that are always allowed when approval is on, by the names of their "
           "keys or programs, separated by commas.",
  },
  [JUMP_KEY_TRAFFIC_BURST_REQUESTS] = {
    .group = "traffic",
    .name = "burst_requests",
    .type = JUMP_SETTING_INT,
    .fallback = "60",
    .min = 0,
    .max = 10000,
    .doc = "Model requests within a minute from which on you are warned that GitHub may "
           "take them for abuse. 0: never.",
  },
  [JUMP_KEY_RETRIES_ATTEMPTS] = {
    .group = "retries",
    .name = "attempts",
    .type = JUMP_SETTING_INT,
    .fallback = "3",
    .min = 1,
    .max = 10,
    .doc = "How often a model request is tried in all when upstream fails before its "
           "answer begins.",
  },
  [JUMP_KEY_STREAMS_KEEP_ALIVE] = {
    .group = "streams",
    .name = "keep_alive",
    .type = JUMP_SETTING_INT,
    .fallback = "15", /* JUMP_LIMIT_KEEP_ALIVE_SECONDS */
    .min = 0,
    .max = 300,
    .doc = "Seconds of silence after which a client gets a sign of life in its stream. 0: "
           "never.",
  },
  [JUMP_KEY_STREAMS_COMMIT_AFTER] = {
    .group = "streams",
    .name = "commit_after",
    .type = JUMP_SETTING_INT,
    .fallback = "15",
    .min = 0,
    .max = 300,
    .doc = "Seconds without an answer of upstream after which a client that wants a stream "
           "gets its beginning, so that it does not give up. 0: never before upstream "
           "answers.",
  },
  [JUMP_KEY_SECRETS_BACKEND] = {
    .group = "secrets",
    .name = "backend",
    .type = JUMP_SETTING_CHOICE,
    .fallback = "auto",
    .choices = "auto|keyring|file",
    .needs_restart = TRUE,
    .environment = "JUMPSEAT_SECRETS",
    .doc = "Where tokens are kept: keyring is the desktop's vault, file a file that only you "
           "can read, auto takes the keyring where there is one.",
  },
  [JUMP_KEY_LOG_LEVEL] = {
    .group = "log",
    .name = "level",
    .type = JUMP_SETTING_CHOICE,
    .fallback = "info",
    .choices = "debug|info|warning|error",
    .environment = "JUMPSEAT_LOG,LOG_LEVEL,DEBUG",
    .doc = "How much is written to standard error.",
  },
  [JUMP_KEY_HISTORY_STORE] = {
    .group = "history",
    .name = "store",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "true",
    .doc = "Whether finished requests are kept on disk: who, when, which model, what it cost; "
           "not what was asked and answered.",
  },
  [JUMP_KEY_HISTORY_MEMORY] = {
    .group = "history",
    .name = "memory",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "true",
    .doc = "Whether questions and answers of the last thousand requests are kept in memory, "
           "until Jumpseat ends. The window and the dashboard show them.",
  },
  [JUMP_KEY_HISTORY_BODIES] = {
    .group = "history",
    .name = "bodies",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "false",
    .doc = "Whether questions and answers are kept on disk as well, compressed. They can then be "
           "searched after a restart.",
  },
  [JUMP_KEY_HISTORY_BODY_BYTES] = {
    .group = "history",
    .name = "body_bytes",
    .type = JUMP_SETTING_INT,
    .fallback = "1048576",
    .min = 4096,
    .max = 67108864,
    .doc = "Largest question or answer in bytes that is kept on disk; of longer ones only the "
           "size is kept.",
  },
  [JUMP_KEY_HISTORY_SKIP_CLIENTS] = {
    .group = "history",
    .name = "skip_clients",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "Clients whose questions and answers are never kept on disk: names of keys or "
           "programs, separated by commas; * at the end stands for any ending.",
  },
  [JUMP_KEY_HISTORY_DAYS] = {
    .group = "history",
    .name = "days",
    .type = JUMP_SETTING_INT,
    .fallback = "365",
    .min = 0,
    .max = 36500,
    .doc = "Days after which requests are removed from disk. 0: never.",
  },
  [JUMP_KEY_HISTORY_BODY_DAYS] = {
    .group = "history",
    .name = "body_days",
    .type = JUMP_SETTING_INT,
    .fallback = "30",
    .min = 0,
    .max = 36500,
    .doc = "Days after which questions and answers are removed from disk. 0: never.",
  },
  [JUMP_KEY_HISTORY_MEGABYTES] = {
    .group = "history",
    .name = "megabytes",
    .type = JUMP_SETTING_INT,
    .fallback = "2048",
    .min = 0,
    .max = 1048576,
    .doc = "Most megabytes that the history takes on disk; questions and answers go first, then "
           "the oldest requests. 0: no limit.",
  },
  [JUMP_KEY_HISTORY_REQUEST_FILES] = {
    .group = "history",
    .name = "request_files",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "false",
    .doc = "Whether every finished request is also written to a file of its day, "
           "requests/YYYY-MM-DD.jl in the data folder, as an export would.",
  },
  [JUMP_KEY_HISTORY_ERROR_LOG] = {
    .group = "history",
    .name = "error_log",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "false",
    .doc = "Whether failed requests are also written, with question and answer, to error.log in "
           "the data folder.",
  },
  [JUMP_KEY_USAGE_FOLDER] = {
    .group = "usage",
    .name = "folder",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "Folder for the lines of token usage of each computer. One that is synchronised shows "
           "all your computers together. Empty: the data folder.",
  },
  [JUMP_KEY_USAGE_MACHINE] = {
    .group = "usage",
    .name = "machine",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "Name of this computer among them. Empty: its host name.",
  },
  [JUMP_KEY_BUDGET_CHEAPER_MODEL] = {
    .group = "budget",
    .name = "cheaper_model",
    .type = JUMP_SETTING_STRING,
    .fallback = "",
    .may_be_empty = TRUE,
    .doc = "Model that a budget with the action cheaper changes to when it names none. Empty: "
           "models.small, else the cheapest of the account.",
  },
  [JUMP_KEY_STREAMS_CREDITS] = {
    .group = "streams",
    .name = "credits",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "true",
    .doc = "Whether a stream ends with a comment that tells what the answer cost. Clients "
           "overlook it.",
  },
  [JUMP_KEY_METRICS_ENABLED] = {
    .group = "metrics",
    .name = "enabled",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "false",
    .doc = "Whether /metrics answers Prometheus: programs on this computer, and whoever has a "
           "client key.",
  },
  [JUMP_KEY_METRICS_DEBUG] = {
    .group = "metrics",
    .name = "debug",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "false",
    .doc = "Whether /debug/ tells programs on this computer the counters of the service's parts.",
  },
  [JUMP_KEY_SCREEN_LANGUAGE] = {
    .group = "screen",
    .name = "language",
    .type = JUMP_SETTING_CHOICE,
    .fallback = "system",
    .choices = "system|en|de|es|fr|ja|pt_BR|zh_CN",
    .environment = "JUMPSEAT_LANGUAGE",
    .doc = "Language of window and tray.",
  },
  [JUMP_KEY_SCREEN_THEME] = {
    .group = "screen",
    .name = "theme",
    .type = JUMP_SETTING_CHOICE,
    .fallback = "system",
    .choices = "system|light|dark",
    .doc = "Light or dark windows; system follows the desktop.",
  },
  [JUMP_KEY_SCREEN_CLOSE] = {
    .group = "screen",
    .name = "close",
    .type = JUMP_SETTING_CHOICE,
    .fallback = "ask",
    .choices = "ask|keep|quit",
    .doc = "What closing the window does where there is no tray icon: ask, keep serving, or quit.",
  },
  [JUMP_KEY_SCREEN_NOTIFICATIONS] = {
    .group = "screen",
    .name = "notifications",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "true",
    .doc = "Whether desktop notifications tell what needs attention.",
  },
  [JUMP_KEY_UPDATES_CHECK] = {
    .group = "updates",
    .name = "check",
    .type = JUMP_SETTING_BOOLEAN,
    .fallback = "true",
    .environment = "JUMPSEAT_UPDATES_CHECK",
    .doc = "Whether to look for a newer version, once a day at most. Nothing is installed. Flatpaks "
           "and the demo never look.",
  },
  [JUMP_KEY_UPDATES_FEED_URL] = {
    .group = "updates",
    .name = "feed_url",
    .type = JUMP_SETTING_URL,
    .fallback = "https://api.github.com/repos/jumpseat/jumpseat/releases/latest",
    .doc = "Where it is written which version is the newest: JSON as of GitHub's latest release.",
  },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == JUMP_N_KEYS);

/**
 * jump_setting_row:
 * @key: a key
 *
 * Returns: (transfer none): what is known about it
 */
const JumpSettingRow *
jump_setting_row (JumpSettingKey key)
{
  g_return_val_if_fail (key < JUMP_N_KEYS, NULL);
  return &rows[key];
}

/**
 * jump_setting_find:
 * @dotted_name: "group.name", as in "server.port"
 * @out_key: (out) (optional): the key
 *
 * Returns: whether there is such a key
 */
gboolean
jump_setting_find (const char *dotted_name, JumpSettingKey *out_key)
{
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      gsize group_length = strlen (rows[i].group);

      if (strncmp (dotted_name, rows[i].group, group_length) != 0 ||
          dotted_name[group_length] != '.' ||
          !g_str_equal (dotted_name + group_length + 1, rows[i].name))
        continue;
      if (out_key != NULL)
        *out_key = (JumpSettingKey) i;
      return TRUE;
    }
  return FALSE;
}
