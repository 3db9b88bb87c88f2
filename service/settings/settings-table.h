/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/settings/settings.h"

/* The tables of names: which there are, what they ship with, and how a name is written as the key
 * of a file. */

gboolean jump_setting_table_find (const char *group, JumpSettingTable *out_table);
/* Returns: (transfer full) (element-type JumpSettingPair): an empty table. */
GPtrArray *jump_setting_table_new (void);
void jump_setting_table_add (GPtrArray *table, const char *name, const char *target);
/* Returns: (transfer full) (element-type JumpSettingPair): what ships. */
GPtrArray *jump_setting_table_new_default (JumpSettingTable table);
gboolean jump_setting_table_equal (const GPtrArray *a, const GPtrArray *b);
const char *jump_setting_table_look_up (const GPtrArray *table, const char *name);

char *jump_setting_table_escape (const char *name);
char *jump_setting_table_unescape (const char *key);
