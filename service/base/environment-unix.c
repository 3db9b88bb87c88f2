/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/environment.h"
#include "service/base/secret-text.h"

#include <string.h>

extern char **environ; /* POSIX wants every program to declare it */

/* unsetenv() only forgets the pointer: what the program was started with stays as it was. */
void
jump_environment_wipe (const char *name)
{
  gsize length = strlen (name);

  for (char **entry = environ; entry != NULL && *entry != NULL; entry++)
    if (strncmp (*entry, name, length) == 0 && (*entry)[length] == '=')
      jump_secret_wipe (*entry + length + 1, strlen (*entry + length + 1));
  g_unsetenv (name);
}
