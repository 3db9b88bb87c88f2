/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* How wide the columns of the list of requests are, and which of them there is room for. The columns
 * of the view are those of JumpRequestColumn, in that order. */

/* Gives the cells their rows. */
void jump_request_list_columns_connect (GtkTreeView *view);
/* By the font and the language of the moment. */
void jump_request_list_columns_measure (GtkTreeView *view);
void jump_request_list_columns_fit (GtkTreeView *view, int width);
