/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/bench/http-reader.h"

#include <string.h>

#define LINE_MAX_LENGTH 65536

void
http_reader_init (HttpReader *self)
{
  self->line = g_string_new (NULL);
  http_reader_reset (self);
}

void
http_reader_clear (HttpReader *self)
{
  g_string_free (self->line, TRUE);
}

void
http_reader_reset (HttpReader *self)
{
  self->state = READER_HEAD;
  self->left = 0;
  self->status = 0;
  g_string_truncate (self->line, 0);
}

static gboolean
read_head (HttpReader *self)
{
  g_autofree char *lower = g_ascii_strdown (self->line->str, (gssize) self->line->len);
  const char *field;

  if (!g_str_has_prefix (lower, "http/1.") || self->line->len < 12)
    return FALSE;
  self->status = (guint) g_ascii_strtoull (lower + 9, NULL, 10);
  field = strstr (lower, "\r\ncontent-length:");
  if (strstr (lower, "\r\ntransfer-encoding: chunked") != NULL)
    self->state = READER_CHUNK_SIZE;
  else if (field != NULL)
    {
      self->left = g_ascii_strtoull (field + 17, NULL, 10);
      self->state = self->left > 0 ? READER_LENGTH : READER_DONE;
    }
  else
    return FALSE;
  g_string_truncate (self->line, 0);
  return TRUE;
}

static gboolean
read_line (HttpReader *self)
{
  switch (self->state)
    {
    case READER_CHUNK_SIZE:
      self->left = g_ascii_strtoull (self->line->str, NULL, 16);
      self->state = self->left > 0 ? READER_CHUNK_DATA : READER_TRAILER;
      break;
    case READER_CHUNK_END:
      self->state = READER_CHUNK_SIZE;
      break;
    case READER_TRAILER:
      if (self->line->len == 2)
        self->state = READER_DONE;
      break;
    case READER_HEAD:
    case READER_LENGTH:
    case READER_CHUNK_DATA:
    case READER_DONE:
      return FALSE;
    }
  g_string_truncate (self->line, 0);
  return TRUE;
}

/* Adds bytes to the line up to and with its end. Returns: how many were used. */
static gsize
collect (HttpReader *self, const char *data, gsize length, gboolean *complete)
{
  gsize used = 0;

  *complete = FALSE;
  while (used < length && !*complete)
    {
      const char *end = memchr (data + used, '\n', length - used);
      gsize take = end != NULL ? (gsize) (end - (data + used)) + 1 : length - used;

      g_string_append_len (self->line, data + used, (gssize) take);
      used += take;
      if (end != NULL)
        *complete = self->state != READER_HEAD || g_str_has_suffix (self->line->str, "\r\n\r\n");
    }
  return used;
}

gboolean
http_reader_feed (HttpReader *self,
                  const char *data,
                  gsize length,
                  HttpReaderFunc func,
                  gpointer user_data)
{
  while (length > 0)
    {
      gsize used;

      if (self->state == READER_DONE)
        return FALSE;
      if (self->state == READER_LENGTH || self->state == READER_CHUNK_DATA)
        {
          used = (gsize) MIN (self->left, length);
          func (data, used, user_data);
          self->left -= used;
          if (self->left == 0)
            self->state = self->state == READER_LENGTH ? READER_DONE : READER_CHUNK_END;
        }
      else
        {
          gboolean complete;

          used = collect (self, data, length, &complete);
          if (self->line->len > LINE_MAX_LENGTH)
            return FALSE;
          if (complete && !(self->state == READER_HEAD ? read_head (self) : read_line (self)))
            return FALSE;
        }
      data += used;
      length -= used;
    }
  return TRUE;
}
