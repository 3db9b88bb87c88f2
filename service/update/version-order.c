/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/update/version-order.h"

#include <string.h>

/* Longer ones nobody gives a release; numbers then fit a guint64 by far. */
#define MAX_LENGTH 64
#define MAX_DIGITS 9
#define N_NUMBERS  3

typedef struct
{
  guint64 numbers[N_NUMBERS];
  const char *pre; /* (nullable): behind the hyphen */
  gsize pre_length;
} Version;

static gboolean
is_number (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
    }
  return length > 0;
}

/* Section 9: letters, digits, hyphens; numbers have no leading zero. */
static gboolean
is_identifier (const char *text, gsize length, gboolean allows_zero)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '-')
        return FALSE;
    }
  if (!allows_zero && length > 1 && text[0] == '0' && is_number (text, length))
    return FALSE;
  return length > 0;
}

/* What is separated by dots, up to @end. */
static gboolean
are_identifiers (const char *text, const char *end, gboolean allows_zero)
{
  while (TRUE)
    {
      const char *dot = memchr (text, '.', (gsize) (end - text));
      const char *stop = dot != NULL ? dot : end;

      if (!is_identifier (text, (gsize) (stop - text), allows_zero))
        return FALSE;
      if (dot == NULL)
        return TRUE;
      text = dot + 1;
    }
}

static gboolean
read_numbers (Version *self, const char **text)
{
  const char *at = *text;

  for (guint i = 0; i < N_NUMBERS; i++)
    {
      gsize length = strspn (at, "0123456789");

      if (length == 0 || length > MAX_DIGITS || (length > 1 && *at == '0'))
        return FALSE;
      self->numbers[i] = g_ascii_strtoull (at, NULL, 10);
      at += length;
      if (i + 1 < N_NUMBERS && *at++ != '.')
        return FALSE;
    }
  *text = at;
  return TRUE;
}

static gboolean
read_version (const char *text, Version *self)
{
  const char *end;

  *self = (Version){ 0 };
  if (text == NULL || strlen (text) > MAX_LENGTH || !read_numbers (self, &text))
    return FALSE;
  if (*text == '-')
    {
      end = text + strcspn (text, "+");
      self->pre = text + 1;
      self->pre_length = (gsize) (end - self->pre);
      if (!are_identifiers (self->pre, end, FALSE))
        return FALSE;
      text = end;
    }
  if (*text == '+')
    return are_identifiers (text + 1, text + strlen (text), TRUE);
  return *text == '\0';
}

static int
compare_identifiers (const char *a, gsize a_length, const char *b, gsize b_length)
{
  gboolean a_is_number = is_number (a, a_length);
  gboolean b_is_number = is_number (b, b_length);
  int order;

  if (a_is_number != b_is_number)
    return a_is_number ? -1 : 1; /* numbers come before words */
  if (a_is_number && a_length != b_length)
    return a_length < b_length ? -1 : 1; /* there are no leading zeros */
  order = memcmp (a, b, MIN (a_length, b_length));
  if (order != 0)
    return order < 0 ? -1 : 1;
  return a_length == b_length ? 0 : a_length < b_length ? -1 : 1;
}

static int
compare_pre (const Version *a, const Version *b)
{
  const char *a_at = a->pre;
  const char *b_at = b->pre;
  const char *a_end = a_at + a->pre_length;
  const char *b_end = b_at + b->pre_length;

  while (a_at < a_end && b_at < b_end)
    {
      const char *a_dot = memchr (a_at, '.', (gsize) (a_end - a_at));
      const char *b_dot = memchr (b_at, '.', (gsize) (b_end - b_at));
      const char *a_stop = a_dot != NULL ? a_dot : a_end;
      const char *b_stop = b_dot != NULL ? b_dot : b_end;
      int order =
          compare_identifiers (a_at, (gsize) (a_stop - a_at), b_at, (gsize) (b_stop - b_at));

      if (order != 0)
        return order;
      a_at = a_dot != NULL ? a_dot + 1 : a_end;
      b_at = b_dot != NULL ? b_dot + 1 : b_end;
    }
  /* of two that begin alike, the one with more identifiers is the newer */
  return (a_at < a_end) - (b_at < b_end);
}

gboolean
jump_version_is_valid (const char *text)
{
  Version version;

  return read_version (text, &version);
}

gboolean
jump_version_is_prerelease (const char *text)
{
  Version version;

  return read_version (text, &version) && version.pre != NULL;
}

/**
 * jump_version_compare:
 * @a: a version
 * @b: another one
 *
 * What is no version comes before every version, so that it never looks like an update. Build
 * metadata counts for nothing (section 10).
 *
 * Returns: below 0 when @a is the older one, 0 when neither is, above 0 when @a is the newer one
 */
int
jump_version_compare (const char *a, const char *b)
{
  Version left;
  Version right;
  gboolean has_left = read_version (a, &left);
  gboolean has_right = read_version (b, &right);

  if (!has_left || !has_right)
    return (int) has_left - (int) has_right;
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      if (left.numbers[i] != right.numbers[i])
        return left.numbers[i] < right.numbers[i] ? -1 : 1;
    }
  if (left.pre == NULL || right.pre == NULL)
    return (left.pre == NULL) - (right.pre == NULL);
  return compare_pre (&left, &right);
}
