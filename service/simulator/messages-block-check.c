/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/messages-block-check.h"

#include "service/base/json-read.h"
#include "service/simulator/messages-question.h"
#include "service/simulator/messages-refusal.h"
#include "service/simulator/reasoning-seal.h"
#include "service/simulator/tool-check.h"

#include <string.h>

typedef struct
{
  JsonObject *model;
  const char *path; /* with the block's type at its end, as the backend spells it */
} Place;

typedef struct
{
  const char *type;
  const char *roles; /* who may send it: first letters of the roles, r for results */
  const char *members[8];
  JumpPlannedReply *(*check) (JsonObject *block, const Place *place);
} Kind;

static JumpPlannedReply *
require_text (JsonObject *block, const char *member, const Place *place)
{
  if (jump_json_get_string (block, member, NULL) != NULL)
    return NULL;
  return jump_messages_refuse (place->model, "%s.%s: Field required", place->path, member);
}

static JumpPlannedReply *
check_words (const char *text, JsonObject *model, const char *path)
{
  g_autofree char *words = g_strstrip (g_strdup (text));

  if (*text == '\0')
    return jump_messages_refuse (model, "%s: text content blocks must be non-empty", path);
  if (*words == '\0')
    return jump_messages_refuse (model,
                                 "%s: text content blocks must contain non-whitespace text",
                                 path);
  return NULL;
}

static JumpPlannedReply *
check_text (JsonObject *block, const Place *place)
{
  JumpPlannedReply *reply = require_text (block, "text", place);
  g_auto (GStrv) parts = g_strsplit (place->path, ".", 2);

  if (reply != NULL)
    return reply;
  return check_words (jump_json_get_string (block, "text", ""), place->model, parts[0]);
}

static JumpPlannedReply *
check_source (JsonObject *block, const Place *place)
{
  JsonObject *source = jump_json_get_object (block, "source");
  const char *type = source == NULL ? NULL : jump_json_get_string (source, "type", NULL);

  if (type == NULL)
    return jump_messages_refuse (place->model, "%s.source: Field required", place->path);
  if (g_str_equal (type, "url"))
    return jump_planned_reply_new_error (400, "", NULL, "external image URLs are not supported");
  if (g_str_equal (type, "file"))
    return jump_messages_refuse (
        place->model,
        "%s.source: Input tag 'file' found using 'type' does not match any "
        "of the expected tags: 'base64'",
        place->path);
  if (g_str_equal (type, "base64") && (jump_json_get_string (source, "media_type", NULL) == NULL ||
                                       jump_json_get_string (source, "data", NULL) == NULL))
    return jump_messages_refuse (place->model, "%s.source.base64: Field required", place->path);
  return NULL;
}

static JumpPlannedReply *
check_image (JsonObject *block, const Place *place)
{
  static const char *const types[] = { "image/jpeg", "image/png", "image/gif", "image/webp", NULL };
  JumpPlannedReply *reply = check_source (block, place);
  JsonObject *source = jump_json_get_object (block, "source");

  if (reply != NULL)
    return reply;
  if (g_strv_contains (types, jump_json_get_string (source, "media_type", "")))
    return NULL;
  return jump_messages_refuse (place->model,
                               "%s.source.base64.media_type: Input should be 'image/jpeg', "
                               "'image/png', 'image/gif' or 'image/webp'",
                               place->path);
}

static JumpPlannedReply *
check_tool_use (JsonObject *block, const Place *place)
{
  const char *id = jump_json_get_string (block, "id", NULL);
  const char *name = jump_json_get_string (block, "name", NULL);

  if (id == NULL)
    return jump_messages_refuse (place->model, "%s.id: Field required", place->path);
  if (!jump_tool_name_is_legal (id))
    return jump_messages_refuse (place->model,
                                 "%s.id: String should match pattern '^[a-zA-Z0-9_-]+$'",
                                 place->path);
  if (name == NULL)
    return jump_messages_refuse (place->model, "%s.name: Field required", place->path);
  if (*name == '\0')
    return jump_messages_refuse (place->model,
                                 "%s.name: String should have at least 1 character",
                                 place->path);
  if (jump_json_get_object (block, "input") == NULL)
    return jump_messages_refuse (place->model,
                                 "%s.input: Input should be a valid dictionary",
                                 place->path);
  return NULL;
}

static JumpPlannedReply *
check_tool_result (JsonObject *block, const Place *place)
{
  JsonNode *content = json_object_get_member (block, "content");
  g_autofree char *path = g_strconcat (place->path, ".content", NULL);
  JumpPlannedReply *reply = require_text (block, "tool_use_id", place);

  /* An empty text is a result too. */
  if (reply != NULL || content == NULL || json_node_get_value_type (content) == G_TYPE_STRING)
    return reply;
  return jump_messages_block_check (content, place->model, "result", path);
}

static JumpPlannedReply *
check_thinking (JsonObject *block, const Place *place)
{
  const char *text = jump_json_get_string (block, "thinking", NULL);
  const char *seal = jump_json_get_string (block, "signature", NULL);

  if (text == NULL)
    return jump_messages_refuse (place->model, "%s.thinking: Field required", place->path);
  if (seal == NULL)
    return jump_messages_refuse (place->model, "%s.signature: Field required", place->path);
  if (jump_reasoning_seal_check (JUMP_SEAL_SIGNATURE, place->model, text, seal))
    return NULL;
  return jump_messages_refuse (place->model,
                               "%.*s: Invalid `signature` in `thinking` block",
                               (int) (strrchr (place->path, '.') - place->path),
                               place->path);
}

static JumpPlannedReply *
check_redacted (JsonObject *block, const Place *place)
{
  const char *seal = jump_json_get_string (block, "data", NULL);

  if (seal == NULL)
    return jump_messages_refuse (place->model, "%s.data: Field required", place->path);
  if (jump_reasoning_seal_check (JUMP_SEAL_REDACTED, place->model, NULL, seal))
    return NULL;
  return jump_messages_refuse (place->model,
                               "%.*s: Invalid `data` in `redacted_thinking` block",
                               (int) (strrchr (place->path, '.') - place->path),
                               place->path);
}

static const Kind kinds[] = {
  { "text", "suar", { "type", "text", "cache_control", "citations" }, check_text },
  { "image", "ur", { "type", "source", "cache_control" }, check_image },
  { "document",
    "ur",
    { "type", "source", "title", "context", "citations", "cache_control" },
    check_source },
  { "search_result",
    "ur",
    { "type", "source", "title", "content", "citations", "cache_control" },
    NULL },
  { "tool_reference", "r", { "type", "tool_name" }, NULL },
  { "tool_use", "a", { "type", "id", "name", "input", "cache_control", "caller" }, check_tool_use },
  { "tool_result",
    "u",
    { "type", "tool_use_id", "content", "is_error", "cache_control" },
    check_tool_result },
  { "thinking", "a", { "type", "thinking", "signature" }, check_thinking },
  { "redacted_thinking", "a", { "type", "data" }, check_redacted },
};

static const Kind *
find_kind (const char *type, const char *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].type, type) && strchr (kinds[i].roles, *role) != NULL)
        return &kinds[i];
    }
  return NULL;
}

static JumpPlannedReply *
check_block (JsonObject *block, JsonObject *model, const char *role, const char *path)
{
  const char *type = block == NULL ? "" : jump_messages_get_type (block);
  const Kind *kind = find_kind (type, role);
  g_autofree char *typed = g_strdup_printf ("%s.%s", path, type);
  Place place = { model, *role == 's' ? path : typed };
  const char *members[G_N_ELEMENTS (kind->members) + 1] = { NULL };
  JumpPlannedReply *reply;

  if (kind == NULL)
    return jump_messages_refuse (model,
                                 "%s: Input tag '%s' found using 'type' does not match any of the "
                                 "expected tags",
                                 path,
                                 type);
  for (guint i = 0; i < G_N_ELEMENTS (kind->members); i++)
    members[i] = kind->members[i];
  reply = jump_messages_check_members (model, block, place.path, members);
  if (reply == NULL)
    reply = jump_messages_check_cache (model, block, place.path);
  if (reply == NULL && kind->check != NULL)
    reply = kind->check (block, &place);
  return reply;
}

/**
 * jump_messages_block_check:
 * @content: (nullable): a text or blocks
 * @model: whose backend says it
 * @role: "system", "user", "assistant", or "result" inside a tool's
 * @path: where the content stands
 */
JumpPlannedReply *
jump_messages_block_check (JsonNode *content, JsonObject *model, const char *role, const char *path)
{
  JsonArray *blocks;

  if (content == NULL)
    return jump_messages_refuse (model, "%s: Field required", path);
  if (json_node_get_value_type (content) == G_TYPE_STRING)
    {
      g_auto (GStrv) parts = g_strsplit (path, ".", 2);

      return check_words (json_node_get_string (content), model, parts[0]);
    }
  if (!JSON_NODE_HOLDS_ARRAY (content))
    return jump_messages_refuse (model, "%s: Input should be a valid list", path);
  blocks = json_node_get_array (content);
  for (guint i = 0; i < json_array_get_length (blocks); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s.%u", path, i);
      JumpPlannedReply *reply =
          check_block (jump_json_array_get_object (blocks, i), model, role, inner);

      if (reply != NULL)
        return reply;
    }
  return NULL;
}
