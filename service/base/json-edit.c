/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/base/json-edit.h"

#include "service/base/json-bytes.h"
#include "service/base/json-write.h"

typedef enum
{
  PIECE_REPLACE,
  PIECE_REMOVE, /* a member, from its name to the end of its value, without any comma */
  PIECE_INSERT, /* behind the opening bracket of an object */
} PieceKind;

typedef struct
{
  PieceKind kind;
  guint order; /* of the call; keeps insertions at one place in their order */
  const char *start;
  const char *end;
  char *text; /* (owned) (nullable) */
  gsize text_length;
} Piece;

struct _JumpJsonEdit
{
  const char *start;
  const char *end;
  GArray *pieces; /* (owned) (element-type Piece), in the order of the calls */
};

static void
clear_piece (gpointer memory)
{
  Piece *piece = memory;

  g_clear_pointer (&piece->text, g_free);
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Piece *left = a;
  const Piece *right = b;

  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  /* A new member stands in front of the first one, also when that one goes. */
  if ((left->kind == PIECE_INSERT) != (right->kind == PIECE_INSERT))
    return left->kind == PIECE_INSERT ? -1 : 1;
  return left->order < right->order ? -1 : 1;
}

static void
add_piece (JumpJsonEdit *self,
           PieceKind kind,
           const char *start,
           const char *end,
           char *text,
           gsize text_length)
{
  Piece piece = {
    .kind = kind,
    .order = self->pieces->len,
    .start = start,
    .end = end,
    .text = text,
    .text_length = text_length,
  };

  g_return_if_fail (start >= self->start && end >= start && end <= self->end);
  g_array_append_val (self->pieces, piece);
}

/* The first byte in front of @at that is no space: the bracket or the comma before a member. */
static const char *
find_before (const JumpJsonEdit *self, const char *at)
{
  do
    at--;
  while (at > self->start && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'));
  return at;
}

/* Members that stand side by side share their commas, so they go together. pieces[first] is a
 * removal; returns the end of the last member of its run. */
static const char *
find_run_end (const JumpJsonEdit *self, const GArray *pieces, guint first)
{
  const char *end = g_array_index (pieces, Piece, first).end;

  for (guint i = first + 1; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);
      const char *comma = jump_json_skip_space (end, self->end);

      if (piece->start < end)
        continue; /* inside what goes anyway */
      if (piece->kind != PIECE_REMOVE || comma == self->end || *comma != ',' ||
          jump_json_skip_space (comma + 1, self->end) != piece->start)
        break;
      end = piece->end;
    }
  return end;
}

/* Appends what stands between @position and the run, and returns where to go on. */
static const char *
remove_run (const JumpJsonEdit *self,
            const GArray *pieces,
            guint first,
            const char *position,
            GString *out)
{
  const char *start = g_array_index (pieces, Piece, first).start;
  const char *end = find_run_end (self, pieces, first);
  const char *before = find_before (self, start);
  const char *after = jump_json_skip_space (end, self->end);

  if (*before == ',')
    start = before;
  else if (after < self->end && *after == ',')
    end = jump_json_skip_space (after + 1, self->end);
  g_string_append_len (out, position, start - position);
  return end;
}

/* Whether a member stays in the object whose bracket is in front of pieces[index], an insertion. */
static gboolean
has_member_left (const JumpJsonEdit *self, const GArray *pieces, guint index)
{
  const char *next = jump_json_skip_space (g_array_index (pieces, Piece, index).start, self->end);

  if (next == self->end || *next == '}')
    return FALSE;
  for (guint i = index + 1; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      if (piece->start > next)
        break;
      if (piece->kind == PIECE_REMOVE && piece->start == next)
        {
          const char *after = jump_json_skip_space (find_run_end (self, pieces, i), self->end);

          return after < self->end && *after == ',';
        }
    }
  return TRUE;
}

static gboolean
is_insert_at (const GArray *pieces, guint index, const char *at)
{
  const Piece *piece;

  if (index >= pieces->len)
    return FALSE;
  piece = &g_array_index (pieces, Piece, index);
  return piece->kind == PIECE_INSERT && piece->start == at;
}

/**
 * jump_json_edit_new:
 * @text: validated JSON; must stay valid until the edit is freed
 * @length: in bytes
 *
 * Returns: (transfer full): no changes yet
 */
JumpJsonEdit *
jump_json_edit_new (const char *text, gsize length)
{
  JumpJsonEdit *self = g_new0 (JumpJsonEdit, 1);

  self->start = text;
  self->end = text + length;
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, clear_piece);
  return self;
}

/**
 * jump_json_edit_free:
 * @self: (transfer full) (nullable): an edit
 */
void
jump_json_edit_free (JumpJsonEdit *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->pieces);
  g_free (self);
}

/**
 * jump_json_edit_replace:
 * @self: an edit
 * @span: a value (or part of one) of the text
 * @replacement: JSON text for its place; copied
 * @length: in bytes, or -1 when @replacement ends with a NUL
 */
void
jump_json_edit_replace (JumpJsonEdit *self,
                        JumpJsonSpan span,
                        const char *replacement,
                        gssize length)
{
  gsize n_bytes = length < 0 ? strlen (replacement) : (gsize) length;

  add_piece (self,
             PIECE_REPLACE,
             span.start,
             span.start + span.length,
             g_memdup2 (replacement, n_bytes),
             n_bytes);
}

/**
 * jump_json_edit_remove_member:
 * @self: an edit
 * @object: where the member stands
 * @key: its name, as jump_json_cursor_next() gave it
 * @value: its value
 *
 * Removes the member together with the right comma; any set of members of an object may go, in
 * any order of calls. Changes inside a removed member are dropped with it.
 */
void
jump_json_edit_remove_member (JumpJsonEdit *self,
                              JumpJsonSpan object,
                              JumpJsonSpan key,
                              JumpJsonSpan value)
{
  g_return_if_fail (key.start > object.start &&
                    value.start + value.length < object.start + object.length);
  add_piece (self, PIECE_REMOVE, key.start, value.start + value.length, NULL, 0);
}

/**
 * jump_json_edit_insert_member:
 * @self: an edit
 * @object: an object of the text, empty or not
 * @name: of the new member, plain text
 * @json_value: its value as JSON text; copied
 *
 * Puts the member in front of those that are there. Several insertions keep the order of calls.
 */
void
jump_json_edit_insert_member (JumpJsonEdit *self,
                              JumpJsonSpan object,
                              const char *name,
                              const char *json_value)
{
  GString *text = g_string_new ("\"");
  gsize length;

  jump_json_append_escaped (text, name, -1);
  g_string_append (text, "\":");
  g_string_append (text, json_value);
  length = text->len;
  add_piece (self,
             PIECE_INSERT,
             object.start + 1,
             object.start + 1,
             g_string_free (text, FALSE),
             length);
}

/**
 * jump_json_edit_is_empty:
 * @self: an edit
 *
 * Returns: whether nothing changes, so that the original bytes can be sent as they are
 */
gboolean
jump_json_edit_is_empty (const JumpJsonEdit *self)
{
  return self->pieces->len == 0;
}

/**
 * jump_json_edit_append_to:
 * @self: an edit
 * @out: gets the changed text appended
 */
void
jump_json_edit_append_to (JumpJsonEdit *self, GString *out)
{
  const char *position = self->start;

  g_array_sort (self->pieces, compare_pieces);
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (self->pieces, Piece, i);

      if (piece->start < position)
        continue;
      if (piece->kind == PIECE_REMOVE)
        {
          position = remove_run (self, self->pieces, i, position, out);
          continue;
        }
      g_string_append_len (out, position, piece->start - position);
      g_string_append_len (out, piece->text, (gssize) piece->text_length);
      position = piece->end;
      if (piece->kind == PIECE_INSERT && (is_insert_at (self->pieces, i + 1, piece->start) ||
                                          has_member_left (self, self->pieces, i)))
        g_string_append_c (out, ',');
    }
  g_string_append_len (out, position, self->end - position);
}

/**
 * jump_json_edit_apply:
 * @self: an edit
 *
 * Returns: (transfer full): the changed text
 */
GBytes *
jump_json_edit_apply (JumpJsonEdit *self)
{
  gsize room = (gsize) (self->end - self->start) + 64;
  GString *out;

  for (guint i = 0; i < self->pieces->len; i++)
    room += g_array_index (self->pieces, Piece, i).text_length;
  out = g_string_sized_new (room);
  jump_json_edit_append_to (self, out);
  return g_string_free_to_bytes (out);
}
