/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "app/process-guard.h"

#include <windows.h>

/* Without the dialog of a crash there is no report with memory in it either. */
void
jump_process_guard_raise (void)
{
  SetErrorMode (SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}
