/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/net/http-request.h"

#include "service/base/secret-text.h"

#include <string.h>

/**
 * jump_http_request_new:
 * @method: such as "GET"
 * @url: absolute, http or https
 *
 * Returns: (transfer full): a request without headers and body
 */
JumpHttpRequest *
jump_http_request_new (const char *method, const char *url)
{
  JumpHttpRequest *self = g_new0 (JumpHttpRequest, 1);

  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_ptr_array_new_full (16, (GDestroyNotify) jump_secret_free);
  return self;
}

void
jump_http_request_free (JumpHttpRequest *self)
{
  g_free (self->method);
  g_free (self->url);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/* A line end inside a value would let whoever chose the value write header lines of its own. */
static void
replace_line_ends (char *line)
{
  if (strpbrk (line, "\r\n") != NULL)
    g_strdelimit (line, "\r\n", ' ');
}

/**
 * jump_http_request_add_header:
 * @name: such as "Authorization"
 * @value: control characters that end a line become spaces; an empty value is sent as such
 *
 * Adds to what is there, same names included.
 */
void
jump_http_request_add_header (JumpHttpRequest *self, const char *name, const char *value)
{
  /* libcurl takes "Name:" as a wish to leave a header out and "Name;" as an empty one */
  const char *between = value[0] == '\0' ? ";" : ": ";
  gsize name_length = strlen (name);
  gsize between_length = strlen (between);
  gsize value_length = strlen (value);
  char *line = g_malloc (name_length + between_length + value_length + 1);

  memcpy (line, name, name_length);
  memcpy (line + name_length, between, between_length);
  memcpy (line + name_length + between_length, value, value_length + 1);
  replace_line_ends (line);
  g_ptr_array_add (self->headers, line);
}

/**
 * jump_http_request_set_body:
 * @body: (nullable): kept, not copied
 * @content_type: (nullable): added as a header
 */
void
jump_http_request_set_body (JumpHttpRequest *self, GBytes *body, const char *content_type)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  if (body != NULL)
    self->body = g_bytes_ref (body);
  if (content_type != NULL)
    jump_http_request_add_header (self, "Content-Type", content_type);
}
