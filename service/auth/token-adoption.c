/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-auth"

#include "service/auth/token-adoption.h"

#include "service/auth/github-request.h"
#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/net/json-call.h"

#include <string.h>

#define STORE_LABEL "Jumpseat: GitHub account"
/* The name is only for show: whoever waits for the sign-in must not wait long for it. */
#define LOGIN_TIMEOUT_MS 10000
#define MAX_LOGIN_LENGTH 100

typedef struct
{
  JumpStoredAccount *account; /* (owned) (nullable): NULL once handed over */
  JumpAdoptionFlags flags;
} Adoption;

static void
adoption_free (Adoption *adoption)
{
  jump_stored_account_free (adoption->account);
  g_free (adoption);
}

static void
on_account_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Adoption *adoption = g_task_get_task_data (task);
  JumpSecretStore *store = JUMP_SECRET_STORE (source);
  g_autoptr (GError) error = NULL;

  jump_secret_store_save_finish (store, result, &error);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      /* Too late or not: signing out means that nothing stays behind. */
      if (error == NULL)
        jump_secret_store_clear_async (store, JUMP_STORED_ACCOUNT_KEY, NULL, NULL, NULL);
      g_task_return_error_if_cancelled (task);
      return;
    }
  if (error != NULL)
    g_warning ("the sign-in could not be stored and lasts for this run only: %s", error->message);
  g_task_return_pointer (task,
                         g_steal_pointer (&adoption->account),
                         (GDestroyNotify) jump_stored_account_free);
}

static gboolean
is_login (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isgraph (text[i]))
        return FALSE;
    }
  return length > 0 && length <= MAX_LOGIN_LENGTH;
}

static void
on_login_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JumpSecretStore *store = g_task_get_source_object (task);
  Adoption *adoption = g_task_get_task_data (task);
  g_autoptr (JumpSecretText) text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JumpJsonReply) reply =
      jump_json_call_finish (JUMP_HTTP_CLIENT (source), result, &error);
  const char *login = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (reply != NULL && reply->status == 401 &&
      (adoption->flags & JUMP_ADOPTION_MUST_BE_ACCEPTED) != 0)
    {
      g_task_return_new_error (task,
                               JUMP_ERROR,
                               JUMP_ERROR_SIGNED_OUT,
                               "%s does not accept this token",
                               adoption->account->host);
      return;
    }
  if (reply != NULL && reply->status == 200)
    login = jump_json_get_string (jump_json_reply_get_object (reply), "login", NULL);
  if (login != NULL && is_login (login))
    adoption->account->login = g_strdup (login);
  else
    g_debug ("no login name: %s", error != NULL ? error->message : "not in the reply");

  text = jump_stored_account_to_text (adoption->account);
  jump_secret_store_save_async (store,
                                JUMP_STORED_ACCOUNT_KEY,
                                STORE_LABEL,
                                text,
                                g_task_get_cancellable (task),
                                on_account_stored,
                                g_object_ref (task));
}

/**
 * jump_token_adoption_async:
 * @token: what was given to us
 * @client_id: (nullable): of the app that made it, if it was ours
 * @cancellable: cancelling takes back what is stored already
 *
 * The name comes first, so that it is written once; the few seconds in which a crash would lose
 * the token cost the person one more sign-in.
 */
void
jump_token_adoption_async (JumpSecretStore *store,
                           JumpHttpClient *client,
                           const JumpGithubHost *host,
                           const JumpIdentity *identity,
                           JumpSecretText *token,
                           const char *client_id,
                           JumpAdoptionFlags flags,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Adoption *adoption = g_new0 (Adoption, 1);
  JumpHttpRequest *request;

  adoption->account = jump_stored_account_new (host->web_url, NULL, client_id, token);
  adoption->flags = flags;
  g_task_set_source_tag (task, jump_token_adoption_async);
  g_task_set_task_data (task, adoption, (GDestroyNotify) adoption_free);

  request = jump_github_request_new ("GET", host->api_url, "/user", identity);
  jump_github_request_add_token (request, identity, token);
  request->total_timeout_ms = LOGIN_TIMEOUT_MS;
  jump_json_call_async (client, request, cancellable, on_login_answered, g_object_ref (task));
}

/**
 * jump_token_adoption_finish:
 * @error: JUMP_ERROR_SIGNED_OUT if GitHub refuses the token
 */
JumpStoredAccount *
jump_token_adoption_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
