/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/answer.h"

#include "service/base/random.h"
#include "service/simulator/prefix-memory.h"

static void
answered_call_free (JumpAnsweredCall *call)
{
  g_clear_pointer (&call->key, g_free);
  g_clear_pointer (&call->name, g_free);
  g_clear_pointer (&call->space, g_free);
  g_clear_pointer (&call->arguments, g_free);
  g_free (call);
}

/**
 * jump_answer_new:
 *
 * Returns: (transfer full): an answer that says nothing yet
 */
JumpAnswer *
jump_answer_new (void)
{
  JumpAnswer *self = g_new0 (JumpAnswer, 1);

  self->key = jump_random_hex (14);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) answered_call_free);
  self->finish = JUMP_FINISH_STOP;
  return self;
}

/**
 * jump_answer_free:
 * @self: (transfer full): an answer
 */
void
jump_answer_free (JumpAnswer *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->reasoning, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->stop_text, g_free);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_free (self);
}

/**
 * jump_answer_add_call:
 * @self: an answer
 * @name: the tool
 * @arguments: (transfer full): JSON
 *
 * Returns: (transfer none): the call, for what else there is to say about it
 */
JumpAnsweredCall *
jump_answer_add_call (JumpAnswer *self, const char *name, char *arguments)
{
  JumpAnsweredCall *call = g_new0 (JumpAnsweredCall, 1);

  call->key = jump_random_hex (12);
  call->name = g_strdup (name);
  call->arguments = arguments;
  g_ptr_array_add (self->calls, call);
  self->finish = JUMP_FINISH_CALLS;
  return call;
}

gint64
jump_answer_count_reasoning (const JumpAnswer *self)
{
  return self->reasoning == NULL ? 0 : jump_estimate_tokens (self->reasoning);
}

gint64
jump_answer_count_tokens (const JumpAnswer *self)
{
  gint64 tokens = jump_answer_count_reasoning (self);

  if (self->text != NULL)
    tokens += jump_estimate_tokens (self->text);
  for (guint i = 0; i < self->calls->len; i++)
    {
      const JumpAnsweredCall *call = self->calls->pdata[i];

      tokens += jump_estimate_tokens (call->name) + jump_estimate_tokens (call->arguments) + 4;
    }
  return tokens;
}
