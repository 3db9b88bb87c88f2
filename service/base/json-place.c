/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-place.h"

#include "service/base/json-scan.h"
#include "service/base/limits.h"

/* Bytes of a place: longer ones are cut, names of members may be as long as anything. */
#define MAX_PLACE 200

typedef struct
{
  gboolean is_object;
  gboolean wants_name;
  JumpJsonSpan name; /* of the member at hand */
  guint index;       /* of the element at hand */
} Level;

typedef struct
{
  const char *end;
  guint depth;
  Level levels[JUMP_LIMIT_JSON_DEPTH + 1];
} Walk;

/* @at is at a quote; returns what is behind the closing one, or the end. */
static const char *
skip_string (const char *at, const char *end)
{
  for (at++; at < end && *at != '"'; at++)
    {
      if (*at == '\\')
        at++;
    }
  return at < end ? at + 1 : end;
}

static void
take_punctuation (Walk *self, char byte)
{
  Level *level = self->depth > 0 ? &self->levels[self->depth - 1] : NULL;

  if ((byte == '{' || byte == '[') && self->depth < G_N_ELEMENTS (self->levels))
    self->levels[self->depth++] = (Level){ .is_object = byte == '{', .wants_name = byte == '{' };
  else if (level != NULL && (byte == '}' || byte == ']'))
    self->depth--;
  else if (level != NULL && byte == ',')
    {
      level->index++;
      level->wants_name = level->is_object;
      level->name = (JumpJsonSpan){ NULL, 0 };
    }
}

static void
walk (Walk *self, const char *at)
{
  while (at < self->end)
    {
      Level *level = self->depth > 0 ? &self->levels[self->depth - 1] : NULL;
      const char *start = at;

      if (*at != '"')
        {
          take_punctuation (self, *at++);
          continue;
        }
      at = skip_string (at, self->end);
      if (level != NULL && level->wants_name && at[-1] == '"' && at - start >= 2)
        {
          level->name = (JumpJsonSpan){ start, (gsize) (at - start) };
          level->wants_name = FALSE;
        }
    }
}

/* As a person would write it, but for what would break the line or cannot be seen. */
static void
append_name (GString *place, JumpJsonSpan span)
{
  g_autofree char *decoded = jump_json_span_dup_string (span);
  g_autofree char *name =
      g_utf8_make_valid (decoded, -1); /* whoever asks may not have checked it */

  for (const char *at = name; *at != '\0' && place->len <= MAX_PLACE; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isprint (character))
        g_string_append_unichar (place, character);
      else
        g_string_append_printf (place, "\\u%04x", character);
    }
}

static void
cut (GString *place)
{
  gsize length = MAX_PLACE;

  if (place->len <= MAX_PLACE)
    return;
  while (length > 0 && ((guchar) place->str[length] & 0xc0) == 0x80)
    length--;
  g_string_truncate (place, length);
  g_string_append (place, "...");
}

/**
 * jump_json_describe_place:
 * @data: JSON text
 * @offset: a byte of it
 *
 * Goes through @data once more: only for those who are about to say no.
 *
 * Returns: (transfer full) (nullable): the place, %NULL when it is in no member or element
 */
char *
jump_json_describe_place (const char *data, gsize offset)
{
  Walk self = { .end = offset > 0 ? data + offset : data };
  g_autoptr (GString) place = g_string_new (NULL);

  if (offset > 0)
    walk (&self, data);
  for (guint i = 0; i < self.depth && place->len <= MAX_PLACE; i++)
    {
      const Level *level = &self.levels[i];

      if (!level->is_object)
        g_string_append_printf (place, "[%u]", level->index);
      else if (level->name.start != NULL)
        {
          if (place->len > 0)
            g_string_append_c (place, '.');
          append_name (place, level->name);
        }
    }
  cut (place);
  return place->len > 0 ? g_string_free (g_steal_pointer (&place), FALSE) : NULL;
}
