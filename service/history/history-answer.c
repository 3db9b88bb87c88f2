/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-store.h"

void
jump_history_page_free (JumpHistoryPage *self)
{
  g_ptr_array_unref (self->records);
  g_free (self);
}

void
jump_history_sum_free (JumpHistorySum *self)
{
  g_free (self->name);
  g_free (self);
}

void
jump_histogram_free (JumpHistogram *self)
{
  g_array_unref (self->bars);
  g_free (self);
}
