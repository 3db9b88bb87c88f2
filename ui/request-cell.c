/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/request-cell.h"

/* Some screens full of different texts. */
#define MAX_LAYOUTS 512
/* States, each in the colours of rows that are selected and of those that are not, in front and not. */
#define MAX_ICONS 32
#define ICON_SIZE 16
#define ICON_GAP  6

typedef struct
{
  const char *name; /* (unowned): interned */
  GdkRGBA colour;
  int scale;
  cairo_surface_t *surface; /* (owned) (nullable) */
} Icon;

struct _JumpRequestCell
{
  GtkCellRendererText parent_instance;

  JumpRequestColumn column;
  JumpRequestTable *table; /* (owned) (nullable) */
  JumpExchangeItem *item;  /* (owned) (nullable) */
  GHashTable *layouts;     /* (owned) (element-type utf8 PangoLayout) */
  int width;               /* that they are cut to */
  GArray *icons;           /* (owned) (element-type Icon) */
};

enum
{
  PROP_0,
  PROP_COLUMN,
  PROP_TEXT,
};

G_DEFINE_FINAL_TYPE (JumpRequestCell, jump_request_cell, GTK_TYPE_CELL_RENDERER_TEXT)

/* In whole pixels, which keep texts sharp. */
static int
centre (int outer, int inner)
{
  return (outer - inner) / 2;
}

static char *
dup_text (JumpRequestCell *self, JumpRequestColumn column)
{
  if (self->item == NULL)
    return g_strdup ("");
  return jump_request_table_dup_text (self->table, self->item, column);
}

static gboolean
has_icon (JumpRequestCell *self)
{
  return self->column == JUMP_REQUEST_COLUMN_STATE;
}

static void
icon_clear (gpointer data)
{
  Icon *icon = data;

  g_clear_pointer (&icon->surface, cairo_surface_destroy);
}

static cairo_surface_t *
load_icon (GtkWidget *widget, const Icon *icon)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_screen (gtk_widget_get_screen (widget));
  g_autoptr (GtkIconInfo) info = gtk_icon_theme_lookup_icon_for_scale (
      theme,
      icon->name,
      ICON_SIZE,
      icon->scale,
      GTK_ICON_LOOKUP_USE_BUILTIN | GTK_ICON_LOOKUP_FORCE_SIZE);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (info == NULL)
    return NULL;
  pixbuf = gtk_icon_info_load_symbolic (info, &icon->colour, NULL, NULL, NULL, NULL, NULL);
  if (pixbuf == NULL)
    return NULL;
  return gdk_cairo_surface_create_from_pixbuf (pixbuf, icon->scale, gtk_widget_get_window (widget));
}

/* Returns: (transfer none) (nullable) */
static cairo_surface_t *
get_icon (JumpRequestCell *self, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  g_autofree char *name = dup_text (self, JUMP_REQUEST_COLUMN_STATE_ICON);
  Icon icon = { g_intern_string (name), { 0 }, gtk_widget_get_scale_factor (widget), NULL };

  if (*name == '\0')
    return NULL;
  gtk_style_context_get_color (context, gtk_style_context_get_state (context), &icon.colour);
  for (guint i = 0; i < self->icons->len; i++)
    {
      Icon *known = &g_array_index (self->icons, Icon, i);

      if (known->name == icon.name && known->scale == icon.scale &&
          gdk_rgba_equal (&known->colour, &icon.colour))
        return known->surface;
    }
  if (self->icons->len >= MAX_ICONS)
    g_array_set_size (self->icons, 0);
  icon.surface = load_icon (widget, &icon);
  g_array_append_val (self->icons, icon);
  return icon.surface;
}

static PangoLayout *
make_layout (JumpRequestCell *self, GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoEllipsizeMode mode = PANGO_ELLIPSIZE_NONE;
  int width = 0;

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > self->width)
    {
      g_object_get (self, "ellipsize", &mode, NULL);
      pango_layout_set_ellipsize (layout, mode);
      pango_layout_set_width (layout, MAX (0, self->width) * PANGO_SCALE);
    }
  return layout;
}

/* Returns: (transfer none): valid until the next call */
static PangoLayout *
get_layout (JumpRequestCell *self, GtkWidget *widget, int width)
{
  g_autofree char *text = dup_text (self, self->column);
  PangoLayout *layout;

  if (self->width != width || g_hash_table_size (self->layouts) > MAX_LAYOUTS)
    g_hash_table_remove_all (self->layouts);
  self->width = width;
  layout = g_hash_table_lookup (self->layouts, text);
  if (layout == NULL)
    {
      layout = make_layout (self, widget, text);
      g_hash_table_insert (self->layouts, g_steal_pointer (&text), layout);
    }
  return layout;
}

static void
draw_text (JumpRequestCell *self, cairo_t *cr, GtkWidget *widget, const GdkRectangle *area)
{
  PangoLayout *layout = get_layout (self, widget, area->width);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  PangoRectangle extents;
  float xalign = 0;
  double x;

  gtk_cell_renderer_get_alignment (GTK_CELL_RENDERER (self), &xalign, NULL);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  x = (is_rtl ? 1.0 - xalign : xalign) * MAX (0, area->width - extents.width);
  gtk_render_layout (gtk_widget_get_style_context (widget),
                     cr,
                     area->x + (int) x - extents.x,
                     area->y + centre (area->height, extents.height),
                     layout);
}

/* Leaves what remains of @area for the text. */
static void
draw_icon (JumpRequestCell *self, cairo_t *cr, GtkWidget *widget, GdkRectangle *area)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  cairo_surface_t *surface = get_icon (self, widget);
  int x = is_rtl ? area->x + area->width - ICON_SIZE : area->x;

  if (surface != NULL)
    gtk_render_icon_surface (gtk_widget_get_style_context (widget),
                             cr,
                             surface,
                             x,
                             area->y + centre (area->height, ICON_SIZE));
  area->x += is_rtl ? 0 : ICON_SIZE + ICON_GAP;
  area->width -= ICON_SIZE + ICON_GAP;
}

static void
request_cell_render (GtkCellRenderer *renderer,
                     cairo_t *cr,
                     GtkWidget *widget,
                     const GdkRectangle *background_area,
                     const GdkRectangle *cell_area,
                     GtkCellRendererState flags)
{
  JumpRequestCell *self = JUMP_REQUEST_CELL (renderer);
  GdkRectangle area = *cell_area;
  int xpad;

  gtk_cell_renderer_get_padding (renderer, &xpad, NULL);
  area.x += xpad;
  area.width -= 2 * xpad;
  if (has_icon (self))
    draw_icon (self, cr, widget, &area);
  if (area.width > 0)
    draw_text (self, cr, widget, &area);
}

static void
request_cell_get_preferred_height (GtkCellRenderer *renderer,
                                   GtkWidget *widget,
                                   int *minimum,
                                   int *natural)
{
  GtkCellRendererClass *parent_class = GTK_CELL_RENDERER_CLASS (jump_request_cell_parent_class);
  int ypad;

  parent_class->get_preferred_height (renderer, widget, minimum, natural);
  if (!has_icon (JUMP_REQUEST_CELL (renderer)))
    return;
  gtk_cell_renderer_get_padding (renderer, NULL, &ypad);
  if (minimum != NULL)
    *minimum = MAX (*minimum, ICON_SIZE + 2 * ypad);
  if (natural != NULL)
    *natural = MAX (*natural, ICON_SIZE + 2 * ypad);
}

static void
request_cell_get_preferred_height_for_width (GtkCellRenderer *renderer,
                                             GtkWidget *widget,
                                             int width,
                                             int *minimum,
                                             int *natural)
{
  request_cell_get_preferred_height (renderer, widget, minimum, natural);
}

static void
jump_request_cell_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JumpRequestCell *self = JUMP_REQUEST_CELL (object);

  if (id == PROP_COLUMN)
    g_value_set_int (value, (int) self->column);
  else if (id == PROP_TEXT)
    g_value_take_string (value, dup_text (self, self->column));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
jump_request_cell_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_COLUMN)
    JUMP_REQUEST_CELL (object)->column = (JumpRequestColumn) g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
jump_request_cell_finalize (GObject *object)
{
  JumpRequestCell *self = JUMP_REQUEST_CELL (object);

  g_clear_object (&self->item);
  g_clear_object (&self->table);
  g_hash_table_unref (self->layouts);
  g_array_unref (self->icons);
  G_OBJECT_CLASS (jump_request_cell_parent_class)->finalize (object);
}

static void
jump_request_cell_class_init (JumpRequestCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkCellRendererClass *cell_class = GTK_CELL_RENDERER_CLASS (klass);

  object_class->get_property = jump_request_cell_get_property;
  object_class->set_property = jump_request_cell_set_property;
  object_class->finalize = jump_request_cell_finalize;
  cell_class->render = request_cell_render;
  cell_class->get_preferred_height = request_cell_get_preferred_height;
  cell_class->get_preferred_height_for_width = request_cell_get_preferred_height_for_width;
  g_object_class_install_property (object_class,
                                   PROP_COLUMN,
                                   g_param_spec_int ("column",
                                                     NULL,
                                                     NULL,
                                                     0,
                                                     JUMP_REQUEST_COLUMN_STATE_ICON - 1,
                                                     0,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_object_class_override_property (object_class, PROP_TEXT, "text");
}

static void
jump_request_cell_init (JumpRequestCell *self)
{
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->icons = g_array_new (FALSE, FALSE, sizeof (Icon));
  g_array_set_clear_func (self->icons, icon_clear);
}

void
jump_request_cell_set_row (JumpRequestCell *self, JumpRequestTable *table, GtkTreeIter *iter)
{
  g_set_object (&self->table, table);
  g_set_object (&self->item, jump_request_table_get_item (table, iter));
}

void
jump_request_cell_forget (JumpRequestCell *self)
{
  g_hash_table_remove_all (self->layouts);
  g_array_set_size (self->icons, 0);
}
