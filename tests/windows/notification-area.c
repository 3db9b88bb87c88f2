/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/notification-area-windows.h"
#include "ui/notification-menu-windows.h"

#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An icon in the notification area without the rest of the program, for
 * tests/packages/test-windows-installer: prints what happens to it, and does what is chosen in its
 * menu. */

#define TICK_MS    50
#define TOP_MARGIN 3
#define NOTICE     7

enum
{
  ITEM_STATE = 1,
  ITEM_COUNT,
  ITEM_HELP,
  ITEM_ABOUT,
  ITEM_CHECKED,
  ITEM_NOTICE,
  ITEM_RESTART,
  ITEM_QUIT,
};

typedef struct
{
  JumpNotificationArea *area; /* (owned) */
  GMainLoop *loop;            /* (owned) */
  guint ticks;                /* of our own loop */
  gboolean is_menu_open;
} Stage;

static void
say (const char *what, guint number)
{
  g_print ("%s %u\n", what, number);
  fflush (stdout);
}

/* A ring, so that a screenshot shows whether rows and transparency are right: the upper half is red. */
static GBytes *
draw (const JumpAreaLook *look)
{
  guint8 *pixels = g_malloc0 ((gsize) (look->size * look->size * 4));
  int middle = look->size / 2;
  int outer = middle - 1;
  int inner = middle - TOP_MARGIN;

  for (int i = 0; i < look->size * look->size; i++)
    {
      int x = i % look->size - middle;
      int y = i / look->size - middle;
      int distance = x * x + y * y;

      if (distance > outer * outer || distance < inner * inner)
        continue;
      pixels[4 * i] = y < 0 ? 0xe0 : 0x20;
      pixels[4 * i + 2] = y < 0 ? 0x20 : 0xe0;
      pixels[4 * i + 3] = 0xff;
    }
  return g_bytes_new_take (pixels, (gsize) (look->size * look->size * 4));
}

static void
show_picture (Stage *stage)
{
  JumpAreaLook look = jump_notification_area_get_look ();
  g_autoptr (GBytes) pixels = draw (&look);

  jump_notification_area_set_picture (stage->area, pixels, look.size);
}

static GArray *
build_menu (Stage *stage)
{
  GArray *items = jump_area_items_new ();
  g_autofree char *count = g_strdup_printf ("Ticks__%u", stage->ticks);

  jump_area_items_add (items, "Ready – grün & gut", ITEM_STATE, 0, FALSE, FALSE);
  jump_area_items_add (items, NULL, 100, 0, TRUE, FALSE);
  jump_area_items_add (items, count, ITEM_COUNT, 0, TRUE, FALSE);
  jump_area_items_add (items, "_Help", ITEM_HELP, 0, TRUE, FALSE);
  jump_area_items_add (items, "_About", ITEM_ABOUT, 1, TRUE, FALSE);
  jump_area_items_add (items, "Start at _Login", ITEM_CHECKED, 0, TRUE, TRUE);
  jump_area_items_add (items, "_Notice", ITEM_NOTICE, 0, TRUE, FALSE);
  jump_area_items_add (items, "_Restart Explorer", ITEM_RESTART, 0, TRUE, FALSE);
  jump_area_items_add (items, "_Quit", ITEM_QUIT, 0, TRUE, FALSE);
  return items;
}

/* What Explorer does: all icons are gone, and everybody hears of the new taskbar. */
static void
restart_explorer (void)
{
  NOTIFYICONDATAW data = {
    .cbSize = sizeof data,
    .hWnd = FindWindowW (L"JumpseatNotificationArea", NULL),
    .uID = 1,
  };

  say ("icon taken away", (guint) Shell_NotifyIconW (NIM_DELETE, &data));
  PostMessageW (data.hWnd, RegisterWindowMessageW (L"TaskbarCreated"), 0, 0);
}

static void
carry_out (Stage *stage, guint item)
{
  if (item == ITEM_NOTICE)
    jump_notification_area_show_notice (
        stage->area,
        NOTICE,
        "Sign in to GitHub",
        "Your tools can use Copilot through Jumpseat – once you are "
        "signed in.",
        FALSE);
  else if (item == ITEM_RESTART)
    restart_explorer ();
  else if (item == ITEM_QUIT)
    g_main_loop_quit (stage->loop);
}

static void
on_event (JumpAreaEvent event, guint number, gpointer user_data)
{
  static const char *const names[] = { "shown",       "look",        "activated",     "menu asked",
                                       "menu closed", "item chosen", "notice clicked" };
  Stage *stage = user_data;
  g_autoptr (GArray) items = NULL;

  say (names[event], number);
  if (event == JUMP_AREA_MENU_ASKED)
    {
      stage->is_menu_open = TRUE;
      stage->ticks = 0;
      items = build_menu (stage);
      jump_notification_area_show_menu (stage->area, items, FALSE);
    }
  else if (event == JUMP_AREA_MENU_CLOSED)
    {
      stage->is_menu_open = FALSE;
      say ("ticks while the menu was open", stage->ticks);
    }
  else if (event == JUMP_AREA_ITEM_CHOSEN)
    carry_out (stage, number);
  else if (event == JUMP_AREA_LOOK_CHANGED)
    show_picture (stage);
}

static gboolean
on_tick (gpointer user_data)
{
  Stage *stage = user_data;
  g_autoptr (GArray) items = NULL;

  stage->ticks++;
  if (!stage->is_menu_open)
    return G_SOURCE_CONTINUE;
  items = build_menu (stage);
  jump_notification_area_update_menu (stage->area, items);
  return G_SOURCE_CONTINUE;
}

static void
check_label (const char *label, const wchar_t *expected)
{
  g_autofree gunichar2 *got = jump_notification_menu_label (label);

  g_assert_cmpint (wcscmp ((const wchar_t *) got, expected), ==, 0);
}

static void
check_copy (const char *text, const wchar_t *expected)
{
  wchar_t got[6];

  memset (got, 0xff, sizeof got);
  jump_notification_text_copy (got, G_N_ELEMENTS (got), text);
  g_assert_cmpint (wcscmp (got, expected), ==, 0);
}

static void
check_texts (void)
{
  check_label ("_Open", L"&Open");
  check_label ("snake__case & more", L"snake_case && more");
  check_label ("", L"");
  check_copy ("", L"");
  check_copy (NULL, L"");
  check_copy ("12345", L"12345");
  check_copy ("123456", L"1234\x2026");
  check_copy ("123\xf0\x9f\x98\x80x", L"123\x2026"); /* no half of a pair */
  check_copy ("\xff\xfe", L"");
}

int
main (void)
{
  Stage stage = { 0 };

  check_texts ();
  stage.loop = g_main_loop_new (NULL, FALSE);
  stage.area = jump_notification_area_new ("Jumpseat", on_event, &stage);
  jump_notification_area_set_tooltip (stage.area, "Jumpseat – 12 requests today");
  show_picture (&stage);
  g_timeout_add (TICK_MS, on_tick, &stage);
  say ("size", (guint) jump_notification_area_get_look ().size);
  g_main_loop_run (stage.loop);
  jump_notification_area_free (stage.area);
  g_main_loop_unref (stage.loop);
  say ("ended", 0);
  return EXIT_SUCCESS;
}
