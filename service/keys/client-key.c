/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/keys/client-key.h"

struct _JumpClientKey
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (JumpClientKey, jump_client_key, G_TYPE_OBJECT)

static void
jump_client_key_class_init (JumpClientKeyClass *klass)
{
}

static void
jump_client_key_init (JumpClientKey *self)
{
}

void
jump_key_limits_clear (JumpKeyLimits *self)
{
  g_clear_pointer (&self->models, g_strfreev);
}

const char *
jump_client_key_get_id (JumpClientKey *self)
{
  return NULL;
}

const char *
jump_client_key_get_name (JumpClientKey *self)
{
  return NULL;
}

const char *
jump_client_key_get_display_name (JumpClientKey *self)
{
  return NULL;
}

const char *
jump_client_key_get_hint (JumpClientKey *self)
{
  return NULL;
}

JumpClientKeyState
jump_client_key_get_state (JumpClientKey *self)
{
  return JUMP_CLIENT_KEY_ACTIVE;
}

gint64
jump_client_key_get_created (JumpClientKey *self)
{
  return 0;
}

gint64
jump_client_key_get_last_used (JumpClientKey *self)
{
  return 0;
}

const JumpKeyLimits *
jump_client_key_get_limits (JumpClientKey *self)
{
  return NULL;
}

JumpClientPass *
jump_client_key_get_pass (JumpClientKey *self)
{
  return NULL;
}

const char *
jump_client_key_state_to_string (JumpClientKeyState state)
{
  return "active";
}
