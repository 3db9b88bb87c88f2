/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/chart-paint.h"

#define SMALL_TEXT 0.8
#define LIGHTER    0.35

void
jump_chart_set_color (cairo_t *cr, GtkStyleContext *context, const char *name, double alpha)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (context, name, &color))
    gtk_style_context_get_color (context, gtk_style_context_get_state (context), &color);
  color.alpha *= alpha;
  gdk_cairo_set_source_rgba (cr, &color);
}

/**
 * jump_chart_set_bar_color:
 * @cr: gets the colour
 * @context: of the chart
 *
 * The theme's blue is for white text on it; on a dark card it takes some of the text's colour to be told from it.
 */
void
jump_chart_set_bar_color (cairo_t *cr, GtkStyleContext *context)
{
  GdkRGBA bar, text;
  double share;

  gtk_style_context_get_color (context, gtk_style_context_get_state (context), &text);
  if (!gtk_style_context_lookup_color (context, "theme_selected_bg_color", &bar))
    bar = text;
  share = text.red + text.green + text.blue > 1.5 ? LIGHTER : 0;
  cairo_set_source_rgb (cr,
                        bar.red + (text.red - bar.red) * share,
                        bar.green + (text.green - bar.green) * share,
                        bar.blue + (text.blue - bar.blue) * share);
}

PangoLayout *
jump_chart_make_layout (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL_TEXT));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

int
jump_chart_get_text_width (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = jump_chart_make_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

int
jump_chart_get_text_height (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = jump_chart_make_layout (widget, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

void
jump_chart_draw_text (GtkWidget *widget,
                      cairo_t *cr,
                      const char *text,
                      double x,
                      double y,
                      double align)
{
  g_autoptr (PangoLayout) layout = jump_chart_make_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_render_layout (gtk_widget_get_style_context (widget), cr, x - align * width, y, layout);
}
