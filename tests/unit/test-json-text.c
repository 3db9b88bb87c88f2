/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "ui/json-text.h"

#include <string.h>

#define STREAM                                                                       \
  "event: message_start\r\ndata: {\"type\":\"x\",\"n\":[1,2.5e3,null,true]}\r\n\r\n" \
  "data: {\"text\":\"gr\xc3\xbc\xc3\x9f\\u00e9 \xf0\x9f\x98\x80 \\\"q\\\"\"}\n\ndata: [DONE]\n\n"

static const struct
{
  const char *data;
  const char *expected;
} text_rows[] = {
  { "", "" },
  { "{}", "{}" },
  { " [ ] ", "[]" },
  { "{\"a\":1,\"b\":[true,{\"c\":\"x, y\"}]}",
    "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    {\n      \"c\": \"x, y\"\n    }\n  ]\n}" },
  { "{\"a\":\"\\\"}\"}", "{\n  \"a\": \"\\\"}\"\n}" },
  { "{\"a\":1}\n{\"b\":2}\n", "{\n  \"a\": 1\n}\n\n{\n  \"b\": 2\n}" },
  /* cut */
  { "{\"a\":[1,2", "{\n  \"a\": [\n    1,\n    2" },
  { "{\"a\":\"be", "{\n  \"a\": \"be" },
  { "{\"a\":tr", "{\n  \"a\": tr" },
  { "{\"a\":\"\\", "{\n  \"a\": \"\\" },
  { "{", "{\n  " },
  /* no JSON */
  { "plain text\nof two lines", "plain text\nof two lines" },
  { "[error] it: broke, sorry", "[error] it: broke, sorry" },
  { "{foo: bar}", "{foo: bar}" },
  { "{\"a\":1]", "{\"a\":1]" },
  { "{\"a\":1} tail", "{\"a\":1} tail" },
  { "<html>", "<html>" },
  { "\"a string\"", "\"a string\"" },
  /* no text */
  { "a\x01\x1b[31mb\x7f", "a\xef\xbf\xbd\xef\xbf\xbd[31mb\xef\xbf\xbd" },
  { "a\rb\r\nc", "a\nb\nc" },
  { "x\xff\xfey", "x\xef\xbf\xbd\xef\xbf\xbdy" },
  { "x\xe2\x82", "x" },
  /* streams */
  { "data: {\"a\":1}\n\ndata: [DONE]\n\n", "data: {\n  \"a\": 1\n}\n\ndata: [DONE]\n\n" },
  { ": ping\n\nevent: x\ndata:{\"a\":[]}\n", ": ping\n\nevent: x\ndata: {\n  \"a\": []\n}\n" },
  { "data: {\"a\":", "data: {\n  \"a\": " },
};

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_rows); i++)
    {
      g_autofree char *text =
          jump_json_text_new (text_rows[i].data, strlen (text_rows[i].data), 100);

      g_test_message ("row %u", i);
      g_assert_cmpstr (text, ==, text_rows[i].expected);
    }
}

static void
assert_readable (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at++)
    g_assert_true ((guchar) *at >= 0x20 || *at == '\n' || *at == '\t');
}

/* The bytes end where the buffer ends, so that reading on would be noticed. */
static void
check (const char *data, gsize length, gsize max)
{
  g_autofree char *copy = g_memdup2 (data, length);
  g_autofree char *text = jump_json_text_new (copy, length, max);

  assert_readable (text);
}

static void
test_cut_anywhere (void)
{
  for (gsize length = 0; length <= strlen (STREAM); length++)
    {
      g_autofree char *text = jump_json_text_new (STREAM, length, 1000);

      assert_readable (text);
      g_assert_null (strstr (text, "\xef\xbf\xbd"));
      for (gsize max = 0; max < 12; max++)
        check (STREAM, length, max);
    }
}

static void
test_random_bytes (void)
{
  static const char alphabet[] = "{}[]\",:\\\\ntrue1.5e+-\r\n \x01\xc3\xbc\xf0\x9f\x80 data:u00";

  for (guint round = 0; round < 20000; round++)
    {
      char data[64];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof data);

      for (gsize i = 0; i < length; i++)
        data[i] = g_test_rand_int_range (0, 20) == 0
                      ? (char) g_test_rand_int_range (0, 256)
                      : alphabet[g_test_rand_int_range (0, sizeof alphabet)];
      check (data, length, (gsize) g_test_rand_int_range (0, 70));
    }
}

static void
test_long_texts (void)
{
  g_autoptr (GString) data = g_string_new ("{\"image\":\"");
  g_autofree char *text = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (data, "0123456789");
  g_string_append (data, "\",\"n\":1}");
  text = jump_json_text_new (data->str, data->len, 20);
  g_assert_nonnull (strstr (text, "\"01234567890123456789… ("));
  g_assert_nonnull (strstr (text, "\n  \"n\": 1\n}"));
  g_assert_cmpuint (strlen (text), <, 100);
}

/* A bracket more than is read as JSON, and none of a megabyte of them on the stack. */
static void
test_deep (void)
{
  g_autofree char *deep = g_strnfill (1024 * 1024, '[');
  g_autofree char *text = jump_json_text_new (deep, strlen (deep), 100);

  g_assert_true (g_str_has_prefix (text, "[[[["));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-text/texts", test_texts);
  g_test_add_func ("/json-text/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/json-text/random-bytes", test_random_bytes);
  g_test_add_func ("/json-text/long-texts", test_long_texts);
  g_test_add_func ("/json-text/deep", test_deep);
  return g_test_run ();
}
