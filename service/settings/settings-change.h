/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/settings/settings.h"

/* One change of a settings file by the dotted name of a key, or of a row of a table as in
 * "model_aliases.fast". Pure. */

void jump_settings_change_set_unknown (const char *dotted_name, GError **error);

/* Splits @dotted_name at its first dot; names of models have dots of their own.
 * @out_name: (out) (transfer none): the rest. */
gboolean jump_settings_change_find_table (const char *dotted_name,
                                          JumpSettingTable *out_table,
                                          const char **out_name);

/* Returns: (transfer full) (nullable): @text with the new value in it, or JUMP_ERROR_SETTINGS. */
char *jump_settings_change_text (const char *text,
                                 const char *dotted_name,
                                 const char *value,
                                 GError **error);

/* Returns: (transfer full) (nullable): @text without the key, so that its default holds again, or
 * without the row of a table; JUMP_ERROR_SETTINGS when there is no such thing. */
char *jump_settings_change_reset (const char *text, const char *dotted_name, GError **error);

/* Several as one. @changes: (element-type JumpSettingPair): names as above, with their values. NULL for a value:
 * the key or row goes; with the name of a table: all of its rows do, also those that ship.
 * @mistakes: (nullable) (element-type JumpSettingPair): gets the names that are wrong, and why. Those that
 * are in it already count, too.
 * Returns: (transfer full) (nullable): the text with all of them in it, or JUMP_ERROR_SETTINGS. */
char *jump_settings_change_all (const char *text,
                                GPtrArray *changes,
                                GPtrArray *mistakes,
                                GError **error);
