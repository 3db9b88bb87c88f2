/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/sandbox.h"

/* Flatpak puts it into every sandbox, where nobody can remove it. */
#define SANDBOX_FILE "/.flatpak-info"

/**
 * jump_sandbox_is_flatpak:
 *
 * Returns: whether this process runs inside Flatpak
 */
gboolean
jump_sandbox_is_flatpak (void)
{
  return g_file_test (SANDBOX_FILE, G_FILE_TEST_EXISTS);
}
