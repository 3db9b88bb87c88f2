/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Changes the text of a settings file line by line, because GKeyFile writes some comments
 * elsewhere or not at all. Pure. */

/* Returns: (transfer full): the file that `jumpseat config --generate` writes. */
char *jump_settings_text_new (void);

/* Returns: (transfer full): @text without what sets @key in @group; all else as it was.
 * @comment: (nullable): a line without its end that takes the place, unless one like it is there. */
char *jump_settings_text_remove (const char *text,
                                 const char *group,
                                 const char *key,
                                 const char *comment);

/* Returns: (transfer full): @text with "@key = @value" in @group and all else as it was. */
char *
jump_settings_text_set (const char *text, const char *group, const char *key, const char *value);
