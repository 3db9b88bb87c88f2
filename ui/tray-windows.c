/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/desk-notice-windows.h"
#include "ui/notification-area-windows.h"
#include "ui/tray.h"

/* The notification area. Its menu is Windows' own, with the lines and states of the GtkMenu, so
 * that keyboard and screen readers work as everywhere else. GtkStatusIcon would do it with less code,
 * but is deprecated, knows no notices, shows the GTK menu where it guesses the pointer, and draws the
 * icon in the size of 20 years ago. */

#define JUMP_TYPE_TRAY_WINDOWS (jump_tray_windows_get_type ())
G_DECLARE_FINAL_TYPE (JumpTrayWindows, jump_tray_windows, JUMP, TRAY_WINDOWS, GObject)

struct _JumpTrayWindows
{
  GObject parent_instance;

  JumpNotificationArea *area; /* (owned) */
  JumpNoticeBoard *notices;   /* (owned) */
  char *icon;                 /* (owned) (nullable): its name */
  GtkMenu *menu;              /* (owned) (nullable) */
  GPtrArray *items;           /* (owned) (element-type GtkMenuItem): number - 1 is the index */
  gboolean is_shown;
  gboolean is_menu_open;
};

static void tray_init (JumpTrayInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpTrayWindows,
                               jump_tray_windows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_TRAY, tray_init))

/* ---- the picture ---- */

/* A symbolic picture takes on the taskbar's colours; where none can be read, the grey one of the
 * same name without "-symbolic" is found. */
static GdkPixbuf *
load_picture (const char *name, const JumpAreaLook *look)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  static const GdkRGBA black = { 0.1, 0.1, 0.1, 1 };
  static const GdkRGBA green[] = { { 0.56, 0.94, 0.64, 1 }, { 0.15, 0.64, 0.41, 1 } };
  static const GdkRGBA yellow[] = { { 0.97, 0.76, 0.32, 1 }, { 0.68, 0.43, 0, 1 } };
  static const GdkRGBA red[] = { { 1, 0.55, 0.47, 1 }, { 0.75, 0.11, 0.16, 1 } };
  int shade = look->is_light ? 1 : 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkIconInfo) info =
      gtk_icon_theme_lookup_icon (gtk_icon_theme_get_default (),
                                  name,
                                  look->size,
                                  GTK_ICON_LOOKUP_FORCE_SIZE | GTK_ICON_LOOKUP_GENERIC_FALLBACK);
  GdkPixbuf *picture = NULL;

  if (info == NULL)
    {
      g_debug ("there is no icon %s", name);
      return NULL;
    }
  picture = gtk_icon_info_load_symbolic (info,
                                         look->is_light ? &black : &white,
                                         &green[shade],
                                         &yellow[shade],
                                         &red[shade],
                                         NULL,
                                         &error);
  if (picture == NULL)
    g_debug ("loading the icon %s: %s", name, error->message);
  return picture;
}

/* In the middle of a square: a picture may be smaller than what was asked for. */
static GBytes *
get_pixels (GdkPixbuf *picture, int size)
{
  g_autoptr (GdkPixbuf) square = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, size, size);
  int width = MIN (gdk_pixbuf_get_width (picture), size);
  int height = MIN (gdk_pixbuf_get_height (picture), size);

  gdk_pixbuf_fill (square, 0);
  gdk_pixbuf_copy_area (picture,
                        0,
                        0,
                        width,
                        height,
                        square,
                        (size - width) / 2,
                        (size - height) / 2);
  return gdk_pixbuf_read_pixel_bytes (square);
}

static void
show_picture (JumpTrayWindows *self)
{
  JumpAreaLook look = jump_notification_area_get_look ();
  g_autoptr (GdkPixbuf) picture = load_picture (self->icon, &look);
  g_autoptr (GBytes) pixels = NULL;

  if (picture == NULL)
    picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 1, 1); /* a place to click at least */
  pixels = get_pixels (picture, look.size);
  jump_notification_area_set_picture (self->area, pixels, look.size);
}

/* ---- the menu ---- */

static char *
get_label (GtkMenuItem *item)
{
  const char *label = gtk_menu_item_get_label (item);
  g_auto (GStrv) parts = NULL;

  if (gtk_menu_item_get_use_underline (item))
    return g_strdup (label);
  parts = g_strsplit (label, "_", -1);
  return g_strjoinv ("__", parts);
}

/* All items get a number, also hidden ones, so that it stays the same while the menu lives. */
static void
add_items (JumpTrayWindows *self, GArray *lines, GtkWidget *menu, guint depth, gboolean is_shown)
{
  g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (menu));

  for (GList *at = children; at != NULL; at = at->next)
    {
      GtkMenuItem *item = at->data;
      GtkWidget *submenu = gtk_menu_item_get_submenu (item);
      gboolean is_line = is_shown && gtk_widget_get_visible (GTK_WIDGET (item));
      g_autofree char *label = GTK_IS_SEPARATOR_MENU_ITEM (item) ? NULL : get_label (item);

      g_ptr_array_add (self->items, g_object_ref (item));
      if (is_line)
        jump_area_items_add (lines,
                             label,
                             self->items->len,
                             depth,
                             gtk_widget_get_sensitive (GTK_WIDGET (item)),
                             GTK_IS_CHECK_MENU_ITEM (item) &&
                                 gtk_check_menu_item_get_active (GTK_CHECK_MENU_ITEM (item)));
      if (submenu != NULL)
        add_items (self, lines, submenu, depth + 1, is_line);
    }
}

static GArray *
build_lines (JumpTrayWindows *self)
{
  GArray *lines = jump_area_items_new ();

  g_ptr_array_set_size (self->items, 0);
  if (self->menu != NULL)
    add_items (self, lines, GTK_WIDGET (self->menu), 0, TRUE);
  return lines;
}

static void
on_item_changed (JumpTrayWindows *self)
{
  g_autoptr (GArray) lines = NULL;

  if (!self->is_menu_open)
    return;
  lines = build_lines (self);
  jump_notification_area_update_menu (self->area, lines);
}

/* Those that open a menu hear of it, as they would in a GtkMenu: what is behind them may be brought
 * up to date. */
static void
open_menu (JumpTrayWindows *self)
{
  g_autoptr (GArray) lines = build_lines (self);
  g_autoptr (GPtrArray) items = g_ptr_array_ref (self->items);

  if (lines->len == 0)
    return;
  self->is_menu_open = TRUE;
  jump_notification_area_show_menu (self->area,
                                    lines,
                                    gtk_widget_get_direction (GTK_WIDGET (self->menu)) ==
                                        GTK_TEXT_DIR_RTL);
  for (guint i = 0; i < items->len; i++)
    {
      GtkMenuItem *item = g_ptr_array_index (items, i);

      if (gtk_menu_item_get_submenu (item) != NULL && gtk_widget_get_visible (GTK_WIDGET (item)))
        gtk_menu_item_activate (item);
    }
}

static void
choose_item (JumpTrayWindows *self, guint number)
{
  g_autoptr (GtkMenuItem) item = NULL;

  if (number > self->items->len)
    return;
  item = g_object_ref (g_ptr_array_index (self->items, number - 1));
  if (gtk_widget_get_sensitive (GTK_WIDGET (item)))
    gtk_menu_item_activate (item);
}

static void
on_area_event (JumpAreaEvent event, guint number, gpointer user_data)
{
  g_autoptr (JumpTrayWindows) self = g_object_ref (user_data); /* "Quit" may be chosen */

  switch (event)
    {
    case JUMP_AREA_SHOWN_CHANGED:
      self->is_shown = number != 0;
      jump_tray_emit_visible_changed (JUMP_TRAY (self));
      break;
    case JUMP_AREA_LOOK_CHANGED:
      if (self->icon != NULL)
        show_picture (self);
      break;
    case JUMP_AREA_ACTIVATED:
      jump_tray_emit_activated (JUMP_TRAY (self));
      break;
    case JUMP_AREA_MENU_ASKED:
      open_menu (self);
      break;
    case JUMP_AREA_MENU_CLOSED:
      self->is_menu_open = FALSE;
      break;
    case JUMP_AREA_ITEM_CHOSEN:
      choose_item (self, number);
      break;
    case JUMP_AREA_NOTICE_CLICKED:
      jump_notice_board_choose (self->notices, number);
      break;
    }
}

static void
follow_items (JumpTrayWindows *self)
{
  g_autoptr (GArray) lines = build_lines (self);

  for (guint i = 0; i < self->items->len; i++)
    g_signal_connect_object (g_ptr_array_index (self->items, i),
                             "notify",
                             G_CALLBACK (on_item_changed),
                             self,
                             G_CONNECT_SWAPPED);
}

/* ---- JumpTray ---- */

static void
set_icon (JumpTray *tray, const char *icon, const char *description, gboolean is_attention)
{
  JumpTrayWindows *self = JUMP_TRAY_WINDOWS (tray);

  if (g_strcmp0 (self->icon, icon) == 0)
    return;
  g_free (self->icon);
  self->icon = g_strdup (icon);
  show_picture (self);
}

/* The tooltip is also what a screen reader says. */
static void
set_title (JumpTray *tray, const char *title)
{
  jump_notification_area_set_tooltip (JUMP_TRAY_WINDOWS (tray)->area, title);
}

static void
set_menu (JumpTray *tray, GtkMenu *menu, GtkWidget *main_item)
{
  JumpTrayWindows *self = JUMP_TRAY_WINDOWS (tray);

  if (g_set_object (&self->menu, menu) && menu != NULL)
    follow_items (self);
}

static gboolean
get_is_visible (JumpTray *tray)
{
  return JUMP_TRAY_WINDOWS (tray)->is_shown;
}

static void
tray_init (JumpTrayInterface *iface)
{
  iface->set_icon = set_icon;
  iface->set_title = set_title;
  iface->set_menu = set_menu;
  iface->get_is_visible = get_is_visible;
}

static void
jump_tray_windows_dispose (GObject *object)
{
  JumpTrayWindows *self = JUMP_TRAY_WINDOWS (object);

  g_clear_pointer (&self->notices, jump_notice_board_free);
  g_clear_pointer (&self->area, jump_notification_area_free);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->icon, g_free);
  G_OBJECT_CLASS (jump_tray_windows_parent_class)->dispose (object);
}

static void
jump_tray_windows_class_init (JumpTrayWindowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jump_tray_windows_dispose;
}

static void
jump_tray_windows_init (JumpTrayWindows *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * jump_tray_new:
 * @id: not needed here
 * @application: gets the actions by which notices reach the icon; outlives it
 *
 * Returns: (transfer full): an icon without picture and menu
 */
JumpTray *
jump_tray_new (const char *id, GApplication *application)
{
  JumpTrayWindows *self = g_object_new (JUMP_TYPE_TRAY_WINDOWS, NULL);

  self->area = jump_notification_area_new ("Jumpseat", on_area_event, self);
  self->notices = jump_notice_board_new (self->area, application);
  return JUMP_TRAY (self);
}
