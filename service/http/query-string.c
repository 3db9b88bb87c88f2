/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/http/query-string.h"

#include "service/base/error.h"
#include "service/base/secret-text.h"

#include <string.h>

/* No route knows half as many; each costs a search. */
#define MAX_PAIRS 64

typedef struct
{
  char *name;  /* (owned) */
  char *value; /* (owned): wiped when freed, for it may be a key */
} Pair;

struct _JumpQueryString
{
  Pair pairs[MAX_PAIRS];
  guint n_pairs;
};

/* Returns: (transfer full) (nullable): NULL when it is no UTF-8 in the end */
static char *
decode (const char *text, gsize length)
{
  g_autofree char *raw = g_strndup (text, length);
  char *decoded;

  for (char *p = raw; *p != '\0'; p++)
    {
      if (*p == '+')
        *p = ' ';
    }
  decoded = g_uri_unescape_string (raw, NULL);
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    g_clear_pointer (&decoded, jump_secret_free);
  jump_secret_wipe (raw, length);
  return decoded;
}

static gboolean
take_pair (JumpQueryString *self, const char *text, gsize length, GError **error)
{
  const char *equals = memchr (text, '=', length);
  gsize name_length = equals != NULL ? (gsize) (equals - text) : length;
  Pair *pair;

  if (self->n_pairs == MAX_PAIRS)
    {
      g_set_error (error,
                   JUMP_ERROR,
                   JUMP_ERROR_BAD_REQUEST,
                   "the query: expected at most %d parameters",
                   MAX_PAIRS);
      return FALSE;
    }
  pair = &self->pairs[self->n_pairs++];
  pair->name = decode (text, name_length);
  pair->value = equals != NULL ? decode (equals + 1, length - name_length - 1) : g_strdup ("");
  if (pair->name == NULL)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_BAD_REQUEST,
                 "the query: expected names in percent-encoded UTF-8");
  else if (pair->value == NULL)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_BAD_REQUEST,
                 "%.40s: expected percent-encoded UTF-8",
                 pair->name);
  return pair->name != NULL && pair->value != NULL;
}

/**
 * jump_query_string_new:
 * @query: (nullable): what stands behind "?", not decoded
 * @error: JUMP_ERROR_BAD_REQUEST
 *
 * Returns: (transfer full) (nullable): the parameters, none of them for no query
 */
JumpQueryString *
jump_query_string_new (const char *query, GError **error)
{
  g_autoptr (JumpQueryString) self = g_new0 (JumpQueryString, 1);
  const char *next = query != NULL ? query : "";

  while (*next != '\0')
    {
      gsize length = strcspn (next, "&");

      if (length > 0 && !take_pair (self, next, length, error))
        return NULL;
      next += length;
      next += *next == '&' ? 1 : 0;
    }
  return g_steal_pointer (&self);
}

void
jump_query_string_free (JumpQueryString *self)
{
  for (guint i = 0; i < self->n_pairs; i++)
    {
      g_free (self->pairs[i].name);
      jump_secret_free (self->pairs[i].value);
    }
  g_free (self);
}

const char *
jump_query_string_get (const JumpQueryString *self, const char *name)
{
  const char *value = jump_query_string_get_nth (self, name, 0);

  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * jump_query_string_get_nth:
 * @self: parameters
 * @name: decoded
 * @n: which of that name, from 0
 *
 * Returns: (transfer none) (nullable): its value, perhaps empty
 */
const char *
jump_query_string_get_nth (const JumpQueryString *self, const char *name, guint n)
{
  for (guint i = 0; i < self->n_pairs; i++)
    {
      if (g_str_equal (self->pairs[i].name, name) && n-- == 0)
        return self->pairs[i].value;
    }
  return NULL;
}

static void
set_range_error (const char *name, gint64 least, gint64 most, GError **error)
{
  if (most == G_MAXINT64)
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_BAD_REQUEST,
                 "%s: expected a number from %" G_GINT64_FORMAT,
                 name,
                 least);
  else
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_BAD_REQUEST,
                 "%s: expected a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                 name,
                 least,
                 most);
}

/**
 * jump_query_string_get_int:
 * @self: parameters
 * @name: of the one
 * @least: the smallest that is right
 * @most: the largest; G_MAXINT64 for no end
 * @value: (inout): the number, if there is one
 * @error: JUMP_ERROR_BAD_REQUEST for anything but a decimal number in the range
 *
 * Returns: whether @value is right
 */
gboolean
jump_query_string_get_int (const JumpQueryString *self,
                           const char *name,
                           gint64 least,
                           gint64 most,
                           gint64 *value,
                           GError **error)
{
  const char *text = jump_query_string_get (self, name);

  if (text == NULL || g_ascii_string_to_signed (text, 10, least, most, value, NULL))
    return TRUE;
  set_range_error (name, least, most, error);
  return FALSE;
}

/**
 * jump_query_string_get_choice:
 * @self: parameters
 * @name: of the one
 * @words: (array zero-terminated=1): what it may be
 * @index: (inout): of the word, if there is one
 * @error: JUMP_ERROR_BAD_REQUEST for any other word
 *
 * Returns: whether @index is right
 */
gboolean
jump_query_string_get_choice (const JumpQueryString *self,
                              const char *name,
                              const char *const *words,
                              guint *index,
                              GError **error)
{
  const char *text = jump_query_string_get (self, name);
  g_autofree char *list = NULL;

  if (text == NULL)
    return TRUE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], text))
        {
          *index = i;
          return TRUE;
        }
    }
  list = g_strjoinv (", ", (char **) words);
  g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: expected one of %s", name, list);
  return FALSE;
}
