/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/portable-dir.h"

/* windows/portable puts it into the archive, beside "bin". */
#define MARKER "portable.txt"

char *
jump_portable_dir_find (void)
{
  g_autofree char *root = g_win32_get_package_installation_directory_of_module (NULL);
  g_autofree char *marker = root != NULL ? g_build_filename (root, MARKER, NULL) : NULL;

  if (marker == NULL || !g_file_test (marker, G_FILE_TEST_IS_REGULAR))
    return NULL;
  return g_build_filename (root, "data", NULL);
}
