/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "ui/request-table.h"

#include <gtk/gtk.h>

/* The rows on the screen: draws what changed a few times a second and only while it can be seen,
 * stays at the newest row as long as nobody scrolls up, hides columns when there is no room. Emits
 * "selected" (JumpExchangeItem *, nullable), "activated" when somebody wants to see the selected one
 * closer, "updated" when the number of rows or of those waiting may differ, and has the property
 * "follows". */

#define JUMP_TYPE_REQUEST_LIST (jump_request_list_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestList, jump_request_list, JUMP, REQUEST_LIST, GtkScrolledWindow)

void jump_request_list_set_table (JumpRequestList *self, JumpRequestTable *table);
void jump_request_list_set_filter (JumpRequestList *self, const JumpRequestFilter *filter);
void jump_request_list_set_paused (JumpRequestList *self, gboolean is_paused);
void jump_request_list_set_follows (JumpRequestList *self, gboolean follows);
gboolean jump_request_list_get_follows (JumpRequestList *self);
/* Also one whose row has yet to come. */
void jump_request_list_select (JumpRequestList *self, JumpExchangeItem *item);
void jump_request_list_focus (JumpRequestList *self);
