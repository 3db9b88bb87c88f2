/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* One icon in Windows' notification area: picture, tooltip, menu, notices. It has a thread of its
 * own, because an open menu runs a loop of its own, in which GLib's sources would starve. All calls
 * come from, and all events go to, the thread that made it, in its main context. Knows nothing of
 * GTK. */

typedef struct _JumpNotificationArea JumpNotificationArea;

typedef enum
{
  JUMP_AREA_SHOWN_CHANGED,  /* number: whether the taskbar has the icon now */
  JUMP_AREA_LOOK_CHANGED,   /* another size or colour is wanted: set the picture again */
  JUMP_AREA_ACTIVATED,      /* click, double click, Enter or Space on the icon */
  JUMP_AREA_MENU_ASKED,     /* answer with jump_notification_area_show_menu() */
  JUMP_AREA_MENU_CLOSED,    /* before the JUMP_AREA_ITEM_CHOSEN, if there is one */
  JUMP_AREA_ITEM_CHOSEN,    /* number: the item's */
  JUMP_AREA_NOTICE_CLICKED, /* number: the notice's */
} JumpAreaEvent;

typedef void (*JumpAreaFunc) (JumpAreaEvent event, guint number, gpointer user_data);

/* One line of a menu. A menu is a flat array of them; the items of a submenu follow the one that
 * opens it, with a greater depth. */
typedef struct
{
  char *label;  /* (owned) (nullable): "_" before the letter that chooses it; NULL: a separator */
  guint number; /* told when it is chosen; not 0 */
  guint depth;  /* 0: of the menu itself */
  gboolean is_sensitive;
  gboolean is_checked;
} JumpAreaItem;

/* What the taskbar wants a picture to be. */
typedef struct
{
  int size; /* pixels, both ways */
  gboolean is_light;
} JumpAreaLook;

JumpNotificationArea *
jump_notification_area_new (const char *name, JumpAreaFunc func, gpointer user_data);
void jump_notification_area_free (JumpNotificationArea *self);

JumpAreaLook jump_notification_area_get_look (void);
/* @pixels: size * size of the look, 4 bytes each: red, green, blue, opacity. */
void jump_notification_area_set_picture (JumpNotificationArea *self, GBytes *pixels, int size);
void jump_notification_area_set_tooltip (JumpNotificationArea *self, const char *text);
/* @items: (element-type JumpAreaItem): from jump_area_items_new(). */
void jump_notification_area_show_menu (JumpNotificationArea *self,
                                       GArray *items,
                                       gboolean is_right_to_left);
/* Labels and states of the menu that is open, if one is. */
void jump_notification_area_update_menu (JumpNotificationArea *self, GArray *items);
void jump_notification_area_show_notice (JumpNotificationArea *self,
                                         guint number,
                                         const char *title,
                                         const char *text,
                                         gboolean is_urgent);
void jump_notification_area_hide_notice (JumpNotificationArea *self, guint number);

/* Returns: (transfer full) (element-type JumpAreaItem): an array that frees its labels */
GArray *jump_area_items_new (void);
void jump_area_items_add (GArray *items,
                          const char *label,
                          guint number,
                          guint depth,
                          gboolean is_sensitive,
                          gboolean is_checked);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JumpNotificationArea, jump_notification_area_free)
