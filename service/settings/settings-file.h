/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Reads and writes the settings file as a whole. */

/* Returns: (transfer full) (nullable): the text; NULL with JUMP_ERROR_SETTINGS, or without an
 * error when there is no file. */
char *jump_settings_file_read (const char *path, GError **error);
gboolean jump_settings_file_save (const char *path, const char *text, GError **error);
