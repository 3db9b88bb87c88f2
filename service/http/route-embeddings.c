/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/http-reply.h"
#include "service/http/routes.h"

static void
embed (JumpHttpContext *context, JumpClientRequest *request, JumpEmbeddingsForm form)
{
  JumpRelayRequest relayed = {
    .dialect = request->dialect,
    .id = request->id,
    .method = request->method,
    .path = request->path,
    .client = request->user_agent,
    .body = request->body,
  };

  if (g_bytes_get_size (request->body) == 0)
    {
      jump_http_reply_refusal (request,
                               400,
                               "invalid_json",
                               "the request has no body: expected a JSON object",
                               NULL);
      return;
    }
  request->is_relayed = TRUE;
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
