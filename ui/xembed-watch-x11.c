/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/xembed-watch.h"

#include <X11/Xlib.h>
#include <gdk/gdkx.h>
#include <gtk/gtk.h>

struct _JumpXembedWatch
{
  JumpXembedChangedFunc changed;
  gpointer user_data;
  GdkDisplay *display;     /* (unowned) (nullable): lives as long as the process */
  GtkClipboard *selection; /* (unowned) (nullable): the display's */
  Atom atom;
};

static void
on_owner_changed (GtkClipboard *selection, GdkEvent *event, JumpXembedWatch *self)
{
  self->changed (self->user_data);
}

/**
 * jump_xembed_watch_new:
 * @changed: called when a tray came or went
 * @user_data: for @changed
 *
 * A GtkClipboard tells of every owner of a selection, whatever the selection is for; so nobody has
 * to be asked again and again.
 *
 * Returns: (transfer full): the watch
 */
JumpXembedWatch *
jump_xembed_watch_new (JumpXembedChangedFunc changed, gpointer user_data)
{
  JumpXembedWatch *self = g_new0 (JumpXembedWatch, 1);
  GdkDisplay *display = gdk_display_get_default ();
  g_autofree char *name = NULL;

  self->changed = changed;
  self->user_data = user_data;
  if (display == NULL || !GDK_IS_X11_DISPLAY (display))
    return self;
  self->display = display;
  name =
      g_strdup_printf ("_NET_SYSTEM_TRAY_S%d",
                       gdk_x11_screen_get_screen_number (gdk_display_get_default_screen (display)));
  self->atom = gdk_x11_get_xatom_by_name_for_display (display, name);
  self->selection = gtk_clipboard_get_for_display (display, gdk_atom_intern (name, FALSE));
  g_signal_connect (self->selection, "owner-change", G_CALLBACK (on_owner_changed), self);
  return self;
}

/**
 * jump_xembed_watch_free:
 * @self: (transfer full): the watch
 */
void
jump_xembed_watch_free (JumpXembedWatch *self)
{
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_free (self);
}

/**
 * jump_xembed_watch_has_tray:
 * @self: the watch
 *
 * Returns: whether an XEmbed tray is there now
 */
gboolean
jump_xembed_watch_has_tray (JumpXembedWatch *self)
{
  return self->display != NULL &&
         XGetSelectionOwner (gdk_x11_display_get_xdisplay (self->display), self->atom) != None;
}
