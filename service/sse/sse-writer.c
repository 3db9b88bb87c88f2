/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/sse/sse-writer.h"

#include <string.h>

static gsize
measure_line (const char *text, gsize length)
{
  const char *lf = memchr (text, '\n', length);
  const char *cr = memchr (text, '\r', lf == NULL ? length : (gsize) (lf - text));

  if (cr != NULL)
    return (gsize) (cr - text);
  return lf == NULL ? length : (gsize) (lf - text);
}

/* Each line of @text behind @prefix: a line end inside would else begin a field of its own. */
static void
append_lines (GString *out, const char *prefix, const char *text, gsize length)
{
  gsize line = measure_line (text, length);

  while (TRUE)
    {
      g_string_append (out, prefix);
      g_string_append_len (out, text, (gssize) line);
      g_string_append_c (out, '\n');
      if (line == length)
        return;
      line += text[line] == '\r' && line + 1 < length && text[line + 1] == '\n' ? 2 : 1;
      text += line;
      length -= line;
      line = measure_line (text, length);
    }
}

/**
 * jump_sse_write_event:
 * @event: (nullable): ends at its first line end
 * @data: without a final line end, which would be one more empty line for the reader
 * @length: of @data, or -1
 */
void
jump_sse_write_event (GString *out, const char *event, const char *data, gssize length)
{
  if (event != NULL)
    {
      g_string_append (out, "event: ");
      g_string_append_len (out, event, (gssize) strcspn (event, "\r\n"));
      g_string_append_c (out, '\n');
    }
  append_lines (out, "data: ", data, length < 0 ? strlen (data) : (gsize) length);
  g_string_append_c (out, '\n');
}

/**
 * jump_sse_write_comment:
 *
 * With an empty line behind it, so that readers which look for one pass it on at once.
 */
void
jump_sse_write_comment (GString *out, const char *text)
{
  append_lines (out, ": ", text, strlen (text));
  g_string_append_c (out, '\n');
}
