/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-auth"

#include "service/auth/token-manager.h"

#include "service/auth/reject-guard.h"
#include "service/auth/token-attempts.h"
#include "service/auth/token-revival.h"
#include "service/auth/token-waiters.h"

/* How often the wall clock is looked at while there is a token that can expire. */
#define CHECK_MS 30000

struct _JumpTokenManager
{
  GObject parent_instance;

  JumpAccount *account;   /* (owned) */
  JumpHttpClient *client; /* (owned) */
  JumpClock *clock;       /* (owned) */
  JumpIdentity *identity; /* (owned) */
  JumpDirectMode direct_mode;
  char *api_url; /* (owned) (nullable): the setting */

  gboolean is_offline;
  gboolean is_synced;     /* whether the account was ever looked at after loading */
  JumpSecretText *secret; /* (owned) (nullable): the account's, that all below belongs to */
  JumpTokenState state;
  JumpToken *token;            /* (owned) (nullable) */
  JumpProblem *problem;        /* (owned) (nullable) */
  gint64 hold_until;           /* monotonic µs: the problem answers until then */
  JumpTokenWaiters waiters;    /* (owned) */
  JumpTokenAttempts *attempts; /* (owned) */
  guint check_alarm;
  JumpTokenRevival revival;
  gint64 last_success;
  JumpRejectGuard rejects;
};

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_REFRESH_FAILED,
  N_SIGNALS,
} Signal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpTokenManager, jump_token_manager, G_TYPE_OBJECT)

static void
emit_changed (JumpTokenManager *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gint64
get_now (JumpTokenManager *self)
{
  return jump_clock_get_wall_seconds (self->clock);
}

static gboolean
has_usable_token (JumpTokenManager *self)
{
  return self->token != NULL && !jump_token_is_expired (self->token, get_now (self));
}

static gboolean
is_busy (JumpTokenManager *self)
{
  return jump_token_attempts_is_running (self->attempts);
}

static gboolean
is_held (JumpTokenManager *self)
{
  return self->problem != NULL && jump_clock_get_monotonic_time (self->clock) < self->hold_until;
}

/* Takes @problem. */
static void
set_problem (JumpTokenManager *self, JumpProblem *problem)
{
  g_clear_pointer (&self->problem, jump_problem_free);
  self->problem = problem;
  self->hold_until = 0;
}

static void
drop_token (JumpTokenManager *self)
{
  g_clear_pointer (&self->token, jump_token_unref);
  jump_clock_clear_alarm (self->clock, &self->check_alarm);
  self->state = is_busy (self) ? JUMP_TOKEN_EXCHANGING : JUMP_TOKEN_IDLE;
}

static void
start_attempt (JumpTokenManager *self)
{
  jump_token_attempts_start (self->attempts);
  if (!has_usable_token (self) && self->state != JUMP_TOKEN_EXCHANGING)
    {
      self->state = JUMP_TOKEN_EXCHANGING;
      emit_changed (self);
    }
}

/* A person who has to do something first is asked about once, when the token has really expired,
 * and not every 30 s before that. */
static gboolean
may_renew (JumpTokenManager *self)
{
  return !self->is_offline && !is_busy (self) && !is_held (self) &&
         (self->problem == NULL || !jump_problem_needs_person (self->problem->kind));
}

static void
on_revival_due (gpointer user_data)
{
  JumpTokenManager *self = user_data;

  self->revival.alarm = 0;
  if (self->secret != NULL && self->problem != NULL && !has_usable_token (self) && may_renew (self))
    start_attempt (self);
}

/* Without a network there is nothing to try; jump_token_manager_set_online() tells when there is. */
static void
plan_revival (JumpTokenManager *self)
{
  gint64 held = self->hold_until - jump_clock_get_monotonic_time (self->clock);

  if (!self->is_offline && !jump_problem_needs_person (self->problem->kind))
    jump_token_revival_plan (&self->revival, self->clock, held, on_revival_due, self);
}

static void
on_check_due (gpointer user_data)
{
  JumpTokenManager *self = user_data;
  gint64 now = get_now (self);

  self->check_alarm = jump_clock_add_alarm (self->clock, CHECK_MS, on_check_due, self);
  if (!jump_token_is_expired (self->token, now))
    {
      if (jump_token_is_due (self->token, now) && may_renew (self))
        start_attempt (self);
      return;
    }
  drop_token (self);
  if (may_renew (self))
    start_attempt (self);
  else
    {
      if (!is_busy (self))
        {
          self->state = JUMP_TOKEN_FAILED;
          plan_revival (self);
        }
      emit_changed (self);
    }
}

/* Takes @token. */
static void
set_token (JumpTokenManager *self, JumpToken *token)
{
  drop_token (self);
  jump_token_revival_stop (&self->revival, self->clock);
  self->token = token;
  self->state = JUMP_TOKEN_READY;
  set_problem (self, NULL);
  if (token->expires_at != 0)
    self->check_alarm = jump_clock_add_alarm (self->clock, CHECK_MS, on_check_due, self);
}

static void
take_problem (JumpTokenManager *self, JumpTokenExchangeOutcome *outcome)
{
  gint64 hold = jump_token_attempts_get_hold_seconds (outcome) * (gint64) G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;

  set_problem (self, g_steal_pointer (&outcome->problem));
  self->hold_until = jump_clock_get_monotonic_time (self->clock) + hold;
  if (!has_usable_token (self))
    {
      drop_token (self);
      self->state = JUMP_TOKEN_FAILED;
      plan_revival (self);
    }
  error = jump_problem_to_error (self->problem);
  emit_changed (self);
  jump_token_waiters_answer (&self->waiters, NULL, error);
}

static void
on_attempts_ended (JumpTokenExchangeOutcome *outcome, gpointer user_data)
{
  g_autoptr (JumpTokenManager) self = g_object_ref (user_data);
  g_autoptr (JumpToken) token = g_steal_pointer (&outcome->token);

  if (token == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_REFRESH_FAILED], 0, outcome);
      take_problem (self, outcome);
      return;
    }
  self->last_success = get_now (self);
  set_token (self, jump_token_ref (token));
  emit_changed (self);
  jump_token_waiters_answer (&self->waiters, token, NULL);
}

static void
get_input (JumpTokenExchangeInput *input, gpointer user_data)
{
  JumpTokenManager *self = user_data;

  input->client = self->client;
  input->clock = self->clock;
  input->host = jump_account_get_host (self->account);
  input->identity = self->identity;
  input->secret = self->secret;
  input->direct_mode = self->direct_mode;
  input->api_url = self->api_url;
}

/* Forgets what belongs to another account or other settings, and begins anew for whoever waits. */
static void
start_over (JumpTokenManager *self)
{
  g_autoptr (JumpTokenManager) alive G_GNUC_UNUSED = g_object_ref (self);
  g_autoptr (JumpToken) token = NULL;
  g_autoptr (GError) error = NULL;
  JumpTokenExchangeInput input;

  jump_token_attempts_stop (self->attempts);
  jump_token_revival_stop (&self->revival, self->clock);
  drop_token (self);
  set_problem (self, NULL);
  if (self->secret == NULL)
    {
      set_problem (self,
                   jump_problem_new (JUMP_PROBLEM_SIGNED_OUT,
                                     "Not signed in",
                                     "Sign in to GitHub first: jumpseat login",
                                     NULL,
                                     NULL));
      error = jump_problem_to_error (self->problem);
    }
  else if (jump_account_get_source (self->account) == JUMP_SOURCE_COPILOT_TOKEN)
    {
      get_input (&input, self);
      token = jump_token_exchange_make_static (&input);
      set_token (self, jump_token_ref (token));
    }
  else if (!jump_token_waiters_is_empty (&self->waiters))
    {
      start_attempt (self);
      return;
    }
  emit_changed (self);
  if (token != NULL || error != NULL)
    jump_token_waiters_answer (&self->waiters, token, error);
}

static void
on_account_changed (JumpAccount *account, JumpTokenManager *self)
{
  g_autoptr (JumpTokenManager) alive G_GNUC_UNUSED = g_object_ref (self);
  JumpSecretText *secret = jump_account_get_secret (account);

  if (jump_account_get_state (account) == JUMP_ACCOUNT_LOADING ||
      (self->is_synced && secret == self->secret))
    return;
  self->is_synced = TRUE;
  g_clear_pointer (&self->secret, jump_secret_text_unref);
  self->secret = jump_secret_text_ref (secret);
  start_over (self);
}

static void
jump_token_manager_dispose (GObject *object)
{
  JumpTokenManager *self = JUMP_TOKEN_MANAGER (object);

  if (self->clock != NULL)
    {
      jump_clock_clear_alarm (self->clock, &self->check_alarm);
      jump_token_revival_stop (&self->revival, self->clock);
    }
  g_clear_pointer (&self->attempts, jump_token_attempts_free);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->account);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jump_token_manager_parent_class)->dispose (object);
}

static void
jump_token_manager_finalize (GObject *object)
{
  JumpTokenManager *self = JUMP_TOKEN_MANAGER (object);

  g_clear_pointer (&self->identity, jump_identity_free);
  g_clear_pointer (&self->token, jump_token_unref);
  g_clear_pointer (&self->api_url, g_free);
  g_clear_pointer (&self->secret, jump_secret_text_unref);
  g_clear_pointer (&self->problem, jump_problem_free);
  G_OBJECT_CLASS (jump_token_manager_parent_class)->finalize (object);
}

static void
jump_token_manager_class_init (JumpTokenManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_token_manager_dispose;
  object_class->finalize = jump_token_manager_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          JUMP_TYPE_TOKEN_MANAGER,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
  signals[SIGNAL_REFRESH_FAILED] = g_signal_new ("refresh-failed",
                                                 JUMP_TYPE_TOKEN_MANAGER,
                                                 G_SIGNAL_RUN_LAST,
                                                 0,
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 G_TYPE_NONE,
                                                 1,
                                                 G_TYPE_POINTER);
}

static void
jump_token_manager_init (JumpTokenManager *self)
{
  jump_token_waiters_init (&self->waiters);
}

/**
 * jump_token_manager_new:
 * @account: referenced
 * @client: referenced
 * @clock: referenced
 * @identity: copied
 *
 * Returns: (transfer full): asks nothing until somebody wants a token
 */
JumpTokenManager *
jump_token_manager_new (JumpAccount *account,
                        JumpHttpClient *client,
                        JumpClock *clock,
                        const JumpIdentity *identity)
{
  static const JumpTokenAttemptsFuncs funcs = {
    .get_input = get_input,
    .on_ended = on_attempts_ended,
  };
  JumpTokenManager *self = g_object_new (JUMP_TYPE_TOKEN_MANAGER, NULL);

  self->account = g_object_ref (account);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->identity = jump_identity_copy (identity);
  self->attempts = jump_token_attempts_new (clock, &funcs, self);
  g_signal_connect (account, "changed", G_CALLBACK (on_account_changed), self);
  on_account_changed (account, self);
  return self;
}

/**
 * jump_token_manager_set_identity:
 * @identity: copied; for the next exchange
 */
void
jump_token_manager_set_identity (JumpTokenManager *self, const JumpIdentity *identity)
{
  jump_identity_free (self->identity);
  self->identity = jump_identity_copy (identity);
  self->hold_until = 0;
}

void
jump_token_manager_set_direct_mode (JumpTokenManager *self, JumpDirectMode mode)
{
  if (self->direct_mode == mode)
    return;
  self->direct_mode = mode;
  if (self->is_synced)
    start_over (self);
}

/**
 * jump_token_manager_set_api_url:
 * @url: (nullable): the setting copilot_url; NULL or empty: endpoints.api decides
 */
void
jump_token_manager_set_api_url (JumpTokenManager *self, const char *url)
{
  if (url != NULL && *url == '\0')
    url = NULL;
  if (g_strcmp0 (self->api_url, url) == 0)
    return;
  g_free (self->api_url);
  self->api_url = g_strdup (url);
  if (self->is_synced)
    start_over (self);
}

/**
 * jump_token_manager_peek:
 *
 * Returns: (transfer none) (nullable): a token that can be sent now, if there is one
 */
JumpToken *
jump_token_manager_peek (JumpTokenManager *self)
{
  return has_usable_token (self) ? self->token : NULL;
}

void
jump_token_manager_get_async (JumpTokenManager *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_token_manager_get_async);
  if (has_usable_token (self))
    {
      g_task_return_pointer (task, jump_token_ref (self->token), (GDestroyNotify) jump_token_unref);
      return;
    }
  if (self->is_synced && (self->secret == NULL || is_held (self)))
    {
      g_task_return_error (task, jump_problem_to_error (self->problem));
      return;
    }
  jump_token_waiters_add (&self->waiters, task);
  if (self->is_synced && !is_busy (self))
    start_attempt (self);
}

/**
 * jump_token_manager_get_finish:
 * @error: JUMP_ERROR_SIGNED_OUT, FORBIDDEN, RATE_LIMITED, UPSTREAM, PROTOCOL, or
 *   G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable)
 */
JumpToken *
jump_token_manager_get_finish (JumpTokenManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * jump_token_manager_refresh_async:
 *
 * Joins an attempt that is under way and cuts short the wait before the next one. A static token
 * is the answer itself.
 */
void
jump_token_manager_refresh_async (JumpTokenManager *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_token_manager_refresh_async);
  if (self->is_synced && self->secret == NULL)
    g_task_return_error (task, jump_problem_to_error (self->problem));
  else if (self->token != NULL && self->token->is_static)
    g_task_return_pointer (task, jump_token_ref (self->token), (GDestroyNotify) jump_token_unref);
  else
    {
      jump_token_waiters_add (&self->waiters, task);
      if (self->is_synced)
        start_attempt (self);
    }
}

/* Returns: (transfer full) (nullable) */
JumpToken *
jump_token_manager_refresh_finish (JumpTokenManager *self, GAsyncResult *result, GError **error)
{
  return jump_token_manager_get_finish (self, result, error);
}

void
jump_token_manager_reject (JumpTokenManager *self, JumpToken *token)
{
  if (token != self->token || !jump_reject_guard_allows (&self->rejects, self->clock))
    return;
  if (token->is_static)
    set_problem (self,
                 jump_problem_new (JUMP_PROBLEM_TOKEN_REVOKED,
                                   "Copilot token refused",
                                   "The token in COPILOT_TOKEN is not accepted any more; it "
                                   "cannot be renewed.",
                                   NULL,
                                   NULL));
  else
    drop_token (self);
  emit_changed (self);
}

/**
 * jump_token_manager_set_online:
 * @is_online: whether the computer has a network; TRUE in the beginning
 */
void
jump_token_manager_set_online (JumpTokenManager *self, gboolean is_online)
{
  if (self->is_offline == !is_online)
    return;
  self->is_offline = !is_online;
  jump_token_attempts_set_online (self->attempts, is_online);
  if (!is_online || self->secret == NULL || self->problem == NULL ||
      (self->problem->kind != JUMP_PROBLEM_NETWORK && self->problem->kind != JUMP_PROBLEM_PORTAL))
    return;
  self->hold_until = 0;
  start_attempt (self);
}

void
jump_token_manager_wake (JumpTokenManager *self)
{
  if (self->check_alarm == 0)
    return;
  jump_clock_clear_alarm (self->clock, &self->check_alarm);
  on_check_due (self);
}

JumpTokenState
jump_token_manager_get_state (JumpTokenManager *self)
{
  return self->state;
}

/* Returns: (transfer none) (nullable): also set while an older token still serves */
const JumpProblem *
jump_token_manager_get_problem (JumpTokenManager *self)
{
  return self->problem;
}

/* Returns: how many attempts were made, retries included */
guint
jump_token_manager_get_exchanges (JumpTokenManager *self)
{
  return jump_token_attempts_get_count (self->attempts);
}

guint
jump_token_manager_get_wait (JumpTokenManager *self)
{
  gint64 left = self->hold_until - jump_clock_get_monotonic_time (self->clock);

  return is_held (self) ? (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;
}

/* Returns: wall time in seconds; 0: none yet */
gint64
jump_token_manager_get_last_attempt (JumpTokenManager *self)
{
  return jump_token_attempts_get_last (self->attempts);
}

/* Returns: wall time in seconds; 0: none yet */
gint64
jump_token_manager_get_last_success (JumpTokenManager *self)
{
  return self->last_success;
}
