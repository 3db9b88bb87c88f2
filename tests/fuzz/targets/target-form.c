/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

/* Forms with parts, in which browsers send the files that people import. */

#include "service/base/error.h"
#include "service/http/multipart-form.h"
#include "tests/fuzz/targets/fuzz-target.h"

#include <string.h>

#define TYPE      "multipart/form-data; boundary=XyZ"
#define DELIMITER "\r\n--XyZ"
#define OTHER     "0123456789-other"

/* Returns: whether there was one; what there was lies inside the form */
static gboolean
find (const char *type, const char *form, gsize length, const char **out_part, gsize *out_length)
{
  g_autoptr (GError) error = NULL;
  gboolean is_found =
      jump_multipart_form_find (type, form, length, "file", out_part, out_length, &error);

  g_assert_true (is_found == (error == NULL));
  if (error != NULL)
    {
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return FALSE;
    }
  g_assert_true (*out_part >= form && *out_part + *out_length <= form + length);
  return TRUE;
}

/* A copy of its own size, so that a byte read too far is seen. */
static gboolean
find_in_copy (const char *type, const char *form, gsize length)
{
  g_autofree char *copy = length > 0 ? g_memdup2 (form, length) : g_strdup ("");
  const char *part;
  gsize part_length;

  return find (type, copy, length, &part, &part_length);
}

/* What was found is found again when a browser sends it. */
static void
check_round_trip (const char *part, gsize length)
{
  g_autoptr (GString) form = g_string_new ("--" OTHER "\r\nContent-Disposition: form-data; "
                                           "name=\"file\"; filename=\"a.jl\"\r\n\r\n");
  const char *again;
  gsize again_length;

  if (length > 0 && memmem (part, length, OTHER, strlen (OTHER)) != NULL)
    return;
  g_string_append_len (form, part, (gssize) length);
  g_string_append (form, "\r\n--" OTHER "--\r\n");
  g_assert_true (find ("multipart/form-data; boundary=\"" OTHER "\"",
                       form->str,
                       form->len,
                       &again,
                       &again_length));
  g_assert_cmpmem (again, again_length, part, length);
}

static void
check_form (const char *form, gsize length)
{
  g_autofree char *copy = length > 0 ? g_memdup2 (form, length) : g_strdup ("");
  const char *part;
  gsize part_length;

  if (!find (TYPE, copy, length, &part, &part_length))
    return;
  g_assert_null (memmem (part, part_length, DELIMITER, strlen (DELIMITER)));
  /* One that was cut does not pass for whole. */
  g_assert_false (find_in_copy (TYPE, copy, (gsize) (part - copy) + part_length));
  g_assert_false (
      find_in_copy (TYPE, copy, (gsize) (part - copy) + part_length + strlen (DELIMITER)));
  check_round_trip (part, part_length);
}

/* The first byte chooses: the type of the form comes along, as the first line, or is fixed. */
void
fuzz_target_form (const guint8 *data, gsize length)
{
  const char *text = (const char *) data + 1;
  const char *stop;
  g_autofree char *type = NULL;

  if (length == 0)
    return;
  length--;
  if (data[0] % 2 == 0)
    {
      check_form (text, length);
      return;
    }
  stop = length > 0 ? memchr (text, '\n', length) : NULL;
  if (stop == NULL)
    return;
  type = g_strndup (text, (gsize) (stop - text));
  jump_multipart_form_is_one (type);
  find_in_copy (type, stop + 1, length - (gsize) (stop + 1 - text));
}
