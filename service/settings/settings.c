/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/settings/settings-change.h"
#include "service/settings/settings-check.h"
#include "service/settings/settings-content.h"
#include "service/settings/settings-environment.h"
#include "service/settings/settings-file.h"
#include "service/settings/settings-private.h"
#include "service/settings/settings-table.h"
#include "service/settings/settings-text.h"

enum
{
  SIGNAL_CHANGED,
  SIGNAL_TABLES_CHANGED,
  SIGNAL_PROBLEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JumpSettings, jump_settings, G_TYPE_OBJECT)

/* Everything is in place before anybody is told, so that a listener never sees half a change. */
static void
emit_changes (JumpSettings *self, const gboolean *changed, gboolean tables_changed)
{
  g_autoptr (JumpSettings) keep = g_object_ref (self);

  for (int key = 0; key < JUMP_N_KEYS; key++)
    {
      if (changed[key])
        g_signal_emit (keep, signals[SIGNAL_CHANGED], 0, key);
    }
  if (tables_changed)
    g_signal_emit (keep, signals[SIGNAL_TABLES_CHANGED], 0);
}

static gboolean
replace_table (JumpSettings *self, JumpSettingTable table, GPtrArray *rows)
{
  gboolean is_same;

  if (rows == NULL)
    rows = jump_setting_table_new_default (table);
  is_same =
      self->session_tables[table] != NULL || jump_setting_table_equal (self->tables[table], rows);
  g_ptr_array_unref (self->tables[table]);
  self->tables[table] = rows;
  return !is_same;
}

/* @rows: (transfer full) (nullable) */
static gboolean
replace_session_table (JumpSettings *self, JumpSettingTable table, GPtrArray *rows)
{
  g_autoptr (GPtrArray) before = g_ptr_array_ref (jump_settings_get_table (self, table));

  g_clear_pointer (&self->session_tables[table], g_ptr_array_unref);
  self->session_tables[table] = rows;
  return !jump_setting_table_equal (before, jump_settings_get_table (self, table));
}

static void
take_content (JumpSettings *self, JumpSettingsContent *content, gboolean *changed, gboolean *tables)
{
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    changed[i] = jump_setting_layers_set (&self->layers,
                                          (JumpSettingKey) i,
                                          JUMP_LAYER_FILE,
                                          g_steal_pointer (&content->values[i]),
                                          "file");
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    {
      GPtrArray *rows = g_steal_pointer (&content->tables[i]);

      if (replace_table (self, (JumpSettingTable) i, rows))
        *tables = TRUE;
    }
}

static void
on_file_changed (gpointer user_data)
{
  g_autoptr (JumpSettings) self = g_object_ref (JUMP_SETTINGS (user_data));
  g_autoptr (GError) error = NULL;

  if (!jump_settings_load (self, &error))
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, error);
}

static void
jump_settings_dispose (GObject *object)
{
  JumpSettings *self = JUMP_SETTINGS (object);

  g_clear_pointer (&self->watch, jump_settings_watch_free);
  G_OBJECT_CLASS (jump_settings_parent_class)->dispose (object);
}

static void
jump_settings_finalize (GObject *object)
{
  JumpSettings *self = JUMP_SETTINGS (object);

  jump_setting_layers_clear (&self->layers);
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    {
      g_clear_pointer (&self->tables[i], g_ptr_array_unref);
      g_clear_pointer (&self->session_tables[i], g_ptr_array_unref);
    }
  g_free (self->path);
  G_OBJECT_CLASS (jump_settings_parent_class)->finalize (object);
}

/* Their arguments are told in the header. */
static guint
add_signal (const char *name, guint n_arguments, GType argument)
{
  return g_signal_new (name,
                       JUMP_TYPE_SETTINGS,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       n_arguments,
                       argument);
}

static void
jump_settings_class_init (JumpSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jump_settings_dispose;
  object_class->finalize = jump_settings_finalize;

  signals[SIGNAL_CHANGED] = add_signal ("changed", 1, G_TYPE_INT);
  signals[SIGNAL_TABLES_CHANGED] = add_signal ("tables-changed", 0, G_TYPE_NONE);
  signals[SIGNAL_PROBLEM] = add_signal ("problem", 1, G_TYPE_ERROR);
}

static void
jump_settings_init (JumpSettings *self)
{
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    self->tables[i] = jump_setting_table_new_default ((JumpSettingTable) i);
}

/**
 * jump_settings_new:
 * @path: the file; need not be there
 *
 * Returns: (transfer full): settings with their defaults; nothing is read yet
 */
JumpSettings *
jump_settings_new (const char *path)
{
  JumpSettings *self = g_object_new (JUMP_TYPE_SETTINGS, NULL);

  self->path = g_strdup (path);
  return self;
}

/**
 * jump_settings_load:
 * @self: the settings
 * @error: JUMP_ERROR_SETTINGS, listing every wrong line of the file, separated by "; "
 *
 * Reads the file, again if need be. No file is the same as an empty one.
 *
 * Returns: FALSE when something in the file is wrong; all values stay as they were then
 */
gboolean
jump_settings_load (JumpSettings *self, GError **error)
{
  g_autoptr (JumpSettingsContent) content = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = jump_settings_file_read (self->path, &problem);
  gboolean changed[JUMP_N_KEYS];
  gboolean tables_changed = FALSE;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  content = jump_settings_parse_text (self, text == NULL ? "" : text, error);
  if (content == NULL)
    return FALSE;
  take_content (self, content, changed, &tables_changed);
  emit_changes (self, changed, tables_changed);
  return TRUE;
}

/**
 * jump_settings_apply_environment:
 * @self: the settings
 * @error: JUMP_ERROR_SETTINGS, naming the variables with wrong values
 *
 * Returns: FALSE when a variable has a wrong value; the right ones are in force all the same
 */
gboolean
jump_settings_apply_environment (JumpSettings *self, GError **error)
{
  gboolean changed[JUMP_N_KEYS] = { FALSE };
  g_autoptr (GString) mistakes = g_string_new (NULL);

  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      JumpSettingKey key = (JumpSettingKey) i;
      g_autofree char *variable = NULL;
      g_autofree char *raw = jump_setting_from_environment (key, &variable);
      g_autofree char *text = NULL;
      g_autoptr (GError) problem = NULL;

      if (raw != NULL)
        text = jump_setting_normalize (key, raw, &problem);
      if (problem != NULL)
        g_string_append_printf (mistakes,
                                "%s%s (from %s)",
                                mistakes->len == 0 ? "" : "; ",
                                problem->message,
                                variable);
      changed[i] = jump_setting_layers_set (&self->layers,
                                            key,
                                            JUMP_LAYER_ENVIRONMENT,
                                            g_steal_pointer (&text),
                                            variable);
    }
  emit_changes (self, changed, FALSE);
  if (mistakes->len == 0)
    return TRUE;
  g_set_error_literal (error, JUMP_ERROR, JUMP_ERROR_SETTINGS, mistakes->str);
  return FALSE;
}

/**
 * jump_settings_override:
 * @self: the settings
 * @key: a key
 * @text: its value for this run; nothing is saved
 * @source: where it comes from, as in "--port"
 * @error: JUMP_ERROR_SETTINGS
 *
 * Wins over environment and file.
 *
 * Returns: whether @key takes @text
 */
gboolean
jump_settings_override (JumpSettings *self,
                        JumpSettingKey key,
                        const char *text,
                        const char *source,
                        GError **error)
{
  gboolean changed[JUMP_N_KEYS] = { FALSE };
  char *normal = jump_setting_normalize (key, text, error);

  if (normal == NULL)
    {
      g_prefix_error (error, "%s: ", source);
      return FALSE;
    }
  changed[key] =
      jump_setting_layers_set (&self->layers, key, JUMP_LAYER_COMMAND_LINE, normal, source);
  emit_changes (self, changed, FALSE);
  return TRUE;
}

/**
 * jump_settings_watch:
 * @self: the settings, loaded
 *
 * From now on a changed file is read again: "changed" for what became different, or "problem" when
 * it is wrong. Needs a running main loop.
 */
void
jump_settings_watch (JumpSettings *self)
{
  if (self->watch == NULL)
    self->watch = jump_settings_watch_new (self->path, on_file_changed, self);
}

const char *
jump_settings_get_path (JumpSettings *self)
{
  return self->path;
}

gboolean
jump_settings_get_boolean (JumpSettings *self, JumpSettingKey key)
{
  g_return_val_if_fail (jump_setting_row (key)->type == JUMP_SETTING_BOOLEAN, FALSE);
  return g_str_equal (jump_setting_layers_get (&self->layers, key), "true");
}

gint64
jump_settings_get_int (JumpSettings *self, JumpSettingKey key)
{
  g_return_val_if_fail (jump_setting_row (key)->type == JUMP_SETTING_INT, 0);
  return g_ascii_strtoll (jump_setting_layers_get (&self->layers, key), NULL, 10);
}

/**
 * jump_settings_get_string:
 * @self: the settings
 * @key: a key of any type
 *
 * Returns: (transfer none): the value in force, maybe empty; valid until the next change
 */
const char *
jump_settings_get_string (JumpSettings *self, JumpSettingKey key)
{
  return jump_setting_layers_get (&self->layers, key);
}

/**
 * jump_settings_get_source:
 * @self: the settings
 * @key: a key
 *
 * Returns: (transfer none): where its value comes from: "default", "file", the name of a variable,
 *   or what jump_settings_override() was told
 */
const char *
jump_settings_get_source (JumpSettings *self, JumpSettingKey key)
{
  return jump_setting_layers_get_source (&self->layers, key);
}

/**
 * jump_settings_get_table:
 * @self: the settings
 * @table: a table
 *
 * Returns: (transfer none) (element-type JumpSettingPair): its rows in their order; valid until
 *   the next "tables-changed"
 */
GPtrArray *
jump_settings_get_table (JumpSettings *self, JumpSettingTable table)
{
  return self->session_tables[table] != NULL ? self->session_tables[table] : self->tables[table];
}

/**
 * jump_settings_get_text:
 * @self: the settings
 * @dotted_name: "server.port", or a row of a table as in "model_aliases.sonnet"
 * @error: JUMP_ERROR_SETTINGS when there is no such key or row
 *
 * Returns: (transfer full) (nullable): the value in force
 */
char *
jump_settings_get_text (JumpSettings *self, const char *dotted_name, GError **error)
{
  JumpSettingKey key;
  JumpSettingTable table;
  const char *name;
  const char *target;

  if (jump_setting_find (dotted_name, &key))
    return g_strdup (jump_setting_layers_get (&self->layers, key));
  if (!jump_settings_change_find_table (dotted_name, &table, &name))
    {
      jump_settings_change_set_unknown (dotted_name, error);
      return NULL;
    }
  target = jump_setting_table_look_up (jump_settings_get_table (self, table), name);
  if (target == NULL)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_SETTINGS,
                 "no row %s in [%s]",
                 name,
                 jump_setting_table_group (table));
  return g_strdup (target);
}

gboolean
jump_settings_is_default (JumpSettings *self, JumpSettingKey key)
{
  return g_str_equal (jump_setting_layers_get_source (&self->layers, key), "default");
}

/**
 * jump_settings_generate:
 * @self: the settings
 * @error: JUMP_ERROR_SETTINGS when the file is there already, JUMP_ERROR_STORE
 *
 * Writes a file with every key as a comment: what it means, default, range, and whether a change
 * needs a restart. Never overwrites.
 *
 * Returns: whether the file was written
 */
gboolean
jump_settings_generate (JumpSettings *self, GError **error)
{
  g_autofree char *text = NULL;

  if (g_file_test (self->path, G_FILE_TEST_EXISTS) ||
      g_file_test (self->path, G_FILE_TEST_IS_SYMLINK))
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_SETTINGS,
                   "settings file %s exists already and is never overwritten",
                   self->path);
      return FALSE;
    }
  text = jump_settings_text_new ();
  return jump_settings_file_save (self->path, text, error);
}

JumpSettingsContent *
jump_settings_parse_text (JumpSettings *self, const char *text, GError **error)
{
  JumpSettingsContent *content = jump_settings_content_parse (text, error);

  if (content == NULL)
    g_prefix_error (error, "settings file %s: ", self->path);
  return content;
}

void
jump_settings_take_saved (JumpSettings *self,
                          JumpSettingsContent *content,
                          const JumpSettingsTouched *touched)
{
  gboolean changed[JUMP_N_KEYS];
  gboolean tables_changed = FALSE;

  take_content (self, content, changed, &tables_changed);
  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      if (touched->keys[i] && jump_setting_layers_set (&self->layers,
                                                       (JumpSettingKey) i,
                                                       JUMP_LAYER_SESSION,
                                                       NULL,
                                                       NULL))
        changed[i] = TRUE;
    }
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    {
      if (touched->tables[i] && replace_session_table (self, (JumpSettingTable) i, NULL))
        tables_changed = TRUE;
    }
  emit_changes (self, changed, tables_changed);
}

void
jump_settings_take_session (JumpSettings *self,
                            JumpSettingsContent *content,
                            const JumpSettingsTouched *touched)
{
  gboolean changed[JUMP_N_KEYS] = { FALSE };
  gboolean tables_changed = FALSE;

  for (guint i = 0; i < JUMP_N_KEYS; i++)
    {
      if (touched->keys[i])
        changed[i] = jump_setting_layers_set (&self->layers,
                                              (JumpSettingKey) i,
                                              JUMP_LAYER_SESSION,
                                              g_steal_pointer (&content->values[i]),
                                              "session");
    }
  for (guint i = 0; i < JUMP_N_TABLES; i++)
    {
      if (touched->tables[i] &&
          replace_session_table (self, (JumpSettingTable) i, g_steal_pointer (&content->tables[i])))
        tables_changed = TRUE;
    }
  emit_changes (self, changed, tables_changed);
}
