/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/cli/local-instance.h"
#include "app/cli/wait.h"

static void
add_code (JsonObject *answer, JumpDeviceFlow *flow)
{
  g_autoptr (JumpClock) clock = jump_clock_system_new ();
  gint64 left = jump_device_flow_get_expires_at (flow) - jump_clock_get_wall_seconds (clock);

  json_object_set_string_member (answer, "user_code", jump_device_flow_get_user_code (flow));
  json_object_set_string_member (answer,
                                 "verification_uri",
                                 jump_device_flow_get_verification_uri (flow));
  json_object_set_int_member (answer, "expires_in", MAX (0, left));
  json_object_set_int_member (answer, "interval", jump_device_flow_get_interval (flow));
}

/**
 * jump_local_get_sign_in:
 * @self: the service
 * @body: unused
 * @error: unused
 *
 * As in a running instance, a sign-in that has worked is gone as soon as the account is stored.
 *
 * Returns: (transfer full): how the sign-in stands
 */
JsonObject *
jump_local_get_sign_in (JumpLocalInstance *self, const char *body, GError **error)
{
  JumpAccount *account = jump_service_get_account (self->service);
  JumpDeviceFlow *flow = jump_account_get_sign_in (account);
  JumpDeviceFlowState state = JUMP_DEVICE_FLOW_IDLE;
  JsonObject *answer = json_object_new ();

  if (flow != NULL)
    state = jump_device_flow_get_state (flow);
  json_object_set_string_member (answer, "status", jump_device_flow_state_to_string (state));
  if (state == JUMP_DEVICE_FLOW_PENDING)
    add_code (answer, flow);
  if (flow != NULL && jump_device_flow_get_error (flow) != NULL)
    json_object_set_string_member (answer, "error", jump_device_flow_get_error (flow)->message);
  json_object_set_boolean_member (answer,
                                  "signed_in",
                                  jump_account_get_state (account) == JUMP_ACCOUNT_SIGNED_IN);
  if (jump_account_get_login (account) != NULL)
    json_object_set_string_member (answer, "login", jump_account_get_login (account));
  return answer;
}

/**
 * jump_local_start_sign_in:
 * @self: the service
 * @body: (nullable): {"tenant":"acme.ghe.com"}; the host of the settings when it is left out
 * @error: unused
 *
 * Returns: (transfer full): how the sign-in stands
 */
JsonObject *
jump_local_start_sign_in (JumpLocalInstance *self, const char *body, GError **error)
{
  g_autoptr (JsonObject) request = NULL;
  const char *tenant = NULL;

  if (body != NULL)
    {
      request = jump_json_parse_request (body, strlen (body), error);
      if (request == NULL)
        return NULL;
      tenant = jump_json_get_string (request, "tenant", NULL);
    }
  if (jump_service_sign_in (self->service, tenant, error) == NULL)
    return NULL;
  return jump_local_get_sign_in (self, NULL, error);
}

/**
 * jump_local_cancel_sign_in:
 * @self: the service
 * @body: unused
 * @error: unused
 *
 * Returns: (transfer full): how the sign-in stands
 */
JsonObject *
jump_local_cancel_sign_in (JumpLocalInstance *self, const char *body, GError **error)
{
  JumpDeviceFlow *flow = jump_account_get_sign_in (jump_service_get_account (self->service));

  if (flow != NULL)
    jump_device_flow_cancel (flow);
  return jump_local_get_sign_in (self, NULL, error);
}

/**
 * jump_local_sign_out:
 * @self: the service
 * @body: unused
 * @error: JUMP_ERROR_STORE
 *
 * Returns: (transfer full): {"signed_in":false}
 */
JsonObject *
jump_local_sign_out (JumpLocalInstance *self, const char *body, GError **error)
{
  JumpAccount *account = jump_service_get_account (self->service);
  g_auto (JumpWait) wait = { 0 };
  JsonObject *answer;

  jump_wait_init (&wait, 0);
  jump_account_sign_out_async (account, wait.cancellable, jump_wait_on_done, &wait);
  if (!jump_account_sign_out_finish (account, jump_wait_for_result (&wait), error))
    return NULL;
  answer = json_object_new ();
  json_object_set_boolean_member (answer, "signed_in", FALSE);
  return answer;
}
