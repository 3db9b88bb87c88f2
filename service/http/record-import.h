/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/history/history-store.h"

/* Lines of .jl files on their way into the history: read in a thread, batch by batch, each written before the next is
 * read. Lines that make no sense are passed over and told of. */

/* Errors that are told of; all are counted. */
#define JUMP_RECORD_IMPORT_ERRORS 10

typedef struct
{
  guint64 imported;
  GPtrArray *errors; /* (owned) (element-type utf8): "Line 3: …" */
  guint64 total_errors;
} JumpRecordImport;

/* @body: lines, or a form with them in its part "file", as @content_type (nullable) says. finish: (transfer full)
 * (nullable): NULL with JUMP_ERROR_BAD_REQUEST when there is no file, else an error of the store; what was written
 * before stays. */
void jump_record_import_async (JumpHistoryStore *store,
                               GBytes *body,
                               const char *content_type,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
JumpRecordImport *jump_record_import_finish (GAsyncResult *result, GError **error);
void jump_record_import_free (JumpRecordImport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpRecordImport, jump_record_import_free)
