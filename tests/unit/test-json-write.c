/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-scan.h"
#include "service/base/json-write.h"

#include <math.h>
#include <string.h>

static void
test_commas (void)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autofree char *text = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member (&writer, "a");
  jump_json_writer_begin_array (&writer);
  jump_json_writer_int (&writer, 1);
  jump_json_writer_begin_object (&writer);
  jump_json_writer_end_object (&writer);
  jump_json_writer_begin_array (&writer);
  jump_json_writer_end_array (&writer);
  jump_json_writer_null (&writer);
  jump_json_writer_raw (&writer, "[2]junk", 3);
  jump_json_writer_raw (&writer, "{}", -1);
  jump_json_writer_string (&writer, "x");
  jump_json_writer_end_array (&writer);
  jump_json_writer_member_string (&writer, "s", "y");
  jump_json_writer_member_string (&writer, "n", NULL);
  jump_json_writer_member_int (&writer, "i", G_MININT64);
  jump_json_writer_member_double (&writer, "d", 0.5);
  jump_json_writer_member_boolean (&writer, "b", 42);
  jump_json_writer_member (&writer, "o");
  jump_json_writer_begin_object (&writer);
  jump_json_writer_member_boolean (&writer, "\"", FALSE);
  jump_json_writer_end_object (&writer);
  jump_json_writer_end_object (&writer);
  text = jump_json_writer_finish (&writer);
  g_assert_cmpstr (text,
                   ==,
                   "{\"a\":[1,{},[],null,[2],{},\"x\"],\"s\":\"y\",\"n\":null,"
                   "\"i\":-9223372036854775808,\"d\":0.5,\"b\":true,\"o\":{\"\\\"\":false}}");
}

static void
test_finish_bytes (void)
{
  g_auto (JumpJsonWriter) writer = { 0 };
  g_autoptr (GBytes) bytes = NULL;

  jump_json_writer_init (&writer);
  jump_json_writer_string (&writer, "x");
  bytes = jump_json_writer_finish_bytes (&writer);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\"x\"", 3);
}

static void
test_abandoned (void)
{
  g_auto (JumpJsonWriter) writer = { 0 };

  jump_json_writer_init (&writer);
  jump_json_writer_begin_object (&writer);
}

static void
test_strings (void)
{
  static const char *const rows[][2] = {
    { "", "" },
    { "plain", "plain" },
    { "\"\\/", "\\\"\\\\/" },
    { "\n\r\t\b\f\x01\x1f\x7f", "\\n\\r\\t\\u0008\\u000c\\u0001\\u001f\x7f" },
    { "Gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80", "Gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80" },
    { "a\xff"
      "b",
      "a\xef\xbf\xbd"
      "b" },
    { "\xc3", "\xef\xbf\xbd" },
    { "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
    { "\xf0\x9f\x98\"", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\\\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new ("\"");
      gsize length = strlen (rows[i][0]);
      g_autofree char *exact = g_memdup2 (rows[i][0], MAX (length, 1));
      g_autofree char *expected = g_strdup_printf ("\"%s\"", rows[i][1]);

      jump_json_append_escaped (text, exact, (gssize) length);
      g_string_append_c (text, '"');
      g_assert_cmpstr (text->str, ==, expected);
      g_assert_true (jump_json_validate (text->str, text->len, 1, NULL));
      g_string_truncate (text, 1);
      jump_json_append_escaped (text, rows[i][0], -1);
      g_string_append_c (text, '"');
      g_assert_cmpstr (text->str, ==, expected);
    }
}

static void
test_nul_inside (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  jump_json_append_escaped (text, "a\0b", 3);
  g_assert_cmpstr (text->str, ==, "a\\u0000b");
}

/* Every byte in every position comes back as it was, or is not valid UTF-8. */
static void
test_escape_round_trip (void)
{
  for (int first = 1; first < 256; first++)
    {
      for (int second = 1; second < 256; second++)
        {
          const char value[] = { (char) first, (char) second, 'x', '\0' };
          g_autoptr (GString) text = g_string_new ("\"");
          g_autofree char *back = NULL;
          g_autofree char *repaired = g_utf8_make_valid (value, -1);
          JumpJsonSpan span;

          jump_json_append_escaped (text, value, -1);
          g_string_append_c (text, '"');
          g_assert_true (jump_json_validate (text->str, text->len, 1, NULL));
          span = jump_json_span_trim (text->str, text->len);
          back = jump_json_span_dup_string (span);
          if (g_utf8_validate (value, -1, NULL))
            g_assert_cmpstr (back, ==, value);
          else
            g_assert_cmpstr (back, ==, repaired);
        }
    }
}

static void
test_doubles (void)
{
  static const struct
  {
    double value;
    const char *text;
  } rows[] = {
    { 0, "0.0" },
    { 1, "1.0" },
    { -2.5, "-2.5" },
    { 0.1, "0.1" },
    { 0.7, "0.7" },
    { 1.0 / 3, "0.3333333333333333" },
    { 1e300, "1e+300" },
    { 5e-324, "4.94065645841247e-324" },
    { 123456789012.0, "123456789012.0" },
    { NAN, "null" },
    { INFINITY, "null" },
    { -INFINITY, "null" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (JumpJsonWriter) writer = { 0 };
      g_autofree char *text = NULL;

      jump_json_writer_init (&writer);
      jump_json_writer_double (&writer, rows[i].value);
      text = jump_json_writer_finish (&writer);
      g_assert_cmpstr (text, ==, rows[i].text);
      if (isfinite (rows[i].value))
        g_assert_true (g_ascii_strtod (text, NULL) == rows[i].value);
    }
}

static void
test_node (void)
{
  static const char text[] =
      "{\"z\":1,\"a\":[true,false,null,\"x\\n\",-2.5,3.0,{}],\"m\":{\"k\":[]}}";
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *result = NULL;
  g_autofree char *nothing = jump_json_node_to_text (NULL);

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  result = jump_json_node_to_text (json_parser_get_root (parser));
  g_assert_cmpstr (result, ==, text);
  g_assert_cmpstr (nothing, ==, "null");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-write/commas", test_commas);
  g_test_add_func ("/json-write/finish-bytes", test_finish_bytes);
  g_test_add_func ("/json-write/abandoned", test_abandoned);
  g_test_add_func ("/json-write/strings", test_strings);
  g_test_add_func ("/json-write/nul-inside", test_nul_inside);
  g_test_add_func ("/json-write/escape-round-trip", test_escape_round_trip);
  g_test_add_func ("/json-write/doubles", test_doubles);
  g_test_add_func ("/json-write/node", test_node);
  return g_test_run ();
}
