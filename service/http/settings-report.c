/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/settings-report.h"

#include <string.h>

static const char *
type_to_string (JumpSettingType type)
{
  switch (type)
    {
    case JUMP_SETTING_BOOLEAN:
      return "boolean";
    case JUMP_SETTING_INT:
      return "integer";
    case JUMP_SETTING_STRING:
      return "string";
    case JUMP_SETTING_CHOICE:
      return "choice";
    case JUMP_SETTING_URL:
      return "url";
    case JUMP_SETTING_PROXY:
      return "proxy";
    case JUMP_SETTING_ADDRESS:
      return "address";
    case JUMP_SETTING_HOSTS:
      return "hosts";
    case JUMP_SETTING_ORIGINS:
      return "origins";
    }
  return "string";
}

static void
write_value (JumpJsonWriter *writer, const char *name, JumpSettingType type, const char *text)
{
  if (type == JUMP_SETTING_BOOLEAN)
    jump_json_writer_member_boolean (writer, name, g_str_equal (text, "true"));
  else if (type == JUMP_SETTING_INT)
    jump_json_writer_member_int (writer, name, g_ascii_strtoll (text, NULL, 10));
  else
    jump_json_writer_member_string (writer, name, text);
}

/* @words: (nullable): separated by @separator. A list, empty when there are none. */
static void
write_words (JumpJsonWriter *writer, const char *name, const char *words, const char *separator)
{
  g_auto (GStrv) list = g_strsplit (words == NULL ? "" : words, separator, -1);

  jump_json_writer_member (writer, name);
  jump_json_writer_begin_array (writer);
  for (guint i = 0; list[i] != NULL; i++)
    jump_json_writer_string (writer, g_strstrip (list[i]));
  jump_json_writer_end_array (writer);
}

char *
jump_settings_report_dup_value (JumpSettings *settings, JumpSettingKey key)
{
  const char *text = jump_settings_get_string (settings, key);
  const char *scheme_end = strstr (text, "://");
  const char *name = scheme_end != NULL ? scheme_end + strlen ("://") : text;
  const char *host = strrchr (name, '@');
  const char *password = strchr (name, ':');
  g_autofree char *shown = NULL;

  if (jump_setting_row (key)->type != JUMP_SETTING_PROXY || host == NULL || password == NULL ||
      password > host)
    return g_strdup (text);
  shown = g_strndup (text, (gsize) (password - text));
  return g_strconcat (shown, ":***", host, NULL);
}

void
jump_settings_report_write_key (JumpJsonWriter *writer, JumpSettings *settings, JumpSettingKey key)
{
  const JumpSettingRow *row = jump_setting_row (key);
  g_autofree char *dotted = g_strconcat (row->group, ".", row->name, NULL);
  g_autofree char *value = jump_settings_report_dup_value (settings, key);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "name", dotted);
  jump_json_writer_member_string (writer, "group", row->group);
  jump_json_writer_member_string (writer, "key", row->name);
  jump_json_writer_member_string (writer, "type", type_to_string (row->type));
  write_value (writer, "value", row->type, value);
  write_value (writer, "default", row->type, row->fallback);
  jump_json_writer_member_string (writer, "source", jump_settings_get_source (settings, key));
  if (row->type == JUMP_SETTING_INT)
    {
      jump_json_writer_member_int (writer, "min", row->min);
      jump_json_writer_member_int (writer, "max", row->max);
    }
  if (row->type == JUMP_SETTING_CHOICE)
    write_words (writer, "choices", row->choices, "|");
  jump_json_writer_member_boolean (writer, "may_be_empty", row->may_be_empty);
  jump_json_writer_member_boolean (writer, "needs_restart", row->needs_restart);
  write_words (writer, "environment", row->environment, ",");
  jump_json_writer_member_string (writer, "doc", row->doc);
  jump_json_writer_end_object (writer);
}

void
jump_settings_report_write_table (JumpJsonWriter *writer,
                                  JumpSettings *settings,
                                  JumpSettingTable table)
{
  GPtrArray *rows = jump_settings_get_table (settings, table);

  jump_json_writer_begin_object (writer);
  jump_json_writer_member_string (writer, "name", jump_setting_table_group (table));
  jump_json_writer_member_string (writer, "doc", jump_setting_table_doc (table));
  jump_json_writer_member (writer, "rows");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < rows->len; i++)
    {
      const JumpSettingPair *row = g_ptr_array_index (rows, i);

      jump_json_writer_begin_object (writer);
      jump_json_writer_member_string (writer, "name", row->name);
      jump_json_writer_member_string (writer, "target", row->target);
      jump_json_writer_end_object (writer);
    }
  jump_json_writer_end_array (writer);
  jump_json_writer_end_object (writer);
}

void
jump_settings_report_write_all (JumpJsonWriter *writer, JumpSettings *settings)
{
  jump_json_writer_member (writer, "settings");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    jump_settings_report_write_key (writer, settings, (JumpSettingKey) i);
  jump_json_writer_end_array (writer);
  jump_json_writer_member (writer, "tables");
  jump_json_writer_begin_array (writer);
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    jump_settings_report_write_table (writer, settings, (JumpSettingTable) i);
  jump_json_writer_end_array (writer);
}
