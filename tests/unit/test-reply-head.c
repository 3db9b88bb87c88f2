/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/relay/reply-head.h"

#include <string.h>

static const char *
find (const char *const *headers, const char *name)
{
  for (guint i = 0; headers[i] != NULL; i += 2)
    if (g_ascii_strcasecmp (headers[i], name) == 0)
      return headers[i + 1];
  return NULL;
}

/* Names and fields that clients make up cannot become header lines of their own. */
static void
test_way_is_safe (void)
{
  g_autoptr (GPtrArray) head = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *long_text = g_strnfill (100000, 'c');
  const char *const *headers;

  jump_reply_head_add_way (head, "verbatim; model=a\r\nX-Evil: 1\t\xc3\xa4", long_text);
  headers = jump_reply_head_finish (head);
  g_assert_cmpstr (find (headers, "X-Jumpseat-Route"), ==, "verbatim; model=a??X-Evil: 1???");
  g_assert_cmpuint (strlen (find (headers, "X-Jumpseat-Changes")), ==, 2000);
  g_assert_null (find (headers, "X-Evil"));
}

static void
test_nothing_to_say (void)
{
  g_autoptr (GPtrArray) head = g_ptr_array_new_with_free_func (g_free);
  const char *const *headers;

  jump_reply_head_add (head, "A", NULL);
  jump_reply_head_add (head, "B", "");
  jump_reply_head_add_way (head, NULL, "");
  headers = jump_reply_head_finish (head);
  g_assert_null (headers[0]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reply-head/way-is-safe", test_way_is_safe);
  g_test_add_func ("/reply-head/nothing-to-say", test_nothing_to_say);
  return g_test_run ();
}
