/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/limits.h"
#include "service/conversation/tool-names.h"
#include "service/dialects/json-field.h"
#include "service/dialects/json-splice.h"
#include "service/dialects/openai-responses.h"

/* What Codex's own prompt for summing up its conversation begins with. */
#define COMPACTION_PROMPT "You are performing a CONTEXT CHECKPOINT COMPACTION."

/* Upstream refuses longer ones. */
#define MAX_CALL_ID 64

/* What Codex writes about a turn, as JSON inside of a string. */
#define TURN_METADATA "x-codex-turn-metadata"

typedef struct
{
  JumpRequestFacts *facts;
  JumpJsonSpan input;
  JumpJsonSpan instructions;
  JumpJsonSpan tools;
  JumpJsonSpan stream;
  JumpJsonSpan store;
  JumpJsonSpan cache_key;
  JumpJsonSpan client_metadata;
} Scan;

/* What counts of one input item. */
typedef struct
{
  JumpJsonSpan type;
  JumpJsonSpan role;
  JumpJsonSpan content;
  JumpJsonSpan name;
  JumpJsonSpan call_id;
} Item;

static void
on_member_found (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  Scan *self = user_data;
  JumpRequestFacts *facts = self->facts;

  if (jump_json_span_equals (key, "model"))
    {
      facts->model_key = key;
      facts->model = value;
    }
  else if (jump_json_span_equals (key, "input"))
    self->input = value;
  else if (jump_json_span_equals (key, "instructions"))
    self->instructions = value;
  else if (jump_json_span_equals (key, "tools"))
    self->tools = value;
  else if (jump_json_span_equals (key, "stream"))
    self->stream = value;
  else if (jump_json_span_equals (key, "store"))
    self->store = value;
  else if (jump_json_span_equals (key, "previous_response_id"))
    facts->previous_response_id = value;
  else if (jump_json_span_equals (key, "prompt_cache_key"))
    self->cache_key = value;
  else if (jump_json_span_equals (key, "client_metadata"))
    self->client_metadata = value;
}

/* Texts that the model reads, unlike addresses, ids, names of types and encrypted state. */
static gboolean
is_text_key (JumpJsonSpan key)
{
  static const char *const others[] = {
    "type",
    "role",
    "id",
    "call_id",
    "status",
    "detail",
    "image_url",
    "file_data",
    "file_url",
    "file_id",
    "summary",
    "filename",
    "encrypted_content",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (jump_json_span_equals (key, others[i]))
        return FALSE;
    }
  return TRUE;
}

static void
note_string (JumpRequestFacts *facts, JumpJsonSpan key, JumpJsonSpan value)
{
  if (key.start != NULL && jump_splice_key_is (key, "type") &&
      (jump_json_span_equals (value, "input_image") ||
       jump_json_span_equals (value, "computer_screenshot") ||
       jump_json_span_equals (value, "image_url")))
    {
      facts->n_images++;
      facts->has_image = TRUE;
    }
  else if (key.start == NULL || is_text_key (key))
    facts->text_bytes += value.length - 2;
}

/* Takes the value in front of @cursor, however deep. The recursion ends at JUMP_LIMIT_JSON_DEPTH. */
static JumpJsonSpan
take_value (JumpRequestFacts *facts, JumpJsonCursor *cursor, JumpJsonSpan key)
{
  JumpJsonCursor inner;
  JumpJsonSpan inner_key = { NULL, 0 };
  JumpJsonSpan value;

  if (!jump_json_cursor_is_at_container (cursor))
    {
      value = jump_json_cursor_take_value (cursor);
      if (jump_json_span_kind (value) == JUMP_JSON_STRING)
        note_string (facts, key, value);
      return value;
    }
  jump_json_cursor_enter (cursor, &inner);
  while (jump_json_cursor_next_key (&inner, &inner_key))
    take_value (facts, &inner, inner_key);
  return jump_json_cursor_leave (cursor, &inner);
}

static void
check_name (JumpRequestFacts *facts, JumpJsonSpan name)
{
  if (jump_json_span_kind (name) == JUMP_JSON_STRING &&
      !jump_tool_name_is_fine (name.start + 1, name.length - 2))
    facts->has_odd_tool_names = TRUE;
}

/* Ids that other models' replies made longer than upstream takes: our own writer shortens them. */
static void
check_call_id (JumpRequestFacts *facts, JumpJsonSpan id)
{
  if (jump_json_span_kind (id) == JUMP_JSON_STRING && id.length - 2 > MAX_CALL_ID)
    facts->has_odd_tool_names = TRUE;
}

/* Tools in namespaces keep their names there, so that each is judged alone. */
static gboolean
scan_tools (JumpRequestFacts *facts, JumpJsonSpan tools, const char *path, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan tool;

  if (jump_json_span_kind (tools) == JUMP_JSON_NULL)
    return TRUE;
  if (jump_json_span_kind (tools) != JUMP_JSON_ARRAY)
    return jump_json_field_refuse (error, path, "array");
  jump_json_cursor_init (&cursor, tools);
  while (jump_json_cursor_next (&cursor, NULL, &tool))
    {
      JumpJsonSpan type = jump_json_find_member (tool, "type");

      if (jump_json_span_equals (type, "namespace"))
        {
          JumpJsonSpan inner = jump_json_find_member (tool, "tools");

          check_name (facts, jump_json_find_member (tool, "name"));
          if (!scan_tools (facts, inner, "tools.tools", error))
            return FALSE;
          continue;
        }
      facts->n_tools++;
      facts->text_bytes += tool.length;
      if (jump_json_span_equals (type, "function") || jump_json_span_equals (type, "custom"))
        check_name (facts, jump_json_find_member (tool, "name"));
    }
  return TRUE;
}

static void
scan_item (JumpRequestFacts *facts, JumpJsonCursor *items, Item *item, JumpJsonSpan *out_tools)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key;

  memset (item, 0, sizeof *item);
  *out_tools = (JumpJsonSpan){ NULL, 0 };
  jump_json_cursor_enter (items, &cursor);
  while (jump_json_cursor_next_key (&cursor, &key))
    {
      JumpJsonSpan value;

      if (jump_json_span_equals (key, "tools"))
        {
          *out_tools = jump_json_cursor_take_value (&cursor);
          continue;
        }
      value = take_value (facts, &cursor, key);
      if (jump_json_span_equals (key, "type"))
        item->type = value;
      else if (jump_json_span_equals (key, "role"))
        item->role = value;
      else if (jump_json_span_equals (key, "content"))
        item->content = value;
      else if (jump_json_span_equals (key, "name"))
        item->name = value;
      else if (jump_json_span_equals (key, "call_id"))
        item->call_id = value;
    }
  jump_json_cursor_leave (items, &cursor);
}

/* Texts of the system and lists of tools may stand behind the turn that counts. */
static gboolean
is_turn (const Item *item)
{
  return !jump_json_span_equals (item->role, "developer") &&
         !jump_json_span_equals (item->role, "system") &&
         !jump_json_span_equals (item->type, "additional_tools") &&
         !jump_json_span_equals (item->type, "item_reference");
}

/* The last text of a content, which is where prompts stand behind all that clients put in front. */
static JumpJsonSpan
last_text (JumpJsonSpan content)
{
  JumpJsonSpan text = { NULL, 0 };
  JumpJsonCursor cursor;
  JumpJsonSpan part;

  if (jump_json_span_kind (content) == JUMP_JSON_STRING)
    return content;
  jump_json_cursor_init (&cursor, content);
  while (!cursor.is_object && jump_json_cursor_next (&cursor, NULL, &part))
    {
      JumpJsonSpan found = jump_json_find_member (part, "text");

      if (jump_json_span_kind (found) == JUMP_JSON_STRING)
        text = found;
    }
  return text;
}

static gboolean
is_compaction_prompt (JumpJsonSpan text)
{
  gsize length = sizeof COMPACTION_PROMPT - 1;

  return text.length > length + 2 && memcmp (text.start + 1, COMPACTION_PROMPT, length) == 0;
}

/* protocol 5.2: a person's turn is a last item that is a message of role user. */
static void
judge_last (JumpRequestFacts *facts, const Item *last)
{
  facts->from_agent = !jump_json_span_equals (last->role, "user");
  if (jump_json_span_equals (last->type, "compaction_trigger") ||
      (!facts->from_agent && is_compaction_prompt (last_text (last->content))))
    {
      facts->turn = JUMP_TURN_COMPACTION;
      facts->from_agent = TRUE;
    }
}

static gboolean
refuse_item (JumpRequestFacts *facts, GError **error)
{
  g_autofree char *path = g_strdup_printf ("input[%u]", facts->n_messages);

  return jump_json_field_refuse (error, path, "object");
}

static gboolean
scan_items (JumpRequestFacts *facts, JumpJsonSpan input, GError **error)
{
  JumpJsonCursor cursor;
  Item last = { .type = { NULL, 0 } };
  Item item;
  JumpJsonSpan tools;

  jump_json_cursor_init (&cursor, input);
  while (jump_json_cursor_next_key (&cursor, NULL))
    {
      if (*cursor.position != '{')
        return refuse_item (facts, error);
      scan_item (facts, &cursor, &item, &tools);
      if (!scan_tools (facts, tools, "input.tools", error))
        return FALSE;
      if (jump_json_span_equals (item.type, "function_call") ||
          jump_json_span_equals (item.type, "custom_tool_call"))
        check_name (facts, item.name);
      check_call_id (facts, item.call_id);
      if (jump_json_span_equals (item.type, "item_reference"))
        facts->has_references = TRUE;
      if (is_turn (&item))
        last = item;
      facts->n_messages++;
    }
  if (last.type.start != NULL || last.role.start != NULL)
    judge_last (facts, &last);
  return TRUE;
}

static gboolean
scan_input (Scan *self, GError **error)
{
  JumpRequestFacts *facts = self->facts;
  gboolean goes_on = facts->previous_response_id.start != NULL;

  switch (jump_json_span_kind (self->input))
    {
    case JUMP_JSON_STRING:
      facts->n_messages = 1;
      facts->text_bytes += self->input.length - 2;
      if (is_compaction_prompt (self->input))
        {
          facts->turn = JUMP_TURN_COMPACTION;
          facts->from_agent = TRUE;
        }
      return TRUE;
    case JUMP_JSON_ARRAY:
      if (!scan_items (facts, self->input, error))
        return FALSE;
      if (facts->n_messages > 0 || goes_on)
        return TRUE;
      return jump_json_field_refuse (error, "input", "at least one item");
    case JUMP_JSON_NULL:
      if (goes_on)
        return TRUE;
      break;
    case JUMP_JSON_FALSE:
    case JUMP_JSON_TRUE:
    case JUMP_JSON_NUMBER:
    case JUMP_JSON_OBJECT:
      break;
    }
  return jump_json_field_refuse (error, "input", "string or array");
}

/* Sub-agents and summaries of Codex say so themselves. */
static void
scan_client_metadata (Scan *self)
{
  g_autofree char *text =
      jump_json_span_dup_string (jump_json_find_member (self->client_metadata, TURN_METADATA));
  JumpRequestFacts *facts = self->facts;
  JumpJsonSpan turn;

  if (text == NULL || !jump_json_validate (text, strlen (text), JUMP_LIMIT_JSON_DEPTH, NULL))
    return;
  turn = jump_json_span_trim (text, strlen (text));
  if (jump_json_span_equals (jump_json_find_member (turn, "request_kind"), "compaction"))
    facts->turn = JUMP_TURN_COMPACTION;
  else if (facts->turn == JUMP_TURN_NORMAL &&
           jump_json_span_equals (jump_json_find_member (turn, "thread_source"), "subagent"))
    facts->turn = JUMP_TURN_SUBAGENT;
  if (facts->turn != JUMP_TURN_NORMAL)
    facts->from_agent = TRUE;
}

static gboolean
scan_fields (Scan *self, GError **error)
{
  JumpRequestFacts *facts = self->facts;
  gboolean store = TRUE;

  if (facts->model.start != NULL && jump_json_span_kind (facts->model) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "model", "string");
  if (!jump_json_field_boolean (self->stream, "stream", &facts->stream, error) ||
      !jump_json_field_boolean (self->store, "store", &store, error))
    return FALSE;
  facts->is_stored = store;
  if (jump_json_span_kind (facts->previous_response_id) == JUMP_JSON_NULL)
    facts->previous_response_id = (JumpJsonSpan){ NULL, 0 };
  else if (jump_json_span_kind (facts->previous_response_id) != JUMP_JSON_STRING)
    return jump_json_field_refuse (error, "previous_response_id", "string");
  if (jump_json_span_kind (self->cache_key) == JUMP_JSON_STRING)
    facts->session = self->cache_key;
  if (jump_json_span_kind (self->instructions) == JUMP_JSON_STRING)
    facts->text_bytes += self->instructions.length - 2;
  return TRUE;
}

/**
 * jump_responses_scan:
 * @facts: (out caller-allocates): what was found; spans point into @data
 * @data: a request body, not terminated
 * @length: bytes of @data
 * @error: JUMP_ERROR_BAD_REQUEST; messages name the field
 *
 * Some clients say the role of a message twice (P-07), which harms nobody while both are the same. Input
 * may be missing where an earlier response is to be gone on with.
 *
 * Returns: whether a way can be chosen for it
 */
gboolean
jump_responses_scan (JumpRequestFacts *facts, const char *data, gsize length, GError **error)
{
  Scan self = { .facts = facts };

  memset (facts, 0, sizeof *facts);
  facts->n = 1;
  facts->include_usage = TRUE;
  if (!jump_json_validate_request (data, length, "role", on_member_found, &self, error))
    return FALSE;
  facts->object = jump_json_span_trim (data, length);
  if (jump_json_span_kind (facts->object) != JUMP_JSON_OBJECT)
    return jump_json_field_refuse (error, "body", "object");
  if (!scan_fields (&self, error) || !scan_tools (facts, self.tools, "tools", error) ||
      !scan_input (&self, error) || !jump_request_facts_check_n_tools (facts->n_tools, error))
    return FALSE;
  scan_client_metadata (&self);
  return TRUE;
}
