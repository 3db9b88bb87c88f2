/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/simulator/picture-size.h"

#include <string.h>

static guint
read_big (const guint8 *bytes, guint n)
{
  guint value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

static guint
read_little (const guint8 *bytes, guint n)
{
  guint value = 0;

  for (guint i = n; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

/* The size stands in the first start-of-frame segment, behind others of any length. */
static gboolean
read_jpeg (const guint8 *bytes, gsize length, JumpPictureSize *size)
{
  gsize at = 2;

  while (at + 9 < length && bytes[at] == 0xFF)
    {
      guint8 kind = bytes[at + 1];

      if (kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 && kind != 0xCC)
        {
          size->format = "JPEG";
          size->height = read_big (bytes + at + 5, 2);
          size->width = read_big (bytes + at + 7, 2);
          return TRUE;
        }
      at += 2 + read_big (bytes + at + 2, 2);
    }
  return FALSE;
}

static gboolean
read_webp (const guint8 *bytes, JumpPictureSize *size)
{
  size->format = "WebP";
  if (memcmp (bytes + 12, "VP8X", 4) == 0)
    {
      size->width = read_little (bytes + 24, 3) + 1;
      size->height = read_little (bytes + 27, 3) + 1;
      return TRUE;
    }
  if (memcmp (bytes + 12, "VP8L", 4) == 0)
    {
      guint bits = read_little (bytes + 21, 4);

      size->width = (bits & 0x3FFF) + 1;
      size->height = (bits >> 14 & 0x3FFF) + 1;
      return TRUE;
    }
  size->width = read_little (bytes + 26, 2) & 0x3FFF;
  size->height = read_little (bytes + 28, 2) & 0x3FFF;
  return TRUE;
}

/**
 * jump_picture_size_read:
 * @data_url: "data:image/png;base64,…"
 * @out_size: (out): format and size in pixels
 *
 * Returns: FALSE when it is not a picture of a known format
 */
gboolean
jump_picture_size_read (const char *data_url, JumpPictureSize *out_size)
{
  const char *base64 = strstr (data_url, ";base64,");
  g_autofree guint8 *bytes = NULL;
  gsize length;

  if (!g_str_has_prefix (data_url, "data:") || base64 == NULL)
    return FALSE;
  bytes = g_base64_decode (base64 + strlen (";base64,"), &length);
  if (length >= 24 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
    {
      *out_size = (JumpPictureSize){ "PNG", read_big (bytes + 16, 4), read_big (bytes + 20, 4) };
      return TRUE;
    }
  if (length >= 10 && memcmp (bytes, "GIF8", 4) == 0)
    {
      *out_size =
          (JumpPictureSize){ "GIF", read_little (bytes + 6, 2), read_little (bytes + 8, 2) };
      return TRUE;
    }
  if (length >= 30 && memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0)
    return read_webp (bytes, out_size);
  if (length >= 4 && bytes[0] == 0xFF && bytes[1] == 0xD8)
    return read_jpeg (bytes, length, out_size);
  return FALSE;
}
