/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/service-private.h"

/* ---- what a screen shows ---- */

JumpClock *
jump_service_get_clock (JumpService *self)
{
  return self->clock;
}

const JumpPaths *
jump_service_get_paths (JumpService *self)
{
  return self->paths;
}

JumpQuota *
jump_service_get_quota (JumpService *self)
{
  return self->quota;
}

guint
jump_service_get_open_exchanges (JumpService *self)
{
  return jump_relay_get_open_exchanges (self->relay);
}

/* One that came to nothing stays with the account, to tell why. */
static gboolean
is_sign_in_running (JumpService *self)
{
  JumpDeviceFlow *flow = jump_account_get_sign_in (self->account);

  return flow != NULL && (!jump_device_flow_is_final (flow) ||
                          jump_device_flow_get_state (flow) == JUMP_DEVICE_FLOW_SUCCESS);
}

/* What passes by itself is no trouble while the token at hand is good. */
static const JumpProblem *
get_pressing_problem (JumpService *self)
{
  const JumpProblem *problem = jump_token_manager_get_problem (self->tokens);

  if (problem != NULL && jump_token_manager_get_state (self->tokens) == JUMP_TOKEN_READY &&
      !jump_problem_needs_person (problem->kind))
    return NULL;
  return problem;
}

/**
 * jump_service_get_condition:
 * @self: a service
 * @out_attention: (out) (optional): what calls for attention, also where another condition comes first
 *
 * Returns: how the service is
 */
JumpCondition
jump_service_get_condition (JumpService *self, JumpAttention *out_attention)
{
  JumpAttention attention;
  JumpTrafficState traffic;
  JumpConditionFacts facts = {
    .is_listening = self->url != NULL || self->listen_error == NULL,
    .is_paused = self->context.is_paused,
    .is_online = self->is_online,
    .is_behind_portal = self->is_behind_portal,
    .account = jump_account_get_state (self->account),
    .is_signing_in = is_sign_in_running (self),
    .problem = get_pressing_problem (self),
    .breaker = jump_upstream_client_get_breaker_state (self->upstream),
    .quota = jump_quota_get_state (self->quota),
    .permits_overage = jump_quota_permits_overage (self->quota),
    .last_status = self->last_status,
    .wait_until = self->wait_until,
    .now = jump_clock_get_wall_seconds (self->clock),
    .open_exchanges = jump_relay_get_open_exchanges (self->relay),
  };
  JumpCondition condition;

  jump_relay_get_traffic (self->relay, &traffic);
  facts.waiting_approvals = traffic.approvals;
  facts.is_bursting = traffic.is_bursting;
  condition = jump_condition_decide (&facts, &attention);
  if (out_attention != NULL)
    *out_attention = attention;
  return condition;
}

const GError *
jump_service_get_listen_error (JumpService *self)
{
  return self->listen_error;
}

/* Its own words where upstream sent them: those have a name or an address. The rest are ours, and the
 * screen says them in the person's language; what went wrong with the network only the system knows. */
static JumpProblem *
dup_token_problem (const JumpProblem *problem)
{
  gboolean is_upstreams = problem->notification_id != NULL || problem->url != NULL;
  gboolean is_technical =
      problem->kind == JUMP_PROBLEM_NETWORK || problem->kind == JUMP_PROBLEM_PROTOCOL;

  return jump_problem_new (problem->kind,
                           is_upstreams ? problem->title : NULL,
                           is_upstreams || is_technical ? problem->message : NULL,
                           problem->url,
                           problem->notification_id);
}

static JumpProblem *
dup_refusal (JumpService *self, JumpProblemKind kind, guint status)
{
  gboolean is_it = self->last_status == status;

  return jump_problem_new (kind,
                           NULL,
                           is_it ? self->refusal_message : NULL,
                           is_it ? self->refusal_url : NULL,
                           NULL);
}

/**
 * jump_service_dup_problem:
 * @self: a service
 *
 * Returns: (transfer full) (nullable): what is known of the matter that jump_service_get_condition()
 *   names; title, message and url are upstream's own, or NULL where it sent none, except that the
 *   message says what the system says of a network or a port
 */
JumpProblem *
jump_service_dup_problem (JumpService *self)
{
  const JumpProblem *problem = get_pressing_problem (self);
  JumpAttention attention;

  jump_service_get_condition (self, &attention);
  switch (attention)
    {
    case JUMP_ATTENTION_NONE:
      return NULL;
    case JUMP_ATTENTION_NOT_LISTENING:
      return jump_problem_new (JUMP_PROBLEM_NONE, NULL, self->listen_error->message, NULL, NULL);
    case JUMP_ATTENTION_OUT_OF_CREDITS:
      return dup_refusal (self, JUMP_PROBLEM_NONE, 402);
    case JUMP_ATTENTION_CLIENT_REFUSED:
      if (self->last_status == 466)
        return dup_refusal (self, JUMP_PROBLEM_CLIENT_REFUSED, 466);
      return dup_token_problem (problem);
    case JUMP_ATTENTION_RATE_LIMITED:
      if (self->last_status == 429)
        return dup_refusal (self, JUMP_PROBLEM_RATE_LIMITED, 429);
      return dup_token_problem (problem);
    case JUMP_ATTENTION_OFFLINE:
      return jump_problem_new (JUMP_PROBLEM_NETWORK, NULL, NULL, NULL, NULL);
    case JUMP_ATTENTION_UPSTREAM_DOWN:
      if (problem == NULL || problem->kind != JUMP_PROBLEM_NETWORK)
        return jump_problem_new (JUMP_PROBLEM_NETWORK,
                                 NULL,
                                 jump_upstream_client_get_last_error (self->upstream),
                                 NULL,
                                 NULL);
      return dup_token_problem (problem);
    case JUMP_ATTENTION_APPROVAL:
    case JUMP_ATTENTION_BURST:
      return jump_problem_new (JUMP_PROBLEM_NONE, NULL, NULL, NULL, NULL);
    case JUMP_ATTENTION_SIGN_IN:
    case JUMP_ATTENTION_SSO:
    case JUMP_ATTENTION_PORTAL:
    case JUMP_ATTENTION_CLOCK:
    case JUMP_ATTENTION_NO_SUBSCRIPTION:
    case JUMP_ATTENTION_BLOCKED:
    case JUMP_ATTENTION_PROTOCOL:
      return dup_token_problem (problem);
    }
  return NULL;
}

/* ---- what a screen does ---- */

void
jump_service_set_paused (JumpService *self, gboolean is_paused)
{
  if (self->context.is_paused == is_paused)
    return;
  self->context.is_paused = is_paused;
  jump_service_note_change (self);
}

gboolean
jump_service_get_paused (JumpService *self)
{
  return self->context.is_paused;
}

gboolean
jump_service_cancel_exchange (JumpService *self, const char *id)
{
  return jump_relay_cancel (self->relay, id);
}

/* A GitHub on this computer is the simulator: no tenant is behind it, and a token of one must not get
 * there; another simulator may play one. */
static JumpGithubHost *
make_local_tenant (const JumpGithubHost *home, const char *tenant, GError **error)
{
  g_autoptr (JumpGithubHost) host =
      jump_github_host_new (tenant, NULL, home->client_id, home->scope);

  if (jump_github_host_is_loopback (host))
    return g_steal_pointer (&host);
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "GitHub host \"%s\": %s is a simulator, which has no tenants",
               tenant,
               home->web_url);
  return NULL;
}

/**
 * jump_service_sign_in:
 * @self: a service
 * @tenant: (nullable): "acme", "acme.ghe.com" or its address; NULL or "" for the host of the settings
 * @error: JUMP_ERROR_BAD_REQUEST when @tenant is none
 *
 * The account belongs to that host from the moment it is signed in, also after the next start unless
 * the settings name another.
 *
 * Returns: (transfer none) (nullable): the sign-in
 */
JumpDeviceFlow *
jump_service_sign_in (JumpService *self, const char *tenant, GError **error)
{
  const JumpGithubHost *home = jump_account_get_home (self->account);
  g_autofree char *input = g_strstrip (g_strdup (tenant == NULL ? "" : tenant));
  g_autoptr (JumpGithubHost) host = NULL;

  if (*input == '\0')
    return jump_account_start_sign_in (self->account);
  host = jump_github_host_is_loopback (home)
             ? make_local_tenant (home, input, error)
             : jump_github_host_new_for_tenant (input, home->client_id, home->scope, error);
  return host == NULL ? NULL : jump_account_start_sign_in_at (self->account, host);
}
