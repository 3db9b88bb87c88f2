/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/request-table.h"

#include <gtk/gtk.h>

/* Draws one cell of a row of the table, with an icon in front where the column has one. A cell that
 * GtkCellRendererText draws is told its text twice and lays it out anew each time; here texts are made
 * when they are drawn, and what was laid out is kept. Read by assistive technology as any cell with a
 * text. Has the property "column", one of JumpRequestColumn. */

#define JUMP_TYPE_REQUEST_CELL (jump_request_cell_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestCell, jump_request_cell, JUMP, REQUEST_CELL, GtkCellRendererText)

/* What is drawn from now on. */
void jump_request_cell_set_row (JumpRequestCell *self, JumpRequestTable *table, GtkTreeIter *iter);
/* Lays all out anew: the font or the colours are others now. */
void jump_request_cell_forget (JumpRequestCell *self);
