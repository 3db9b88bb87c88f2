/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/route-choice.h"

#include "service/base/error.h"

#include <string.h>

#define N_WAYS 3

/* The dialects that an upstream speaks, and how the catalogue calls them. */
static const struct
{
  JumpDialectId id;
  JumpModelEndpoints endpoint;
} ways[N_WAYS] = {
  { JUMP_DIALECT_CHAT, JUMP_ENDPOINT_CHAT },
  { JUMP_DIALECT_RESPONSES, JUMP_ENDPOINT_RESPONSES },
  { JUMP_DIALECT_MESSAGES, JUMP_ENDPOINT_MESSAGES },
};

#define MASK(id) (1u << (id))
#define ALL_WAYS \
  (MASK (JUMP_DIALECT_CHAT) | MASK (JUMP_DIALECT_RESPONSES) | MASK (JUMP_DIALECT_MESSAGES))

/* Returns: a mask of dialects */
static guint
get_offered (JumpModel *model)
{
  JumpModelEndpoints endpoints = jump_model_get_endpoints (model);
  guint offered = 0;

  for (guint i = 0; i < N_WAYS; i++)
    if ((endpoints & ways[i].endpoint) != 0)
      offered |= MASK (ways[i].id);
  return offered;
}

/* Returns: (transfer full): "chat, messages" */
static char *
name_dialects (guint mask)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_WAYS; i++)
    {
      if ((mask & MASK (ways[i].id)) == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, jump_dialect_get (ways[i].id)->name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_claude (JumpModel *model)
{
  return g_ascii_strcasecmp (jump_model_get_vendor (model), "Anthropic") == 0 ||
         g_ascii_strncasecmp (jump_model_get_id (model), "claude", strlen ("claude")) == 0;
}

/* Returns: the best of @mask, which is not empty */
static JumpDialectId
choose_best (guint mask, const JumpDialect *client, JumpModel *model)
{
  if ((mask & MASK (client->id)) != 0)
    return client->id;
  if (model != NULL && is_claude (model) && (mask & MASK (JUMP_DIALECT_MESSAGES)) != 0)
    return JUMP_DIALECT_MESSAGES;
  if (model != NULL && jump_model_get_supports (model, "reasoning_effort") &&
      (mask & MASK (JUMP_DIALECT_RESPONSES)) != 0)
    return JUMP_DIALECT_RESPONSES;
  for (guint i = 0; i < N_WAYS; i++)
    if ((mask & MASK (ways[i].id)) != 0)
      return ways[i].id;
  return JUMP_DIALECT_CHAT;
}

/* What may be tried, the excluded ones left out. Catalogues are not always complete: Claude's entries used
 * to omit /v1/messages though it worked (protocol 4.2). So when all that is named was refused, the
 * others get their turn, Messages for Claude only. */
static guint
get_candidates (guint offered, guint excluded, JumpModel *model)
{
  guint others = ALL_WAYS & ~excluded;

  if ((offered & ~excluded) != 0)
    return offered & ~excluded;
  if (model != NULL && !is_claude (model))
    others &= ~MASK (JUMP_DIALECT_MESSAGES);
  return others;
}

static gboolean
check_chats (JumpModel *model, guint offered, GError **error)
{
  if (offered != 0)
    return TRUE;
  if ((jump_model_get_endpoints (model) & JUMP_ENDPOINT_EMBEDDINGS) != 0)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_BAD_REQUEST,
                 "model: %s only makes embeddings, expected one that chats",
                 jump_model_get_id (model));
  else
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_BAD_REQUEST,
                 "model: %s answers none of chat, responses and messages",
                 jump_model_get_id (model));
  return FALSE;
}

static gboolean
check_pin (const JumpDialect *pin, JumpModel *model, guint offered, guint excluded, GError **error)
{
  g_autofree char *names = NULL;

  if ((offered & ~excluded & MASK (pin->id)) != 0)
    return TRUE;
  names = name_dialects (offered & ~MASK (pin->id));
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "model: %s cannot be reached through %s; it offers %s",
               model == NULL ? "an unknown one" : jump_model_get_id (model),
               pin->name,
               *names == '\0' ? "nothing else" : names);
  return FALSE;
}

/**
 * jump_route_choose:
 * @out: (out caller-allocates): set on success
 * @client: the dialect that the client speaks
 * @model: (nullable): the catalogue's entry of the wanted model
 * @pin: (nullable): the only dialect that the client wants upstream, one with an upstream
 * @excluded: a mask of 1 << #JumpDialectId that upstream has just refused for this model
 * @must_translate: whether the client's bytes cannot pass even to its own dialect
 *
 * Returns: %FALSE with a JUMP_ERROR_BAD_REQUEST that names what the model offers
 */
gboolean
jump_route_choose (JumpRouteChoice *out,
                   const JumpDialect *client,
                   JumpModel *model,
                   const JumpDialect *pin,
                   guint excluded,
                   gboolean must_translate,
                   GError **error)
{
  guint offered = ALL_WAYS;
  guint candidates;

  if (model != NULL)
    offered = get_offered (model);
  if (model != NULL && !check_chats (model, offered, error))
    return FALSE;
  if (pin != NULL && !check_pin (pin, model, offered, excluded, error))
    return FALSE;
  candidates = pin != NULL ? MASK (pin->id) : get_candidates (offered, excluded, model);
  if (candidates == 0)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "model: the upstream takes %s in no dialect",
                   model == NULL ? "it" : jump_model_get_id (model));
      return FALSE;
    }
  out->upstream = jump_dialect_get (choose_best (candidates, client, model));
  out->is_translated = must_translate || out->upstream != client;
  return TRUE;
}

/**
 * jump_route_split_pin:
 * @name: a model's name as the client wrote it
 * @out_bare: (out) (transfer full): the name to look up
 *
 * Returns: (transfer none) (nullable): the dialect behind the last @
 */
const JumpDialect *
jump_route_split_pin (const char *name, char **out_bare)
{
  const char *at = strrchr (name, '@');

  for (guint i = 0; at != NULL && at > name && i < N_WAYS; i++)
    {
      const JumpDialect *dialect = jump_dialect_get (ways[i].id);

      if (g_ascii_strcasecmp (at + 1, dialect->name) != 0)
        continue;
      *out_bare = g_strndup (name, (gsize) (at - name));
      return dialect;
    }
  *out_bare = g_strdup (name);
  return NULL;
}

static void
append_header_text (GString *text, const char *value)
{
  for (; *value != '\0'; value++)
    g_string_append_c (text, g_ascii_isgraph (*value) && *value != ';' ? *value : '_');
}

/**
 * jump_route_describe:
 * @client: the dialect that the client speaks
 * @choice: what jump_route_choose() said
 * @is_patched: whether bytes of the request had to change
 * @model_id: (nullable): as sent upstream
 *
 * Returns: (transfer full): what X-Jumpseat-Route says
 */
char *
jump_route_describe (const JumpDialect *client,
                     const JumpRouteChoice *choice,
                     gboolean is_patched,
                     const char *model_id)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (choice->is_translated)
    g_string_append_printf (text, "translated; %s>%s", client->name, choice->upstream->name);
  else
    g_string_append_printf (text,
                            "%s; %s",
                            is_patched ? "patched" : "verbatim",
                            choice->upstream->name);
  if (model_id != NULL)
    {
      g_string_append (text, "; model=");
      append_header_text (text, model_id);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
