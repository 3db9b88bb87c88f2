/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/service.h"

#include "service/base/random.h"
#include "service/http/status-report.h"
#include "service/service-private.h"

#define CONTROL_KEY_BYTES 32

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

/* ---- what the layers tell ---- */

void
jump_service_emit_changed (JumpService *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_setting_changed (JumpService *self)
{
  jump_service_apply_settings (self);
  jump_service_follow_listen_settings (self);
  jump_service_note_change (self);
}

/* Another account has other models, and another person must not see what this one had. The first
 * account of a run finds on disk what it left there. */
static void
take_account (JumpService *self, JumpSecretText *secret)
{
  jump_model_catalog_forget (self->catalog, self->secret != NULL || secret == NULL);
  jump_secret_text_unref (self->secret);
  self->secret = jump_secret_text_ref (secret);
  self->has_seen_account = TRUE;
  jump_service_forget_replies (self);
  jump_quota_forget (self->quota);
}

/* Comes for every step of a sign-in, too. */
static void
on_account_changed (JumpService *self)
{
  JumpSecretText *secret = jump_account_get_secret (self->account);

  if (jump_account_get_state (self->account) != JUMP_ACCOUNT_LOADING &&
      (!self->has_seen_account || secret != self->secret))
    take_account (self, secret);
  jump_service_update_quota_permission (self);
  jump_service_note_change (self);
}

static void
on_tokens_changed (JumpService *self)
{
  const JumpProblem *problem = jump_token_manager_get_problem (self->tokens);

  jump_quota_set_has_copilot (self->quota,
                              problem == NULL || problem->kind != JUMP_PROBLEM_NO_SUBSCRIPTION);
  jump_service_note_change (self);
}

static void
on_exchange_changed (JumpService *self, JumpExchangeRecord *record)
{
  jump_history_ring_update (self->history, record);
  jump_metrics_update (self->metrics, record);
  jump_service_note_exchange (self);
}

static void
on_exchange_ended (JumpService *self, JumpExchangeRecord *record)
{
  jump_service_record_history (self, record);
  jump_service_record_usage (self, record);
  jump_metrics_add (self->metrics, record);
  g_signal_emit (self, signals[SIGNAL_EXCHANGE_ENDED], 0, record);
  jump_service_note_exchange (self);
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
on_pause_asked (gboolean is_paused, gpointer user_data)
{
  jump_service_set_paused (user_data, is_paused);
}

static void
connect_layers (JumpService *self)
{
  g_signal_connect_object (self->quota,
                           "changed",
                           G_CALLBACK (jump_service_note_exchange),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings,
                           "changed",
                           G_CALLBACK (on_setting_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings,
                           "tables-changed",
                           G_CALLBACK (jump_service_apply_tables),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account,
                           "changed",
                           G_CALLBACK (on_account_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tokens,
                           "changed",
                           G_CALLBACK (on_tokens_changed),
                           self,
                           G_CONNECT_SWAPPED);
  jump_service_watch_traffic (self);
  jump_service_watch_budget (self);
  g_signal_connect_object (self->relay,
                           "exchange-changed",
                           G_CALLBACK (on_exchange_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->relay,
                           "exchange-ended",
                           G_CALLBACK (on_exchange_ended),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
on_enabling_asked (const char *id,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer callback_data,
                   gpointer user_data)
{
  jump_service_enable_model_async (user_data, id, cancellable, callback, callback_data);
}

static gboolean
on_enabling_ended (GAsyncResult *result, GError **error, gpointer user_data)
{
  return jump_service_enable_model_finish (user_data, result, error);
}

static JumpDeviceFlow *
on_sign_in_asked (const char *tenant, GError **error, gpointer user_data)
{
  return jump_service_sign_in (user_data, tenant, error);
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
    .keys = self->keys,
    .key_meter = self->key_meter,
    .sessions = self->sessions,
    .connections = self->connections,
    .history = self->history,
    .store = self->history_store,
    .usage_day = self->usage_day,
    .usage_lines = self->usage_lines,
    .quota = self->quota,
    .budget = self->budget,
    .updates = self->updates,
    .events = self->events,
    .metrics = self->metrics,
    .processes = self->processes,
    .data_dir = self->paths->data_dir,
    .control_key = self->control_key,
    .is_demo = self->is_demo,
    .started = jump_clock_get_monotonic_time (self->clock),
    .port = (guint16) jump_settings_get_int (self->settings, JUMP_KEY_SERVER_PORT),
    .show = on_show_asked,
    .stop = on_stop_asked,
    .enable_model_async = on_enabling_asked,
    .enable_model_finish = on_enabling_ended,
    .sign_in = on_sign_in_asked,
    .set_paused = on_pause_asked,
    .user_data = self,
  };
}

static void
jump_service_dispose (GObject *object)
{
  JumpService *self = JUMP_SERVICE (object);

  if (self->clock != NULL)
    jump_clock_clear_alarm (self->clock, &self->drain_alarm);
  jump_service_forget_listening (self);
  if (self->upstream != NULL)
    {
      jump_upstream_client_watch_replies (self->upstream, NULL, NULL);
      jump_upstream_client_watch_state (self->upstream, NULL, NULL);
      jump_service_forget_replies (self);
    }
  if (self->control_file != NULL)
    jump_control_file_remove (self->control_file);
  g_clear_pointer (&self->control_file, jump_control_file_free);
  if (self->relay != NULL)
    jump_relay_cancel_all (self->relay);
  jump_service_drop_doors (self);
  g_clear_pointer (&self->retired, g_ptr_array_unref);
  g_clear_object (&self->relay);
  jump_service_forget_history (self);
  jump_service_forget_usage (self);
  jump_service_forget_keys (self);
  g_clear_pointer (&self->key_meter, jump_key_meter_free);
  g_clear_pointer (&self->sessions, jump_session_book_free);
  g_clear_pointer (&self->connections, jump_connection_budget_unref);
  jump_service_forget_events (self);
  g_clear_pointer (&self->processes, jump_process_finder_free);
  g_clear_pointer (&self->tls_url, g_free);
  g_clear_object (&self->quota);
  jump_service_forget_updates (self);
  g_clear_object (&self->catalog);
  g_clear_object (&self->upstream);
  g_clear_object (&self->tokens);
  g_clear_object (&self->account);
  g_clear_object (&self->store);
  g_clear_object (&self->client);
  if (self->simulator != NULL)
    jump_simulator_stop (self->simulator);
  g_clear_object (&self->simulator);
  /* last, because everything that ended above told of it */
  jump_service_forget_changes (self);
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
  g_clear_pointer (&self->secret, jump_secret_text_unref);
  g_clear_pointer (&self->metrics, jump_metrics_free);
  g_clear_pointer (&self->poller, jump_poller_unref);
  g_clear_pointer (&self->paths, jump_paths_free);
  g_clear_pointer (&self->control_key, jump_secret_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->private_url, g_free);
  g_clear_pointer (&self->control_url, g_free);
  g_clear_pointer (&self->inherited, g_ptr_array_unref);
  g_clear_pointer (&self->refusal_message, g_free);
  g_clear_pointer (&self->refusal_url, g_free);
  g_clear_error (&self->listen_error);
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
  self->retired = g_ptr_array_new_with_free_func (g_object_unref);
  self->metrics = jump_metrics_new ();
  self->is_online = TRUE;
  g_queue_init (&self->enabling);
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
  self->activation = options->activation;
  self->poller = jump_poller_new ();
  jump_service_build_layers (self, options);
  jump_service_apply_settings (self);
  jump_service_apply_tables (self);
  build_context (self);
  jump_service_offer_examination (self);
  jump_service_watch_events (self);
  connect_layers (self);
  return self;
}

/* ---- stopping ---- */

static void
finish_stopping (JumpService *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stop_task);

  jump_clock_clear_alarm (self->clock, &self->drain_alarm);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

/* The last connection of a server is gone. */
void
jump_service_check_stopped (JumpService *self)
{
  if (self->stop_task != NULL && !jump_service_has_open_doors (self))
    finish_stopping (self);
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
  if (self->stop_task != NULL)
    {
      jump_clock_clear_alarm (self->clock, &self->drain_alarm);
      on_drain_over (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!jump_service_has_open_doors (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->stop_task = g_steal_pointer (&task);
  self->drain_alarm =
      jump_clock_add_alarm (self->clock, JUMP_LIMIT_DRAIN_SECONDS * 1000, on_drain_over, self);
  jump_service_stop_traffic (self);
  jump_service_stop_events (self);
  jump_service_close_doors (self);
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
