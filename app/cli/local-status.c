/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/local-instance.h"
#include "app/cli/wait.h"

/* "status" should answer soon even when upstream does not: what is not known by then is said to be
 * missing. */
#define TOKEN_LIMIT_SECONDS 5

static void
ask_for_token (JumpTokenManager *manager)
{
  g_autoptr (JumpToken) token = NULL;
  g_auto (JumpWait) wait = { 0 };

  jump_wait_init (&wait, TOKEN_LIMIT_SECONDS);
  jump_token_manager_get_async (manager, wait.cancellable, jump_wait_on_done, &wait);
  token = jump_token_manager_get_finish (manager, jump_wait_for_result (&wait), NULL);
}

/**
 * jump_local_get_status:
 * @self: the service
 * @body: unused
 * @error: JUMP_ERROR_…
 *
 * Asks for a token first, because whether one is to be had is what "status" is asked for.
 *
 * Returns: (transfer full): what a running instance would answer
 */
JsonObject *
jump_local_get_status (JumpLocalInstance *self, const char *body, GError **error)
{
  JumpAccount *account = jump_service_get_account (self->service);
  g_autofree char *text = NULL;

  if (jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN)
    ask_for_token (jump_service_get_token_manager (self->service));
  text = jump_service_dup_status (self->service);
  return jump_json_parse_object (text, -1, error);
}

/**
 * jump_local_refresh_token:
 * @self: the service
 * @body: unused
 * @error: JUMP_ERROR_SIGNED_OUT and what else stops an exchange
 *
 * Returns: (transfer full): when the new token expires
 */
JsonObject *
jump_local_refresh_token (JumpLocalInstance *self, const char *body, GError **error)
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
