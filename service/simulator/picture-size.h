/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#pragma once

#include <glib.h>

/* What a picture is, from the first bytes of a data: address. */

typedef struct
{
  const char *format; /* "PNG", "JPEG", "GIF", "WebP" */
  guint width;
  guint height;
} JumpPictureSize;

gboolean jump_picture_size_read (const char *data_url, JumpPictureSize *out_size);
