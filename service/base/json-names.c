/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-names.h"

#include "service/base/json-bytes.h"
#include "service/base/random.h"

/* Up to this many, comparing each with each is faster than anything clever. */
#define FEW 12
/* How far behind a name that may repeat its value is looked at. */
#define SHORT 64

static inline guint64
load (const char *at, guint length)
{
  guint64 value = 0;

  memcpy (&value, at, length);
  return value;
}

/* Its first and last bytes and its length: what most names differ in. */
static inline guint64
sign_of (const char *name, guint length)
{
  guint64 value;

  if (length >= 8)
    value = load (name, 8) ^ (load (name + length - 8, 8) << 1);
  else if (length >= 4)
    value = load (name, 4) << 32 | load (name + length - 4, 4);
  else
    value = load (name, length);
  return value ^ ((guint64) length << 56);
}

static inline guint64
rotate (guint64 value, guint bits)
{
  return value << bits | value >> (64 - bits);
}

static inline void
stir (guint64 state[4])
{
  state[0] += state[1];
  state[2] += state[3];
  state[1] = rotate (state[1], 13) ^ state[0];
  state[3] = rotate (state[3], 16) ^ state[2];
  state[0] = rotate (state[0], 32);
  state[2] += state[1];
  state[0] += state[3];
  state[1] = rotate (state[1], 17) ^ state[2];
  state[3] = rotate (state[3], 21) ^ state[0];
  state[2] = rotate (state[2], 32);
}

/* SipHash-1-3: without the secret nobody can find names that all have one hash. */
static guint64
hash_of (const JumpJsonNames *self, const JumpJsonName *name)
{
  guint64 state[4] = {
    self->secret[0] ^ G_GUINT64_CONSTANT (0x736f6d6570736575),
    self->secret[1] ^ G_GUINT64_CONSTANT (0x646f72616e646f6d),
    self->secret[0] ^ G_GUINT64_CONSTANT (0x6c7967656e657261),
    self->secret[1] ^ G_GUINT64_CONSTANT (0x7465646279746573),
  };
  guint64 word;
  guint at = 0;

  for (; name->length - at >= 8; at += 8)
    {
      word = load (name->name + at, 8);
      state[3] ^= word;
      stir (state);
      state[0] ^= word;
    }
  word = load (name->name + at, name->length - at) | (guint64) name->length << 56;
  state[3] ^= word;
  stir (state);
  state[0] ^= word;
  state[2] ^= 0xff;
  for (int i = 0; i < 3; i++)
    stir (state);
  return state[0] ^ state[1] ^ state[2] ^ state[3];
}

/* The short string behind a name, without its quotes; absent when something else follows. */
static JumpJsonSpan
find_string_behind (const JumpJsonNames *self, const char *at)
{
  JumpJsonSpan none = { NULL, 0 };
  const char *end = self->end - at > SHORT ? at + SHORT : self->end;
  const char *start;

  at = jump_json_skip_space (at, end);
  if (at == end || *at != ':')
    return none;
  at = jump_json_skip_space (at + 1, end);
  if (at == end || *at != '"')
    return none;
  start = at + 1;
  at = jump_json_skip_easy (start, end);
  return at < end && *at == '"' ? (JumpJsonSpan){ start, (gsize) (at - start) } : none;
}

/* Whether both say the same and nothing depends on which of them is read. */
static gboolean
is_harmless (const JumpJsonNames *self, const JumpJsonName *a, const JumpJsonName *b)
{
  JumpJsonSpan left;
  JumpJsonSpan right;

  if (self->may_repeat == NULL || strlen (self->may_repeat) != a->length ||
      memcmp (self->may_repeat, a->name, a->length) != 0)
    return FALSE;
  left = find_string_behind (self, a->behind);
  right = find_string_behind (self, b->behind);
  return left.start != NULL && right.start != NULL && left.length == right.length &&
         memcmp (left.start, right.start, left.length) == 0;
}

static inline gboolean
is_same (const JumpJsonName *a, const JumpJsonName *b)
{
  return a->sign == b->sign && a->length == b->length && memcmp (a->name, b->name, a->length) == 0;
}

static const char *
find_among_few (const JumpJsonNames *self)
{
  for (guint i = self->first + 1; i < self->n_names; i++)
    {
      for (guint j = self->first; j < i; j++)
        {
          if (is_same (&self->names[j], &self->names[i]) &&
              !is_harmless (self, &self->names[j], &self->names[i]))
            return self->names[i].behind;
        }
    }
  return NULL;
}

static void
prepare_slots (JumpJsonNames *self, guint n_names)
{
  guint wanted = 64;

  while (wanted < 2 * n_names)
    wanted *= 2;
  if (self->slots == NULL)
    jump_random_bytes (self->secret, sizeof self->secret);
  if (self->slots_room < wanted)
    {
      g_free (self->slots);
      self->slots = g_new (guint32, wanted);
      self->slots_room = wanted;
    }
  self->n_slots = wanted;
  memset (self->slots, 0, wanted * sizeof *self->slots);
}

static const char *
find_among_many (JumpJsonNames *self)
{
  prepare_slots (self, self->n_names - self->first);
  for (guint i = self->first; i < self->n_names; i++)
    {
      JumpJsonName *name = &self->names[i];
      guint slot;

      name->sign = hash_of (self, name);
      slot = (guint) name->sign & (self->n_slots - 1);
      while (self->slots[slot] != 0 && !is_same (&self->names[self->slots[slot] - 1], name))
        slot = (slot + 1) & (self->n_slots - 1);
      if (self->slots[slot] == 0)
        self->slots[slot] = i + 1;
      else if (!is_harmless (self, &self->names[self->slots[slot] - 1], name))
        return name->behind;
    }
  return NULL;
}

static void
grow (JumpJsonNames *self)
{
  gboolean is_at_hand = self->names == self->at_hand;

  self->room *= 4;
  self->names = g_realloc_n (is_at_hand ? NULL : self->names, self->room, sizeof *self->names);
  if (is_at_hand)
    memcpy (self->names, self->at_hand, sizeof self->at_hand);
}

static void
decode (JumpJsonNames *self, JumpJsonName *name, JumpJsonSpan span)
{
  char *text = jump_json_span_dup_string (span);

  if (self->decoded == NULL)
    self->decoded = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->decoded, text);
  name->decoded = self->decoded->len;
  name->name = text;
  name->length = (guint) strlen (text);
}

/**
 * jump_json_names_init:
 * @self: (out caller-allocates): no object is open
 * @end: behind the last byte of the text that is scanned
 * @may_repeat: (nullable): must outlive @self
 */
void
jump_json_names_init (JumpJsonNames *self, const char *end, const char *may_repeat)
{
  self->end = end;
  self->may_repeat = may_repeat;
  self->names = self->at_hand;
  self->n_names = 0;
  self->room = JUMP_JSON_NAMES_AT_HAND;
  self->first = 0;
  self->decoded = NULL;
  self->slots = NULL;
  self->slots_room = 0;
}

void
jump_json_names_clear (JumpJsonNames *self)
{
  if (self->names != self->at_hand)
    g_free (self->names);
  self->names = NULL;
  g_clear_pointer (&self->decoded, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_free);
}

/**
 * jump_json_names_open:
 *
 * An object begins; the names that come now are its own.
 *
 * Returns: where the names of the object around it begin
 */
guint
jump_json_names_open (JumpJsonNames *self)
{
  guint outer = self->first;

  self->first = self->n_names;
  return outer;
}

/**
 * jump_json_names_add:
 * @name: of a checked text, quotes included
 *
 * Names with escapes are compared decoded: "mod\u0065l" is "model".
 *
 * Returns: %FALSE when there are more than %JUMP_JSON_MAX_NAMES
 */
gboolean
jump_json_names_add (JumpJsonNames *self, JumpJsonSpan name)
{
  JumpJsonName *added;

  if (self->n_names == self->room)
    {
      if (self->room >= JUMP_JSON_MAX_NAMES)
        return FALSE;
      grow (self);
    }
  added = &self->names[self->n_names++];
  added->name = name.start + 1;
  added->length = (guint) MIN (name.length - 2, G_MAXUINT);
  added->decoded = 0;
  added->behind = name.start + name.length;
  if (memchr (added->name, '\\', added->length) != NULL)
    decode (self, added, name);
  added->sign = sign_of (added->name, added->length);
  return TRUE;
}

/**
 * jump_json_names_close:
 * @outer: what jump_json_names_open() returned for this object
 *
 * The innermost object ends; its names are forgotten.
 *
 * Returns: (nullable): %NULL unless one of them stood there twice
 */
const char *
jump_json_names_close (JumpJsonNames *self, guint outer)
{
  guint n_names = self->n_names - self->first;
  const char *found = NULL;

  if (n_names > 1)
    found = n_names <= FEW ? find_among_few (self) : find_among_many (self);
  /* The innermost object's names were decoded last. */
  for (guint i = self->first; self->decoded != NULL && i < self->n_names; i++)
    {
      if (self->names[i].decoded == 0)
        continue;
      g_ptr_array_set_size (self->decoded, (int) self->names[i].decoded - 1);
      break;
    }
  self->n_names = self->first;
  self->first = outer;
  return found;
}
