/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/http/query-string.h"

static void
test_get (void)
{
  static const struct
  {
    const char *query;
    const char *value; /* of "q", the first */
    const char *second;
  } cases[] = {
    { NULL, NULL, NULL },
    { "", NULL, NULL },
    { "q", NULL, NULL },
    { "q=", NULL, NULL },
    { "=a", NULL, NULL },
    { "&&q=a&", "a", NULL },
    { "p=1&q=a&r=2", "a", NULL },
    { "q=a&q=b", "a", "b" },
    { "q=a=b", "a=b", NULL },
    { "q=a+b%20c", "a b c", NULL },
    { "q=%2B%26%3d", "+&=", NULL },
    { "q=Gr%C3%BC%C3%9Fe", "Gr\303\274\303\237e", NULL },
    { "%71=a", "a", NULL },
    { "qq=a&Q=b", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JumpQueryString) query = jump_query_string_new (cases[i].query, &error);

      g_test_message ("%s", cases[i].query);
      g_assert_no_error (error);
      g_assert_cmpstr (jump_query_string_get (query, "q"), ==, cases[i].value);
      g_assert_cmpstr (jump_query_string_get_nth (query, "q", 1), ==, cases[i].second);
    }
}

static void
test_broken (void)
{
  static const struct
  {
    const char *query;
    const char *message;
  } cases[] = {
    { "q=%", "q: expected percent-encoded UTF-8" },
    { "q=%zz", "q: expected percent-encoded UTF-8" },
    { "q=a%00b", "q: expected percent-encoded UTF-8" },
    { "q=%ff", "q: expected percent-encoded UTF-8" },
    { "%f=1", "the query: expected names in percent-encoded UTF-8" },
  };
  g_autoptr (GString) long_query = g_string_new (NULL);
  g_autoptr (GError) too_many = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JumpQueryString) query = jump_query_string_new (cases[i].query, &error);

      g_test_message ("%s", cases[i].query);
      g_assert_null (query);
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
  for (guint i = 0; i < 65; i++)
    g_string_append (long_query, "a=1&");
  g_assert_null (jump_query_string_new (long_query->str, &too_many));
  g_assert_error (too_many, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
}

static void
test_int (void)
{
  static const struct
  {
    const char *query;
    gint64 most;
    gint64 value;
    const char *message; /* (nullable) */
  } cases[] = {
    { "", 9, 5, NULL },
    { "page=", 9, 5, NULL },
    { "page=1", 9, 1, NULL },
    { "page=9", 9, 9, NULL },
    { "page=10", 9, 5, "page: expected a number from 1 to 9" },
    { "page=0", G_MAXINT64, 5, "page: expected a number from 1" },
    { "page=-1", G_MAXINT64, 5, "page: expected a number from 1" },
    { "page=two", G_MAXINT64, 5, "page: expected a number from 1" },
    { "page=1x", G_MAXINT64, 5, "page: expected a number from 1" },
    { "page=+1", G_MAXINT64, 5, "page: expected a number from 1" },
    { "page=99999999999999999999", G_MAXINT64, 5, "page: expected a number from 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JumpQueryString) query = jump_query_string_new (cases[i].query, NULL);
      g_autoptr (GError) error = NULL;
      gint64 value = 5;
      gboolean is_right =
          jump_query_string_get_int (query, "page", 1, cases[i].most, &value, &error);

      g_test_message ("%s", cases[i].query);
      g_assert_cmpint (is_right, ==, cases[i].message == NULL);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].message);
      if (is_right)
        g_assert_cmpint (value, ==, cases[i].value);
    }
}

static void
test_choice (void)
{
  static const char *const words[] = { "none", "hour", "day", NULL };
  g_autoptr (JumpQueryString) query = jump_query_string_new ("bucket=hour&by=Day", NULL);
  g_autoptr (GError) error = NULL;
  guint index = 2;

  g_assert_true (jump_query_string_get_choice (query, "missing", words, &index, NULL));
  g_assert_cmpuint (index, ==, 2);
  g_assert_true (jump_query_string_get_choice (query, "bucket", words, &index, NULL));
  g_assert_cmpuint (index, ==, 1);
  g_assert_false (jump_query_string_get_choice (query, "by", words, &index, &error));
  g_assert_cmpstr (error->message, ==, "by: expected one of none, hour, day");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-string/get", test_get);
  g_test_add_func ("/query-string/broken", test_broken);
  g_test_add_func ("/query-string/int", test_int);
  g_test_add_func ("/query-string/choice", test_choice);
  return g_test_run ();
}
