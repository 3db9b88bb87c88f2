/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/auth/exchange-problem.h"
#include "service/auth/github-request.h"
#include "service/base/error.h"
#include "service/net/json-call.h"
#include "service/service-private.h"

/* Where the layers that know no tokens get what they ask upstream for. */

static void
fetch_models_async (gpointer source,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  JumpService *self = source;
  g_autoptr (GTask) task = NULL;

  if (self->is_online)
    {
      jump_upstream_client_fetch_async (self->upstream,
                                        "/models",
                                        cancellable,
                                        callback,
                                        user_data);
      return;
    }
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fetch_models_async);
  g_task_return_new_error (task,
                           JUMP_ERROR,
                           JUMP_ERROR_UNAVAILABLE,
                           "GET /models: this computer has no network");
}

static GBytes *
fetch_models_finish (gpointer source, GAsyncResult *result, GError **error)
{
  /* not @source: the service may be gone by the time that a cancelled call ends */
  g_autoptr (GObject) asked = g_async_result_get_source_object (result);

  if (g_async_result_is_tagged (result, fetch_models_async))
    return g_task_propagate_pointer (G_TASK (result), error);
  return jump_upstream_client_fetch_finish (JUMP_UPSTREAM_CLIENT (asked), result, error);
}

JumpCatalogSource
jump_service_make_catalog_source (JumpService *self)
{
  return (JumpCatalogSource){
    .fetch_async = fetch_models_async,
    .fetch_finish = fetch_models_finish,
    .source = self,
  };
}

/* 404 is a state of its own here: GitHub knows no Copilot record of the account (protocol 3). */
static GError *
make_quota_error (JumpJsonReply *reply)
{
  JumpExchangeAnswer answer = {
    .status = reply->status,
    .object = jump_json_reply_get_object (reply),
    .sso = reply->sso,
  };
  g_autoptr (JumpProblem) problem = NULL;

  if (reply->status == 404)
    return g_error_new_literal (JUMP_ERROR,
                                JUMP_ERROR_NOT_FOUND,
                                "GET /copilot_internal/user: no Copilot record of this account");
  problem = jump_exchange_problem_new (&answer);
  return jump_problem_to_error (problem);
}

static void
on_quota_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JumpJsonReply) reply =
      jump_json_call_finish (JUMP_HTTP_CLIENT (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, error);
  else if (reply->status != 200)
    g_task_return_error (task, make_quota_error (reply));
  else
    g_task_return_pointer (task, g_bytes_ref (reply->body), (GDestroyNotify) g_bytes_unref);
}

/* With the token of GitHub: one of Copilot is bad credentials there (protocol 3). */
static void
fetch_quota_async (gpointer source,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  JumpService *self = source;
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  JumpSecretText *secret = jump_account_get_secret (self->account);
  JumpHttpRequest *request;

  g_task_set_source_tag (task, fetch_quota_async);
  if (secret == NULL)
    {
      g_task_return_new_error (task,
                               JUMP_ERROR,
                               JUMP_ERROR_SIGNED_OUT,
                               "GET /copilot_internal/user: not signed in");
      return;
    }
  request = jump_github_request_new ("GET",
                                     jump_account_get_host (self->account)->api_url,
                                     "/copilot_internal/user",
                                     self->identity);
  jump_github_request_add_token (request, self->identity, secret);
  jump_json_call_async (self->client,
                        request,
                        cancellable,
                        on_quota_answered,
                        g_steal_pointer (&task));
}

static GBytes *
fetch_quota_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

JumpQuotaSource
jump_service_make_quota_source (JumpService *self)
{
  return (JumpQuotaSource){
    .fetch_async = fetch_quota_async,
    .fetch_finish = fetch_quota_finish,
    .source = self,
  };
}
