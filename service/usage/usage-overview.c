/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-overview.h"

#include "service/base/json-write.h"
#include "service/usage/usage-folder.h"
#include "service/usage/usage-tally.h"

#include <string.h>

typedef struct
{
  const char *name;
  gint64 seconds; /* 0: any */
} Range;

static const Range ranges[] = {
  { "all", 0 }, { "hour", 3600 }, { "day", 86400 }, { "week", 7 * 86400 }, { "month", 30 * 86400 },
};

/* What a thread is asked for. */
typedef struct
{
  char *folder; /* (owned) */
  const Range *range;
  char *machine; /* (owned) (nullable) */
  char *user;    /* (owned) (nullable) */
  gint64 from;
  gint64 until;
  gboolean ends_there;
} Job;

static void
job_free (Job *job)
{
  g_free (job->folder);
  g_free (job->machine);
  g_free (job->user);
  g_free (job);
}

static const Range *
find_range (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      if (g_strcmp0 (ranges[i].name, name) == 0)
        return &ranges[i];
    }
  return NULL;
}

static void
on_machine (const char *machine, gpointer user_data)
{
  jump_usage_tally_begin_machine (user_data, machine);
}

static void
on_line (const char *line, gsize length, gpointer user_data)
{
  jump_usage_tally_add_line (user_data, line, length);
}

static char *
write_overview (const Job *job, JumpUsageTally *tally)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_string (&writer, "range", job->range->name);
  jump_json_writer_member_string (&writer, "user_filter", job->user);
  jump_json_writer_member_string (&writer, "machine_filter", job->machine);
  jump_usage_tally_write (tally, &writer);
  jump_json_writer_end_object (&writer);
  return jump_json_writer_finish (&writer);
}

static void
run (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const JumpUsageFolderFuncs funcs = { on_machine, on_line };
  const Job *job = task_data;
  g_autoptr (JumpUsageTally) tally =
      jump_usage_tally_new (job->from, job->until, job->machine, job->user);
  GError *error = NULL;

  if (job->ends_there)
    jump_usage_tally_end_there (tally);
  if (jump_usage_folder_read (job->folder, &funcs, tally, cancellable, &error))
    g_task_return_pointer (task, write_overview (job, tally), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * jump_usage_overview_read_async:
 * @folder: the one of the settings; one that is not there has no machines
 * @query: copied; its range is one that jump_usage_overview_knows_range()
 * @cancellable: (nullable)
 * @callback: (scope async)
 * @user_data: for @callback
 *
 * Rows have "credits" beside the members of the contract: null where no line named a price.
 */
void
jump_usage_overview_read_async (const char *folder,
                                const JumpUsageOverviewQuery *query,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const Range *range = find_range (query->range);
  Job *job;

  g_return_if_fail (range != NULL);
  job = g_new0 (Job, 1);
  job->folder = g_strdup (folder);
  job->range = range;
  job->machine = g_strdup (query->machine);
  job->user = g_strdup (query->user);
  job->from = query->from;
  if (job->from == 0 && range->seconds > 0)
    job->from = query->now - range->seconds;
  job->ends_there = query->until > 0 && query->until <= query->now;
  job->until = job->ends_there ? query->until - 1 : query->now;
  g_task_set_source_tag (task, jump_usage_overview_read_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, run);
}

char *
jump_usage_overview_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
jump_usage_overview_knows_range (const char *range)
{
  return find_range (range) != NULL;
}
