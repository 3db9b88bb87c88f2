/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* Takes in the requests of a .jl file; they never count as usage. */

typedef void (*JumpHistoryChangedFunc) (gpointer user_data);

/* Asks for the file. @widget: what was clicked; its window says how it went. @changed: when all are in; @widget lives
 * until then. */
void jump_history_import_ask (GtkWidget *widget,
                              JumpHistoryStore *store,
                              JumpHistoryChangedFunc changed,
                              gpointer user_data);
/* Returns: (transfer full): "12 requests imported, 2 lines were not understood" */
char *jump_history_import_result_text (guint n_imported, guint n_bad);
