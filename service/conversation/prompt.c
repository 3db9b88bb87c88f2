/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/prompt.h"

#include <math.h>

/* Enough for everything that any client sends; more names would only fill the log. */
#define MAX_DROPPED 100

/**
 * jump_prompt_new:
 *
 * Returns: (transfer full): a prompt that asks nothing, every number absent
 */
JumpPrompt *
jump_prompt_new (void)
{
  JumpPrompt *self = g_new0 (JumpPrompt, 1);

  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_message_free);
  self->tools = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_tool_free);
  self->stop = g_ptr_array_new_with_free_func (g_free);
  self->dropped = g_ptr_array_new_with_free_func (g_free);
  self->temperature = NAN;
  self->top_p = NAN;
  self->frequency_penalty = NAN;
  self->presence_penalty = NAN;
  self->top_k = -1;
  self->seed = -1;
  self->max_tokens = -1;
  self->n = -1;
  self->thinking_budget = -1;
  return self;
}

void
jump_prompt_free (JumpPrompt *self)
{
  g_free (self->model);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->tools);
  g_free (self->choice_name);
  g_free (self->choice_name_space);
  g_free (self->format_name);
  g_free (self->format_description);
  g_free (self->format_schema);
  g_ptr_array_unref (self->stop);
  g_free (self->effort);
  g_free (self->summary);
  g_free (self->verbosity);
  g_free (self->user);
  g_free (self->metadata);
  g_free (self->cache_key);
  g_free (self->truncation);
  g_ptr_array_unref (self->dropped);
  g_free (self);
}

/**
 * jump_prompt_add_message:
 * @message: (transfer full): comes last
 *
 * Returns: (transfer none): @message
 */
JumpMessage *
jump_prompt_add_message (JumpPrompt *self, JumpMessage *message)
{
  g_ptr_array_add (self->messages, message);
  return message;
}

/**
 * jump_prompt_drop:
 * @name: of a field; each is noted once
 */
void
jump_prompt_drop (JumpPrompt *self, const char *name)
{
  if (self->dropped->len < MAX_DROPPED &&
      !g_ptr_array_find_with_equal_func (self->dropped, name, g_str_equal, NULL))
    g_ptr_array_add (self->dropped, g_strdup (name));
}
