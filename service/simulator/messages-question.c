/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-question.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/simulator/messages-backend.h"
#include "service/simulator/prefix-memory.h"

#define IMAGE_TOKENS 255
/* From here on, thinking is hidden unless a summary is asked for (protocol 6.3). */
#define FIRST_HIDDEN 4.65

static const char *
get_text (JsonObject *object, const char *member)
{
  return jump_json_get_string (object, member, "");
}

static gboolean
is_block (JsonObject *block, const char *type)
{
  return block != NULL && g_str_equal (jump_messages_get_type (block), type);
}

/* Returns: (transfer full) (nullable): the address the picture would have elsewhere. */
static char *
dup_image_url (JsonObject *block)
{
  JsonObject *source = jump_json_get_object (block, "source");

  if (source == NULL)
    return NULL;
  return g_strdup_printf ("data:%s;base64,%s",
                          get_text (source, "media_type"),
                          get_text (source, "data"));
}

static guint
find_images (JsonArray *blocks, char **out_first)
{
  guint n = 0;

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, i);

      if (!is_block (block, "image"))
        continue;
      if (n == 0)
        *out_first = dup_image_url (block);
      n++;
    }
  return n;
}

static void
read_result (JumpQuestion *self, JsonObject *block)
{
  g_autofree char *text = jump_messages_dup_text (block, "content");
  g_autofree char *image = NULL;
  guint n_images = find_images (jump_json_get_array (block, "content"), &image);

  jump_question_add_result (self, get_text (block, "tool_use_id"), text, n_images, image);
}

static void
read_user (JumpQuestion *self, JsonObject *message)
{
  JsonArray *blocks = jump_json_get_array (message, "content");
  g_autofree char *text = jump_messages_dup_text (message, "content");
  g_autofree char *image = NULL;
  guint n_images = find_images (blocks, &image);

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, i);

      if (is_block (block, "tool_result"))
        read_result (self, block);
    }
  jump_question_add_user (self, text, n_images, image);
}

static void
read_assistant (JumpQuestion *self, JsonObject *message)
{
  JsonArray *blocks = jump_json_get_array (message, "content");

  jump_question_add_assistant (self);
  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, i);

      if (is_block (block, "tool_use"))
        jump_question_add_call (self, get_text (block, "id"), get_text (block, "name"));
      else if (is_block (block, "thinking") || is_block (block, "redacted_thinking"))
        self->n_seals++;
    }
}

static gint64
estimate_blocks (JsonArray *blocks)
{
  gint64 tokens = 0;

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, i);
      g_autofree char *text = block == NULL ? NULL : jump_messages_dup_text (block, "content");
      g_autofree char *input = NULL;

      if (block == NULL)
        continue;
      if (json_object_has_member (block, "input"))
        input = jump_json_node_to_text (json_object_get_member (block, "input"));
      tokens += is_block (block, "image") ? IMAGE_TOKENS : 0;
      tokens += jump_estimate_tokens (text) + jump_estimate_tokens (get_text (block, "text"));
      tokens += jump_estimate_tokens (get_text (block, "thinking"));
      tokens += input == NULL ? 0 : jump_estimate_tokens (input);
    }
  return tokens;
}

static void
read_message (JumpQuestion *self, JsonObject *message)
{
  const char *role = get_text (message, "role");
  g_autofree char *text = jump_messages_dup_text (message, "content");

  if (g_str_equal (role, "assistant"))
    read_assistant (self, message);
  else if (g_str_equal (role, "user"))
    read_user (self, message);
  else
    jump_question_add_system (self, text);
  jump_question_end_turn (self,
                          4 + jump_estimate_tokens (get_text (message, "content")) +
                              estimate_blocks (jump_json_get_array (message, "content")));
}

static void
read_tools (JumpQuestion *self, JsonObject *body)
{
  JsonArray *tools = jump_json_get_array (body, "tools");
  JsonObject *choice = jump_json_get_object (body, "tool_choice");
  const char *mode = choice == NULL ? "auto" : get_text (choice, "type");
  g_autofree char *text = NULL;

  if (g_str_equal (mode, "none"))
    self->tool_mode = JUMP_TOOL_MODE_NONE;
  else if (g_str_equal (mode, "any"))
    self->tool_mode = JUMP_TOOL_MODE_REQUIRED;
  if (choice != NULL)
    {
      self->forced_tool = jump_json_get_string (choice, "name", NULL);
      self->one_call = jump_json_get_boolean (choice, "disable_parallel_tool_use", FALSE);
    }
  if (tools == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (tools); i++)
    {
      JsonObject *tool = jump_json_array_get_object (tools, i);

      jump_question_add_tool (
          self,
          (JumpOfferedTool){ .name = get_text (tool, "name"),
                             .description = get_text (tool, "description"),
                             .schema = jump_json_get_object (tool, "input_schema") });
    }
  text = jump_json_node_to_text (json_object_get_member (body, "tools"));
  self->base_tokens += jump_estimate_tokens (text);
}

static void
read_thinking (JumpQuestion *self, JsonObject *body)
{
  JsonObject *thinking = jump_json_get_object (body, "thinking");
  const char *type = thinking == NULL ? "disabled" : get_text (thinking, "type");
  gboolean hidden = jump_model_find_version (self->model) > FIRST_HIDDEN;
  const char *display = hidden ? "omitted" : "summarized";

  if (thinking != NULL)
    display = jump_json_get_string (thinking, "display", display);
  self->seals_thinking = TRUE;
  self->hides_thinking = g_str_equal (display, "omitted");
  self->thinking = g_str_equal (type, "disabled") ? JUMP_THINKING_OFF : JUMP_THINKING_ON;
}

static void
read_format (JumpQuestion *self, JsonObject *body)
{
  JsonObject *config = jump_json_get_object (body, "output_config");
  JsonObject *format = config == NULL ? NULL : jump_json_get_object (config, "format");

  if (format != NULL)
    self->schema = jump_json_get_object (format, "schema");
}

static void
read_stops (JumpQuestion *self, JsonObject *body)
{
  JsonArray *stops = jump_json_get_array (body, "stop_sequences");

  for (guint i = 0; stops != NULL && i < json_array_get_length (stops); i++)
    {
      const char *stop = jump_json_array_get_string (stops, i);

      if (stop != NULL)
        g_ptr_array_add (self->stops, (gpointer) stop);
    }
}

static guint
count_marks (JsonArray *blocks)
{
  guint n = 0;

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, i);

      if (block == NULL)
        continue;
      n += jump_json_get_object (block, "cache_control") != NULL ? 1 : 0;
      n += count_marks (jump_json_get_array (block, "content"));
    }
  return n;
}

/**
 * jump_messages_question_read:
 * @question: (out): cleared with jump_question_clear()
 * @body: a body that jump_messages_check() let through
 * @model: its model's entry
 */
void
jump_messages_question_read (JumpQuestion *question, JsonObject *body, JsonObject *model)
{
  g_autofree char *system = jump_messages_dup_text (body, "system");

  jump_question_init (question, body, model);
  question->base_tokens = 3 + jump_estimate_tokens (system);
  question->turns = jump_json_get_array (body, "messages");
  question->stream = jump_json_get_boolean (body, "stream", FALSE);
  question->max_tokens = jump_json_get_int (body, "max_tokens", -1);
  question->marks_cache = jump_messages_count_marks (body) > 0;
  jump_question_add_system (question, system);
  read_tools (question, body);
  read_thinking (question, body);
  read_format (question, body);
  read_stops (question, body);
  for (guint i = 0; i < json_array_get_length (question->turns); i++)
    read_message (question, jump_json_array_get_object (question->turns, i));
  question->prompt_tokens =
      jump_question_estimate (question, json_array_get_length (question->turns));
}

/**
 * jump_messages_dup_text:
 */
char *
jump_messages_dup_text (JsonObject *object, const char *member)
{
  JsonArray *blocks = jump_json_get_array (object, member);
  GString *text;

  if (blocks == NULL)
    return g_strdup (get_text (object, member));
  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, i);

      if (!is_block (block, "text"))
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, get_text (block, "text"));
    }
  return g_string_free (text, FALSE);
}

/**
 * jump_messages_get_type:
 */
const char *
jump_messages_get_type (JsonObject *block)
{
  return get_text (block, "type");
}

/**
 * jump_messages_count_marks:
 */
guint
jump_messages_count_marks (JsonObject *body)
{
  return count_marks (jump_json_get_array (body, "system")) +
         count_marks (jump_json_get_array (body, "tools")) +
         count_marks (jump_json_get_array (body, "messages"));
}

/**
 * jump_messages_count_images:
 */
guint
jump_messages_count_images (JsonObject *message)
{
  JsonArray *blocks = jump_json_get_array (message, "content");
  guint n = 0;

  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = jump_json_array_get_object (blocks, i);

      n += is_block (block, "image") ? 1 : 0;
      if (is_block (block, "tool_result"))
        n += jump_messages_count_images (block);
    }
  return n;
}
