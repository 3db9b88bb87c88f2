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
  g_autofree char *text = jump_chat_message_dup_text (message);
  gint64 tokens = 4 + jump_estimate_tokens (text) + (gint64) count_images (message) * IMAGE_TOKENS;
  JsonArray *calls = jump_json_get_array (message, "tool_calls");

  for (guint i = 0; calls != NULL && i < json_array_get_length (calls); i++)
    {
      g_autofree char *call = jump_json_node_to_text (json_array_get_element (calls, i));

      tokens += jump_estimate_tokens (call);
    }
  return tokens;
}

/* The name of the function that call @id named, looking back from message @before. */
static char *
find_tool_name (JsonArray *messages, guint before, const char *id)
{
  for (guint i = before; i > 0; i--)
    {
      JsonObject *message = jump_json_array_get_object (messages, i - 1);
      JsonArray *calls = message == NULL ? NULL : jump_json_get_array (message, "tool_calls");

      for (guint j = 0; calls != NULL && j < json_array_get_length (calls); j++)
        {
          JsonObject *call = jump_json_array_get_object (calls, j);
          JsonObject *function = call == NULL ? NULL : jump_json_get_object (call, "function");

          if (function != NULL && g_strcmp0 (jump_json_get_string (call, "id", NULL), id) == 0)
            return g_strdup (jump_json_get_string (function, "name", NULL));
        }
    }
  return NULL;
}

static void
read_tool_results (JumpChatQuestion *self, guint n_messages)
{
  g_autoptr (GString) results = g_string_new (NULL);

  for (guint i = n_messages; i > 0; i--)
    {
      JsonObject *message = jump_json_array_get_object (self->messages, i - 1);
      g_autofree char *text = NULL;

      if (g_strcmp0 (jump_json_get_string (message, "role", NULL), "tool") != 0)
        break;
      text = jump_chat_message_dup_text (message);
      if (results->len > 0)
        g_string_prepend (results, "; ");
      g_string_prepend (results, g_strstrip (text));
      g_free (self->tool_name);
      self->tool_name =
          find_tool_name (self->messages, i, jump_json_get_string (message, "tool_call_id", NULL));
    }
  self->tool_result = g_strdup (results->str);
}

static void
read_messages (JumpChatQuestion *self)
{
  guint n = json_array_get_length (self->messages);
  JsonObject *last_user = NULL;

  self->last_role = "user";
  for (guint i = 0; i < n; i++)
    {
      JsonObject *message = jump_json_array_get_object (self->messages, i);

      self->last_role = jump_json_get_string (message, "role", "user");
      if (g_str_equal (self->last_role, "user"))
        last_user = message;
    }
  self->prompt = last_user == NULL ? g_strdup ("") : jump_chat_message_dup_text (last_user);
  if (last_user != NULL)
    {
      self->n_images = count_images (last_user);
      self->image_url = jump_chat_message_get_image (last_user, 0);
    }
  if (g_str_equal (self->last_role, "tool"))
    read_tool_results (self, n);
}

/**
 * jump_chat_question_init:
 * @self: (out): cleared with jump_chat_question_clear()
 * @body: a body that jump_chat_check() let through
 * @model: its model's entry
 */
void
jump_chat_question_init (JumpChatQuestion *self, JsonObject *body, JsonObject *model)
{
  JsonObject *options = jump_json_get_object (body, "stream_options");

  *self = (JumpChatQuestion){ .body = body, .model = model };
  self->messages = jump_json_get_array (body, "messages");
  self->tools = jump_json_get_array (body, "tools");
  self->stream = jump_json_get_boolean (body, "stream", FALSE);
  self->include_usage = options != NULL && jump_json_get_boolean (options, "include_usage", FALSE);
  self->n = (guint) CLAMP (jump_json_get_int (body, "n", 1), 1, 8);
  self->max_tokens =
      jump_json_get_int (body, "max_completion_tokens", jump_json_get_int (body, "max_tokens", -1));
  read_messages (self);
  self->prompt_tokens = jump_chat_question_estimate (self, json_array_get_length (self->messages));
}

/**
 * jump_chat_question_clear:
 */
void
jump_chat_question_clear (JumpChatQuestion *self)
{
  g_clear_pointer (&self->prompt, g_free);
  g_clear_pointer (&self->tool_result, g_free);
  g_clear_pointer (&self->tool_name, g_free);
}

/**
 * jump_chat_question_estimate:
 * @self: a question
 * @n_messages: how much of the conversation to count
 *
 * Returns: the tokens of the tools, which stand before the messages, and of the messages
 */
gint64
jump_chat_question_estimate (const JumpChatQuestion *self, guint n_messages)
{
  gint64 tokens = 3;

  if (n_messages == 0)
    return 0;
  if (self->tools != NULL)
    {
      g_autofree char *text = jump_json_node_to_text (json_object_get_member (self->body, "tools"));

      tokens += jump_estimate_tokens (text);
    }
  for (guint i = 0; i < n_messages; i++)
    tokens += estimate_message (jump_json_array_get_object (self->messages, i));
  return tokens;
}

/**
 * jump_chat_message_dup_text:
 *
 * Returns: (transfer full): the text, empty when there is none
 */
char *
jump_chat_message_dup_text (JsonObject *message)
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
