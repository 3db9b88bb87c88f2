/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/ollama-images.h"

#include "service/dialects/json-field.h"

#include <string.h>

/* The longest of the beginnings below, in bytes; a multiple of three, so that base64 comes out even. */
#define N_SNIFFED 12

/* What a file begins with; a dot stands for any byte. */
static const struct
{
  const char *pattern;
  gsize length;
  const char *media_type;
} beginnings[] = {
  { "\x89PNG\r\n\x1a\n", 8, "image/png" },
  { "\xff\xd8\xff", 3, "image/jpeg" },
  { "GIF87a", 6, "image/gif" },
  { "GIF89a", 6, "image/gif" },
  { "RIFF....WEBP", 12, "image/webp" },
  { "BM", 2, "image/bmp" },
  { "II*\0", 4, "image/tiff" },
  { "MM\0*", 4, "image/tiff" },
  { "....ftypavif", 12, "image/avif" },
  { "....ftypheic", 12, "image/heic" },
  { "....ftypmif1", 12, "image/heif" },
};

static gboolean
matches (const guchar *bytes, gsize n_bytes, const char *pattern, gsize length)
{
  if (n_bytes < length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (pattern[i] != '.' && bytes[i] != (guchar) pattern[i])
        return FALSE;
    }
  return TRUE;
}

/**
 * jump_ollama_images_sniff:
 * @base64: the text of an image, its begin is enough
 *
 * Returns: (nullable): the media type; NULL for what no model takes
 */
const char *
jump_ollama_images_sniff (const char *base64)
{
  guchar bytes[N_SNIFFED + 3];
  int state = 0;
  guint save = 0;
  gsize n_bytes =
      g_base64_decode_step (base64, strnlen (base64, N_SNIFFED / 3 * 4), bytes, &state, &save);

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      if (matches (bytes, n_bytes, beginnings[i].pattern, beginnings[i].length))
        return beginnings[i].media_type;
    }
  return NULL;
}

/* Some encoders break lines. */
static void
remove_space (char *text)
{
  char *out = text;

  if (strpbrk (text, " \t\r\n") == NULL)
    return;
  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isspace (*at))
        *out++ = *at;
    }
  *out = '\0';
}

static gboolean
has_prefix (const char *text, const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

/* Addresses are nothing Ollama itself takes, but its clients pass on what people give them. */
static JumpPart *
read_image (JumpJsonSpan image, const char *path, GError **error)
{
  g_autoptr (JumpPart) part = jump_part_new (JUMP_PART_IMAGE);
  g_autofree char *text = NULL;

  if (jump_json_span_kind (image) != JUMP_JSON_STRING)
    {
      jump_json_field_refuse (error, path, "string");
      return NULL;
    }
  text = jump_json_span_dup_string (image);
  if (has_prefix (text, "data:") || has_prefix (text, "http://") || has_prefix (text, "https://"))
    {
      jump_part_set_address (part, text);
      return g_steal_pointer (&part);
    }
  remove_space (text);
  part->media_type = g_strdup (jump_ollama_images_sniff (text));
  if (part->media_type == NULL)
    {
      jump_json_field_refuse (error, path, "an image in base64: PNG, JPEG, GIF or WebP");
      return NULL;
    }
  part->data = g_steal_pointer (&text);
  return g_steal_pointer (&part);
}

/**
 * jump_ollama_images_read:
 * @images: an array of strings, or absent
 * @path: of it, for errors
 * @parts: (element-type JumpPart): an IMAGE is added for each
 */
gboolean
jump_ollama_images_read (JumpJsonSpan images, const char *path, GPtrArray *parts, GError **error)
{
  JumpJsonCursor cursor;
  JumpJsonSpan image;
  guint i = 0;

  if (!jump_json_field_check (images, JUMP_JSON_ARRAY, path, "array", error))
    return FALSE;
  jump_json_cursor_init (&cursor, images);
  while (jump_json_cursor_next (&cursor, NULL, &image))
    {
      g_autofree char *item_path = g_strdup_printf ("%s[%u]", path, i++);
      JumpPart *part = read_image (image, item_path, error);

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (parts, part);
    }
  return TRUE;
}
