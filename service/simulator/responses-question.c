/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-question.h"

#include "service/base/json-read.h"
#include "service/base/json-write.h"
#include "service/simulator/prefix-memory.h"

#define IMAGE_TOKENS 255

static const char *
get_text (JsonObject *object, const char *member)
{
  return jump_json_get_string (object, member, "");
}

/* Returns: (transfer full): the text of an item's @member: a string, or parts joined by line ends */
static char *
dup_text (JsonObject *item, const char *member)
{
  JsonArray *parts = jump_json_get_array (item, member);
  GString *text;

  if (parts == NULL)
    return g_strdup (get_text (item, member));
  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      JsonObject *part = jump_json_array_get_object (parts, i);

      if (part == NULL || jump_json_get_string (part, "text", NULL) == NULL)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, get_text (part, "text"));
    }
  return g_string_free (text, FALSE);
}

static guint
count_images (JsonObject *item, const char *member)
{
  guint n = 0;

  while (jump_responses_get_image (item, member, n) != NULL)
    n++;
  return n;
}

static void
read_message (JumpQuestion *self, JsonObject *item)
{
  const char *role = jump_json_get_string (item, "role", "user");
  g_autofree char *text = dup_text (item, "content");

  if (g_str_equal (role, "assistant"))
    jump_question_add_assistant (self);
  else if (g_str_equal (role, "user"))
    jump_question_add_user (self,
                            text,
                            count_images (item, "content"),
                            jump_responses_get_image (item, "content", 0));
  else
    jump_question_add_system (self, text);
}

static void
read_tool (JumpQuestion *self, JsonObject *tool, const char *space)
{
  const char *type = get_text (tool, "type");
  JsonArray *inner = jump_json_get_array (tool, "tools");

  if (g_str_equal (type, "namespace"))
    {
      for (guint i = 0; inner != NULL && i < json_array_get_length (inner); i++)
        {
          JsonObject *member = jump_json_array_get_object (inner, i);

          if (member != NULL && jump_json_get_array (member, "tools") == NULL)
            read_tool (self, member, get_text (tool, "name"));
        }
      return;
    }
  if (g_str_equal (get_text (tool, "name"), ""))
    return;
  jump_question_add_tool (self,
                          (JumpOfferedTool){ .name = get_text (tool, "name"),
                                             .space = space,
                                             .description = get_text (tool, "description"),
                                             .schema = jump_json_get_object (tool, "parameters"),
                                             .freeform = g_str_equal (type, "custom") });
}

static void
read_tools (JumpQuestion *self, JsonObject *object)
{
  JsonArray *tools = jump_json_get_array (object, "tools");
  g_autofree char *text = NULL;

  if (tools == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (tools); i++)
    read_tool (self, jump_json_array_get_object (tools, i), NULL);
  text = jump_json_node_to_text (json_object_get_member (object, "tools"));
  self->base_tokens += jump_estimate_tokens (text);
}

static void
read_result (JumpQuestion *self, JsonObject *item)
{
  g_autofree char *text = dup_text (item, "output");

  jump_question_add_result (self,
                            get_text (item, "call_id"),
                            text,
                            count_images (item, "output"),
                            jump_responses_get_image (item, "output", 0));
}

static gint64
estimate_item (JsonObject *item)
{
  static const char *const texts[] = { "content", "output", "arguments", "input" };
  gint64 tokens = 4;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = dup_text (item, texts[i]);

      tokens += jump_estimate_tokens (text) + (gint64) count_images (item, texts[i]) * IMAGE_TOKENS;
    }
  return tokens;
}

static void
read_item (JumpQuestion *self, JsonObject *item)
{
  const char *type = jump_responses_get_type (item);

  if (g_str_equal (type, "message"))
    read_message (self, item);
  else if (g_str_equal (type, "function_call") || g_str_equal (type, "custom_tool_call"))
    {
      jump_question_add_assistant (self);
      jump_question_add_call (self, get_text (item, "call_id"), get_text (item, "name"));
    }
  else if (g_str_equal (type, "function_call_output") ||
           g_str_equal (type, "custom_tool_call_output"))
    read_result (self, item);
  else if (g_str_equal (type, "additional_tools"))
    read_tools (self, item);
  else if (jump_json_get_string (item, "encrypted_content", NULL) != NULL)
    self->n_seals++;
  jump_question_end_turn (self, estimate_item (item));
}

static void
read_choice (JumpQuestion *self, JsonObject *body)
{
  JsonObject *choice = jump_json_get_object (body, "tool_choice");
  const char *mode = jump_json_get_string (body, "tool_choice", "auto");

  self->one_call = !jump_json_get_boolean (body, "parallel_tool_calls", TRUE);
  if (choice != NULL)
    {
      self->forced_tool = jump_json_get_string (choice, "name", NULL);
      mode = jump_json_get_string (choice, "mode", "auto");
    }
  if (g_str_equal (mode, "none"))
    self->tool_mode = JUMP_TOOL_MODE_NONE;
  else if (g_str_equal (mode, "required"))
    self->tool_mode = JUMP_TOOL_MODE_REQUIRED;
}

static void
read_thinking (JumpQuestion *self, JsonObject *body)
{
  JsonObject *reasoning = jump_json_get_object (body, "reasoning");
  JsonArray *include = jump_json_get_array (body, "include");
  const char *effort = reasoning == NULL ? NULL : jump_json_get_string (reasoning, "effort", NULL);
  const char *summary =
      reasoning == NULL ? NULL : jump_json_get_string (reasoning, "summary", NULL);

  self->seals_thinking =
      include != NULL && jump_json_array_has_string (include, "reasoning.encrypted_content");
  self->hides_thinking = summary == NULL;
  self->thinking = JUMP_THINKING_IF_TOLD;
  if (g_strcmp0 (effort, "none") == 0)
    self->thinking = JUMP_THINKING_OFF;
  else if (effort != NULL || summary != NULL || self->seals_thinking)
    self->thinking = JUMP_THINKING_ON;
}

static void
read_format (JumpQuestion *self, JsonObject *body)
{
  JsonObject *text = jump_json_get_object (body, "text");
  JsonObject *format = text == NULL ? NULL : jump_json_get_object (text, "format");
  const char *type = format == NULL ? "text" : get_text (format, "type");

  self->wants_json = g_str_equal (type, "json_object");
  if (g_str_equal (type, "json_schema"))
    self->schema = jump_json_get_object (format, "schema");
}

static void
read_input (JumpQuestion *self, JsonObject *body)
{
  const char *text = jump_json_get_string (body, "input", NULL);

  if (text != NULL)
    {
      jump_question_add_user (self, text, 0, NULL);
      jump_question_end_turn (self, 4 + jump_estimate_tokens (text));
    }
  self->turns = jump_json_get_array (body, "input");
  for (guint i = 0; self->turns != NULL && i < json_array_get_length (self->turns); i++)
    read_item (self, jump_json_array_get_object (self->turns, i));
}

/**
 * jump_responses_question_read:
 * @question: (out): cleared with jump_question_clear()
 * @body: a body that jump_responses_check() let through
 * @model: its model's entry
 */
void
jump_responses_question_read (JumpQuestion *question, JsonObject *body, JsonObject *model)
{
  const char *instructions = get_text (body, "instructions");

  jump_question_init (question, body, model);
  question->base_tokens = 3 + jump_estimate_tokens (instructions);
  question->stream = jump_json_get_boolean (body, "stream", FALSE);
  question->max_tokens = jump_json_get_int (body, "max_output_tokens", -1);
  jump_question_add_system (question, instructions);
  read_tools (question, body);
  read_choice (question, body);
  read_thinking (question, body);
  read_format (question, body);
  read_input (question, body);
  question->prompt_tokens = jump_question_estimate (question, MAX (question->turn_tokens->len, 1));
}

/**
 * jump_responses_get_image:
 */
const char *
jump_responses_get_image (JsonObject *item, const char *member, guint n)
{
  JsonArray *parts = jump_json_get_array (item, member);

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = jump_json_array_get_object (parts, i);

      if (part == NULL || !g_str_equal (get_text (part, "type"), "input_image"))
        continue;
      if (n == 0)
        return get_text (part, "image_url");
      n--;
    }
  return NULL;
}

/**
 * jump_responses_get_type:
 */
const char *
jump_responses_get_type (JsonObject *item)
{
  return jump_json_get_string (item, "type", "message");
}

/**
 * jump_responses_wants_compaction:
 */
gboolean
jump_responses_wants_compaction (JsonObject *body)
{
  JsonArray *input = jump_json_get_array (body, "input");
  guint n = input == NULL ? 0 : json_array_get_length (input);
  JsonObject *last = n == 0 ? NULL : jump_json_array_get_object (input, n - 1);

  return last != NULL && g_str_equal (jump_responses_get_type (last), "compaction_trigger");
}
