/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* The tokens GitHub and Copilot have given out and whether they still take them. */

typedef struct _JumpTokenMint JumpTokenMint;

typedef enum
{
  JUMP_TOKEN_UNKNOWN,
  JUMP_TOKEN_EXPIRED,
  JUMP_TOKEN_IDE,    /* from the exchange */
  JUMP_TOKEN_DIRECT, /* a GitHub token used as it is (protocol 2.5) */
} JumpTokenState;

JumpTokenMint *jump_token_mint_new (void);
void jump_token_mint_free (JumpTokenMint *self);
gboolean jump_token_mint_knows_client (const char *client_id);
const char *jump_token_mint_make_github (JumpTokenMint *self, const char *client_id);
void jump_token_mint_add_github (JumpTokenMint *self, const char *token);
gboolean jump_token_mint_has_github (JumpTokenMint *self, const char *token);
gboolean jump_token_mint_may_exchange (JumpTokenMint *self, const char *token);
const char *jump_token_mint_make_copilot (JumpTokenMint *self,
                                          const char *sku,
                                          const char *proxy,
                                          gint64 now,
                                          gint64 expires_at);
/* @out_exchange: (out): the exchange the token is from, counted from 1; 0 for direct ones. */
JumpTokenState
jump_token_mint_check (JumpTokenMint *self, const char *token, gint64 now, guint *out_exchange);
void jump_token_mint_revoke_github (JumpTokenMint *self);
void jump_token_mint_revoke_copilot (JumpTokenMint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpTokenMint, jump_token_mint_free)
