/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "config.h"

#include "service/service.h"

#include "data/fallback-resource.h"
#include "service/auth/identity.h"
#include "service/base/random.h"
#include "service/http/http-server.h"
#include "service/http/listener.h"
#include "service/http/status-report.h"
#include "service/models/model-mapping.h"
#include "service/relay/relay.h"
#include "service/secret/secret-store-choice.h"
#include "service/secret/secret-store-memory.h"
#include "service/simulator/simulator.h"
#include "service/upstream/upstream-client.h"

#define ACCOUNT_KEY       "github-account"
#define CONTROL_KEY_BYTES 32
#define FALLBACK_CATALOG  "/io/github/jumpseat/Jumpseat/fallback-catalog.json"

struct _JumpService
{
  GObject parent_instance;

  JumpPaths *paths;              /* (owned) */
  JumpSettings *settings;        /* (owned) */
  JumpClock *clock;              /* (owned) */
  JumpPoller *poller;            /* (owned) */
  JumpHttpClient *client;        /* (owned) */
  JumpIdentity *identity;        /* (owned) */
  JumpSimulator *simulator;      /* (owned) (nullable): demo only */
  JumpSecretStore *store;        /* (owned) */
  JumpAccount *account;          /* (owned) */
  JumpTokenManager *tokens;      /* (owned) */
  JumpUpstreamClient *upstream;  /* (owned) */
  JumpModelCatalog *catalog;     /* (owned) */
  JumpRelay *relay;              /* (owned) */
  JumpHttpContext context;       /* what the routes see; points at the above */
  JumpHttpServer *server;        /* (owned) (nullable): once listening */
  JumpControlFile *control_file; /* (owned) (nullable) */
  char *control_key;             /* (owned): wiped when freed */
  char *url;                     /* (owned) (nullable) */
  guint free_port;
  GTask *stop_task; /* (owned) (nullable) */
  guint drain_alarm;
  gboolean is_demo;
  gboolean was_shown;
};

enum
{
  SIGNAL_EXCHANGE_ENDED,
  SIGNAL_SHOW_REQUESTED,
  SIGNAL_STOP_REQUESTED,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpService, jump_service, G_TYPE_OBJECT)

/* ---- settings, as the layers want them ---- */

static const char *
get_text (JumpService *self, JumpSettingKey key)
{
  return jump_settings_get_string (self->settings, key);
}

static guint
get_milliseconds (JumpService *self, JumpSettingKey key)
{
  return 1000u * (guint) jump_settings_get_int (self->settings, key);
}

static const char *
non_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

static JumpHttpClientOptions
read_client_options (JumpService *self)
{
  return (JumpHttpClientOptions){
    .proxy = non_empty (get_text (self, JUMP_KEY_UPSTREAM_PROXY)),
    .ca_file = non_empty (get_text (self, JUMP_KEY_UPSTREAM_CA_FILE)),
    .connect_timeout_ms = get_milliseconds (self, JUMP_KEY_TIMEOUT_DIAL) +
                          get_milliseconds (self, JUMP_KEY_TIMEOUT_TLS_HANDSHAKE),
    .keep_alive_interval_ms = get_milliseconds (self, JUMP_KEY_TIMEOUT_KEEP_ALIVE),
    .idle_connection_seconds =
        (guint) jump_settings_get_int (self->settings, JUMP_KEY_TIMEOUT_IDLE_CONN),
  };
}

static void
replace_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static void
read_identity (JumpService *self)
{
  replace_text (&self->identity->editor_version, get_text (self, JUMP_KEY_IDENTITY_EDITOR_VERSION));
  replace_text (&self->identity->plugin_version, get_text (self, JUMP_KEY_IDENTITY_PLUGIN_VERSION));
  replace_text (&self->identity->user_agent, get_text (self, JUMP_KEY_IDENTITY_USER_AGENT));
  replace_text (&self->identity->integration_id, get_text (self, JUMP_KEY_IDENTITY_INTEGRATION_ID));
  replace_text (&self->identity->api_version, get_text (self, JUMP_KEY_IDENTITY_API_VERSION));
  replace_text (&self->identity->intent, get_text (self, JUMP_KEY_IDENTITY_INTENT));
}

static JumpDirectMode
read_direct_mode (JumpService *self)
{
  const char *text = get_text (self, JUMP_KEY_UPSTREAM_DIRECT);

  if (g_str_equal (text, "always"))
    return JUMP_DIRECT_ALWAYS;
  if (g_str_equal (text, "never"))
    return JUMP_DIRECT_NEVER;
  return JUMP_DIRECT_AUTO;
}

static GPtrArray *
read_table (JumpService *self, JumpSettingTable table)
{
  GPtrArray *pairs = jump_settings_get_table (self->settings, table);
  GPtrArray *flat = g_ptr_array_new ();

  for (guint i = 0; i < pairs->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (pairs, i);

      g_ptr_array_add (flat, pair->name);
      g_ptr_array_add (flat, pair->target);
    }
  g_ptr_array_add (flat, NULL);
  return flat;
}

static void
apply_tables (JumpService *self)
{
  g_autoptr (GPtrArray) exact = read_table (self, JUMP_TABLE_MODEL_MAPPING);
  g_autoptr (GPtrArray) prefix = read_table (self, JUMP_TABLE_MODEL_PREFIX_MAPPING);
  g_autoptr (GPtrArray) aliases = read_table (self, JUMP_TABLE_MODEL_ALIASES);

  jump_relay_set_mapping (self->relay,
                          jump_model_mapping_new ((const char *const *) exact->pdata,
                                                  (const char *const *) prefix->pdata,
                                                  (const char *const *) aliases->pdata));
}

/* Everything that takes effect while running. */
static void
apply_settings (JumpService *self)
{
  JumpHttpClientOptions client_options = read_client_options (self);
  JumpRelayOptions relay_options = {
    .default_model = get_text (self, JUMP_KEY_MODELS_DEFAULT),
    .is_strict = jump_settings_get_boolean (self->settings, JUMP_KEY_MODELS_STRICT),
  };

  read_identity (self);
  jump_http_client_set_options (self->client, &client_options);
  jump_token_manager_set_identity (self->tokens, self->identity);
  jump_token_manager_set_direct_mode (self->tokens, read_direct_mode (self));
  /* The demo must never leave the simulator. */
  jump_token_manager_set_api_url (
      self->tokens,
      self->is_demo ? NULL : non_empty (get_text (self, JUMP_KEY_UPSTREAM_COPILOT_URL)));
  jump_upstream_client_set_identity (self->upstream, self->identity);
  jump_upstream_client_set_timeouts (
      self->upstream,
      get_milliseconds (self, JUMP_KEY_TIMEOUT_PROXY_CONTEXT),
      (guint) jump_settings_get_int (self->settings, JUMP_KEY_TIMEOUT_CIRCUIT_BREAKER));
  jump_model_catalog_set_lifetime (
      self->catalog,
      (guint) jump_settings_get_int (self->settings, JUMP_KEY_MODELS_CACHE_SECONDS));
  jump_relay_set_options (self->relay, &relay_options);
  if (self->server != NULL)
    jump_http_server_update_limits (self->server);
}

/* ---- what the layers tell ---- */

static void
emit_changed (JumpService *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_setting_changed (JumpService *self)
{
  apply_settings (self);
  emit_changed (self);
}

/* Another account has other models, and another person must not see what this one had. */
static void
on_account_changed (JumpService *self)
{
  if (jump_account_get_state (self->account) != JUMP_ACCOUNT_LOADING)
    jump_model_catalog_forget (self->catalog,
                               jump_account_get_state (self->account) == JUMP_ACCOUNT_SIGNED_OUT);
  emit_changed (self);
}

static void
on_exchange_ended (JumpService *self, JumpExchangeRecord *record)
{
  g_signal_emit (self, signals[SIGNAL_EXCHANGE_ENDED], 0, record);
}

static gboolean
on_show_asked (gpointer user_data)
{
  JumpService *self = user_data;

  self->was_shown = FALSE;
  g_signal_emit (self, signals[SIGNAL_SHOW_REQUESTED], 0, &self->was_shown);
  return self->was_shown;
}

static void
on_stop_asked (gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_STOP_REQUESTED], 0);
}

static void
fetch_models_async (gpointer source,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  jump_upstream_client_fetch_async (source, "/models", cancellable, callback, user_data);
}

static GBytes *
fetch_models_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return jump_upstream_client_fetch_finish (source, result, error);
}

/* ---- building, layer by layer ---- */

static JumpGithubHost *
build_host (JumpService *self)
{
  const char *client_id = get_text (self, JUMP_KEY_UPSTREAM_CLIENT_ID);
  const char *scope = get_text (self, JUMP_KEY_UPSTREAM_SCOPE);

  if (self->simulator != NULL)
    {
      const char *url = jump_simulator_get_url (self->simulator);

      return jump_github_host_new (url, url, client_id, scope);
    }
  return jump_github_host_new (get_text (self, JUMP_KEY_UPSTREAM_GITHUB_URL),
                               get_text (self, JUMP_KEY_UPSTREAM_GITHUB_API_URL),
                               client_id,
                               scope);
}

static void
start_simulator (JumpService *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpScenario) scenario = jump_scenario_new_builtin ("demo", &error);

  if (scenario == NULL)
    g_error ("the built-in demo scenario is broken: %s", error->message);
  self->simulator = jump_simulator_new (self->clock, scenario);
  if (!jump_simulator_start (self->simulator, 0, &error))
    g_error ("the simulator cannot listen on a loopback port: %s", error->message);
}

static void
build_auth (JumpService *self, JumpEnvironmentTokens *tokens, gboolean interactive)
{
  g_autofree char *secrets_dir = g_build_filename (self->paths->data_dir, "secrets", NULL);
  g_autoptr (JumpGithubHost) host = NULL;
  JumpHttpClientOptions options = read_client_options (self);

  self->client = jump_http_client_new (self->poller, &options);
  self->identity = jump_identity_new ();
  self->identity->machine_id = jump_identity_load_machine_id (self->paths->data_dir);
  self->identity->session_id = jump_random_uuid ();
  read_identity (self);
  host = build_host (self);
  self->store = self->is_demo
                    ? jump_secret_store_memory_new ()
                    : jump_secret_store_choice_new (get_text (self, JUMP_KEY_SECRETS_BACKEND),
                                                    secrets_dir,
                                                    interactive,
                                                    self->clock);
  self->account =
      jump_account_new (self->store, self->client, self->clock, host, self->identity, tokens);
  self->tokens = jump_token_manager_new (self->account, self->client, self->clock, self->identity);
}

static void
build_models (JumpService *self)
{
  g_autofree char *cache_file =
      g_build_filename (self->paths->data_dir,
                        self->is_demo ? "demo-catalog.json" : "catalog.json",
                        NULL);
  g_autoptr (GBytes) builtin = g_resource_lookup_data (jump_fallback_data_get_resource (),
                                                       FALLBACK_CATALOG,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                       NULL);
  JumpCatalogSource source = {
    .fetch_async = fetch_models_async,
    .fetch_finish = fetch_models_finish,
  };

  self->upstream =
      jump_upstream_client_new (self->client, self->tokens, self->clock, self->identity);
  source.source = self->upstream;
  self->catalog =
      jump_model_catalog_new (self->clock, &source, self->is_demo ? NULL : cache_file, builtin);
  self->relay = jump_relay_new (self->upstream, self->catalog, self->clock);
}

static void
connect_layers (JumpService *self)
{
  g_signal_connect_object (self->settings,
                           "changed",
                           G_CALLBACK (on_setting_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings,
                           "tables-changed",
                           G_CALLBACK (apply_tables),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account,
                           "changed",
                           G_CALLBACK (on_account_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tokens,
                           "changed",
                           G_CALLBACK (emit_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->relay,
                           "exchange-ended",
                           G_CALLBACK (on_exchange_ended),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
build_context (JumpService *self)
{
  self->control_key = jump_random_hex (CONTROL_KEY_BYTES);
  self->context = (JumpHttpContext){
    .settings = self->settings,
    .clock = self->clock,
    .account = self->account,
    .tokens = self->tokens,
    .relay = self->relay,
    .data_dir = self->paths->data_dir,
    .control_key = self->control_key,
    .is_demo = self->is_demo,
    .started = jump_clock_get_monotonic_time (self->clock),
    .port = (guint16) jump_settings_get_int (self->settings, JUMP_KEY_SERVER_PORT),
    .show = on_show_asked,
    .stop = on_stop_asked,
    .user_data = self,
  };
}

static void
jump_service_dispose (GObject *object)
{
  JumpService *self = JUMP_SERVICE (object);

  if (self->clock != NULL)
    jump_clock_clear_alarm (self->clock, &self->drain_alarm);
  if (self->control_file != NULL)
    jump_control_file_remove (self->control_file);
  g_clear_pointer (&self->control_file, jump_control_file_free);
  if (self->relay != NULL)
    jump_relay_cancel_all (self->relay);
  g_clear_object (&self->server);
  g_clear_object (&self->relay);
  g_clear_object (&self->catalog);
  g_clear_object (&self->upstream);
  g_clear_object (&self->tokens);
  g_clear_object (&self->account);
  g_clear_object (&self->store);
  g_clear_object (&self->client);
  if (self->simulator != NULL)
    jump_simulator_stop (self->simulator);
  g_clear_object (&self->simulator);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);
  g_clear_object (&self->stop_task);
  G_OBJECT_CLASS (jump_service_parent_class)->dispose (object);
}

static void
jump_service_finalize (GObject *object)
{
  JumpService *self = JUMP_SERVICE (object);

  g_clear_pointer (&self->identity, jump_identity_free);
  g_clear_pointer (&self->poller, jump_poller_unref);
  g_clear_pointer (&self->paths, jump_paths_free);
  g_clear_pointer (&self->control_key, jump_secret_free);
  g_clear_pointer (&self->url, g_free);
  G_OBJECT_CLASS (jump_service_parent_class)->finalize (object);
}

static void
jump_service_class_init (JumpServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = jump_service_dispose;
  object_class->finalize = jump_service_finalize;

  /**
   * JumpService::exchange-ended:
   * @record: (type JumpExchangeRecord): frozen; reference it to keep it
   */
  signals[SIGNAL_EXCHANGE_ENDED] = g_signal_new ("exchange-ended",
                                                 type,
                                                 G_SIGNAL_RUN_LAST,
                                                 0,
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 G_TYPE_NONE,
                                                 1,
                                                 G_TYPE_POINTER);
  /**
   * JumpService::show-requested:
   * @out_shown: (type gboolean*): set it to TRUE after raising a window
   */
  signals[SIGNAL_SHOW_REQUESTED] = g_signal_new ("show-requested",
                                                 type,
                                                 G_SIGNAL_RUN_LAST,
                                                 0,
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 G_TYPE_NONE,
                                                 1,
                                                 G_TYPE_POINTER);
  /**
   * JumpService::stop-requested:
   *
   * Somebody with the control key asked the program to end.
   */
  signals[SIGNAL_STOP_REQUESTED] =
      g_signal_new ("stop-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * JumpService::changed:
   *
   * Account, token or settings changed: what a status shows may differ.
   */
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jump_service_init (JumpService *self)
{
}

/* Real tokens have no business with the simulator. */
static JumpEnvironmentTokens *
take_tokens (const JumpServiceOptions *options)
{
  if (!options->demo)
    return options->tokens;
  if (options->tokens != NULL)
    jump_environment_tokens_free (options->tokens);
  return NULL;
}

/**
 * jump_service_new:
 * @options: what to build from
 *
 * Builds and connects all layers. Nothing is sent, read or listened to yet, but for the simulator
 * of a demo.
 *
 * Returns: (transfer full): the service
 */
JumpService *
jump_service_new (const JumpServiceOptions *options)
{
  JumpService *self = g_object_new (JUMP_TYPE_SERVICE, NULL);

  self->paths = jump_paths_copy (options->paths);
  self->settings = g_object_ref (options->settings);
  self->clock = g_object_ref (options->clock);
  self->is_demo = options->demo;
  self->poller = jump_poller_new ();
  if (self->is_demo)
    start_simulator (self);
  build_auth (self, take_tokens (options), options->interactive);
  build_models (self);
  apply_settings (self);
  apply_tables (self);
  build_context (self);
  connect_layers (self);
  return self;
}

/* ---- opening ---- */

static void
on_account_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (jump_account_load_finish (JUMP_ACCOUNT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
load_account (GTask *task)
{
  JumpService *self = g_task_get_source_object (task);

  jump_account_load_async (self->account,
                           g_task_get_cancellable (task),
                           on_account_loaded,
                           g_object_ref (task));
}

static void
on_demo_account_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  jump_secret_store_save_finish (JUMP_SECRET_STORE (source), result, NULL);
  load_account (task);
}

/* The demo starts signed in: its account lies in the memory store as a sign-in would leave it. */
static void
save_demo_account (GTask *task)
{
  JumpService *self = g_task_get_source_object (task);
  g_autofree char *token = jump_simulator_sign_in (self->simulator);
  const JumpGithubHost *host = jump_account_get_host (self->account);
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autoptr (JumpSecretText) secret = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "host", host->web_url);
  jump_json_writer_member_string (&writer, "login", "demo");
  jump_json_writer_member_string (&writer, "client_id", host->client_id);
  jump_json_writer_member_string (&writer, "token", token);
  jump_json_writer_end_object (&writer);
  secret = jump_secret_text_new_take (jump_json_writer_finish (&writer));
  jump_secret_store_save_async (self->store,
                                ACCOUNT_KEY,
                                "Jumpseat demo",
                                secret,
                                NULL,
                                on_demo_account_saved,
                                g_object_ref (task));
}

/**
 * jump_service_open_async:
 * @self: a service
 * @cancellable: (nullable): to give up
 * @callback: called when the account is known
 * @user_data: for @callback
 */
void
jump_service_open_async (JumpService *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_service_open_async);
  if (self->is_demo && jump_account_get_state (self->account) == JUMP_ACCOUNT_LOADING)
    save_demo_account (task);
  else
    load_account (task);
}

gboolean
jump_service_open_finish (JumpService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_opened_after_listening (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!jump_service_open_finish (JUMP_SERVICE (source), result, &error))
    g_debug ("loading the account: %s", error->message);
  emit_changed (JUMP_SERVICE (source));
}

/**
 * jump_service_listen:
 * @self: a service
 * @error: JUMP_ERROR_BUSY_PORT or JUMP_ERROR_STORE
 *
 * Returns: TRUE when clients can connect
 */
gboolean
jump_service_listen (JumpService *self, GError **error)
{
  const char *address = get_text (self, JUMP_KEY_SERVER_ADDRESS);
  guint16 port = (guint16) jump_settings_get_int (self->settings, JUMP_KEY_SERVER_PORT);
  g_autoptr (GError) file_error = NULL;

  self->server = jump_http_server_new (self->poller, &self->context);
  if (!jump_http_server_listen (self->server, address, port, error))
    {
      g_clear_object (&self->server);
      self->free_port = jump_listener_find_free_port (address, port);
      return FALSE;
    }
  self->url = g_str_equal (address, "::1")
                  ? g_strdup_printf ("http://[::1]:%u", self->context.port)
                  : g_strdup_printf ("http://127.0.0.1:%u", self->context.port);
  self->control_file =
      jump_control_file_new (self->paths->runtime_dir, self->context.port, self->url);
  replace_text (&self->control_file->key, self->control_key);
  if (!jump_control_file_write (self->control_file, &file_error))
    g_warning ("the command line will not find this instance: %s", file_error->message);
  jump_service_open_async (self, NULL, on_opened_after_listening, NULL);
  return TRUE;
}

guint
jump_service_get_free_port (JumpService *self)
{
  return self->free_port;
}

/* ---- stopping ---- */

static void
finish_stopping (gpointer user_data)
{
  JumpService *self = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&self->stop_task);

  jump_clock_clear_alarm (self->clock, &self->drain_alarm);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
on_drain_over (gpointer user_data)
{
  JumpService *self = user_data;

  self->drain_alarm = 0;
  g_debug ("cutting the exchanges that still run");
  jump_relay_cancel_all (self->relay);
  finish_stopping (self);
}

/**
 * jump_service_stop_async:
 * @self: a service
 * @callback: called when the last reply was sent, or the time was up
 * @user_data: for @callback
 *
 * A second call ends the wait.
 */
void
jump_service_stop_async (JumpService *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, jump_service_stop_async);
  if (self->control_file != NULL)
    jump_control_file_remove (self->control_file);
  if (self->server == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->stop_task != NULL)
    {
      jump_clock_clear_alarm (self->clock, &self->drain_alarm);
      on_drain_over (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->stop_task = g_steal_pointer (&task);
  self->drain_alarm =
      jump_clock_add_alarm (self->clock, JUMP_LIMIT_DRAIN_SECONDS * 1000, on_drain_over, self);
  jump_http_server_drain (self->server, finish_stopping, self);
}

gboolean
jump_service_stop_finish (JumpService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the face ---- */

JumpSettings *
jump_service_get_settings (JumpService *self)
{
  return self->settings;
}

JumpAccount *
jump_service_get_account (JumpService *self)
{
  return self->account;
}

JumpTokenManager *
jump_service_get_token_manager (JumpService *self)
{
  return self->tokens;
}

JumpModelCatalog *
jump_service_get_catalog (JumpService *self)
{
  return self->catalog;
}

JumpHttpClient *
jump_service_get_http_client (JumpService *self)
{
  return self->client;
}

guint16
jump_service_get_port (JumpService *self)
{
  return self->url != NULL ? self->context.port : 0;
}

const char *
jump_service_get_url (JumpService *self)
{
  return self->url;
}

gboolean
jump_service_get_is_demo (JumpService *self)
{
  return self->is_demo;
}

/**
 * jump_service_dup_status:
 * @self: a service, listening or not
 *
 * Returns: (transfer full): what GET /api/status answers, as JSON text
 */
char *
jump_service_dup_status (JumpService *self)
{
  return jump_status_report_new (&self->context, self->url);
}
