/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The Jumpseat authors
 */

#include "service/dialects/anthropic-members.h"

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
