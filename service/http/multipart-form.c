/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/multipart-form.h"

#include "service/base/byte-find.h"
#include "service/base/error.h"

#include <string.h>

#define FORM_TYPE "multipart/form-data"
/* RFC 2046 5.1.1: 70 and the two hyphens in front. */
#define MAX_BOUNDARY   70
#define BOUNDARY_CHARS "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? "
/* No form of ours has more than one. */
#define MAX_PARTS 32
/* Three short lines. */
#define MAX_PART_HEAD 4096

typedef struct
{
  const char *next; /* behind a delimiter */
  const char *end;
  char delimiter[MAX_BOUNDARY + 5]; /* "\r\n--" and the boundary */
  gsize delimiter_length;
} Reader;

static gboolean
fail (GError **error, const char *expected)
{
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "the form: expected %s", expected);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the value of a parameter as '; name="value"' */
static char *
dup_parameter (const char *value, const char *name)
{
  const char *p = value;
  gsize length = strlen (name);

  while ((p = strchr (p, ';')) != NULL)
    {
      p += 1 + strspn (p + 1, " \t");
      if (g_ascii_strncasecmp (p, name, length) != 0 || p[length] != '=')
        continue;
      p += length + 1;
      if (*p != '"')
        return g_strndup (p, strcspn (p, "; \t"));
      p++;
      return strchr (p, '"') != NULL ? g_strndup (p, strcspn (p, "\"")) : NULL;
    }
  return NULL;
}

gboolean
jump_multipart_form_is_one (const char *content_type)
{
  gsize length = strlen (FORM_TYPE);

  return content_type != NULL && g_ascii_strncasecmp (content_type, FORM_TYPE, length) == 0 &&
         strchr ("; \t", content_type[length]) != NULL;
}

/* FALSE: the body does not begin with the boundary. */
static gboolean
begin (Reader *self, const char *content_type, const char *data, gsize length, GError **error)
{
  g_autofree char *boundary = dup_parameter (content_type, "boundary");
  gsize n = boundary != NULL ? strlen (boundary) : 0;

  if (n == 0 || n > MAX_BOUNDARY || strspn (boundary, BOUNDARY_CHARS) != n ||
      boundary[n - 1] == ' ')
    return fail (error, "a boundary of 1 to 70 characters in Content-Type");
  self->delimiter_length = n + 4;
  g_snprintf (self->delimiter, sizeof self->delimiter, "\r\n--%s", boundary);
  if (length < n + 2 || memcmp (data, self->delimiter + 2, n + 2) != 0)
    return fail (error, "its boundary at the begin");
  self->next = data + n + 2;
  self->end = data + length;
  return TRUE;
}

static gboolean
is_last (const Reader *self)
{
  return self->end - self->next >= 2 && memcmp (self->next, "--", 2) == 0;
}

/* Returns: (transfer full) (nullable): the field's name; NULL with an error */
static char *
read_part_head (Reader *self, GError **error)
{
  gsize left = (gsize) (self->end - self->next);
  const char *end = jump_byte_find (self->next, MIN (left, MAX_PART_HEAD), "\r\n\r\n", 4);
  g_autofree char *head = NULL;
  g_auto (GStrv) lines = NULL;
  char *name = NULL;

  if (left < 2 || memcmp (self->next, "\r\n", 2) != 0 || end == NULL)
    {
      fail (error, "headers of each part");
      return NULL;
    }
  head = g_strndup (self->next + 2, end > self->next ? (gsize) (end - self->next - 2) : 0);
  lines = g_strsplit (head, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (lines[i], "Content-Transfer-Encoding:", 26) == 0 &&
          g_ascii_strcasecmp (g_strchug (lines[i] + 26), "binary") != 0)
        fail (error, "parts without a transfer encoding");
      else if (g_ascii_strncasecmp (lines[i], "Content-Disposition:", 20) != 0)
        continue;
      else if (name != NULL || g_ascii_strncasecmp (g_strchug (lines[i] + 20), "form-data", 9) != 0)
        fail (error, "one Content-Disposition: form-data of each part");
      else
        name = dup_parameter (lines[i] + 20, "name");
      if (error != NULL && *error != NULL)
        {
          g_free (name);
          return NULL;
        }
    }
  self->next = end + 4;
  if (name == NULL)
    fail (error, "a name of each part");
  return name;
}

/* Up to the next delimiter, behind which @self stands then. */
static gboolean
read_part (Reader *self, const char **out_data, gsize *out_length, GError **error)
{
  const char *end = jump_byte_find (self->next,
                                    (gsize) (self->end - self->next),
                                    self->delimiter,
                                    self->delimiter_length);

  if (end == NULL)
    return fail (error, "its boundary at the end of each part");
  *out_data = self->next;
  *out_length = (gsize) (end - self->next);
  self->next = end + self->delimiter_length;
  return TRUE;
}

/**
 * jump_multipart_form_find:
 * @content_type: of the body
 * @data: the body
 * @length: of @data
 * @field: which part; it must not come twice
 * @out_data: (out): what is in it
 * @out_length: (out): of that
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * The whole form is read, so that one that was cut does not pass for whole.
 *
 * Returns: whether there is such a part
 */
gboolean
jump_multipart_form_find (const char *content_type,
                          const char *data,
                          gsize length,
                          const char *field,
                          const char **out_data,
                          gsize *out_length,
                          GError **error)
{
  Reader reader = { 0 };
  GError *problem = NULL;
  guint n_found = 0;
  guint n_parts = 0;

  *out_data = NULL;
  *out_length = 0;
  if (!begin (&reader, content_type, data, length, error))
    return FALSE;
  while (!is_last (&reader))
    {
      g_autofree char *name = read_part_head (&reader, &problem);
      const char *part = NULL;
      gsize part_length = 0;

      if (name == NULL || !read_part (&reader, &part, &part_length, &problem) ||
          (++n_parts > MAX_PARTS && !fail (&problem, "fewer parts")) ||
          (g_str_equal (name, field) && ++n_found > 1 && !fail (&problem, "each name once")))
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      if (g_str_equal (name, field))
        {
          *out_data = part;
          *out_length = part_length;
        }
    }
  if (n_found == 1)
    return TRUE;
  g_set_error (error,
               JUMP_ERROR,
               JUMP_ERROR_BAD_REQUEST,
               "%s: expected a file of that name in the form",
               field);
  return FALSE;
}
