/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/client-pass.h"

#include <string.h>

static void
clear_pass (gpointer data)
{
  JumpClientPass *self = data;

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->models);
}

/**
 * jump_client_pass_new:
 * @id: of the key
 * @name: of the key
 * @models: (nullable): what it allows; NULL or empty: everything
 *
 * Returns: (transfer full)
 */
JumpClientPass *
jump_client_pass_new (const char *id, const char *name, const char *const *models)
{
  JumpClientPass *self = g_rc_box_new0 (JumpClientPass);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  if (models != NULL && models[0] != NULL)
    self->models = g_strdupv ((char **) models);
  return self;
}

JumpClientPass *
jump_client_pass_ref (JumpClientPass *self)
{
  return g_rc_box_acquire (self);
}

void
jump_client_pass_unref (JumpClientPass *self)
{
  g_rc_box_release_full (self, clear_pass);
}

static gboolean
matches (const char *pattern, const char *model)
{
  gsize length = strlen (pattern);

  if (length > 0 && pattern[length - 1] == '*')
    return g_ascii_strncasecmp (pattern, model, length - 1) == 0;
  return g_ascii_strcasecmp (pattern, model) == 0;
}

const char *
jump_client_pass_get_owner (const JumpClientPass *self)
{
  return self == NULL ? NULL : self->id;
}

gboolean
jump_client_pass_allows_model (const JumpClientPass *self, const char *model)
{
  if (self == NULL || self->models == NULL)
    return TRUE;
  for (guint i = 0; self->models[i] != NULL; i++)
    {
      if (matches (self->models[i], model))
        return TRUE;
    }
  return FALSE;
}
