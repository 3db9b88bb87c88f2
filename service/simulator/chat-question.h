/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <json-glib/json-glib.h>

/* What a chat request asks, read once from its (checked) body. Borrows from the body and the
 * catalogue: valid while both are. */

typedef struct
{
  JsonObject *body;
  JsonObject *model;
  JsonArray *messages;
  JsonArray *tools; /* (nullable) */
  const char *last_role;
  char *prompt;          /* (owned): the text of the last user message */
  char *tool_result;     /* (owned) (nullable): what the tools just said */
  char *tool_name;       /* (owned) (nullable): the tool that said it */
  guint n_images;        /* in the last user message */
  const char *image_url; /* (nullable): the first of them */
  gint64 prompt_tokens;
  gint64 max_tokens; /* -1: the model's own limit */
  gboolean stream;
  gboolean include_usage;
  guint n;
} JumpChatQuestion;

void jump_chat_question_init (JumpChatQuestion *self, JsonObject *body, JsonObject *model);
void jump_chat_question_clear (JumpChatQuestion *self);
/* Returns: the tokens of the tools and the first @n_messages, 0 for none */
gint64 jump_chat_question_estimate (const JumpChatQuestion *self, guint n_messages);

/* Returns: (transfer full): the text of a message's content, parts joined by line ends */
char *jump_chat_message_dup_text (JsonObject *message);
/* Returns: (transfer none) (nullable): the n-th image address in a message's content */
const char *jump_chat_message_get_image (JsonObject *message, guint n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpChatQuestion, jump_chat_question_clear)
