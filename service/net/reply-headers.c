/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/reply-headers.h"

#include <string.h>

/* A common model reply has about 25 header lines with 1.2 KiB. */
#define USUAL_SIZE 1000

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static gboolean
is_name (const char *name, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isgraph (name[i]))
        return FALSE;
    }
  return length > 0;
}

/* Some values go on to clients, and a bare CR ends a line for lenient readers. */
static void
append_value (JumpReplyHeaders *self, const char *value, gsize length)
{
  gsize start = self->fields->len;

  g_string_append_len (self->fields, value, (gssize) length);
  for (char *c = self->fields->str + start; c < self->fields->str + start + length; c++)
    {
      if (g_ascii_iscntrl (*c))
        *c = ' ';
    }
  g_string_append_c (self->fields, '\0');
}

static void
start_block (JumpReplyHeaders *self, const char *line, gsize length)
{
  const char *space = memchr (line, ' ', length);

  if (self->fields == NULL)
    self->fields = g_string_sized_new (USUAL_SIZE);
  else
    g_string_truncate (self->fields, 0);
  self->status = 0;
  for (const char *p = space == NULL ? line + length : space + 1;
       p < line + length && g_ascii_isdigit (*p) && self->status < 1000;
       p++)
    self->status = self->status * 10 + (guint) g_ascii_digit_value (*p);
}

/* A line that begins with a space goes on with the value above (obsolete, but allowed). */
static void
continue_value (JumpReplyHeaders *self, const char *line, gsize length)
{
  if (self->fields->len == 0)
    return;
  self->fields->str[self->fields->len - 1] = ' ';
  append_value (self, line, length);
}

static void
add_field (JumpReplyHeaders *self, const char *line, gsize length)
{
  const char *colon = memchr (line, ':', length);
  const char *value;
  const char *end = line + length;

  if (colon == NULL || !is_name (line, (gsize) (colon - line)))
    return;
  value = colon + 1;
  while (value < end && is_blank (*value))
    value++;
  g_string_append_len (self->fields, line, colon - line);
  g_string_append_c (self->fields, '\0');
  append_value (self, value, (gsize) (end - value));
}

void
jump_reply_headers_clear (JumpReplyHeaders *self)
{
  if (self->fields != NULL)
    g_string_free (self->fields, TRUE);
  memset (self, 0, sizeof *self);
}

/**
 * jump_reply_headers_add_line:
 * @line: one line as it came, its end included; not terminated
 *
 * Lines after the end of the header (trailers) are counted and left out.
 *
 * Returns: %TRUE when this line ended the header of the final reply
 */
gboolean
jump_reply_headers_add_line (JumpReplyHeaders *self, const char *line, gsize length)
{
  self->received += length;
  if (self->is_complete)
    return FALSE;
  while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
    length--;
  if (length == 0)
    {
      self->is_complete = self->status >= 200;
      return self->is_complete;
    }
  while (length > 1 && is_blank (line[length - 1]))
    length--;
  if (length >= 5 && memcmp (line, "HTTP/", 5) == 0)
    start_block (self, line, length);
  else if (self->fields == NULL)
    return FALSE;
  else if (is_blank (line[0]))
    {
      while (length > 0 && is_blank (line[0]))
        {
          line++;
          length--;
        }
      continue_value (self, line, length);
    }
  else
    add_field (self, line, length);
  return FALSE;
}

/**
 * jump_reply_headers_get:
 *
 * Returns: (nullable): the last value of @name, in any case of letters
 */
const char *
jump_reply_headers_get (const JumpReplyHeaders *self, const char *name)
{
  const char *found = NULL;
  const char *field;
  const char *value;
  gsize position = 0;

  while (jump_reply_headers_next (self, &position, &field, &value))
    if (g_ascii_strcasecmp (field, name) == 0)
      found = value;
  return found;
}

/**
 * jump_reply_headers_next:
 * @position: (inout): 0 to begin with
 *
 * Returns: %FALSE at the end
 */
gboolean
jump_reply_headers_next (const JumpReplyHeaders *self,
                         gsize *position,
                         const char **out_name,
                         const char **out_value)
{
  if (self->fields == NULL || *position >= self->fields->len)
    return FALSE;
  *out_name = self->fields->str + *position;
  *out_value = *out_name + strlen (*out_name) + 1;
  *position = (gsize) (*out_value - self->fields->str) + strlen (*out_value) + 1;
  return TRUE;
}
