/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-scan.h"

#include "service/base/error.h"
#include "service/base/limits.h"
#include "service/conversation/tool-names.h"
#include "service/dialects/anthropic-block.h"
#include "service/dialects/anthropic-members.h"
#include "service/dialects/anthropic-turn.h"

/* The members of a request that are looked at. */
typedef struct
{
  JumpJsonSpan model_key;
  JumpJsonSpan model;
  JumpJsonSpan messages;
  JumpJsonSpan system;
  JumpJsonSpan tools;
  JumpJsonSpan stream;
  JumpJsonSpan max_tokens;
  JumpJsonSpan metadata;
} Request;

#define MEMBER(name) JUMP_ANTHROPIC_MEMBER (Request, name)

static const JumpAnthropicMember request_members[] = {
  MEMBER (model),  MEMBER (messages),   MEMBER (system),   MEMBER (tools),
  MEMBER (stream), MEMBER (max_tokens), MEMBER (metadata),
};

/* A walk over the conversation. */
typedef struct
{
  JumpRequestFacts *facts;
  JumpAnthropicTurn turn;
} Walk;

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, message);
  return FALSE;
}

/* The members of the request, found while it is validated. */
static void
on_member_found (JumpJsonSpan name, JumpJsonSpan value, gpointer user_data)
{
  Request *request = user_data;
  JumpJsonSpan *slot =
      jump_anthropic_members_find (request, request_members, G_N_ELEMENTS (request_members), name);

  if (slot == NULL)
    return;
  *slot = value;
  if (slot == &request->model)
    request->model_key = name;
}

/* Without the quotes. */
static gsize
text_length (JumpJsonSpan text)
{
  return jump_json_span_kind (text) == JUMP_JSON_STRING ? text.length - 2 : text.length;
}

static void
take_tool_name (JumpRequestFacts *facts, JumpJsonSpan name)
{
  if (jump_json_span_kind (name) == JUMP_JSON_STRING && !jump_json_span_is_empty_string (name) &&
      !jump_tool_name_is_fine (name.start + 1, name.length - 2))
    facts->has_odd_tool_names = TRUE;
}

static void walk_blocks (JumpRequestFacts *facts, JumpJsonSpan blocks);

static void
walk_source (JumpRequestFacts *facts, JumpJsonSpan source)
{
  JumpJsonSpan type = jump_json_find_member (source, "type");

  if (jump_json_span_equals (type, "content"))
    walk_blocks (facts, jump_json_find_member (source, "content"));
  else if (jump_json_span_equals (type, "text"))
    facts->text_bytes += text_length (jump_json_find_member (source, "data"));
}

static void
note_block (JumpRequestFacts *facts, const JumpAnthropicBlock *block)
{
  if (jump_json_span_equals (block->type, "image"))
    {
      facts->has_image = TRUE;
      facts->n_images++;
      return;
    }
  if (jump_json_span_equals (block->type, "tool_use"))
    take_tool_name (facts, block->name);
  facts->text_bytes +=
      text_length (block->text) + text_length (block->thinking) + text_length (block->input);
  if (jump_json_span_kind (block->source) == JUMP_JSON_OBJECT)
    walk_source (facts, block->source);
  walk_blocks (facts, block->content);
}

/* @blocks: a string or an array. The recursion ends at JUMP_LIMIT_JSON_DEPTH. */
static void
walk_blocks (JumpRequestFacts *facts, JumpJsonSpan blocks)
{
  JumpJsonCursor cursor;
  JumpJsonSpan span;

  if (jump_json_span_kind (blocks) == JUMP_JSON_STRING)
    facts->text_bytes += text_length (blocks);
  if (jump_json_span_kind (blocks) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, blocks);
  while (jump_json_cursor_next (&cursor, NULL, &span))
    {
      JumpAnthropicBlock block;

      jump_anthropic_block_read (&block, span);
      note_block (facts, &block);
    }
}

/* The array in front of @message: the content of a message. Long conversations are nearly all of the
 * body, so nothing of it is walked twice. */
static gboolean
walk_content (Walk *self, JumpJsonCursor *message, guint i, GError **error)
{
  JumpJsonCursor blocks;
  guint j = 0;

  jump_json_cursor_enter (message, &blocks);
  for (; jump_json_cursor_next_key (&blocks, NULL); j++)
    {
      JumpAnthropicBlock block;

      if (*blocks.position != '{')
        return fail (error, "messages[%u].content[%u]: expected object", i, j);
      jump_anthropic_block_take (&block, &blocks);
      note_block (self->facts, &block);
      jump_anthropic_turn_add_block (&self->turn, &block);
    }
  jump_json_cursor_leave (message, &blocks);
  return TRUE;
}

/* The value in front of @message. */
static gboolean
take_content (Walk *self, JumpJsonCursor *message, guint i, GError **error)
{
  JumpJsonSpan text;

  if (*message->position == '[')
    return walk_content (self, message, i, error);
  text = jump_json_cursor_take_value (message);
  if (jump_json_span_kind (text) != JUMP_JSON_STRING)
    return fail (error, "messages[%u].content: expected string or array", i);
  self->facts->text_bytes += text_length (text);
  jump_anthropic_turn_add_text (&self->turn, text);
  return TRUE;
}

static gboolean
check_message (JumpJsonSpan role, gboolean has_content, guint i, GError **error)
{
  if (!jump_json_span_equals (role, "user") && !jump_json_span_equals (role, "assistant") &&
      !jump_json_span_equals (role, "system"))
    return fail (error, "messages[%u].role: expected user, assistant or system", i);
  return has_content || fail (error, "messages[%u].content: expected string or array", i);
}

/* The object in front of @messages. */
static gboolean
walk_message (Walk *self, JumpJsonCursor *messages, guint i, GError **error)
{
  JumpJsonSpan role = { NULL, 0 };
  gboolean has_content = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan name;

  jump_json_cursor_enter (messages, &cursor);
  while (jump_json_cursor_next_key (&cursor, &name))
    {
      if (jump_json_span_equals (name, "content"))
        {
          has_content = TRUE;
          if (!take_content (self, &cursor, i, error))
            return FALSE;
        }
      else if (jump_json_span_equals (name, "role"))
        role = jump_json_cursor_take_value (&cursor);
      else
        jump_json_cursor_take_value (&cursor);
    }
  jump_json_cursor_leave (messages, &cursor);
  if (!check_message (role, has_content, i, error))
    return FALSE;
  jump_anthropic_turn_end_message (&self->turn, role);
  return TRUE;
}

static gboolean
walk_messages (Walk *self, JumpJsonSpan messages, GError **error)
{
  JumpJsonCursor cursor;

  if (jump_json_span_kind (messages) != JUMP_JSON_ARRAY)
    return fail (error, "messages: expected array");
  jump_json_cursor_init (&cursor, messages);
  while (jump_json_cursor_next_key (&cursor, NULL))
    {
      if (*cursor.position != '{')
        return fail (error, "messages[%u]: expected object", self->facts->n_messages);
      if (!walk_message (self, &cursor, self->facts->n_messages, error))
        return FALSE;
      self->facts->n_messages++;
    }
  return self->facts->n_messages > 0 || fail (error, "messages: expected at least one");
}

static gboolean
walk_system (Walk *self, JumpJsonSpan system, GError **error)
{
  JumpJsonKind kind = jump_json_span_kind (system);
  JumpJsonCursor cursor;
  JumpJsonSpan block;

  if (kind != JUMP_JSON_NULL && kind != JUMP_JSON_STRING && kind != JUMP_JSON_ARRAY)
    return fail (error, "system: expected string or array");
  walk_blocks (self->facts, system);
  if (kind == JUMP_JSON_STRING)
    jump_anthropic_turn_add_system_text (&self->turn, system);
  jump_json_cursor_init (&cursor, system);
  while (jump_json_cursor_next (&cursor, NULL, &block))
    jump_anthropic_turn_add_system_text (&self->turn, jump_json_find_member (block, "text"));
  return TRUE;
}

static gboolean
walk_tools (JumpRequestFacts *facts, JumpJsonSpan tools, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  if (jump_json_span_kind (tools) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return fail (error, "tools: expected array");
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    {
      if (jump_json_span_kind (tool) != JUMP_JSON_OBJECT)
        return fail (error, "tools[%u]: expected object", facts->n_tools);
      take_tool_name (facts, jump_json_find_member (tool, "name"));
      facts->text_bytes += tool.length;
      facts->n_tools++;
    }
  return jump_request_facts_check_n_tools (facts->n_tools, error);
}

static gboolean
check_scalars (JumpRequestFacts *facts, const Request *request, GError **error)
{
  JumpJsonKind stream = jump_json_span_kind (request->stream);

  if (request->model.start != NULL && jump_json_span_kind (request->model) != JUMP_JSON_STRING)
    return fail (error, "model: expected string");
  if (stream != JUMP_JSON_TRUE && stream != JUMP_JSON_FALSE && stream != JUMP_JSON_NULL)
    return fail (error, "stream: expected boolean");
  facts->stream = stream == JUMP_JSON_TRUE;
  return TRUE;
}

/**
 * jump_anthropic_scan:
 * @facts: (out caller-allocates): its spans point into @data
 * @data: a request body, not terminated
 * @length: bytes of @data
 * @error: a body that is no JSON gives "invalid JSON at byte …", every other message begins with the
 *   place
 *
 * Returns: whether the request can go on
 */
gboolean
jump_anthropic_scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error)
{
  Request request = { 0 };
  Walk walk = { .facts = facts };
  gint64 max_tokens = -1;

  memset (facts, 0, sizeof *facts);
  if (!jump_json_validate_request (data, length, NULL, on_member_found, &request, error))
    return FALSE;
  facts->object = jump_json_span_trim (data, length);
  if (jump_json_span_kind (facts->object) != JUMP_JSON_OBJECT)
    return fail (error, "body: expected object");
  facts->model_key = request.model_key;
  facts->model = request.model;
  facts->n = 1;
  facts->include_usage = TRUE;
  if (!check_scalars (facts, &request, error) || !walk_system (&walk, request.system, error) ||
      !walk_tools (facts, request.tools, error) || !walk_messages (&walk, request.messages, error))
    return FALSE;
  facts->session = jump_json_find_member (request.metadata, "user_id");
  facts->is_session_person = TRUE;
  jump_json_span_get_int (request.max_tokens, &max_tokens);
  jump_anthropic_turn_decide (&walk.turn, max_tokens, facts->n_tools, facts);
  return TRUE;
}
