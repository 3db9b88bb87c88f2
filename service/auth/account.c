/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-auth"

#include "service/auth/account.h"

#include "service/auth/stored-account.h"
#include "service/auth/token-adoption.h"

#include <string.h>

struct _JumpAccount
{
  GObject parent_instance;

  JumpSecretStore *store; /* (owned) */
  JumpHttpClient *client; /* (owned) */
  JumpClock *clock;       /* (owned) */
  JumpGithubHost *home;   /* (owned): of the settings */
  JumpGithubHost *host;   /* (owned): of who is signed in */
  gboolean follows_store;
  JumpIdentity *identity;        /* (owned) */
  JumpEnvironmentTokens *tokens; /* (owned) (nullable): NULL after signing out */

  JumpAccountState state;
  JumpAccountSource source;
  char *login;                  /* (owned) (nullable) */
  JumpSecretText *secret;       /* (owned) (nullable) */
  JumpDeviceFlow *sign_in;      /* (owned) (nullable) */
  JumpGithubHost *sign_in_host; /* (owned) (nullable): where that is */
  gulong sign_in_handler;
  GCancellable *adoption; /* (owned) (nullable): a token on its way into the store */
};

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} Signal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpAccount, jump_account, G_TYPE_OBJECT)

static void
emit_changed (JumpAccount *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Before the secret of an account there: whoever is told of that asks for the host. */
static void
set_host (JumpAccount *self, const JumpGithubHost *host)
{
  JumpGithubHost *copy = jump_github_host_copy (host);

  jump_github_host_free (self->host);
  self->host = copy;
}

/* The one place where it is decided who is signed in. @secret and @login: (nullable) */
static void
set_current (JumpAccount *self, JumpAccountSource source, const char *login, JumpSecretText *secret)
{
  JumpSecretText *old = self->secret;
  char *old_login = self->login;

  self->state = secret == NULL ? JUMP_ACCOUNT_SIGNED_OUT : JUMP_ACCOUNT_SIGNED_IN;
  self->source = source;
  self->login = g_strdup (login);
  self->secret = secret == NULL ? NULL : jump_secret_text_ref (secret);
  jump_secret_text_unref (old);
  g_free (old_login);
  emit_changed (self);
}

/* What the environment offers when nothing is stored. Returns: whether it offers anything. */
static gboolean
use_environment (JumpAccount *self)
{
  if (self->tokens != NULL && self->tokens->github_token != NULL)
    set_current (self, JUMP_SOURCE_ENVIRONMENT_GITHUB, NULL, self->tokens->github_token);
  else if (self->tokens != NULL && self->tokens->copilot_token != NULL)
    set_current (self, JUMP_SOURCE_COPILOT_TOKEN, NULL, self->tokens->copilot_token);
  else
    return FALSE;
  return TRUE;
}

/* Whether the stored sign-in is one for us: at the host of the settings, or at a tenant when the
 * settings do not name any. */
static gboolean
accept_host (JumpAccount *self, const JumpStoredAccount *account)
{
  g_autoptr (JumpGithubHost) host = NULL;

  if (strcmp (account->host, self->home->web_url) == 0)
    return TRUE;
  if (self->follows_store)
    host = jump_github_host_new_for_tenant (account->host,
                                            self->home->client_id,
                                            self->home->scope,
                                            NULL);
  if (host == NULL || strcmp (account->host, host->web_url) != 0)
    return FALSE;
  set_host (self, host);
  return TRUE;
}

static void
on_stored_account_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpAccount *self = g_task_get_source_object (task);
  g_autoptr (JumpSecretText) text = NULL;
  g_autoptr (JumpStoredAccount) account = NULL;
  GError *error = NULL;

  text = jump_secret_store_lookup_finish (JUMP_SECRET_STORE (source), result, &error);
  if (text != NULL)
    account = jump_stored_account_parse (text);
  if (text != NULL && account == NULL)
    g_debug ("what is stored is not a sign-in of ours");
  if (account != NULL && self->state == JUMP_ACCOUNT_LOADING && !accept_host (self, account))
    {
      /* Kept: the settings may point back to it tomorrow. */
      g_debug ("the stored sign-in belongs to %s, not to %s", account->host, self->home->web_url);
      g_clear_pointer (&account, jump_stored_account_free);
    }

  if (self->state == JUMP_ACCOUNT_LOADING)
    {
      if (account != NULL)
        set_current (self, JUMP_SOURCE_STORED, account->login, account->token);
      else if (!use_environment (self))
        set_current (self, JUMP_SOURCE_NONE, NULL, NULL);
    }
  if (error != NULL && self->state != JUMP_ACCOUNT_SIGNED_IN)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
  g_clear_error (&error);
}

static void
cancel_adoption (JumpAccount *self)
{
  if (self->adoption != NULL)
    g_cancellable_cancel (self->adoption);
  g_clear_object (&self->adoption);
}

static void
drop_sign_in (JumpAccount *self)
{
  g_autoptr (JumpDeviceFlow) flow = g_steal_pointer (&self->sign_in);

  if (flow == NULL)
    return;
  g_clear_signal_handler (&self->sign_in_handler, flow);
  g_clear_pointer (&self->sign_in_host, jump_github_host_free);
  jump_device_flow_cancel (flow);
}

static void
on_token_adopted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpAccount *self = g_task_get_source_object (task);
  g_autoptr (JumpStoredAccount) account = NULL;
  GError *error = NULL;

  account = jump_token_adoption_finish (result, &error);
  /* A cancelled one has a successor, which is not to be forgotten. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_object (&self->adoption);
  if (account == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  set_host (self, g_task_get_task_data (task));
  drop_sign_in (self);
  set_current (self, JUMP_SOURCE_STORED, account->login, account->token);
  g_task_return_boolean (task, TRUE);
}

/* Takes the place of another token that is on its way in. */
static void
adopt (JumpAccount *self,
       JumpSecretText *token,
       const JumpGithubHost *host,
       const char *client_id,
       JumpAdoptionFlags flags,
       GTask *task)
{
  cancel_adoption (self);
  self->adoption = g_cancellable_new ();
  g_task_set_task_data (task, jump_github_host_copy (host), (GDestroyNotify) jump_github_host_free);
  jump_token_adoption_async (self->store,
                             self->client,
                             host,
                             self->identity,
                             token,
                             client_id,
                             flags,
                             self->adoption,
                             on_token_adopted,
                             g_object_ref (task));
}

static void
on_sign_in_changed (JumpDeviceFlow *flow, JumpAccount *self)
{
  if (jump_device_flow_get_state (flow) == JUMP_DEVICE_FLOW_SUCCESS)
    {
      g_autoptr (JumpSecretText) token = jump_device_flow_steal_token (flow);
      g_autoptr (GTask) task = NULL;

      if (token != NULL)
        {
          task = g_task_new (self, NULL, NULL, NULL);
          g_task_set_source_tag (task, on_sign_in_changed);
          adopt (self,
                 token,
                 self->sign_in_host,
                 self->sign_in_host->client_id,
                 JUMP_ADOPTION_NONE,
                 task);
        }
    }
  emit_changed (self);
}

static void
on_store_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (jump_secret_store_clear_finish (JUMP_SECRET_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
jump_account_dispose (GObject *object)
{
  JumpAccount *self = JUMP_ACCOUNT (object);

  cancel_adoption (self);
  drop_sign_in (self);
  g_clear_object (&self->store);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jump_account_parent_class)->dispose (object);
}

static void
jump_account_finalize (GObject *object)
{
  JumpAccount *self = JUMP_ACCOUNT (object);

  g_clear_pointer (&self->home, jump_github_host_free);
  g_clear_pointer (&self->host, jump_github_host_free);
  g_clear_pointer (&self->sign_in_host, jump_github_host_free);
  g_clear_pointer (&self->identity, jump_identity_free);
  g_clear_pointer (&self->tokens, jump_environment_tokens_free);
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->secret, jump_secret_text_unref);
  G_OBJECT_CLASS (jump_account_parent_class)->finalize (object);
}

static void
jump_account_class_init (JumpAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_account_dispose;
  object_class->finalize = jump_account_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          JUMP_TYPE_ACCOUNT,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
jump_account_init (JumpAccount *self)
{
}

/**
 * jump_account_new:
 * @store: referenced
 * @client: referenced
 * @clock: referenced
 * @host: copied
 * @identity: copied
 * @tokens: (transfer full) (nullable)
 *
 * Returns: (transfer full): loading until jump_account_load_async() has ended
 */
JumpAccount *
jump_account_new (JumpSecretStore *store,
                  JumpHttpClient *client,
                  JumpClock *clock,
                  const JumpGithubHost *host,
                  const JumpIdentity *identity,
                  JumpEnvironmentTokens *tokens)
{
  JumpAccount *self = g_object_new (JUMP_TYPE_ACCOUNT, NULL);

  self->store = g_object_ref (store);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->home = jump_github_host_copy (host);
  self->host = jump_github_host_copy (host);
  self->identity = jump_identity_copy (identity);
  self->tokens = tokens;
  return self;
}

/**
 * jump_account_set_follows_store:
 * @follows: FALSE where somebody chose the host, which then is the only one
 */
void
jump_account_set_follows_store (JumpAccount *self, gboolean follows)
{
  self->follows_store = follows;
}

/**
 * jump_account_set_identity:
 * @identity: copied
 *
 * A sign-in that is running keeps what it began with.
 */
void
jump_account_set_identity (JumpAccount *self, const JumpIdentity *identity)
{
  JumpIdentity *copy = jump_identity_copy (identity);

  jump_identity_free (self->identity);
  self->identity = copy;
}

/**
 * jump_account_load_async:
 *
 * Finds out who is signed in, without the network.
 */
void
jump_account_load_async (JumpAccount *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_account_load_async);
  if (self->tokens != NULL && self->tokens->jumpseat_github_token != NULL)
    {
      set_current (self, JUMP_SOURCE_ENVIRONMENT_OWN, NULL, self->tokens->jumpseat_github_token);
      g_task_return_boolean (task, TRUE);
      return;
    }
  jump_secret_store_lookup_async (self->store,
                                  JUMP_STORED_ACCOUNT_KEY,
                                  cancellable,
                                  on_stored_account_loaded,
                                  g_object_ref (task));
}

/**
 * jump_account_load_finish:
 * @error: JUMP_ERROR_STORE
 *
 * Returns: FALSE if the store could not be read and nothing else is there: signed out, then
 */
gboolean
jump_account_load_finish (JumpAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

JumpAccountState
jump_account_get_state (JumpAccount *self)
{
  return self->state;
}

JumpAccountSource
jump_account_get_source (JumpAccount *self)
{
  return self->source;
}

/**
 * jump_account_source_to_string:
 *
 * Returns: a word for `status`; part of its contract
 */
const char *
jump_account_source_to_string (JumpAccountSource source)
{
  switch (source)
    {
    case JUMP_SOURCE_NONE:
      return "none";
    case JUMP_SOURCE_ENVIRONMENT_OWN:
      return "JUMPSEAT_GITHUB_TOKEN";
    case JUMP_SOURCE_STORED:
      return "stored";
    case JUMP_SOURCE_ENVIRONMENT_GITHUB:
      return "GITHUB_TOKEN";
    case JUMP_SOURCE_COPILOT_TOKEN:
      return "COPILOT_TOKEN";
    }
  return "none";
}

/* Returns: (transfer none) (nullable): unknown for tokens from the environment */
const char *
jump_account_get_login (JumpAccount *self)
{
  return self->login;
}

const JumpGithubHost *
jump_account_get_host (JumpAccount *self)
{
  return self->host;
}

const JumpGithubHost *
jump_account_get_home (JumpAccount *self)
{
  return self->home;
}

JumpSecretText *
jump_account_get_secret (JumpAccount *self)
{
  return self->secret;
}

/* Returns: (transfer none): "keyring", "file" or "memory" */
const char *
jump_account_get_store_name (JumpAccount *self)
{
  return jump_secret_store_get_name (self->store);
}

/**
 * jump_account_start_sign_in:
 *
 * Somebody who is signed in stays so until the new sign-in is there.
 *
 * Returns: (transfer none): see jump_account_get_sign_in()
 */
JumpDeviceFlow *
jump_account_start_sign_in (JumpAccount *self)
{
  return jump_account_start_sign_in_at (self, self->home);
}

/* A sign-in of which something may still come. */
static gboolean
has_live_sign_in_at (JumpAccount *self, const JumpGithubHost *host)
{
  return self->sign_in != NULL && strcmp (self->sign_in_host->web_url, host->web_url) == 0 &&
         (!jump_device_flow_is_final (self->sign_in) ||
          jump_device_flow_get_state (self->sign_in) == JUMP_DEVICE_FLOW_SUCCESS);
}

/**
 * jump_account_start_sign_in_at:
 * @host: copied
 *
 * Returns: (transfer none): see jump_account_get_sign_in()
 */
JumpDeviceFlow *
jump_account_start_sign_in_at (JumpAccount *self, const JumpGithubHost *host)
{
  if (has_live_sign_in_at (self, host))
    return self->sign_in;
  /* A token of the other sign-in that is on its way in would be the account in the end. */
  if (self->sign_in != NULL &&
      jump_device_flow_get_state (self->sign_in) == JUMP_DEVICE_FLOW_SUCCESS)
    cancel_adoption (self);
  drop_sign_in (self);
  self->sign_in_host = jump_github_host_copy (host);
  self->sign_in = jump_device_flow_new (self->client, self->clock, host, self->identity);
  self->sign_in_handler =
      g_signal_connect (self->sign_in, "changed", G_CALLBACK (on_sign_in_changed), self);
  jump_device_flow_start (self->sign_in);
  return self->sign_in;
}

/**
 * jump_account_get_sign_in:
 *
 * Returns: (transfer none) (nullable): the sign-in that is running, or the last one if it came to
 *   nothing, so that it can be told why. NULL once its token is stored and the account signed in
 */
JumpDeviceFlow *
jump_account_get_sign_in (JumpAccount *self)
{
  return self->sign_in;
}

/**
 * jump_account_adopt_async:
 * @token: a GitHub token
 *
 * A token that GitHub refuses with 401 is not taken; one that cannot be checked now is. Cancelling
 * ends the waiting; a token that is on its way in is not put back.
 */
void
jump_account_adopt_async (JumpAccount *self,
                          JumpSecretText *token,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_account_adopt_async);
  drop_sign_in (self);
  adopt (self, token, self->home, NULL, JUMP_ADOPTION_MUST_BE_ACCEPTED, task);
}

/**
 * jump_account_adopt_finish:
 * @error: JUMP_ERROR_SIGNED_OUT if GitHub refuses the token
 */
gboolean
jump_account_adopt_finish (JumpAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
jump_account_sign_out_async (JumpAccount *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jump_account_sign_out_async);
  cancel_adoption (self);
  drop_sign_in (self);
  g_clear_pointer (&self->tokens, jump_environment_tokens_free);
  set_host (self, self->home);
  set_current (self, JUMP_SOURCE_NONE, NULL, NULL);
  jump_secret_store_clear_async (self->store,
                                 JUMP_STORED_ACCOUNT_KEY,
                                 cancellable,
                                 on_store_cleared,
                                 g_object_ref (task));
}

/**
 * jump_account_sign_out_finish:
 * @error: JUMP_ERROR_STORE: signed out for this run, but what is stored is still there
 */
gboolean
jump_account_sign_out_finish (JumpAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
