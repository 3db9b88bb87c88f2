/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gio/gio.h>

/* What all computers used, read back from the lines of a folder. */

typedef struct
{
  const char *range;   /* "all", "hour", "day", "week", "month" */
  const char *machine; /* (nullable) */
  const char *user;    /* (nullable) */
  gint64 now;          /* wall seconds */
  gint64 from;         /* the same; 0: as range says */
  gint64 until;        /* the same, and not included; 0: now */
} JumpUsageOverviewQuery;

/* In a thread: files may be large and far away. finish: (transfer full): the JSON text of
 * GET /api/config-manager/token-usage. Lines that make no sense are passed over; a machine may be missing. */
void jump_usage_overview_read_async (const char *folder,
                                     const JumpUsageOverviewQuery *query,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char *jump_usage_overview_read_finish (GAsyncResult *result, GError **error);
/* Whether @range is one. */
gboolean jump_usage_overview_knows_range (const char *range);
