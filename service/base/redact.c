/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/redact.h"

#include <string.h>

#define REPLACEMENT "***"
/* Copilot codes and keys of ours are hexadecimal and at least this long; request ids (UUIDs) and
 * short hashes stay readable. */
#define MIN_HEX 40
/* Shorter words behind "sk-" or "token:" are language, not secrets. */
#define MIN_SECRET 16
/* No name of a secret is longer; keeps the look-up of names short. */
#define MAX_NAME 64
/* What ends a value without quotes. */
#define VALUE_ENDS " \t\r\n&,;\"'<>()[]{}\\"

/* A header whose name ends in one of these belongs to a secret, however short that is: authorization,
 * proxy-authorization, cookie, x-api-key, x-goog-api-key, x-auth-token … A key that is none is no loss. */
static const char *const header_endings[] = { "authorization", "cookie",   "key",  "token",
                                              "secret",        "password", "auth", "credential" };
/* A value with one of these names, or with a name that ends in one of them, is a secret. */
static const char *const secret_names[] = {
  "token",      "secret", "password",      "passwd",      "api_key",     "api-key",    "apikey",
  "access_key", "cookie", "authorization", "device_code", "device-code", "devicecode", "passphrase",
};

/* Headers whose value is everything up to the end of the line. */
static const char *const line_names[] = { "cookie", "authorization" };

typedef struct
{
  const char *start;
  const char *end;
} Range;

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static gboolean
is_name (char c)
{
  return is_word (c) || c == '-';
}

/* What tokens of all kinds consist of, base64 included. */
static gboolean
is_token (char c)
{
  return is_name (c) || (c != '\0' && strchr (".~+/=:;,", c) != NULL);
}

static const char *
skip_while (const char *at, gboolean (*is_member) (char c))
{
  while (is_member (*at))
    at++;
  return at;
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t';
}

static gboolean
is_lower_hex (char c)
{
  return g_ascii_isdigit (c) || (c >= 'a' && c <= 'f');
}

static gboolean
ends_with_any (const char *name, gsize length, const char *const *endings, gsize n_endings)
{
  for (gsize i = 0; i < n_endings; i++)
    {
      gsize ending = strlen (endings[i]);

      if (length >= ending && g_ascii_strncasecmp (name + length - ending, endings[i], ending) == 0)
        return TRUE;
    }
  return FALSE;
}

static const char *
match_github_token (const char *at)
{
  const char *end;

  if (g_str_has_prefix (at, "github_pat_"))
    return skip_while (at, is_word);
  if (at[0] != 'g' || at[1] != 'h' || at[2] == '\0' || strchr ("oprsu", at[2]) == NULL ||
      at[3] != '_')
    return NULL;
  end = skip_while (at + 4, is_word);
  return end - at >= 8 ? end : NULL;
}

/* Copilot tokens: tid=…;exp=…;sku=…:mac */
static const char *
match_copilot_token (const char *at)
{
  if (!g_str_has_prefix (at, "tid=") || !is_word (at[4]))
    return NULL;
  return skip_while (at, is_token);
}

/* Three parts of base64, the first one a JSON object. */
static const char *
match_json_web_token (const char *at)
{
  const char *end;

  if (!g_str_has_prefix (at, "eyJ"))
    return NULL;
  end = skip_while (at, is_name);
  if (*end != '.' || end - at < 10)
    return NULL;
  end = skip_while (end + 1, is_name);
  return *end == '.' ? skip_while (end + 1, is_name) : end;
}

static const char *
match_api_key (const char *at)
{
  const char *end;

  if (!g_str_has_prefix (at, "sk-"))
    return NULL;
  end = skip_while (at, is_name);
  return end - at >= MIN_SECRET + 3 ? end : NULL;
}

static const char *
match_hex (const char *at)
{
  const char *end = skip_while (at, is_lower_hex);

  return end - at >= MIN_HEX && !is_word (*end) ? end : NULL;
}

/* Secrets that are known by their shape. @at_name: no name goes on in front of @at. Each byte is
 * looked at a few times at most, however the text is made: runs are scanned at their beginning. */
static const char *
match_shape (const char *at, gboolean at_name)
{
  const char *end = match_github_token (at);

  if (end == NULL && at_name)
    end = match_copilot_token (at);
  if (end == NULL && at_name)
    end = match_json_web_token (at);
  if (end == NULL && at_name)
    end = match_api_key (at);
  if (end == NULL && at_name)
    end = match_hex (at);
  return end;
}

/* "bearer" as a word of a sentence is followed by a plain word, as a scheme by a token. */
static gboolean
find_bearer (const char *at, Range *out)
{
  gboolean has_other = FALSE;

  if (g_ascii_strncasecmp (at, "bearer ", 7) != 0)
    return FALSE;
  out->start = skip_while (at + 7, is_space);
  out->end = skip_while (out->start, is_token);
  for (const char *c = out->start; c < out->end; c++)
    has_other = has_other || !g_ascii_islower (*c);
  return out->end > out->start && (has_other || *at == 'B');
}

/* name:password@ of an address */
static gboolean
find_user_info (const char *at, Range *out)
{
  if (!g_str_has_prefix (at, "://"))
    return FALSE;
  out->start = at + 3;
  out->end = out->start + strcspn (out->start, "@/?# \t\r\n\"'");
  return *out->end == '@' && out->end > out->start;
}

/* @at is behind the opening quote, in front of which @depth backslashes stood (JSON that is itself
 * a string). Returns the closing quote, or of its backslashes the first. */
static const char *
find_closing_quote (const char *at, char quote, gsize depth)
{
  gsize n_backslashes = 0;

  for (; *at != '\0' && *at != '\n'; at++)
    {
      if (*at == quote && (depth == 0 ? n_backslashes % 2 == 0 : n_backslashes <= depth))
        return at - MIN (n_backslashes, depth);
      n_backslashes = *at == '\\' ? n_backslashes + 1 : 0;
    }
  return at;
}

static gboolean
is_harmless (const Range *value)
{
  gsize length = (gsize) (value->end - value->start);
  gsize n_digits = 0;

  if (length == 0 || (length == 4 && strncmp (value->start, "null", 4) == 0) ||
      (length == 4 && strncmp (value->start, "true", 4) == 0) ||
      (length == 5 && strncmp (value->start, "false", 5) == 0))
    return TRUE;
  while (n_digits < length && g_ascii_isdigit (value->start[n_digits]))
    n_digits++;
  return n_digits == length && length < 8;
}

/* "token: expected string" is a message, "token: 8f3a…" is not. */
static gboolean
looks_secret (const Range *value)
{
  gboolean has_digit = FALSE;

  for (const char *c = value->start; c < value->end; c++)
    has_digit = has_digit || g_ascii_isdigit (*c);
  return has_digit && value->end - value->start >= MIN_SECRET;
}

static gsize
count_backslashes (const char *at)
{
  return strspn (at, "\\");
}

/* @at is behind a name: finds the value in name=value, "name":"value", name: value. */
static gboolean
find_value (const char *at, gboolean is_line, Range *out)
{
  gboolean is_quoted_name;
  gsize depth = count_backslashes (at);
  char separator;

  is_quoted_name = at[depth] == '"' || at[depth] == '\'';
  if (is_quoted_name)
    at += depth + 1;
  at = skip_while (at, is_space);
  separator = *at;
  if (separator != ':' && separator != '=')
    return FALSE;
  at = skip_while (at + 1, is_space);
  depth = count_backslashes (at);
  if (at[depth] == '"' || at[depth] == '\'')
    {
      out->start = at + depth + 1;
      out->end = find_closing_quote (out->start, at[depth], depth);
      return !is_harmless (out);
    }
  out->start = at;
  if (is_line)
    out->end = at + strcspn (at, "\r\n\"'");
  else if (is_quoted_name || separator == '=')
    out->end = at + strcspn (at, VALUE_ENDS);
  else
    out->end = at + strcspn (at, VALUE_ENDS ":");
  if (is_harmless (out))
    return FALSE;
  return is_line || is_quoted_name || separator == '=' || looks_secret (out);
}

/* @at is where a word begins. */
static gboolean
find_named (const char *at, Range *out)
{
  const char *end = skip_while (at, is_name);
  gsize length = (gsize) (end - at);

  if (length == 0 || length > MAX_NAME ||
      !ends_with_any (at, length, secret_names, G_N_ELEMENTS (secret_names)))
    return FALSE;
  return find_value (end, ends_with_any (at, length, line_names, G_N_ELEMENTS (line_names)), out);
}

static gboolean
find_secret (const char *text, const char *at, Range *out)
{
  gboolean at_name = at == text || !is_name (at[-1]);

  /* Most bytes of a text begin nothing: GitHub's tokens begin anywhere, all others where a name does. */
  if (*at == ':')
    return find_user_info (at, out);
  if (*at != 'g' && !(at_name && is_name (*at)))
    return FALSE;
  out->start = at;
  out->end = match_shape (at, at_name);
  if (out->end != NULL)
    return TRUE;
  return at_name && (find_bearer (at, out) || find_named (at, out));
}

char *
jump_redact (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 1);
  const char *plain = text;
  const char *at = text;

  while (*at != '\0')
    {
      Range secret;

      if (!find_secret (text, at, &secret))
        {
          at++;
          continue;
        }
      g_string_append_len (out, plain, secret.start - plain);
      g_string_append (out, REPLACEMENT);
      plain = at = secret.end;
    }
  g_string_append_len (out, plain, at - plain);
  return g_string_free (out, FALSE);
}

/**
 * jump_redact_has_secret:
 *
 * Returns: whether jump_redact() would change @text
 */
gboolean
jump_redact_has_secret (const char *text)
{
  Range secret;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (find_secret (text, at, &secret))
        return TRUE;
    }
  return FALSE;
}

/**
 * jump_redact_is_secret_name:
 * @name: of a header, in any case
 *
 * Returns: whether its value is a secret whatever it looks like (H-17)
 */
gboolean
jump_redact_is_secret_name (const char *name)
{
  return ends_with_any (name, strlen (name), header_endings, G_N_ELEMENTS (header_endings));
}
