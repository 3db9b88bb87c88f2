/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/tray.h"

#include <string.h>
#include <windows.h>

/* An icon in Windows' notification area, with the GTK menu popped up beside the pointer. Explorer
 * forgets all icons when it starts again, and says so by the message "TaskbarCreated". */

#define MESSAGE_ICON           (WM_APP + 1)
#define ICON_NUMBER            1
#define CLASS_NAME             L"JumpseatTray"
#define ICON_PIXELS            32

#define JUMP_TYPE_TRAY_WINDOWS (jump_tray_windows_get_type ())
G_DECLARE_FINAL_TYPE (JumpTrayWindows, jump_tray_windows, JUMP, TRAY_WINDOWS, GObject)

struct _JumpTrayWindows
{
  GObject parent_instance;

  HWND window;   /* (owned): gets the icon's messages, never shown */
  HICON icon;    /* (owned) (nullable) */
  char *name;    /* (owned) (nullable): of the icon that is shown */
  char *title;   /* (owned) */
  GtkMenu *menu; /* (owned) (nullable) */
  UINT taskbar_created;
  guint start; /* source id */
  gboolean is_added;
};

static void tray_init (JumpTrayInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JumpTrayWindows,
                               jump_tray_windows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMP_TYPE_TRAY, tray_init))

static void
fill_data (JumpTrayWindows *self, NOTIFYICONDATAW *data)
{
  g_autofree gunichar2 *tip = g_utf8_to_utf16 (self->title, -1, NULL, NULL, NULL);

  memset (data, 0, sizeof *data);
  data->cbSize = sizeof *data;
  data->hWnd = self->window;
  data->uID = ICON_NUMBER;
  data->uFlags = NIF_MESSAGE | NIF_ICON | NIF_TIP;
  data->uCallbackMessage = MESSAGE_ICON;
  data->hIcon = self->icon;
  if (tip != NULL)
    lstrcpynW (data->szTip, (const wchar_t *) tip, G_N_ELEMENTS (data->szTip));
}

static void
add_icon (JumpTrayWindows *self)
{
  NOTIFYICONDATAW data;

  fill_data (self, &data);
  self->is_added = Shell_NotifyIconW (NIM_ADD, &data);
}

static void
update_icon (JumpTrayWindows *self)
{
  NOTIFYICONDATAW data;

  if (!self->is_added)
    return;
  fill_data (self, &data);
  Shell_NotifyIconW (NIM_MODIFY, &data);
}

/* A picture of the icon theme with its transparency, as Windows wants it. */
static HICON
load_icon (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) picture = gtk_icon_theme_load_icon (gtk_icon_theme_get_default (),
                                                            name,
                                                            ICON_PIXELS,
                                                            GTK_ICON_LOOKUP_FORCE_SIZE,
                                                            &error);
  g_autoptr (GdkPixbuf) with_alpha = NULL;
  BITMAPV5HEADER header = { .bV5Size = sizeof header };
  ICONINFO info = { .fIcon = TRUE };
  guint32 *pixels = NULL;
  HICON icon;

  if (picture == NULL)
    {
      g_debug ("loading the icon %s: %s", name, error->message);
      return NULL;
    }
  with_alpha = gdk_pixbuf_add_alpha (picture, FALSE, 0, 0, 0);
  header.bV5Width = gdk_pixbuf_get_width (with_alpha);
  header.bV5Height = -gdk_pixbuf_get_height (with_alpha); /* negative: the first row is on top */
  header.bV5Planes = 1;
  header.bV5BitCount = 32;
  header.bV5Compression = BI_BITFIELDS;
  header.bV5RedMask = 0x00ff0000;
  header.bV5GreenMask = 0x0000ff00;
  header.bV5BlueMask = 0x000000ff;
  header.bV5AlphaMask = 0xff000000;
  info.hbmColor = CreateDIBSection (NULL,
                                    (const BITMAPINFO *) &header,
                                    DIB_RGB_COLORS,
                                    (void **) &pixels,
                                    NULL,
                                    0);
  if (info.hbmColor == NULL)
    return NULL;
  for (int y = 0; y < gdk_pixbuf_get_height (with_alpha); y++)
    {
      const guint8 *from = gdk_pixbuf_read_pixels (with_alpha) +
                           (gsize) y * (gsize) gdk_pixbuf_get_rowstride (with_alpha);

      for (int x = 0; x < gdk_pixbuf_get_width (with_alpha); x++, from += 4)
        *pixels++ =
            (guint32) from[3] << 24 | (guint32) from[0] << 16 | (guint32) from[1] << 8 | from[2];
    }
  info.hbmMask = CreateBitmap (header.bV5Width, -header.bV5Height, 1, 1, NULL);
  icon = CreateIconIndirect (&info);
  DeleteObject (info.hbmMask);
  DeleteObject (info.hbmColor);
  return icon;
}

static void
on_icon_clicked (JumpTrayWindows *self, UINT message)
{
  if (message == WM_LBUTTONDBLCLK)
    jump_tray_emit_activated (JUMP_TRAY (self));
  if ((message != WM_RBUTTONUP && message != WM_LBUTTONUP) || self->menu == NULL)
    return;
  /* without the foreground, a click elsewhere does not close the menu */
  SetForegroundWindow (self->window);
  gtk_menu_popup_at_pointer (self->menu, NULL);
}

static LRESULT CALLBACK
on_message (HWND window, UINT message, WPARAM first, LPARAM second)
{
  JumpTrayWindows *self = (JumpTrayWindows *) GetWindowLongPtrW (window, GWLP_USERDATA);

  if (self != NULL && message == MESSAGE_ICON)
    on_icon_clicked (self, (UINT) LOWORD (second));
  else if (self != NULL && message == self->taskbar_created)
    {
      add_icon (self);
      jump_tray_emit_visible_changed (JUMP_TRAY (self));
    }
  return DefWindowProcW (window, message, first, second);
}

static void
set_icon (JumpTray *tray, const char *icon, const char *description, gboolean is_attention)
{
  JumpTrayWindows *self = JUMP_TRAY_WINDOWS (tray);
  HICON before = self->icon;

  if (g_strcmp0 (self->name, icon) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (icon);
  self->icon = load_icon (icon);
  update_icon (self);
  if (before != NULL)
    DestroyIcon (before);
}

static void
set_title (JumpTray *tray, const char *title)
{
  JumpTrayWindows *self = JUMP_TRAY_WINDOWS (tray);

  if (g_strcmp0 (self->title, title) == 0)
    return;
  g_free (self->title);
  self->title = g_strdup (title);
  update_icon (self);
}

static void
set_menu (JumpTray *tray, GtkMenu *menu, GtkWidget *main_item)
{
  g_set_object (&JUMP_TRAY_WINDOWS (tray)->menu, menu);
}

static gboolean
get_is_visible (JumpTray *tray)
{
  return JUMP_TRAY_WINDOWS (tray)->is_added;
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
  NOTIFYICONDATAW data;

  g_clear_handle_id (&self->start, g_source_remove);
  if (self->is_added)
    {
      fill_data (self, &data);
      Shell_NotifyIconW (NIM_DELETE, &data);
      self->is_added = FALSE;
    }
  if (self->window != NULL)
    DestroyWindow (self->window);
  self->window = NULL;
  if (self->icon != NULL)
    DestroyIcon (self->icon);
  self->icon = NULL;
  g_clear_object (&self->menu);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->title, g_free);
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
  self->title = g_strdup ("Jumpseat");
}

/* When picture and tooltip are there, and whoever made us can hear of it. */
static gboolean
on_started (gpointer user_data)
{
  JumpTrayWindows *self = user_data;

  self->start = 0;
  add_icon (self);
  jump_tray_emit_visible_changed (JUMP_TRAY (self));
  return G_SOURCE_REMOVE;
}

/**
 * jump_tray_new:
 * @id: not needed here
 * @application: not needed here
 *
 * Returns: (transfer full): an icon without picture and menu
 */
JumpTray *
jump_tray_new (const char *id, GApplication *application)
{
  JumpTrayWindows *self = g_object_new (JUMP_TYPE_TRAY_WINDOWS, NULL);
  WNDCLASSW window_class = {
    .lpfnWndProc = on_message,
    .hInstance = GetModuleHandleW (NULL),
    .lpszClassName = CLASS_NAME,
  };

  RegisterClassW (&window_class); /* fails harmlessly the second time */
  self->taskbar_created = RegisterWindowMessageW (L"TaskbarCreated");
  /* no message-only window: those do not hear of "TaskbarCreated" */
  self->window = CreateWindowExW (0,
                                  CLASS_NAME,
                                  L"Jumpseat",
                                  WS_OVERLAPPED,
                                  0,
                                  0,
                                  0,
                                  0,
                                  NULL,
                                  NULL,
                                  window_class.hInstance,
                                  NULL);
  SetWindowLongPtrW (self->window, GWLP_USERDATA, (LONG_PTR) self);
  self->start = g_idle_add (on_started, self);
  return JUMP_TRAY (self);
}
