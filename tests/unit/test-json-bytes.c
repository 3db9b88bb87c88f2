/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-bytes.h"
#include "service/base/json-scan.h"

/* Every search runs on copies that end where their allocation ends, so that sanitizers notice a read
 * behind the end, and that begin at an odd address as often as not. */

#define LONGEST 70

typedef const char *(*Search) (const char *at, const char *end);

typedef struct
{
  const char *name;
  Search search;
} Variant;

static const Variant easy_variants[] = {
  { "chosen", jump_json_skip_easy },
  { "portable", jump_json_skip_easy_portable },
#ifdef __SSE2__
  { "sse2", jump_json_skip_easy_sse2 },
#endif
};

static const Variant quote_variants[] = {
  { "chosen", jump_json_find_quote },
  { "portable", jump_json_find_quote_portable },
#ifdef __SSE2__
  { "sse2", jump_json_find_quote_sse2 },
#endif
};

/* What jump_json_skip_easy() is meant to do, in the plainest way. */
static gsize
skip_easy_slowly (const char *text, gsize length)
{
  gsize at = 0;

  while (at < length)
    {
      guchar byte = (guchar) text[at];

      if (byte == '\\')
        {
          if (at + 1 == length || text[at + 1] == '\0' ||
              strchr ("\"\\/bfnrt", text[at + 1]) == NULL)
            return at;
          at += 2;
        }
      else if (byte < 0x20 || byte >= 0x80 || byte == '"')
        return at;
      else
        at++;
    }
  return at;
}

static gsize
find_quote_slowly (const char *text, gsize length)
{
  gsize at = 0;

  while (at < length && text[at] != '"')
    at++;
  return at;
}

static void
assert_all_find (const Variant *variants,
                 gsize n_variants,
                 const char *text,
                 gsize length,
                 gsize expected)
{
  for (gsize shift = 0; shift < 4; shift++)
    {
      g_autofree char *copy = g_malloc (shift + length + (shift + length == 0));
      const char *start = copy + shift;

      memset (copy, '"', shift); /* must not be looked at either */
      memcpy (copy + shift, text, length);
      for (gsize i = 0; i < n_variants; i++)
        {
          gsize found = (gsize) (variants[i].search (start, start + length) - start);

          if (found != expected)
            g_error ("%s: %zu instead of %zu in %zu bytes: %.*s",
                     variants[i].name,
                     found,
                     expected,
                     length,
                     (int) length,
                     text);
        }
    }
}

static void
check (const char *text, gsize length)
{
  assert_all_find (easy_variants,
                   G_N_ELEMENTS (easy_variants),
                   text,
                   length,
                   skip_easy_slowly (text, length));
  assert_all_find (quote_variants,
                   G_N_ELEMENTS (quote_variants),
                   text,
                   length,
                   find_quote_slowly (text, length));
}

/* Each special byte at each place of texts of each length; plain ones must not stop anything. */
static void
test_every_place (void)
{
  static const char specials[] = "\"\\\n\x1f !#[]{}/\x7f\x80\xa0\xc3\xff";
  char text[LONGEST];

  for (gsize length = 0; length <= LONGEST; length++)
    {
      memset (text, 'x', sizeof text);
      check (text, length);
      for (gsize place = 0; place < length; place++)
        {
          for (gsize i = 0; i < sizeof specials; i++) /* the NUL, too */
            {
              text[place] = specials[i];
              check (text, length);
              text[place] = 'x';
            }
        }
    }
}

/* Each two bytes behind a backslash at each place, over the borders of the blocks. */
static void
test_every_escape (void)
{
  char text[LONGEST];

  for (gsize length = 2; length <= LONGEST; length += length < 40 ? 1 : 7)
    {
      for (gsize place = 0; place + 1 < length; place++)
        {
          for (guint byte = 0; byte < 256; byte += length % 16 == 1 ? 1 : 11)
            {
              memset (text, 'x', sizeof text);
              text[place] = '\\';
              text[place + 1] = (char) byte;
              check (text, length);
              if (place + 2 < length)
                text[place + 2] = '"';
              check (text, length);
            }
        }
    }
}

static void
test_rows_of_backslashes (void)
{
  char text[LONGEST];

  for (gsize before = 0; before < 20; before++)
    {
      for (gsize n = 1; n < 40; n++)
        {
          memset (text, 'x', sizeof text);
          memset (text + before, '\\', n);
          text[before + n] = '"';
          for (gsize length = before; length <= before + n + 2; length++)
            check (text, length);
        }
    }
}

static void
test_random_texts (void)
{
  static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz \\\\\\\\nnt\"\"/u\x01\xc3\xa9";
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  char text[LONGEST];

  for (guint round = 0; round < 20000; round++)
    {
      gsize length = (gsize) g_rand_int_range (random, 0, LONGEST + 1);
      gint32 letters = g_rand_boolean (random) ? 36 : (gint32) sizeof alphabet - 1;

      for (gsize i = 0; i < length; i++)
        text[i] = alphabet[g_rand_int_range (random, 0, letters)];
      check (text, length);
    }
}

static void
test_space (void)
{
  static const char text[] = " \t\r\n x\x0b";

  for (gsize length = 0; length < sizeof text; length++)
    {
      g_autofree char *copy = g_memdup2 (text, MAX (length, 1));
      gsize skipped = (gsize) (jump_json_skip_space (copy, copy + length) - copy);

      g_assert_cmpuint (skipped, ==, MIN (length, 5));
      skipped = (gsize) (jump_json_skip_space_to (copy, copy + length, ' ') - copy);
      g_assert_cmpuint (skipped, ==, 0);
      skipped = (gsize) (jump_json_skip_space_to (copy, copy + length, 'x') - copy);
      g_assert_cmpuint (skipped, ==, MIN (length, 5));
    }
  /* No space in JSON: vertical tab, and what only locales call space. */
  g_assert_true (jump_json_skip_space (text + 6, text + 7) == text + 6);
}

static void
test_kinds_of_bytes (void)
{
  for (guint number = 0; number < 256; number++)
    {
      char byte = (char) number;

      g_assert_cmpint (jump_json_is_opening_bracket (byte), ==, byte == '{' || byte == '[');
      g_assert_cmpint (jump_json_is_closing_bracket (byte), ==, byte == '}' || byte == ']');
      g_assert_cmpint (jump_json_is_digit (byte), ==, g_ascii_isdigit (byte));
      g_assert_cmpint (jump_json_is_plain (byte),
                       ==,
                       number >= 0x20 && number < 0x80 && byte != '"' && byte != '\\');
      g_assert_cmpint (jump_json_is_short_escape (byte),
                       ==,
                       number != 0 && strchr ("\"\\/bfnrt", byte) != NULL);
    }
}

/* The same over whole documents: a string of each length with something at each place, as the last
 * thing of the text and in the middle of it, is found whole by scanner and cursor. */
static void
test_strings_in_documents (void)
{
  static const char *const inserts[] = { "", "\\\"", "\\\\", "\\u00e9", "\xc3\xa9", "]", "}", "," };

  for (gsize length = 0; length <= LONGEST; length++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (inserts); i++)
        {
          gsize before = length * 7 % (length + 1);
          g_autofree char *head = g_strnfill (before, 'x');
          g_autofree char *tail = g_strnfill (length - before, 'y');
          g_autofree char *string = g_strdup_printf ("\"%s%s%s\"", head, inserts[i], tail);
          g_autofree char *text = g_strdup_printf ("[%s,{\"k\":%s},%s]", string, string, string);
          gsize n_bytes = strlen (text);
          g_autofree char *copy = g_memdup2 (text, n_bytes);
          JumpJsonSpan root = { copy, n_bytes };
          JumpJsonCursor cursor;
          JumpJsonSpan values[3];

          g_assert_true (jump_json_validate (copy, n_bytes, 2, NULL));
          jump_json_cursor_init (&cursor, root);
          for (guint n = 0; n < 3; n++)
            g_assert_true (jump_json_cursor_next (&cursor, NULL, &values[n]));
          g_assert_false (jump_json_cursor_next (&cursor, NULL, NULL));
          values[1] = jump_json_find_member (values[1], "k");
          for (guint n = 0; n < 3; n++)
            {
              g_assert_cmpuint (values[n].length, ==, strlen (string));
              g_assert_cmpint (memcmp (values[n].start, string, values[n].length), ==, 0);
            }
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-bytes/every-place", test_every_place);
  g_test_add_func ("/json-bytes/every-escape", test_every_escape);
  g_test_add_func ("/json-bytes/rows-of-backslashes", test_rows_of_backslashes);
  g_test_add_func ("/json-bytes/random-texts", test_random_texts);
  g_test_add_func ("/json-bytes/space", test_space);
  g_test_add_func ("/json-bytes/kinds-of-bytes", test_kinds_of_bytes);
  g_test_add_func ("/json-bytes/strings-in-documents", test_strings_in_documents);
  return g_test_run ();
}
