/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/upstream/error-words.h"

#include <string.h>

/* Protocol 7.1: every form is possible. */
static void
test_forms (void)
{
  static const struct
  {
    const char *body;
    const char *words;
    const char *url;
  } rows[] = {
    { "{\"error\":{\"message\":\"No.\",\"code\":\"x\"}}", "No.", NULL },
    { "{\"message\":\"No.\",\"documentation_url\":\"https://a.example/b\"}",
      "No.",
      "https://a.example/b" },
    { "{\"type\":\"error\",\"error\":{\"type\":\"t\",\"message\":\"No.\"}}", "No.", NULL },
    { "{\"error\":\"No.\"}", "No.", NULL },
    { "{\"error\":{\"message\":\"See [here](https://a.example/b) now\"}}",
      "See [here](https://a.example/b) now",
      "https://a.example/b" },
    { "{\"message\":\"No.\",\"url\":\"javascript:alert(1)\"}", "No.", NULL },
    { "See [here](https://never ends", "See [here](https://never ends", NULL },
    { "Forbidden\n", "Forbidden", NULL },
    { "<html><body>502</body></html>", NULL, NULL },
    { "{\"error\":{}}", NULL, NULL },
    { "{}", NULL, NULL },
    { "  \n", NULL, NULL },
    { "", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = NULL;
      g_autofree char *words = jump_error_words_new (rows[i].body, strlen (rows[i].body), &url);

      g_test_message ("row %u", i);
      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_cmpstr (url, ==, rows[i].url);
    }
}

static void
test_too_long (void)
{
  g_autofree char *body = g_strnfill (100000, 'x');
  g_autofree char *words = jump_error_words_new (body, 100000, NULL);
  g_autofree char *broken = jump_error_words_new ("a\xff\xfe", 3, NULL);

  g_assert_cmpuint (strlen (words), ==, 1000);
  g_assert_true (g_utf8_validate (broken, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error-words/forms", test_forms);
  g_test_add_func ("/error-words/too-long", test_too_long);
  return g_test_run ();
}
