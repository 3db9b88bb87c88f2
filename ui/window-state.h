/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What the window remembers from one run to the next, in a small key file beside the other data. A
 * file that is missing, broken or from elsewhere never matters: the defaults hold. */

typedef struct
{
  int width;
  int height;
  gboolean is_maximized;
  char *page;            /* (owned) */
  gboolean has_welcomed; /* the first run's page has been left, by signing in or by choice */
} JumpWindowState;

/* Returns: (transfer full) */
JumpWindowState *jump_window_state_load (const char *path);
gboolean jump_window_state_save (const JumpWindowState *self, const char *path, GError **error);
void jump_window_state_free (JumpWindowState *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpWindowState, jump_window_state_free)
