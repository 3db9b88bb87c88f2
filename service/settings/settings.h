/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/settings/settings-keys.h"

#include <gio/gio.h>

/* The typed view of jumpseat.conf. Layers, strongest first: this run, command line, environment,
 * file, default. Absent is never an error, wrong is never silently the default: jump_settings_load()
 * fails with JUMP_ERROR_SETTINGS naming key, value and range. Saving keeps comments and order and
 * is atomic. A changed file is taken up while running (signal "changed"); a file that became
 * wrong keeps the last good values and emits "problem" (const GError *). */

#define JUMP_TYPE_SETTINGS (jump_settings_get_type ())
G_DECLARE_FINAL_TYPE (JumpSettings, jump_settings, JUMP, SETTINGS, GObject)

/* One row of an ordered table. */
typedef struct
{
  char *name;   /* (owned) */
  char *target; /* (owned) */
} JumpSettingPair;

/* "changed" (JumpSettingKey key): a value in force became another one, once per key.
 * "tables-changed": one of the three tables changed.
 * "problem" (const GError *error): the file changed and is wrong now; the last good values hold.
 * Everything is in place before the first of them is emitted. */

JumpSettings *jump_settings_new (const char *path);

gboolean jump_settings_load (JumpSettings *self, GError **error);
gboolean jump_settings_apply_environment (JumpSettings *self, GError **error);
gboolean jump_settings_override (JumpSettings *self,
                                 JumpSettingKey key,
                                 const char *text,
                                 const char *source,
                                 GError **error);
void jump_settings_watch (JumpSettings *self);

const char *jump_settings_get_path (JumpSettings *self);
gboolean jump_settings_get_boolean (JumpSettings *self, JumpSettingKey key);
gint64 jump_settings_get_int (JumpSettings *self, JumpSettingKey key);
const char *jump_settings_get_string (JumpSettings *self, JumpSettingKey key);
const char *jump_settings_get_source (JumpSettings *self, JumpSettingKey key);
GPtrArray *jump_settings_get_table (JumpSettings *self, JumpSettingTable table);

char *jump_settings_get_text (JumpSettings *self, const char *dotted_name, GError **error);
gboolean jump_settings_set_text (JumpSettings *self,
                                 const char *dotted_name,
                                 const char *text,
                                 GError **error);
/* Takes a key, or a row of a table, out of the file: the default holds again, unless environment or
 * command line say something else. Comments stay. */
gboolean jump_settings_reset (JumpSettings *self, const char *dotted_name, GError **error);
/* Several as one: all of them or none, one file write, then the signals. @changes: (element-type JumpSettingPair):
 * NULL for a target: as jump_settings_reset(); the name of a table without a target takes all its rows away.
 * @is_saved: FALSE: they hold for this run only (source "session"), until the same names are saved or reset.
 * @mistakes: (nullable) (element-type JumpSettingPair): gets every wrong name, and what is wrong with it. Those
 * that are in it already count, too. */
gboolean jump_settings_set_many (JumpSettings *self,
                                 GPtrArray *changes,
                                 gboolean is_saved,
                                 GPtrArray *mistakes,
                                 GError **error);
/* Returns: (transfer full) (element-type JumpSettingPair): for @changes and @mistakes */
GPtrArray *jump_settings_changes_new (void);
void jump_settings_changes_add (GPtrArray *changes, const char *dotted_name, const char *text);
/* Whether nobody says anything about @key; FALSE also where somebody says the default. */
gboolean jump_settings_is_default (JumpSettings *self, JumpSettingKey key);
gboolean jump_settings_generate (JumpSettings *self, GError **error);
gboolean jump_setting_check (JumpSettingKey key, const char *text, GError **error);
