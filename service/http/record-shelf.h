/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/http-context.h"

/* One exchange with all that is known of it: from memory where its bodies are still there, else from disk. Does with
 * memory alone where the history is not kept, or the disk fails. */

/* finish: (transfer full) (nullable): nobody else has it, so that a thread may read it; NULL without error: there is
 * none of that id. */
void jump_record_shelf_get_async (JumpHttpContext *context,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
JumpExchangeRecord *jump_record_shelf_get_finish (GAsyncResult *result, GError **error);
/* Whether what happens is written down beyond this run's list. */
gboolean jump_record_shelf_uses_store (JumpHttpContext *context);
/* Returns: (transfer full) (nullable): that of @id in memory, with bodies there, as a record of the caller's own. */
JumpExchangeRecord *jump_record_shelf_dup_recent (JumpHttpContext *context, const char *id);
