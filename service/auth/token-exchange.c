/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-auth"

#include "service/auth/token-exchange.h"

#include "service/auth/exchange-problem.h"
#include "service/auth/github-request.h"
#include "service/base/error.h"
#include "service/base/http-date.h"
#include "service/base/json-read.h"
#include "service/net/json-call.h"

typedef struct
{
  JumpTokenExchangeInput input; /* (owned): every pointer in it */
  const char *path;             /* static: what was asked last */
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  JumpTokenExchangeInput *input = &exchange->input;

  g_clear_object (&input->client);
  g_clear_object (&input->clock);
  jump_github_host_free ((JumpGithubHost *) input->host);
  jump_identity_free ((JumpIdentity *) input->identity);
  g_clear_pointer (&input->secret, jump_secret_text_unref);
  g_free ((char *) input->api_url);
  g_free (exchange);
}

void
jump_token_exchange_outcome_free (JumpTokenExchangeOutcome *self)
{
  if (self == NULL)
    return;
  jump_token_unref (self->token);
  jump_problem_free (self->problem);
  g_free (self->endpoint);
  g_clear_pointer (&self->reply, g_bytes_unref);
  g_free (self);
}

static void
return_outcome (GTask *task, JumpTokenExchangeOutcome *outcome)
{
  g_task_return_pointer (task, outcome, (GDestroyNotify) jump_token_exchange_outcome_free);
}

/* Takes @token. */
static void
return_token (GTask *task, JumpToken *token)
{
  JumpTokenExchangeOutcome *outcome = g_new0 (JumpTokenExchangeOutcome, 1);

  outcome->token = token;
  return_outcome (task, outcome);
}

/* Takes @problem.
 * @reply: (nullable): that says so */
static void
return_problem (GTask *task,
                JumpProblem *problem,
                gboolean is_transient,
                guint retry_after,
                JumpJsonReply *reply)
{
  Exchange *exchange = g_task_get_task_data (task);
  JumpTokenExchangeOutcome *outcome = g_new0 (JumpTokenExchangeOutcome, 1);

  outcome->endpoint = g_strconcat (exchange->input.host->api_url, exchange->path, NULL);
  if (reply != NULL)
    {
      outcome->status = reply->status;
      outcome->reply = g_bytes_ref (reply->body);
    }
  outcome->problem = problem;
  outcome->is_transient = is_transient;
  outcome->retry_after = retry_after;
  return_outcome (task, outcome);
}

/* Takes @error: what went wrong on the way, or with reading what came. Only what the network itself
 * does may pass in a moment. */
static void
return_failure (GTask *task, GError *error)
{
  g_autoptr (GError) cause = error;
  JumpProblem *problem;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&cause));
      return;
    }
  problem = jump_exchange_problem_new_for_error (cause);
  return_problem (task, problem, problem->kind == JUMP_PROBLEM_NETWORK, 0, NULL);
}

static void
return_refusal (GTask *task, JumpJsonReply *reply, const JumpExchangeAnswer *answer)
{
  Exchange *exchange = g_task_get_task_data (task);
  const JumpExchangeTimes times = {
    .retry_after = reply->retry_after,
    .limit_reset = reply->limit_reset,
    .date = reply->date,
  };

  g_debug ("GitHub answered with status %u", answer->status);
  return_problem (
      task,
      jump_exchange_problem_new (answer),
      jump_exchange_answer_is_transient (answer),
      jump_exchange_times_get_wait (&times, jump_clock_get_wall_seconds (exchange->input.clock)),
      reply);
}

static void
init_answer (JumpExchangeAnswer *answer, JumpJsonReply *reply)
{
  answer->status = reply->status;
  answer->object = jump_json_reply_get_object (reply);
  answer->sso = reply->sso;
}

/* The setting wins; then what was found, if it can be trusted; then the default (protocol 4.1).
 * @found: (nullable): where Copilot is, as GitHub or the token says */
static char *
choose_api_url (const JumpTokenExchangeInput *input, const char *found, GError **error)
{
  if (input->api_url != NULL)
    return g_strdup (input->api_url);
  if (found == NULL)
    return jump_github_host_get_default_copilot_url (input->host);
  if (jump_github_host_trusts_copilot_url (input->host, found))
    return g_strdup (found);
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_PROTOCOL,
               "endpoints.api: expected an https address of Copilot's");
  return NULL;
}

static void
on_user_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autofree char *api_url = NULL;
  JumpExchangeAnswer answer;
  JsonObject *endpoints;
  JumpToken *token;
  GError *error = NULL;
  g_autoptr (JumpJsonReply) reply =
      jump_json_call_finish (JUMP_HTTP_CLIENT (source), result, &error);

  if (reply == NULL)
    {
      return_failure (task, error);
      return;
    }
  init_answer (&answer, reply);
  if (answer.status == 404)
    {
      return_problem (task,
                      jump_problem_new (JUMP_PROBLEM_NO_SUBSCRIPTION,
                                        "No access to Copilot",
                                        "GitHub knows no Copilot plan or seat for this account.",
                                        NULL,
                                        NULL),
                      FALSE,
                      0,
                      reply);
      return;
    }
  if (answer.status != 200)
    {
      return_refusal (task, reply, &answer);
      return;
    }
  if (answer.object == NULL)
    {
      return_failure (task,
                      g_error_new (JUMP_ERROR,
                                   JUMP_ERROR_PROTOCOL,
                                   "reply about the account: expected a JSON object"));
      return;
    }
  endpoints = jump_json_get_object (answer.object, "endpoints");
  api_url =
      choose_api_url (&exchange->input, jump_json_get_string (endpoints, "api", NULL), &error);
  if (api_url == NULL)
    {
      return_failure (task, error);
      return;
    }
  token = jump_token_new (exchange->input.secret, api_url);
  token->is_direct = TRUE;
  token->issued_at = jump_clock_get_wall_seconds (exchange->input.clock);
  return_token (task, token);
}

static void
get (GTask *task, const char *path, GAsyncReadyCallback callback)
{
  Exchange *exchange = g_task_get_task_data (task);
  const JumpTokenExchangeInput *input = &exchange->input;
  JumpHttpRequest *request =
      jump_github_request_new ("GET", input->host->api_url, path, input->identity);

  exchange->path = path;
  jump_github_request_add_token (request, input->identity, input->secret);
  jump_json_call_async (input->client,
                        request,
                        g_task_get_cancellable (task),
                        callback,
                        g_object_ref (task));
}

static void
take_token (GTask *task, JumpJsonReply *reply)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (JumpToken) token = NULL;
  g_autofree char *api_url = NULL;
  GError *error = NULL;
  gsize length;
  const char *body = g_bytes_get_data (reply->body, &length);

  token = jump_token_new_from_exchange (body,
                                        length,
                                        jump_clock_get_wall_seconds (exchange->input.clock),
                                        jump_http_date_read (reply->date),
                                        &error);
  jump_github_reply_wipe (reply, "token");
  if (token != NULL)
    api_url = choose_api_url (&exchange->input, token->api_url, &error);
  if (api_url == NULL)
    {
      return_failure (task, error);
      return;
    }
  jump_token_set_api_url (token, api_url);
  return_token (task, g_steal_pointer (&token));
}

static void
on_token_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  const JumpTokenExchangeInput *input = &exchange->input;
  JumpExchangeAnswer answer;
  GError *error = NULL;
  g_autoptr (JumpJsonReply) reply =
      jump_json_call_finish (JUMP_HTTP_CLIENT (source), result, &error);

  if (reply == NULL)
    {
      return_failure (task, error);
      return;
    }
  init_answer (&answer, reply);
  if (answer.status == 200)
    take_token (task, reply);
  else if (input->direct_mode == JUMP_DIRECT_AUTO &&
           jump_exchange_answer_allows_direct (&answer, input->host))
    {
      g_debug ("the exchange is refused to this app (%u), trying the direct path", answer.status);
      get (task, "/copilot_internal/user", on_user_answered);
    }
  else
    return_refusal (task, reply, &answer);
}

/**
 * jump_token_exchange_async:
 *
 * Without endpoints, and on the direct path, a host that GitHub did not name is the default one.
 */
void
jump_token_exchange_async (const JumpTokenExchangeInput *input,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (input->client, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->input.client = g_object_ref (input->client);
  exchange->input.clock = g_object_ref (input->clock);
  exchange->input.host = jump_github_host_copy (input->host);
  exchange->input.identity = jump_identity_copy (input->identity);
  exchange->input.secret = jump_secret_text_ref (input->secret);
  exchange->input.direct_mode = input->direct_mode;
  exchange->input.api_url = g_strdup (input->api_url);
  g_task_set_source_tag (task, jump_token_exchange_async);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  if (input->direct_mode == JUMP_DIRECT_ALWAYS)
    get (task, "/copilot_internal/user", on_user_answered);
  else
    get (task, "/copilot_internal/v2/token", on_token_answered);
}

JumpTokenExchangeOutcome *
jump_token_exchange_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

JumpToken *
jump_token_exchange_make_static (const JumpTokenExchangeInput *input)
{
  g_autofree char *found = jump_token_find_api_url (jump_secret_text_peek (input->secret));
  g_autofree char *api_url = choose_api_url (input, found, NULL);
  JumpToken *token;

  if (api_url == NULL) /* what stands inside the token cannot be trusted */
    api_url = choose_api_url (input, NULL, NULL);
  token = jump_token_new (input->secret, api_url);
  token->is_static = TRUE;
  token->issued_at = jump_clock_get_wall_seconds (input->clock);
  return token;
}
