/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/copy-text.h"

#include "ui/window.h"

/**
 * jump_copy_text:
 * @widget: what was clicked
 * @text: goes to the clipboard, and stays there when the program ends, if the desktop can do that
 * @done: a confirmation in words
 */
void
jump_copy_text (GtkWidget *widget, const char *text, const char *done)
{
  GtkClipboard *clipboard = gtk_widget_get_clipboard (widget, GDK_SELECTION_CLIPBOARD);
  GtkWidget *toplevel = gtk_widget_get_toplevel (widget);

  gtk_clipboard_set_text (clipboard, text, -1);
  gtk_clipboard_store (clipboard);
  if (JUMP_IS_WINDOW (toplevel))
    jump_window_tell (JUMP_WINDOW (toplevel), done);
}
