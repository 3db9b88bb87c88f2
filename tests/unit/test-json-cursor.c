/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-scan.h"

/* Walking in steps: what jump_json_cursor_enter() and its neighbours find is what
 * jump_json_cursor_next() finds, and both agree with the members handed over by validation. */

static const char document[] =
    " { \"a\" : [ 1 , [ ] , { \"b\\\"\" : \"]}\" } ] , \"c\":{},\"d\":\"x\",\"e\":"
    "{\"f\":[[[true]],null],\"g\":-1.5e3}\n, \"a\" : false } ";

static JumpJsonSpan
span_of (const char *text)
{
  return jump_json_span_trim (text, strlen (text));
}

static void
append_span (GString *out, JumpJsonSpan span)
{
  g_string_append_len (out, span.start, (gssize) span.length);
}

static void
on_member (JumpJsonSpan key, JumpJsonSpan value, gpointer user_data)
{
  GString *out = user_data;

  append_span (out, key);
  g_string_append_c (out, '=');
  append_span (out, value);
  g_string_append_c (out, ';');
}

static char *
list_with_cursor (const char *text)
{
  GString *out = g_string_new (NULL);
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, span_of (text));
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    on_member (key, value, out);
  return g_string_free (out, FALSE);
}

static void
test_members_while_validating (void)
{
  static const char *const texts[] = {
    document, "{}", " { } ", "{\"a\":1}",   "{\"a\":[]}", "{\"a\" : { } , \"b\":[[1],{\"c\":2}]}",
    "[]",     "3",  "[1,2]", "[{\"a\":1}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) found = g_string_new (NULL);
      g_autofree char *expected = list_with_cursor (texts[i]);

      g_test_message ("%s", texts[i]);
      g_assert_true (
          jump_json_validate_members (texts[i], strlen (texts[i]), 10, on_member, found, NULL));
      g_assert_cmpstr (found->str, ==, expected);
    }
}

static void
test_members_of_bad_text (void)
{
  static const char text[] = "{\"a\":[1],\"b\":2,\"c\":}";
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (jump_json_validate_members (text, strlen (text), 10, on_member, found, &error));
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, "invalid JSON at byte 19: expected a value");
  g_assert_cmpstr (found->str, ==, "\"a\"=[1];\"b\"=2;");
}

/* Writes every key and scalar in order. Containers are walked in steps, or skipped. */
static void
walk (JumpJsonCursor *cursor, guint max_depth, GString *out)
{
  JumpJsonCursor inner;
  JumpJsonSpan key, value;

  while (jump_json_cursor_next_key (cursor, &key))
    {
      const char *start = cursor->position;

      append_span (out, key);
      if (!jump_json_cursor_is_at_container (cursor) || max_depth == 0)
        {
          value = jump_json_cursor_take_value (cursor);
          append_span (out, value);
        }
      else
        {
          jump_json_cursor_enter (cursor, &inner);
          walk (&inner, max_depth - 1, out);
          value = jump_json_cursor_leave (cursor, &inner);
        }
      g_assert_true (value.start == start);
      g_assert_true (jump_json_validate (value.start, value.length, 10, NULL));
      g_string_append_c (out, ' ');
    }
}

static void
test_walk_in_steps (void)
{
  static const char *const expected[] = {
    "\"a\"[ 1 , [ ] , { \"b\\\"\" : \"]}\" } ] \"c\"{} \"d\"\"x\" "
    "\"e\"{\"f\":[[[true]],null],\"g\":-1.5e3} \"a\"false ",
    "\"a\"1 [ ] { \"b\\\"\" : \"]}\" }  \"c\" \"d\"\"x\" "
    "\"e\"\"f\"[[[true]],null] \"g\"-1.5e3  \"a\"false ",
    "\"a\"1  \"b\\\"\"\"]}\"   \"c\" \"d\"\"x\" \"e\"\"f\"[[true]] null  \"g\"-1.5e3  "
    "\"a\"false ",
  };

  for (guint depth = 0; depth < G_N_ELEMENTS (expected); depth++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      JumpJsonCursor cursor;

      jump_json_cursor_init (&cursor, span_of (document));
      walk (&cursor, depth, out);
      g_assert_cmpstr (out->str, ==, expected[depth]);
    }
}

/* Leaving early skips what was not walked. */
static void
test_leave_early (void)
{
  static const char text[] = "[ {\"a\":1, \"b\":[2,\"]\"], \"c\":{} } , 7 ]";

  for (guint n_steps = 0; n_steps <= 4; n_steps++)
    {
      JumpJsonCursor cursor, inner;
      JumpJsonSpan value;

      jump_json_cursor_init (&cursor, span_of (text));
      g_assert_true (jump_json_cursor_next_key (&cursor, NULL));
      g_assert_true (jump_json_cursor_is_at_container (&cursor));
      jump_json_cursor_enter (&cursor, &inner);
      for (guint i = 0; i < n_steps; i++)
        g_assert_cmpint (jump_json_cursor_next (&inner, NULL, NULL), ==, i < 3);
      value = jump_json_cursor_leave (&cursor, &inner);
      g_assert_cmpuint (value.length, ==, strlen ("{\"a\":1, \"b\":[2,\"]\"], \"c\":{} }"));
      g_assert_true (jump_json_cursor_next (&cursor, NULL, &value));
      g_assert_cmpuint (value.length, ==, 1);
      g_assert_cmpint (*value.start, ==, '7');
      g_assert_false (jump_json_cursor_next_key (&cursor, NULL));
    }
}

/* A caller's mistake must neither lead out of the text nor go on for ever. */
static void
walk_anything (JumpJsonCursor *cursor, guint depth)
{
  JumpJsonCursor inner;

  while (jump_json_cursor_next_key (cursor, NULL))
    {
      if (depth > 0 && jump_json_cursor_is_at_container (cursor))
        {
          jump_json_cursor_enter (cursor, &inner);
          walk_anything (&inner, depth - 1);
          jump_json_cursor_leave (cursor, &inner);
        }
      else if (jump_json_cursor_take_value (cursor).length == 0)
        return;
    }
}

static void
test_walk_on_bad_text (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 20000; round++)
    {
      gsize length = (gsize) g_rand_int_range (random, 1, sizeof document);
      g_autofree char *copy = g_memdup2 (document + 1, length);
      JumpJsonSpan span = { copy, length };
      JumpJsonCursor cursor;

      for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
        copy[g_rand_int_range (random, 0, (gint32) length)] =
            "{}[]\",:\\ 1x"[g_rand_int_range (random, 0, 11)];
      jump_json_cursor_init (&cursor, span);
      walk_anything (&cursor, 5);
      jump_json_find_member (span, "a");
    }
}

/* Names with escapes of every kind, and names that differ from the wanted one in little. */
static void
test_equal_names (void)
{
  static const struct
  {
    const char *json;
    const char *text;
    gboolean equal;
  } rows[] = {
    { "\"type\"", "type", TRUE },
    { "\"typ\\u0065\"", "type", TRUE },
    { "\"\\u0074\\u0079\\u0070\\u0065\"", "type", TRUE },
    { "\"\\u0074ype\"", "type", TRUE },
    { "\"types\"", "type", FALSE },
    { "\"typf\"", "type", FALSE },
    { "\"typ\\u0065s\"", "type", FALSE },
    { "\"typ\"", "type", FALSE },
    { "\"\\u0074\\u0079\\u0070\\u0065\\u0065\"", "type", FALSE },
    { "\"\"", "", TRUE },
    { "\"x\"", "", FALSE },
    { "\"\\n\"", "", FALSE },
    { "\"\\\\n\"", "\\n", TRUE },
    { "\"\\nn\"", "\\nn", FALSE },
    { "12345", "234", FALSE },
    { "[\"a\"]", "\"a\"", FALSE },
    { "\"\xc3\xa9\\u00e9\"", "\xc3\xa9\xc3\xa9", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *copy = g_memdup2 (rows[i].json, strlen (rows[i].json));
      JumpJsonSpan span = { copy, strlen (rows[i].json) };

      g_test_message ("%s", rows[i].json);
      g_assert_cmpint (jump_json_span_equals (span, rows[i].text), ==, rows[i].equal);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-cursor/members-while-validating", test_members_while_validating);
  g_test_add_func ("/json-cursor/members-of-bad-text", test_members_of_bad_text);
  g_test_add_func ("/json-cursor/walk-in-steps", test_walk_in_steps);
  g_test_add_func ("/json-cursor/leave-early", test_leave_early);
  g_test_add_func ("/json-cursor/walk-on-bad-text", test_walk_on_bad_text);
  g_test_add_func ("/json-cursor/equal-names", test_equal_names);
  return g_test_run ();
}
