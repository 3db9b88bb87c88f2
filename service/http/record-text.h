/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"

#include <gio/gio.h>

/* What one record looks like to those who ask for it, or for a part of it. Bodies are large, so a thread writes them
 * where they are. */

typedef enum
{
  JUMP_RECORD_ALL,         /* a line of a .jl file */
  JUMP_RECORD_REQUEST,     /* as upstream was asked */
  JUMP_RECORD_OWN_REQUEST, /* as the client asked */
  JUMP_RECORD_REPLY,       /* {"raw_events":[…]} of a stream */
  JUMP_RECORD_CURL,
} JumpRecordPart;

/* @record: nobody else's (jump_exchange_record_copy()). @url: of this service. finish: (transfer full) (nullable): NULL without
 * error: that part was not kept. */
void jump_record_text_write_async (JumpExchangeRecord *record,
                                   JumpRecordPart part,
                                   const char *url,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *jump_record_text_write_finish (GAsyncResult *result, GError **error);
