/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/settings-order.h"

#include "service/settings/settings-change.h"
#include "service/settings/settings-table.h"

static G_GNUC_PRINTF (3, 4) void add_mistake (GPtrArray *mistakes,
                                              const char *name,
                                              const char *format,
                                              ...)
{
  g_autofree char *words = NULL;
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  message = g_strdup_printf ("%s: %s", name, words);
  jump_settings_changes_add (mistakes, name, message);
}

/* Returns: (transfer full) (nullable): NULL: not all of them are texts without a comma */
static char *
join_list (JsonArray *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
          strchr (json_node_get_string (node), ',') != NULL)
        return NULL;
      g_string_append_printf (text, "%s%s", i == 0 ? "" : ",", json_node_get_string (node));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether @type is written in JSON as @value is. */
static gboolean
takes (JumpSettingType type, GType value)
{
  if (value == G_TYPE_STRING)
    return TRUE;
  if (value == G_TYPE_BOOLEAN)
    return type == JUMP_SETTING_BOOLEAN;
  return value == G_TYPE_INT64 && type == JUMP_SETTING_INT;
}

static const char *
describe_type (JumpSettingType type)
{
  switch (type)
    {
    case JUMP_SETTING_BOOLEAN:
      return "true or false";
    case JUMP_SETTING_INT:
      return "a whole number";
    case JUMP_SETTING_HOSTS:
    case JUMP_SETTING_ORIGINS:
      return "a text, or a list of texts without commas";
    case JUMP_SETTING_STRING:
    case JUMP_SETTING_CHOICE:
    case JUMP_SETTING_URL:
    case JUMP_SETTING_PROXY:
    case JUMP_SETTING_ADDRESS:
      return "a text";
    }
  return "a text";
}

/* Returns: (transfer full) (nullable): NULL when @type is not written so */
static char *
node_to_text (JsonNode *node, JumpSettingType type)
{
  if (JSON_NODE_HOLDS_ARRAY (node) &&
      (type == JUMP_SETTING_HOSTS || type == JUMP_SETTING_ORIGINS || type == JUMP_SETTING_STRING))
    return join_list (json_node_get_array (node));
  if (!JSON_NODE_HOLDS_VALUE (node) || !takes (type, json_node_get_value_type (node)))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return json_node_dup_string (node);
}

/* What is no name of a setting is found wrong by those who know all of them. */
static void
read_value (const char *name, JsonNode *node, GPtrArray *changes, GPtrArray *mistakes)
{
  JumpSettingKey key;
  JumpSettingType type = JUMP_SETTING_STRING;
  JumpSettingTable table;
  const char *row;
  g_autofree char *text = NULL;

  if (jump_setting_find (name, &key))
    type = jump_setting_row (key)->type;
  if (JSON_NODE_HOLDS_NULL (node))
    {
      jump_settings_changes_add (changes, name, NULL);
      return;
    }
  text = node_to_text (node, type);
  if (text == NULL)
    add_mistake (mistakes, name, "expected %s", describe_type (type));
  else if (*text == '\0' && jump_settings_change_find_table (name, &table, &row))
    add_mistake (mistakes, name, "expected a text, or null to remove it");
  else
    jump_settings_changes_add (changes, name, text);
}

void
jump_settings_order_read_table (JumpSettingTable table,
                                JsonObject *rows,
                                GPtrArray *changes,
                                GPtrArray *mistakes)
{
  const char *group = jump_setting_table_group (table);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  jump_settings_changes_add (changes, group, NULL);
  json_object_iter_init_ordered (&iter, rows);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *dotted = g_strconcat (group, ".", name, NULL);

      if (JSON_NODE_HOLDS_NULL (node) || *name == '\0')
        add_mistake (mistakes, dotted, "expected a name with a text");
      else
        read_value (dotted, node, changes, mistakes);
    }
}

void
jump_settings_order_read (JsonObject *object,
                          const char *except,
                          GPtrArray *changes,
                          GPtrArray *mistakes)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  JumpSettingTable table;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (g_strcmp0 (name, except) == 0)
        continue;
      if (!jump_setting_table_find (name, &table))
        read_value (name, node, changes, mistakes);
      else if (JSON_NODE_HOLDS_OBJECT (node))
        jump_settings_order_read_table (table, json_node_get_object (node), changes, mistakes);
      else
        add_mistake (mistakes, name, "expected an object of texts");
    }
}
