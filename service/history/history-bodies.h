/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"
#include "service/history/history-database.h"

/* Headers and bodies on disk: compressed (zlib), apart from the rows, so that lists never read them. */

/* What is to be written: the record may lose its bodies at any time, others show it too. */
typedef struct
{
  JumpExchangeRecord *record; /* (owned) */
  gboolean has_bodies;
  gsize body_limit;       /* bytes of one body */
  char *request_headers;  /* (owned) (nullable), as the next: only with has_bodies */
  GBytes *request_body;   /* (owned) (nullable) */
  GBytes *sent_body;      /* (owned) (nullable) */
  char *reply_headers;    /* (owned) (nullable) */
  GByteArray *reply_body; /* (owned) (nullable) */
  gsize bytes;            /* of all of it */
} JumpHistoryEntry;

/* @body_limit: bytes of one body; larger ones are replaced by what says so. */
JumpHistoryEntry *
jump_history_entry_new (JumpExchangeRecord *record, gboolean has_bodies, gsize body_limit);
void jump_history_entry_free (JumpHistoryEntry *self);

/* @said: what can be read in them. */
gboolean jump_history_bodies_write (JumpHistoryDatabase *database,
                                    gint64 row,
                                    const JumpHistoryEntry *entry,
                                    const char *said,
                                    GError **error);
/* Gives @record what is kept of it; that may be nothing. */
gboolean jump_history_bodies_read (JumpHistoryDatabase *database,
                                   gint64 row,
                                   JumpExchangeRecord *record,
                                   GError **error);
/* (transfer full) (nullable): what jump_history_bodies_write() was told; NULL without @error: no bodies */
char *jump_history_bodies_dup_said (JumpHistoryDatabase *database, gint64 row, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpHistoryEntry, jump_history_entry_free)
