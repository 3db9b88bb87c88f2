/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/openai-chat.h"

#include <string.h>

/**
 * jump_chat_scan:
 * @facts: (out caller-allocates)
 * @data: a request body, not terminated
 * @length: bytes of @data
 * @error: see jump_chat_request_scan()
 *
 * No chat client says of a request what it is for, so every turn counts as a normal one.
 *
 * Returns: whether the request can be sent on
 */
gboolean
jump_chat_scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error)
{
  JumpChatRequest *chat = &facts->chat;
  JumpJsonSpan user;

  memset (facts, 0, sizeof *facts);
  if (!jump_chat_request_scan (chat, data, length, error))
    return FALSE;
  facts->object = chat->object;
  facts->model_key = chat->model_key;
  facts->model = chat->model;
  facts->stream = chat->stream;
  facts->include_usage = chat->include_usage;
  facts->from_agent = chat->from_agent;
  facts->has_image = chat->has_image;
  facts->has_odd_tool_names = chat->has_odd_names;
  facts->turn = JUMP_TURN_NORMAL;
  facts->n = chat->n;
  facts->n_messages = chat->n_messages;
  facts->n_tools = chat->n_tools;
  facts->n_images = chat->n_images;
  facts->text_bytes = chat->text_bytes;
  user = chat->user;
  if (jump_json_span_kind (user) == JUMP_JSON_STRING && !jump_json_span_is_empty_string (user))
    facts->session = user;
  return TRUE;
}
