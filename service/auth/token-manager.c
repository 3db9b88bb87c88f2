/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-auth"

#include "service/auth/token-manager.h"

#include "service/auth/token-exchange.h"
#include "service/auth/token-waiters.h"
#include "service/base/backoff.h"
#include "service/base/error.h"

/* How often the wall clock is looked at while there is a token that can expire. */
#define CHECK_MS 30000
/* After the last attempt failed, requests are answered from the stored problem for this long:
 * a client that tries in a loop must not become a loop of ours (protocol 8). */
#define HOLD_NETWORK_SECONDS    5
#define HOLD_REFUSED_SECONDS    30
#define HOLD_RATE_LIMIT_SECONDS 60
/* A token that is fresh and refused again and again is not the reason. More refusals than this
 * within the time do not lead to exchanges. */
#define MAX_REJECTS           5
#define REJECT_WINDOW_SECONDS 60

/* S-06. Only for what may pass by itself. */
static const guint retry_waits_ms[] = { 2000, 8000 };
static const JumpBackoff retry_backoff = { retry_waits_ms, G_N_ELEMENTS (retry_waits_ms) };

/* An attempt under way. It outlives the manager's interest in it, which is gone with @manager. */
typedef struct
{
  JumpTokenManager *manager; /* (nullable) */
  GCancellable *cancellable; /* (owned) */
} Flight;

struct _JumpTokenManager
{
  GObject parent_instance;

  JumpAccount *account;   /* (owned) */
  JumpHttpClient *client; /* (owned) */
  JumpClock *clock;       /* (owned) */
  JumpIdentity *identity; /* (owned) */
  JumpDirectMode direct_mode;
  char *api_url; /* (owned) (nullable): the setting */

  gboolean is_synced;     /* whether the account was ever looked at after loading */
  JumpSecretText *secret; /* (owned) (nullable): the account's, that all below belongs to */
  JumpTokenState state;
  JumpToken *token;         /* (owned) (nullable) */
  JumpProblem *problem;     /* (owned) (nullable) */
  gint64 hold_until;        /* monotonic µs: the problem answers until then */
  JumpTokenWaiters waiters; /* (owned) */
  Flight *flight;           /* (nullable): belongs to its callback */
  guint retry_alarm;
  guint check_alarm;
  guint n_failures;
  guint n_exchanges;
  gint64 last_attempt;
  gint64 last_success;
  guint n_rejects;
  gint64 reject_window_end;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (JumpTokenManager, jump_token_manager, G_TYPE_OBJECT)

/* Trying again goes round in a circle. */
static void start_attempt (JumpTokenManager *self);

static void
flight_free (Flight *flight)
{
  g_object_unref (flight->cancellable);
  g_free (flight);
}

static void
emit_changed (JumpTokenManager *self)
{
  g_signal_emit (self, changed_signal, 0);
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
  return self->flight != NULL || self->retry_alarm != 0;
}

static gboolean
is_held (JumpTokenManager *self)
{
  return self->problem != NULL && jump_clock_get_monotonic_time (self->clock) < self->hold_until;
}

/* A person has to do something first; asking again does not help. */
static gboolean
is_refused (JumpTokenManager *self)
{
  return self->problem != NULL && self->problem->kind != JUMP_PROBLEM_NETWORK &&
         self->problem->kind != JUMP_PROBLEM_PROTOCOL &&
         self->problem->kind != JUMP_PROBLEM_RATE_LIMITED;
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
stop_attempts (JumpTokenManager *self)
{
  Flight *flight = g_steal_pointer (&self->flight);

  jump_clock_clear_alarm (self->clock, &self->retry_alarm);
  self->n_failures = 0;
  if (flight == NULL)
    return;
  flight->manager = NULL;
  g_cancellable_cancel (flight->cancellable);
}

static void
drop_token (JumpTokenManager *self)
{
  g_clear_pointer (&self->token, jump_token_unref);
  jump_clock_clear_alarm (self->clock, &self->check_alarm);
  self->state = is_busy (self) ? JUMP_TOKEN_EXCHANGING : JUMP_TOKEN_IDLE;
}

static void
on_check_due (gpointer user_data)
{
  JumpTokenManager *self = user_data;
  gint64 now = get_now (self);
  gboolean may_ask = !is_busy (self) && !is_refused (self) && !is_held (self);

  self->check_alarm = jump_clock_add_alarm (self->clock, CHECK_MS, on_check_due, self);
  if (jump_token_is_expired (self->token, now))
    {
      drop_token (self);
      if (self->problem != NULL && !may_ask)
        self->state = is_busy (self) ? JUMP_TOKEN_EXCHANGING : JUMP_TOKEN_FAILED;
      if (may_ask)
        start_attempt (self);
      else
        emit_changed (self);
    }
  else if (jump_token_is_due (self->token, now) && may_ask)
    start_attempt (self);
}

/* Takes @token. */
static void
set_token (JumpTokenManager *self, JumpToken *token)
{
  drop_token (self);
  self->token = token;
  self->state = JUMP_TOKEN_READY;
  set_problem (self, NULL);
  if (token->expires_at != 0)
    self->check_alarm = jump_clock_add_alarm (self->clock, CHECK_MS, on_check_due, self);
}

static guint
get_hold_seconds (const JumpTokenExchangeOutcome *outcome)
{
  switch (outcome->problem->kind)
    {
    case JUMP_PROBLEM_NONE:
    case JUMP_PROBLEM_NETWORK:
    case JUMP_PROBLEM_PROTOCOL:
      return HOLD_NETWORK_SECONDS;
    case JUMP_PROBLEM_SIGNED_OUT:
    case JUMP_PROBLEM_TOKEN_REVOKED:
    case JUMP_PROBLEM_NO_SUBSCRIPTION:
    case JUMP_PROBLEM_BLOCKED:
    case JUMP_PROBLEM_CLIENT_REFUSED:
      return HOLD_REFUSED_SECONDS;
    case JUMP_PROBLEM_RATE_LIMITED:
      return outcome->retry_after > 0 ? outcome->retry_after : HOLD_RATE_LIMIT_SECONDS;
    }
  return HOLD_NETWORK_SECONDS;
}

static void
take_failure (JumpTokenManager *self, JumpTokenExchangeOutcome *outcome)
{
  guint hold_seconds = get_hold_seconds (outcome);
  g_autoptr (GError) error = NULL;
  guint wait_ms;

  g_debug ("no Copilot token: %s", jump_problem_kind_to_string (outcome->problem->kind));
  if (outcome->is_transient && jump_backoff_next (&retry_backoff, ++self->n_failures, &wait_ms))
    {
      self->retry_alarm =
          jump_clock_add_alarm (self->clock, wait_ms, (GSourceOnceFunc) start_attempt, self);
      return;
    }
  self->n_failures = 0;
  set_problem (self, g_steal_pointer (&outcome->problem));
  self->hold_until =
      jump_clock_get_monotonic_time (self->clock) + (gint64) hold_seconds * G_USEC_PER_SEC;
  if (!has_usable_token (self))
    {
      drop_token (self);
      self->state = JUMP_TOKEN_FAILED;
    }
  error = jump_problem_to_error (self->problem);
  emit_changed (self);
  jump_token_waiters_answer (&self->waiters, NULL, error);
}

static void
on_attempt_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (JumpTokenManager) self =
      flight->manager == NULL ? NULL : g_object_ref (flight->manager);
  g_autoptr (JumpTokenExchangeOutcome) outcome = jump_token_exchange_finish (result, NULL);

  if (self != NULL)
    self->flight = NULL;
  flight_free (flight);
  if (self == NULL || outcome == NULL)
    return;
  if (outcome->token == NULL)
    {
      take_failure (self, outcome);
      return;
    }
  self->n_failures = 0;
  self->last_success = get_now (self);
  set_token (self, g_steal_pointer (&outcome->token));
  emit_changed (self);
  jump_token_waiters_answer (&self->waiters, self->token, NULL);
}

static void
init_input (JumpTokenManager *self, JumpTokenExchangeInput *input)
{
  input->client = self->client;
  input->clock = self->clock;
  input->host = jump_account_get_host (self->account);
  input->identity = self->identity;
  input->secret = self->secret;
  input->direct_mode = self->direct_mode;
  input->api_url = self->api_url;
}

/* Also called by the retry alarm. Joins an attempt that is under way. */
static void
start_attempt (JumpTokenManager *self)
{
  JumpTokenExchangeInput input;
  Flight *flight;

  jump_clock_clear_alarm (self->clock, &self->retry_alarm);
  if (self->flight != NULL)
    return;
  flight = g_new0 (Flight, 1);
  flight->manager = self;
  flight->cancellable = g_cancellable_new ();
  self->flight = flight;
  self->n_exchanges++;
  self->last_attempt = get_now (self);
  init_input (self, &input);
  jump_token_exchange_async (&input, flight->cancellable, on_attempt_ended, flight);
  if (!has_usable_token (self) && self->state != JUMP_TOKEN_EXCHANGING)
    {
      self->state = JUMP_TOKEN_EXCHANGING;
      emit_changed (self);
    }
}

/* COPILOT_TOKEN: where it is valid stands inside it, or is set, or is the usual place. */
static JumpToken *
make_static_token (JumpTokenManager *self)
{
  JumpTokenExchangeInput input;
  g_autofree char *found = jump_token_find_api_url (jump_secret_text_peek (self->secret));
  g_autofree char *api_url = NULL;
  JumpToken *token;

  init_input (self, &input);
  api_url = jump_token_exchange_dup_api_url (&input, found, NULL);
  if (api_url == NULL)
    api_url = jump_token_exchange_dup_api_url (&input, NULL, NULL);
  token = jump_token_new (self->secret, api_url);
  token->is_static = TRUE;
  token->issued_at = get_now (self);
  return token;
}

/* Forgets what belongs to another account or other settings, and begins anew for whoever waits. */
static void
start_over (JumpTokenManager *self)
{
  JumpAccountSource source = jump_account_get_source (self->account);
  g_autoptr (GError) error = NULL;

  stop_attempts (self);
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
      emit_changed (self);
      jump_token_waiters_answer (&self->waiters, NULL, error);
      return;
    }
  if (source == JUMP_SOURCE_COPILOT_TOKEN)
    set_token (self, make_static_token (self));
  else if (!jump_token_waiters_is_empty (&self->waiters))
    start_attempt (self);
  emit_changed (self);
  if (self->token != NULL)
    jump_token_waiters_answer (&self->waiters, self->token, NULL);
}

static void
on_account_changed (JumpAccount *account, JumpTokenManager *self)
{
  g_autoptr (JumpTokenManager) alive = g_object_ref (self);
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
      stop_attempts (self);
      drop_token (self);
    }
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
  changed_signal = g_signal_new ("changed",
                                 JUMP_TYPE_TOKEN_MANAGER,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 0);
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
  JumpTokenManager *self = g_object_new (JUMP_TYPE_TOKEN_MANAGER, NULL);

  self->account = g_object_ref (account);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->identity = jump_identity_copy (identity);
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

/* Whether upstream refused one fresh token after the other. */
static gboolean
is_reject_storm (JumpTokenManager *self)
{
  gint64 now = jump_clock_get_monotonic_time (self->clock);

  if (now >= self->reject_window_end)
    {
      self->reject_window_end = now + REJECT_WINDOW_SECONDS * G_USEC_PER_SEC;
      self->n_rejects = 0;
    }
  return ++self->n_rejects > MAX_REJECTS;
}

void
jump_token_manager_reject (JumpTokenManager *self, JumpToken *token)
{
  if (token != self->token || is_reject_storm (self))
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
  return self->n_exchanges;
}

/* Returns: wall time in seconds; 0: none yet */
gint64
jump_token_manager_get_last_attempt (JumpTokenManager *self)
{
  return self->last_attempt;
}

/* Returns: wall time in seconds; 0: none yet */
gint64
jump_token_manager_get_last_success (JumpTokenManager *self)
{
  return self->last_success;
}
