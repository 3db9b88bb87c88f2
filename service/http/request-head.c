/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/request-head.h"

#include "service/base/secret-text.h"
#include "service/http/head-syntax.h"

#include <string.h>

/* More than this and the number would not fit a size anyway. */
#define MAX_LENGTH_DIGITS 15

/**
 * jump_request_head_find_end:
 * @data: what came so far
 * @length: of @data
 * @from: where no end was found before
 *
 * Lines may end in LF alone (RFC 9112 2.2).
 *
 * Returns: how long the head is, its empty line included; 0: more has to come
 */
gsize
jump_request_head_find_end (const char *data, gsize length, gsize from)
{
  const char *end = data + length;
  const char *p = data + (from > 3 ? from - 3 : 0);

  while ((p = memchr (p, '\n', (gsize) (end - p))) != NULL)
    {
      if (p + 1 < end && p[1] == '\n')
        return (gsize) (p + 2 - data);
      if (p + 2 < end && p[1] == '\r' && p[2] == '\n')
        return (gsize) (p + 3 - data);
      p++;
    }
  return 0;
}

static gboolean
read_length (const char *text, gsize *out_length)
{
  gsize digits = strspn (text, "0123456789");

  if (digits == 0 || digits > MAX_LENGTH_DIGITS || text[digits] != '\0')
    return FALSE;
  *out_length = (gsize) g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

/* RFC 9112 6.3, but stricter: two statements about the length are refused even if they agree. */
static guint
read_framing (JumpRequestHead *self, const char **out_reason)
{
  const char *coding = soup_message_headers_get_list (self->headers, "Transfer-Encoding");
  const char *length = soup_message_headers_get_list (self->headers, "Content-Length");

  if (coding != NULL && (length != NULL || self->is_http10))
    {
      *out_reason = "Transfer-Encoding: not beside Content-Length, and not in HTTP/1.0";
      return 400;
    }
  if (coding != NULL && g_ascii_strcasecmp (coding, "chunked") != 0)
    {
      *out_reason = "Transfer-Encoding: expected chunked";
      return 501;
    }
  self->is_chunked = coding != NULL;
  if (length != NULL && !read_length (length, &self->content_length))
    {
      *out_reason = "Content-Length: expected one number";
      return 400;
    }
  return 0;
}

/* The target may be a path or, from clients that take us for a proxy, a whole address. Returns: where
 * its path begins; @out_authority: (out): the length of what stands behind "http://". */
static const char *
skip_authority (const char *target, const char **out_authority, gsize *out_length)
{
  if (g_ascii_strncasecmp (target, "http://", 7) != 0)
    return target;
  *out_authority = target + 7;
  *out_length = strcspn (*out_authority, "/?#");
  return *out_authority + *out_length;
}

/* One Host, as RFC 9112 3.2 wants it, and no other one in the request line: whoever looks at the other
 * of two would let pass what is not for us. */
static gboolean
read_host (JumpRequestHead *self, const char *authority, gsize length)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  const char *host = NULL;
  guint n_hosts = 0;

  soup_message_headers_iter_init (&iter, self->headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      if (g_ascii_strcasecmp (name, "Host") != 0)
        continue;
      host = value;
      n_hosts++;
    }
  if (n_hosts > 1 || (n_hosts == 0 && !self->is_http10))
    return FALSE;
  return authority == NULL || host == NULL ||
         (strlen (host) == length && g_ascii_strncasecmp (host, authority, length) == 0);
}

static gboolean
read_path (JumpRequestHead *self, const char *start)
{
  gsize length = strcspn (start, "?#");
  g_autofree char *raw = g_strndup (start, length);

  if (start[length] == '?')
    self->query = g_strndup (start + length + 1, strcspn (start + length + 1, "#"));
  if (*raw != '/' && *raw != '\0' && strcmp (raw, "*") != 0)
    return FALSE;
  self->path = g_uri_unescape_string (*raw != '\0' ? raw : "/", NULL);
  return self->path != NULL && g_utf8_validate (self->path, -1, NULL);
}

static guint
read_target (JumpRequestHead *self, const char *target, const char **out_reason)
{
  const char *authority = NULL;
  gsize length = 0;
  const char *start = skip_authority (target, &authority, &length);

  if (!read_host (self, authority, length))
    {
      *out_reason = "Host: expected one, the same as in the request line";
      return 400;
    }
  if (!read_path (self, start))
    {
      *out_reason = "the path is not valid";
      return 400;
    }
  return 0;
}

static void
read_options (JumpRequestHead *self)
{
  const char *connection = soup_message_headers_get_list (self->headers, "Connection");
  const char *expect = soup_message_headers_get_one (self->headers, "Expect");

  if (self->is_http10)
    self->keep_alive = connection != NULL && soup_header_contains (connection, "keep-alive");
  else
    self->keep_alive = connection == NULL || !soup_header_contains (connection, "close");
  self->expects_continue =
      expect != NULL && g_ascii_strcasecmp (expect, "100-continue") == 0 && !self->is_http10;
}

/**
 * jump_request_head_parse:
 * @self: (out caller-allocates): clear it afterwards, whatever the result
 * @data: the head, its empty line included
 * @length: of @data
 * @max_fields: how many header fields there may be
 * @out_reason: (out) (transfer none): why not
 *
 * Returns: 0 for a request that can be read on, else the status of the refusal
 */
guint
jump_request_head_parse (JumpRequestHead *self,
                         const char *data,
                         gsize length,
                         guint max_fields,
                         const char **out_reason)
{
  g_autofree char *target = NULL;
  SoupHTTPVersion version = SOUP_HTTP_1_1;
  guint status;

  *self = (JumpRequestHead){ 0 };
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  status = jump_head_syntax_check (data, length, max_fields, out_reason);
  if (status != 0)
    return status;
  /* libsoup wants the last line's end, but not the empty line. */
  length -= data[length - 2] == '\r' ? 2 : 1;
  *out_reason = "the request is not HTTP/1.1";
  status = soup_headers_parse_request (data,
                                       (int) length,
                                       self->headers,
                                       &self->method,
                                       &target,
                                       &version);
  if (status != SOUP_STATUS_OK)
    return status == SOUP_STATUS_HTTP_VERSION_NOT_SUPPORTED ? 505 : 400;
  if (version != SOUP_HTTP_1_0 && version != SOUP_HTTP_1_1)
    return 505;
  self->is_http10 = version == SOUP_HTTP_1_0;
  status = read_target (self, target, out_reason);
  if (status != 0)
    return status;
  read_options (self);
  return read_framing (self, out_reason);
}

void
jump_request_head_clear (JumpRequestHead *self)
{
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->query, jump_secret_free);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
}
