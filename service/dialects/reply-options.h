/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/clock.h"
#include "service/conversation/tool-names.h"

/* What the reply side has to know of the request. Decoders, encoders and pipes copy the struct and
 * reference or copy what it points to: the caller's may be gone at once. */

typedef enum
{
  JUMP_REASONING_FIELD_CONTENT, /* chat clients get reasoning_content */
  JUMP_REASONING_FIELD_TEXT,    /* chat clients get reasoning_text, Copilot's own name */
} JumpReasoningField;

typedef struct
{
  const char *client_model; /* what the replies call the model */
  const char *used_model;   /* as sent upstream: sealed into reasoning state */
  const char *request_id;   /* ids are made from it where upstream has none */
  gint64 now;               /* wall seconds */
  guint requested_n;        /* chat: choices asked for */
  gboolean stream;
  gboolean show_usage; /* chat: stream_options.include_usage */
  gboolean
      wants_thinking; /* the client asked for visible reasoning; Ollama: think, Messages: thinking */
  gint64 estimated_input; /* tokens, for dialects that tell them at the start (9.17); -1 none */
  JumpReasoningField reasoning_field;
  JumpToolNames *names; /* (nullable): how the client's tools were renamed */
  const char *echo;     /* (nullable): members of the request that the reply repeats, as
                                   JSON members without braces (make_echo) */
  gsize reply_bytes;    /* how long a reply may get where it has to be kept; 0: JUMP_LIMIT_REPLY */
  JumpClock *clock;     /* (nullable): for dialects that tell durations */
  gint64 started;       /* monotonic µs */
} JumpReplyOptions;
