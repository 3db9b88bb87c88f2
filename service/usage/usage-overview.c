/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/usage/usage-overview.h"

void
jump_usage_overview_read_async (const char *folder,
                                const JumpUsageOverviewQuery *query,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_task_report_new_error (NULL,
                           callback,
                           user_data,
                           NULL,
                           G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           "not yet");
}

char *
jump_usage_overview_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
jump_usage_overview_knows_range (const char *range)
{
  return g_strv_contains ((const char *const[]){ "all", "hour", "day", "week", "month", NULL },
                          range);
}
