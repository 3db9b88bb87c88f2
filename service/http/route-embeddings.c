/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/relayed-request.h"
#include "service/http/routes.h"

static void
embed (JumpHttpContext *context, JumpClientRequest *request, JumpEmbeddingsForm form)
{
  JumpRelayRequest relayed;

  if (!jump_relayed_request_init (&relayed, context, request, JUMP_RELAY_EMBED))
    return;
  jump_relay_embed (context->relay, &relayed, form, request->sink);
  g_clear_pointer (&request->body, g_bytes_unref);
}

/* POST /v1/embeddings, /embeddings */
void
jump_route_embeddings (JumpHttpContext *context, JumpClientRequest *request)
{
  embed (context, request, JUMP_EMBEDDINGS_OPENAI);
}

/* POST /api/embed */
void
jump_route_ollama_embed (JumpHttpContext *context, JumpClientRequest *request)
{
  embed (context, request, JUMP_EMBEDDINGS_OLLAMA);
}

/* POST /api/embeddings, the older one: a single vector */
void
jump_route_ollama_embeddings (JumpHttpContext *context, JumpClientRequest *request)
{
  embed (context, request, JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR);
}
