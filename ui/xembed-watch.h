/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* Whether an X11 client holds the selection _NET_SYSTEM_TRAY_Sn of our screen, as the XEmbed trays
 * of older panels do. There is none on other displays. */

typedef struct _JumpXembedWatch JumpXembedWatch;
typedef void (*JumpXembedChangedFunc) (gpointer user_data);

JumpXembedWatch *jump_xembed_watch_new (JumpXembedChangedFunc changed, gpointer user_data);
void jump_xembed_watch_free (JumpXembedWatch *self);
gboolean jump_xembed_watch_has_tray (JumpXembedWatch *self);
