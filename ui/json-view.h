/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* A body with its JSON set and highlighted. Large ones are set in a thread, put in piece by piece, and
 * shown cut until somebody wants all of it. */

#define JUMP_TYPE_JSON_VIEW (jump_json_view_get_type ())
G_DECLARE_FINAL_TYPE (JumpJsonView, jump_json_view, JUMP, JSON_VIEW, GtkBox)

/* @key: says whether this is what was shown before, which may have grown meanwhile. */
void jump_json_view_set_body (JumpJsonView *self, const char *key, GBytes *body);
/* Says @note instead of a body. */
void jump_json_view_set_note (JumpJsonView *self, const char *note);
