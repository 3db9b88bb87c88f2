/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/notification-area-windows.h"

#include "ui/notification-icon-windows.h"
#include "ui/notification-menu-windows.h"
#include "ui/shell-icon-windows.h"

#include <shellapi.h>
#include <string.h>
#include <windowsx.h>

#define CLASS_NAME    L"JumpseatNotificationArea"
#define MESSAGE_ICON  (WM_APP + 1)
#define MESSAGE_ORDER (WM_APP + 2)
#define TIMER_ADD     1
#define ADD_AGAIN_MS  2000
#define MAX_TRIES     5 /* before it is said that nobody shows the icon; the trying goes on */
#ifndef NIN_KEYSELECT
#define NIN_KEYSELECT (NIN_SELECT | NINF_KEY)
#endif

struct _JumpNotificationArea
{
  JumpAreaFunc func; /* NULL at the end; the owner's thread only */
  gpointer user_data;
  GMainContext *context; /* (owned) */
  GThread *thread;       /* (owned) */
  HWND window;           /* (owned): gets the icon's messages, never shown; set before the start */

  /* what follows belongs to the icon's thread */
  JumpShellIcon icon;
  HMENU menu;   /* (nullable): while it is open */
  POINT anchor; /* where the menu was asked for */
  UINT taskbar_created;
  guint n_tries;
  gboolean is_ended;
};

typedef struct _Order Order;

/* What the owner's thread wants; only the fields that @carry_out reads are set. */
struct _Order
{
  void (*carry_out) (JumpNotificationArea *self, Order *order);
  HICON icon;    /* (owned) (nullable) */
  char *title;   /* (owned) (nullable) */
  char *text;    /* (owned) (nullable) */
  GArray *items; /* (owned) (nullable) */
  guint number;
  gboolean flag;
};

typedef struct
{
  JumpNotificationArea *area; /* (owned) */
  JumpAreaEvent event;
  guint number;
} Told;

static void
clear_area (gpointer data)
{
  JumpNotificationArea *self = data;

  g_main_context_unref (self->context);
  jump_shell_icon_clear (&self->icon);
}

static void
free_told (gpointer data)
{
  Told *told = data;

  g_atomic_rc_box_release_full (told->area, clear_area);
  g_free (told);
}

static gboolean
on_told (gpointer user_data)
{
  Told *told = user_data;

  if (told->area->func != NULL)
    told->area->func (told->event, told->number, told->area->user_data);
  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(): it would call from this thread when the other one is not running its
 * loop just now. */
static void
tell (JumpNotificationArea *self, JumpAreaEvent event, guint number)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Told *told = g_new0 (Told, 1);

  told->area = g_atomic_rc_box_acquire (self);
  told->event = event;
  told->number = number;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_told, told, free_told);
  g_source_attach (source, self->context);
}

/* At login the taskbar may not be there yet. */
static void
add_icon (JumpNotificationArea *self)
{
  if (jump_shell_icon_add (&self->icon, self->window, MESSAGE_ICON))
    {
      KillTimer (self->window, TIMER_ADD);
      tell (self, JUMP_AREA_SHOWN_CHANGED, TRUE);
      return;
    }
  if (++self->n_tries == MAX_TRIES)
    tell (self, JUMP_AREA_SHOWN_CHANGED, FALSE);
  SetTimer (self->window, TIMER_ADD, ADD_AGAIN_MS, NULL);
}

/* ---- orders, carried out in the icon's thread ---- */

static void
set_picture (JumpNotificationArea *self, Order *order)
{
  gboolean is_first = self->icon.icon == NULL;

  jump_shell_icon_take_icon (&self->icon, g_steal_pointer (&order->icon));
  if (is_first)
    add_icon (self);
}

static void
set_tooltip (JumpNotificationArea *self, Order *order)
{
  jump_shell_icon_take_tooltip (&self->icon, g_steal_pointer (&order->text));
}

static guint
track_menu (JumpNotificationArea *self, gboolean is_right_to_left)
{
  UINT flags = TPM_RETURNCMD | TPM_RIGHTBUTTON | TPM_BOTTOMALIGN;
  guint chosen;

  flags |= GetSystemMetrics (SM_MENUDROPALIGNMENT) != 0 ? TPM_RIGHTALIGN : TPM_LEFTALIGN;
  if (is_right_to_left)
    flags |= TPM_LAYOUTRTL;
  /* without the foreground, a click elsewhere would not close the menu */
  SetForegroundWindow (self->window);
  chosen = (guint)
      TrackPopupMenuEx (self->menu, flags, self->anchor.x, self->anchor.y, self->window, NULL);
  PostMessageW (self->window, WM_NULL, 0, 0); /* else the next menu closes at once */
  return chosen;
}

static void
show_menu (JumpNotificationArea *self, Order *order)
{
  guint chosen;

  if (self->menu != NULL)
    return;
  self->menu = jump_notification_menu_new (order->items);
  chosen = track_menu (self, order->flag);
  g_clear_pointer (&self->menu, DestroyMenu);
  tell (self, JUMP_AREA_MENU_CLOSED, 0);
  if (chosen != 0)
    tell (self, JUMP_AREA_ITEM_CHOSEN, chosen);
  else
    jump_shell_icon_focus (&self->icon); /* Escape: the keyboard goes on where it was */
}

static void
update_menu (JumpNotificationArea *self, Order *order)
{
  if (self->menu != NULL)
    jump_notification_menu_update (self->menu, order->items);
}

static void
show_notice (JumpNotificationArea *self, Order *order)
{
  jump_shell_icon_show_notice (&self->icon, order->number, order->title, order->text, order->flag);
}

static void
hide_notice (JumpNotificationArea *self, Order *order)
{
  jump_shell_icon_hide_notice (&self->icon, order->number);
}

static void
end (JumpNotificationArea *self, Order *order)
{
  self->is_ended = TRUE;
  EndMenu ();
  DestroyWindow (self->window);
}

static void
free_order (Order *order)
{
  g_clear_pointer (&order->icon, DestroyIcon);
  g_free (order->title);
  g_free (order->text);
  g_clear_pointer (&order->items, g_array_unref);
  g_free (order);
}

/* ---- the icon's thread ---- */

static void
on_icon_message (JumpNotificationArea *self, UINT message, WPARAM place)
{
  self->anchor.x = GET_X_LPARAM (place);
  self->anchor.y = GET_Y_LPARAM (place);
  if (message == NIN_SELECT || message == NIN_KEYSELECT || message == WM_MBUTTONUP)
    tell (self, JUMP_AREA_ACTIVATED, 0);
  else if (message == WM_CONTEXTMENU)
    tell (self, JUMP_AREA_MENU_ASKED, 0);
  else if (message == NIN_BALLOONUSERCLICK && self->icon.notice != 0)
    tell (self, JUMP_AREA_NOTICE_CLICKED, self->icon.notice);
}

/* Returns: whether @message was ours */
static gboolean
on_own_message (JumpNotificationArea *self, UINT message, WPARAM first, LPARAM second)
{
  Order *order = message == MESSAGE_ORDER ? (Order *) second : NULL;

  if (order != NULL)
    {
      order->carry_out (self, order);
      free_order (order);
    }
  else if (message == MESSAGE_ICON)
    on_icon_message (self, LOWORD (second), first);
  else if (message == WM_TIMER && first == TIMER_ADD)
    add_icon (self);
  else if (message == self->taskbar_created) /* Explorer starts again, and knows no icon */
    add_icon (self);
  else
    return FALSE;
  return TRUE;
}

static LRESULT CALLBACK
on_message (HWND window, UINT message, WPARAM first, LPARAM second)
{
  JumpNotificationArea *self = (JumpNotificationArea *) GetWindowLongPtrW (window, GWLP_USERDATA);

  if (self == NULL)
    return DefWindowProcW (window, message, first, second);
  if (on_own_message (self, message, first, second))
    return 0;
  if (message == WM_DPICHANGED || message == WM_DISPLAYCHANGE || message == WM_SETTINGCHANGE ||
      message == WM_THEMECHANGED)
    tell (self, JUMP_AREA_LOOK_CHANGED, 0);
  else if (message == WM_DESTROY)
    {
      jump_shell_icon_remove (&self->icon);
      PostQuitMessage (0);
    }
  return DefWindowProcW (window, message, first, second);
}

static void
make_window (JumpNotificationArea *self)
{
  g_autofree gunichar2 *title = g_utf8_to_utf16 (self->icon.name, -1, NULL, NULL, NULL);
  WNDCLASSW window_class = {
    .lpfnWndProc = on_message,
    .hInstance = GetModuleHandleW (NULL),
    .lpszClassName = CLASS_NAME,
  };

  RegisterClassW (&window_class); /* fails harmlessly the second time */
  /* no message-only window: those do not hear of "TaskbarCreated", nor of another colour */
  self->window = CreateWindowExW (WS_EX_TOOLWINDOW,
                                  CLASS_NAME,
                                  (const wchar_t *) title,
                                  WS_POPUP,
                                  0,
                                  0,
                                  0,
                                  0,
                                  NULL,
                                  NULL,
                                  window_class.hInstance,
                                  NULL);
  if (self->window == NULL)
    return;
  self->taskbar_created = RegisterWindowMessageW (L"TaskbarCreated");
  /* Explorer runs with fewer rights when somebody started us with more */
  ChangeWindowMessageFilterEx (self->window, self->taskbar_created, MSGFLT_ALLOW, NULL);
  self->icon.picture = jump_notification_icon_of_program ();
  SetWindowLongPtrW (self->window, GWLP_USERDATA, (LONG_PTR) self);
}

static gpointer
run (gpointer user_data)
{
  g_autofree gpointer *start = user_data;
  JumpNotificationArea *self = start[0];
  MSG message;

  make_window (self);
  g_async_queue_push (start[1], self);
  if (self->window == NULL)
    {
      g_debug ("no window for the icon: %lu", GetLastError ());
      tell (self, JUMP_AREA_SHOWN_CHANGED, FALSE);
      return NULL;
    }
  while (!self->is_ended && GetMessageW (&message, NULL, 0, 0) > 0)
    DispatchMessageW (&message);
  return NULL;
}

/* ---- the owner's thread ---- */

static Order *
new_order (void (*carry_out) (JumpNotificationArea *self, Order *order))
{
  Order *order = g_new0 (Order, 1);

  order->carry_out = carry_out;
  return order;
}

static void
post (JumpNotificationArea *self, Order *order)
{
  if (self->window == NULL || !PostMessageW (self->window, MESSAGE_ORDER, 0, (LPARAM) order))
    free_order (order);
}

/**
 * jump_notification_area_new:
 * @name: the program's, for the tooltip until there is another one
 * @func: hears of everything, in the thread-default main context of now
 * @user_data: for @func
 *
 * The icon appears with its first picture, as soon as there is a taskbar.
 *
 * Returns: (transfer full): an icon without picture and menu
 */
JumpNotificationArea *
jump_notification_area_new (const char *name, JumpAreaFunc func, gpointer user_data)
{
  JumpNotificationArea *self = g_atomic_rc_box_new0 (JumpNotificationArea);
  g_autoptr (GAsyncQueue) ready = g_async_queue_new ();
  gpointer *start = g_new (gpointer, 2);

  self->icon.name = g_strdup (name);
  self->func = func;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  start[0] = self;
  start[1] = ready;
  self->thread = g_thread_new ("notification-area", run, start);
  g_async_queue_pop (ready);
  return self;
}

/**
 * jump_notification_area_free:
 * @self: (transfer full): the icon, which goes; nothing is told any more
 */
void
jump_notification_area_free (JumpNotificationArea *self)
{
  self->func = NULL;
  post (self, new_order (end));
  g_thread_join (g_steal_pointer (&self->thread));
  g_atomic_rc_box_release_full (self, clear_area);
}

void
jump_notification_area_set_picture (JumpNotificationArea *self, GBytes *pixels, int size)
{
  Order *order = new_order (set_picture);

  order->icon = jump_notification_icon_new (pixels, size);
  post (self, order);
}

void
jump_notification_area_set_tooltip (JumpNotificationArea *self, const char *text)
{
  Order *order = new_order (set_tooltip);

  order->text = g_strdup (text);
  post (self, order);
}

void
jump_notification_area_show_menu (JumpNotificationArea *self,
                                  GArray *items,
                                  gboolean is_right_to_left)
{
  Order *order = new_order (show_menu);

  order->items = g_array_ref (items);
  order->flag = is_right_to_left;
  post (self, order);
}

void
jump_notification_area_update_menu (JumpNotificationArea *self, GArray *items)
{
  Order *order = new_order (update_menu);

  order->items = g_array_ref (items);
  post (self, order);
}

/**
 * jump_notification_area_show_notice:
 * @self: the icon
 * @number: told when the notice is clicked; not 0
 * @title: one line
 * @text: what is to be said; without any, Windows would show nothing
 * @is_urgent: also in the first hour of a new user, when Windows keeps quiet
 *
 * Takes the place of the notice before.
 */
void
jump_notification_area_show_notice (JumpNotificationArea *self,
                                    guint number,
                                    const char *title,
                                    const char *text,
                                    gboolean is_urgent)
{
  Order *order = new_order (show_notice);

  order->number = number;
  order->title = g_strdup (title);
  order->text = g_strdup (text);
  order->flag = is_urgent;
  post (self, order);
}

void
jump_notification_area_hide_notice (JumpNotificationArea *self, guint number)
{
  Order *order = new_order (hide_notice);

  order->number = number;
  post (self, order);
}
