/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-scan.h"
#include "service/base/limits.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct
{
  const char *text;
  gsize length; /* 0: up to the NUL */
} Text;

#define TEXT(literal)               \
  {                                 \
    (literal), sizeof (literal) - 1 \
  }

static const Text valid_texts[] = {
  TEXT ("null"),
  TEXT ("true"),
  TEXT ("false"),
  TEXT (" \t\r\n0 \n"),
  TEXT ("-0"),
  TEXT ("-0.0"),
  TEXT ("10"),
  TEXT ("1.5"),
  TEXT ("123e65"),
  TEXT ("0e+1"),
  TEXT ("1E-2"),
  TEXT ("-1.25E+10"),
  TEXT ("123456789012345678901234567890"),
  TEXT ("1e99999"),
  TEXT ("\"\""),
  TEXT ("\"a\""),
  TEXT ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD834\\uDD1E\""),
  TEXT ("\"\\ud800\""),
  TEXT ("\"\\udc00\\ud800\""),
  TEXT ("\"\\u0000\""),
  TEXT ("\"\x7f\""),
  TEXT ("\"\xc2\x80\xdf\xbf\""),
  TEXT ("\"\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\""),
  TEXT ("\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\""),
  TEXT ("\"0123456789abcdef0123456789abcdef\""),
  TEXT ("\"0123456789abcde\\n0123456789abcdef\xc3\xa9 0123456789abcdef\""),
  TEXT ("[]"),
  TEXT ("[ ]"),
  TEXT ("[1]"),
  TEXT ("[1, 2 ,3]"),
  TEXT ("[[],{},[[]]]"),
  TEXT ("[\"]\", \"}\", \"[\"]"),
  TEXT ("{}"),
  TEXT ("{ }"),
  TEXT ("{\"\":0}"),
  TEXT ("{\"a\":1,\"a\":2}"),
  TEXT ("{ \"a\" : { \"b\" : [ true , null ] } , \"c\" : \"\" }"),
};

static const Text invalid_texts[] = {
  TEXT (""),
  TEXT (" "),
  TEXT ("nul"),
  TEXT ("nulll"),
  TEXT ("True"),
  TEXT ("NaN"),
  TEXT ("Infinity"),
  TEXT ("-Infinity"),
  TEXT ("-"),
  TEXT ("+1"),
  TEXT (".5"),
  TEXT ("01"),
  TEXT ("-01"),
  TEXT ("00"),
  TEXT ("1."),
  TEXT ("1.e1"),
  TEXT ("1e"),
  TEXT ("1e+"),
  TEXT ("1e1.5"),
  TEXT ("0x10"),
  TEXT ("1 2"),
  TEXT ("1,"),
  TEXT ("- 1"),
  TEXT ("'a'"),
  TEXT ("\""),
  TEXT ("\"a"),
  TEXT ("\"\\\""),
  TEXT ("\"\\x41\""),
  TEXT ("\"\\u12\""),
  TEXT ("\"\\u12g4\""),
  TEXT ("\"\\u\""),
  TEXT ("\"\\\0\""),
  TEXT ("\"\\"),
  TEXT ("\"a\nb\""),
  TEXT ("\"a\tb\""),
  TEXT ("\"\0\""),
  TEXT ("\"\x1f\""),
  TEXT ("\"0123456789abcdef0123456\x01\""),
  TEXT ("\"\x80\""),
  TEXT ("\"\xc0\xaf\""),
  TEXT ("\"\xc1\xbf\""),
  TEXT ("\"\xc3\""),
  TEXT ("\"\xe0\x9f\xbf\""),
  TEXT ("\"\xe2\x82\""),
  TEXT ("\"\xed\xa0\x80\""),
  TEXT ("\"\xf0\x8f\xbf\xbf\""),
  TEXT ("\"\xf0\x9f\x98\""),
  TEXT ("\"\xf4\x90\x80\x80\""),
  TEXT ("\"\xf5\x80\x80\x80\""),
  TEXT ("\"\xff\""),
  TEXT ("\"\xc3"),
  TEXT ("\"\xf0\x9f\x98"),
  TEXT ("\xef\xbb\xbf{}"),
  TEXT ("\xc2\xa0"),
  TEXT ("["),
  TEXT ("]"),
  TEXT ("[1"),
  TEXT ("[1,"),
  TEXT ("[1,]"),
  TEXT ("[,1]"),
  TEXT ("[1,,2]"),
  TEXT ("[1 2]"),
  TEXT ("[1}"),
  TEXT ("[1]]"),
  TEXT ("[\"a\":1]"),
  TEXT ("{"),
  TEXT ("}"),
  TEXT ("{\"a\""),
  TEXT ("{\"a\":"),
  TEXT ("{\"a\":}"),
  TEXT ("{\"a\" 1}"),
  TEXT ("{\"a\":1"),
  TEXT ("{\"a\":1,}"),
  TEXT ("{,\"a\":1}"),
  TEXT ("{\"a\":1 \"b\":2}"),
  TEXT ("{\"a\":1]"),
  TEXT ("{a:1}"),
  TEXT ("{1:1}"),
  TEXT ("{\"a\":1}{"),
  TEXT ("{}\0"),
  TEXT ("// no\n1"),
  TEXT ("1 /* no */"),
};

static const char document[] =
    "{\"model\":\"gpt-4.1\",\"stream\":true,\"n\":-1.5e3,\"messages\":[{\"role\":\"user\","
    "\"content\":[{\"type\":\"text\",\"text\":\"Gr\\u00fc\xc3\x9f \\\"dich\\\" \xf0\x9f\x98\x80\"},"
    "null,false]},{}],\"tools\":[[[]]] , \"e\" : \"\"}";

static gboolean
is_valid (const char *data, gsize length)
{
  return jump_json_validate (data, length, JUMP_LIMIT_JSON_DEPTH, NULL);
}

static JumpJsonSpan
span_of (const char *text)
{
  return jump_json_span_trim (text, strlen (text));
}

static void
assert_span (JumpJsonSpan span, const char *text)
{
  g_autofree char *found = g_strndup (span.start, span.length);

  g_assert_cmpstr (found, ==, text);
}

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid_texts); i++)
    {
      const Text *text = &valid_texts[i];
      /* A copy of exactly this size, so that a read beyond it is noticed. */
      g_autofree char *copy = g_memdup2 (text->text, text->length);
      g_autofree char *shown = g_strescape (text->text, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", shown);
      jump_json_validate (copy, text->length, JUMP_LIMIT_JSON_DEPTH, &error);
      g_assert_no_error (error);
    }
}

static void
test_invalid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid_texts); i++)
    {
      const Text *text = &invalid_texts[i];
      g_autofree char *copy = g_memdup2 (text->text, text->length);
      g_autofree char *shown = g_strescape (text->text, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", shown);
      g_assert_false (jump_json_validate (copy, text->length, JUMP_LIMIT_JSON_DEPTH, &error));
      g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
    }
}

static void
test_messages (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } rows[] = {
    { "", "invalid JSON at byte 0: expected a value" },
    { "{\"a\" 1}", "invalid JSON at byte 5: expected ':'" },
    { "{\"a\":1 2}", "invalid JSON at byte 7: expected ',' or '}'" },
    { "[1 2]", "invalid JSON at byte 3: expected ',' or ']'" },
    { "{1:2}", "invalid JSON at byte 1: expected a member name or '}'" },
    { "{\"a\":1,}", "invalid JSON at byte 7: expected a member name" },
    { "[1,]", "invalid JSON at byte 3: expected a value" },
    { "1.x", "invalid JSON at byte 2: expected a digit" },
    { "\"a", "invalid JSON at byte 2: expected a closing quote" },
    { "\"\\q\"", "invalid JSON at byte 1: expected a valid escape" },
    { "\"\xff\"", "invalid JSON at byte 1: expected valid UTF-8" },
    { "\"\n\"", "invalid JSON at byte 1: expected an escape instead of a control character" },
    { "{} {}", "invalid JSON at byte 3: expected nothing after the value" },
    { "[[[[]]]]", "invalid JSON at byte 3: expected at most 3 levels" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (jump_json_validate (rows[i].text, strlen (rows[i].text), 3, &error));
      g_assert_cmpstr (error->message, ==, rows[i].message);
    }
  g_assert_false (jump_json_validate (NULL, 0, 3, NULL));
}

static void
test_depth (void)
{
  const guint limits[] = { 0, 1, 63, 64, 65, 100, 1024 };

  g_assert_true (jump_json_validate ("1", 1, 0, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      for (guint depth = MAX (limits[i], 1); depth <= limits[i] + 1; depth++)
        {
          g_autoptr (GString) text = g_string_new (NULL);

          for (guint n = 0; n < depth; n++)
            g_string_append (text, n % 2 == 0 ? "[" : n + 1 == depth ? "{" : "{\"a\":");
          for (guint n = depth; n > 0; n--)
            g_string_append (text, n % 2 == 1 ? "]" : "}");
          g_assert_cmpint (jump_json_validate (text->str, text->len, limits[i], NULL),
                           ==,
                           depth <= limits[i]);
        }
    }
}

static void
test_deep_attack (void)
{
  gsize length = 8 * 1024 * 1024;
  g_autofree char *text = g_malloc (length);

  memset (text, '[', length);
  g_assert_false (jump_json_validate (text, length, G_MAXUINT, NULL));
}

static void
test_every_prefix (void)
{
  for (gsize length = 0; length < sizeof document - 1; length++)
    {
      g_autofree char *copy = g_memdup2 (document, length);

      g_assert_false (is_valid (copy, length));
    }
  g_assert_true (is_valid (document, sizeof document - 1));
}

/* The fast path works on blocks: every kind of stop at every offset within two blocks. */
static void
test_every_offset (void)
{
  static const struct
  {
    const char *insert;
    gboolean good;
  } rows[] = {
    { "", TRUE },        { "\\n", TRUE },   { "\\", FALSE }, { "\xc3\xa9", TRUE },
    { "\xc3", FALSE },   { "\x1f", FALSE }, { "\"", FALSE }, { "\x7f", TRUE },
    { "\\u00e9", TRUE }, { " ", TRUE },     { "\n", FALSE }, { "\xf0\x9f\x98\x80", TRUE },
    { "\\u00e", FALSE }, { "!", TRUE },     { "[", TRUE },   { "\xa0", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (guint before = 0; before < 40; before++)
        {
          for (guint after = 0; after < 20; after++)
            {
              g_autofree char *head = g_strnfill (before, 'x');
              g_autofree char *tail = g_strnfill (after, 'y');
              g_autofree char *text = g_strdup_printf ("\"%s%s%s\"", head, rows[i].insert, tail);

              /* A backslash in front of the closing quote or of y is wrong as well. */
              g_assert_cmpint (is_valid (text, strlen (text)), ==, rows[i].good);
            }
        }
    }
}

static void
test_mutations (void)
{
  static const char alphabet[] = "{}[]\",:\\u0123456789eE+-.tfn \t\n\x01\x80\xc3\xa9\xff";
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);
  g_autoptr (JsonParser) parser = json_parser_new ();
  guint n_accepted = 0;

  for (int round = 0; round < 20000; round++)
    {
      g_autofree char *copy = g_strdup (document);
      gsize length = sizeof document - 1;

      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        {
          gint32 at = g_rand_int_range (random, 0, (gint32) length);

          if (g_rand_boolean (random))
            copy[at] = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
          else
            {
              memmove (copy + at, copy + at + 1, length - (gsize) at);
              length--;
            }
        }
      if (!is_valid (copy, length))
        continue;
      n_accepted++;
      if (strstr (copy, "\\ud") == NULL && strstr (copy, "\\uD") == NULL)
        g_assert_true (json_parser_load_from_data (parser, copy, (gssize) length, NULL));
    }
  g_assert_cmpuint (n_accepted, >, 500);
}

static void
test_kinds (void)
{
  JumpJsonSpan absent = { NULL, 0 };

  g_assert_cmpint (jump_json_span_kind (span_of (" null")), ==, JUMP_JSON_NULL);
  g_assert_cmpint (jump_json_span_kind (span_of ("true ")), ==, JUMP_JSON_TRUE);
  g_assert_cmpint (jump_json_span_kind (span_of ("false")), ==, JUMP_JSON_FALSE);
  g_assert_cmpint (jump_json_span_kind (span_of ("\n-1\t")), ==, JUMP_JSON_NUMBER);
  g_assert_cmpint (jump_json_span_kind (span_of ("0")), ==, JUMP_JSON_NUMBER);
  g_assert_cmpint (jump_json_span_kind (span_of ("\"x\"")), ==, JUMP_JSON_STRING);
  g_assert_cmpint (jump_json_span_kind (span_of ("[]")), ==, JUMP_JSON_ARRAY);
  g_assert_cmpint (jump_json_span_kind (span_of ("{}")), ==, JUMP_JSON_OBJECT);
  g_assert_cmpint (jump_json_span_kind (absent), ==, JUMP_JSON_NULL);
  g_assert_null (span_of (" \n ").start);
  assert_span (span_of (" \r\n[1] \t"), "[1]");
}

static void
test_strings (void)
{
  static const struct
  {
    const char *json;
    const char *text; /* NULL: no string */
  } rows[] = {
    { "\"\"", "" },
    { "\"model\"", "model" },
    { "\"\\u006dodel\"", "model" },
    { "\"mod\\u0065\\u006C\"", "model" },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
    { "\"\\ud83d\\ude00!\"", "\xf0\x9f\x98\x80!" },
    { "\"\\uD83D\\uDE00\"", "\xf0\x9f\x98\x80" },
    { "\"\\ud83d\"", "\xef\xbf\xbd" },
    { "\"\\ud83dx\"", "\xef\xbf\xbdx" },
    { "\"\\ud83d\\n\"", "\xef\xbf\xbd\n" },
    { "\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80" },
    { "\"\\ude00\\ud83d\"", "\xef\xbf\xbd\xef\xbf\xbd" },
    { "\"a\\u0000b\"",
      "a\xef\xbf\xbd"
      "b" },
    { "\"\\u20ac\\u00e9\"", "\xe2\x82\xac\xc3\xa9" },
    { "\"Gr\xc3\xbc\xc3\x9f\\u0065\"",
      "Gr\xc3\xbc\xc3\x9f"
      "e" },
    { "\"\\\\u0041\"", "\\u0041" },
    { "\"\\\\\"", "\\" },
    { "1", NULL },
    { "[\"a\"]", NULL },
    { "null", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JumpJsonSpan span = span_of (rows[i].json);
      g_autofree char *text = jump_json_span_dup_string (span);

      g_assert_cmpstr (text, ==, rows[i].text);
      if (text == NULL)
        {
          g_assert_false (jump_json_span_equals (span, rows[i].json));
          continue;
        }
      g_assert_true (jump_json_span_equals (span, text));
      for (gsize other = 0; other < G_N_ELEMENTS (rows); other++)
        {
          if (rows[other].text != NULL)
            g_assert_cmpint (jump_json_span_equals (span, rows[other].text),
                             ==,
                             g_str_equal (text, rows[other].text));
        }
    }
}

static void
test_string_edges (void)
{
  JumpJsonSpan absent = { NULL, 0 };

  g_assert_null (jump_json_span_dup_string (absent));
  g_assert_false (jump_json_span_equals (absent, ""));
  g_assert_false (jump_json_span_is_empty_string (absent));
  g_assert_true (jump_json_span_is_empty_string (span_of ("\"\"")));
  g_assert_false (jump_json_span_is_empty_string (span_of ("\" \"")));
  g_assert_false (jump_json_span_is_empty_string (span_of ("[]")));
  /* The raw bytes are the same, the text is not. */
  g_assert_false (jump_json_span_equals (span_of ("\"a\\nb\""), "a\\nb"));
  g_assert_false (jump_json_span_equals (span_of ("\"ab\""), "abc"));
  g_assert_false (jump_json_span_equals (span_of ("\"abc\""), "ab"));
}

static void
test_integers (void)
{
  static const struct
  {
    const char *json;
    gboolean good;
    gint64 value;
  } rows[] = {
    { "0", TRUE, 0 },
    { "-0", TRUE, 0 },
    { "42", TRUE, 42 },
    { "-7", TRUE, -7 },
    { "3.0", TRUE, 3 },
    { "1e3", TRUE, 1000 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "-9223372036854775808", TRUE, G_MININT64 },
    { "9223372036854775808", FALSE, 0 },
    { "1.5", FALSE, 0 },
    { "1e99", FALSE, 0 },
    { "1e999", FALSE, 0 },
    { "\"1\"", FALSE, 0 },
    { "null", FALSE, 0 },
    { "11111111111111111111111111111111111111111111111111111111111111111111", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 value = -99;

      g_assert_cmpint (jump_json_span_get_int (span_of (rows[i].json), &value), ==, rows[i].good);
      g_assert_cmpint (value, ==, rows[i].good ? rows[i].value : -99);
    }
}

static void
test_cursor_object (void)
{
  static const char text[] = " { \"a\" : [1,{\"x\":\"]}\"}] , \"b\\\"\":\"\\\\\",\n\"c\":-1.5e3,"
                             "\"d\":{},\"\":null,\"e\" : true } ";
  static const char *const expected[] = {
    "\"a\"",     "[1,{\"x\":\"]}\"}]",
    "\"b\\\"\"", "\"\\\\\"",
    "\"c\"",     "-1.5e3",
    "\"d\"",     "{}",
    "\"\"",      "null",
    "\"e\"",     "true",
  };
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan value;

  g_assert_true (is_valid (text, strlen (text)));
  jump_json_cursor_init (&cursor, span_of (text));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i += 2)
    {
      g_assert_true (jump_json_cursor_next (&cursor, &key, &value));
      assert_span (key, expected[i]);
      assert_span (value, expected[i + 1]);
    }
  g_assert_false (jump_json_cursor_next (&cursor, &key, &value));
  g_assert_false (jump_json_cursor_next (&cursor, NULL, NULL));
}

static void
test_cursor_array (void)
{
  static const char text[] = "[ 1,\"a,]\" , [ [ ] ],{\"k\":[1,2]}, false ]";
  static const char *const expected[] = { "1", "\"a,]\"", "[ [ ] ]", "{\"k\":[1,2]}", "false" };
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan value;

  jump_json_cursor_init (&cursor, span_of (text));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (jump_json_cursor_next (&cursor, &key, &value));
      g_assert_null (key.start);
      assert_span (value, expected[i]);
    }
  g_assert_false (jump_json_cursor_next (&cursor, &key, &value));
}

static void
test_cursor_nothing (void)
{
  static const char *const texts[] = { "{}", "[]", "{ }", "[\n]", "1", "\"[1]\"", "null", "" };
  JumpJsonCursor cursor;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      jump_json_cursor_init (&cursor, span_of (texts[i]));
      g_assert_false (jump_json_cursor_next (&cursor, NULL, NULL));
    }
}

static void
test_find_member (void)
{
  JumpJsonSpan object = span_of ("{\"a\":1,\"\\u0062\":{\"c\":2},\"a\":3,\"c\":[]}");

  assert_span (jump_json_find_member (object, "a"), "3");
  assert_span (jump_json_find_member (object, "b"), "{\"c\":2}");
  assert_span (jump_json_find_member (jump_json_find_member (object, "b"), "c"), "2");
  g_assert_null (jump_json_find_member (object, "d").start);
  g_assert_null (jump_json_find_member (jump_json_find_member (object, "d"), "c").start);
  g_assert_null (jump_json_find_member (span_of ("[\"a\",1]"), "a").start);
}

static void
count_values (JumpJsonSpan span, guint *n_values)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan value;

  *n_values += 1;
  jump_json_cursor_init (&cursor, span);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      g_autofree char *name = jump_json_span_dup_string (key);

      g_assert_true (is_valid (value.start, value.length));
      g_assert_cmpint (name != NULL, ==, cursor.is_object);
      count_values (value, n_values);
    }
}

/* Cursors rely on validation, but a caller's mistake must not lead out of the text. */
static void
test_cursor_on_prefixes (void)
{
  guint n_values = 0;

  for (gsize length = 1; length < sizeof document - 1; length++)
    {
      g_autofree char *copy = g_memdup2 (document, length);
      JumpJsonSpan span = { copy, length };

      jump_json_find_member (jump_json_find_member (span, "messages"), "x");
    }
  count_values (span_of (document), &n_values);
  g_assert_cmpuint (n_values, ==, 18);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-scan/valid", test_valid);
  g_test_add_func ("/json-scan/invalid", test_invalid);
  g_test_add_func ("/json-scan/messages", test_messages);
  g_test_add_func ("/json-scan/depth", test_depth);
  g_test_add_func ("/json-scan/deep-attack", test_deep_attack);
  g_test_add_func ("/json-scan/every-prefix", test_every_prefix);
  g_test_add_func ("/json-scan/every-offset", test_every_offset);
  g_test_add_func ("/json-scan/mutations", test_mutations);
  g_test_add_func ("/json-scan/kinds", test_kinds);
  g_test_add_func ("/json-scan/strings", test_strings);
  g_test_add_func ("/json-scan/string-edges", test_string_edges);
  g_test_add_func ("/json-scan/integers", test_integers);
  g_test_add_func ("/json-scan/cursor-object", test_cursor_object);
  g_test_add_func ("/json-scan/cursor-array", test_cursor_array);
  g_test_add_func ("/json-scan/cursor-nothing", test_cursor_nothing);
  g_test_add_func ("/json-scan/find-member", test_find_member);
  g_test_add_func ("/json-scan/cursor-on-prefixes", test_cursor_on_prefixes);
  return g_test_run ();
}
