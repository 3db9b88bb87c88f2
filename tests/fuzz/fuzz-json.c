/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "tests/fuzz/fuzz-json.h"

#include "service/base/json-scan.h"
#include "service/base/json-write.h"

#include <string.h>

/* Deeper than real ones, but not too deep for the scanner. */
#define MAX_DEPTH 400

/* Where something may be changed. */
typedef struct
{
  JumpJsonSpan key; /* absent in arrays */
  JumpJsonSpan value;
} Place;

static const char *const odd_values[] = {
  "null",
  "true",
  "false",
  "0",
  "-1",
  "1.5",
  "-0",
  "1e999",
  "-1e999",
  "1e-999",
  "9223372036854775807",
  "-9223372036854775808",
  "99999999999999999999999999",
  "4294967296",
  "2147483648",
  "\"\"",
  "\" \"",
  "\"x\"",
  "\"\\u0000\"",
  "\"a\\u0000b\"",
  "\"\\ud800\"",
  "\"\\udc00x\"",
  "\"\\ud83d\\ude00\"",
  "\"\\u2028\\n\\r\\t\\\"\\\\\\/\"",
  "\"{}\"",
  "\"[1\"",
  "\"{\\\"a\\\":1}\"",
  "\"jumpseat1.encrypted.gpt-5.QUJD\"",
  "\"jumpseat1.signature.claude-sonnet-4.6.QUJD\"",
  "\"jumpseat1.\"",
  "\"jumpseat1.x.y.\"",
  "\"toolu_1_jumpseat1_QUJD\"",
  "\"a.b:c/d e\"",
  "\"data:image/png;base64,AAAA\"",
  "\"data:,\"",
  "\"https://example.com/a.png\"",
  "\"12\"",
  "\"tool\"",
  "\"user\"",
  "\"assistant\"",
  "\"system\"",
  "\"text\"",
  "[]",
  "{}",
  "[null]",
  "[[]]",
  "[\"\"]",
  "[{}]",
  "[0,true,\"x\",null,{},[]]",
  "{\"\":null}",
  "{\"type\":\"text\",\"text\":\"t\"}",
  "[{\"type\":\"text\",\"text\":\"\"}]",
  "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":[]}",
  "{\"type\":\"thinking\",\"thinking\":\"x\",\"signature\":\"jumpseat1.encrypted.m.x\"}",
  "{\"type\":\"redacted_thinking\",\"data\":\"d\"}",
  "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"e\"}",
  "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"n\",\"arguments\":\"{\"}",
  "{\"type\":\"ephemeral\",\"ttl\":\"1h\"}",
};

static const char *const odd_keys[] = {
  "\"\"",          "\"type\"",     "\"stop_reason\"", "\"role\"",        "\"content\"",
  "\"id\"",        "\"name\"",     "\"text\"",        "\"model\"",       "\"tool_calls\"",
  "\"arguments\"", "\"thinking\"", "\"signature\"",   "\"index\"",       "\"a\\u0000b\"",
  "\"delta\"",     "\"error\"",    "\"usage\"",       "\"tool_choice\"",
};

static gboolean
is_json (const char *text, gsize length)
{
  return jump_json_validate (text, length, MAX_DEPTH, NULL);
}

static guint
count_children (JumpJsonSpan container)
{
  JumpJsonCursor cursor;
  guint n = 0;

  jump_json_cursor_init (&cursor, container);
  while (jump_json_cursor_next (&cursor, NULL, NULL))
    n++;
  return n;
}

/* Walks down by chance: what stands high is hit as often as what stands deep, however long arrays are. */
static gboolean
find_place (FuzzRun *run, JumpJsonSpan value, Place *out)
{
  gboolean has_found = FALSE;

  for (;;)
    {
      JumpJsonKind kind = jump_json_span_kind (value);
      JumpJsonCursor cursor;
      guint n;

      if (kind != JUMP_JSON_OBJECT && kind != JUMP_JSON_ARRAY)
        return has_found;
      if (has_found && fuzz_once_in (run, 4))
        return TRUE;
      n = count_children (value);
      if (n == 0)
        return has_found;
      n = fuzz_roll (run, n) + 1;
      jump_json_cursor_init (&cursor, value);
      out->key.start = NULL;
      while (n-- > 0)
        jump_json_cursor_next (&cursor, kind == JUMP_JSON_OBJECT ? &out->key : NULL, &out->value);
      value = out->value;
      has_found = TRUE;
    }
}

static void
replace (GString *text, JumpJsonSpan span, const char *with, gssize length)
{
  gssize at = span.start - text->str;

  g_string_erase (text, at, (gssize) span.length);
  g_string_insert_len (text, at, with, length);
}

/* The member or element that @place is, and the comma on one of its sides. */
static void
drop (GString *text, const Place *place)
{
  const char *start = place->key.start != NULL ? place->key.start : place->value.start;
  gsize from = (gsize) (start - text->str);
  gsize to = (gsize) (place->value.start - text->str) + place->value.length;

  while (from > 0 && g_ascii_isspace (text->str[from - 1]))
    from--;
  while (to < text->len && g_ascii_isspace (text->str[to]))
    to++;
  if (from > 0 && text->str[from - 1] == ',')
    from--;
  else if (to < text->len && text->str[to] == ',')
    to++;
  g_string_erase (text, (gssize) from, (gssize) (to - from));
}

static void
repeat (GString *text, const Place *place, guint n)
{
  const char *start = place->key.start != NULL ? place->key.start : place->value.start;
  gsize length = (gsize) (place->value.start - start) + place->value.length;
  gssize at = place->value.start - text->str + (gssize) place->value.length;
  g_autofree char *copy = g_strndup (start, length);

  for (guint i = 0; i < n && text->len < 200000; i++)
    {
      g_string_insert (text, at, copy);
      g_string_insert_c (text, at, ',');
    }
}

static void
nest (FuzzRun *run, GString *text, JumpJsonSpan value)
{
  guint depth = fuzz_once_in (run, 4) ? 90 + fuzz_roll (run, 30) : 1 + fuzz_roll (run, 3);
  gboolean is_object = fuzz_once_in (run, 2);
  g_autofree char *copy = g_strndup (value.start, value.length);
  g_autoptr (GString) with = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (with, is_object ? "{\"a\":" : "[");
  g_string_append (with, copy);
  for (guint i = 0; i < depth; i++)
    g_string_append_c (with, is_object ? '}' : ']');
  replace (text, value, with->str, (gssize) with->len);
}

static void
put_odd (FuzzRun *run, GString *text, JumpJsonSpan value)
{
  const char *odd = odd_values[fuzz_roll (run, G_N_ELEMENTS (odd_values))];
  g_autoptr (GString) longer = NULL;

  if (fuzz_once_in (run, 40))
    {
      longer = g_string_new ("\"");
      for (guint i = 0; i < 3000; i++)
        g_string_append (longer, i % 7 == 0 ? "\\u00e9" : "y ");
      g_string_append_c (longer, '"');
      odd = longer->str;
    }
  replace (text, value, odd, -1);
}

static void
transplant (FuzzRun *run, GString *text, const Place *place, GBytes *donor)
{
  gsize length = text->len;
  const char *data = text->str;
  g_autofree char *copy = NULL;
  Place other;

  if (donor != NULL && fuzz_once_in (run, 2))
    data = g_bytes_get_data (donor, &length);
  if (!is_json (data, length) || !find_place (run, jump_json_span_trim (data, length), &other))
    return;
  if (place->key.start != NULL && other.key.start != NULL && fuzz_once_in (run, 3))
    {
      copy = g_strndup (other.key.start, other.key.length);
      replace (text, place->key, copy, -1);
      return;
    }
  copy = g_strndup (other.value.start, other.value.length);
  replace (text, place->value, copy, -1);
}

/* Arguments of calls are JSON inside a string. */
static gboolean
change_inside (FuzzRun *run, GString *text, JumpJsonSpan value, GBytes *donor)
{
  g_autofree char *decoded = NULL;
  g_autoptr (GString) inner = NULL;
  g_autoptr (GString) with = NULL;

  if (jump_json_span_kind (value) != JUMP_JSON_STRING)
    return FALSE;
  decoded = jump_json_span_dup_string (value);
  if (decoded == NULL || *decoded != '{' || !is_json (decoded, strlen (decoded)))
    return FALSE;
  inner = g_string_new (decoded);
  fuzz_json_change (run, inner, donor);
  with = g_string_new ("\"");
  jump_json_append_escaped (with, inner->str, (gssize) inner->len);
  g_string_append_c (with, '"');
  replace (text, value, with->str, (gssize) with->len);
  return TRUE;
}

void
fuzz_bytes_change (FuzzRun *run, GString *text)
{
  gsize at = fuzz_roll (run, (guint) text->len + 1);
  guint n = 1 + fuzz_roll (run, fuzz_once_in (run, 4) ? 60 : 3);

  switch (fuzz_roll (run, 4))
    {
    case 0:
      if (at < text->len)
        text->str[at] = (char) (text->str[at] ^ (1 << fuzz_roll (run, 8)));
      break;
    case 1:
      g_string_erase (text, (gssize) at, (gssize) MIN (n, text->len - at));
      break;
    case 2:
      while (n-- > 0)
        g_string_insert_c (text,
                           (gssize) at,
                           "\"\\{}[],:\n\r \tx0\x80\xff\x01"[fuzz_roll (run, 17)]);
      break;
    case 3:
      if (fuzz_once_in (run, 4))
        g_string_truncate (text, at);
      break;
    }
}

void
fuzz_json_change (FuzzRun *run, GString *text, GBytes *donor)
{
  Place place = { { NULL, 0 }, { NULL, 0 } };

  if (!is_json (text->str, text->len) ||
      !find_place (run, jump_json_span_trim (text->str, text->len), &place))
    return;
  if (fuzz_once_in (run, 2) && change_inside (run, text, place.value, donor))
    return;
  switch (fuzz_roll (run, 8))
    {
    case 0:
    case 1:
      put_odd (run, text, place.value);
      break;
    case 2:
    case 3:
      transplant (run, text, &place, donor);
      break;
    case 4:
      drop (text, &place);
      break;
    case 5:
      repeat (text, &place, fuzz_once_in (run, 8) ? 200 : 1);
      break;
    case 6:
      nest (run, text, place.value);
      break;
    case 7:
      if (place.key.start != NULL)
        replace (text, place.key, odd_keys[fuzz_roll (run, G_N_ELEMENTS (odd_keys))], -1);
      else
        repeat (text, &place, 1);
      break;
    }
}

/* Writes the first letter of some key with an escape, as nobody does but everybody may. */
static void
escape_key (FuzzRun *run, GString *text)
{
  Place place = { { NULL, 0 }, { NULL, 0 } };
  g_autofree char *letter = NULL;
  gssize at;

  if (!is_json (text->str, text->len) ||
      !find_place (run, jump_json_span_trim (text->str, text->len), &place) ||
      place.key.start == NULL || place.key.length < 3 || !g_ascii_isalpha (place.key.start[1]))
    return;
  letter = g_strdup_printf ("\\u%04x", place.key.start[1]);
  at = place.key.start + 1 - text->str;
  g_string_erase (text, at, 1);
  g_string_insert (text, at, letter);
}

GBytes *
fuzz_json_mutate (FuzzRun *run, GBytes *seed, GBytes *donor)
{
  gsize length;
  const char *data = g_bytes_get_data (seed, &length);
  GString *text = g_string_new_len (data, (gssize) length);
  guint n = 1 + fuzz_roll (run, 4);
  GBytes *copy;

  for (guint i = 0; i < n; i++)
    fuzz_json_change (run, text, donor);
  if (fuzz_once_in (run, 12))
    escape_key (run, text);
  if (fuzz_once_in (run, 12))
    fuzz_bytes_change (run, text);
  /* Exactly as long as it is: reading behind it is found by the sanitizer. */
  copy = g_bytes_new (text->str, text->len);
  g_string_free (text, TRUE);
  return copy;
}
