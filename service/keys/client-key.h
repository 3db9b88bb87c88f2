/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/client-pass.h"

#include <gio/gio.h>

/* One named key of a client: who may use the model API, and how much. The secret itself is known only to
 * whoever was given it; here is its hash. A row of JumpKeyStore. */

typedef enum
{
  JUMP_CLIENT_KEY_PENDING, /* asked for by POST /signup: works once somebody has approved it */
  JUMP_CLIENT_KEY_ACTIVE,
  JUMP_CLIENT_KEY_REVOKED,
} JumpClientKeyState;

typedef struct
{
  GStrv models;              /* (owned) (nullable): as in JumpClientPass; NULL: all */
  guint requests_per_minute; /* 0: no limit, as below */
  guint concurrent;
  double daily_credits; /* 1 credit = $0.01; the day is the local one */
} JumpKeyLimits;

void jump_key_limits_clear (JumpKeyLimits *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpKeyLimits, jump_key_limits_clear)

#define JUMP_TYPE_CLIENT_KEY (jump_client_key_get_type ())
G_DECLARE_FINAL_TYPE (JumpClientKey, jump_client_key, JUMP, CLIENT_KEY, GObject)

const char *jump_client_key_get_id (JumpClientKey *self);   /* 8 hex digits; no secret */
const char *jump_client_key_get_name (JumpClientKey *self); /* unique; 1 to 64 characters */
const char *
jump_client_key_get_display_name (JumpClientKey *self); /* (nullable): of a sign-up, up to 128 */
const char *
jump_client_key_get_hint (JumpClientKey *self); /* the last four characters of the secret */
JumpClientKeyState jump_client_key_get_state (JumpClientKey *self);
const char *jump_client_key_state_to_string (JumpClientKeyState state);
gint64 jump_client_key_get_created (JumpClientKey *self); /* wall seconds */
gint64
jump_client_key_get_last_used (JumpClientKey *self); /* wall seconds, to the minute; 0 never */
const JumpKeyLimits *jump_client_key_get_limits (JumpClientKey *self);
/* (transfer none): what requests carry. */
JumpClientPass *jump_client_key_get_pass (JumpClientKey *self);
