/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/image-patch.h"

#include "service/base/error.h"

#include <string.h>

#define TOO_LARGE                                                                    \
  "[An image is left out: it has more than %" G_GINT64_FORMAT " KiB, the most that " \
  "the model takes.]"
#define LEFT_OUT "[An earlier image is left out: the model takes only %u in one prompt.]"

/* One walk over the conversation. */
typedef struct
{
  GArray *images; /* (element-type JumpJsonSpan): the parts, in order */
  GString *path;  /* of the part at hand */
  GError *error;  /* (owned) (nullable) */
} Walk;

/* Where the bytes of a picture or document may stand that are not in the request. The first two are chat's
 * and Responses' image_url, which is an object or a string. */
static const char *const places[][2] = {
  { "image_url", "url" }, { "image_url", NULL }, { "source", "url" },   { "source", "file_id" },
  { "file_id", NULL },    { "file_url", NULL },  { "file", "file_id" },
};

static gboolean
is_web_address (JumpJsonSpan value)
{
  return jump_json_span_kind (value) == JUMP_JSON_STRING && value.length > 6 &&
         g_ascii_strncasecmp (value.start + 1, "http", 4) == 0;
}

static gboolean
has_name (const char *place, const char *name)
{
  return place != NULL && g_str_equal (place, name);
}

static void
check_place (Walk *self, JumpJsonSpan part, const char *const *place)
{
  JumpJsonSpan value = jump_json_find_member (part, place[0]);
  gboolean is_file = has_name (place[0], "file_id") || has_name (place[1], "file_id");

  if (place[1] != NULL)
    value = jump_json_find_member (value, place[1]);
  if (self->error != NULL || jump_json_span_kind (value) != JUMP_JSON_STRING ||
      !(is_file || is_web_address (value)))
    return;
  self->error = g_error_new (JUMP_ERROR,
                             JUMP_ERROR_BAD_REQUEST,
                             "%s.%s%s%s: expected the data itself, the upstream %s",
                             self->path->str,
                             place[0],
                             place[1] == NULL ? "" : ".",
                             place[1] == NULL ? "" : place[1],
                             is_file ? "keeps no files" : "fetches nothing from the web");
}

/* Documents are looked at for where their bytes are, and not counted. */
static gboolean
is_document (JumpJsonSpan type)
{
  return jump_json_span_equals (type, "document") || jump_json_span_equals (type, "input_file") ||
         jump_json_span_equals (type, "file");
}

static gboolean
is_image (JumpJsonSpan type)
{
  return jump_json_span_equals (type, "image") || jump_json_span_equals (type, "image_url") ||
         jump_json_span_equals (type, "input_image");
}

/* A message, an item or a part, and the parts in it. What else is in there is the client's business: a
 * tool's arguments may look like a picture. The recursion ends at JUMP_LIMIT_JSON_DEPTH. */
static void
visit (Walk *self, JumpJsonSpan object)
{
  static const char *const names[] = { "type", "content", "output" };
  JumpJsonSpan found[G_N_ELEMENTS (names)];

  jump_patch_find (object, names, G_N_ELEMENTS (names), found);
  if (is_image (found[0]))
    g_array_append_val (self->images, object);
  if (is_image (found[0]) || is_document (found[0]))
    {
      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        check_place (self, object, places[i]);
      return;
    }
  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    {
      gsize length = self->path->len;
      guint index = 0;
      JumpJsonCursor cursor;
      JumpJsonSpan inner;

      if (jump_json_span_kind (found[i]) != JUMP_JSON_ARRAY)
        continue;
      jump_json_cursor_init (&cursor, found[i]);
      while (jump_json_cursor_next (&cursor, NULL, &inner))
        {
          g_string_append_printf (self->path, ".%s[%u]", names[i], index++);
          visit (self, inner);
          g_string_truncate (self->path, length);
        }
    }
}

static void
visit_conversation (Walk *self, const char *list_name, JumpJsonSpan list)
{
  JumpJsonCursor cursor;
  JumpJsonSpan element;
  guint index = 0;

  if (jump_json_span_kind (list) != JUMP_JSON_ARRAY)
    return;
  jump_json_cursor_init (&cursor, list);
  while (jump_json_cursor_next (&cursor, NULL, &element))
    {
      g_string_printf (self->path, "%s[%u]", list_name, index++);
      visit (self, element);
    }
}

/* Returns: about how many bytes the text @value stands for; all of it counts that is no base64 */
static gint64
count_bytes (JumpJsonSpan value)
{
  const char *comma = memchr (value.start, ',', MIN (value.length, 100));
  gsize length = comma == NULL ? value.length : value.length - (gsize) (comma - value.start);
  gsize escapes = 0;

  for (gsize i = 0; i < value.length; i++)
    escapes += value.start[i] == '\\';
  return (gint64) ((length - MIN (length, escapes)) / 4 * 3);
}

static gboolean
is_too_large (JumpJsonSpan image, gint64 max)
{
  static const char *const data_places[][2] = {
    { "image_url", "url" }, /* chat */
    { "image_url", NULL },  /* Responses */
    { "source", "data" },
  };

  /* most images are small enough with all that is around them */
  if (max == 0 || (gint64) image.length <= max)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (data_places); i++)
    {
      JumpJsonSpan value = jump_json_find_member (image, data_places[i][0]);

      if (data_places[i][1] != NULL)
        value = jump_json_find_member (value, data_places[i][1]);
      if (jump_json_span_kind (value) == JUMP_JSON_STRING && count_bytes (value) > max)
        return TRUE;
    }
  return FALSE;
}

/* They would be refused in every turn to come. Those that go are no longer among @images. */
static void
leave_out_large (JumpPatchWork *work, GArray *images, const char *text_type)
{
  gint64 max = work->traits->max_image_bytes;
  g_autofree char *json =
      g_strdup_printf ("{\"type\":\"%s\",\"text\":\"" TOO_LARGE "\"}", text_type, max / 1024);

  for (guint i = images->len; i > 0; i--)
    {
      JumpJsonSpan image = g_array_index (images, JumpJsonSpan, i - 1);

      if (!is_too_large (image, max))
        continue;
      jump_patch_work_replace (work, image, json, "large-images-dropped");
      g_array_remove_index (images, i - 1);
    }
}

static void
leave_out_oldest (JumpPatchWork *work, const GArray *images, const char *text_type)
{
  guint max = work->traits->max_images;
  g_autofree char *json = NULL;

  if (max == 0 || images->len <= max)
    return;
  json = g_strdup_printf ("{\"type\":\"%s\",\"text\":\"" LEFT_OUT "\"}", text_type, max);
  for (guint i = 0; i < images->len - max; i++)
    jump_patch_work_replace (work, g_array_index (images, JumpJsonSpan, i), json, "images-dropped");
}

/**
 * jump_image_patch:
 * @work: a request, settled
 * @list_name: where its conversation stands
 * @text_type: of a part that is text, "text" or "input_text"
 *
 * Returns: %FALSE with an @error for a picture or document that has to be fetched
 */
gboolean
jump_image_patch (JumpPatchWork *work, const char *list_name, const char *text_type, GError **error)
{
  g_autoptr (GArray) images = g_array_new (FALSE, FALSE, sizeof (JumpJsonSpan));
  g_autoptr (GString) path = g_string_new (NULL);
  Walk walk = { images, path, NULL };

  visit_conversation (&walk, list_name, jump_patch_work_get (work, list_name));
  if (walk.error != NULL)
    {
      g_propagate_error (error, walk.error);
      return FALSE;
    }
  leave_out_large (work, images, text_type);
  leave_out_oldest (work, images, text_type);
  return TRUE;
}

/**
 * jump_image_is_part:
 * @part: a part of a message
 *
 * Returns: whether it is a picture
 */
gboolean
jump_image_is_part (JumpJsonSpan part)
{
  return jump_json_span_kind (part) == JUMP_JSON_OBJECT &&
         is_image (jump_json_find_member (part, "type"));
}
