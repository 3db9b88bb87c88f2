/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

#include <gtk/gtk.h>

/* Asks whether the terms of a model are accepted, in upstream's own words. Answers with
 * GTK_RESPONSE_ACCEPT or something else, as dialogs do.
 * @parent: (nullable). Returns: (transfer none): as every toplevel, modal, not shown yet */
GtkWidget *jump_terms_dialog_new (GtkWindow *parent, JumpModel *model);
