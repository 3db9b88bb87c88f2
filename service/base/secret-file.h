/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/base/secret-text.h"

/* Secrets that somebody else puts into a file for us, as container engines and service managers do. The file
 * is named by an environment variable and read once. Any mode will do: engines mount such files as
 * 0444 into a container that is nobody else's. */

/* Real tokens have about 100 characters, a Copilot token 500; a thousand client keys are 64 KiB. */
#define JUMP_SECRET_FILE_MAX (256 * 1024)

/* What stands in the file at @path. @variable: for the message. Returns: (transfer full) (nullable): to be
 * jump_secret_free()d; NULL with JUMP_ERROR_SETTINGS when it cannot be read, is empty, too long, or no text. */
char *jump_secret_file_read (const char *variable, const char *path, GError **error);
/* The same for a file with one token; blanks and line ends around it do not count. Returns: (transfer full)
 * (nullable): NULL also when more than one word stands there. */
JumpSecretText *
jump_secret_file_read_token (const char *variable, const char *path, GError **error);
