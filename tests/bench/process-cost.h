/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a set of processes has used so far, from /proc. */

typedef struct
{
  guint64 run_ns;   /* time on a processor, of the threads that live now */
  guint64 ticks_ns; /* the same of all threads ever, in steps of the clock tick */
  guint64 rss_kb;   /* memory in RAM */
} ProcessCost;

/* @pids: (element-type GPid): array of int */
void process_cost_read (GArray *pids, ProcessCost *out);
/* The finer of the two clocks, unless threads ended in between and took their time with them. */
guint64 process_cost_cpu_ns (const ProcessCost *before, const ProcessCost *after);
