/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-read.h"
#include "service/base/json-write.h"

#include <string.h>

static const char document[] =
    "{\"s\":\"text\",\"e\":\"\",\"i\":42,\"n\":-1,\"f\":3.0,\"g\":2.5,\"b\":true,\"z\":null,"
    "\"o\":{\"x\":1},\"a\":[\"one\",2,{\"y\":3},null],\"big\":1e300}";

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = jump_json_parse_object (text, -1, &error);

  g_assert_no_error (error);
  return object;
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *message; /* NULL: good */
  } rows[] = {
    { "{}", NULL },
    { " [1] ", NULL },
    { "null", NULL },
    { "\"x\"", NULL },
    { "", "invalid JSON at byte 0: expected a value" },
    { "{,}", "invalid JSON at byte 1: expected a member name or '}'" },
    { "// c\n{}", "invalid JSON at byte 0: expected a value" },
    { "{} x", "invalid JSON at byte 3: expected nothing after the value" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = jump_json_parse (rows[i].text, -1, &error);

      g_assert_cmpint (root != NULL, ==, rows[i].message == NULL);
      if (rows[i].message == NULL)
        continue;
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, rows[i].message);
    }
}

static void
test_parse_length (void)
{
  g_autofree char *copy = g_memdup2 ("{\"a\":\"\\ud800\"}", 14);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = jump_json_parse_object (copy, 14, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (jump_json_get_string (object, "a", NULL), ==, "\xef\xbf\xbd");
}

static void
test_parse_object (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jump_json_parse_object ("[]", -1, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, "invalid JSON: expected an object");
}

static void
test_deep (void)
{
  g_autofree char *text = g_strnfill (100000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_null (jump_json_parse (text, -1, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
}

static void
test_surrogates (void)
{
  static const char *const rows[][2] = {
    { "\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80" },
    { "\"\\ud83d\"", "\xef\xbf\xbd" },
    { "\"\\ud83dx\"", "\xef\xbf\xbdx" },
    { "\"\\uD83D\\n\"", "\xef\xbf\xbd\n" },
    { "\"\\ude00\"", "\xef\xbf\xbd" },
    { "\"a\\u0000b\\ude00\"",
      "a\xef\xbf\xbd"
      "b\xef\xbf\xbd" },
    { "\"\\u0000\"", "\xef\xbf\xbd" },
    { "\"\\\\u0000\"", "\\u0000" },
    { "\"\\ude00\\ude00\"", "\xef\xbf\xbd\xef\xbf\xbd" },
    { "\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80" },
    { "\"\\\\ud83d\"", "\\ud83d" },
    { "\"\\\\\\ud83d\\\\\"", "\\\xef\xbf\xbd\\" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = jump_json_parse (rows[i][0], -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json_node_get_string (root), ==, rows[i][1]);
    }
}

/* A file or a reply may say something twice, a client may not. */
static void
test_request (void)
{
  static const char twice[] = "{\"s\":\"a\",\"o\":{\"s\":1,\"s\":2}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) of_file = jump_json_parse_object (twice, -1, NULL);
  g_autoptr (JsonObject) of_client = jump_json_parse_request (twice, strlen (twice), &error);
  g_autoptr (JsonObject) good = jump_json_parse_request ("{\"s\":\"a\"}", 9, NULL);

  g_assert_nonnull (of_file);
  g_assert_cmpint (jump_json_get_int (jump_json_get_object (of_file, "o"), "s", 0), ==, 2);
  g_assert_null (of_client);
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, "o.s: given more than once");
  g_assert_cmpstr (jump_json_get_string (good, "s", NULL), ==, "a");
  g_assert_null (jump_json_parse_request (NULL, 0, NULL));
  g_assert_null (jump_json_parse_request ("[]", 2, NULL));
}

static void
test_get (void)
{
  g_autoptr (JsonObject) object = parse (document);

  g_assert_cmpstr (jump_json_get_string (object, "s", "no"), ==, "text");
  g_assert_cmpstr (jump_json_get_string (object, "e", "no"), ==, "");
  g_assert_cmpstr (jump_json_get_string (object, "i", "no"), ==, "no");
  g_assert_cmpstr (jump_json_get_string (object, "z", "no"), ==, "no");
  g_assert_cmpstr (jump_json_get_string (object, "o", "no"), ==, "no");
  g_assert_null (jump_json_get_string (object, "missing", NULL));
  g_assert_cmpint (jump_json_get_int (object, "i", 7), ==, 42);
  g_assert_cmpint (jump_json_get_int (object, "n", 7), ==, -1);
  g_assert_cmpint (jump_json_get_int (object, "f", 7), ==, 3);
  g_assert_cmpint (jump_json_get_int (object, "g", 7), ==, 7);
  g_assert_cmpint (jump_json_get_int (object, "big", 7), ==, 7);
  g_assert_cmpint (jump_json_get_int (object, "s", 7), ==, 7);
  g_assert_cmpint (jump_json_get_int (object, "z", 7), ==, 7);
  g_assert_cmpint (jump_json_get_int (object, "a", 7), ==, 7);
  g_assert_cmpfloat (jump_json_get_double (object, "g", 7), ==, 2.5);
  g_assert_cmpfloat (jump_json_get_double (object, "i", 7), ==, 42);
  g_assert_cmpfloat (jump_json_get_double (object, "b", 7), ==, 7);
  g_assert_true (jump_json_get_boolean (object, "b", FALSE));
  g_assert_true (jump_json_get_boolean (object, "s", TRUE));
  g_assert_false (jump_json_get_boolean (object, "i", FALSE));
  g_assert_cmpint (jump_json_get_int (jump_json_get_object (object, "o"), "x", 7), ==, 1);
  g_assert_null (jump_json_get_object (object, "a"));
  g_assert_null (jump_json_get_array (object, "o"));
}

static void
test_get_from_nothing (void)
{
  g_assert_cmpstr (jump_json_get_string (NULL, "x", "no"), ==, "no");
  g_assert_cmpint (jump_json_get_int (NULL, "x", 7), ==, 7);
  g_assert_cmpfloat (jump_json_get_double (NULL, "x", 7), ==, 7);
  g_assert_true (jump_json_get_boolean (NULL, "x", TRUE));
  g_assert_null (jump_json_get_object (NULL, "x"));
  g_assert_null (jump_json_get_array (NULL, "x"));
  g_assert_null (jump_json_array_get_object (NULL, 0));
  g_assert_null (jump_json_array_get_string (NULL, 0));
  g_assert_false (jump_json_array_has_string (NULL, "x"));
}

static void
test_array (void)
{
  g_autoptr (JsonObject) object = parse (document);
  JsonArray *array = jump_json_get_array (object, "a");

  g_assert_cmpstr (jump_json_array_get_string (array, 0), ==, "one");
  g_assert_null (jump_json_array_get_string (array, 1));
  g_assert_null (jump_json_array_get_string (array, 2));
  g_assert_null (jump_json_array_get_string (array, 99));
  g_assert_null (jump_json_array_get_object (array, 0));
  g_assert_cmpint (jump_json_get_int (jump_json_array_get_object (array, 2), "y", 7), ==, 3);
  g_assert_null (jump_json_array_get_object (array, 3));
  g_assert_null (jump_json_array_get_object (array, 4));
  g_assert_true (jump_json_array_has_string (array, "one"));
  g_assert_false (jump_json_array_has_string (array, "two"));
}

static void
test_need (void)
{
  g_autoptr (JsonObject) object = parse (document);
  const char *text = NULL;

  g_assert_true (jump_json_need_string (object, NULL, "s", &text, NULL));
  g_assert_cmpstr (text, ==, "text");
}

static void
test_need_fails (void)
{
  g_autoptr (JsonObject) object = parse (document);
  const char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (jump_json_need_string (object, "messages[2]", "role", &text, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, "messages[2].role: expected string");
  g_clear_error (&error);
  g_assert_false (jump_json_need_string (object, "", "i", &text, &error));
  g_assert_cmpstr (error->message, ==, "i: expected string");
  g_assert_null (text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-read/parse", test_parse);
  g_test_add_func ("/json-read/parse-length", test_parse_length);
  g_test_add_func ("/json-read/parse-object", test_parse_object);
  g_test_add_func ("/json-read/deep", test_deep);
  g_test_add_func ("/json-read/surrogates", test_surrogates);
  g_test_add_func ("/json-read/request", test_request);
  g_test_add_func ("/json-read/get", test_get);
  g_test_add_func ("/json-read/get-from-nothing", test_get_from_nothing);
  g_test_add_func ("/json-read/array", test_array);
  g_test_add_func ("/json-read/need", test_need);
  g_test_add_func ("/json-read/need-fails", test_need_fails);
  return g_test_run ();
}
