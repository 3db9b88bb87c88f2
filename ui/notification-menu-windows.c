/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/notification-menu-windows.h"

#include <string.h>

#define ELLIPSIS   0x2026
#define MENU_CLASS L"#32768" /* the windows of all menus */

static void
clear_item (gpointer item)
{
  g_free (((JumpAreaItem *) item)->label);
}

/**
 * jump_notification_text_copy:
 * @to: where to
 * @n: its size in UTF-16 units, at least 2
 * @text: (nullable): UTF-8
 */
void
jump_notification_text_copy (wchar_t *to, gsize n, const char *text)
{
  glong length = 0;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (text != NULL ? text : "", -1, NULL, &length, NULL);
  gsize kept = wide != NULL ? (gsize) length : 0;

  if (kept > n - 1)
    {
      kept = n - 2; /* one for the ellipsis */
      if (IS_HIGH_SURROGATE (wide[kept - 1]))
        kept--;
      wide[kept++] = ELLIPSIS;
    }
  if (wide != NULL)
    memcpy (to, wide, kept * sizeof *to);
  to[kept] = 0;
}

/**
 * jump_notification_menu_label:
 * @label: with "_" before the letter that chooses it, "__" for an underscore
 *
 * Returns: (transfer full): UTF-16
 */
gunichar2 *
jump_notification_menu_label (const char *label)
{
  g_autoptr (GString) text = g_string_sized_new (strlen (label));

  for (const char *at = label; *at != '\0'; at++)
    {
      if (*at == '&')
        g_string_append (text, "&&");
      else if (*at != '_')
        g_string_append_c (text, *at);
      else if (at[1] == '_')
        g_string_append_c (text, *at++);
      else
        g_string_append_c (text, '&');
    }
  return g_utf8_to_utf16 (text->str, -1, NULL, NULL, NULL);
}

static UINT
state_of (const JumpAreaItem *item)
{
  return (item->is_sensitive ? MFS_ENABLED : MFS_GRAYED) |
         (item->is_checked ? MFS_CHECKED : MFS_UNCHECKED);
}

static gboolean
opens_menu (const GArray *items, guint i)
{
  return i + 1 < items->len && g_array_index (items, JumpAreaItem, i + 1).depth >
                                   g_array_index (items, JumpAreaItem, i).depth;
}

static void
append (HMENU menu, const JumpAreaItem *item, HMENU submenu)
{
  g_autofree gunichar2 *label =
      item->label != NULL ? jump_notification_menu_label (item->label) : NULL;
  MENUITEMINFOW info = { .cbSize = sizeof info, .fMask = MIIM_FTYPE | MIIM_ID | MIIM_STATE };

  info.fType = item->label != NULL ? MFT_STRING : MFT_SEPARATOR;
  info.wID = item->number;
  info.fState = state_of (item);
  if (label != NULL)
    {
      info.fMask |= MIIM_STRING;
      info.dwTypeData = (wchar_t *) label;
    }
  if (submenu != NULL)
    {
      info.fMask |= MIIM_SUBMENU;
      info.hSubMenu = submenu;
    }
  InsertMenuItemW (menu, (UINT) GetMenuItemCount (menu), TRUE, &info);
}

/* From @next, which ends behind the last line of @depth. */
static HMENU
build (const GArray *items, guint depth, guint *next)
{
  HMENU menu = CreatePopupMenu ();

  while (*next < items->len && g_array_index (items, JumpAreaItem, *next).depth >= depth)
    {
      const JumpAreaItem *item = &g_array_index (items, JumpAreaItem, *next);
      gboolean is_opening = opens_menu (items, *next);

      (*next)++;
      append (menu, item, is_opening ? build (items, depth + 1, next) : NULL);
    }
  return menu;
}

HMENU
jump_notification_menu_new (const GArray *items)
{
  guint next = 0;

  return build (items, 0, &next);
}

static BOOL CALLBACK
on_window_found (HWND window, LPARAM unused)
{
  wchar_t name[16] = { 0 };

  GetClassNameW (window, name, G_N_ELEMENTS (name));
  if (wcscmp (name, MENU_CLASS) == 0)
    InvalidateRect (window, NULL, TRUE);
  return TRUE;
}

/* Returns: whether the line became another one */
static gboolean
update_item (HMENU menu, const JumpAreaItem *item)
{
  wchar_t before[256] = { 0 };
  MENUITEMINFOW info = {
    .cbSize = sizeof info,
    .fMask = MIIM_STATE | MIIM_STRING,
    .dwTypeData = before,
    .cch = G_N_ELEMENTS (before),
  };
  g_autofree gunichar2 *label = NULL;

  if (item->label == NULL || !GetMenuItemInfoW (menu, item->number, FALSE, &info))
    return FALSE;
  label = jump_notification_menu_label (item->label);
  if (label == NULL || (wcscmp (before, (const wchar_t *) label) == 0 &&
                        ((info.fState ^ state_of (item)) & (MFS_GRAYED | MFS_CHECKED)) == 0))
    return FALSE;
  info.fState = (info.fState & MFS_HILITE) | state_of (item);
  info.dwTypeData = (wchar_t *) label;
  return SetMenuItemInfoW (menu, item->number, FALSE, &info);
}

/**
 * jump_notification_menu_update:
 * @menu: made by jump_notification_menu_new()
 * @items: (element-type JumpAreaItem): numbers that @menu does not have are passed over
 *
 * Windows does not draw an open menu again by itself. To be called in the thread that shows it.
 */
void
jump_notification_menu_update (HMENU menu, const GArray *items)
{
  gboolean is_changed = FALSE;

  for (guint i = 0; i < items->len; i++)
    is_changed |= update_item (menu, &g_array_index (items, JumpAreaItem, i));
  if (is_changed)
    EnumThreadWindows (GetCurrentThreadId (), on_window_found, 0);
}

GArray *
jump_area_items_new (void)
{
  GArray *items = g_array_new (FALSE, TRUE, sizeof (JumpAreaItem));

  g_array_set_clear_func (items, clear_item);
  return items;
}

/**
 * jump_area_items_add:
 * @items: from jump_area_items_new()
 * @label: (nullable): see JumpAreaItem
 * @number: told when it is chosen; not 0
 * @depth: one more than that of the item which opens the menu it stands in
 * @is_sensitive: whether it can be chosen
 * @is_checked: whether it has a tick
 */
void
jump_area_items_add (GArray *items,
                     const char *label,
                     guint number,
                     guint depth,
                     gboolean is_sensitive,
                     gboolean is_checked)
{
  JumpAreaItem item = {
    .label = g_strdup (label),
    .number = number,
    .depth = depth,
    .is_sensitive = is_sensitive,
    .is_checked = is_checked,
  };

  g_array_append_val (items, item);
}
