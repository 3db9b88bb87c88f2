/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/token-mint.h"

#include "service/base/random.h"

typedef struct
{
  guint exchange;
  gint64 expires_at;
} CopilotToken;

struct _JumpTokenMint
{
  GHashTable *github;  /* (owned) (element-type utf8 boolean): may be exchanged */
  GHashTable *copilot; /* (owned) (element-type utf8 CopilotToken) */
  guint exchanges;
};

/* Protocol 1.3. */
static const struct
{
  const char *id;
  const char *prefix;
  gboolean may_exchange;
} clients[] = {
  { "Iv1.b507a08c87ecfe98", "ghu_", TRUE },
  { "01ab8ac9400c4e429b23", "gho_", TRUE },
  { "Ov23liV9UpD7Rnfnskm3", "gho_", TRUE },
  { "Ov23li8tweQw6odWQebz", "gho_", FALSE },
};

/**
 * jump_token_mint_new:
 */
JumpTokenMint *
jump_token_mint_new (void)
{
  JumpTokenMint *self = g_new0 (JumpTokenMint, 1);

  self->github = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->copilot = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * jump_token_mint_free:
 * @self: (transfer full): a mint
 */
void
jump_token_mint_free (JumpTokenMint *self)
{
  g_clear_pointer (&self->github, g_hash_table_unref);
  g_clear_pointer (&self->copilot, g_hash_table_unref);
  g_free (self);
}

/**
 * jump_token_mint_knows_client:
 * @client_id: (nullable): an application's id
 */
gboolean
jump_token_mint_knows_client (const char *client_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      if (g_strcmp0 (clients[i].id, client_id) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_token_mint_make_github:
 * @self: a mint
 * @client_id: a known application
 *
 * Returns: (transfer none): a token of the kind the application gets
 */
const char *
jump_token_mint_make_github (JumpTokenMint *self, const char *client_id)
{
  g_autofree char *random = jump_random_hex (18);
  guint client = 0;
  char *token;

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      if (g_strcmp0 (clients[i].id, client_id) == 0)
        client = i;
    }
  token = g_strconcat (clients[client].prefix, random, NULL);
  g_hash_table_insert (self->github, token, GINT_TO_POINTER (clients[client].may_exchange));
  return token;
}

/**
 * jump_token_mint_add_github:
 * @self: a mint
 * @token: one that the scenario names
 */
void
jump_token_mint_add_github (JumpTokenMint *self, const char *token)
{
  g_hash_table_insert (self->github, g_strdup (token), GINT_TO_POINTER (TRUE));
}

/**
 * jump_token_mint_has_github:
 */
gboolean
jump_token_mint_has_github (JumpTokenMint *self, const char *token)
{
  return token != NULL && g_hash_table_contains (self->github, token);
}

/**
 * jump_token_mint_may_exchange:
 *
 * Returns: FALSE for tokens of applications that are not Copilot's
 */
gboolean
jump_token_mint_may_exchange (JumpTokenMint *self, const char *token)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->github, token));
}

/**
 * jump_token_mint_make_copilot:
 * @self: a mint
 * @sku: the account's
 * @proxy: host and port of the ghost-text host
 * @now: wall seconds
 * @expires_at: wall seconds
 *
 * Returns: (transfer none): a token that looks like the real one (protocol 2.2)
 */
const char *
jump_token_mint_make_copilot (JumpTokenMint *self,
                              const char *sku,
                              const char *proxy,
                              gint64 now,
                              gint64 expires_at)
{
  g_autofree char *tid = jump_random_hex (16);
  g_autofree char *mac = jump_random_hex (32);
  CopilotToken *copilot = g_new0 (CopilotToken, 1);
  char *token = g_strdup_printf (
      "tid=%s;exp=%" G_GINT64_FORMAT ";iat=%" G_GINT64_FORMAT ";sku=%s;proxy-ep=%s;st=dotcom;"
      "chat=1;cit=1;malfil=1;editor_preview_features=1;agent_mode=1;mcp=1;ccr=1;rt=1;8kp=1;"
      "ip=203.0.113.7;asn=AS64500:%s",
      tid,
      expires_at,
      now,
      sku,
      proxy,
      mac);

  copilot->exchange = ++self->exchanges;
  copilot->expires_at = expires_at;
  g_hash_table_insert (self->copilot, token, copilot);
  return token;
}

/**
 * jump_token_mint_check:
 * @self: a mint
 * @token: what stood after "Bearer"
 * @now: wall seconds
 * @out_exchange: (out): the exchange the token is from
 */
JumpTokenState
jump_token_mint_check (JumpTokenMint *self, const char *token, gint64 now, guint *out_exchange)
{
  const CopilotToken *copilot = g_hash_table_lookup (self->copilot, token);

  *out_exchange = 0;
  if (copilot == NULL)
    return jump_token_mint_has_github (self, token) ? JUMP_TOKEN_DIRECT : JUMP_TOKEN_UNKNOWN;
  *out_exchange = copilot->exchange;
  return now >= copilot->expires_at ? JUMP_TOKEN_EXPIRED : JUMP_TOKEN_IDE;
}

/**
 * jump_token_mint_revoke_github:
 */
void
jump_token_mint_revoke_github (JumpTokenMint *self)
{
  g_hash_table_remove_all (self->github);
}

/**
 * jump_token_mint_revoke_copilot:
 *
 * All tokens of the exchange count as expired from now on.
 */
void
jump_token_mint_revoke_copilot (JumpTokenMint *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->copilot);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((CopilotToken *) value)->expires_at = G_MININT64;
}
