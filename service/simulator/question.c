/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/question.h"

#include "service/base/json-read.h"
#include "service/simulator/user-text.h"

#include <string.h>

static void
forget_results (JumpQuestion *self)
{
  g_clear_pointer (&self->tool_result, g_free);
  self->tool_name = NULL;
}

static void
set_images (JumpQuestion *self, guint n_images, const char *image_url)
{
  self->n_images = n_images;
  g_free (self->image_url);
  self->image_url = g_strdup (image_url);
}

static void
look_for_directory (JumpQuestion *self, const char *text)
{
  char *directory = jump_user_text_find_directory (text);

  if (directory == NULL)
    return;
  g_free (self->directory);
  self->directory = directory;
}

/* Some clients can only say in words what an answer must fit; this model always obeys. */
static void
look_for_schema (JumpQuestion *self, const char *text)
{
  static const char words[] = "fit this JSON schema:";
  const char *place = strstr (text, words);

  if (place == NULL || self->schema != NULL)
    return;
  self->told_schema = jump_json_parse_object (place + strlen (words), -1, NULL);
  self->schema = self->told_schema;
}

/**
 * jump_question_init:
 * @self: (out): cleared with jump_question_clear()
 * @body: borrowed
 * @model: its model's entry in the catalogue
 */
void
jump_question_init (JumpQuestion *self, JsonObject *body, JsonObject *model)
{
  *self = (JumpQuestion){ .body = body, .model = model, .max_tokens = -1, .n = 1 };
  self->tools = g_ptr_array_new_with_free_func (g_free);
  self->stops = g_ptr_array_new ();
  self->prompt = g_strdup ("");
  self->call_names = g_hash_table_new (g_str_hash, g_str_equal);
  self->turn_tokens = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/**
 * jump_question_clear:
 */
void
jump_question_clear (JumpQuestion *self)
{
  g_clear_pointer (&self->tools, g_ptr_array_unref);
  g_clear_pointer (&self->stops, g_ptr_array_unref);
  g_clear_pointer (&self->prompt, g_free);
  g_clear_pointer (&self->tool_result, g_free);
  g_clear_pointer (&self->image_url, g_free);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->told_schema, json_object_unref);
  g_clear_pointer (&self->call_names, g_hash_table_unref);
  g_clear_pointer (&self->turn_tokens, g_array_unref);
}

/**
 * jump_question_add_tool:
 */
void
jump_question_add_tool (JumpQuestion *self, JumpOfferedTool tool)
{
  g_ptr_array_add (self->tools, g_memdup2 (&tool, sizeof tool));
}

/**
 * jump_question_add_system:
 */
void
jump_question_add_system (JumpQuestion *self, const char *text)
{
  look_for_directory (self, text);
  look_for_schema (self, text);
  self->wants_title = self->wants_title || jump_user_text_wants_title (text);
}

/**
 * jump_question_add_user:
 * @self: a question
 * @text: what the turn says, reminders that a program put there included
 * @n_images: pictures in it
 * @image_url: (nullable): the first of them, a data: address
 *
 * A turn of nothing but reminders changes nothing: some clients put one behind each tool result.
 */
void
jump_question_add_user (JumpQuestion *self, const char *text, guint n_images, const char *image_url)
{
  g_autofree char *said = jump_user_text_strip (text);

  look_for_directory (self, text);
  if (*said == '\0' && n_images == 0)
    return;
  forget_results (self);
  g_free (self->prompt);
  self->prompt = g_steal_pointer (&said);
  set_images (self, n_images, image_url);
}

/**
 * jump_question_add_call:
 * @self: a question
 * @id: borrowed: of a call the assistant made
 * @name: borrowed: of its tool
 */
void
jump_question_add_call (JumpQuestion *self, const char *id, const char *name)
{
  g_hash_table_insert (self->call_names, (gpointer) id, (gpointer) name);
}

/**
 * jump_question_add_result:
 * @self: a question
 * @id: of the call
 * @text: what the tool said
 * @n_images: pictures in it
 * @image_url: (nullable): the first of them
 */
void
jump_question_add_result (JumpQuestion *self,
                          const char *id,
                          const char *text,
                          guint n_images,
                          const char *image_url)
{
  g_autofree char *said = g_strstrip (g_strdup (text));
  char *all = self->tool_result == NULL ? g_strdup (said)
                                        : g_strconcat (self->tool_result, "; ", said, NULL);

  if (self->tool_result == NULL)
    set_images (self, 0, NULL);
  if (self->n_images == 0)
    set_images (self, n_images, image_url);
  else
    self->n_images += n_images;
  if (self->tool_name == NULL)
    self->tool_name = g_hash_table_lookup (self->call_names, id);
  g_free (self->tool_result);
  self->tool_result = all;
}

/**
 * jump_question_add_assistant:
 *
 * Results that came before were answered by it.
 */
void
jump_question_add_assistant (JumpQuestion *self)
{
  forget_results (self);
}

/**
 * jump_question_end_turn:
 */
void
jump_question_end_turn (JumpQuestion *self, gint64 tokens)
{
  g_array_append_val (self->turn_tokens, tokens);
}

/**
 * jump_question_estimate:
 * @self: a question
 * @n_turns: how much of the conversation to count
 *
 * Returns: the tokens of what stands before the turns and of the turns
 */
gint64
jump_question_estimate (const JumpQuestion *self, guint n_turns)
{
  gint64 tokens = self->base_tokens;

  if (n_turns == 0)
    return 0;
  for (guint i = 0; i < n_turns && i < self->turn_tokens->len; i++)
    tokens += g_array_index (self->turn_tokens, gint64, i);
  return tokens;
}
