/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <gtk/gtk.h>

/* The colours and letters of drawn charts. */

/* The theme's colour of that name, or the one of the text; @alpha: of it */
void jump_chart_set_color (cairo_t *cr, GtkStyleContext *context, const char *name, double alpha);
/* That of bars: the theme's blue, told from dark cards by some of the text's colour. */
void jump_chart_set_bar_color (cairo_t *cr, GtkStyleContext *context);
/* Returns: (transfer full): a small text */
PangoLayout *jump_chart_make_layout (GtkWidget *widget, const char *text);
int jump_chart_get_text_width (GtkWidget *widget, const char *text);
int jump_chart_get_text_height (GtkWidget *widget);
/* @align: 0 begins at @x, 0.5 is centred there, 1 ends there */
void jump_chart_draw_text (GtkWidget *widget,
                           cairo_t *cr,
                           const char *text,
                           double x,
                           double y,
                           double align);
