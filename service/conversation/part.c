/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/conversation/part.h"

#include <string.h>

/* What data: addresses without a type mean (RFC 2397). */
#define DEFAULT_MEDIA_TYPE "text/plain"

/**
 * jump_part_new:
 *
 * Returns: (transfer full): a part of which only the kind is set
 */
JumpPart *
jump_part_new (JumpPartKind kind)
{
  JumpPart *self = g_new0 (JumpPart, 1);

  self->kind = kind;
  return self;
}

/**
 * jump_part_new_text:
 * @text: UTF-8
 *
 * Returns: (transfer full): a TEXT part with a copy of @text
 */
JumpPart *
jump_part_new_text (const char *text)
{
  JumpPart *self = jump_part_new (JUMP_PART_TEXT);

  self->text = g_strdup (text);
  return self;
}

void
jump_part_free (JumpPart *self)
{
  g_free (self->text);
  g_free (self->annotations);
  g_free (self->cache_marker);
  g_free (self->media_type);
  g_free (self->data);
  g_free (self->url);
  g_free (self->file_id);
  g_free (self->detail);
  g_free (self->file_name);
  jump_reasoning_state_clear (&self->state);
  g_free (self->call_id);
  g_free (self->name);
  g_free (self->name_space);
  g_free (self->arguments);
  g_free (self->call_state);
  g_clear_pointer (&self->content, g_ptr_array_unref);
  g_free (self->type);
  g_free (self->json);
  g_free (self);
}

/* @head: "image/png;charset=x;base64", not terminated */
static gboolean
says_base64 (const char *head, gsize length)
{
  const gsize n = strlen (";base64");

  return length >= n && g_ascii_strncasecmp (head + length - n, ";base64", n) == 0;
}

/* Data may also stand there percent-encoded; everybody here speaks base64. */
static char *
encode_percent_data (const char *data)
{
  g_autoptr (GBytes) bytes = g_uri_unescape_bytes (data, -1, NULL, NULL);

  if (bytes == NULL)
    return g_strdup ("");
  return g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * jump_part_set_address:
 * @self: an IMAGE or FILE part without an address
 * @address: an address as clients write it. What follows a damaged data: becomes data all the same, empty
 *   when there is no comma, so that upstream can say what is wrong with it.
 */
void
jump_part_set_address (JumpPart *self, const char *address)
{
  const char *head;
  const char *comma;
  gsize type_length;

  if (g_ascii_strncasecmp (address, "data:", 5) != 0)
    {
      self->url = g_strdup (address);
      return;
    }
  head = address + 5;
  comma = strchr (head, ',');
  if (comma == NULL)
    comma = head + strlen (head);
  type_length = strcspn (head, ";,");
  g_free (self->media_type);
  self->media_type =
      type_length == 0 ? g_strdup (DEFAULT_MEDIA_TYPE) : g_strndup (head, type_length);
  if (*comma == '\0')
    self->data = g_strdup ("");
  else if (says_base64 (head, (gsize) (comma - head)))
    self->data = g_strdup (comma + 1);
  else
    self->data = encode_percent_data (comma + 1);
}

/**
 * jump_part_dup_address:
 * @self: an IMAGE or FILE part
 *
 * Returns: (transfer full) (nullable): %NULL when it only has a file_id
 */
char *
jump_part_dup_address (const JumpPart *self)
{
  if (self->data != NULL)
    return g_strconcat ("data:",
                        self->media_type == NULL ? "application/octet-stream" : self->media_type,
                        ";base64,",
                        self->data,
                        NULL);
  return g_strdup (self->url);
}

/**
 * jump_parts_join_text:
 * @parts: (nullable) (element-type JumpPart): refusals and reasoning are no text
 *
 * Returns: (transfer full): "" when there is none
 */
char *
jump_parts_join_text (const GPtrArray *parts, const char *separator)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean is_first = TRUE;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const JumpPart *part = g_ptr_array_index (parts, i);

      if (part->kind != JUMP_PART_TEXT || part->text == NULL)
        continue;
      if (!is_first)
        g_string_append (text, separator);
      g_string_append (text, part->text);
      is_first = FALSE;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
