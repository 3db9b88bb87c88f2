/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include "service/service.h"

/* Prints how a sign-in stands: a box with the code and a countdown for a person at a terminal, plain
 * lines (S-02) where there is none, one JSON line per state for programs. */

typedef struct
{
  gboolean json;
  gboolean terminal;
  gboolean open_browser;
  char *status;       /* (owned) (nullable) the one shown last */
  gint64 left;        /* seconds shown last, -1 for none */
  gboolean has_count; /* the cursor stands behind a countdown */
} JumpSignInView;

void jump_sign_in_view_init (JumpSignInView *self, gboolean json, gboolean open_browser);
void jump_sign_in_view_clear (JumpSignInView *self);
void jump_sign_in_view_show (JumpSignInView *self, JsonObject *state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JumpSignInView, jump_sign_in_view_clear)
