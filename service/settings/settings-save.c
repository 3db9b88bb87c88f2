/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/settings/settings-change.h"
#include "service/settings/settings-file.h"
#include "service/settings/settings-private.h"
#include "service/settings/settings-table.h"
#include "service/settings/settings-text.h"

/* How settings are changed from within: in the file, or for this run. */

static void
find_touched (GPtrArray *changes, JumpSettingsTouched *touched)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const JumpSettingPair *change = g_ptr_array_index (changes, i);
      JumpSettingKey key;
      JumpSettingTable table;
      const char *name;

      if (jump_setting_find (change->name, &key))
        touched->keys[key] = TRUE;
      else if (jump_setting_table_find (change->name, &table) ||
               jump_settings_change_find_table (change->name, &table, &name))
        touched->tables[table] = TRUE;
    }
}

/* @out_text: (out) (transfer full) (nullable): NULL when there is no file. FALSE: it cannot be read. */
static gboolean
read_text (JumpSettings *self, char **out_text, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *out_text = jump_settings_file_read (self->path, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
only_resets (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      if (((const JumpSettingPair *) g_ptr_array_index (changes, i))->target != NULL)
        return FALSE;
    }
  return TRUE;
}

/* Checked as a whole, saved, and only then in force. */
static gboolean
save_changes (JumpSettings *self, GPtrArray *changes, GPtrArray *mistakes, GError **error)
{
  g_autoptr (JumpSettingsContent) content = NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;
  JumpSettingsTouched touched = { 0 };

  if (!read_text (self, &old_text, error))
    return FALSE;
  if (old_text == NULL)
    old_text = only_resets (changes) ? g_strdup ("") : jump_settings_text_new ();
  new_text = jump_settings_change_all (old_text, changes, mistakes, error);
  if (new_text == NULL)
    return FALSE;
  content = jump_settings_parse_text (self, new_text, error);
  if (content == NULL)
    return FALSE;
  if (!(only_resets (changes) && g_str_equal (old_text, new_text)) &&
      !jump_settings_file_save (self->path, new_text, error))
    return FALSE;
  find_touched (changes, &touched);
  jump_settings_take_saved (self, content, &touched);
  return TRUE;
}

/* Returns: (transfer full): a file that says of all tables what holds now, and nothing of keys. */
static char *
write_tables (JumpSettings *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < JUMP_N_TABLES; i++)
    {
      GPtrArray *rows = jump_settings_get_table (self, (JumpSettingTable) i);

      g_string_append_printf (text, "[%s]\n", jump_setting_table_group ((JumpSettingTable) i));
      for (guint j = 0; j < rows->len; j++)
        {
          const JumpSettingPair *row = g_ptr_array_index (rows, j);
          g_autofree char *name = jump_setting_table_escape (row->name);

          g_string_append_printf (text, "%s=%s\n", name, row->target);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* By way of a text, so that the same is right and wrong as in a file. */
static gboolean
keep_changes (JumpSettings *self, GPtrArray *changes, GPtrArray *mistakes, GError **error)
{
  g_autofree char *old_text = write_tables (self);
  g_autofree char *new_text = jump_settings_change_all (old_text, changes, mistakes, error);
  g_autoptr (JumpSettingsContent) content =
      new_text == NULL ? NULL : jump_settings_content_parse (new_text, error);
  JumpSettingsTouched touched = { 0 };

  if (content == NULL)
    return FALSE;
  find_touched (changes, &touched);
  jump_settings_take_session (self, content, &touched);
  return TRUE;
}

/* As one of many. @text: (nullable) */
static gboolean
save_one (JumpSettings *self, const char *dotted_name, const char *text, GError **error)
{
  g_autoptr (GPtrArray) changes = jump_settings_changes_new ();

  jump_settings_changes_add (changes, dotted_name, text);
  return save_changes (self, changes, NULL, error);
}

/**
 * jump_settings_set_text:
 * @self: the settings
 * @dotted_name: "server.port", or a row of a table as in "model_aliases.sonnet"
 * @text: its value
 * @error: JUMP_ERROR_SETTINGS, or JUMP_ERROR_STORE when the file cannot be written
 *
 * Saves at once, in a new file with all comments when there is none yet. The value in force stays
 * the same while environment or command line say something else.
 *
 * Returns: whether it is saved
 */
gboolean
jump_settings_set_text (JumpSettings *self,
                        const char *dotted_name,
                        const char *text,
                        GError **error)
{
  return save_one (self, dotted_name, text, error);
}

/**
 * jump_settings_reset:
 * @self: the settings
 * @dotted_name: "server.port", or a row of a table as in "model_aliases.sonnet"
 * @error: JUMP_ERROR_SETTINGS when there is no such key or row, JUMP_ERROR_STORE
 *
 * A key that the file does not set is no mistake. The first row that goes takes the rows that ship
 * along into the file, of which it then is not one any more.
 *
 * Returns: whether the file is as asked for
 */
gboolean
jump_settings_reset (JumpSettings *self, const char *dotted_name, GError **error)
{
  JumpSettingTable table;

  /* a table as a whole is emptied only by whoever means it: jump_settings_set_many() */
  if (jump_setting_table_find (dotted_name, &table))
    {
      jump_settings_change_set_unknown (dotted_name, error);
      return FALSE;
    }
  return save_one (self, dotted_name, NULL, error);
}

GPtrArray *
jump_settings_changes_new (void)
{
  return jump_setting_table_new ();
}

/**
 * jump_settings_changes_add:
 * @changes: (element-type JumpSettingPair): those before it, which it is made after
 * @dotted_name: as in jump_settings_set_text(), or the name of a table
 * @text: (nullable): its value; NULL: it goes
 */
void
jump_settings_changes_add (GPtrArray *changes, const char *dotted_name, const char *text)
{
  jump_setting_table_add (changes, dotted_name, text);
}

/**
 * jump_settings_set_many:
 * @self: the settings
 * @changes: (element-type JumpSettingPair): made one after the other
 * @is_saved: into the file; FALSE: for this run only
 * @mistakes: (nullable) (element-type JumpSettingPair): of jump_settings_changes_new()
 * @error: JUMP_ERROR_SETTINGS, which says all of @mistakes, or JUMP_ERROR_STORE
 *
 * Returns: whether all are made; else none is
 */
gboolean
jump_settings_set_many (JumpSettings *self,
                        GPtrArray *changes,
                        gboolean is_saved,
                        GPtrArray *mistakes,
                        GError **error)
{
  return is_saved ? save_changes (self, changes, mistakes, error)
                  : keep_changes (self, changes, mistakes, error);
}
