/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/models/model-entry.h"

#include "service/base/json-read.h"

#include <string.h>

static gboolean
text_means_yes (const char *text)
{
  static const char *const no[] = {
    "", "0", "false", "no", "none", "off", "disabled", "unsupported",
  };

  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    {
      if (g_ascii_strcasecmp (text, no[i]) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
object_means_yes (JsonObject *object)
{
  static const char *const members[] = { "supported", "enabled" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (json_object_has_member (object, members[i]))
        return jump_json_get_boolean (object, members[i], TRUE);
    }
  return json_object_get_size (object) > 0;
}

static gboolean
node_means_yes (JsonNode *node)
{
  GType type;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) > 0;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return object_means_yes (json_node_get_object (node));
  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return text_means_yes (json_node_get_string (node));
  if (type == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  return json_node_get_double (node) > 0;
}

/* Paths come as "/chat/completions" and, on older entries, as "/v1/chat/completions". "ws:" is the
 * websocket face of /responses, which stands in the list as well where plain HTTP works. */
static JumpModelEndpoints
parse_endpoint (const char *path)
{
  static const struct
  {
    const char *path;
    JumpModelEndpoints endpoint;
  } known[] = {
    { "chat/completions", JUMP_ENDPOINT_CHAT },
    { "responses", JUMP_ENDPOINT_RESPONSES },
    { "messages", JUMP_ENDPOINT_MESSAGES },
    { "embeddings", JUMP_ENDPOINT_EMBEDDINGS },
  };
  gsize length;

  if (*path == '/')
    path++;
  if (g_ascii_strncasecmp (path, "v1/", 3) == 0)
    path += 3;
  length = strlen (path);
  if (length > 0 && path[length - 1] == '/')
    length--;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (strlen (known[i].path) == length &&
          g_ascii_strncasecmp (path, known[i].path, length) == 0)
        return known[i].endpoint;
    }
  return 0;
}

/**
 * jump_model_entry_says_yes:
 * @object: (nullable): where it stands, "supports" mostly
 * @member: its name
 *
 * Flags are absent rather than false and were seen as booleans, strings, numbers, lists and objects
 * (protocol 4.2). A list or an object counts when it holds something, a string unless it says no
 * ("unsupported"), a number when it is above zero.
 */
gboolean
jump_model_entry_says_yes (JsonObject *object, const char *member)
{
  return object != NULL && node_means_yes (json_object_get_member (object, member));
}

/**
 * jump_model_entry_read_endpoints:
 * @entry: the entry
 * @kind: its capabilities.type, "chat" where it is absent
 *
 * Entries without a list are old ones and mean /chat/completions, or /embeddings for embedding
 * models (protocol 4.2). Completion models without a list answer on none of ours.
 */
JumpModelEndpoints
jump_model_entry_read_endpoints (JsonObject *entry, const char *kind)
{
  JsonArray *list = jump_json_get_array (entry, "supported_endpoints");
  guint length = list == NULL ? 0 : json_array_get_length (list);
  JumpModelEndpoints endpoints = 0;

  if (length == 0 && g_ascii_strcasecmp (kind, "chat") == 0)
    return JUMP_ENDPOINT_CHAT;
  if (length == 0 && g_ascii_strcasecmp (kind, "embeddings") == 0)
    return JUMP_ENDPOINT_EMBEDDINGS;
  for (guint i = 0; i < length; i++)
    {
      const char *path = jump_json_array_get_string (list, i);

      if (path != NULL)
        endpoints |= parse_endpoint (path);
    }
  return endpoints;
}
