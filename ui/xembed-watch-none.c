/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* A GTK without X11 has no XEmbed tray. */

#include "ui/xembed-watch.h"

struct _JumpXembedWatch
{
  JumpXembedChangedFunc changed;
};

JumpXembedWatch *
jump_xembed_watch_new (JumpXembedChangedFunc changed, gpointer user_data)
{
  JumpXembedWatch *self = g_new0 (JumpXembedWatch, 1);

  self->changed = changed;
  return self;
}

void
jump_xembed_watch_free (JumpXembedWatch *self)
{
  g_free (self);
}

gboolean
jump_xembed_watch_has_tray (JumpXembedWatch *self)
{
  return FALSE;
}
