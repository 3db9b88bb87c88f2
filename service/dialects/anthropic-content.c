/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-content.h"

#include "service/base/error.h"
#include "service/dialects/anthropic-block.h"
#include "service/dialects/anthropic-call-id.h"

typedef gboolean (*ReadFunc) (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error);

static gboolean
fail (GError **error, const char *name, const char *expected)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, ".%s: expected %s", name, expected);
  return FALSE;
}

static gboolean
need_string (JumpJsonSpan value, const char *name, char **out_text, GError **error)
{
  *out_text = jump_json_span_dup_string (value);
  return *out_text != NULL || fail (error, name, "string");
}

/* An id or a name: nothing works without. */
static gboolean
need_word (JumpJsonSpan value, const char *name, char **out_text, GError **error)
{
  if (jump_json_span_is_empty_string (value))
    return fail (error, name, "a string that is not empty");
  return need_string (value, name, out_text, error);
}

static JumpPart *
add (GPtrArray *parts, JumpPartKind kind, const JumpAnthropicBlock *block)
{
  JumpPart *part = jump_part_new (kind);

  part->cache_marker = jump_anthropic_dup_json (block->cache_control);
  g_ptr_array_add (parts, part);
  return part;
}

static gboolean
read_text (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error)
{
  JumpPart *part = add (parts, JUMP_PART_TEXT, block);

  part->annotations = jump_anthropic_dup_json (block->citations);
  return need_string (block->text, "text", &part->text, error);
}

/* base64, url and file are the same for images and documents. */
static gboolean
read_source (JumpPart *part, JumpJsonSpan source, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (source, "type");

  if (jump_json_span_equals (type, "base64"))
    {
      part->media_type = jump_json_span_dup_string (jump_json_find_member (source, "media_type"));
      return need_string (jump_json_find_member (source, "data"),
                          "source.data",
                          &part->data,
                          error);
    }
  if (jump_json_span_equals (type, "url"))
    {
      g_autofree char *url = jump_json_span_dup_string (jump_json_find_member (source, "url"));

      if (url == NULL)
        return fail (error, "source.url", "string");
      jump_part_set_address (part, url);
      return TRUE;
    }
  if (jump_json_span_equals (type, "file"))
    return need_word (jump_json_find_member (source, "file_id"),
                      "source.file_id",
                      &part->file_id,
                      error);
  return fail (error, "source.type", "base64, url or file");
}

static gboolean
read_image (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error)
{
  return read_source (add (parts, JUMP_PART_IMAGE, block), block->source, error);
}

static void
add_heading (GPtrArray *parts, JumpJsonSpan heading)
{
  g_autofree char *text = jump_json_span_dup_string (heading);

  if (text != NULL && *text != '\0')
    g_ptr_array_add (parts, jump_part_new_text (text));
}

/* Plain text is text for every model, so a document of it needs nobody who knows documents. */
static gboolean
read_document (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error)
{
  JumpJsonSpan type = jump_json_find_member (block->source, "type");
  JumpPart *part;

  if (jump_json_span_equals (type, "text") || jump_json_span_equals (type, "content"))
    {
      gboolean is_text = jump_json_span_equals (type, "text");

      add_heading (parts, block->title);
      add_heading (parts, block->context);
      if (!is_text)
        return jump_anthropic_content_read (jump_json_find_member (block->source, "content"),
                                            ".source.content",
                                            parts,
                                            error);
      part = add (parts, JUMP_PART_TEXT, block);
      return need_string (jump_json_find_member (block->source, "data"),
                          "source.data",
                          &part->text,
                          error);
    }
  add_heading (parts, block->context);
  part = add (parts, JUMP_PART_FILE, block);
  part->file_name = jump_json_span_dup_string (block->title);
  return read_source (part, block->source, error);
}

static gboolean
read_search_result (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error)
{
  add_heading (parts, block->title);
  add_heading (parts, block->source);
  return jump_anthropic_content_read (block->content, ".content", parts, error);
}

static gboolean
read_thinking (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error)
{
  JumpPart *part = add (parts, JUMP_PART_REASONING, block);
  g_autofree char *signature = jump_json_span_dup_string (block->signature);

  /* An envelope that cannot be opened leaves the text, which is worth something still. */
  jump_reasoning_state_open (&part->state, signature, JUMP_REASONING_SIGNATURE);
  return need_string (block->thinking, "thinking", &part->text, error);
}

static gboolean
read_redacted_thinking (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error)
{
  g_autofree char *data = NULL;

  if (!need_string (block->data, "data", &data, error))
    return FALSE;
  jump_reasoning_state_open (&add (parts, JUMP_PART_REASONING, block)->state,
                             data,
                             JUMP_REASONING_REDACTED);
  return TRUE;
}

static gboolean
read_tool_use (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error)
{
  JumpPart *part = add (parts, JUMP_PART_TOOL_CALL, block);
  JumpJsonKind kind = jump_json_span_kind (block->input);

  if (kind != JUMP_JSON_OBJECT && kind != JUMP_JSON_NULL)
    return fail (error, "input", "object");
  part->tool_kind = JUMP_TOOL_FUNCTION;
  part->arguments =
      kind == JUMP_JSON_NULL ? g_strdup ("{}") : jump_anthropic_dup_json (block->input);
  if (!need_word (block->id, "id", &part->call_id, error) ||
      !need_word (block->name, "name", &part->name, error))
    return FALSE;
  part->call_state = jump_anthropic_call_id_open (part->call_id);
  return TRUE;
}

static gboolean
read_tool_result (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error)
{
  JumpPart *part = add (parts, JUMP_PART_TOOL_RESULT, block);

  part->tool_kind = JUMP_TOOL_FUNCTION;
  part->is_error = jump_json_span_kind (block->is_error) == JUMP_JSON_TRUE;
  part->content = g_ptr_array_new_with_free_func ((GDestroyNotify) jump_part_free);
  if (!need_word (block->tool_use_id, "tool_use_id", &part->call_id, error))
    return FALSE;
  g_free (jump_anthropic_call_id_open (part->call_id)); /* it belongs to the call */
  return jump_json_span_kind (block->content) == JUMP_JSON_NULL ||
         jump_anthropic_content_read (block->content, ".content", part->content, error);
}

/* What a client's own search for tools answers. Other upstreams get every definition anyway and only
 * have to see that the search found something. */
static gboolean
read_tool_reference (const JumpAnthropicBlock *block, GPtrArray *parts, GError **error)
{
  g_autofree char *name = NULL;

  if (!need_word (block->tool_name, "tool_name", &name, error))
    return FALSE;
  add (parts, JUMP_PART_TEXT, block)->text =
      g_strdup_printf ("The tool %s is available now.", name);
  return TRUE;
}

static const struct
{
  const char *type;
  ReadFunc read;
} readers[] = {
  { "text", read_text },
  { "tool_use", read_tool_use },
  { "tool_result", read_tool_result },
  { "thinking", read_thinking },
  { "redacted_thinking", read_redacted_thinking },
  { "image", read_image },
  { "document", read_document },
  { "search_result", read_search_result },
  { "tool_reference", read_tool_reference },
};

static gboolean
read_block (JumpJsonSpan span, GPtrArray *parts, GError **error)
{
  JumpAnthropicBlock block;
  JumpPart *part;

  if (jump_json_span_kind (span) != JUMP_JSON_OBJECT)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, ": expected object");
      return FALSE;
    }
  jump_anthropic_block_read (&block, span);
  if (jump_json_span_kind (block.type) != JUMP_JSON_STRING)
    return fail (error, "type", "string");
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      if (jump_json_span_equals (block.type, readers[i].type))
        return readers[i].read (&block, parts, error);
    }
  part = add (parts, JUMP_PART_OTHER, &block);
  part->type = jump_json_span_dup_string (block.type);
  part->json = jump_anthropic_dup_json (span);
  return TRUE;
}

/**
 * jump_anthropic_dup_json:
 *
 * Returns: (transfer full) (nullable)
 */
char *
jump_anthropic_dup_json (JumpJsonSpan value)
{
  if (jump_json_span_kind (value) == JUMP_JSON_NULL)
    return NULL;
  return g_strndup (value.start, value.length);
}

/**
 * jump_anthropic_content_read:
 * @content: of validated text
 * @name: of the member; inside another block's with a dot in front
 * @parts: (element-type JumpPart): one more per block, mostly
 * @error: "content[1].text: expected string"
 *
 * The recursion into tool results and documents ends at JUMP_LIMIT_JSON_DEPTH.
 *
 * Returns: whether everything was understood
 */
gboolean
jump_anthropic_content_read (JumpJsonSpan content,
                             const char *name,
                             GPtrArray *parts,
                             GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan block;
  g_autofree char *text = jump_json_span_dup_string (content);

  if (text != NULL)
    {
      g_ptr_array_add (parts, jump_part_new_text (text));
      return TRUE;
    }
  if (jump_json_span_kind (content) != JUMP_JSON_ARRAY)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected string or array", name);
      return FALSE;
    }
  jump_json_cursor_init (&cursor, content);
  for (guint i = 0; jump_json_cursor_next (&cursor, NULL, &block); i++)
    {
      if (!read_block (block, parts, error))
        {
          g_prefix_error (error, "%s[%u]", name, i);
          return FALSE;
        }
    }
  return TRUE;
}
