/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/router.h"

#include <string.h>

/* One slash at the end does not make another path ("/v1/models/full/"). */
static gsize
get_path_length (const char *path)
{
  gsize length = strlen (path);

  return length > 1 && path[length - 1] == '/' ? length - 1 : length;
}

/* @out_start, @out_length: (out): where the parameter stands in @path; a length of 0: there is none */
static gboolean
path_matches (const char *pattern, const char *path, gsize *out_start, gsize *out_length)
{
  const char *brace = strchr (pattern, '{');
  gsize length = get_path_length (path);
  const char *tail;
  gsize n_head;
  gsize n_tail;

  *out_start = 0;
  *out_length = 0;
  if (brace == NULL)
    return strlen (pattern) == length && memcmp (pattern, path, length) == 0;
  n_head = (gsize) (brace - pattern);
  tail = brace + strcspn (brace, "}") + 1;
  n_tail = strlen (tail);
  /* Slashes included: some clients put a vendor in front of a model's name. */
  if (length <= n_head + n_tail || memcmp (pattern, path, n_head) != 0 ||
      memcmp (tail, path + length - n_tail, n_tail) != 0)
    return FALSE;
  *out_start = n_head;
  *out_length = n_tail > 0 ? length - n_head - n_tail : strlen (path) - n_head;
  return TRUE;
}

static gboolean
method_matches (const char *wanted, const char *method)
{
  if (g_str_equal (wanted, method))
    return TRUE;
  return g_str_equal (wanted, "GET") && g_str_equal (method, "HEAD");
}

static void
allow_method (GPtrArray *allowed, const char *method)
{
  if (!g_ptr_array_find_with_equal_func (allowed, method, g_str_equal, NULL))
    g_ptr_array_add (allowed, (gpointer) method);
}

/**
 * jump_router_find:
 * @routes: (array length=n_routes): the table; exact paths before patterns, longer patterns before shorter ones
 * @n_routes: its rows
 * @method: of the request
 * @path: of the request, decoded
 * @out_parameter: (out) (transfer full) (nullable): what "{…}" matched
 * @out_allow: (out) (transfer full) (nullable): the methods of a path that exists without @method
 *
 * Returns: (transfer none) (nullable): the row
 */
const JumpRoute *
jump_router_find (const JumpRoute *routes,
                  gsize n_routes,
                  const char *method,
                  const char *path,
                  char **out_parameter,
                  char **out_allow)
{
  g_autoptr (GPtrArray) allowed = g_ptr_array_new ();
  gsize start;
  gsize length;

  *out_allow = NULL;
  *out_parameter = NULL;
  for (gsize i = 0; i < n_routes; i++)
    {
      if (!path_matches (routes[i].path, path, &start, &length))
        continue;
      if (method_matches (routes[i].method, method))
        {
          *out_parameter = length > 0 ? g_strndup (path + start, length) : NULL;
          return &routes[i];
        }
      allow_method (allowed, routes[i].method);
      if (g_str_equal (routes[i].method, "GET"))
        allow_method (allowed, "HEAD");
    }
  if (allowed->len > 0)
    {
      g_ptr_array_add (allowed, NULL);
      *out_allow = g_strjoinv (", ", (char **) allowed->pdata);
    }
  return NULL;
}

/**
 * jump_router_guess_dialect:
 * @routes: (array length=n_routes): the table
 * @n_routes: its rows
 * @path: of a request, whatever its method
 *
 * Returns: whose errors somebody who asks for @path most likely reads
 */
JumpDialectId
jump_router_guess_dialect (const JumpRoute *routes, gsize n_routes, const char *path)
{
  gsize start;
  gsize length;

  for (gsize i = 0; i < n_routes; i++)
    {
      if (path_matches (routes[i].path, path, &start, &length))
        return routes[i].dialect;
    }
  if (g_str_has_prefix (path, "/v1/messages/"))
    return JUMP_DIALECT_MESSAGES;
  return g_str_has_prefix (path, "/api/") ? JUMP_DIALECT_OLLAMA_CHAT : JUMP_DIALECT_CHAT;
}

/**
 * jump_router_guess_dialect_of_head:
 * @routes: (array length=n_routes): the table
 * @n_routes: its rows
 * @data: the beginning of a request
 * @length: of @data
 *
 * Returns: as jump_router_guess_dialect()
 */
JumpDialectId
jump_router_guess_dialect_of_head (const JumpRoute *routes,
                                   gsize n_routes,
                                   const char *data,
                                   gsize length)
{
  const char *path = memchr (data, ' ', length);
  gsize left = path != NULL ? length - (gsize) (++path - data) : 0;
  gsize n = 0;
  g_autofree char *copy = NULL;

  while (n < left && memchr (" ?\r\n", path[n], 4) == NULL && path[n] != '\0')
    n++;
  copy = g_strndup (n > 0 ? path : "", n);
  return jump_router_guess_dialect (routes, n_routes, copy);
}
