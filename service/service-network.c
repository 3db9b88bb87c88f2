/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/service-private.h"

/* Whether the computer has a network, and what follows when it slept. */

/* Behind a portal it need not try more often than clients ask. */
static void
tell_token_manager (JumpService *self)
{
  jump_token_manager_set_online (self->tokens, self->is_online && !self->is_behind_portal);
}

void
jump_service_update_quota_permission (JumpService *self)
{
  gboolean is_signed_in = jump_account_get_state (self->account) == JUMP_ACCOUNT_SIGNED_IN;
  JumpAccountSource source = jump_account_get_source (self->account);

  /* A static token of Copilot cannot ask GitHub. */
  jump_quota_set_allowed (self->quota,
                          self->is_online && is_signed_in && source != JUMP_SOURCE_COPILOT_TOKEN);
}

void
jump_service_apply_online (JumpService *self, gboolean is_online)
{
  if (self->is_online == is_online)
    return;
  self->is_online = is_online;
  jump_http_client_note_network_change (self->client);
  jump_update_watch_set_online (self->updates, is_online);
  tell_token_manager (self);
  jump_service_update_quota_permission (self);
  if (is_online && jump_account_get_state (self->account) == JUMP_ACCOUNT_SIGNED_IN)
    jump_model_catalog_is_ready (self->catalog); /* renews a list that went stale */
  jump_service_note_change (self);
}

/**
 * jump_service_set_online:
 * @self: a service
 * @is_online: whether the computer has a network
 *
 * What clients ask for is tried all the same: the computer may be wrong, and the client is to hear why.
 * An upstream on this computer, as of the demo, needs no network.
 */
void
jump_service_set_online (JumpService *self, gboolean is_online)
{
  if (jump_github_host_is_loopback (jump_account_get_host (self->account)))
    is_online = TRUE;
  jump_service_apply_online (self, is_online);
}

/**
 * jump_service_set_behind_portal:
 * @self: a service
 * @is_behind_portal: whether the computer says that its network wants a sign-in first
 *
 * Connections from before somebody signed in lead to the portal.
 */
void
jump_service_set_behind_portal (JumpService *self, gboolean is_behind_portal)
{
  if (self->is_behind_portal == is_behind_portal)
    return;
  self->is_behind_portal = is_behind_portal;
  jump_http_client_set_behind_portal (self->client, is_behind_portal);
  tell_token_manager (self);
  if (is_behind_portal)
    jump_service_note_change (self);
  else
    jump_service_wake (self);
}

void
jump_service_note_network_change (JumpService *self)
{
  jump_http_client_note_network_change (self->client);
}

/**
 * jump_service_wake:
 * @self: a service
 *
 * Clocks notice a sleep by themselves a little later; whoever hears of it first says so here.
 */
void
jump_service_wake (JumpService *self)
{
  jump_http_client_distrust_connections (self->client);
  jump_token_manager_wake (self->tokens);
  jump_quota_wake (self->quota);
  if (jump_account_get_state (self->account) == JUMP_ACCOUNT_SIGNED_IN)
    jump_model_catalog_is_ready (self->catalog);
  jump_service_note_change (self);
}
