/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/chat-question.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/simulator/prefix-memory.h"

/* A small picture's price; the real one depends on size and detail. */
#define IMAGE_TOKENS 255

static JsonArray *
get_parts (JsonObject *message)
{
  return jump_json_get_array (message, "content");
}

static gboolean
is_part (JsonObject *part, const char *type)
{
  return part != NULL && g_strcmp0 (jump_json_get_string (part, "type", NULL), type) == 0;
}

static char *
dup_text (JsonObject *message)
{
  JsonArray *parts = get_parts (message);
  GString *text;

  if (parts == NULL)
    return g_strdup (jump_json_get_string (message, "content", ""));
  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      JsonObject *part = jump_json_array_get_object (parts, i);

      if (!is_part (part, "text"))
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, jump_json_get_string (part, "text", ""));
    }
  return g_string_free (text, FALSE);
}

static guint
count_images (JsonObject *message)
{
  guint n = 0;

  while (jump_chat_message_get_image (message, n) != NULL)
    n++;
  return n;
}

/* Data addresses are long and cost by their pixels, not by their letters. */
static gint64
estimate_message (JsonObject *message)
{
  g_autofree char *text = dup_text (message);
  gint64 tokens = 4 + jump_estimate_tokens (text) + (gint64) count_images (message) * IMAGE_TOKENS;
  JsonArray *calls = jump_json_get_array (message, "tool_calls");

  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    {
      g_autofree char *call = jump_json_node_to_text (json_array_get_element (calls, i));

      tokens += jump_estimate_tokens (call);
    }
  return tokens;
}

static void
read_calls (JumpQuestion *self, JsonObject *message)
{
  JsonArray *calls = jump_json_get_array (message, "tool_calls");

  jump_question_add_assistant (self);
  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    {
      JsonObject *call = jump_json_array_get_object (calls, i);
      JsonObject *function = call == NULL ? NULL : jump_json_get_object (call, "function");

      if (function != NULL)
        jump_question_add_call (self,
                                jump_json_get_string (call, "id", ""),
                                jump_json_get_string (function, "name", ""));
    }
  if (jump_json_get_string (message, "reasoning_opaque", NULL) != NULL)
    self->n_seals++;
}

static void
read_message (JumpQuestion *self, JsonObject *message)
{
  const char *role = jump_json_get_string (message, "role", "user");
  const char *image = jump_chat_message_get_image (message, 0);
  g_autofree char *text = dup_text (message);

  if (g_str_equal (role, "assistant"))
    read_calls (self, message);
  else if (g_str_equal (role, "tool"))
    jump_question_add_result (self,
                              jump_json_get_string (message, "tool_call_id", ""),
                              text,
                              count_images (message),
                              image);
  else if (g_str_equal (role, "user"))
    jump_question_add_user (self, text, count_images (message), image);
  else
    jump_question_add_system (self, text);
  jump_question_end_turn (self, estimate_message (message));
}

static void
read_tools (JumpQuestion *self, JsonObject *body)
{
  JsonArray *tools = jump_json_get_array (body, "tools");
  JsonObject *choice = jump_json_get_object (body, "tool_choice");
  JsonObject *forced = choice == NULL ? NULL : jump_json_get_object (choice, "function");
  const char *mode = jump_json_get_string (body, "tool_choice", "auto");
  g_autofree char *text = NULL;

  self->one_call = !jump_json_get_boolean (body, "parallel_tool_calls", TRUE);
  if (forced != NULL)
    self->forced_tool = jump_json_get_string (forced, "name", NULL);
  if (g_str_equal (mode, "none"))
    self->tool_mode = JUMP_TOOL_MODE_NONE;
  else if (g_str_equal (mode, "required"))
    self->tool_mode = JUMP_TOOL_MODE_REQUIRED;
  if (tools == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (tools); i++)
    {
      JsonObject *tool = jump_json_array_get_object (tools, i);
      JsonObject *function = tool == NULL ? NULL : jump_json_get_object (tool, "function");

      if (function != NULL)
        jump_question_add_tool (
            self,
            (JumpOfferedTool){ .name = jump_json_get_string (function, "name", ""),
                               .description = jump_json_get_string (function, "description", ""),
                               .schema = jump_json_get_object (function, "parameters") });
    }
  text = jump_json_node_to_text (json_object_get_member (body, "tools"));
  self->base_tokens += jump_estimate_tokens (text);
}

static void
read_format (JumpQuestion *self, JsonObject *body)
{
  JsonObject *format = jump_json_get_object (body, "response_format");
  const char *type = format == NULL ? NULL : jump_json_get_string (format, "type", NULL);
  JsonObject *json_schema = format == NULL ? NULL : jump_json_get_object (format, "json_schema");

  self->wants_json = g_strcmp0 (type, "json_object") == 0;
  if (g_strcmp0 (type, "json_schema") == 0 && json_schema != NULL)
    self->schema = jump_json_get_object (json_schema, "schema");
}

static void
read_thinking (JumpQuestion *self, JsonObject *body)
{
  const char *effort = jump_json_get_string (body, "reasoning_effort", NULL);

  self->seals_thinking = TRUE;
  self->thinking = JUMP_THINKING_IF_TOLD;
  if (g_strcmp0 (effort, "none") == 0)
    self->thinking = JUMP_THINKING_OFF;
  else if (effort != NULL || json_object_has_member (body, "thinking_budget"))
    self->thinking = JUMP_THINKING_ON;
}

static void
read_stops (JumpQuestion *self, JsonObject *body)
{
  JsonArray *stops = jump_json_get_array (body, "stop");
  const char *single = jump_json_get_string (body, "stop", NULL);

  if (single != NULL)
    g_ptr_array_add (self->stops, (gpointer) single);
  for (guint i = 0; stops != NULL && i < json_array_get_length (stops); i++)
    {
      const char *stop = jump_json_array_get_string (stops, i);

      if (stop != NULL)
        g_ptr_array_add (self->stops, (gpointer) stop);
    }
}

/**
 * jump_chat_question_read:
 * @question: (out): cleared with jump_question_clear()
 * @body: a body that jump_chat_check() let through
 * @model: its model's entry
 */
void
jump_chat_question_read (JumpQuestion *question, JsonObject *body, JsonObject *model)
{
  JsonObject *options = jump_json_get_object (body, "stream_options");

  jump_question_init (question, body, model);
  question->base_tokens = 3;
  question->turns = jump_json_get_array (body, "messages");
  question->stream = jump_json_get_boolean (body, "stream", FALSE);
  question->include_usage =
      options != NULL && jump_json_get_boolean (options, "include_usage", FALSE);
  question->n = (guint) CLAMP (jump_json_get_int (body, "n", 1), 1, 8);
  question->max_tokens =
      jump_json_get_int (body, "max_completion_tokens", jump_json_get_int (body, "max_tokens", -1));
  read_tools (question, body);
  read_format (question, body);
  read_thinking (question, body);
  read_stops (question, body);
  for (guint i = 0; i < json_array_get_length (question->turns); i++)
    read_message (question, jump_json_array_get_object (question->turns, i));
  question->prompt_tokens =
      jump_question_estimate (question, json_array_get_length (question->turns));
}

/**
 * jump_chat_message_get_image:
 *
 * Returns: (transfer none) (nullable): the address of the @n-th image, from 0
 */
const char *
jump_chat_message_get_image (JsonObject *message, guint n)
{
  JsonArray *parts = get_parts (message);

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = jump_json_array_get_object (parts, i);
      JsonObject *image;

      if (!is_part (part, "image_url"))
        continue;
      if (n > 0)
        {
          n--;
          continue;
        }
      image = jump_json_get_object (part, "image_url");
      return image == NULL ? jump_json_get_string (part, "image_url", "")
                           : jump_json_get_string (image, "url", "");
    }
  return NULL;
}
