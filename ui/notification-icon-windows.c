/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#define G_LOG_DOMAIN "jumpseat-ui"

#include "ui/notification-icon-windows.h"

#include "ui/notification-area-windows.h"

#define PERSONALIZE_KEY L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"
#define PROGRAM_ICON    1 /* the number in the resource script */
#define HALF_BRIGHTNESS (3 * 128)
#define BYTES_PER_PIXEL 4

typedef UINT (WINAPI *GetDpiForWindowFunc) (HWND window);
typedef int (WINAPI *GetSystemMetricsForDpiFunc) (int index, UINT dpi);

/* Where two screens differ, the taskbar's counts: a process that knows of both would get the size
 * of the main screen at its own start. Windows before 10 (1607) has one size for all. */
static int
find_size (void)
{
  HMODULE user = GetModuleHandleW (L"user32.dll");
  HWND taskbar = FindWindowW (L"Shell_TrayWnd", NULL);
  GetDpiForWindowFunc get_dpi =
      (GetDpiForWindowFunc) (void (*) (void)) GetProcAddress (user, "GetDpiForWindow");
  GetSystemMetricsForDpiFunc get_metrics =
      (GetSystemMetricsForDpiFunc) (void (*) (void)) GetProcAddress (user,
                                                                     "GetSystemMetricsForDpi");
  UINT dpi = taskbar != NULL && get_dpi != NULL ? get_dpi (taskbar) : 0;

  return dpi != 0 && get_metrics != NULL ? get_metrics (SM_CXSMICON, dpi)
                                         : GetSystemMetrics (SM_CXSMICON);
}

static gboolean
is_high_contrast (void)
{
  HIGHCONTRASTW contrast = { .cbSize = sizeof contrast };

  return SystemParametersInfoW (SPI_GETHIGHCONTRAST, sizeof contrast, &contrast, 0) &&
         (contrast.dwFlags & HCF_HIGHCONTRASTON) != 0;
}

/* The taskbar has a choice of its own, which is not the one of windows. Before there was one it was
 * dark. */
static gboolean
is_taskbar_light (void)
{
  DWORD is_light = 0;
  DWORD size = sizeof is_light;
  COLORREF colour;

  if (is_high_contrast ())
    {
      colour = GetSysColor (COLOR_WINDOW);
      return GetRValue (colour) + GetGValue (colour) + GetBValue (colour) > HALF_BRIGHTNESS;
    }
  return RegGetValueW (HKEY_CURRENT_USER,
                       PERSONALIZE_KEY,
                       L"SystemUsesLightTheme",
                       RRF_RT_REG_DWORD,
                       NULL,
                       &is_light,
                       &size) == ERROR_SUCCESS &&
         is_light != 0;
}

/**
 * jump_notification_area_get_look:
 *
 * Returns: what a picture has to be now
 */
JumpAreaLook
jump_notification_area_get_look (void)
{
  JumpAreaLook look = { .size = find_size (), .is_light = is_taskbar_light () };

  return look;
}

static HBITMAP
new_bitmap (const guint8 *from, int size)
{
  BITMAPV5HEADER header = {
    .bV5Size = sizeof header,
    .bV5Width = size,
    .bV5Height = -size, /* negative: the first row is on top */
    .bV5Planes = 1,
    .bV5BitCount = 8 * BYTES_PER_PIXEL,
    .bV5Compression = BI_BITFIELDS,
    .bV5RedMask = 0x00ff0000,
    .bV5GreenMask = 0x0000ff00,
    .bV5BlueMask = 0x000000ff,
    .bV5AlphaMask = 0xff000000,
  };
  guint32 *to = NULL;
  HBITMAP bitmap =
      CreateDIBSection (NULL, (const BITMAPINFO *) &header, DIB_RGB_COLORS, (void **) &to, NULL, 0);

  if (bitmap == NULL)
    return NULL;
  for (int i = 0; i < size * size; i++, from += BYTES_PER_PIXEL)
    *to++ = (guint32) from[3] << 24 | (guint32) from[0] << 16 | (guint32) from[1] << 8 | from[2];
  return bitmap;
}

/**
 * jump_notification_icon_new:
 * @pixels: red, green, blue and opacity, a byte each, row after row
 * @size: of both sides
 *
 * Returns: (transfer full) (nullable): with its transparency
 */
HICON
jump_notification_icon_new (GBytes *pixels, int size)
{
  ICONINFO info = { .fIcon = TRUE };
  HICON icon;

  g_return_val_if_fail (g_bytes_get_size (pixels) >= (gsize) size * (gsize) size * BYTES_PER_PIXEL,
                        NULL);
  info.hbmColor = new_bitmap (g_bytes_get_data (pixels, NULL), size);
  info.hbmMask = CreateBitmap (size, size, 1, 1, NULL);
  icon = info.hbmColor != NULL && info.hbmMask != NULL ? CreateIconIndirect (&info) : NULL;
  if (info.hbmMask != NULL)
    DeleteObject (info.hbmMask);
  if (info.hbmColor != NULL)
    DeleteObject (info.hbmColor);
  return icon;
}

HICON
jump_notification_icon_of_program (void)
{
  return LoadImageW (GetModuleHandleW (NULL),
                     MAKEINTRESOURCEW (PROGRAM_ICON),
                     IMAGE_ICON,
                     GetSystemMetrics (SM_CXICON),
                     GetSystemMetrics (SM_CYICON),
                     LR_DEFAULTCOLOR);
}
