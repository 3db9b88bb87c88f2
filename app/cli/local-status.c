/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "config.h"

#include "app/cli/local-instance.h"
#include "app/cli/wait.h"

/* "status" should answer at once even when upstream does not: what is not known by then is said
 * to be unknown. */
#define TOKEN_LIMIT_SECONDS 5

static JumpToken *
ask_for_token (JumpTokenManager *manager)
{
  g_auto (JumpWait) wait = { 0 };

  jump_wait_init (&wait, TOKEN_LIMIT_SECONDS);
  jump_token_manager_get_async (manager, wait.cancellable, jump_wait_on_done, &wait);
  return jump_token_manager_get_finish (manager, jump_wait_for_result (&wait), NULL);
}

/* The words of S-04. */
static const char *
describe_token (const JumpToken *token, gboolean is_signed_in, gint64 now)
{
  if (token == NULL)
    return is_signed_in ? "token_expired" : "not_authenticated";
  if (jump_token_is_expired (token, now))
    return "token_expired";
  if (jump_token_is_due (token, now))
    return "token_will_refresh_soon";
  return "healthy";
}

static const char *
describe_account (JumpAccountState state)
{
  switch (state)
    {
    case JUMP_ACCOUNT_LOADING:
      return "loading";
    case JUMP_ACCOUNT_SIGNED_OUT:
      return "signed_out";
    case JUMP_ACCOUNT_SIGNED_IN:
      return "signed_in";
    }
  return "signed_out";
}

static void
add_token (JsonObject *status, const JumpToken *token, gboolean is_signed_in, gint64 now)
{
  gboolean expires = token != NULL && token->expires_at != 0;

  json_object_set_boolean_member (status, "authenticated", is_signed_in || token != NULL);
  json_object_set_int_member (status, "refresh_interval", token == NULL ? 0 : token->refresh_in);
  json_object_set_int_member (status, "token_expires_at", expires ? token->expires_at : 0);
  json_object_set_int_member (status,
                              "token_expires_in_seconds",
                              expires ? token->expires_at - now : 0);
  json_object_set_string_member (status, "status", describe_token (token, is_signed_in, now));
  json_object_set_int_member (status,
                              "refresh_threshold",
                              token == NULL ? 0 : jump_token_get_threshold (token));
  json_object_set_boolean_member (status, "direct", token != NULL && token->is_direct);
  if (token == NULL)
    return;
  json_object_set_string_member (status, "api_url", token->api_url);
  if (token->sku != NULL)
    json_object_set_string_member (status, "sku", token->sku);
}

static void
add_problem (JsonObject *status, const JumpProblem *problem)
{
  JsonObject *object;

  if (problem == NULL || problem->kind == JUMP_PROBLEM_NONE)
    {
      json_object_set_null_member (status, "problem");
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "kind", jump_problem_kind_to_string (problem->kind));
  json_object_set_string_member (object, "title", problem->title);
  json_object_set_string_member (object, "message", problem->message);
  if (problem->url != NULL)
    json_object_set_string_member (object, "url", problem->url);
  else
    json_object_set_null_member (object, "url");
  json_object_set_object_member (status, "problem", object);
}

static void
add_account (JsonObject *status, JumpAccount *account)
{
  JumpAccountState state = jump_account_get_state (account);
  JumpAccountSource source = jump_account_get_source (account);

  json_object_set_string_member (status, "account_state", describe_account (state));
  json_object_set_boolean_member (status,
                                  "has_github_token",
                                  state == JUMP_ACCOUNT_SIGNED_IN &&
                                      source != JUMP_SOURCE_COPILOT_TOKEN);
  if (jump_account_get_login (account) != NULL)
    json_object_set_string_member (status, "login", jump_account_get_login (account));
  else
    json_object_set_null_member (status, "login");
  json_object_set_string_member (status, "source", jump_account_source_to_string (source));
  json_object_set_string_member (status, "secret_store", jump_account_get_store_name (account));
}

/**
 * jump_local_get_status:
 * @self: the service
 * @error: unused
 *
 * Asks for a token, because whether one is to be had is what "status" is asked for; signed-out
 * accounts are not asked.
 *
 * Returns: (transfer full): the keys of GET /api/status that mean something without a server
 */
JsonObject *
jump_local_get_status (JumpLocalInstance *self, GError **error)
{
  JumpSettings *settings = jump_service_get_settings (self->service);
  JumpTokenManager *manager = jump_service_get_token_manager (self->service);
  JumpAccount *account = jump_service_get_account (self->service);
  g_autoptr (JumpClock) clock = jump_clock_system_new ();
  g_autoptr (JumpToken) token = NULL;
  JsonObject *status = json_object_new ();
  gboolean is_signed_in = jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN;

  if (is_signed_in)
    token = ask_for_token (manager);

  json_object_set_string_member (status, "config_file", jump_settings_get_path (settings));
  json_object_set_int_member (status,
                              "port",
                              jump_settings_get_int (settings, JUMP_KEY_SERVER_PORT));
  add_token (status, token, is_signed_in, jump_clock_get_wall_seconds (clock));
  add_account (status, account);
  add_problem (status, jump_token_manager_get_problem (manager));
  json_object_set_string_member (status, "version", JUMPSEAT_VERSION);
  json_object_set_boolean_member (status, "demo", jump_service_get_is_demo (self->service));
  return status;
}

/**
 * jump_local_refresh_token:
 * @self: the service
 * @error: JUMP_ERROR_SIGNED_OUT and what else stops an exchange
 *
 * Returns: (transfer full): when the new token expires
 */
JsonObject *
jump_local_refresh_token (JumpLocalInstance *self, GError **error)
{
  JumpTokenManager *manager = jump_service_get_token_manager (self->service);
  g_autoptr (JumpClock) clock = jump_clock_system_new ();
  g_autoptr (JumpToken) token = NULL;
  g_auto (JumpWait) wait = { 0 };
  JsonObject *answer;
  gint64 now;

  jump_wait_init (&wait, 0);
  jump_token_manager_refresh_async (manager, wait.cancellable, jump_wait_on_done, &wait);
  token = jump_token_manager_refresh_finish (manager, jump_wait_for_result (&wait), error);
  if (token == NULL)
    return NULL;
  now = jump_clock_get_wall_seconds (clock);
  answer = json_object_new ();
  json_object_set_int_member (answer, "token_expires_at", token->expires_at);
  json_object_set_int_member (answer,
                              "token_expires_in_seconds",
                              token->expires_at == 0 ? 0 : token->expires_at - now);
  return answer;
}
