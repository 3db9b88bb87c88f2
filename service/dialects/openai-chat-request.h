/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-scan.h"

/* What a chat completions request asks, found by scanning; the spans point into the caller's
 * bytes. Pure, no tree, callable from a worker thread. */

typedef struct
{
  JumpJsonSpan object; /* the whole request */
  JumpJsonSpan model_key, model;
  JumpJsonSpan messages;
  JumpJsonSpan stream_options_key, stream_options;
  JumpJsonSpan max_tokens_key, max_tokens;
  JumpJsonSpan max_completion_tokens_key, max_completion_tokens;
  JumpJsonSpan temperature_key, temperature;
  JumpJsonSpan top_p_key, top_p;
  JumpJsonSpan store_key, store;
  JumpJsonSpan service_tier_key, service_tier;
  JumpJsonSpan metadata_key, metadata;
  JumpJsonSpan user;
  gboolean stream;
  gboolean include_usage; /* stream_options.include_usage is true */
  gboolean from_agent;    /* the last message is not a person's turn (protocol 5.2) */
  gboolean has_image;     /* anywhere, nested content included */
  gboolean has_odd_names; /* tools or calls with names that upstream refuses (protocol 5.3) */
  guint n;                /* alternatives asked for, 1 when absent */
  guint n_messages;
  guint n_tools;
  guint n_developer; /* messages with role developer */
  guint n_images;
  gsize text_bytes; /* of all strings in messages but images and files, and of the tools */
} JumpChatRequest;

/* Validates the whole body (JUMP_LIMIT_JSON_DEPTH) and the shape of what we look at. Errors are
 * JUMP_ERROR_BAD_REQUEST and name the field: "messages: expected array". A missing model is not an
 * error; @self->model.start is NULL then. */
gboolean
jump_chat_request_scan (JumpChatRequest *self, const char *data, gsize length, GError **error);
