/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-prompt.h"

#include "service/dialects/anthropic-content.h"
#include "service/dialects/anthropic-members.h"
#include "service/dialects/anthropic-system.h"
#include "service/dialects/anthropic-tools.h"
#include "service/dialects/json-field.h"

/* OpenAI refuses a longer "user"; Claude Code's is a whole JSON object. */
#define MAX_USER_LENGTH 64

typedef struct
{
  JumpJsonSpan model;
  JumpJsonSpan messages;
  JumpJsonSpan system;
  JumpJsonSpan tools;
  JumpJsonSpan tool_choice;
  JumpJsonSpan stream;
  JumpJsonSpan max_tokens;
  JumpJsonSpan stop_sequences;
  JumpJsonSpan temperature;
  JumpJsonSpan top_p;
  JumpJsonSpan top_k;
  JumpJsonSpan thinking;
  JumpJsonSpan output_config;
  JumpJsonSpan output_format; /* what output_config.format was called before */
  JumpJsonSpan metadata;
} Request;

#define MEMBER(name) JUMP_ANTHROPIC_MEMBER (Request, name)

static const JumpAnthropicMember request_members[] = {
  MEMBER (model),         MEMBER (messages),      MEMBER (system),   MEMBER (tools),
  MEMBER (tool_choice),   MEMBER (stream),        MEMBER (metadata), MEMBER (max_tokens),
  MEMBER (temperature),   MEMBER (top_p),         MEMBER (top_k),    MEMBER (stop_sequences),
  MEMBER (output_config), MEMBER (output_format), MEMBER (thinking),
};

static void
on_unknown_found (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  g_autofree char *name = NULL;

  if (jump_json_span_kind (value) == JUMP_JSON_NULL)
    return;
  name = jump_json_span_dup_string (key);
  jump_prompt_drop (user_data, name);
}

static gboolean
read_stop (JumpPrompt *prompt, JumpJsonSpan sequences, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan sequence;

  if (jump_json_span_kind (sequences) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (sequences) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "stop_sequences", "array");
  jump_json_cursor_init (&cursor, sequences);
  while (jump_json_cursor_next (&cursor, NULL, &sequence))
    {
      char *text = jump_json_span_dup_string (sequence);

      if (text == NULL)
        return jump_json_field_refuse (error, "stop_sequences", "strings");
      g_ptr_array_add (prompt->stop, text);
    }
  return TRUE;
}

static gboolean
read_thinking (JumpPrompt *prompt, JumpJsonSpan thinking, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (thinking, "type");

  if (jump_json_span_kind (thinking) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_equals (type, "disabled"))
    prompt->thinking = JUMP_THINKING_OFF;
  else if (jump_json_span_equals (type, "adaptive"))
    prompt->thinking = JUMP_THINKING_ADAPTIVE;
  else if (jump_json_span_equals (type, "enabled"))
    prompt->thinking = JUMP_THINKING_BUDGET;
  else
    return jump_json_field_refuse (error, "thinking.type", "enabled, adaptive or disabled");
  if (prompt->thinking == JUMP_THINKING_OFF)
    return TRUE;
  prompt->wants_state = TRUE;
  if (!jump_json_span_equals (jump_json_find_member (thinking, "display"), "omitted"))
    prompt->summary = g_strdup ("auto");
  if (prompt->thinking == JUMP_THINKING_BUDGET &&
      !jump_json_span_get_int (jump_json_find_member (thinking, "budget_tokens"),
                               &prompt->thinking_budget))
    return jump_json_field_refuse (error, "thinking.budget_tokens", "integer");
  return TRUE;
}

/* @name: of the member, which has two (an old and a new one). */
static gboolean
read_format (JumpPrompt *prompt, JumpJsonSpan format, const char *name, GError **error)
{
  JumpJsonSpan schema = jump_json_find_member (format, "schema");

  if (jump_json_span_kind (format) == JUMP_JSON_NULL)
    return TRUE;
  if (!jump_json_span_equals (jump_json_find_member (format, "type"), "json_schema") ||
      jump_json_span_kind (schema) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, name, "an object with type json_schema and schema");
  prompt->format = JUMP_FORMAT_SCHEMA;
  prompt->format_is_strict = JUMP_FLAG_TRUE;
  g_free (prompt->format_schema);
  prompt->format_schema = jump_anthropic_dup_json (schema);
  return TRUE;
}

static gboolean
read_output (JumpPrompt *prompt, const Request *request, GError **error)
{
  JumpJsonSpan config = request->output_config;

  if (jump_json_span_kind (config) != JUMP_JSON_NULL &&
      jump_json_span_kind (config) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "output_config", "object");
  prompt->effort = jump_json_span_dup_string (jump_json_find_member (config, "effort"));
  return read_format (prompt, request->output_format, "output_format", error) &&
         read_format (prompt,
                      jump_json_find_member (config, "format"),
                      "output_config.format",
                      error);
}

static void
read_metadata (JumpPrompt *prompt, JumpJsonSpan metadata)
{
  g_autofree char *user = NULL;

  if (jump_json_span_kind (metadata) != JUMP_JSON_OBJECT)
    return;
  prompt->metadata = jump_anthropic_dup_json (metadata);
  user = jump_json_span_dup_string (jump_json_find_member (metadata, "user_id"));
  if (user != NULL && *user != '\0' && strlen (user) <= MAX_USER_LENGTH)
    prompt->user = g_steal_pointer (&user);
}

/* Only Claude cites passages of documents. */
static void
note_citations (JumpPrompt *prompt, JumpJsonSpan content)
{
  JumpJsonCursor cursor;
  JumpJsonSpan block;

  if (jump_json_span_kind (content) != JUMP_JSON_ARRAY ||
      g_strstr_len (content.start, (gssize) content.length, "\"citations\"") == NULL)
    return;
  jump_json_cursor_init (&cursor, content);
  while (jump_json_cursor_next (&cursor, NULL, &block))
    {
      JumpJsonSpan citations = jump_json_find_member (block, "citations");

      if (jump_json_span_kind (citations) == JUMP_JSON_OBJECT &&
          jump_json_span_kind (jump_json_find_member (citations, "enabled")) == JUMP_JSON_TRUE)
        jump_prompt_drop (prompt, "citations");
    }
}

static gboolean
read_message (JumpPrompt *prompt, JumpJsonSpan span, GError **error)
{
  JumpJsonSpan role = jump_json_find_member (span, "role");
  JumpJsonSpan content = jump_json_find_member (span, "content");
  JumpRole known;
  JumpMessage *message;

  if (jump_json_span_equals (role, "user"))
    known = JUMP_ROLE_USER;
  else if (jump_json_span_equals (role, "assistant"))
    known = JUMP_ROLE_ASSISTANT;
  else if (jump_json_span_equals (role, "system"))
    known = JUMP_ROLE_SYSTEM;
  else
    return jump_json_field_refuse (error, "role", "user, assistant or system");
  message = jump_prompt_add_message (prompt, jump_message_new (known));
  note_citations (prompt, content);
  return jump_anthropic_content_read (content, "content", message->parts, error);
}

static gboolean
read_messages (JumpPrompt *prompt, JumpJsonSpan messages, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan message;

  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, "messages", "array");
  jump_json_cursor_init (&cursor, messages);
  for (guint i = 0; jump_json_cursor_next (&cursor, NULL, &message); i++)
    {
      if (!read_message (prompt, message, error))
        {
          g_prefix_error (error, "messages[%u].", i);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_scalars (JumpPrompt *prompt, const Request *request, GError **error)
{
  prompt->model = jump_json_span_dup_string (request->model);
  prompt->stream = jump_json_span_kind (request->stream) == JUMP_JSON_TRUE;
  prompt->include_usage = TRUE;
  read_metadata (prompt, request->metadata);
  return jump_json_field_int (request->max_tokens,
                              "max_tokens",
                              G_MININT64,
                              &prompt->max_tokens,
                              error) &&
         jump_json_field_int (request->top_k, "top_k", G_MININT64, &prompt->top_k, error) &&
         jump_json_field_double (request->temperature,
                                 "temperature",
                                 &prompt->temperature,
                                 error) &&
         jump_json_field_double (request->top_p, "top_p", &prompt->top_p, error) &&
         read_stop (prompt, request->stop_sequences, error) &&
         read_thinking (prompt, request->thinking, error) && read_output (prompt, request, error);
}

/**
 * jump_anthropic_prompt_read:
 * @data: a request body, scanned
 * @length: bytes of @data
 *
 * What is only of use at Anthropic's own service (context_management, container, mcp_servers,
 * service_tier …) is noted as dropped.
 */
JumpPrompt *
jump_anthropic_prompt_read (const char *data, gsize length, GError **error)
{
  g_autoptr (JumpPrompt) prompt = jump_prompt_new ();
  Request request = { 0 };

  jump_anthropic_members_read (&request,
                               request_members,
                               G_N_ELEMENTS (request_members),
                               jump_json_span_trim (data, length),
                               on_unknown_found,
                               prompt);
  if (!read_scalars (prompt, &request, error) ||
      !jump_anthropic_system_read (prompt, request.system, error) ||
      !jump_anthropic_tools_read (prompt, request.tools, error) ||
      !jump_anthropic_choice_read (prompt, request.tool_choice, error) ||
      !read_messages (prompt, request.messages, error))
    return NULL;
  jump_prompt_match_calls (prompt);
  return g_steal_pointer (&prompt);
}
