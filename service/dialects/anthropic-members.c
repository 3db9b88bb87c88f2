/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-members.h"

static gboolean
is_same_name (JumpJsonSpan a, JumpJsonSpan b)
{
  g_autofree char *text = NULL;

  if (memchr (a.start, '\\', a.length) == NULL && memchr (b.start, '\\', b.length) == NULL)
    return a.length == b.length && memcmp (a.start, b.start, a.length) == 0;
  text = jump_json_span_dup_string (a);
  return jump_json_span_decodes_to (b, text, strlen (text));
}

/* For objects of any size. */
static char *
find_repeated_in_many (JumpJsonSpan object)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JumpJsonCursor cursor;
  JumpJsonSpan key;

  jump_json_cursor_init (&cursor, object);
  while (jump_json_cursor_next (&cursor, &key, NULL))
    {
      g_autofree char *name = jump_json_span_dup_string (key);

      if (g_hash_table_contains (seen, name))
        return g_steal_pointer (&name);
      g_hash_table_add (seen, g_steal_pointer (&name));
    }
  return NULL;
}

/**
 * jump_anthropic_names_add:
 * @name: of a member, quotes included
 */
void
jump_anthropic_names_add (JumpAnthropicNames *self, JumpJsonSpan name)
{
  if (self->n >= JUMP_ANTHROPIC_MAX_NAMES)
    {
      self->n = JUMP_ANTHROPIC_MAX_NAMES + 1;
      return;
    }
  for (guint i = 0; i < self->n; i++)
    {
      if (is_same_name (self->names[i], name))
        self->repeated = name;
    }
  self->names[self->n++] = name;
}

/**
 * jump_anthropic_names_dup_repeated:
 * @object: of validated text, for objects with more names than are kept: rare ones, or attacks
 *
 * Most parsers take the last of two, some the first: what was checked here and what upstream reads
 * could differ.
 *
 * Returns: (transfer full) (nullable): the decoded name, %NULL when all are different
 */
char *
jump_anthropic_names_dup_repeated (const JumpAnthropicNames *self, JumpJsonSpan object)
{
  if (self->repeated.start != NULL)
    return jump_json_span_dup_string (self->repeated);
  return self->n > JUMP_ANTHROPIC_MAX_NAMES ? find_repeated_in_many (object) : NULL;
}

/**
 * jump_anthropic_members_find:
 * @self: a struct with the spans of @members
 * @members: (array length=n_members): what is wanted
 * @n_members: rows of @members
 * @name: quotes included
 */
JumpJsonSpan *
jump_anthropic_members_find (gpointer self,
                             const JumpAnthropicMember *members,
                             gsize n_members,
                             JumpJsonSpan name)
{
  gboolean is_plain = memchr (name.start, '\\', name.length) == NULL;

  for (gsize i = 0; i < n_members; i++)
    {
      if (is_plain ? name.length == members[i].length + 2 &&
                         memcmp (name.start + 1, members[i].name, members[i].length) == 0
                   : jump_json_span_equals (name, members[i].name))
        return G_STRUCT_MEMBER_P (self, members[i].offset);
    }
  return NULL;
}

/**
 * jump_anthropic_members_read:
 * @self: a struct with the spans of @members; those that @object does not have are left alone
 * @members: (array length=n_members): what is wanted
 * @n_members: rows of @members
 * @object: of validated text; anything but an object has no members
 * @on_unknown: (nullable): gets all others
 * @user_data: for @on_unknown
 *
 * Of a member given twice the last one counts.
 */
void
jump_anthropic_members_read (gpointer self,
                             const JumpAnthropicMember *members,
                             gsize n_members,
                             JumpJsonSpan object,
                             JumpJsonMemberFunc on_unknown,
                             gpointer user_data)
{
  JumpJsonCursor cursor;
  JumpJsonSpan key, value;

  jump_json_cursor_init (&cursor, object);
  while (cursor.is_object && jump_json_cursor_next (&cursor, &key, &value))
    {
      JumpJsonSpan *slot = jump_anthropic_members_find (self, members, n_members, key);

      if (slot != NULL)
        *slot = value;
      else if (on_unknown != NULL)
        on_unknown (key, value, user_data);
    }
}
