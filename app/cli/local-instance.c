/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/local-instance.h"

#include "app/cli/wait.h"
#include "app/desktop.h"

typedef struct
{
  const char *method;
  const char *path;
  JsonObject *(*answer) (JumpLocalInstance *self, const char *body, GError **error);
} LocalRoute;

static const LocalRoute routes[] = {
  { "GET", "/api/status", jump_local_get_status },
  { "GET", "/api/models", jump_local_get_models },
  { "POST", "/api/token/refresh", jump_local_refresh_token },
  { "GET", "/api/login", jump_local_get_sign_in },
  { "POST", "/api/login", jump_local_start_sign_in },
  { "DELETE", "/api/login", jump_local_cancel_sign_in },
  { "POST", "/api/logout", jump_local_sign_out },
};

/**
 * jump_local_instance_open:
 * @context: with settings loaded; its tokens go to the service
 * @error: why the account could not be loaded
 *
 * Returns: (transfer full): a service that knows its account
 */
JumpLocalInstance *
jump_local_instance_open (JumpCommandContext *context, GError **error)
{
  g_autoptr (JumpService) service =
      jump_command_context_build_service (context, jump_desktop_has_display (), FALSE);
  g_auto (JumpWait) wait = { 0 };
  JumpLocalInstance *self;

  jump_wait_init (&wait, 0);
  jump_service_open_async (service, wait.cancellable, jump_wait_on_done, &wait);
  if (!jump_service_open_finish (service, jump_wait_for_result (&wait), error))
    return NULL;
  self = g_new0 (JumpLocalInstance, 1);
  self->service = g_steal_pointer (&service);
  return self;
}

/**
 * jump_local_instance_free:
 * @self: (transfer full): the service
 */
void
jump_local_instance_free (JumpLocalInstance *self)
{
  g_clear_object (&self->service);
  g_free (self);
}

/**
 * jump_local_instance_call:
 * @self: the service
 * @method: "GET", "POST", "DELETE"
 * @path: a control route
 * @body: (nullable): JSON
 * @error: JUMP_ERROR_…
 *
 * Returns: (transfer full): what a running instance would have answered
 */
JsonObject *
jump_local_instance_call (JumpLocalInstance *self,
                          const char *method,
                          const char *path,
                          const char *body,
                          GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (g_str_equal (routes[i].method, method) && g_str_equal (routes[i].path, path))
        return routes[i].answer (self, body, error);
    }
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_NOT_FOUND,
               "no running instance for %s %s",
               method,
               path);
  return NULL;
}

/**
 * jump_local_instance_adopt_token:
 * @self: the service
 * @token: a GitHub token
 * @error: JUMP_ERROR_SIGNED_OUT when GitHub does not accept it
 *
 * Returns: (transfer full): whose token it is
 */
char *
jump_local_instance_adopt_token (JumpLocalInstance *self, JumpSecretText *token, GError **error)
{
  JumpAccount *account = jump_service_get_account (self->service);
  g_auto (JumpWait) wait = { 0 };
  const char *login;

  jump_wait_init (&wait, 0);
  jump_account_adopt_async (account, token, wait.cancellable, jump_wait_on_done, &wait);
  if (!jump_account_adopt_finish (account, jump_wait_for_result (&wait), error))
    return NULL;
  login = jump_account_get_login (account);
  return g_strdup (login == NULL ? "unknown" : login);
}
