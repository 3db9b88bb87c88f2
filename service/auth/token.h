/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/secret-text.h"

/* A credential for the Copilot API: an exchanged Copilot token, or the GitHub token itself on the
 * direct path (protocol 2.5). Reference counted, immutable. */

typedef struct
{
  JumpSecretText *text; /* (owned) sent as "Bearer" */
  gint64 issued_at;     /* local wall time, seconds */
  gint64 expires_at;    /* local wall time, seconds; 0: never */
  gint64 refresh_in;    /* seconds, as upstream sent it; 0: unknown */
  char *api_url;        /* (owned) where it is valid, no slash at the end. NULL only between
                         * parsing and jump_token_set_api_url() */
  char *sku;            /* (owned) (nullable) */
  gboolean is_direct;   /* the GitHub token itself */
  gboolean is_static;   /* COPILOT_TOKEN: cannot be renewed */
} JumpToken;

JumpToken *jump_token_new_from_exchange (const char *json,
                                         gsize length,
                                         gint64 now,
                                         gint64 server_now,
                                         GError **error);
JumpToken *jump_token_new (JumpSecretText *text, const char *api_url);
char *jump_token_find_api_url (const char *text);
/* Only before anybody else has a reference. */
void jump_token_set_api_url (JumpToken *self, const char *api_url);
JumpToken *jump_token_ref (JumpToken *self);
void jump_token_unref (JumpToken *self);
/* Seconds of life left at which to renew: max (300, 20 % of its life), at most half of it. */
gint64 jump_token_get_threshold (const JumpToken *self);
gboolean jump_token_is_expired (const JumpToken *self, gint64 now);
gboolean jump_token_is_due (const JumpToken *self, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpToken, jump_token_unref)
