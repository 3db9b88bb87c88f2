/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"
#include "service/conversation/changes.h"

/* What a client wants embedded, in OpenAI's or Ollama's words, and the same as Copilot takes it: an
 * array of strings, at most so many at once (protocol 6.4). The texts stay where they stand in the
 * client's bytes, which have to outlive the struct, and are copied as they are. Pure, callable from
 * a worker thread. */

typedef enum
{
  JUMP_EMBEDDINGS_OPENAI,           /* POST /v1/embeddings */
  JUMP_EMBEDDINGS_OLLAMA,           /* POST /api/embed */
  JUMP_EMBEDDINGS_OLLAMA_ONE_VECTOR /* POST /api/embeddings, the older one */
} JumpEmbeddingsForm;

typedef struct
{
  JumpEmbeddingsForm form;
  JumpJsonSpan model; /* (nullable): a string */
  GArray *inputs;     /* (owned) (element-type JumpJsonSpan): JSON strings; none for Ollama clients
                            that only want the model loaded: no upstream call then */
  gint64 dimensions;  /* -1: not said */
  gboolean wants_base64; /* vectors as base64 of little-endian float32 */
  JumpJsonSpan user;     /* (nullable): a string */
  gsize text_bytes;      /* of all inputs */
  JumpChanges changes;   /* (owned): what of the request is not passed on */
} JumpEmbeddingsRequest;

/* Validates all of it. Errors are JUMP_ERROR_BAD_REQUEST and name the field; @self is cleared then. */
gboolean jump_embeddings_request_read (JumpEmbeddingsRequest *self,
                                       JumpEmbeddingsForm form,
                                       const char *data,
                                       gsize length,
                                       GError **error);
void jump_embeddings_request_clear (JumpEmbeddingsRequest *self);
/* Returns: (transfer full): the body for upstream's @model with the inputs from @from to before @to */
GBytes *jump_embeddings_request_write (const JumpEmbeddingsRequest *self,
                                       const char *model,
                                       guint from,
                                       guint to);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpEmbeddingsRequest, jump_embeddings_request_clear)
