/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-view.h"

struct _JumpRequestView
{
  GtkTreeView parent_instance;

  gboolean is_placing;
  gboolean is_held;
  gboolean is_asked; /* to draw all of itself, while it is held */
  guint last_row;    /* that could be seen when it was held; G_MAXUINT: there is room for more */
};

G_DEFINE_FINAL_TYPE (JumpRequestView, jump_request_view, GTK_TYPE_TREE_VIEW)

static guint
find_last_row (JumpRequestView *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self));
  GtkTreePath *end = NULL;
  guint row;

  if (gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment) ||
      !gtk_tree_view_get_visible_range (GTK_TREE_VIEW (self), NULL, &end))
    return G_MAXUINT;
  row = (guint) gtk_tree_path_get_indices (end)[0];
  gtk_tree_path_free (end);
  return row;
}

static void
request_view_queue_draw_region (GtkWidget *widget, const cairo_region_t *region)
{
  JumpRequestView *self = JUMP_REQUEST_VIEW (widget);

  if (self->is_held)
    self->is_asked = TRUE;
  else
    GTK_WIDGET_CLASS (jump_request_view_parent_class)->queue_draw_region (widget, region);
}

static void
request_view_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  JumpRequestView *self = JUMP_REQUEST_VIEW (widget);

  self->is_placing = TRUE;
  GTK_WIDGET_CLASS (jump_request_view_parent_class)->size_allocate (widget, allocation);
  self->is_placing = FALSE;
}

static void
jump_request_view_class_init (JumpRequestViewClass *klass)
{
  GTK_WIDGET_CLASS (klass)->size_allocate = request_view_size_allocate;
  GTK_WIDGET_CLASS (klass)->queue_draw_region = request_view_queue_draw_region;
}

static void
jump_request_view_init (JumpRequestView *self)
{
}

gboolean
jump_request_view_is_placing (JumpRequestView *self)
{
  return self->is_placing;
}

void
jump_request_view_hold (JumpRequestView *self)
{
  self->last_row = find_last_row (self);
  self->is_asked = FALSE;
  self->is_held = TRUE;
}

void
jump_request_view_release (JumpRequestView *self, guint first_moved)
{
  self->is_held = FALSE;
  if (self->is_asked && first_moved != G_MAXUINT && first_moved <= self->last_row)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
