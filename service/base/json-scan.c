/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-scan.h"

#include "service/base/error.h"
#include "service/base/json-bytes.h"
#include "service/base/json-names.h"
#include "service/base/json-place.h"
#include "service/base/limits.h"

/* Room for the stack of brackets; a limit above this is lowered to it. */
#define DEPTH_CEILING 1024

typedef struct
{
  const char *end;
  guint depth;
  guint max_depth;
  gboolean in_object;              /* what the innermost bracket opened */
  guint8 is_object[DEPTH_CEILING]; /* the same for all, the outermost first */

  JumpJsonNames *names;             /* (unowned) (nullable): NULL: names may repeat */
  guint outer_names[DEPTH_CEILING]; /* for each bracket, what jump_json_names_open() said */

  JumpJsonMemberFunc on_member; /* (nullable) */
  gpointer user_data;
  JumpJsonSpan key; /* of the outermost object's member at hand; absent in arrays */
  const char *value_start;

  const char *failed_at;
  const char *expected; /* (nullable) what should have stood there; NULL: less depth */
  gboolean is_repeated; /* a name ends at failed_at that stood there before */
} Scanner;

/* Each scan_…() takes the place where something begins and returns the one behind it, or what this
 * returns: NULL. */
static const char *
fail (Scanner *self, const char *at, const char *expected)
{
  self->failed_at = at;
  self->expected = expected;
  return NULL;
}

static inline gboolean
is_continuation (char byte)
{
  return ((guchar) byte & 0xc0) == 0x80;
}

/* The length of the well-formed character of several bytes at @at, or 0: no overlong forms, no
 * surrogates, nothing above U+10FFFF (the table of RFC 3629). */
static gsize
multibyte_length (const char *at, const char *end)
{
  guchar first = (guchar) at[0];
  guchar second = end - at >= 2 ? (guchar) at[1] : 0;

  if (first >= 0xc2 && first <= 0xdf)
    return is_continuation ((char) second) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef)
    {
      if (end - at < 3 || !is_continuation (at[1]) || !is_continuation (at[2]))
        return 0;
      return (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ? 0 : 3;
    }
  if (first >= 0xf0 && first <= 0xf4)
    {
      if (end - at < 4 || !is_continuation (at[1]) || !is_continuation (at[2]) ||
          !is_continuation (at[3]))
        return 0;
      return (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f) ? 0 : 4;
    }
  return 0;
}

/* The length of the \uXXXX at @at, or 0. Lone surrogates are allowed by the grammar. */
static gsize
long_escape_length (const char *at, const char *end)
{
  if (end - at < 6 || at[1] != 'u')
    return 0;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return 0;
    }
  return 6;
}

/* Goes on in a string where jump_json_skip_easy() stopped. Returns: the closing quote. */
static const char *
scan_rest_of_string (Scanner *self, const char *at)
{
  const char *end = self->end;

  while (at < end && *at != '"')
    {
      gsize length;

      if (*at == '\\')
        {
          length = long_escape_length (at, end);
          if (length == 0)
            return fail (self, at, "a valid escape");
        }
      else if ((guchar) *at >= 0x80)
        {
          length = multibyte_length (at, end);
          if (length == 0)
            return fail (self, at, "valid UTF-8");
        }
      else
        return fail (self, at, "an escape instead of a control character");
      at += length;
      /* In most scripts such bytes come in rows. */
      if (at < end && (guchar) *at < 0x80)
        at = jump_json_skip_easy (at, end);
    }
  return at < end ? at : fail (self, at, "a closing quote");
}

/* @at is at the opening quote. */
static G_ALWAYS_INLINE inline const char *
scan_string (Scanner *self, const char *at)
{
  at = jump_json_skip_easy (at + 1, self->end);
  if (at == self->end || *at != '"')
    at = scan_rest_of_string (self, at);
  return at != NULL ? at + 1 : NULL;
}

static const char *
scan_digits (Scanner *self, const char *at)
{
  const char *start = at;

  while (at < self->end && jump_json_is_digit (*at))
    at++;
  return at == start ? fail (self, at, "a digit") : at;
}

static const char *
scan_number (Scanner *self, const char *at)
{
  const char *end = self->end;

  if (*at == '-')
    at++;
  if (at < end && *at == '0')
    at++;
  else if ((at = scan_digits (self, at)) == NULL)
    return NULL;
  if (at < end && *at == '.' && (at = scan_digits (self, at + 1)) == NULL)
    return NULL;
  if (at < end && (*at == 'e' || *at == 'E'))
    {
      at++;
      if (at < end && (*at == '+' || *at == '-'))
        at++;
      return scan_digits (self, at);
    }
  return at;
}

static G_ALWAYS_INLINE inline const char *
scan_word (Scanner *self, const char *at, const char *word, gsize length)
{
  if ((gsize) (self->end - at) < length || memcmp (at, word, length) != 0)
    return fail (self, at, "a value");
  return at + length;
}

static G_ALWAYS_INLINE inline const char *
scan_scalar (Scanner *self, const char *at)
{
  if (*at == '"')
    return scan_string (self, at);
  if (jump_json_is_digit (*at) || *at == '-')
    return scan_number (self, at);
  if (*at == 't')
    return scan_word (self, at, "true", 4);
  if (*at == 'f')
    return scan_word (self, at, "false", 5);
  return scan_word (self, at, "null", 4);
}

/* Returns: the place behind the colon. @with_names: known when this is compiled, in all that follow:
 * chunks of replies, which need no names, go as fast as without. */
static G_ALWAYS_INLINE inline const char *
scan_key (Scanner *self, const char *at, gboolean is_first, gboolean with_names)
{
  const char *start = at;

  if (at == self->end || *at != '"')
    return fail (self, at, is_first ? "a member name or '}'" : "a member name");
  at = scan_string (self, at);
  if (at == NULL)
    return NULL;
  if (with_names &&
      !jump_json_names_add (self->names, (JumpJsonSpan){ start, (gsize) (at - start) }))
    return fail (self, start, "fewer names in one object");
  if (self->depth == 1)
    self->key = (JumpJsonSpan){ start, (gsize) (at - start) };
  if (at == self->end || *at != ':')
    {
      at = jump_json_skip_space (at, self->end);
      if (at == self->end || *at != ':')
        return fail (self, at, "':'");
    }
  return jump_json_skip_space (at + 1, self->end);
}

static G_ALWAYS_INLINE inline const char *
open_container (Scanner *self, const char *at, gboolean with_names)
{
  if (self->depth == self->max_depth)
    return fail (self, at, NULL);
  self->in_object = *at == '{';
  self->is_object[self->depth] = self->in_object;
  if (self->in_object && with_names)
    self->outer_names[self->depth] = jump_json_names_open (self->names);
  self->depth++;
  return jump_json_skip_space (at + 1, self->end);
}

static G_ALWAYS_INLINE inline gboolean
close_container (Scanner *self, gboolean with_names)
{
  self->depth--;
  if (self->in_object && with_names)
    {
      const char *repeated = jump_json_names_close (self->names, self->outer_names[self->depth]);

      if (repeated != NULL)
        {
          self->is_repeated = TRUE;
          fail (self, repeated, "each name once");
          return FALSE;
        }
    }
  if (self->depth > 0)
    self->in_object = self->is_object[self->depth - 1];
  return TRUE;
}

/* @at is behind a value. Closes what ends here, and takes the comma unless everything is closed. */
static G_ALWAYS_INLINE inline const char *
scan_after_value (Scanner *self, const char *at, gboolean with_names)
{
  while (TRUE)
    {
      if (self->depth == 1 && self->key.start != NULL && self->on_member != NULL)
        self->on_member (self->key,
                         (JumpJsonSpan){ self->value_start, (gsize) (at - self->value_start) },
                         self->user_data);
      at = jump_json_skip_space_to (at, self->end, ',');
      if (self->depth == 0)
        return at;
      if (at < self->end && *at == ',')
        return jump_json_skip_space (at + 1, self->end);
      if (at == self->end || *at != (self->in_object ? '}' : ']'))
        return fail (self, at, self->in_object ? "',' or '}'" : "',' or ']'");
      if (!close_container (self, with_names))
        return NULL;
      at++;
    }
}

static G_ALWAYS_INLINE inline gboolean
scan_document (Scanner *self, const char *at, gboolean with_names)
{
  gboolean is_first = FALSE; /* nothing stands between @at and an opening bracket */

  at = jump_json_skip_space (at, self->end);
  do
    {
      if (self->depth > 0 && self->in_object)
        at = scan_key (self, at, is_first, with_names);
      if (at == NULL)
        return FALSE;
      if (at == self->end)
        {
          fail (self, at, "a value");
          return FALSE;
        }
      if (self->depth == 1)
        self->value_start = at;
      is_first = jump_json_is_opening_bracket (*at);
      if (is_first)
        {
          at = open_container (self, at, with_names);
          if (at == NULL)
            return FALSE;
          if (at == self->end || *at != (self->in_object ? '}' : ']'))
            continue;
          close_container (self, with_names);
          at++;
        }
      else if ((at = scan_scalar (self, at)) == NULL)
        return FALSE;
      at = scan_after_value (self, at, with_names);
      if (at == NULL)
        return FALSE;
      is_first = FALSE;
    }
  while (self->depth > 0);
  if (at != self->end)
    fail (self, at, "nothing after the value");
  return at == self->end;
}

static gboolean
run (Scanner *self,
     const char *data,
     gsize length,
     guint max_depth,
     JumpJsonMemberFunc on_member,
     gpointer user_data)
{
  const char *start = length == 0 ? "" : data;

  self->end = start + length;
  self->depth = 0;
  self->max_depth = MIN (max_depth, DEPTH_CEILING);
  self->in_object = FALSE;
  self->on_member = on_member;
  self->user_data = user_data;
  self->key = (JumpJsonSpan){ NULL, 0 };
  self->expected = NULL;
  self->is_repeated = FALSE;
  self->failed_at = start;
  return self->names != NULL ? scan_document (self, start, TRUE)
                             : scan_document (self, start, FALSE);
}

/* Returns: FALSE, for those who call it last. */
static gboolean
report (const Scanner *self, const char *data, gsize length, gboolean names_place, GError **error)
{
  gsize offset = length == 0 ? 0 : (gsize) (self->failed_at - data);
  g_autofree char *place = names_place ? jump_json_describe_place (data, offset) : NULL;
  g_autofree char *levels =
      self->expected == NULL ? g_strdup_printf ("at most %u levels", self->max_depth) : NULL;

  if (self->is_repeated && place != NULL)
    g_set_error (error, JUMP_ERROR, JUMP_ERROR_BAD_REQUEST, "%s: given more than once", place);
  else
    g_set_error (error,
                 JUMP_ERROR,
                 JUMP_ERROR_BAD_REQUEST,
                 "invalid JSON at byte %" G_GSIZE_FORMAT "%s%s: expected %s",
                 offset,
                 place != NULL ? ", in " : "",
                 place != NULL ? place : "",
                 levels != NULL ? levels : self->expected);
  return FALSE;
}

/**
 * jump_json_validate:
 * @data: JSON text; need not end with a NUL
 * @length: in bytes
 * @max_depth: how many arrays and objects may stand inside each other, 1024 at most
 * @error: JUMP_ERROR_BAD_REQUEST, naming the byte offset (from 0) and what was expected there
 *
 * Linear and without recursion, so that no client can make it slow or overflow the stack.
 *
 * Returns: whether @data is exactly one JSON value (RFC 8259)
 */
gboolean
jump_json_validate (const char *data, gsize length, guint max_depth, GError **error)
{
  return jump_json_validate_members (data, length, max_depth, NULL, NULL, error);
}

/**
 * jump_json_validate_members:
 * @data: see jump_json_validate(), as the others
 * @length: in bytes
 * @max_depth: levels
 * @on_member: (nullable) (scope call): gets each member of the outermost object
 * @user_data: for @on_member
 * @error: as there
 *
 * Spares those who need the outermost members a second walk over the whole text. They are handed
 * over in their order, each as soon as it is checked, which is before the rest of the text is: what
 * @on_member notes down counts only when all was good. An outermost array or scalar has no members.
 *
 * Returns: whether @data is exactly one JSON value (RFC 8259)
 */
gboolean
jump_json_validate_members (const char *data,
                            gsize length,
                            guint max_depth,
                            JumpJsonMemberFunc on_member,
                            gpointer user_data,
                            GError **error)
{
  Scanner scanner;

  scanner.names = NULL;
  return run (&scanner, data, length, max_depth, on_member, user_data) ||
         report (&scanner, data, length, FALSE, error);
}

/**
 * jump_json_validate_request:
 * @data: see jump_json_validate(), as the others
 * @length: in bytes
 * @may_repeat: (nullable): a name that may stand twice in an object when the same short string follows
 *   each time
 * @on_member: (nullable) (scope call): gets each member of the outermost object
 * @user_data: for @on_member
 * @error: JUMP_ERROR_BAD_REQUEST: as there with the place ("invalid JSON at byte 31, in
 *   messages[2].content: expected a value"), or "messages[2].role: given more than once"
 *
 * What a client sends to be acted on is judged here and often read by somebody else. Most parsers take
 * the last of two equal names, some the first, so no object may have any (H-15). At most
 * %JUMP_LIMIT_JSON_DEPTH levels.
 *
 * Returns: whether @data is exactly one JSON value (RFC 8259) that all readers understand alike
 */
gboolean
jump_json_validate_request (const char *data,
                            gsize length,
                            const char *may_repeat,
                            JumpJsonMemberFunc on_member,
                            gpointer user_data,
                            GError **error)
{
  g_auto (JumpJsonNames) names;
  Scanner scanner;

  jump_json_names_init (&names, length == 0 ? data : data + length, may_repeat);
  scanner.names = &names;
  return run (&scanner, data, length, JUMP_LIMIT_JSON_DEPTH, on_member, user_data) ||
         report (&scanner, data, length, TRUE, error);
}
