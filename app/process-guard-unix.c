/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/process-guard.h"
#include "service/service.h"

#include <glib.h>
#include <sys/resource.h>
#include <unistd.h>

/* A build with sanitizers is for tests: its leak checker has to read the program's memory. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED TRUE
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED TRUE
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED FALSE
#endif

#ifdef __linux__
#include <sys/prctl.h>

/* Inside Flatpak the portals look at our root directory to learn which app asks; they could not, and
 * with them the keyring would be gone. There the sandbox keeps other apps away. */
static void
forbid_reading (void)
{
  if (!jump_sandbox_is_flatpak ())
    prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}
#else
static void
forbid_reading (void)
{
}
#endif

/* Programs that we start inherit no more than the soft limit, which they may raise again. */
static void
forbid_dumps (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_CORE, &limit) != 0)
    return;
  limit.rlim_cur = 0;
  setrlimit (RLIMIT_CORE, &limit);
}

void
jump_process_guard_raise (void)
{
  forbid_dumps ();
  if (!IS_SANITIZED)
    forbid_reading ();
}
