/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-service"

#include "service/service-private.h"
#include "service/upstream/error-words.h"

/* What the replies of upstream say about the account, besides what the client wanted. */

#define QUOTA_PREFIX "x-quota-snapshot-"

static void
on_header_found (const char *name, const char *value, gpointer user_data)
{
  JumpService *self = user_data;

  if (g_ascii_strncasecmp (name, QUOTA_PREFIX, strlen (QUOTA_PREFIX)) == 0)
    jump_quota_take_header (self->quota, name + strlen (QUOTA_PREFIX), value);
}

static void
clear_refusal (JumpService *self)
{
  self->last_status = 0;
  g_clear_pointer (&self->refusal_message, g_free);
  g_clear_pointer (&self->refusal_url, g_free);
}

static void
keep_refusal (JumpService *self, guint status, const char *body, gsize length)
{
  clear_refusal (self);
  self->last_status = status;
  self->refusal_message = jump_error_words_new (body, length, &self->refusal_url);
}

/* A limit that holds up everything counts until it is over, whatever older requests are answered. */
static void
forget_refusal (JumpService *self)
{
  if (jump_upstream_client_get_limit (self->upstream, NULL) == NULL)
    clear_refusal (self);
}

/* Only what speaks of the account counts (protocol 7.2); other refusals are about one request and leave
 * what is known of the account alone. */
static void
on_upstream_replied (JumpUpstreamCall *call,
                     guint status,
                     const char *body,
                     gsize length,
                     gpointer user_data)
{
  JumpService *self = user_data;

  if (status < 400)
    {
      forget_refusal (self);
      if (self->last_status == 0)
        self->last_status = status;
      jump_upstream_call_foreach_header (call, on_header_found, self);
    }
  else if (status == 402 || status == 466)
    keep_refusal (self, status, body, length);
  if (status == 402)
    jump_quota_refresh_async (self->quota, NULL, NULL, NULL);
  jump_service_note_exchange (self);
}

/* ---- what holds up requests ---- */

static void
log_breaker (JumpService *self)
{
  JumpBreakerState state = jump_upstream_client_get_breaker_state (self->upstream);
  const char *error = jump_upstream_client_get_last_error (self->upstream);

  if (state == self->told_breaker)
    return;
  self->told_breaker = state;
  switch (state)
    {
    case JUMP_BREAKER_CLOSED:
      g_message ("upstream answers again: requests go through");
      break;
    case JUMP_BREAKER_OPEN:
      g_message ("upstream failed %u times in a row: requests are refused for %u s (%s)",
                 jump_upstream_client_get_breaker_failures (self->upstream),
                 jump_upstream_client_get_breaker_wait (self->upstream),
                 error == NULL ? "no reason" : error);
      break;
    case JUMP_BREAKER_HALF_OPEN:
      g_message ("one request tries whether upstream answers again");
      break;
    }
}

static void
log_limit (const JumpCooldown *cooldown, guint seconds, gpointer user_data)
{
  const JumpService *self = user_data;

  if (cooldown->serial <= self->told_limit)
    return;
  g_message ("upstream limits requests: scope %s%s%s, %u s (%s)",
             jump_limit_scope_to_string (cooldown->scope),
             cooldown->model == NULL ? "" : " ",
             cooldown->model == NULL ? "" : cooldown->model,
             seconds,
             cooldown->code == NULL ? "no code" : cooldown->code);
}

static void
find_newest_limit (const JumpCooldown *cooldown, guint seconds, gpointer user_data)
{
  guint *serial = user_data;

  *serial = MAX (*serial, cooldown->serial);
}

static void
take_limit (JumpService *self)
{
  guint seconds;
  const JumpCooldown *limit = jump_upstream_client_get_limit (self->upstream, &seconds);

  if (limit == NULL)
    {
      if (self->wait_until != 0 && self->last_status == 429)
        clear_refusal (self);
      self->wait_until = 0;
      return;
    }
  self->wait_until = jump_clock_get_wall_seconds (self->clock) + seconds;
  self->last_status = 429;
  g_free (self->refusal_message);
  self->refusal_message = g_strdup (limit->message);
  g_free (self->refusal_url);
  self->refusal_url = g_strdup (limit->url);
}

static void
on_upstream_state_changed (JumpUpstreamClient *upstream, gpointer user_data)
{
  JumpService *self = user_data;

  log_breaker (self);
  jump_upstream_client_foreach_limit (upstream, log_limit, self);
  jump_upstream_client_foreach_limit (upstream, find_newest_limit, &self->told_limit);
  take_limit (self);
  jump_service_note_change (self);
}

void
jump_service_watch_upstream (JumpService *self)
{
  jump_upstream_client_watch_replies (self->upstream, on_upstream_replied, self);
  jump_upstream_client_watch_state (self->upstream, on_upstream_state_changed, self);
}

/* Of another account. */
void
jump_service_forget_replies (JumpService *self)
{
  clear_refusal (self);
  self->wait_until = 0;
  jump_upstream_client_forget_limits (self->upstream);
}
