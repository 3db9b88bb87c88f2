/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-store.h"

JumpHistoryPolicy *
jump_history_policy_copy (const JumpHistoryPolicy *self)
{
  JumpHistoryPolicy *copy = g_memdup2 (self, sizeof *self);

  copy->skip_clients = (const char *const *) g_strdupv ((char **) self->skip_clients);
  return copy;
}

void
jump_history_policy_free (JumpHistoryPolicy *self)
{
  g_strfreev ((char **) self->skip_clients);
  g_free (self);
}
