/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/field-path.h"

#include <string.h>

#define ANY "*"
/* Longer ones are sentences. */
#define MAX_LENGTH 200

static gboolean
is_number (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
is_name (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("_.[]-$", *at) == NULL)
      return FALSE;
  return *text != '\0' && strlen (text) <= MAX_LENGTH;
}

/**
 * jump_field_path_parse:
 * @text: a name, with dots or brackets around indices
 *
 * Returns: (transfer full) (nullable) (element-type utf8): its steps
 */
GPtrArray *
jump_field_path_parse (const char *text)
{
  g_auto (GStrv) steps = NULL;
  g_autoptr (GPtrArray) path = NULL;

  if (!is_name (text))
    return NULL;
  path = g_ptr_array_new_with_free_func (g_free);
  steps = g_strsplit_set (text, ".[]", -1);
  for (guint i = 0; steps[i] != NULL; i++)
    if (*steps[i] != '\0')
      g_ptr_array_add (path, g_strdup (is_number (steps[i]) ? ANY : steps[i]));
  if (path->len == 0 || g_str_equal (g_ptr_array_index (path, path->len - 1), ANY))
    return NULL;
  return g_steal_pointer (&path);
}

/**
 * jump_field_path_format:
 * @path: steps
 *
 * Returns: (transfer full): its name for the list of changes
 */
char *
jump_field_path_format (const GPtrArray *path)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < path->len; i++)
    {
      const char *step = g_ptr_array_index (path, i);

      if (g_str_equal (step, ANY))
        g_string_append (text, "[]");
      else
        g_string_append_printf (text, "%s%s", text->len > 0 ? "." : "", step);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_container (JumpJsonSpan value)
{
  return jump_json_span_kind (value) == JUMP_JSON_OBJECT ||
         jump_json_span_kind (value) == JUMP_JSON_ARRAY;
}

/* The type of a block may be the name of one of its members, a "text" for example: only what can hold the
 * field is a step. The recursion ends with the path. */
static gboolean
drop (JumpPatchWork *work, JumpJsonSpan value, const GPtrArray *path, guint at)
{
  const char *step = g_ptr_array_index (path, at);
  gboolean is_last = at + 1 == path->len;
  gboolean any = FALSE;
  JumpJsonCursor cursor;
  JumpJsonSpan inner;

  if (jump_json_span_kind (value) == JUMP_JSON_ARRAY)
    {
      if (!g_str_equal (step, ANY) || is_last)
        return FALSE;
      jump_json_cursor_init (&cursor, value);
      while (jump_json_cursor_next (&cursor, NULL, &inner))
        any |= drop (work, inner, path, at + 1);
      return any;
    }
  if (jump_json_span_kind (value) != JUMP_JSON_OBJECT)
    return FALSE;
  if (is_last)
    return jump_patch_work_drop_in (work, value, step, NULL);
  inner = jump_json_find_member (value, step);
  if (!is_container (inner))
    return at > 0 && drop (work, value, path, at + 1);
  return drop (work, inner, path, at + 1);
}

/**
 * jump_field_path_drop:
 * @work: a request
 * @path: steps
 *
 * Returns: whether there was such a field
 */
gboolean
jump_field_path_drop (JumpPatchWork *work, const GPtrArray *path)
{
  return drop (work, work->object, path, 0);
}
