/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What this process holds, as the system counts it: process-memory-linux.c reads /proc,
 * process-memory-none.c knows nothing (zeros). */

typedef struct
{
  guint64 resident;     /* bytes */
  guint64 resident_own; /* of these, not shared with other processes */
  guint64 virtual;      /* bytes of address space */
  guint n_threads;
  guint n_fds;
} JumpProcessMemory;

void jump_process_memory_read (JumpProcessMemory *self);
