/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-app"

#include "app/file-limit.h"

#include <errno.h>
#include <glib.h>
#include <sys/resource.h>

/* For the most client connections there may be, each with one to upstream, and some more. Not what the
 * system allows at most: programs that we start, such as a browser, inherit it. */
#define WANTED 16384

void
jump_file_limit_raise (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= WANTED)
    return;
  limit.rlim_cur = MIN (WANTED, limit.rlim_max);
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
    g_debug ("the limit of open files stays as it is: %s", g_strerror (errno));
}
