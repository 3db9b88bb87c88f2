/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/conversation/exchange-record.h"
#include "service/history/history-database.h"

/* A record as a row and back: which member is which column. Headers and bodies are history-bodies' part. What many
 * exchanges have in common (path, client, models, route …) stands once, as a facet. */

#define JUMP_HISTORY_ROW_JOINS                                                        \
  "JOIN facets f ON f.facet = e.facet LEFT JOIN sessions s ON s.session = e.session " \
  "LEFT JOIN errors x ON x.error = e.error"
#define JUMP_HISTORY_ROW_TABLES "exchanges e " JUMP_HISTORY_ROW_JOINS

/* What jump_history_row_read() reads, for a SELECT from JUMP_HISTORY_ROW_TABLES; the first column is the row. */
char *jump_history_row_dup_columns (void);
/* Returns: (transfer full): @out_row: (nullable) */
JumpExchangeRecord *jump_history_row_read (JumpHistoryStatement *statement, gint64 *out_row);

/* What a row of exchanges refers to. */
typedef struct
{
  gint64 facet;
  gint64 session; /* 0: none */
  gint64 error;   /* 0: none */
} JumpHistoryFacets;

/* Finds or makes them. */
gboolean jump_history_row_write_facets (JumpHistoryDatabase *database,
                                        const JumpExchangeRecord *record,
                                        JumpHistoryFacets *out_facets,
                                        GError **error);
/* One with this id must not be there. Returns: its row, 0 with an error */
gint64 jump_history_row_write (JumpHistoryDatabase *database,
                               const JumpExchangeRecord *record,
                               const JumpHistoryFacets *facets,
                               GError **error);
/* Returns: the row of @id and whether it was imported, 0 without one. */
gint64 jump_history_row_find (JumpHistoryDatabase *database,
                              const char *id,
                              gboolean *out_is_imported,
                              GError **error);
