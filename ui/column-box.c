/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/column-box.h"

struct _JumpColumnBox
{
  GtkContainer parent_instance;

  GList *children; /* (element-type GtkWidget): the container's references */
  int spacing;
};

typedef enum
{
  PROP_SPACING = 1,
  N_PROPS,
} JumpColumnBoxProperty;

G_DEFINE_FINAL_TYPE (JumpColumnBox, jump_column_box, GTK_TYPE_CONTAINER)

static int
count_visible (JumpColumnBox *self)
{
  int n = 0;

  for (GList *link = self->children; link != NULL; link = link->next)
    n += gtk_widget_get_visible (link->data);
  return n;
}

/* The widest child decides for all. */
static void
measure_width (JumpColumnBox *self, int *out_minimum, int *out_natural)
{
  *out_minimum = 0;
  *out_natural = 0;
  for (GList *link = self->children; link != NULL; link = link->next)
    if (gtk_widget_get_visible (link->data))
      {
        int minimum;
        int natural;

        gtk_widget_get_preferred_width (link->data, &minimum, &natural);
        *out_minimum = MAX (*out_minimum, minimum);
        *out_natural = MAX (*out_natural, natural);
      }
}

/* Returns: the width of one of the columns, 0 when the children have to stand one below the other */
static int
get_column_width (JumpColumnBox *self, int width)
{
  int n = count_visible (self);
  int minimum;
  int natural;
  int column;

  if (n < 2)
    return 0;
  measure_width (self, &minimum, &natural);
  column = (width - (n - 1) * self->spacing) / n;
  return column >= minimum ? column : 0;
}

static void
jump_column_box_add (GtkContainer *container, GtkWidget *widget)
{
  JumpColumnBox *self = JUMP_COLUMN_BOX (container);

  self->children = g_list_append (self->children, widget);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
}

static void
jump_column_box_remove (GtkContainer *container, GtkWidget *widget)
{
  JumpColumnBox *self = JUMP_COLUMN_BOX (container);

  self->children = g_list_remove (self->children, widget);
  gtk_widget_unparent (widget);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
jump_column_box_forall (GtkContainer *container,
                        gboolean include_internals,
                        GtkCallback callback,
                        gpointer user_data)
{
  JumpColumnBox *self = JUMP_COLUMN_BOX (container);

  /* the callback may remove the child */
  for (GList *link = self->children, *next = NULL; link != NULL; link = next)
    {
      next = link->next;
      callback (link->data, user_data);
    }
}

static GType
jump_column_box_child_type (GtkContainer *container)
{
  return GTK_TYPE_WIDGET;
}

static GtkSizeRequestMode
jump_column_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
jump_column_box_get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  JumpColumnBox *self = JUMP_COLUMN_BOX (widget);
  int n = count_visible (self);

  measure_width (self, minimum, natural);
  if (n > 1)
    *natural = n * *natural + (n - 1) * self->spacing;
}

static void
jump_column_box_get_preferred_height_for_width (GtkWidget *widget,
                                                int width,
                                                int *minimum,
                                                int *natural)
{
  JumpColumnBox *self = JUMP_COLUMN_BOX (widget);
  int column = get_column_width (self, width);
  int n = count_visible (self);

  *minimum = 0;
  *natural = 0;
  for (GList *link = self->children; link != NULL; link = link->next)
    if (gtk_widget_get_visible (link->data))
      {
        int least;
        int usual;

        gtk_widget_get_preferred_height_for_width (link->data,
                                                   column > 0 ? column : width,
                                                   &least,
                                                   &usual);
        *minimum = column > 0 ? MAX (*minimum, least) : *minimum + least;
        *natural = column > 0 ? MAX (*natural, usual) : *natural + usual;
      }
  if (column == 0 && n > 1)
    {
      *minimum += (n - 1) * self->spacing;
      *natural += (n - 1) * self->spacing;
    }
}

static void
jump_column_box_get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  int width;
  int natural_width;

  jump_column_box_get_preferred_width (widget, &width, &natural_width);
  jump_column_box_get_preferred_height_for_width (widget, width, minimum, natural);
}

static void
jump_column_box_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  JumpColumnBox *self = JUMP_COLUMN_BOX (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int column = get_column_width (self, allocation->width);
  int x = is_mirrored ? allocation->x + allocation->width - column : allocation->x;
  int y = allocation->y;

  gtk_widget_set_allocation (widget, allocation);
  for (GList *link = self->children; link != NULL; link = link->next)
    if (gtk_widget_get_visible (link->data))
      {
        GtkAllocation child = { x, y, column, allocation->height };

        if (column == 0)
          {
            child.x = allocation->x;
            child.width = allocation->width;
            gtk_widget_get_preferred_height_for_width (link->data,
                                                       child.width,
                                                       NULL,
                                                       &child.height);
            y += child.height + self->spacing;
          }
        else
          x += is_mirrored ? -(column + self->spacing) : column + self->spacing;
        gtk_widget_size_allocate (link->data, &child);
      }
}

static void
jump_column_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JumpColumnBox *self = JUMP_COLUMN_BOX (object);

  switch ((JumpColumnBoxProperty) id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      return;
    case N_PROPS:
      break;
    }
  G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
jump_column_box_class_init (JumpColumnBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkContainerClass *container_class = GTK_CONTAINER_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = jump_column_box_set_property;
  container_class->add = jump_column_box_add;
  container_class->remove = jump_column_box_remove;
  container_class->forall = jump_column_box_forall;
  container_class->child_type = jump_column_box_child_type;
  widget_class->get_request_mode = jump_column_box_get_request_mode;
  widget_class->get_preferred_width = jump_column_box_get_preferred_width;
  widget_class->get_preferred_height = jump_column_box_get_preferred_height;
  widget_class->get_preferred_height_for_width = jump_column_box_get_preferred_height_for_width;
  widget_class->size_allocate = jump_column_box_size_allocate;
  g_object_class_install_property (G_OBJECT_CLASS (klass),
                                   PROP_SPACING,
                                   g_param_spec_int ("spacing",
                                                     NULL,
                                                     NULL,
                                                     0,
                                                     G_MAXINT,
                                                     0,
                                                     G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
jump_column_box_init (JumpColumnBox *self)
{
  gtk_widget_set_has_window (GTK_WIDGET (self), FALSE);
}
