/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* A tree view for rows that come and go all the time: a plain one draws all of itself anew for each of
 * them, whether it can be seen or not. */

#define JUMP_TYPE_REQUEST_VIEW (jump_request_view_get_type ())
G_DECLARE_FINAL_TYPE (JumpRequestView, jump_request_view, JUMP, REQUEST_VIEW, GtkTreeView)

/* Whether it is putting its rows into place: what moves now has not been moved by a person. */
gboolean jump_request_view_is_placing (JumpRequestView *self);
/* Until it is released, what changes does not make it draw all of itself. */
void jump_request_view_hold (JumpRequestView *self);
/* @first_moved: the first row from which on any came or went meanwhile; G_MAXUINT: none. Only what can be
 * seen is drawn. */
void jump_request_view_release (JumpRequestView *self, guint first_moved);
