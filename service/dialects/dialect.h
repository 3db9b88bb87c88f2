/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/changes.h"
#include "service/conversation/failure.h"
#include "service/conversation/model-traits.h"
#include "service/conversation/prompt.h"
#include "service/conversation/reply.h"
#include "service/dialects/decoder.h"
#include "service/dialects/encoder.h"
#include "service/dialects/reply-pipe.h"
#include "service/dialects/request-facts.h"

/* An API's shape and nothing else, as a table of pure functions. Readers take what clients and upstreams
 * send, writers make what upstreams and clients take. Writers write their dialect as it is documented and
 * as Copilot takes it for the model of the traits; what is only known of the bytes on the wire, whoever
 * wrote them, is the business of the relay's patches. */

typedef enum
{
  JUMP_DIALECT_CHAT,            /* OpenAI chat completions */
  JUMP_DIALECT_RESPONSES,       /* OpenAI Responses */
  JUMP_DIALECT_MESSAGES,        /* Anthropic Messages */
  JUMP_DIALECT_COMPLETIONS,     /* OpenAI's old completions; clients only */
  JUMP_DIALECT_OLLAMA_CHAT,     /* Ollama /api/chat; clients only */
  JUMP_DIALECT_OLLAMA_GENERATE, /* Ollama /api/generate; clients only */
  JUMP_N_DIALECTS,
} JumpDialectId;

typedef struct
{
  JumpDialectId id;
  const char *name;          /* "chat": in routes, logs and tests */
  const char *upstream_path; /* (nullable): "/chat/completions"; NULL: no upstream speaks it */
  const char *stream_type;   /* the Content-Type of its streams */
  const char *id_header;     /* (nullable): a header of replies beside X-Request-Id, its like */
  const char *keep_alive;    /* (nullable): what may stand between two events and means nothing */
  gboolean shows_thinking;   /* visible reasoning is wanted unless the client says no */

  /* ---- requests ---- */
  /* Validates all of it (depth JUMP_LIMIT_JSON_DEPTH) and the shape of what it looks at. Errors are
   * JUMP_ERROR_BAD_REQUEST and name the field. Zeroes @facts first. */
  gboolean (*scan) (JumpRequestFacts *facts, const char *data, gsize length, GError **error);
  /* @data: was scanned without an error. Returns: (transfer full) (nullable) */
  JumpPrompt *(*read_prompt) (const char *data, gsize length, GError **error);
  /* NULL without upstream. @names: for the tools. Returns: (transfer full) (nullable): the body; NULL with
   * @error (JUMP_ERROR_BAD_REQUEST) for what the model can by no means be asked. */
  GBytes *(*write_prompt) (const JumpPrompt *prompt,
                           const JumpModelTraits *traits,
                           const JumpToolNames *names,
                           JumpChanges *changes,
                           GError **error);
  /* (nullable). Returns: (transfer full) (nullable): what replies repeat of the request, see JumpReplyOptions */
  char *(*make_echo) (const JumpPrompt *prompt);

  /* ---- replies ---- */
  /* The first three are NULL without upstream. */
  JumpReply *(*read_reply) (const char *data, gsize length, GError **error);
  JumpDecoder *(*new_decoder) (const JumpReplyOptions *options,
                               JumpReplyEventFunc emit,
                               gpointer emit_data);
  JumpReplyPipe *(*new_repair) (const JumpReplyOptions *options);
  GBytes *(*write_reply) (const JumpReply *reply, const JumpReplyOptions *options);
  JumpEncoder *(*new_encoder) (const JumpReplyOptions *options);

  /* ---- errors ---- */
  /* Returns: (transfer full): the body of an error reply */
  GBytes *(*write_failure) (const JumpFailure *failure, const char *request_id);
  /* (nullable). The same for upstream's own error reply: @body, or what it says, in the client's shape; what
   * has that shape already passes unchanged, members nobody here knows included. */
  GBytes *(*pass_failure) (guint status, GBytes *body);
} JumpDialect;

/* (transfer none) */
const JumpDialect *jump_dialect_get (JumpDialectId id);
/* (nullable): @name: as in routes */
const JumpDialect *jump_dialect_find (const char *name);

/* The rows, each in a file named after its API. */
extern const JumpDialect jump_dialect_chat;
extern const JumpDialect jump_dialect_responses;
extern const JumpDialect jump_dialect_messages;
extern const JumpDialect jump_dialect_completions;
extern const JumpDialect jump_dialect_ollama_chat;
extern const JumpDialect jump_dialect_ollama_generate;
