/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/error.h"
#include "service/base/json-names.h"
#include "service/base/json-place.h"

static void
check (const char *text, gsize length, const char *may_repeat, const char *expected)
{
  /* Its own copy, so that a sanitizer sees every read outside. */
  g_autofree char *copy = g_memdup2 (text, length);
  g_autoptr (GError) error = NULL;
  gboolean is_good = jump_json_validate_request (copy, length, may_repeat, NULL, NULL, &error);

  if (expected == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (is_good);
      return;
    }
  g_assert_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST);
  g_assert_false (is_good);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_requests (void)
{
  static const struct
  {
    const char *text;
    const char *expected; /* (nullable): NULL is good */
  } rows[] = {
    { "{}", NULL },
    { "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}", NULL },
    { "[{\"a\":1},{\"a\":1}]", NULL },
    { "{\"a\":1,\"A\":1,\"\":1,\"a \":1,\"aa\":1}", NULL },
    { "{\"12345678\":1,\"123456780\":1,\"1234567x8\":1}", NULL },
    { "{\"a\":\"\\ud83d\"}", NULL },
    { "{\"a\":\"\\u0000\"}", NULL },
    { "{\"a\":1,\"a\":1}", "a: given more than once" },
    { "{\"\":1,\"\":1}", "invalid JSON at byte 8: expected each name once" },
    { "{\"a\":{\"a\":1,\"b\":{},\"a\":1}}", "a.a: given more than once" },
    { "{\"m\":[{},{\"role\":1,\"r\\u006fle\":1}]}", "m[1].role: given more than once" },
    { "{\"\\ud83d\":1,\"\\ud83e\":1}", "\xef\xbf\xbd: given more than once" },
    { "{\"\\\"\":1,\"\\u0022\":1}", "\": given more than once" },
    { "{\"a\\n\":1,\"a\\u000a\":1}", "a\\u000a: given more than once" },
    { "{\"m\x7f\xe2\x80\xae\":}", "invalid JSON at byte 9, in m\\u007f\\u202e: expected a value" },
    { "{\"m\":[1,2,{\"content\":NaN}]}",
      "invalid JSON at byte 21, in m[2].content: expected a value" },
    { "{\"m\":[1,\"\x01\"]}",
      "invalid JSON at byte 9, in m[1]: expected an escape instead of a control character" },
    { "{\"a\":\"\\\"\",\"b\":\"\xed\xa0\x80\"}",
      "invalid JSON at byte 15, in b: expected valid UTF-8" },
    { "{\"b\":\"\xc0\x80\"}", "invalid JSON at byte 6, in b: expected valid UTF-8" },
    { "{\"b\":\"\xe2\x82", "invalid JSON at byte 6, in b: expected valid UTF-8" },
    { "{\"b\":1} {}", "invalid JSON at byte 8: expected nothing after the value" },
    { "{\"b\":1", "invalid JSON at byte 6, in b: expected ',' or '}'" },
    { "{\"b", "invalid JSON at byte 3: expected a closing quote" },
    { "{\"b\\", "invalid JSON at byte 3: expected a valid escape" },
    { "", "invalid JSON at byte 0: expected a value" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    check (rows[i].text, strlen (rows[i].text), NULL, rows[i].expected);
}

static void
test_may_repeat (void)
{
  static const char good[] = "{\"role\":\"user\",\"x\":1,\"role\" :  \"user\"}";
  static const char *const bad[] = {
    "{\"role\":\"user\",\"role\":\"system\"}",
    "{\"role\":\"user\",\"role\":1}",
    "{\"role\":1,\"role\":1}",
    "{\"role\":\"us\\u0065r\",\"role\":\"user\"}",
  };

  check (good, strlen (good), "role", NULL);
  check (good, strlen (good), NULL, "role: given more than once");
  check (good, strlen (good), "rol", "role: given more than once");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    check (bad[i], strlen (bad[i]), "role", "role: given more than once");
}

/* As many names as there may be, and each place for a second one of a kind. */
static void
test_sizes (void)
{
  static const guint sizes[] = { 2, 11, 12, 13, 14, 63, 64, 65, 66, 256, 257, 5000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      for (guint second = 0; second < 3; second++)
        {
          g_autoptr (GString) text = g_string_new ("{\"o\":{\"o\":1},\"i\":{");
          guint last = sizes[i] - 1;
          g_autofree char *expected =
              g_strdup_printf ("i.name-%u: given more than once", second == 0 ? 0 : last - 1);

          for (guint n = 0; n < last; n++)
            g_string_append_printf (text, "\"name-%u\":[%u],", n, n);
          if (second == 2)
            g_string_append (text, "\"other\":1}}");
          else
            g_string_append_printf (text, "\"name-%u\":1}}", second == 0 ? 0 : last - 1);
          check (text->str, text->len, NULL, second == 2 ? NULL : expected);
        }
    }
}

static char *
make_names (guint n)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"%x\":1", i == 0 ? "" : ",", i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_limit (void)
{
  g_autofree char *full = make_names (JUMP_JSON_MAX_NAMES);
  g_autofree char *over = make_names (JUMP_JSON_MAX_NAMES + 1);
  g_autoptr (GError) error = NULL;

  check (full, strlen (full), NULL, NULL);
  g_assert_false (jump_json_validate_request (over, strlen (over), NULL, NULL, NULL, &error));
  g_assert_true (g_str_has_suffix (error->message, "expected fewer names in one object"));
}

/* Sixty thousand times the same name, which is allowed to repeat: done at once all the same. */
static void
test_many_repeats (void)
{
  g_autoptr (GString) text = g_string_new ("{\"role\":\"user\"");

  for (guint i = 0; i < 60000; i++)
    g_string_append (text, ",\"role\":\"user\"");
  g_string_append_c (text, '}');
  check (text->str, text->len, "role", NULL);
}

static void
test_places (void)
{
  static const struct
  {
    const char *text;
    gsize offset;
    const char *place; /* (nullable) */
  } rows[] = {
    { "{\"a\":1}", 0, NULL },
    { "{\"a\":1}", 4, "a" },
    { "{\"a\":[{},[1,2]]}", 13, "a[1][1]" },
    { "{\"a\":{\"b\":1},\"c\":2}", 17, "c" },
    { "{\"a,b]\":{\"{[\\\"\":1}}", 17, "a,b].{[\"" },
    { "]]}},,", 6, NULL },
    { "[1", 2, "[0]" },
  };
  g_autofree char *deep = g_strnfill (5000, '[');
  g_autofree char *cut = jump_json_describe_place (deep, 5000);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *place = jump_json_describe_place (rows[i].text, rows[i].offset);

      g_assert_cmpstr (place, ==, rows[i].place);
    }
  g_assert_cmpuint (strlen (cut), ==, 203);
  g_assert_true (g_str_has_suffix (cut, "..."));
  g_assert_null (jump_json_describe_place (NULL, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-names/requests", test_requests);
  g_test_add_func ("/json-names/may-repeat", test_may_repeat);
  g_test_add_func ("/json-names/sizes", test_sizes);
  g_test_add_func ("/json-names/limit", test_limit);
  g_test_add_func ("/json-names/many-repeats", test_many_repeats);
  g_test_add_func ("/json-names/places", test_places);
  return g_test_run ();
}
