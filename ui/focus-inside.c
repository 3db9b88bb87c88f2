/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/focus-inside.h"

static gboolean
on_focus (GtkWidget *container, GtkDirectionType direction, gpointer user_data)
{
  GtkWidgetClass *plain = g_type_class_peek (GTK_TYPE_CONTAINER);

  g_signal_stop_emission_by_name (container, "focus");
  return plain->focus (container, direction);
}

/**
 * jump_focus_inside:
 * @container: a list box, or one of its rows
 *
 * Moves the focus in it as in any other container.
 */
void
jump_focus_inside (GtkContainer *container)
{
  gtk_widget_set_can_focus (GTK_WIDGET (container), FALSE);
  g_signal_connect (container, "focus", G_CALLBACK (on_focus), NULL);
}
