/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What the key that a client has shown allows. Made by the keys, carried by the request, asked by
 * whoever knows the model. Frozen; reference counted. */

typedef struct
{
  char *id;   /* (owned): of the key; no secret */
  char *name; /* (owned): for people */
  GStrv
      models; /* (owned) (nullable): names that are allowed, "*" at the end for any ending; NULL: all */
} JumpClientPass;

JumpClientPass *jump_client_pass_new (const char *id, const char *name, const char *const *models);
JumpClientPass *jump_client_pass_ref (JumpClientPass *self);
void jump_client_pass_unref (JumpClientPass *self);
/* @self: (nullable): no key. Returns: (nullable): whose things the client may see; %NULL: those of nobody */
const char *jump_client_pass_get_owner (const JumpClientPass *self);
/* @self: (nullable): no key, which allows everything. */
gboolean jump_client_pass_allows_model (const JumpClientPass *self, const char *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpClientPass, jump_client_pass_unref)
