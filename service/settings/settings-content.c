/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/settings/settings-content.h"

#include "service/base/budget-limit.h"
#include "service/base/error.h"
#include "service/settings/settings-check.h"
#include "service/settings/settings-table.h"

#include <string.h>

/* Windows editors put it in front of a text; GKeyFile refuses it. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Values are taken as they stand, without GKeyFile's escapes: a Windows path in ca_file would
 * have to double its backslashes otherwise. */
static char *
dup_value (GKeyFile *file, const char *group, const char *name)
{
  char *value = g_key_file_get_value (file, group, name, NULL);

  return value == NULL ? g_strdup ("") : g_strstrip (value);
}

static void
read_key (JumpSettingsContent *self,
          GKeyFile *file,
          const char *group,
          const char *name,
          GPtrArray *mistakes)
{
  g_autofree char *dotted_name = g_strconcat (group, ".", name, NULL);
  g_autofree char *value = dup_value (file, group, name);
  g_autoptr (GError) error = NULL;
  JumpSettingKey key;

  if (!jump_setting_find (dotted_name, &key))
    {
      g_ptr_array_add (mistakes, jump_setting_describe_unknown (dotted_name));
      return;
    }
  g_free (self->values[key]);
  self->values[key] = jump_setting_normalize (key, value, &error);
  if (error != NULL)
    g_ptr_array_add (mistakes, g_strdup (error->message));
}

/* Limits have a grammar of their own, models are any text. */
static gboolean
check_table_row (JumpSettingTable table,
                 const char *key,
                 const char *name,
                 const char *target,
                 GError **error)
{
  g_autoptr (JumpBudgetLimit) limit = NULL;

  if (table == JUMP_TABLE_BUDGETS)
    {
      limit = jump_budget_limit_parse (name, target, error);
      return limit != NULL;
    }
  if (*target != '\0')
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_SETTINGS,
               "%s.%s: \"\" is no model",
               jump_setting_table_group (table),
               key);
  return FALSE;
}

static void
read_table_row (JumpSettingTable table,
                GPtrArray *rows,
                GKeyFile *file,
                const char *group,
                const char *name,
                GPtrArray *mistakes)
{
  g_autofree char *target = dup_value (file, group, name);
  g_autofree char *plain_name = jump_setting_table_unescape (name);
  g_autoptr (GError) error = NULL;

  if (check_table_row (table, name, plain_name, target, &error))
    jump_setting_table_add (rows, plain_name, target);
  else
    g_ptr_array_add (mistakes, g_strdup (error->message));
}

static gboolean
is_known_group (const char *group)
{
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      if (g_str_equal (jump_setting_row ((JumpSettingKey) i)->group, group))
        return TRUE;
    }
  return FALSE;
}

static void
read_group (JumpSettingsContent *self, GKeyFile *file, const char *group, GPtrArray *mistakes)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);
  JumpSettingTable table;

  if (jump_setting_table_find (group, &table))
    {
      self->tables[table] = jump_setting_table_new ();
      for (guint i = 0; names != NULL && names[i] != NULL; i++)
        read_table_row (table, self->tables[table], file, group, names[i], mistakes);
      return;
    }
  if (!is_known_group (group) && (names == NULL || names[0] == NULL))
    g_ptr_array_add (mistakes, g_strdup_printf ("unknown group [%s]", group));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    read_key (self, file, group, names[i], mistakes);
}

JumpSettingsContent *
jump_settings_content_parse (const char *text, GError **error)
{
  gsize length = strlen (text);
  g_autoptr (JumpSettingsContent) self = g_new0 (JumpSettingsContent, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) mistakes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) groups = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, "the file is not valid UTF-8");
      return NULL;
    }
  if (g_str_has_prefix (text, BYTE_ORDER_MARK))
    {
      text += strlen (BYTE_ORDER_MARK);
      length -= strlen (BYTE_ORDER_MARK);
    }
  /* Without this flag a name such as model[1m] counts as the translation of model and is lost. */
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, &problem))
    {
      g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, problem->message);
      return NULL;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    read_group (self, file, groups[i], mistakes);
  if (mistakes->len > 0)
    {
      g_autofree char *list = NULL;

      g_ptr_array_add (mistakes, NULL);
      list = g_strjoinv ("; ", (char **) mistakes->pdata);
      g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, list);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
jump_settings_content_free (JumpSettingsContent *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    g_free (self->values[i]);
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    g_clear_pointer (&self->tables[i], g_ptr_array_unref);
  g_free (self);
}
