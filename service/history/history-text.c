/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/history/history-text.h"

#include <string.h>

/* Longer strings without a space are pictures, sealed thoughts and the like. */
#define MAX_WORD 256

/* Letters that find words which begin with them: the index has the beginnings of this length. */
#define MIN_BEGIN 3

/* Strings that say what something is, not what somebody said. */
static const char *const silent_names[] = {
  "type",    "role",       "id", "object", "model", "signature", "encrypted_content",
  "item_id", "obfuscation"
};
/* Pieces of one text in streams of all APIs. */
static const char *const piece_names[] = { "content",        "text",         "delta",
                                           "thinking",       "partial_json", "arguments",
                                           "reasoning_text", "response" };

typedef struct
{
  const char *at;
  const char *end;
  GString *out;
  gsize limit;
  gboolean is_stream;
  char *name;            /* (owned) (nullable): of the member whose value comes */
  const char *last_name; /* (nullable): of the piece before, one of piece_names */
} Walk;

/**
 * jump_history_text_fold:
 *
 * Returns: (transfer full): as two texts look that differ in case alone
 */
char *
jump_history_text_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  return g_utf8_casefold (valid, -1);
}

/* Scripts that set no spaces between words. */
static gboolean
stands_alone (gunichar letter)
{
  if (letter < 0x0e00)
    return FALSE;
  switch ((int) g_unichar_get_script (letter))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return g_unichar_isalpha (letter);
    default:
      return FALSE;
    }
}

void
jump_history_text_append_words (GString *out, const char *text)
{
  g_autofree char *valid = NULL;

  if (g_str_is_ascii (text))
    {
      g_string_append (out, text);
      return;
    }
  valid = g_utf8_make_valid (text, -1);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      gboolean is_alone = stands_alone (letter);

      if (is_alone)
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, letter);
      if (is_alone)
        g_string_append_c (out, ' ');
    }
}

static gboolean
read_hex (const char *at, const char *end, gunichar *out_value)
{
  *out_value = 0;
  if (end - at < 4)
    return FALSE;
  for (gsize i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return FALSE;
      *out_value = *out_value * 16 + (guint) digit;
    }
  return TRUE;
}

/* @at: behind "\u". Returns: behind what belongs to it */
static const char *
append_unicode (GString *out, const char *at, const char *end)
{
  gunichar high;
  gunichar low;

  if (!read_hex (at, end, &high))
    return at;
  at += 4;
  if (high >= 0xd800 && high < 0xdc00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u' &&
      read_hex (at + 2, end, &low) && low >= 0xdc00 && low < 0xe000)
    {
      g_string_append_unichar (out, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
      return at + 6;
    }
  if (high >= 0x20 && (high < 0xd800 || high >= 0xe000))
    g_string_append_unichar (out, high);
  else
    g_string_append_c (out, ' ');
  return at;
}

/* Takes the string in front, quotes included. Returns: (transfer full): what it says */
static char *
take_string (Walk *walk)
{
  GString *text = g_string_new (NULL);

  walk->at++;
  while (walk->at < walk->end && *walk->at != '"')
    {
      const char *stop = walk->at;

      while (stop < walk->end && *stop != '"' && *stop != '\\')
        stop++;
      g_string_append_len (text, walk->at, stop - walk->at);
      walk->at = stop;
      if (stop == walk->end || *stop == '"')
        continue;
      if (walk->end - stop < 2) /* cut in the middle of an escape */
        break;
      walk->at += 2;
      if (stop[1] == 'u')
        walk->at = append_unicode (text, walk->at, walk->end);
      else
        g_string_append_c (text, strchr ("ntrbf", stop[1]) != NULL ? ' ' : stop[1]);
    }
  if (walk->at < walk->end && *walk->at == '\\') /* the last byte of what was cut */
    walk->at++;
  if (walk->at < walk->end)
    walk->at++;
  return g_string_free (text, FALSE);
}

static gboolean
is_name (const Walk *walk)
{
  const char *at = walk->at;

  while (at < walk->end && g_ascii_isspace (*at))
    at++;
  return at < walk->end && *at == ':';
}

static const char *
find_name (const char *const *names, gsize n_names, const char *name)
{
  for (gsize i = 0; name != NULL && i < n_names; i++)
    {
      if (strcmp (names[i], name) == 0)
        return names[i];
    }
  return NULL;
}

static void
append_value (Walk *walk, const char *text)
{
  const char *piece =
      walk->is_stream ? find_name (piece_names, G_N_ELEMENTS (piece_names), walk->name) : NULL;

  if (find_name (silent_names, G_N_ELEMENTS (silent_names), walk->name) != NULL ||
      (strlen (text) > MAX_WORD && strchr (text, ' ') == NULL && g_str_is_ascii (text)))
    return;
  if (piece == NULL || piece != walk->last_name)
    g_string_append_c (walk->out, '\n');
  if (piece != NULL)
    g_string_append (walk->out, text);
  else
    jump_history_text_append_words (walk->out, text);
  walk->last_name = piece;
}

static void
take_value (Walk *walk)
{
  g_autofree char *text = take_string (walk);

  if (is_name (walk))
    {
      g_free (walk->name);
      walk->name = g_steal_pointer (&text);
      return;
    }
  append_value (walk, text);
}

/* Events, or one object on each line. */
static gboolean
is_stream (const char *data, gsize length)
{
  const char *line_end = memchr (data, '\n', length);

  if (length == 0)
    return FALSE;
  if (*data != '{')
    return *data != '[' && *data != '"';
  return line_end != NULL && line_end > data && line_end[-1] == '}';
}

static void
cut_to (GString *text, gsize limit)
{
  if (text->len <= limit)
    return;
  while (limit > 0 && ((guchar) text->str[limit] & 0xc0) == 0x80)
    limit--;
  g_string_truncate (text, limit);
}

/**
 * jump_history_text_append_body:
 * @body: (nullable): whatever a client or we sent; need not be JSON, nor whole
 * @limit: bytes of @out at most
 */
void
jump_history_text_append_body (GString *out, GBytes *body, gsize limit)
{
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  g_autoptr (GString) joined = g_string_new (NULL);
  Walk walk = { .at = data, .end = data + length, .out = out, .limit = limit };

  if (length == 0)
    return;
  walk.is_stream = is_stream (data, length);
  /* Letters can be set apart only once pieces are joined. */
  if (walk.is_stream)
    walk.out = joined;
  while (walk.at < walk.end && walk.out->len < limit)
    {
      walk.at = memchr (walk.at, '"', (gsize) (walk.end - walk.at));
      if (walk.at == NULL)
        break;
      take_value (&walk);
    }
  g_free (walk.name);
  if (walk.is_stream)
    jump_history_text_append_words (out, joined->str);
  cut_to (out, limit);
}

static gboolean
has_word (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (g_unichar_isalnum (g_utf8_get_char (text)))
        return TRUE;
    }
  return FALSE;
}

/* A word as a phrase: nothing between the quotes means anything to the engine, and what it takes for several words
 * must stand side by side. */
static void
append_phrase (GString *match, const char *word)
{
  g_autoptr (GString) spaced = g_string_new (NULL);

  jump_history_text_append_words (spaced, word);
  if (match->len > 0)
    g_string_append_c (match, ' ');
  g_string_append_c (match, '"');
  for (const char *at = spaced->str; *at != '\0'; at++)
    g_string_append_c (match, *at == '"' ? ' ' : *at);
  g_string_append_c (match, '"');
}

/**
 * jump_history_text_make_match:
 * @text: as somebody typed it
 *
 * Returns: (transfer full) (nullable): NULL where nothing could be found
 */
char *
jump_history_text_make_match (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) words = g_strsplit_set (valid, " \t\r\n", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  const char *last = NULL;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (!has_word (words[i]))
        continue;
      append_phrase (match, words[i]);
      last = words[i];
    }
  if (last == NULL)
    return NULL;
  if (g_utf8_strlen (last, -1) >= MIN_BEGIN)
    g_string_append_c (match, '*');
  return g_string_free (g_steal_pointer (&match), FALSE);
}
