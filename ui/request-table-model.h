/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/request-table.h"

/* Inside of the table: its rows as GtkTreeModel wants to see them. For request-table.c alone. */

typedef struct
{
  JumpRequestTable *table; /* (unowned) */
  JumpExchangeItem *item;  /* (owned) */
  GSequenceIter *place;    /* (unowned) (nullable): among those shown */
  gulong changed_id;       /* 0: it has ended */
  gboolean is_seen;        /* the filter has been asked */
  gboolean is_dirty;
  gboolean is_gone; /* the list has it no more, the row is still shown */
} JumpRequestRow;

/* Rows of all exchanges in the list's order; the last n_new and the first n_unseen of them have not
 * been seen yet. */
struct _JumpRequestTable
{
  GObject parent_instance;

  GListModel *source;        /* (owned) */
  JumpClock *clock;          /* (owned) */
  JumpRequestNames *names;   /* (owned) */
  JumpRequestFilter *filter; /* (owned) */
  GPtrArray *all;            /* (owned) (element-type JumpRequestRow): owns them */
  GPtrArray *gone;           /* (owned) (element-type JumpRequestRow): owns them, too */
  GPtrArray *dirty;          /* (owned) (element-type JumpRequestRow): does not */
  GSequence *shown;          /* (owned) (element-type JumpRequestRow): does not */
  guint n_new;
  guint n_unseen;
  guint n_running;
  guint first_moved;
  gboolean is_watched; /* somebody wants to know of rows that come and go */
  gboolean is_frozen;
  gboolean is_pending;
};

void jump_request_table_model_init (GtkTreeModelIface *iface);
void jump_request_table_model_fill_iter (JumpRequestTable *self,
                                         GtkTreeIter *iter,
                                         GSequenceIter *place);
/* Returns: (transfer full) */
GtkTreePath *jump_request_table_model_path (GSequenceIter *place);
