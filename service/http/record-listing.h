/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/http/http-context.h"

/* The exchanges in memory and those on disk as one list. Does with memory alone where the history is not kept, or the
 * disk fails. */

/* Newest first, those that run before all others; page and per_page as of the store. Records come without bodies
 * unless they are this run's. finish: (transfer full) (nullable) */
void jump_record_listing_find_async (JumpHttpContext *context,
                                     const JumpHistoryQuery *query,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
JumpHistoryPage *jump_record_listing_find_finish (GAsyncResult *result, GError **error);
