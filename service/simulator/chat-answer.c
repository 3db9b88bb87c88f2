/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/chat-answer.h"

#include "service/base/random.h"
#include "service/simulator/prefix-memory.h"

static void
answered_call_free (JumpAnsweredCall *call)
{
  g_clear_pointer (&call->id, g_free);
  g_clear_pointer (&call->name, g_free);
  g_clear_pointer (&call->arguments, g_free);
  g_free (call);
}

/**
 * jump_chat_answer_new:
 *
 * Returns: (transfer full): an answer that says nothing yet
 */
JumpChatAnswer *
jump_chat_answer_new (void)
{
  JumpChatAnswer *self = g_new0 (JumpChatAnswer, 1);
  g_autofree char *random = jump_random_hex (14);

  self->id = g_strconcat ("chatcmpl-", random, NULL);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) answered_call_free);
  self->finish = "stop";
  return self;
}

/**
 * jump_chat_answer_free:
 * @self: (transfer full): an answer
 */
void
jump_chat_answer_free (JumpChatAnswer *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->reasoning, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_free (self);
}

/**
 * jump_chat_answer_add_call:
 * @self: an answer
 * @name: the tool
 * @arguments: (transfer full): JSON
 */
void
jump_chat_answer_add_call (JumpChatAnswer *self, const char *name, char *arguments)
{
  JumpAnsweredCall *call = g_new0 (JumpAnsweredCall, 1);
  g_autofree char *random = jump_random_hex (12);

  call->id = g_strconcat ("call_", random, NULL);
  call->name = g_strdup (name);
  call->arguments = arguments;
  g_ptr_array_add (self->calls, call);
  self->finish = "tool_calls";
}

gint64
jump_chat_answer_count_reasoning (const JumpChatAnswer *self)
{
  return self->reasoning == NULL ? 0 : jump_estimate_tokens (self->reasoning);
}

gint64
jump_chat_answer_count_tokens (const JumpChatAnswer *self)
{
  gint64 tokens = jump_chat_answer_count_reasoning (self);

  if (self->text != NULL)
    tokens += jump_estimate_tokens (self->text);
  for (guint i = 0; i < self->calls->len; i++)
    {
      const JumpAnsweredCall *call = self->calls->pdata[i];

      tokens += jump_estimate_tokens (call->name) + jump_estimate_tokens (call->arguments) + 4;
    }
  return tokens;
}

/**
 * jump_chat_answer_dup_opaque:
 *
 * Returns: (transfer full): always the same for the same reasoning, so that tests can compare
 */
char *
jump_chat_answer_dup_opaque (const JumpChatAnswer *self)
{
  g_autofree char *sum =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                     self->reasoning == NULL ? "" : self->reasoning,
                                     -1);

  return g_base64_encode ((const guchar *) sum, strlen (sum));
}
