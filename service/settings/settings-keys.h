/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The table of every setting: group, name, type, default, range, environment variable, what it
 * means. The generated file, the man page's list, validation and `jumpseat config` come from it.
 * settings-keys.c holds the rows in the order of this enumeration. */

typedef enum
{
  JUMP_SETTING_BOOLEAN,
  JUMP_SETTING_INT,
  JUMP_SETTING_STRING,
  JUMP_SETTING_CHOICE,  /* one of the words in `choices`, separated by | */
  JUMP_SETTING_URL,     /* https, or http to a loopback address; empty when `may_be_empty` */
  JUMP_SETTING_PROXY,   /* scheme://host:port of an http, https or socks proxy */
  JUMP_SETTING_ADDRESS, /* where to listen: loopback, any, or an IP address */
  JUMP_SETTING_HOSTS,   /* host names or IP addresses without ports, separated by commas */
  JUMP_SETTING_ORIGINS, /* origins (RFC 6454) of http or https, separated by commas; no "*" */
} JumpSettingType;

typedef enum
{
  JUMP_KEY_SERVER_ADDRESS, /* [server] address = loopback (127.0.0.1 and ::1), any, or an IP address */
  JUMP_KEY_SERVER_PORT,    /* [server] port = 8081, 0 = any free port */
  JUMP_KEY_SERVER_BODY_LIMIT,       /* [server] body_limit = 33554432 bytes */
  JUMP_KEY_SERVER_OLLAMA_PORT,      /* [server] ollama_port = 0: a second port for Ollama clients */
  JUMP_KEY_SERVER_OPEN_BROWSER,     /* [server] open_browser = true: sign-in opens the browser */
  JUMP_KEY_SERVER_HOST_NAMES,       /* [server] host_names */
  JUMP_KEY_SERVER_ALLOWED_ORIGINS,  /* [server] allowed_origins */
  JUMP_KEY_SERVER_REQUIRE_KEY,      /* [server] require_key = false */
  JUMP_KEY_SERVER_KEY_IN_QUERY,     /* [server] key_in_query = false */
  JUMP_KEY_SERVER_SIGN_UP,          /* [server] sign_up = false */
  JUMP_KEY_SERVER_SOCKET,           /* [server] socket */
  JUMP_KEY_SERVER_TLS_PORT,         /* [server] tls_port = 0 */
  JUMP_KEY_SERVER_TLS_ADDRESS,      /* [server] tls_address = any */
  JUMP_KEY_SERVER_TLS_CERTIFICATE,  /* [server] tls_certificate */
  JUMP_KEY_SERVER_TLS_KEY,          /* [server] tls_key */
  JUMP_KEY_UPSTREAM_GITHUB_URL,     /* [upstream] github_url = https://github.com */
  JUMP_KEY_UPSTREAM_GITHUB_API_URL, /* [upstream] github_api_url = https://api.github.com */
  JUMP_KEY_UPSTREAM_COPILOT_URL,    /* [upstream] copilot_url = (empty: endpoints.api decides) */
  JUMP_KEY_UPSTREAM_CLIENT_ID,      /* [upstream] client_id = Iv1.b507a08c87ecfe98 */
  JUMP_KEY_UPSTREAM_SCOPE,          /* [upstream] scope = read:user */
  JUMP_KEY_UPSTREAM_PROXY,          /* [upstream] proxy = (empty: environment) */
  JUMP_KEY_UPSTREAM_CA_FILE,        /* [upstream] ca_file = (empty: system) */
  JUMP_KEY_UPSTREAM_DIRECT,         /* [upstream] direct = auto|always|never (protocol 2.5) */
  JUMP_KEY_IDENTITY_EDITOR_VERSION,
  JUMP_KEY_IDENTITY_PLUGIN_VERSION,
  JUMP_KEY_IDENTITY_USER_AGENT,
  JUMP_KEY_IDENTITY_INTEGRATION_ID,
  JUMP_KEY_IDENTITY_API_VERSION,
  JUMP_KEY_IDENTITY_INTENT,
  JUMP_KEY_MODELS_DEFAULT,       /* [models] default = gpt-4.1: when a request names none */
  JUMP_KEY_MODELS_STRICT,        /* [models] strict = true: unknown names are refused with 404 */
  JUMP_KEY_MODELS_CACHE_SECONDS, /* [models] cache_seconds = 600 */
  JUMP_KEY_MODELS_SMALL,         /* [models] small = (empty): for warm-up and title turns */
  JUMP_KEY_TRANSLATION_REASONING_FIELD, /* [translation] reasoning_field = reasoning_content */
  JUMP_KEY_TRANSLATION_OLLAMA_VERSION,  /* [translation] ollama_version = 0.12.6 */
  JUMP_KEY_TIMEOUT_HTTP_CLIENT,         /* [timeouts], S-11, seconds: the ten keys */
  JUMP_KEY_TIMEOUT_SERVER_READ,
  JUMP_KEY_TIMEOUT_SERVER_WRITE,
  JUMP_KEY_TIMEOUT_SERVER_IDLE,
  JUMP_KEY_TIMEOUT_PROXY_CONTEXT,
  JUMP_KEY_TIMEOUT_CIRCUIT_BREAKER,
  JUMP_KEY_TIMEOUT_KEEP_ALIVE,
  JUMP_KEY_TIMEOUT_TLS_HANDSHAKE,
  JUMP_KEY_TIMEOUT_DIAL,
  JUMP_KEY_TIMEOUT_IDLE_CONN,
  JUMP_KEY_LIMITS_CONNECTIONS,          /* [limits] connections = 4096 */
  JUMP_KEY_LIMITS_CONNECTIONS_PER_PEER, /* [limits] connections_per_peer = 1024 */
  JUMP_KEY_LIMITS_HEAD_BYTES,           /* [limits] head_bytes = 65536 */
  JUMP_KEY_LIMITS_HEAD_FIELDS,          /* [limits] head_fields = 100 */
  JUMP_KEY_LIMITS_HEAD_SECONDS,         /* [limits] head_seconds = 10 */
  JUMP_KEY_LIMITS_CONTROL_BODY,         /* [limits] control_body = 1048576 */
  JUMP_KEY_LIMITS_EVENT_BYTES,          /* [limits] event_bytes = 16777216 */
  JUMP_KEY_LIMITS_STREAM_BUFFER,        /* [limits] stream_buffer = 32768 */
  JUMP_KEY_LIMITS_REPLY_BYTES,          /* [limits] reply_bytes = 67108864 */
  JUMP_KEY_TRAFFIC_CONCURRENT,          /* [traffic] concurrent = 4 */
  JUMP_KEY_TRAFFIC_WAITING,             /* [traffic] waiting = 32 */
  JUMP_KEY_TRAFFIC_WAIT_SECONDS,        /* [traffic] wait_seconds = 30 */
  JUMP_KEY_TRAFFIC_SPACING_SECONDS,     /* [traffic] spacing_seconds = 0 */
  JUMP_KEY_TRAFFIC_SPACING_ACTION,      /* [traffic] spacing_action = wait */
  JUMP_KEY_TRAFFIC_APPROVAL,            /* [traffic] approval = false */
  JUMP_KEY_TRAFFIC_APPROVAL_SECONDS,    /* [traffic] approval_seconds = 60 */
  JUMP_KEY_TRAFFIC_APPROVED_CLIENTS,    /* [traffic] approved_clients */
  JUMP_KEY_TRAFFIC_BURST_REQUESTS,      /* [traffic] burst_requests = 60 */
  JUMP_KEY_RETRIES_ATTEMPTS,            /* [retries] attempts = 3 */
  JUMP_KEY_STREAMS_KEEP_ALIVE,          /* [streams] keep_alive = 15 */
  JUMP_KEY_STREAMS_COMMIT_AFTER,        /* [streams] commit_after = 15 */
  JUMP_KEY_SECRETS_BACKEND,             /* [secrets] backend = auto|keyring|file */
  JUMP_KEY_LOG_LEVEL,                   /* [log] level = info: debug|info|warning|error */
  JUMP_KEY_HISTORY_STORE,               /* [history] store = true */
  JUMP_KEY_HISTORY_MEMORY,              /* [history] memory = true */
  JUMP_KEY_HISTORY_BODIES,              /* [history] bodies = false */
  JUMP_KEY_HISTORY_BODY_BYTES,          /* [history] body_bytes = 1048576 */
  JUMP_KEY_HISTORY_SKIP_CLIENTS,        /* [history] skip_clients =  */
  JUMP_KEY_HISTORY_DAYS,                /* [history] days = 365 */
  JUMP_KEY_HISTORY_BODY_DAYS,           /* [history] body_days = 30 */
  JUMP_KEY_HISTORY_MEGABYTES,           /* [history] megabytes = 2048 */
  JUMP_KEY_HISTORY_REQUEST_FILES,       /* [history] request_files = false */
  JUMP_KEY_HISTORY_ERROR_LOG,           /* [history] error_log = false */
  JUMP_KEY_USAGE_FOLDER,                /* [usage] folder =  */
  JUMP_KEY_USAGE_MACHINE,               /* [usage] machine =  */
  JUMP_KEY_BUDGET_CHEAPER_MODEL,        /* [budget] cheaper_model =  */
  JUMP_KEY_STREAMS_CREDITS,             /* [streams] credits = true */
  JUMP_KEY_METRICS_ENABLED,             /* [metrics] enabled = false */
  JUMP_KEY_METRICS_DEBUG,               /* [metrics] debug = false */
  JUMP_KEY_SCREEN_LANGUAGE,             /* [screen] language = system, or one that is translated */
  JUMP_KEY_SCREEN_THEME,                /* [screen] theme = system|light|dark */
  JUMP_KEY_SCREEN_CLOSE,         /* [screen] close = ask|keep|quit: what closing the window does */
  JUMP_KEY_SCREEN_NOTIFICATIONS, /* [screen] notifications = true */
  JUMP_KEY_UPDATES_CHECK,        /* [updates] check = true */
  JUMP_KEY_UPDATES_FEED_URL,     /* [updates] feed_url: as GitHub's "latest release" */
  JUMP_N_KEYS,
} JumpSettingKey;

typedef struct
{
  const char *group;
  const char *name;
  JumpSettingType type;
  const char *fallback; /* the default, as written in the file */
  gint64 min;           /* JUMP_SETTING_INT only */
  gint64 max;
  const char *choices; /* JUMP_SETTING_CHOICE only */
  gboolean may_be_empty;
  gboolean needs_restart;
  const char *environment; /* (nullable) variables that override the file, strongest first,
                            * separated by commas */
  const char *doc;         /* one or two plain sentences, units named */
} JumpSettingRow;

/* The ordered tables: names in [model_mapping] (exact), [model_prefix_mapping], [model_aliases]; limits in
 * [budgets]. */
typedef enum
{
  JUMP_TABLE_MODEL_MAPPING,
  JUMP_TABLE_MODEL_PREFIX_MAPPING,
  JUMP_TABLE_MODEL_ALIASES,
  JUMP_TABLE_BUDGETS,
  JUMP_N_TABLES,
} JumpSettingTable;

const JumpSettingRow *jump_setting_row (JumpSettingKey key);
const char *jump_setting_table_group (JumpSettingTable table);
const char *jump_setting_table_doc (JumpSettingTable table);
gboolean jump_setting_find (const char *dotted_name, JumpSettingKey *out_key);
