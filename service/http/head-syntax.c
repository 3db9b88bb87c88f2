/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/head-syntax.h"

#include <string.h>

#define STATUS_BAD_REQUEST     400
#define STATUS_TOO_MANY_FIELDS 431
/* The longest registered one, UPDATEREDIRECTREF, has 17. */
#define MAX_METHOD     32
#define VERSION_LENGTH 8 /* "HTTP/1.1" */

/* RFC 9110 5.6.2 */
static gboolean
is_token_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gsize
count_token (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && is_token_char (text[n]))
    n++;
  return n;
}

/* Bytes beyond ASCII may stand in a target: some clients do not escape. */
static gsize
count_target (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && (guchar) text[n] > ' ' && text[n] != 0x7f)
    n++;
  return n;
}

/* Method, target and version with one space between them (RFC 9112 3). */
static gboolean
is_request_line (const char *line, gsize length)
{
  gsize method = count_token (line, length);
  gsize target;
  const char *version;

  if (method == 0 || method > MAX_METHOD || method == length || line[method] != ' ')
    return FALSE;
  line += method + 1;
  length -= method + 1;
  target = count_target (line, length);
  if (target == 0 || target == length || line[target] != ' ')
    return FALSE;
  version = line + target + 1;
  return length - target - 1 == VERSION_LENGTH && memcmp (version, "HTTP/", 5) == 0 &&
         g_ascii_isdigit (version[5]) && version[6] == '.' && g_ascii_isdigit (version[7]);
}

static gboolean
has_control_char (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (((guchar) text[i] < ' ' && text[i] != '\t') || text[i] == 0x7f)
        return TRUE;
    }
  return FALSE;
}

/* Returns: (nullable): what is wrong with it. */
static const char *
judge_field (const char *line, gsize length)
{
  gsize name = count_token (line, length);

  if (line[0] == ' ' || line[0] == '\t')
    return "a header is folded over two lines";
  if (name == 0 || name == length || line[name] != ':')
    return "a header has no valid name, followed by a colon";
  if (has_control_char (line + name + 1, length - name - 1))
    return "a header holds a control character";
  return NULL;
}

/* A line may end in LF alone (RFC 9112 2.2). @out_length: without that end, @out_used: with it. */
static gboolean
find_line (const char *data, gsize left, gsize *out_length, gsize *out_used)
{
  const char *end = memchr (data, '\n', left);

  if (end == NULL)
    return FALSE;
  *out_length = (gsize) (end - data);
  *out_used = *out_length + 1;
  if (*out_length > 0 && data[*out_length - 1] == '\r')
    --*out_length;
  return TRUE;
}

/**
 * jump_head_syntax_check:
 * @data: the head, its empty line included
 * @length: of @data
 * @max_fields: how many header fields there may be
 * @out_reason: (out) (transfer none): why not
 *
 * One empty line in front is allowed (RFC 9112 2.2): old clients end a body with one.
 *
 * Returns: 0 for a head that has one reading, else 400 or 431
 */
guint
jump_head_syntax_check (const char *data, gsize length, guint max_fields, const char **out_reason)
{
  gsize line_length = 0;
  gsize used = 0;

  *out_reason = "the request line is not a method, a path and HTTP/1.1";
  if (!find_line (data, length, &line_length, &used))
    return STATUS_BAD_REQUEST;
  if (line_length == 0)
    {
      data += used;
      length -= used;
    }
  if (!find_line (data, length, &line_length, &used) || !is_request_line (data, line_length))
    return STATUS_BAD_REQUEST;
  for (guint n_fields = 0; n_fields <= max_fields; n_fields++)
    {
      data += used;
      length -= used;
      if (!find_line (data, length, &line_length, &used) || line_length == 0)
        return 0;
      *out_reason = judge_field (data, line_length);
      if (*out_reason != NULL)
        return STATUS_BAD_REQUEST;
    }
  *out_reason = "the request has too many headers (setting limits.head_fields)";
  return STATUS_TOO_MANY_FIELDS;
}
