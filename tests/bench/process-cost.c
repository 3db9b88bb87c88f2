/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/bench/process-cost.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static guint64
read_run_time (int pid)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d/task", pid);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint64 sum = 0;

  if (dir == NULL)
    return 0;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/schedstat", folder, name);
      g_autofree char *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL))
        sum += g_ascii_strtoull (text, NULL, 10);
    }
  return sum;
}

static guint64
read_ticks (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  const char *rest;
  unsigned long user = 0, system = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  /* The program's name is in parentheses and may hold anything. */
  rest = strrchr (text, ')');
  if (rest == NULL ||
      sscanf (rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) !=
          2)
    return 0;
  return (user + system) * (1000000000u / (guint64) sysconf (_SC_CLK_TCK));
}

static guint64
read_rss (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *text = NULL;
  const char *row;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  row = strstr (text, "\nVmRSS:");
  return row != NULL ? g_ascii_strtoull (row + 7, NULL, 10) : 0;
}

void
process_cost_read (GArray *pids, ProcessCost *out)
{
  memset (out, 0, sizeof *out);
  for (guint i = 0; i < pids->len; i++)
    {
      int pid = g_array_index (pids, int, i);

      out->run_ns += read_run_time (pid);
      out->ticks_ns += read_ticks (pid);
      out->rss_kb += read_rss (pid);
    }
}

guint64
process_cost_cpu_ns (const ProcessCost *before, const ProcessCost *after)
{
  const guint64 slack = 40000000;
  guint64 run = after->run_ns > before->run_ns ? after->run_ns - before->run_ns : 0;
  guint64 ticks = after->ticks_ns - before->ticks_ns;

  return ticks > run + slack ? ticks : run;
}
