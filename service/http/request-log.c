/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-http"

#include "service/http/request-log.h"

/* Nothing of the query, and no code that lets somebody in. */
static const char *
get_path (const JumpClientRequest *request)
{
  if (request->path == NULL)
    return "-";
  return g_str_has_prefix (request->path, JUMP_SESSION_LINK_PATH) ? JUMP_SESSION_LINK_PATH
                                                                  : request->path;
}

/**
 * jump_request_log_write:
 * @entry: a request whose reply is over
 */
void
jump_request_log_write (const JumpRequestLogEntry *entry)
{
  const JumpClientRequest *request = entry->request;
  /* Our own commands ask twice a second while they wait: that is nobody's news. */
  GLogLevelFlags level = entry->route != NULL && entry->route->access == JUMP_ACCESS_CONTROL
                             ? G_LOG_LEVEL_DEBUG
                             : G_LOG_LEVEL_INFO;

  g_log (G_LOG_DOMAIN,
         level,
         "%s %s client=%s status=%u ms=%" G_GINT64_FORMAT " in=%" G_GSIZE_FORMAT
         " out=%" G_GUINT64_FORMAT " id=%s%s",
         request->method != NULL ? request->method : "-",
         get_path (request),
         request->user_agent != NULL ? request->user_agent : "-",
         entry->status,
         (g_get_monotonic_time () - entry->started) / 1000,
         g_bytes_get_size (request->body),
         entry->bytes,
         request->id,
         entry->is_complete ? "" : " error=the client left");
}
