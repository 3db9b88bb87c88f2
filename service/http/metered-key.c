/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/metered-key.h"

#include "service/base/error.h"

/* Requests of the same key end at any time. */
#define BUSY_RETRY_AFTER 1

static GError *
refuse_pace (const char *name, const JumpKeyLimits *limits)
{
  return g_error_new (
      JUMP_ERROR,
      JUMP_ERROR_RATE_LIMITED,
      "the key \"%s\" may send %u requests a minute; its limits are set in Jumpseat",
      name,
      limits->requests_per_minute);
}

static GError *
refuse_crowd (const char *name, const JumpKeyLimits *limits)
{
  return g_error_new (
      JUMP_ERROR,
      JUMP_ERROR_RATE_LIMITED,
      "the key \"%s\" may have %u requests under way at once; its limits are set in "
      "Jumpseat",
      name,
      limits->concurrent);
}

static GError *
refuse_cost (const char *name, const JumpKeyLimits *limits)
{
  char credits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (credits, sizeof credits, "%.10g", limits->daily_credits);
  return g_error_new (
      JUMP_ERROR,
      JUMP_ERROR_RATE_LIMITED,
      "the key \"%s\" has used its %s credits of today; they are renewed at midnight",
      name,
      credits);
}

/* Returns: (transfer full) (nullable): why not; NULL: it was counted */
static GError *
judge (JumpHttpContext *context, const JumpRelayRequest *relayed, guint *out_wait)
{
  const char *name = relayed->pass->name;
  JumpClientKey *key = jump_key_store_find (context->keys, relayed->pass->id);
  const JumpKeyLimits *limits;

  *out_wait = 0;
  /* Its body took a while: somebody may have revoked the key since it was admitted. */
  if (key == NULL || jump_client_key_get_state (key) != JUMP_CLIENT_KEY_ACTIVE)
    return g_error_new (JUMP_ERROR,
                        JUMP_ERROR_FORBIDDEN,
                        "the key \"%s\" was revoked; ask the owner of this Jumpseat",
                        name);
  limits = jump_client_key_get_limits (key);
  switch (jump_key_meter_begin (context->key_meter, key, relayed->id, out_wait))
    {
    case JUMP_KEY_ADMITTED:
      return NULL;
    case JUMP_KEY_TOO_FAST:
      return refuse_pace (name, limits);
    case JUMP_KEY_TOO_MANY:
      *out_wait = BUSY_RETRY_AFTER;
      return refuse_crowd (name, limits);
    case JUMP_KEY_OUT_OF_CREDITS:
      return refuse_cost (name, limits);
    }
  return NULL;
}

/**
 * jump_metered_key_begin:
 * @context: knows keys and meter
 * @request: read whole; must not be touched any more when this returns FALSE
 * @relayed: the same for the relay
 *
 * Returns: whether it may go on, as it always may without a key
 */
gboolean
jump_metered_key_begin (JumpHttpContext *context,
                        JumpClientRequest *request,
                        const JumpRelayRequest *relayed)
{
  g_autoptr (GError) error = NULL;
  guint wait;

  if (relayed->pass == NULL)
    return TRUE;
  error = judge (context, relayed, &wait);
  if (error == NULL)
    return TRUE;
  request->is_relayed = TRUE;
  jump_relay_turn_away (context->relay, relayed, error, wait, request->sink);
  return FALSE;
}
