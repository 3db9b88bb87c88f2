/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/settings/settings.h"

#include <json-glib/json-glib.h>

/* What a client of the control API wants of the settings, as changes of them. Pure. */

/* @object: a value for each dotted name: text, or a number, boolean or list of texts where the setting is one; null
 * resets it; a table's name with an object replaces all its rows.
 * @except: (nullable): a member that is none of them.
 * @changes, @mistakes: (element-type JumpSettingPair): get what there is to do, and what cannot be. */
void jump_settings_order_read (JsonObject *object,
                               const char *except,
                               GPtrArray *changes,
                               GPtrArray *mistakes);
/* The rows of @rows, an object of texts, instead of those that the table has. */
void jump_settings_order_read_table (JumpSettingTable table,
                                     JsonObject *rows,
                                     GPtrArray *changes,
                                     GPtrArray *mistakes);
