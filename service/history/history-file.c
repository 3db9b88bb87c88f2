/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-file.h"

struct _JumpHistoryFile
{
  JumpClock *clock; /* (owned) */
};

JumpHistoryFile *
jump_history_file_new (const char *data_dir, JumpClock *clock)
{
  JumpHistoryFile *self = g_new0 (JumpHistoryFile, 1);

  self->clock = g_object_ref (clock);
  return self;
}

void
jump_history_file_free (JumpHistoryFile *self)
{
  g_object_unref (self->clock);
  g_free (self);
}

void
jump_history_file_set_wanted (JumpHistoryFile *self, gboolean requests, gboolean errors)
{
}

void
jump_history_file_add (JumpHistoryFile *self, JumpExchangeRecord *record)
{
}

void
jump_history_file_add_refresh_failure (JumpHistoryFile *self,
                                       const char *endpoint,
                                       guint status,
                                       const char *error,
                                       const char *reply)
{
}
