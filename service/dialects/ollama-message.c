/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-message.h"

#include "service/dialects/json-field.h"
#include "service/dialects/ollama-images.h"

/* One message as it stands in the request. */
typedef struct
{
  char path[32]; /* "messages[3]" */
  JumpJsonSpan role, content, thinking, images, tool_calls, tool_name, tool_call_id;
} Message;

static const struct
{
  const char *name;
  gsize offset; /* in Message */
  JumpJsonKind kind;
  const char *expected;
} members[] = {
  { "role", G_STRUCT_OFFSET (Message, role), JUMP_JSON_STRING, "string" },
  { "content", G_STRUCT_OFFSET (Message, content), JUMP_JSON_STRING, "string" },
  { "thinking", G_STRUCT_OFFSET (Message, thinking), JUMP_JSON_STRING, "string" },
  { "images", G_STRUCT_OFFSET (Message, images), JUMP_JSON_ARRAY, "array" },
  { "tool_calls", G_STRUCT_OFFSET (Message, tool_calls), JUMP_JSON_ARRAY, "array" },
  { "tool_name", G_STRUCT_OFFSET (Message, tool_name), JUMP_JSON_STRING, "string" },
  { "name", G_STRUCT_OFFSET (Message, tool_name), JUMP_JSON_STRING, "string" }, /* older clients */
  { "tool_call_id", G_STRUCT_OFFSET (Message, tool_call_id), JUMP_JSON_STRING, "string" },
};

/* @prompt: (nullable): is told of members that nobody knows */
static gboolean
find_members (Message *self, JumpJsonSpan object, guint index, JumpPrompt *prompt, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  *self = (Message){ 0 };
  g_snprintf (self->path, sizeof self->path, "messages[%u]", index);
  if (jump_json_span_kind (object) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, self->path, "object");
  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      gsize i = 0;

      while (i < G_N_ELEMENTS (members) && !jump_json_span_equals (key, members[i].name))
        i++;
      if (i < G_N_ELEMENTS (members))
        {
          g_autofree char *path = g_strdup_printf ("%s.%s", self->path, members[i].name);

          if (!jump_json_field_check (value, members[i].kind, path, members[i].expected, error))
            return FALSE;
          G_STRUCT_MEMBER (JumpJsonSpan, self, members[i].offset) = value;
        }
      else if (prompt != NULL && !jump_json_field_is_nothing (value))
        {
          g_autofree char *name = jump_json_span_dup_string (key);
          g_autofree char *path = g_strconcat ("messages.", name, NULL);

          jump_prompt_drop (prompt, path);
        }
    }
  return TRUE;
}

typedef enum
{
  ROLE_SYSTEM,
  ROLE_DEVELOPER,
  ROLE_USER,
  ROLE_ASSISTANT,
  ROLE_TOOL,
} Role;

/* In any case of letters, as Ollama reads it. */
static gboolean
read_role (const Message *self, Role *out_role, GError **error)
{
  static const char *const names[] = { "system", "developer", "user", "assistant", "tool" };
  g_autofree char *text = jump_json_span_dup_string (self->role);
  g_autofree char *path = NULL;

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (text, names[i]) == 0)
        {
          *out_role = (Role) i;
          return TRUE;
        }
    }
  path = g_strconcat (self->path, ".role", NULL);
  return jump_json_field_refuse (error, path, "system, user, assistant or tool");
}

static guint
count_items (JumpJsonSpan array)
{
  JumpJsonCursor cursor;
  guint n = 0;

  jump_json_cursor_init (&cursor, array);
  while (jump_json_cursor_next (&cursor, NULL, NULL))
    n++;
  return n;
}

/**
 * jump_ollama_message_scan_all:
 * @messages: of the request; absent when it has none
 * @facts: counts are added to it; from_agent is that of the last message (protocol 5.2)
 */
gboolean
jump_ollama_message_scan_all (JumpJsonSpan messages, JumpRequestFacts *facts, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan object;
  Role role = ROLE_USER;

  if (!jump_json_field_check (messages, JUMP_JSON_ARRAY, "messages", "array", error))
    return FALSE;
  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next (&cursor, NULL, &object))
    {
      Message message;

      if (!find_members (&message, object, facts->n_messages, NULL, error) ||
          !read_role (&message, &role, error))
        return FALSE;
      facts->n_messages++;
      facts->n_images += count_items (message.images);
      facts->text_bytes +=
          message.content.length + message.thinking.length + message.tool_calls.length;
    }
  if (facts->n_messages == 0)
    return jump_json_field_refuse (error, "messages", "at least one");
  facts->has_image = facts->n_images > 0;
  facts->from_agent = role != ROLE_USER;
  return TRUE;
}

static void
add_text (GPtrArray *parts, JumpJsonSpan text)
{
  JumpPart *part;

  if (jump_json_span_kind (text) != JUMP_JSON_STRING || jump_json_span_is_empty_string (text))
    return;
  part = jump_part_new (JUMP_PART_TEXT);
  part->text = jump_json_span_dup_string (text);
  g_ptr_array_add (parts, part);
}

static gboolean
add_images (GPtrArray *parts, const Message *message, GError **error)
{
  g_autofree char *path = g_strconcat (message->path, ".images", NULL);

  return jump_ollama_images_read (message->images, path, parts, error);
}

/* Arguments are an object here; clients that were made for OpenAI write it into a string. */
static char *
dup_arguments (JumpJsonSpan arguments)
{
  if (jump_json_span_kind (arguments) == JUMP_JSON_NULL ||
      jump_json_span_is_empty_string (arguments))
    return g_strdup ("{}");
  if (jump_json_span_kind (arguments) == JUMP_JSON_STRING)
    return jump_json_span_dup_string (arguments);
  return g_strndup (arguments.start, arguments.length);
}

static JumpPart *
read_call (JumpJsonSpan call, const char *path, GError **error)
{
  JumpJsonSpan function = jump_json_find_member (call, "function");
  g_autoptr (JumpPart) part = jump_part_new (JUMP_PART_TOOL_CALL);

  part->name = jump_json_span_dup_string (jump_json_find_member (function, "name"));
  if (part->name == NULL)
    {
      g_autofree char *name_path = g_strconcat (path, ".function.name", NULL);

      jump_json_field_refuse (error, name_path, "string");
      return NULL;
    }
  part->tool_kind = JUMP_TOOL_FUNCTION;
  part->arguments = dup_arguments (jump_json_find_member (function, "arguments"));
  part->call_id = jump_json_span_dup_string (jump_json_find_member (call, "id"));
  return g_steal_pointer (&part);
}

static gboolean
add_calls (GPtrArray *parts, const Message *message, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan call;
  guint i = 0;

  jump_json_cursor_init (&cursor, message->tool_calls);
  while (jump_json_cursor_next (&cursor, NULL, &call))
    {
      g_autofree char *path = g_strdup_printf ("%s.tool_calls[%u]", message->path, i++);
      JumpPart *part = read_call (call, path, error);

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (parts, part);
    }
  return TRUE;
}

/* What the model thought comes back without the state that an upstream would need to check it. */
static gboolean
add_assistant_parts (GPtrArray *parts, const Message *message, GError **error)
{
  if (jump_json_span_kind (message->thinking) == JUMP_JSON_STRING &&
      !jump_json_span_is_empty_string (message->thinking))
    {
      JumpPart *part = jump_part_new (JUMP_PART_REASONING);

      part->text = jump_json_span_dup_string (message->thinking);
      g_ptr_array_add (parts, part);
    }
  add_text (parts, message->content);
  return add_images (parts, message, error) && add_calls (parts, message, error);
}

static gboolean
add_result (GPtrArray *parts, const Message *message, GError **error)
{
  JumpPart *part = jump_part_new (JUMP_PART_TOOL_RESULT);

  g_ptr_array_add (parts, part);
  part->name = jump_json_span_dup_string (message->tool_name);
  part->call_id = jump_json_span_dup_string (message->tool_call_id);
  part->content = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);
  add_text (part->content, message->content);
  return add_images (part->content, message, error);
}

static gboolean
read_message (const Message *message, JumpPrompt *prompt, GError **error)
{
  static const JumpRole roles[] = {
    [ROLE_SYSTEM] = JUMP_ROLE_SYSTEM,       [ROLE_DEVELOPER] = JUMP_ROLE_DEVELOPER,
    [ROLE_USER] = JUMP_ROLE_USER,           [ROLE_TOOL] = JUMP_ROLE_USER,
    [ROLE_ASSISTANT] = JUMP_ROLE_ASSISTANT,
  };
  Role role = ROLE_USER;
  GPtrArray *parts;

  if (!read_role (message, &role, error))
    return FALSE;
  parts = jump_prompt_add_message (prompt, jump_message_new (roles[role]))->parts;
  switch (role)
    {
    case ROLE_SYSTEM:
    case ROLE_DEVELOPER:
    case ROLE_USER:
      add_text (parts, message->content);
      return add_images (parts, message, error);
    case ROLE_ASSISTANT:
      return add_assistant_parts (parts, message, error);
    case ROLE_TOOL:
      return add_result (parts, message, error);
    }
  return TRUE;
}

/**
 * jump_ollama_message_read_all:
 * @messages: were scanned without an error
 * @prompt: gets them; calls and their results are not matched yet
 */
gboolean
jump_ollama_message_read_all (JumpJsonSpan messages, JumpPrompt *prompt, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan object;
  guint i = 0;

  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next (&cursor, NULL, &object))
    {
      Message message;

      if (!find_members (&message, object, i++, prompt, error) ||
          !read_message (&message, prompt, error))
        return FALSE;
    }
  return TRUE;
}
