/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/http-context.h"

/* All finished records that a query finds, oldest first and with their bodies, a few at a time. */

typedef struct _JumpRecordSource JumpRecordSource;

JumpRecordSource *jump_record_source_new (JumpHttpContext *context, const JumpHistoryQuery *query);
/* Not while something is loaded. */
void jump_record_source_free (JumpRecordSource *self);
/* One at a time. finish: (transfer full) (element-type JumpExchangeRecord): the next ones, sometimes none of them
 * though there are more. */
void jump_record_source_load_async (JumpRecordSource *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *jump_record_source_load_finish (GAsyncResult *result, GError **error);
/* Whether there is nothing behind what was loaded. */
gboolean jump_record_source_is_last (const JumpRecordSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpRecordSource, jump_record_source_free)
