/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-edit.h"

#include <json-glib/json-glib.h>
#include <string.h>

static JumpJsonSpan
span_of (const char *text)
{
  return jump_json_span_trim (text, strlen (text));
}

static char *
apply (JumpJsonEdit *edit)
{
  g_autoptr (GBytes) bytes = jump_json_edit_apply (edit);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
remove_named (JumpJsonEdit *edit, JumpJsonSpan object, const char *name)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key;
  JumpJsonSpan value;

  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, &value))
    {
      if (jump_json_span_equals (key, name))
        jump_json_edit_remove_member (edit, object, key, value);
    }
}

static void
test_nothing (void)
{
  const char *text = " {\"a\" : 1} ";
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (text, strlen (text));
  g_autofree char *result = apply (edit);

  g_assert_true (jump_json_edit_is_empty (edit));
  g_assert_cmpstr (result, ==, text);
}

static void
test_replace (void)
{
  const char *text = "{\"model\": \"a\", \"n\":[1, 2,3], \"x\":null}";
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (text, strlen (text));
  JumpJsonSpan root = span_of (text);
  g_autofree char *result = NULL;

  jump_json_edit_replace (edit, jump_json_find_member (root, "x"), "{}junk", 2);
  jump_json_edit_replace (edit, jump_json_find_member (root, "model"), "\"longer\"", -1);
  jump_json_edit_replace (edit, jump_json_find_member (root, "n"), "0", -1);
  g_assert_false (jump_json_edit_is_empty (edit));
  result = apply (edit);
  g_assert_cmpstr (result, ==, "{\"model\": \"longer\", \"n\":0, \"x\":{}}");
}

static void
test_append_to (void)
{
  const char *text = "[1]";
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (text, strlen (text));
  g_autoptr (GString) out = g_string_new ("data: ");
  JumpJsonSpan one = { text + 1, 1 };

  jump_json_edit_replace (edit, one, "2,3", -1);
  jump_json_edit_append_to (edit, out);
  jump_json_edit_append_to (edit, out);
  g_assert_cmpstr (out->str, ==, "data: [2,3][2,3]");
}

static void
test_keeps_bytes (void)
{
  const char *text = "{ \"a\" : 1 ,\n \"b\" : \"\\u0041\" , \"c\" : 1.50 }";
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (text, strlen (text));
  g_autofree char *result = NULL;

  remove_named (edit, span_of (text), "a");
  result = apply (edit);
  g_assert_cmpstr (result, ==, "{ \"b\" : \"\\u0041\" , \"c\" : 1.50 }");
}

/* Writes {"m0":0,…} with @n_members, tight or with space everywhere. */
static char *
make_object (guint n_members, gboolean airy)
{
  GString *text = g_string_new (airy ? " { " : "{");

  for (guint i = 0; i < n_members; i++)
    {
      if (i > 0)
        g_string_append (text, airy ? " ,\n\t" : ",");
      g_string_append_printf (text, airy ? "\"m%u\" : [ %u ]" : "\"m%u\":[%u]", i, i);
    }
  g_string_append (text, airy ? " } " : "}");
  return g_string_free (text, FALSE);
}

static void
check_result (const char *text, guint n_members, guint removed, guint n_inserted)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *object;
  guint n_kept = 0;

  jump_json_validate (text, strlen (text), 10, &error);
  g_assert_no_error (error);
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%u", i);
      gboolean is_removed = (removed >> i & 1) != 0;

      n_kept += is_removed ? 0 : 1;
      g_assert_cmpint (json_object_has_member (object, name), ==, !is_removed);
    }
  g_assert_cmpuint (json_object_get_size (object), ==, n_kept + n_inserted);
  names = json_object_get_members (object);
  for (guint i = 0; i < n_inserted; i++)
    {
      g_autofree char *name = g_strdup_printf ("new\"%u", i);

      g_assert_cmpstr (g_list_nth_data (names, i), ==, name);
      g_assert_true (json_object_get_boolean_member (object, name));
    }
}

static void
check_subset (const char *text,
              guint n_members,
              guint removed,
              guint n_inserted,
              gboolean backwards)
{
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (text, strlen (text));
  JumpJsonSpan object = span_of (text);
  g_autofree char *result = NULL;

  for (guint n = 0; n < n_members; n++)
    {
      guint i = backwards ? n_members - 1 - n : n;
      g_autofree char *name = g_strdup_printf ("m%u", i);

      if ((removed >> i & 1) != 0)
        remove_named (edit, object, name);
    }
  for (guint i = 0; i < n_inserted; i++)
    {
      g_autofree char *name = g_strdup_printf ("new\"%u", i);

      jump_json_edit_insert_member (edit, object, name, "true");
    }
  result = apply (edit);
  g_test_message ("%s → %s", text, result);
  check_result (result, n_members, removed, n_inserted);
}

static void
test_every_subset (void)
{
  for (guint n_members = 0; n_members <= 4; n_members++)
    {
      for (guint removed = 0; removed < 1u << n_members; removed++)
        {
          for (guint n_inserted = 0; n_inserted <= 2; n_inserted++)
            {
              g_autofree char *tight = make_object (n_members, FALSE);
              g_autofree char *airy = make_object (n_members, TRUE);

              check_subset (tight, n_members, removed, n_inserted, FALSE);
              check_subset (tight, n_members, removed, n_inserted, TRUE);
              check_subset (airy, n_members, removed, n_inserted, FALSE);
              check_subset (airy, n_members, removed, n_inserted, TRUE);
            }
        }
    }
}

static void
test_together (void)
{
  const char *text = "{\"a\":{\"x\":1,\"y\":2},\"b\":2,\"c\":{\"z\":3},\"d\":[{}],\"e\":5}";
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (text, strlen (text));
  JumpJsonSpan root = span_of (text);
  JumpJsonSpan d = jump_json_find_member (root, "d");
  JumpJsonSpan inner = { d.start + 1, 2 };
  g_autofree char *result = NULL;

  remove_named (edit, root, "e");
  remove_named (edit, root, "b");
  remove_named (edit, jump_json_find_member (root, "a"), "x");
  remove_named (edit, jump_json_find_member (root, "c"), "z");
  jump_json_edit_insert_member (edit, jump_json_find_member (root, "c"), "new", "1");
  jump_json_edit_insert_member (edit, inner, "q", "null");
  jump_json_edit_insert_member (edit, root, "stream_options", "{\"include_usage\":true}");
  jump_json_edit_replace (edit,
                          jump_json_find_member (jump_json_find_member (root, "a"), "y"),
                          "[]",
                          -1);
  result = apply (edit);
  g_assert_cmpstr (result,
                   ==,
                   "{\"stream_options\":{\"include_usage\":true},\"a\":{\"y\":[]},"
                   "\"c\":{\"new\":1},\"d\":[{\"q\":null}]}");
}

/* What changes inside a removed member goes with it, also between two removed neighbours. */
static void
test_inside_removed (void)
{
  const char *text = "{\"a\":{\"x\":1},\"b\":{\"y\":2},\"c\":3}";
  g_autoptr (JumpJsonEdit) edit = jump_json_edit_new (text, strlen (text));
  JumpJsonSpan root = span_of (text);
  JumpJsonSpan a = jump_json_find_member (root, "a");
  g_autofree char *result = NULL;

  jump_json_edit_replace (edit, jump_json_find_member (a, "x"), "9", -1);
  remove_named (edit, a, "x");
  jump_json_edit_insert_member (edit, jump_json_find_member (root, "b"), "n", "9");
  remove_named (edit, root, "a");
  remove_named (edit, root, "b");
  result = apply (edit);
  g_assert_cmpstr (result, ==, "{\"c\":3}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-edit/nothing", test_nothing);
  g_test_add_func ("/json-edit/replace", test_replace);
  g_test_add_func ("/json-edit/append-to", test_append_to);
  g_test_add_func ("/json-edit/keeps-bytes", test_keeps_bytes);
  g_test_add_func ("/json-edit/every-subset", test_every_subset);
  g_test_add_func ("/json-edit/together", test_together);
  g_test_add_func ("/json-edit/inside-removed", test_inside_removed);
  return g_test_run ();
}
