/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/settings/settings-change.h"

#include "service/base/budget-limit.h"
#include "service/base/error.h"
#include "service/settings/settings-check.h"
#include "service/settings/settings-content.h"
#include "service/settings/settings-table.h"
#include "service/settings/settings-text.h"

#include <string.h>

static gboolean
check_table_row (JumpSettingTable table,
                 const char *dotted_name,
                 const char *name,
                 const char *target,
                 GError **error)
{
  g_autoptr (JumpBudgetLimit) limit = NULL;

  for (const char *at = target; *at != '\0'; at++)
    {
      if ((guchar) *at >= 0x20 && *at != 0x7f)
        continue;
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "%s: expected a text of one line",
                   dotted_name);
      return FALSE;
    }
  if (table != JUMP_TABLE_BUDGETS)
    return TRUE;
  limit = jump_budget_limit_parse (name, target, error);
  return limit != NULL;
}

/* From the moment the group is in the file only its rows hold: takes along what ships. Returns:
 * (transfer full) (nullable) */
static char *
write_out_table (const char *text, JumpSettingTable table, GError **error)
{
  const char *group = jump_setting_table_group (table);
  g_autoptr (JumpSettingsContent) content = jump_settings_content_parse (text, error);
  g_autoptr (GPtrArray) shipped = jump_setting_table_new_default (table);
  g_autofree char *result = g_strdup (text);

  if (content == NULL)
    return NULL;
  for (guint i = 0; content->tables[table] == NULL && i < shipped->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (shipped, i);
      g_autofree char *shorter = g_steal_pointer (&result);
      g_autofree char *shipped_key = jump_setting_table_escape (pair->name);

      result = jump_settings_text_set (shorter, group, shipped_key, pair->target);
    }
  return g_steal_pointer (&result);
}

/* Returns: (transfer full) (nullable): @text with one more row, or another target in it. */
static char *
set_table_row (const char *text,
               JumpSettingTable table,
               const char *name,
               const char *target,
               GError **error)
{
  g_autofree char *whole = write_out_table (text, table, error);
  g_autofree char *key = jump_setting_table_escape (name);

  if (whole == NULL)
    return NULL;
  return jump_settings_text_set (whole, jump_setting_table_group (table), key, target);
}

/* Returns: (transfer full) (nullable): @text with the table but without that row. */
static char *
remove_table_row (const char *text, JumpSettingTable table, const char *name, GError **error)
{
  const char *group = jump_setting_table_group (table);
  g_autofree char *whole = write_out_table (text, table, error);
  g_autofree char *key = jump_setting_table_escape (name);
  g_autoptr (JumpSettingsContent) content = NULL;

  if (whole == NULL)
    return NULL;
  content = jump_settings_content_parse (whole, error);
  if (content == NULL)
    return NULL;
  if (content->tables[table] == NULL ||
      jump_setting_table_look_up (content->tables[table], name) == NULL)
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, "no row %s in [%s]", name, group);
      return NULL;
    }
  return jump_settings_text_remove (whole, group, key, NULL);
}

/* Returns: (transfer full) (nullable): @text with the table and no row in it. */
static char *
remove_all_rows (const char *text, JumpSettingTable table, GError **error)
{
  const char *group = jump_setting_table_group (table);
  g_autofree char *result = jump_settings_text_set (text, group, "x", "x");
  g_autoptr (JumpSettingsContent) content = jump_settings_content_parse (result, error);

  if (content == NULL)
    return NULL;
  for (guint i = 0; i < content->tables[table]->len; i++)
    {
      const JumpSettingPair *pair = g_ptr_array_index (content->tables[table], i);
      g_autofree char *longer = g_steal_pointer (&result);
      g_autofree char *key = jump_setting_table_escape (pair->name);

      result = jump_settings_text_remove (longer, group, key, NULL);
    }
  return g_steal_pointer (&result);
}

/* Returns: (transfer full) (nullable) */
static char *
change_one (const char *text, const JumpSettingPair *change, GError **error)
{
  JumpSettingTable table;

  if (change->target != NULL)
    return jump_settings_change_text (text, change->name, change->target, error);
  if (jump_setting_table_find (change->name, &table))
    return remove_all_rows (text, table, error);
  return jump_settings_change_reset (text, change->name, error);
}

static void
append_message (GString *messages, const char *message)
{
  g_string_append_printf (messages, "%s%s", messages->len == 0 ? "" : "; ", message);
}

void
jump_settings_change_set_unknown (const char *dotted_name, GError **error)
{
  g_autofree char *message = jump_setting_describe_unknown (dotted_name);

  g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, message);
}

gboolean
jump_settings_change_find_table (const char *dotted_name,
                                 JumpSettingTable *out_table,
                                 const char **out_name)
{
  const char *dot = strchr (dotted_name, '.');
  g_autofree char *group = NULL;

  if (dot == NULL || dot[1] == '\0')
    return FALSE;
  group = g_strndup (dotted_name, (gsize) (dot - dotted_name));
  *out_name = dot + 1;
  return jump_setting_table_find (group, out_table);
}

char *
jump_settings_change_text (const char *text,
                           const char *dotted_name,
                           const char *value,
                           GError **error)
{
  JumpSettingKey key;
  JumpSettingTable table;
  const char *name;

  if (jump_setting_find (dotted_name, &key))
    {
      const JumpSettingRow *row = jump_setting_row (key);
      g_autofree char *normal = jump_setting_normalize (key, value, error);

      return normal == NULL ? NULL : jump_settings_text_set (text, row->group, row->name, normal);
    }
  if (jump_settings_change_find_table (dotted_name, &table, &name))
    return check_table_row (table, dotted_name, name, value, error)
               ? set_table_row (text, table, name, value, error)
               : NULL;
  jump_settings_change_set_unknown (dotted_name, error);
  return NULL;
}

char *
jump_settings_change_reset (const char *text, const char *dotted_name, GError **error)
{
  JumpSettingKey key;
  JumpSettingTable table;
  const char *name;

  if (jump_setting_find (dotted_name, &key))
    {
      const JumpSettingRow *row = jump_setting_row (key);
      g_autofree char *comment = g_strdup_printf ("#%s =%s%s",
                                                  row->name,
                                                  *row->fallback == '\0' ? "" : " ",
                                                  row->fallback);

      return jump_settings_text_remove (text, row->group, row->name, comment);
    }
  if (jump_settings_change_find_table (dotted_name, &table, &name))
    return remove_table_row (text, table, name, error);
  jump_settings_change_set_unknown (dotted_name, error);
  return NULL;
}

char *
jump_settings_change_all (const char *text, GPtrArray *changes, GPtrArray *mistakes, GError **error)
{
  g_autoptr (GString) messages = g_string_new (NULL);
  g_autofree char *result = g_strdup (text);

  for (guint i = 0; mistakes != NULL && i < mistakes->len; i++)
    append_message (messages, ((const JumpSettingPair *) g_ptr_array_index (mistakes, i))->target);
  for (guint i = 0; i < changes->len; i++)
    {
      const JumpSettingPair *change = g_ptr_array_index (changes, i);
      g_autoptr (GError) problem = NULL;
      char *next = change_one (result, change, &problem);

      if (next != NULL)
        {
          g_free (result);
          result = next;
          continue;
        }
      if (problem == NULL)
        continue;
      append_message (messages, problem->message);
      if (mistakes != NULL)
        jump_setting_table_add (mistakes, change->name, problem->message);
    }
  if (messages->len == 0)
    return g_steal_pointer (&result);
  g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, messages->str);
  return NULL;
}
