/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/request-filter.h"
#include "ui/request-names.h"

#include <gtk/gtk.h>

/* Where people say which requests they want to see. Emits "changed" when that is another filter, and
 * "left" when somebody has finished typing. */

#define JUMP_TYPE_REQUEST_FILTER_BAR (jump_request_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestFilterBar,
                      jump_request_filter_bar,
                      JUMP,
                      REQUEST_FILTER_BAR,
                      GtkBox)

/* What there is to choose from; grows. */
void jump_request_filter_bar_set_names (JumpRequestFilterBar *self, JumpRequestNames *names);
/* Returns: (transfer full) */
JumpRequestFilter *jump_request_filter_bar_dup_filter (JumpRequestFilterBar *self);
void jump_request_filter_bar_clear (JumpRequestFilterBar *self);
void jump_request_filter_bar_focus (JumpRequestFilterBar *self);
/* Returns: whether the key begins or continues a search. */
gboolean jump_request_filter_bar_take_key (JumpRequestFilterBar *self, GdkEvent *event);
