/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/responses-item-check.h"

#include "service/base/json-read.h"
#include "service/simulator/opaque-id.h"
#include "service/simulator/reasoning-seal.h"
#include "service/simulator/responses-question.h"
#include "service/simulator/responses-refusal.h"

/* What an item of a type is made of: its members, and those of them that must be there. */
typedef struct
{
  const char *type;
  const char *members[8];
  const char *needed[4];
} Shape;

/* All of them may carry type, id and status. */
static const Shape shapes[] = {
  { "message", { "role", "content", "phase" }, { "role", "content" } },
  { "function_call",
    { "call_id", "name", "arguments", "namespace" },
    { "call_id", "name", "arguments" } },
  { "function_call_output", { "call_id", "output" }, { "call_id", "output" } },
  { "custom_tool_call",
    { "call_id", "name", "input", "namespace" },
    { "call_id", "name", "input" } },
  { "custom_tool_call_output", { "call_id", "output", "name" }, { "call_id", "output" } },
  { "reasoning", { "summary", "content", "encrypted_content" }, { "summary" } },
  { "compaction", { "encrypted_content" }, { "encrypted_content" } },
  { "additional_tools", { "role", "tools" }, { "tools" } },
  { "compaction_trigger", { NULL }, { NULL } },
  { "web_search_call", { "action" }, { NULL } },
  { "tool_search_call", { "call_id", "execution", "arguments" }, { "call_id" } },
  { "tool_search_output", { "call_id", "execution", "tools" }, { "call_id", "tools" } },
};

static const Shape *
find_shape (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      if (g_str_equal (shapes[i].type, type))
        return &shapes[i];
    }
  return NULL;
}

static gboolean
is_member (const Shape *shape, const char *name)
{
  static const char *const always[] = { "type", "id", "status", NULL };

  if (g_strv_contains (always, name))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (shape->members); i++)
    {
      if (g_strcmp0 (shape->members[i], name) == 0)
        return TRUE;
    }
  return FALSE;
}

static JumpPlannedReply *
check_members (JsonObject *item, const Shape *shape, const char *path)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, item);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      g_autofree char *full = g_strdup_printf ("%s.%s", path, name);

      if (!is_member (shape, name))
        return jump_responses_refuse_unknown (full);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shape->needed) && shape->needed[i] != NULL; i++)
    {
      g_autofree char *full = g_strdup_printf ("%s.%s", path, shape->needed[i]);

      if (!json_object_has_member (item, shape->needed[i]))
        return jump_responses_refuse_missing (full);
    }
  return NULL;
}

/* Nothing is stored, so ids mean nothing; only that of reasoning may stay, beside what it came with.
 * Ids of its own are told apart from others by the status. */
static JumpPlannedReply *
check_id (JsonObject *item)
{
  const char *id = jump_json_get_string (item, "id", NULL);
  const char *seal = jump_json_get_string (item, "encrypted_content", NULL);

  if (id == NULL || (seal != NULL && jump_opaque_id_belongs_to (id, seal)))
    return NULL;
  return jump_planned_reply_new_error (jump_opaque_id_is_own (id) ? 401 : 400,
                                       "invalid_request_body",
                                       NULL,
                                       "input item ID does not belong to this connection");
}

static JumpPlannedReply *
check_seal (JsonObject *item, JsonObject *model)
{
  const char *type = jump_responses_get_type (item);
  const char *seal = jump_json_get_string (item, "encrypted_content", NULL);
  JumpSealKind kind = g_str_equal (type, "compaction") ? JUMP_SEAL_COMPACTION : JUMP_SEAL_RESPONSES;

  if (seal == NULL || jump_reasoning_seal_check (kind, model, NULL, seal))
    return NULL;
  return jump_planned_reply_new_error (
      400,
      "invalid_request_body",
      NULL,
      "The encrypted content %.16s... could not be verified. Reason: Encrypted content could not be "
      "decrypted or parsed.",
      seal);
}

static JumpPlannedReply *
refuse_value (const char *path, const char *value, const char *supported)
{
  return jump_planned_reply_new_error (400,
                                       "invalid_value",
                                       path,
                                       "Invalid value: '%s'. Supported values are: %s.",
                                       value,
                                       supported);
}

static JumpPlannedReply *
check_part (JsonObject *part, gboolean from_assistant, const char *path)
{
  static const char *const asked[] = { "input_text", "input_image", "input_file", NULL };
  static const char *const said[] = { "output_text", "refusal", NULL };
  g_autofree char *type_path = g_strconcat (path, ".type", NULL);
  g_autofree char *file_path = g_strconcat (path, ".file_id", NULL);
  const char *type = part == NULL ? NULL : jump_json_get_string (part, "type", NULL);

  if (type == NULL)
    return jump_responses_refuse_missing (type_path);
  if (from_assistant && !g_strv_contains (said, type))
    return refuse_value (type_path, type, "'output_text' and 'refusal'");
  if (!from_assistant && !g_strv_contains (asked, type))
    return refuse_value (type_path, type, "'input_text', 'input_image', and 'input_file'");
  if (jump_json_get_string (part, "file_id", NULL) != NULL)
    return jump_planned_reply_new_error (400,
                                         "unsupported_value",
                                         file_path,
                                         "file ids are not supported");
  return NULL;
}

static JumpPlannedReply *
check_parts (JsonObject *item, const char *member, gboolean from_assistant, const char *path)
{
  JsonArray *parts = jump_json_get_array (item, member);
  g_autofree char *full = g_strdup_printf ("%s.%s", path, member);

  if (parts == NULL && jump_json_get_string (item, member, NULL) == NULL)
    return jump_planned_reply_new_error (400,
                                         "invalid_type",
                                         full,
                                         "Invalid type for '%s': expected one of a string or array "
                                         "of objects.",
                                         full);
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      g_autofree char *part_path = g_strdup_printf ("%s[%u]", full, i);
      JumpPlannedReply *reply =
          check_part (jump_json_array_get_object (parts, i), from_assistant, part_path);

      if (reply != NULL)
        return reply;
    }
  return NULL;
}

static JumpPlannedReply *
check_role (JsonObject *item, const char *path)
{
  static const char *const roles[] = { "user", "assistant", "system", "developer", NULL };
  const char *role = jump_json_get_string (item, "role", "");
  g_autofree char *full = g_strconcat (path, ".role", NULL);

  if (g_strv_contains (roles, role))
    return NULL;
  return refuse_value (full, role, "'assistant', 'system', 'developer', and 'user'");
}

/* Arguments are a text, except those of searches among tools. */
static JumpPlannedReply *
check_texts (JsonObject *item, const char *path)
{
  static const char *const texts[] = { "call_id", "name", "input", "arguments" };
  gboolean searches = g_str_has_prefix (jump_responses_get_type (item), "tool_search");

  for (guint i = 0; i < G_N_ELEMENTS (texts) - (searches ? 1 : 0); i++)
    {
      g_autofree char *full = g_strdup_printf ("%s.%s", path, texts[i]);

      if (json_object_has_member (item, texts[i]) &&
          jump_json_get_string (item, texts[i], NULL) == NULL)
        return jump_planned_reply_new_error (400,
                                             "invalid_type",
                                             full,
                                             "Invalid type for '%s': expected a string.",
                                             full);
    }
  return NULL;
}

/**
 * jump_responses_item_check:
 */
JumpPlannedReply *
jump_responses_item_check (JsonObject *item, JsonObject *model, const char *path)
{
  const char *type = jump_responses_get_type (item);
  const Shape *shape = find_shape (type);
  JumpPlannedReply *reply;

  if (shape == NULL)
    return jump_planned_reply_new_error (400,
                                         "invalid_value",
                                         path,
                                         "Invalid value: '%s'. It is not a known type of item.",
                                         type);
  reply = check_members (item, shape, path);
  if (reply == NULL)
    reply = check_texts (item, path);
  if (reply == NULL)
    reply = check_id (item);
  if (reply == NULL)
    reply = check_seal (item, model);
  if (reply == NULL && g_str_equal (type, "message"))
    reply = check_role (item, path);
  if (reply == NULL && g_str_equal (type, "message"))
    reply = check_parts (item,
                         "content",
                         g_str_equal (jump_json_get_string (item, "role", ""), "assistant"),
                         path);
  if (reply == NULL && g_str_has_suffix (type, "_call_output"))
    reply = check_parts (item, "output", FALSE, path);
  return reply;
}
