/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/json-write.h"
#include "service/settings/settings.h"

/* Settings as the control API shows them: values with the type that they have, and all that a form needs to know. */

/* Returns: (transfer full): the value in force, without the password that the address of a proxy may have: "***"
 * stands for it, as in "http://me:***@proxy". */
char *jump_settings_report_dup_value (JumpSettings *settings, JumpSettingKey key);

/* One of them, an object. */
void
jump_settings_report_write_key (JumpJsonWriter *writer, JumpSettings *settings, JumpSettingKey key);
void jump_settings_report_write_table (JumpJsonWriter *writer,
                                       JumpSettings *settings,
                                       JumpSettingTable table);
/* Inside an object: the members "settings" and "tables", both lists. */
void jump_settings_report_write_all (JumpJsonWriter *writer, JumpSettings *settings);
