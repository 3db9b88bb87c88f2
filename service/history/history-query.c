/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-query.h"

/**
 * jump_history_query_copy:
 *
 * Returns: (transfer full): for somebody who answers later
 */
JumpHistoryQuery *
jump_history_query_copy (const JumpHistoryQuery *self)
{
  JumpHistoryQuery *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  copy->full_text = g_strdup (self->full_text);
  copy->model = g_strdup (self->model);
  copy->api = g_strdup (self->api);
  copy->client = g_strdup (self->client);
  copy->client_key = g_strdup (self->client_key);
  copy->session = g_strdup (self->session);
  return copy;
}

/**
 * jump_history_query_free:
 * @self: from jump_history_query_copy()
 */
void
jump_history_query_free (JumpHistoryQuery *self)
{
  g_free ((char *) self->text);
  g_free ((char *) self->full_text);
  g_free ((char *) self->model);
  g_free ((char *) self->api);
  g_free ((char *) self->client);
  g_free ((char *) self->client_key);
  g_free ((char *) self->session);
  g_free (self);
}
